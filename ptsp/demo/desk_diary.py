"""The diary the Bidang's officers share: which member of a technical team is taken at which half hour.

The room decides; the diary only spares most refusals, and knows an hour that is taken when somebody is to try one.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from random import Random

from ptsp.demo.paper_clock import next_working_day, working_day_from
from values.dates import JAKARTA

HALF_HOUR = timedelta(minutes=30)
HOURS = tuple(time(hour, half) for hour in range(9, 15) for half in (0, 30))
LENGTH = 2  # half hours


class DeskDiary:
    """Half hours taken, per officer."""

    def __init__(self) -> None:
        self._taken: dict[str, dict[datetime, str]] = {}

    def free(self, officers: Iterable[str], after: datetime, rng: Random) -> Iterator[datetime]:
        """Beginnings after `after` at which all of them seem free, at random hours of one working day after another."""
        diaries = [self._taken.get(officer, {}) for officer in officers]
        day = working_day_from(after.date())
        while True:
            hours = list(HOURS)
            rng.shuffle(hours)
            for hour in hours:
                starts_at = datetime.combine(day, hour, JAKARTA)
                if starts_at > after and not any(half in diary for diary in diaries for half in halves(starts_at)):
                    yield starts_at
            day = next_working_day(day)

    def somebody_taken(self, officers: Iterable[str], after: datetime, application_id: str) -> datetime | None:
        """An hour after `after` at which one of them is taken by another file; None when there is none."""
        for officer in officers:
            for half, holder in self._taken.get(officer, {}).items():
                if half > after and holder != application_id:
                    return half
        return None

    def take(self, officers: Iterable[str], starts_at: datetime, application_id: str) -> None:
        """They are taken at that hour."""
        for officer in officers:
            self._taken.setdefault(officer, {}).update(dict.fromkeys(halves(starts_at), application_id))

    def give_back(self, officers: Iterable[str], starts_at: datetime, application_id: str) -> None:
        """That hour is free again, where it was this file's."""
        for officer in officers:
            diary = self._taken.get(officer, {})
            for half in halves(starts_at):
                if diary.get(half) == application_id:
                    del diary[half]


def halves(starts_at: datetime) -> list[datetime]:
    """The half hours of an appointment that begins then."""
    return [starts_at + HALF_HOUR * n for n in range(LENGTH)]
