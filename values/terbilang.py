"""Terbilang: an amount in words, as it stands on a SKRD or a receipt."""

import re

from num2words import num2words

LARGEST = 10**15 - 1
# The library says "satu juta satu ribu": as one alone, after a larger unit too, a thousand is `seribu`.
ONE_THOUSAND_ALONE = re.compile(r"\b(juta|miliar|triliun) satu ribu\b")


def terbilang(amount: int) -> str:
    """Say `amount` (whole rupiah, 0 to 999 triliun) in Indonesian words ending in "rupiah", in lower case.

    `187625` becomes "seratus delapan puluh tujuh ribu enam ratus dua puluh lima rupiah". Raises TypeError for
    anything but an integer, ValueError outside the range.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"terbilang takes whole rupiah, not {type(amount).__name__}")
    if not 0 <= amount <= LARGEST:
        raise ValueError(f"terbilang speaks of 0 to {LARGEST}, not {amount}")
    words = " ".join(num2words(amount, lang="id").split())
    return ONE_THOUSAND_ALONE.sub(r"\1 seribu", words) + " rupiah"
