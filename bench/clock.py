"""Reading the clock of one file: microseconds for each unit, for a young file and for one that lay for years.

python -m bench.clock
"""

import argparse
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from typing import get_args

from bench.machine import keep
from catalogue.force_majeure import force_majeure_pauses
from catalogue.office_calendar import office_hours
from catalogue.path import Limit, Unit
from values.clock import Pause, milestones, read_clock
from values.dates import JAKARTA

BEGAN = datetime(2016, 9, 14, 9, 20, tzinfo=JAKARTA)
AMOUNTS = {"minute": 15, "hour": 4, "day": 14, "working_day": 14, "month": 3}
AGES = {"young": timedelta(days=20), "three_years_old": timedelta(days=3 * 365)}
ROUNDS, PER_ROUND = 15, 100
TARGET_MICROSECONDS = 1000


def main() -> None:
    """Each file has two pauses for its applicant and the fire of 2016 in its history."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    office = office_hours()
    pauses = [
        Pause(BEGAN + timedelta(days=1), BEGAN + timedelta(days=4, hours=3), "applicant"),
        Pause(BEGAN + timedelta(days=8), BEGAN + timedelta(days=8, hours=2), "applicant"),
        *force_majeure_pauses(),
    ]
    read: dict[str, dict[str, float]] = {}
    for unit in get_args(Unit):
        limit = Limit(amount=AMOUNTS[unit], unit=unit)
        for age, since in AGES.items():
            asked = BEGAN + since
            case = (limit, BEGAN, asked, pauses, office)
            read.setdefault(unit, {})[f"read_{age}"] = microseconds(lambda case=case: read_clock(*case))
        read[unit]["milestones"] = microseconds(lambda case=case: milestones(*case))
    slowest = max(value for each in read.values() for value in each.values())
    result = {
        "microseconds": read,
        "slowest_microseconds": slowest,
        "target_microseconds": TARGET_MICROSECONDS,
        "within_target": slowest < TARGET_MICROSECONDS,
        "pauses": len(pauses),
    }
    print(keep("clock", result).read_text())


def microseconds(read: Callable[[], object]) -> float:
    """Median over rounds of what one call takes; the years of the calendar are worked out before."""
    read()
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(PER_ROUND):
            read()
        rounds.append((time.perf_counter() - began) / PER_ROUND * 1e6)
    return round(median(rounds), 1)


if __name__ == "__main__":
    main()
