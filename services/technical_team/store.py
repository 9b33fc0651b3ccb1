"""Drawers of the technical team: the only file that knows its collections."""

from collections.abc import Sequence

from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.numbering import COLLECTIONS as NUMBERING
from services.technical_team.model import Case
from values.refusal import Refusal

RECORDS = "cases"
COLLECTIONS = {"cases": ["tasks.officer"], "workload": [], "calendar": [], **NUMBERING}


def find(source: Book | Reader, application_id: str) -> Case | None:
    document = source.get("cases", application_id)
    if document is None or "ended" in document:
        return None
    return Case.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})


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
    book.put("cases", {"_id": case.id, **case.model_dump(mode="json", exclude={"id"})})


def remember_end(book: Book, application_id: str, why: str) -> None:
    """The file ended before its case was opened: facts can overtake each other, and none is to be opened now."""
    book.put("cases", {"_id": application_id, "ended": why})


def has_ended(source: Book | Reader, application_id: str) -> bool:
    return "ended" in (source.get("cases", application_id) or {})


def cases_of(reader: Reader, officer: str) -> list[Case]:
    documents = reader.find("cases", {"tasks.officer": officer})
    return [Case.model_validate({"id": d.pop("_id"), **d}) for d in documents]


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
