"""Drawers of the archive: the only file that knows its collections."""

from datetime import datetime
from typing import Any

from plumbing.messaging.book import Book, NotYet, Reader
from services.archive.model import ArchivedFile

RECORDS = "bundles"
COLLECTIONS = {"bundles": ["found_by", "closed_on", "type_month", "proven"], "sites": []}


def find(source: Book | Reader, application_id: str) -> ArchivedFile | None:
    document = source.get("bundles", application_id)
    if document is None:
        return None
    return _file(document)


def heard_of(source: Book | Reader, application_id: str) -> ArchivedFile:
    file = find(source, application_id)
    if file is None:
        raise NotYet(f"bundle of {application_id} is not here yet")
    return file


def search(reader: Reader, term: str | None, days: list[str], type_months: list[str], most: int) -> list[ArchivedFile]:
    """Files known by this word or number, or closed on one of these days, or of one of these types and months: by the
    first of the three that is given, so that one index answers. At most so many."""
    query: dict[str, Any] = {"closed_on": {"$in": days}}
    if term:
        query = {"found_by": term}
    elif type_months:
        query = {"type_month": {"$in": type_months}}
    return [_file(document) for document in reader.find("bundles", query, limit=most)]


def save_second_site(book: Book, at: datetime, application_id: str) -> None:
    """When the second site was last seen to hold what it should: for the operators."""
    book.put("sites", {"_id": "second", "verified_at": at.isoformat(), "application_id": application_id})


def save(book: Book, file: ArchivedFile) -> None:
    file.proven = all(bundle.replicated_at for bundle in file.bundles)
    book.put("bundles", {"_id": file.id, **file.model_dump(mode="json", exclude={"id"})})


def _file(document: dict[str, Any]) -> ArchivedFile:
    return ArchivedFile.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})
