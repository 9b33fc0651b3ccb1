"""What a PDF that somebody hands in would do by itself: scripts, programs to start, files inside it."""

import io
from collections.abc import Iterator

import pikepdf

ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"}
SCRIPTED = ("/JS", "/XFA")
INSIDE = ("/EmbeddedFiles", "/EF", "/RichMediaContent")
DEEPEST = 40


def active_content(pdf: bytes) -> str | None:
    """`action` (a script, or something to start or send), `embedded` (a file within the file), `locked` (it needs a
    password), `unreadable`; None for a paper that just lies there."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if len(opened.pages) == 0:
                return "unreadable"
            return next((found for each in opened.objects for found in _found(each, 0)), None)
    except pikepdf.PasswordError:
        return "locked"
    except (pikepdf.PdfError, RecursionError, ValueError):
        return "unreadable"


def _found(each: pikepdf.Object, depth: int) -> Iterator[str]:
    """What one object holds, and the objects written inside it; those it refers to are listed by themselves."""
    if depth > DEEPEST:
        yield "unreadable"
    elif isinstance(each, pikepdf.Array):
        for inner in each:
            yield from _inner(inner, depth)
    elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        if str(each.get("/S", "")) in ACTIONS or any(key in each for key in SCRIPTED):
            yield "action"
        if str(each.get("/Type", "")) == "/EmbeddedFile" or any(key in each for key in INSIDE):
            yield "embedded"
        for key in each.keys():  # noqa: SIM118 - a stream is no mapping
            yield from _inner(each[key], depth)


def _inner(each: object, depth: int) -> Iterator[str]:
    if isinstance(each, pikepdf.Array | pikepdf.Dictionary) and not each.is_indirect:
        yield from _found(each, depth + 1)
