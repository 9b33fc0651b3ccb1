"""The clock of one file of an offering, read from its way: for the room that keeps it and for whoever follows it.

It stands still while the applicant holds the file, while the file is held, and for declared force majeure. The whole
file is measured from its registration to the step with whose end the promise is kept, or to the end of its way.
"""

from collections.abc import Sequence
from datetime import datetime

from catalogue.force_majeure import force_majeure_pauses
from catalogue.holds import Happened, held_pauses
from catalogue.offering import Offering
from catalogue.office_calendar import office_hours
from catalogue.path import WAITS, Path
from catalogue.walk import Stay
from values.clock import Pause, Reading, read_clock


def pauses_of(kind: Offering, path: Path, way: Sequence[Stay], history: Sequence[Happened]) -> list[Pause]:
    """When the file was not the office's: the applicant's turns, when it stood still, and declared force majeure."""
    own = [
        Pause(stay.began, stay.ended, "applicant")
        for stay in way
        if path[stay.step].act in WAITS and (stay.ended is None or stay.ended > stay.began)
    ]
    return own + held_pauses(history) + force_majeure_pauses(unit=kind.bidang, offered=kind.code)


def kept_at(kind: Offering, way: Sequence[Stay]) -> datetime | None:
    """When the promise was kept: with the end of the step the standard names, otherwise of the way. None: not yet."""
    kept = (stay.ended for stay in reversed(way) if stay.step == kind.kept_at)
    return next(kept, None) or way[-1].ended


def file_reading(
    kind: Offering,
    path: Path,
    registered: datetime,
    way: Sequence[Stay],
    history: Sequence[Happened],
    asked: datetime,
) -> Reading:
    """The clock of the whole file since its registration, as it stood when asked."""
    pauses = pauses_of(kind, path, way, history)
    return read_clock(kind.allowed, registered, asked, pauses, office_hours(), kept_at(kind, way))
