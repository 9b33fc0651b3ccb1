"""The queue ahead: how long a file that is registered now will take, given the work in hand and how fast it is done.

Each Bidang (or serving unit) counts the files it has registered and not yet finished, and those it finished on each
day. By Little's law (J. D. C. Little, Operations Research 9, 1961) a file that comes now is through after as many days
as the files in hand, itself included, divided by those finished a day. The promise to the applicant is that day, or the
day the standard allows if that is later; the clock holds the office to the standard all the same.
"""

from collections.abc import Container
from datetime import date, timedelta

from pydantic import Field

from services.intake.items import Record
from values.working_days import working_days_between

LOOKED_BACK = timedelta(days=28)  # over which the pace is taken; today, which is not over, is left out
ENOUGH = 10  # finished files from which a pace can be told; below it the standard is all that is known
KEPT = timedelta(days=60)


class Workload(Record):
    """The work of one Bidang: files in hand, and how many were finished on each day of late."""

    in_hand: int = 0
    finished: dict[date, int] = Field(default_factory=dict)

    def taken_in(self) -> None:
        """One more file is registered."""
        self.in_hand += 1

    def done(self, on: date) -> None:
        """One file is finished, or is no longer the office's."""
        self.in_hand = max(0, self.in_hand - 1)
        self.finished[on] = self.finished.get(on, 0) + 1
        self.finished = {day: count for day, count in self.finished.items() if day > on - KEPT}

    def days_ahead(self, on: date, holidays: Container[date]) -> int | None:
        """Working days until a file registered on that day is through. None when too little was finished to tell."""
        recently = {day: count for day, count in self.finished.items() if on - LOOKED_BACK <= day < on}
        if sum(recently.values()) < ENOUGH:
            return None
        yesterday, before = on - timedelta(days=1), min(recently) - timedelta(days=1)
        worked = max(1, working_days_between(before, yesterday, holidays))
        return -(-(self.in_hand + 1) * worked // sum(recently.values()))
