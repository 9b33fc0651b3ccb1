"""Drawers of the technical team: the only file that knows its collections."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.numbering import COLLECTIONS as NUMBERING
from services.technical_team.model import Case
from services.technical_team.waiting import place_of
from values.refusal import Refusal

RECORDS = "cases"
BESIDE = ("at_work", "waits")  # kept with a case and worked out anew each time
COLLECTIONS = {"cases": ["at_work", "waits"], "workload": [], "calendar": [], **NUMBERING}


def find(source: Book | Reader, application_id: str) -> Case | None:
    document = source.get("cases", application_id)
    if document is None or "ended" in document:
        return None
    return _case_of(document)


def _case_of(document: dict) -> Case:
    fields = {name: value for name, value in document.items() if name not in ("_id", *BESIDE)}
    return Case.model_validate({"id": document["_id"], **fields})


def asked_for(source: Book | Reader, application_id: str) -> Case:
    case = find(source, application_id)
    if case is None:
        reason = "Berkas ini tidak sedang berada di tim teknis."
        raise Refusal("unknown_case", reason, field="application_id", remedy="Periksa kembali nomornya.")
    return case


def heard_of(source: Book | Reader, application_id: str) -> Case:
    case = find(source, application_id)
    if case is None:
        raise NotYet(f"case {application_id} is not here yet")
    return case


def save(book: Book, case: Case) -> None:
    """Kept with the officers who have a task on it (`at_work`, empty when the team is done) and with its place among
    what waits for its Bidang (`waits`)."""
    at_work = [task.officer for task in case.tasks] if case.closed is None else []
    plan = {"at_work": at_work, "waits": place_of(case)}
    book.put("cases", {"_id": case.id, **case.model_dump(mode="json", exclude={"id"}), **plan})


def remember_end(book: Book, application_id: str, why: str) -> None:
    """The file ended before its case was opened: facts can overtake each other, and none is to be opened now."""
    book.put("cases", {"_id": application_id, "ended": why})


def has_ended(source: Book | Reader, application_id: str) -> bool:
    return "ended" in (source.get("cases", application_id) or {})


def cases_of(reader: Reader, officer: str) -> list[Case]:
    """The cases on which that officer has an open task."""
    return [_case_of(document) for document in reader.find("cases", {"at_work": officer})]


def on_desk(reader: Reader, desk: str, limit: int) -> list[Case]:
    """The cases that wait on a desk (`to_book.jasa_usaha`), the one that waits longest first, found by index."""
    places = {"$gt": f"{desk}/", "$lt": f"{desk}0"}  # "0" comes next after "/"
    return [_case_of(document) for document in reader.find("cases", {"waits": places}, limit, by="waits")]


def several(reader: Reader, ids: Collection[str]) -> dict[str, Case]:
    """These cases, by id."""
    found = reader.find("cases", {"_id": {"$in": sorted(ids)}}) if ids else []
    return {document["_id"]: _case_of(document) for document in found if "ended" not in document}


def unplanned(reader: Reader) -> list[str]:
    """The cases kept by a version that planned nothing beside them."""
    return [d["_id"] for d in reader.find("cases", {"waits": None}) if "ended" not in d]


def booked(reader: Reader, officer: str, since: datetime, until: datetime) -> list[tuple[datetime, str]]:
    """(half hour, case) of every place held for an officer in a time, in order."""
    first, last = (f"{officer}/{moment.astimezone(UTC):%Y-%m-%dT%H:%M}" for moment in (since, until))
    places = reader.find("calendar", {"_id": {"$gte": first, "$lt": last}}, by="_id")
    return [(_half_hour(place["_id"]), place["case"]) for place in places if place["case"]]


def _half_hour(slot: str) -> datetime:
    return datetime.fromisoformat(slot.rpartition("/")[2]).replace(tzinfo=UTC)


def least_busy(book: Book, officers: Sequence[str]) -> str:
    """Of these officers the one with the fewest open tasks."""
    book.fetch("workload", officers)
    return min(officers, key=lambda officer: (workload(book, officer), officer))


def workload(source: Book, officer: str) -> int:
    """Open tasks of an officer: the next task goes to whoever has fewest."""
    return (source.get("workload", officer) or {"open": 0})["open"]


def change_workload(book: Book, officer: str, by: int) -> None:
    book.put("workload", {"_id": officer, "open": workload(book, officer) + by})


def taken(book: Book, slots: Sequence[str], case_id: str) -> list[str]:
    """Those of these places that another case holds."""
    book.fetch("calendar", slots)
    return [slot for slot in slots if holder_of(book, slot) not in (None, case_id)]


def holder_of(book: Book, slot: str) -> str | None:
    """The case that holds a place in the calendar (`<officer>/<half hour>`), or None when it is free."""
    document = book.get("calendar", slot)
    return document["case"] if document else None


def hold(book: Book, slot: str, case_id: str | None) -> None:
    book.put("calendar", {"_id": slot, "case": case_id})
