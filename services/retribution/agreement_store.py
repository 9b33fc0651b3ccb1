"""Drawers of what Bidang and administration agreed on, by Bidang and month."""

from contracts.documents import Document
from plumbing.messaging.book import Book, Reader

COLLECTIONS = {"agreements": []}


def agreement_id(bidang: str, month: str) -> str:
    """The name by which facts and papers speak of a sheet."""
    return f"pencocokan-{bidang}-{month}"


def rounds(source: Book | Reader, id: str) -> list[dict]:
    """Every round of agreement, the one that counts last; at most the last is still without its number."""
    return (source.get("agreements", id) or {"rounds": []})["rounds"]


def keep_rounds(book: Book, id: str, every: list[dict]) -> None:
    """What was agreed is never changed; another round comes after it."""
    book.put("agreements", {"_id": id, "rounds": every})


def keep_paper(book: Book, id: str, document: Document) -> None:
    """The paper joins the round of its number."""
    paper = {"document": document.model_dump(mode="json")}
    keep_rounds(book, id, [each | paper if each["number"] == document.number else each for each in rounds(book, id)])
