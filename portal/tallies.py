"""What was done per day, week, month or year, from the noticeboard's tallies of days. Pure."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from contracts.noticeboard import Day
from portal.offer_view import today

Span = Literal["hari", "minggu", "bulan", "tahun"]
FEWEST: dict[Span, int] = {"hari": 14, "minggu": 8, "bulan": 6, "tahun": 1}
SHOWN: dict[Span, int] = {"hari": 30, "minggu": 26, "bulan": 24, "tahun": 12}


@dataclass(frozen=True)
class Row:
    """One day, week, month or year: its first day, and what was done in it."""

    begins: date
    issued: int
    received: int
    finished: int


@dataclass(frozen=True)
class Month:
    """One month: files taken in and closed, how many of those by the promised day, licences by type."""

    begins: date
    received: int
    finished: int
    in_time: int
    issued: Counter[str]


def year_of(days: list[Day], year: int) -> list[Month]:
    """The twelve months of a year, empty ones too."""
    months = []
    for n in range(1, 13):
        mine = [day for day in days if (day.id.year, day.id.month) == (year, n)]
        sums = [sum(getattr(day, what) for day in mine) for what in ("received", "finished", "in_time")]
        months.append(Month(date(year, n, 1), *sums, sum((Counter(day.issued) for day in mine), Counter())))
    return months


def last_day(days: list[Day]) -> date:
    """The last day up to today on which anything was done, today when nothing ever was."""
    return max((day.id for day in days if day.id <= today()), default=today())


def within(days: list[Day], first: date, last: date) -> list[Day]:
    return [day for day in days if first <= day.id <= last]


def _begin(per: Span, day: date) -> date:
    match per:
        case "hari":
            return day
        case "minggu":
            return day - timedelta(days=day.weekday())
        case "bulan":
            return day.replace(day=1)
        case "tahun":
            return day.replace(month=1, day=1)


def _before(per: Span, begins: date) -> date:
    return _begin(per, begins - timedelta(days=1))


def first_day(per: Span, last: date) -> date:
    begins = _begin(per, last)
    for _ in range(SHOWN[per] - 1):
        begins = _before(per, begins)
    return begins


def rows_of(per: Span, days: list[Day], last: date) -> list[Row]:
    """A row for every span up to the last day, empty ones too, but for a beginning in which nothing was done yet."""
    sums: dict[date, list[int]] = {}
    begins = _begin(per, last)
    for _ in range(SHOWN[per]):
        sums[begins] = [0, 0, 0]
        begins = _before(per, begins)
    for day in days:
        counted = sums[_begin(per, day.id)]
        counted[0] += sum(day.issued.values())
        counted[1] += day.received
        counted[2] += day.finished
    rows = [Row(begins, *counted) for begins, counted in sorted(sums.items())]
    first = next((n for n, row in enumerate(rows) if row.issued or row.received or row.finished), len(rows))
    return rows[min(first, len(rows) - FEWEST[per]) :]
