"""Checking fire extinguishers, per cylinder: UU 28/2009 art. 110(1)h, figures of an unnamed regency."""

import re

from catalogue.retribution.dated import charged, row_of
from catalogue.retribution.inputs import Inputs, count_of, refuse, rupiah_of
from catalogue.retribution.note import Note, note

SIZES = {  # as written without spaces, of the kind in front
    "racunapi": {"1-2kg": "serbuk_sampai_2_kg", ">2-5kg": "serbuk_sampai_5_kg", ">5-10kg": "serbuk_sampai_10_kg",
                 ">10kg": "serbuk_lebih_10_kg"},
    "co2": {"2-6kg": "co2_sampai_6_kg", ">6-10kg": "co2_sampai_10_kg", ">10-15kg": "co2_sampai_15_kg"},
    "air": {"<=15l": "air_sampai_15_l", "6-30l": "air_dari_6_sampai_30_l", ">30l": "air_lebih_30_l"},
    "busa": {"<=15l": "busa_sampai_15_l", "6-30l": "busa_dari_6_sampai_30_l", ">30l": "busa_lebih_30_l"},
}  # fmt: skip
CASES = {kind + size: which for kind, sizes in SIZES.items() for size, which in sizes.items()}


def apar(case: Inputs) -> Note:
    """`apar_per_tabung`: `item` rows of [kind and size, number, tariff]; the tariff must be that of the table."""
    lines = []
    for number, item in enumerate(case.items("item"), 1):
        field = f"{case.name('item')}[{number}]"
        if not isinstance(item, list) or len(item) not in (2, 3) or not isinstance(item[0], str):
            refuse(field, "harus berupa [jenis dan ukuran, jumlah, tarif]")
        row = row_of(case, "apar", _which(item[0], field))
        if len(item) == 3 and rupiah_of(item[2], field + ".tarif") != row.amount:
            refuse(field + ".tarif", f"tarif {row.name} adalah {row.amount}, tertulis {item[2]}")
        lines.append(charged(row, "jumlah tabung × tarif", ("tabung", count_of(item[1], field + ".jumlah"))))
    return note(lines)


def _which(name: str, field: str) -> str:
    words = re.sub(r"\s+", "", name.lower()).replace("≤", "<=").replace("–", "-").replace("liter", "l")
    words = re.sub(r"^serbuk", "racunapi", words)
    if words not in CASES:
        refuse(field + ".jenis", f"{name!r} tidak dikenal; pilihannya {', '.join(CASES)}")
    return CASES[words]
