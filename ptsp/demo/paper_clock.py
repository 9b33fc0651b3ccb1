"""When things happened on paper: one clock per file, walking through the working days and office hours of 2016."""

from datetime import date, datetime, time, timedelta
from random import Random

from catalogue.office_calendar import office_holidays
from values.dates import JAKARTA
from values.working_days import is_working_day

OPENS, CLOSES = time(8, 0), time(15, 30)
MINUTE = timedelta(minutes=1)


class PaperClock:
    """The paper time of one file. It only goes forward, and stands only inside office hours on working days."""

    def __init__(self, starts_at: datetime, rng: Random):
        self.now = starts_at
        self._rng = rng

    def minutes(self, least: int, most: int) -> datetime:
        """So many minutes of office time later, into the next working day when the office closes."""
        self.now += timedelta(minutes=self._rng.randint(least, most))
        if self.now.time() > CLOSES:
            self.now = moment(next_working_day(self.now.date()), self._rng, until=time(10, 30))
        return self.now

    def days(self, least: int, most: int) -> datetime:
        """So many days later, on a working day, at some time of the office's day."""
        day = self.now.date() + timedelta(days=self._rng.randint(least, most))
        self.reach(moment(working_day_from(day), self._rng))
        return self.now

    def reach(self, at: datetime) -> None:
        """It is at least this late now."""
        self.now = max(self.now, at)


def moment(day: date, rng: Random, until: time = CLOSES) -> datetime:
    """A moment of that day between opening and `until`, to the minute, in Jakarta."""
    opens = datetime.combine(day, OPENS, JAKARTA)
    span = datetime.combine(day, until, JAKARTA) - opens
    return opens + rng.randint(0, span // MINUTE) * MINUTE


def working_day_from(day: date) -> date:
    """That day, or the first working day after it."""
    while not is_working_day(day, office_holidays()):
        day += timedelta(days=1)
    return day


def next_working_day(day: date) -> date:
    """The first working day after that day."""
    return working_day_from(day + timedelta(days=1))
