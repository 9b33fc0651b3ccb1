"""When the office is open: hours by weekday, dated, on working days only. Minutes and hours of a limit run in them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

from values.dates import JAKARTA
from values.working_days import SATURDAY, is_working_day

DAY = timedelta(days=1)
Window = tuple[time, time]


@dataclass(frozen=True)
class OpeningWeek:
    """The hours kept from the day `since` on, until a later week takes over.

    `windows`: Monday to Friday, for each day its (opens, closes) in Jakarta time, in order, the noon break left out.
    ValueError for a week without five days, a day without hours, or hours that overlap or run backwards.
    """

    since: date
    windows: tuple[tuple[Window, ...], ...]

    def __post_init__(self) -> None:
        if len(self.windows) != SATURDAY or not all(self.windows):
            raise ValueError("a week has opening hours on each day from Monday to Friday")
        for day in self.windows:
            moments = [moment for window in day for moment in window]
            if any(earlier >= later for earlier, later in pairwise(moments)):
                raise ValueError("opening hours follow each other and never overlap")

    @cached_property
    def open_time(self) -> tuple[timedelta, ...]:
        """How long the office is open on each day, Monday first."""
        return tuple(sum((_length(window) for window in day), timedelta(0)) for day in self.windows)


class OfficeHours:
    """The opening hours of the office on any day, and the open time between two instants.

    `weeks`: at least one; of those that have begun, the latest holds. `holidays`: what `values.working_days` takes.
    Instants handed in carry a time zone; those that come out are in Jakarta time.
    """

    def __init__(self, weeks: Sequence[OpeningWeek], holidays: Container[date]):
        if not weeks:
            raise ValueError("an office without opening hours never works a minute")
        self.weeks = tuple(sorted(weeks, key=lambda week: week.since, reverse=True))
        self.holidays = holidays

    def open_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """Each (opening, closing) of that day, in order; empty on a day off."""
        if not is_working_day(day, self.holidays):
            return []
        return [
            (datetime.combine(day, opens, JAKARTA), datetime.combine(day, closes, JAKARTA))
            for opens, closes in self._week_of(day).windows[day.weekday()]
        ]

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """The open time after `start` up to `end`; none when `end` is not after `start`."""
        start, end = start.astimezone(JAKARTA), end.astimezone(JAKARTA)
        first, last = start.date(), end.date()
        total = timedelta(0)
        for day in {first, last}:
            for opens, closes in self.open_on(day):
                total += max(min(closes, end) - max(opens, start), timedelta(0))
        for offset in range(1, (last - first).days):
            day = first + timedelta(offset)
            if is_working_day(day, self.holidays):
                total += self._week_of(day).open_time[day.weekday()]
        return total

    def open_after(self, start: datetime, duration: timedelta) -> datetime:
        """The first moment by which `duration` of open time has passed since `start`.

        Time that ends with the working day ends at closing, not at the next opening. ValueError unless it is positive.
        """
        if duration <= timedelta(0):
            raise ValueError("open time is counted forward")
        start = start.astimezone(JAKARTA)
        day = start.date()
        while True:
            for opens, closes in self.open_on(day):
                opens = max(opens, start)
                if closes - opens >= duration:
                    return opens + duration
                duration -= max(closes - opens, timedelta(0))
            day += DAY

    def working_day_up_to(self, day: date) -> date:
        """`day` itself when the office works on it, else the last working day before."""
        while not is_working_day(day, self.holidays):
            day -= DAY
        return day

    def _week_of(self, day: date) -> OpeningWeek:
        for week in self.weeks:
            if week.since <= day:
                return week
        raise ValueError(f"no opening hours are known for {day}")


def _length(window: Window) -> timedelta:
    opens, closes = (datetime.combine(date.min, moment) for moment in window)
    return closes - opens
