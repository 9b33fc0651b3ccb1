"""The number of a licence, in the form of Kota Bekasi's decrees."""

import re
from datetime import date

from values.dates import roman_month

CLASSIFICATION = re.compile(r"\d{3}(\.\d{1,3})*", re.ASCII)
URUT = re.compile(r"\d{1,7}(\.[0-9A-Z]{1,3})?", re.ASCII)
UNIT = re.compile(r"[A-Za-z][A-Za-z0-9.]{1,30}", re.ASCII)


def licence_number(classification: str, urut: str, signed_on: date, unit: str = "BPPT") -> str:
    """Compose `<klasifikasi>/Kep.<urut>-<unit>/<bulan romawi>/<tahun>`, e.g. `503/Kep.23.A-BPPT/II/2009`.

    `urut` is text: an inserted number carries a letter or a decimal (`23.A`, `05.1`). Month and year are those
    of signing. Raises ValueError for a part that would make the number unreadable.
    Source: decrees 503/Kep.17-BPPT/II/2009 and 503/Kep.23.A-BPPT/II/2009; tata naskah Perwal 31/2010.
    """
    for name, pattern, part in (
        ("klasifikasi", CLASSIFICATION, classification),
        ("urut", URUT, urut),
        ("unit", UNIT, unit),
    ):
        if pattern.fullmatch(part) is None:
            raise ValueError(f"{name} {part!r} does not fit a licence number")
    return f"{classification}/Kep.{urut}-{unit}/{roman_month(signed_on.month)}/{signed_on.year}"
