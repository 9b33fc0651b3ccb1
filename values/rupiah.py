"""Rupiah: the only shape money has in this office."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import Field

Rupiah = Annotated[int, Field(strict=True, ge=0, description="Whole rupiah, never negative.")]
"""Whole, non-negative rupiah. Strict: a float, a string or a boolean is refused, not converted."""


def format_rupiah(amount: int) -> str:
    """Write `amount` (whole rupiah) as the office prints it: `1797750` becomes `Rp 1.797.750`.

    Raises TypeError for anything but an integer and ValueError for a negative amount: neither is money here.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"rupiah is a whole number, not {type(amount).__name__}")
    if amount < 0:
        raise ValueError(f"rupiah is never negative: {amount}")
    return "Rp " + f"{amount:,}".replace(",", ".")


def signed_rupiah(amount: int) -> str:
    """The same of a sum that may be below zero, as a counter-entry makes it: `-Rp 1.000`."""
    return format_rupiah(amount) if amount >= 0 else f"-{format_rupiah(-amount)}"


def round_half_up(value: Decimal) -> int:
    """Round a line of a calculation to the nearest whole rupiah, a half away from zero.

    The one rounding rule of the notes: each line is rounded once, then the lines are added. Raises TypeError
    for a float, which has already lost the exact amount.
    """
    if not isinstance(value, Decimal):
        raise TypeError(f"a calculation ends in Decimal, not {type(value).__name__}")
    return int(value.to_integral_value(rounding=ROUND_HALF_UP))
