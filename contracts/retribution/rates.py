"""Rates of exchange: what the treasurer enters, and what is known of them."""

from datetime import date

from pydantic import Field

from contracts.base import Command, Query, Words


class RecordRate(Command):
    """The treasurer enters what a US dollar is worth from a day on, in rupiah with at most two decimals (`13436.00`),
    and who says so. One far from the last is taken only when it was looked at twice (`sure`); one that was entered
    wrong is replaced with a `reason`, and stays on record. What was computed by it stays until its nota
    is corrected."""

    example = {
        "command_id": "c-00000070",
        "day": "2016-03-07",
        "rupiah": "13159.00",
        "stated_by": "Keputusan Menteri Keuangan Nomor 9/KM.10/2016",
        "sure": False,
        "reason": None,
    }
    day: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    rupiah: str = Field(pattern=r"^[1-9][0-9]{0,5}([.][0-9]{1,2})?$")
    stated_by: Words = Field(min_length=5, max_length=200)
    sure: bool = False
    reason: Words | None = Field(None, min_length=10, max_length=200)


class RatesOf(Query):
    """The rates that were entered, the newest first, and what counts today."""

    example = {"most": 50}
    most: int = Field(50, ge=1, le=500)
