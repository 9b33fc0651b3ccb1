"""Numbers and codes as people type them: of a file, of a paper, of a payment. Pure."""

import re

from portal.board import HANDLE
from values.resi import Resi

LONGEST = 40
CODE_LETTERS = 12
EXAMPLE_RESI = Resi.format(sequence=123, year=2016)
# Letters that are taken for digits, as whoever made up the code's alphabet foresaw.
TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1"})
WHOLE_RUPIAH = re.compile(r"([0-9]{1,3}(\.[0-9]{3})+|[0-9]{1,15})", re.ASCII)
PAYMENT_CODE = re.compile(r"[0-9]{6,20}")


def tidy_number(typed: str) -> str:
    """The number as printed, whatever of its dashes and capitals was left out; nothing that could be an address."""
    kept = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())[:LONGEST]
    if len(kept) == 12 and kept[0] == "R":
        return f"R-{kept[1:5]}-{kept[5:11]}-{kept[11]}"
    if len(kept) == 13 and kept[0] == "P":
        return f"P-{kept[1:]}"
    return kept or "-"


def key_of(number: str) -> dict[str, str]:
    """What a tidy number is looked up by. `Refusal` when it can be no resi: wrong form, or a check digit that does
    not fit."""
    return {"handle": number} if HANDLE.fullmatch(number) else {"resi": str(Resi.parse(number))}


def code_in(typed: str) -> str | None:
    """The verification code in what was typed, as it is printed; None when there is none."""
    kept = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum()).translate(TAKEN_FOR)
    if len(kept) != CODE_LETTERS or any(mark not in "- " for mark in typed if not mark.isalnum()):
        return None
    return f"{kept[:4]}-{kept[4:8]}-{kept[8:]}"


def is_payment_code(typed: str) -> bool:
    """Whether it has the form of a payment code."""
    return PAYMENT_CODE.fullmatch(typed) is not None


def rupiah_typed(typed: str) -> int | str:
    """Whole rupiah as `1.250.000`, `Rp 1.250.000` or `1250000`; what cannot be read stays as it was typed, to be
    refused."""
    plain = typed.strip().removeprefix("Rp").strip()
    return int(plain.replace(".", "")) if WHOLE_RUPIAH.fullmatch(plain) else typed.strip()
