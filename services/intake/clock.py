"""The clock of a file and of each of its steps, and the bells it rings: pure functions of the file's history.

The clock stands still while the applicant holds the file and for declared force majeure, and says why. A bell rings
before a limit, at it and a working day after it, and where the applicant is waited for, before the waiting ends and at
its end. What was already over when it was entered from paper is not news and rings no bell.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from catalogue import file_clock
from catalogue.holds import PARENT, Hold, held_pauses, hold, holds
from catalogue.office_calendar import office_hours
from catalogue.path import WAITS, Limit, Step
from catalogue.walk import Stay, position, stays
from services.intake.model import Application
from values.clock import Milestone, Pause, Reading, due_at, milestones, read_clock
from values.dates import office_date

FILE = "file"
LAPSE_DAYS = 14  # where a path waits for no applicant; assumed


class Bell(NamedTuple):
    """Something to be told about a limit: which one (`file` or the code of a step, and which visit), and when."""

    name: Literal["remind", "due", "escalate", "expired"]
    of: str
    visit: int
    at: datetime
    due: datetime

    @property
    def mark(self) -> str:
        """Under which it stands in the history once it rang."""
        return f"rang:{self.name}:{self.of}:{self.visit}"


def pauses_of(application: Application, way: list[Stay] | None = None) -> list[Pause]:
    """When the file was not the office's: the applicant's turns, and declared force majeure."""
    way = way or stays(application.path, application.history)
    return file_clock.pauses_of(application.kind, application.path, way, application.history)


def clock_of(application: Application, asked: datetime) -> dict[str, Any]:
    """The clock of the whole file since its registration (None before), and of each stay at a step with a limit."""
    way = stays(application.path, application.history)
    pauses = pauses_of(application, way)
    began = _file_limit(application)[1]
    reading = (
        file_clock.file_reading(application.kind, application.path, began, way, application.history, asked)
        if began
        else None
    )
    steps = []
    for stay in way:
        step = application.path[stay.step]
        clock = step.limit and read_clock(step.limit, stay.began, asked, pauses, office_hours(), stay.ended)
        steps.append(stay.model_dump(mode="json") | {"name": step.name, "clock": clock and _as_dict(clock)})
    return {"file": reading and _as_dict(reading), "steps": steps}


def done_at(application: Application) -> datetime | None:
    """When a registered file was no longer the office's to do: the promise kept, or its way ended. None: not yet."""
    return file_clock.kept_at(application.kind, stays(application.path, application.history))


def bells(application: Application) -> list[Bell]:
    """Those still to ring while the file stands where it stands, earliest first."""
    way = stays(application.path, application.history)
    here = way[-1]
    if here.ended is not None:
        return []
    step, pauses = application.path[here.step], pauses_of(application, way)
    limit, began = _file_limit(application)
    if held := hold(application.history):
        found = list(_of_closed_parent(application, held))
    else:
        found = list(_of_step(application, step, here, pauses))
        if began and step.act not in WAITS and file_clock.kept_at(application.kind, way) is None:
            found += _ringing(FILE, 1, milestones(limit, began, here.began, pauses, office_hours()), pauses)
    entered = max(h.recorded_at for h in application.history if h.outcome is not None or h.what == "submitted")
    return sorted(
        (bell for bell in found if bell.at > entered and not application.has(bell.mark)), key=lambda bell: bell.at
    )


def waited_for_until(application: Application) -> date:
    """The last day on which the applicant, who holds the file now, may answer before it is closed."""
    here = position(application.path, application.history)
    return office_date(_end_of_waiting(application, here.step, here.since))


def lapses_on(application: Application, held: Hold) -> date:
    """The day on which a file is closed whose parent came to no licence, unless it is given another."""
    return office_date(_end_of_lapse(application, held))


def _of_closed_parent(application: Application, held: Hold) -> Iterator[Bell]:
    if held.what == "parent_closed":
        visit = sum(each.what == held.what for each in holds(application.history))
        due = _end_of_lapse(application, held)
        yield Bell("expired", PARENT, visit, due, due)


def _end_of_lapse(application: Application, held: Hold) -> datetime:
    waits = (step.closes_after for step in application.path.steps if step.closes_after)
    return due_at(Limit(amount=next(waits, LAPSE_DAYS), unit="day"), held.since, held.since, [], office_hours())


def _end_of_waiting(application: Application, step: Step, began: datetime) -> datetime:
    limit = Limit(amount=step.closes_after, unit="day")
    return due_at(limit, began, began, held_pauses(application.history), office_hours())


def _of_step(application: Application, step: Step, here: Stay, pauses: list[Pause]) -> Iterator[Bell]:
    if step.closes_after:
        due = _end_of_waiting(application, step, here.began)
        yield Bell("remind", step.code, here.visit, here.began + (due - here.began) * 3 / 4, due)
        yield Bell("expired", step.code, here.visit, due, due)
    elif step.limit and step.act not in WAITS:
        marks = milestones(step.limit, here.began, here.began, pauses, office_hours())
        yield from _ringing(step.code, here.visit, marks, pauses)


def _ringing(of: str, visit: int, marks: list[Milestone], pauses: list[Pause]) -> list[Bell]:
    """What rings after force majeure began that is not lifted yet is not known before it is."""
    due = next(mark.at for mark in marks if mark.name == "due")
    lasting = [pause.since for pause in pauses if pause.until is None]
    return [Bell(mark.name, of, visit, mark.at, due) for mark in marks if all(mark.at < since for since in lasting)]


def _file_limit(application: Application) -> tuple[Limit, datetime | None]:
    registered = next((h.at for h in application.history if h.what == "registered"), None)
    return application.kind.allowed, registered


def _as_dict(reading: Reading) -> dict[str, Any]:
    return {
        "unit": reading.unit,
        "limit": reading.limit,
        "used": str(reading.used),
        "left": str(reading.left),
        "due": reading.due.isoformat(),
        "running": reading.running,
        "stopped_because": reading.stopped_because,
        "overdue": reading.overdue,
    }
