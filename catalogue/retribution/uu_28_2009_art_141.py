"""Sale of alcoholic drinks, flat by kind of venue: UU 28/2009 art. 141 b, figures of a regency not named."""

import re

from catalogue.retribution.dated import charged, row_of
from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, note

VENUES = {
    "hotel bintang 5": "hotel_bintang_5", "hotel bintang 4": "hotel_bintang_4", "hotel bintang 3": "hotel_bintang_3",
    "restoran talam kencana": "restoran_talam_kencana", "restoran talam selaka": "restoran_talam_selaka",
    "bar/pub/klab malam": "bar", "bar": "bar", "pub": "bar", "klab malam": "bar", "klub malam": "bar",
}  # fmt: skip


def minol(case: Inputs) -> Note:
    """`minol_flat_per_jenis_tempat`: `jenis_tempat`, and how many such places (1 when not given)."""
    venue = re.sub(r"[\s_]+", " ", case.text("jenis_tempat").lower())
    if venue not in VENUES:
        refuse(case.name("jenis_tempat"), f"{venue!r} tidak dikenal; pilihannya {', '.join(VENUES)}")
    places = case.count("jumlah_tempat", most=1000) if case.given("jumlah_tempat") else 1
    row = row_of(case, "siup_mb", VENUES[venue])
    return note([charged(row, "jumlah tempat × tarif", ("jumlah tempat", places))])
