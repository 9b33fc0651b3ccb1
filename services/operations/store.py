"""Drawers of operations: the only file of the room that knows its collections. The portal reads the picture too."""

from contracts.operations import Picture
from plumbing.messaging.book import Book, Reader

RECORDS = "pictures"
COLLECTIONS = {"pictures": []}


def last(source: Book | Reader) -> Picture | None:
    """The bus at the last look, None before the first."""
    document = source.get("pictures", "bus")
    if document is None:
        return None
    return Picture.model_validate({k: v for k, v in document.items() if k != "_id"})


def save(book: Book, picture: Picture) -> None:
    book.put("pictures", {"_id": picture.id, **picture.model_dump(mode="json", exclude={"id"})})
