"""What may be known of the team's work: a case, an officer's tasks, a Bidang's lists, who is free."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial

from catalogue.office import organisation
from contracts import technical_team
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.watch import Due
from plumbing.officials import unit_name
from services.technical_team import store
from services.technical_team.model import SLOT, Case, Task
from services.technical_team.rights import require_concerned
from services.technical_team.waiting import desk, due, waiting
from values.dates import JAKARTA
from values.refusal import Refusal

OWN = {"bidang_officer": ("to_book",), "bidang_head": ("to_verify",)}


def unplanned(reader: Reader) -> Iterator[Due]:
    """Cases kept by an older version, to be kept again with their place on the lists."""
    return (Due(f"plan:{id}", id, partial(plan, application_id=id)) for id in store.unplanned(reader))


def plan(book: Book, application_id: str) -> None:
    """Keep a case again as it is."""
    store.save(book, store.heard_of(book, application_id))


def find(reader: Reader, question: technical_team.FindCase, actor: Actor) -> dict:
    """The whole case, with its deadline."""
    case = store.asked_for(reader, question.application_id)
    require_concerned(case, actor)
    return case.model_dump(mode="json") | {"due": _text(due(case, reader.now)), "waits": _waits(case)}


def tasks_of(reader: Reader, actor: Actor) -> list[dict]:
    """The open tasks of an officer, the one due first on top."""
    found = [(case, task) for case in store.cases_of(reader, actor.id) for task in case.tasks]
    lines = [_task(reader, case, task) for case, task in found if task.officer == actor.id]
    return sorted(lines, key=lambda line: (line["due"] or line["since"], line["resi"]))


def work_of(reader: Reader, question: technical_team.WorkOf, actor: Actor) -> dict:
    """The files of the asker's Bidang that wait for one kind of work, the oldest first."""
    wanted = (question.what,) if question.what else OWN[actor.role]
    found = [each for what in wanted for each in store.on_desk(reader, desk(what, actor.unit), question.limit + 1)]
    found.sort(key=lambda case: waiting(case).since)
    return {
        "work": [_line(reader, case) for case in found[: question.limit]],
        "more": len(found) > question.limit,
    }


def calendar_of(reader: Reader, question: technical_team.CalendarOf, actor: Actor) -> dict:
    """When the asker, or each member of a file, is at a meeting or visit in these days."""
    if question.application_id is None:
        if actor.role != "technical_officer":
            raise Refusal("which_file", "Sebutkan berkas yang anggotanya ditanyakan.", field="application_id")
        members = [(actor.id, actor.unit)]
    else:
        case = store.asked_for(reader, question.application_id)
        require_concerned(case, actor)
        members = [(task.officer, task.skpd) for task in case.tasks]
    first = datetime.combine(question.since, time(), JAKARTA)
    places = {who: store.booked(reader, who, first, first + timedelta(days=question.days)) for who, _ in members}
    cases = store.several(reader, {holder for found in places.values() for _, holder in found})
    return {
        "members": [
            {"officer": who, "name": _name(who), "skpd": skpd, "busy": _periods(places[who], cases, actor)}
            for who, skpd in members
        ]
    }


def _periods(places: list[tuple[datetime, str]], cases: dict[str, Case], actor: Actor) -> list[dict]:
    """Half hours that follow each other for one case are one period."""
    periods: list[dict] = []
    for start, holder in places:
        last = periods[-1] if periods else None
        if last and last["holder"] == holder and last["ends_at"] == start:
            last["ends_at"] = start + SLOT
        else:
            periods.append({"holder": holder, "starts_at": start, "ends_at": start + SLOT})
    return [_period(period, cases.get(period["holder"]), actor) for period in periods]


def _period(period: dict, case: Case | None, actor: Actor) -> dict:
    held = case.appointment if case else None
    if held and held.starts_at < period["ends_at"] and period["starts_at"] < held.ends_at:
        period = {"starts_at": held.starts_at, "ends_at": held.ends_at}
    told = {"starts_at": _text(period["starts_at"]), "ends_at": _text(period["ends_at"])}
    concerned = case is not None and (actor.role == "technical_officer" or actor.unit == case.bidang)
    if not concerned:
        return told | {"application_id": None, "resi": None, "licence_name": None, "kind": None, "place": None}
    return told | {
        "application_id": case.id,
        "resi": case.resi,
        "licence_name": case.licence_name,
        "kind": case.kind,
        "place": case.appointment.place if case.appointment else None,
    }


def _task(reader: Reader, case: Case, task: Task) -> dict:
    return {
        "application_id": case.id,
        "resi": case.resi,
        "licence": case.licence_name,
        "skpd": task.skpd,
        "state": task.state,
        "since": _text(task.since),
        "due": _text(due(case, reader.now)),
        "kind": case.kind,
        "applicant": case.applicant_name,
        "object": case.object.model_dump(mode="json"),
        "round": case.round,
        "appointment": case.appointment and case.appointment.model_dump(mode="json", exclude={"slots"}),
        "proposal": task.proposal and task.proposal.model_dump(mode="json"),
    }


def _line(reader: Reader, case: Case) -> dict:
    return {
        "application_id": case.id,
        "resi": case.resi,
        "licence_name": case.licence_name,
        "applicant": case.applicant_name,
        "object": case.object.model_dump(mode="json"),
        "kind": case.kind,
        "round": case.round,
        "due": _text(due(case, reader.now)),
        "appointment": case.appointment and case.appointment.model_dump(mode="json", exclude={"slots"}),
        "members": [
            {
                "officer": task.officer,
                "name": _name(task.officer),
                "skpd": task.skpd,
                "unit": unit_name(task.skpd),
                "state": task.state,
                "since": _text(task.since),
                "declined": len(task.declined_by),
                "proposal": task.proposal and task.proposal.model_dump(mode="json"),
            }
            for task in case.tasks
        ],
        **_waits(case),
    }


def _waits(case: Case) -> dict:
    found = waiting(case)
    return {"what": found and found.what, "since": found and _text(found.since)}


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _name(officer: str) -> str:
    return organisation().officers[officer].name
