"""The data of a document against its contract.

The contract of `skrd.typ` is `skrd.example.json` beside it: the same keys and the same kinds, nothing missing and
nothing unknown. Absent text is the empty string and an absent list is empty; there is no null. Every element of a
list looks like the first element of the example's list.
"""

import json
from functools import lru_cache
from pathlib import Path

from plumbing.documents.errors import DocumentDataWrong, DocumentError

_KINDS = {str: "text", bool: "true or false", int: "a whole number", list: "a list", dict: "an object"}


@lru_cache(maxsize=64)
def example_of(template: Path) -> dict:
    """The example data of a template, which is also its contract."""
    path = template.with_suffix(".example.json")
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DocumentError(f"document {template.stem}: its contract {path.name} is missing") from None


def check(template: Path, data: dict) -> None:
    """Raise `DocumentDataWrong`, naming the key, when the data is not what the template prints."""
    _compare(template.stem, "", example_of(template), data)


def _compare(name: str, key: str, wanted, given) -> None:
    if type(given) is not type(wanted):
        raise DocumentDataWrong(name, key or "(the whole)", f"must be {_KINDS[type(wanted)]}")
    if isinstance(wanted, dict):
        for part in wanted.keys() - given.keys():
            raise DocumentDataWrong(name, _join(key, part), "missing key")
        for part in given.keys() - wanted.keys():
            raise DocumentDataWrong(name, _join(key, part), "unknown key")
        for part, value in given.items():
            _compare(name, _join(key, part), wanted[part], value)
    elif isinstance(wanted, list):
        for position, value in enumerate(given):
            _compare(name, f"{key}[{position}]", wanted[0], value)


def _join(key: str, part: str) -> str:
    return f"{key}.{part}" if key else part
