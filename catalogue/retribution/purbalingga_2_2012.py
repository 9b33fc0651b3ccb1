"""Izin trayek by Perda Kabupaten Purbalingga 2/2012: flat per vehicle, by seats."""

import re

from catalogue.retribution.dated import charged, row_of
from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, note

SERVICES = {"izin_baru": "", "perubahan": "perubahan_", "perpanjangan": "perubahan_", "insidentil": "insidentil_"}
CLASSES = {
    "le8": "sampai_8", "9_16": "dari_9_sampai_16", "17_28": "dari_17_sampai_28", "gt28": "lebih_dari_28",
    "khusus": "khusus",
}  # fmt: skip
CARD = "kartu_pengawasan"
KEYS = {f"{s}_{c}": prefix + case for s, prefix in SERVICES.items() for c, case in CLASSES.items()} | {CARD: CARD}
WORDS = (("insidentil", "insidentil_"), ("perubahan", "perubahan_"), ("perpanjangan", "perubahan_"), ("baru", ""))
SEATS = (
    (r"(<=|≤|sampai dengan)\s*8\b", "sampai_8"),
    (r"\b9\s*[-–]\s*16\b", "dari_9_sampai_16"),
    (r"\b17\s*[-–]\s*28\b", "dari_17_sampai_28"),
    (r"(>|lebih dari)\s*28\b", "lebih_dari_28"),
    (r"\bkhusus\b", "khusus"),
)


def trayek(case: Inputs) -> Note:
    """`trayek_flat_per_kendaraan`: a service in words with `kendaraan`, or one count per kind (`izin_baru_le8: 3`)."""
    if "layanan" in case:
        row = row_of(case, "trayek", _named(case))
        return note([charged(row, "jumlah kendaraan × tarif", ("kendaraan", case.count("kendaraan", most=10_000)))])
    licences, cards = [], []
    for key, which in KEYS.items():
        if case.given(key):
            line = charged(
                _row(case, which, key), "jumlah kendaraan × tarif", ("kendaraan", case.count(key, most=10_000))
            )
            (cards if key == CARD else licences).append(line)
    if not licences and not cards:
        refuse(
            case.name("layanan"), f"tidak diisi; tulis layanan dan kendaraan, atau jumlah per jenis: {', '.join(KEYS)}"
        )
    return note(
        [*licences, *cards], izin=sum(line.amount for line in licences), kartu=sum(line.amount for line in cards)
    )


def _row(case: Inputs, which: str, key: str):
    if which == "insidentil_khusus":
        refuse(case.name(key), "tidak ada tarif insidentil untuk kendaraan khusus")
    return row_of(case, "trayek", which)


def _named(case: Inputs) -> str:
    """The tariff case of `izin trayek baru, bus 9-16 orang` and the like."""
    words, field = case.text("layanan").lower(), case.name("layanan")
    if "kartu pengawasan" in words:
        return CARD
    services = [prefix for word, prefix in WORDS if word in words]
    seats = [name for pattern, name in SEATS if re.search(pattern, words)]
    if not services or len(seats) != 1:
        refuse(
            field,
            f"{words!r} tidak dikenal; sebut baru, perubahan, perpanjangan, insidentil, dan golongan tempat duduk",
        )
    which = services[0] + seats[0]
    if which == "insidentil_khusus":
        refuse(field, "tidak ada tarif insidentil untuk kendaraan khusus")
    return which
