"""Drawers of the bank statements: imports, their lines as the files said them, and what the last comparison found."""

from collections.abc import Iterable, Sequence

from plumbing.messaging.book import Book, Reader

COLLECTIONS = {"statements": [], "statement_lines": [], "statement_files": []}
ASKED, LAST = "statements-asked", "statements-last"


def many(source: Book | Reader, collection: str, ids: Iterable[str]) -> dict[str, dict]:
    """The documents of these names, in one question to the database."""
    wanted = list(dict.fromkeys(ids))
    if isinstance(source, Book):
        source.fetch(collection, wanted)
        found = [document for id in wanted if (document := source.get(collection, id))]
    else:
        found = source.find(collection, {"_id": {"$in": wanted}}) if wanted else []
    return {document["_id"]: document for document in found}


def statement(source: Book | Reader, number: str) -> dict | None:
    """An import by its number (`RK-2016-00001`)."""
    return source.get("statements", number)


def lines_of(source: Book | Reader, number: str) -> list[dict]:
    """The lines of an import with what became of each."""
    return (source.get("statement_lines", number) or {"lines": []})["lines"]


def imports_of(source: Book | Reader, sha256: str) -> list[str]:
    """The numbers under which a file was imported, those undone among them."""
    return (source.get("statement_files", sha256) or {"numbers": []})["numbers"]


def keep(book: Book, statement: dict, lines: list[dict]) -> None:
    """A new import. Neither it nor its lines are changed afterwards, except that it may be marked as undone."""
    number, sha256 = statement["_id"], statement["sha256"]
    book.put("statements", statement)
    book.put("statement_lines", {"_id": number, "lines": lines})
    book.put("statement_files", {"_id": sha256, "numbers": [*imports_of(book, sha256), number]})
    ask_comparison(book, number)


def keep_undone(book: Book, statement: dict, undone: dict) -> None:
    book.put("statements", statement | {"undone": undone})
    ask_comparison(book, f"{statement['_id']} undone")


def every(reader: Reader) -> list[dict]:
    """All imports, the newest last."""
    return sorted(reader.find("statements", {}), key=lambda each: (each["at"], each["_id"]))


def standing(reader: Reader) -> list[dict]:
    """The imports that are not undone, the newest last."""
    return [each for each in every(reader) if each["undone"] is None]


# --- the comparison of books and statements --------------------------------------------------------------------------


def ask_comparison(book: Book, why: str) -> None:
    """Books and statements are compared at the next look, since something changed."""
    book.put("proofs", {"_id": ASKED, "asked": why})


def asked(reader: Reader) -> str | None:
    """The last thing that changed; None while nothing was ever imported."""
    return (reader.get("proofs", ASKED) or {}).get("asked")


def compared(source: Book | Reader) -> dict | None:
    """What the last comparison found; None before there was one."""
    return source.get("proofs", LAST)


def keep_compared(book: Book, found: dict) -> None:
    book.get("proofs", LAST)
    book.put("proofs", {"_id": LAST, **found})


def numbers(statements: Sequence[dict]) -> list[str]:
    """The numbers of some imports."""
    return [each["_id"] for each in statements]
