"""Resi: the receipt number an applicant holds, writes down and types in again."""

import re
from dataclasses import dataclass

from values.refusal import Refusal

SHAPE = re.compile(r"R-(\d{4})-(\d{6})-(\d)", re.ASCII)
LARGEST_SEQUENCE = 999_999

# Damm's quasigroup of order 10: one check digit that catches every wrong digit and every swap of neighbours.
DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> int:
    """Damm's check digit over a string of decimal digits."""
    interim = 0
    for digit in digits:
        interim = DAMM[interim][int(digit)]
    return interim


def number_before_resi(application_id: str) -> str:
    """What letters call a file that has no resi yet: `P-` and twelve characters of its id."""
    return f"P-{application_id[-12:].upper()}"


@dataclass(frozen=True)
class Resi:
    """A resi: the year of registration and the running number within it. Printed as `R-2016-000123-2`."""

    year: int
    sequence: int

    def __post_init__(self) -> None:
        if not 2000 <= self.year <= 9999:
            raise ValueError(f"no resi for the year {self.year}")
        if not 1 <= self.sequence <= LARGEST_SEQUENCE:
            raise ValueError(f"a resi sequence runs from 1 to {LARGEST_SEQUENCE}, not {self.sequence}")

    def __str__(self) -> str:
        body = f"{self.year:04d}{self.sequence:06d}"
        return f"R-{body[:4]}-{body[4:]}-{check_digit(body)}"

    @classmethod
    def format(cls, sequence: int, year: int) -> str:
        """The printed number of the `sequence`-th resi of `year`, with its check digit."""
        return str(cls(year=year, sequence=sequence))

    @classmethod
    def parse(cls, text: str) -> "Resi":
        """Read a number as typed by a person (case and outer spaces do not matter); `Refusal` when it cannot be one."""
        match = SHAPE.fullmatch(text.strip().upper())
        if match is None:
            raise Refusal(
                "resi_malformed",
                "Nomor resi tidak sesuai bentuknya.",
                field="resi",
                remedy="Tulis nomor seperti tercetak pada resi, misalnya R-2016-000123-2.",
            )
        year, sequence, digit = match.groups()
        if check_digit(year + sequence) != int(digit) or int(year) < 2000 or int(sequence) == 0:
            raise Refusal(
                "resi_check_digit",
                "Nomor resi salah ketik: angka pemeriksanya tidak cocok.",
                field="resi",
                remedy="Periksa kembali setiap angka pada resi Anda.",
            )
        return cls(year=int(year), sequence=int(sequence))
