"""What of a message an operator may read without opening it: what it is about, never who a person is."""

import re
from collections.abc import Iterator
from typing import Any

import orjson

# Fields whose values are the house's own: numbers of files, codes of the catalogue, moments, hashes, sums. Any other
# value may be a person's and is hidden, also in a field that nobody here knows.
_SHOWN = """
    id type source specversion subject time causationid traceparent datacontenttype dataschema application_id
    command_id entries resi licence_type edition transaction step status outcome act kind sub_kind bidang skpd round
    revision line branch since at until due due_on acted_at closed_at paid_at signed_at issued_at valid_until
    verified_at starts_at ends_at recorded_at sha256 manifest manifest_sha256 objects media_type size amount
"""
SHOWN = frozenset(_SHOWN.split())
PLAIN = re.compile(r"[A-Za-z0-9_.:;=/+-]{1,120}")  # no blank: words of a person have one, codes of ours have none
DEEPEST, MOST = 6, 200


def without_personal_data(body: bytes) -> list[tuple[str, str | None]]:
    """The fields of a message by their path, in their order; None stands for a value that may be personal. Empty when
    the message cannot be read."""
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        return []
    return list(_fields(read, "", "", 0))[:MOST] if isinstance(read, dict) else []


def _fields(value: Any, path: str, name: str, depth: int) -> Iterator[tuple[str, str | None]]:
    if isinstance(value, dict) and value and depth < DEEPEST:
        for key, each in value.items():
            told = str(key) if PLAIN.fullmatch(str(key)) else "…"
            yield from _fields(each, f"{path}.{told}" if path else told, str(key), depth + 1)
    elif isinstance(value, list) and value and depth < DEEPEST:
        for number, each in enumerate(value, 1):
            yield from _fields(each, f"{path}.{number}", name, depth + 1)
    else:
        yield path, _shown(value) if name in SHOWN else None


def _shown(value: Any) -> str | None:
    if value is None or isinstance(value, bool):
        return {None: "-", True: "ya", False: "tidak"}[value]
    if isinstance(value, int | float) or (isinstance(value, str) and PLAIN.fullmatch(value)):
        return str(value)
    return None if value else "-"
