"""What will happen to each file of `ptsp demo --services`: the same for the same seed. Pure.

Every service as often as it takes to make each of its moves, three times at least; every licence type once, straight
through, its first offered sub-kind, in the last year of the office's figures in which it was given.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from catalogue.licence_type import LicenceType
from catalogue.licences import licence_types
from catalogue.path import Limit
from catalogue.standard import ServiceStandard
from catalogue.standards_book import service_standards
from catalogue.ways import ways
from ptsp.demo.paper_clock import moment, working_day_from
from ptsp.demo.scenario import YEAR, FilePlan, one_file

MORNING_ENDS = datetime(YEAR, 1, 1, 10).time()
FIRST_YEAR = 2010
SERVICE_DAYS = 180  # days after the decree within which the services are asked for
LAST_DAY = (9, 30)  # of the year, by which a licence type is applied for
OPEN_MINUTES = {"minute": 1, "hour": 60, "day": 300, "working_day": 420, "month": 20 * 420}  # that people work in one


def plan_every_offering(seed: int) -> list[FilePlan]:
    """The files in the order they are handed in, numbered from 1."""
    rng = Random(f"ptsp/services/{seed}")
    files = [file for standard in service_standards().values() for file in _of_service(rng, standard)]
    files += [_of_type(rng, kind) for kind in licence_types().values()]
    files.sort(key=lambda file: file.starts_at)
    return [replace(file, number=number) for number, file in enumerate(files, start=1)]


def minutes_of(limit: Limit) -> int:
    """Open minutes that a limit gives to those who work, roughly: the demonstration's people plan by it."""
    return limit.amount * OPEN_MINUTES[limit.unit]


def _of_service(rng: Random, standard: ServiceStandard) -> list[FilePlan]:
    files = []
    for n, way in enumerate(ways(standard.path)):
        day = working_day_from(standard.effective_from + timedelta(days=rng.randint(3, SERVICE_DAYS)))
        channel = "online" if n == 1 else "counter"
        file = one_file(rng, len(files) + 1, (standard.code, None))
        starts_at = moment(day, rng, until=MORNING_ENDS)
        files.append(replace(file, channel=channel, way=tuple(way), starts_at=starts_at))
    return files


def _of_type(rng: Random, kind: LicenceType) -> FilePlan:
    year = next(year for year in range(YEAR, FIRST_YEAR - 1, -1) if _given_in(kind, year))
    span = (date(year, *LAST_DAY) - date(year, 1, 4)).days
    day = working_day_from(date(year, 1, 4) + timedelta(days=rng.randint(0, span)))
    sub_kind = kind.sub_kinds[0] if kind.sub_kinds else None
    return replace(one_file(rng, kind.number, (kind.code, sub_kind)), starts_at=moment(day, rng))


def _given_in(kind: LicenceType, year: int) -> bool:
    return kind.open_on(date(year, 1, 4)) and kind.open_on(date(year, 12, 31))
