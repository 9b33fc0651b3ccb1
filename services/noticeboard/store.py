"""Drawers of the noticeboard: the only file of the room that knows its collections. The portal reads them too."""

from datetime import date, datetime

from contracts.noticeboard import Day, Heartbeat, Notice, Paper
from plumbing.messaging.book import Book
from values.resi import number_before_resi

RECORDS = "notices"
COLLECTIONS = {
    "notices": ["resi", "handle", "payment_code", "account", "desks", "told_at"],
    "papers": ["sha256", "number"],
    "days": [],
    "heartbeats": [],
}


def notice(book: Book, application_id: str) -> Notice:
    """The notice of a file; an empty one when this is the first that is heard of it."""
    document = book.get("notices", application_id)
    if document is None:
        return Notice(id=application_id, told_at=book.now, handle=number_before_resi(application_id))
    return Notice.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})


def save_notice(book: Book, notice: Notice) -> None:
    book.put("notices", _document(notice))


def save_paper(book: Book, paper: Paper) -> None:
    book.put("papers", _document(paper))


def day(book: Book, on: date) -> Day:
    document = book.get("days", on.isoformat())
    return Day(id=on, **{k: v for k, v in (document or {}).items() if k != "_id"})


def save_day(book: Book, day: Day) -> None:
    book.put("days", _document(day))


def save_heartbeat(book: Book, at: datetime) -> None:
    book.put("heartbeats", _document(Heartbeat(at=at)))


def _document(shape: Notice | Paper | Day | Heartbeat) -> dict:
    fields = shape.model_dump(mode="json")
    return {"_id": fields.pop("id"), **fields}
