"""Interest on what is paid late, on the principal only: 2 % a month (UU 28/2009), 1 % up to 24 months (UU 1/2022).

How months are counted is a parameter of the basis: started calendar months, started blocks of 30 days where day 30
opens the next (Kota Tangerang Selatan), or days / 30 rounded up.
"""

import calendar
from datetime import date, timedelta
from decimal import Decimal

from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, line, note

RATES = {Decimal(2): "UU 28/2009", Decimal(1): "UU 1/2022"}
BLOCK = 30  # days


def interest(case: Inputs) -> Note:
    """`bunga_keterlambatan`: `total` is principal and interest."""
    principal = case.rupiah("pokok")
    rate = case.one_of("persen_per_bulan", RATES)
    months = case.count("bulan", least=0, most=1200)
    cap = case.count("maks_bulan", most=1200) if case.given("maks_bulan") else None
    counted = months if cap is None else min(months, cap)
    owed = line("Pokok", "pokok", RATES[rate], [("pokok (Rp)", principal)])
    charge = line(
        "Bunga keterlambatan",
        "pokok × persen per bulan × bulan / 100",
        RATES[rate],
        [("pokok (Rp)", principal), ("persen per bulan", rate), ("bulan", counted)],
        divided_by=100,
    )
    remarks = [f"Dihitung paling lama {cap} bulan; terlambat {months} bulan."] if counted != months else []
    return note([owed, charge], remarks, pokok=principal, bulan=counted, bunga=charge.amount)


def blocks(due: date, paid: date) -> int:
    """Started 30-day blocks after the due date; day 30 opens the second."""
    days = (paid - due).days
    return days // BLOCK + 1 if days > 0 else 0


def blocks_rounded_up(due: date, paid: date) -> int:
    """Days late / 30, rounded up; day 30 is still the first month."""
    return -(-max(0, (paid - due).days) // BLOCK)


def started_months(due: date, paid: date) -> int:
    """Months begun after the due date, from its day of the month: a part of a month counts as a whole one."""
    if paid <= due:
        return 0
    months = (paid.year - due.year) * 12 + paid.month - due.month
    return months + (paid.day > due.day)


def beginning_of(counting: str, since: date, number: int) -> date:
    """The day on which the `number`-th month after `since` begins, by that way of counting."""
    if counting == "started_months":
        months = since.month - 1 + number - 1
        year, month = since.year + months // 12, months % 12 + 1
        day = min(since.day, calendar.monthrange(year, month)[1])
        return date(year, month, day) + timedelta(days=1)
    opens = BLOCK * (number - 1) + (0 if counting == "blocks" and number > 1 else 1)
    return since + timedelta(days=opens)


WAYS = {
    "bulan_keterlambatan_blok_30_hari": blocks,
    "bulan_keterlambatan_hari_dibagi_30": blocks_rounded_up,
    "bulan_keterlambatan_bulan_dimulai": started_months,
}


def months_late(way: str):
    """The formula of that way of counting: `jatuh_tempo` and `tanggal_bayar` give `bulan`."""

    def count(case: Inputs) -> Note:
        due, paid = case.day("jatuh_tempo"), case.day("tanggal_bayar")
        if (paid - due).days > 36_525:
            refuse(case.name("tanggal_bayar"), "lebih dari seratus tahun sesudah jatuh tempo")
        return Note({"bulan": WAYS[way](due, paid)})

    return count
