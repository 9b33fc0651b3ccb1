"""Drawers of the archive: the only file that knows its collections."""

from plumbing.messaging.book import Book, NotYet, Reader
from services.archive.model import ArchivedFile

RECORDS = "bundles"
COLLECTIONS = {"bundles": []}


def find(source: Book | Reader, application_id: str) -> ArchivedFile | None:
    document = source.get("bundles", application_id)
    if document is None:
        return None
    return ArchivedFile.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})


def heard_of(source: Book | Reader, application_id: str) -> ArchivedFile:
    file = find(source, application_id)
    if file is None:
        raise NotYet(f"bundle of {application_id} is not here yet")
    return file


def save(book: Book, file: ArchivedFile) -> None:
    book.put("bundles", {"_id": file.id, **file.model_dump(mode="json", exclude={"id"})})
