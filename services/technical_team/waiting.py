"""Which work a case waits for, since when and until when: pure functions of the case."""

from datetime import UTC, datetime
from typing import NamedTuple

from catalogue.force_majeure import force_majeure_pauses
from catalogue.licences import licence_type
from catalogue.office_calendar import office_hours
from contracts.technical_team.questions import Work
from services.technical_team.model import Case
from values.clock import read_clock


class Waiting(NamedTuple):
    """The next work and the moment from which it could be done."""

    what: Work
    since: datetime


def waiting(case: Case) -> Waiting | None:
    """What the case waits for next; None when the team is done with it."""
    if case.closed:
        return None
    states = [task.state for task in case.tasks]
    since = max(task.since for task in case.tasks)
    if "offered" in states:
        return Waiting("to_accept", min(task.since for task in case.tasks if task.state == "offered"))
    if case.appointment is None:
        return Waiting("to_book", since)
    if any(state != "signed" for state in states):
        return Waiting("to_examine", case.appointment.starts_at)
    return Waiting("to_verify", since)


def place_of(case: Case) -> str:
    """The place of a case on its Bidang's list, in its order: `to_book.jasa_usaha/2016-03-03T...`; empty when done."""
    found = waiting(case)
    return f"{desk(found.what, case.bidang)}/{found.since.astimezone(UTC).isoformat()}" if found else ""


def desk(what: Work, bidang: str | None) -> str:
    """The part of the list a kind of work of a Bidang stands on."""
    return f"{what}.{bidang}"


def due(case: Case, asked: datetime) -> datetime | None:
    """Until when the team has time, by the step's limit in the standard in force for the file; None without one.

    Counted from the day the file came to the team; only declared force majeure stops it here. What stops the clock of
    the whole file is intake's to know.
    """
    step = licence_type(case.licence_type, case.edition).path.of("technical_verification")
    if step is None or step.limit is None:
        return None
    pauses = force_majeure_pauses(unit=case.bidang, offered=case.licence_type)
    return read_clock(step.limit, case.since, max(asked, case.since), pauses, office_hours()).due
