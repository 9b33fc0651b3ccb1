"""How the time of a file and its end are said in the report of `ptsp demo --services`."""

from decimal import Decimal
from typing import Any

UNITS = {"minute": "menit", "hour": "jam", "day": "hari", "working_day": "hari kerja", "month": "bulan"}
OUTCOMES = {"issued": "selesai", "refused": "ditolak", "withdrawn": "ditarik", None: "belum selesai"}


def time_used(file: dict[str, Any]) -> str:
    """`2 dari 10 hari kerja`; the standard that prints no limit is said so."""
    clock = file["clock"]
    if clock is None:
        return "tanpa batas waktu tercetak"
    used = f"{Decimal(clock['used']):f}".replace(".", ",")
    return f"{used} dari {clock['limit']} {UNITS[clock['unit']]}"


def kept(file: dict[str, Any]) -> str:
    """Whether the promise was kept."""
    return {True: "ditepati", False: "terlambat", None: "–"}[file["kept"]]
