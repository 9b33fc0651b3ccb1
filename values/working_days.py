"""Working days (hari kerja): Monday to Friday without the holidays handed in. A day (hari) is something else."""

from collections.abc import Container
from datetime import date, datetime, timedelta

SATURDAY = 5


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Whether the office is open on `day`. `holidays`: anything that answers `day in holidays`.

    Raises TypeError for a datetime, which never equals a date and so would miss every holiday in silence.
    """
    if isinstance(day, datetime):
        raise TypeError("working days are counted in dates, not instants; use values.dates.office_date first")
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, days: int, holidays: Container[date]) -> date:
    """The `days`-th working day after `start`: the date promised for a file complete on `start`.

    The start day itself never counts, also when it is a working day; `days=0` gives `start` back.
    Raises ValueError for negative days.
    """
    if days < 0:
        raise ValueError(f"working days are counted forward, not {days}")
    is_working_day(start, holidays)
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Container[date]) -> int:
    """How many working days lie after `start` up to and including `end`: the days a file has really taken.

    So `working_days_between(s, add_working_days(s, n, h), h) == n`. Raises ValueError when `end` is before `start`.
    """
    if end < start:
        raise ValueError(f"{end} is before {start}")
    is_working_day(start, holidays)
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=offset), holidays) for offset in range(1, span + 1))
