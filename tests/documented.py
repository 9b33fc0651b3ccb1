"""What a room answers is what the API's document shows of it: `contracts/answers.json`."""

from importlib import resources
from typing import Any

import orjson

import contracts
from contracts.base import Message

ANSWERS = orjson.loads(resources.files(contracts).joinpath("answers.json").read_bytes())


def require_documented(message: Message, answer: Any) -> None:
    """An AssertionError names what the document does not show: add it there."""
    shown = ANSWERS.get(f"{message.room}.{type(message).__name__}")
    if answer is None or shown is None:  # what programs cannot ask is not in the document
        return
    unshown = _names(answer) - _names(shown)
    assert not unshown, f"{type(message).__name__} answers {unshown}, which contracts/answers.json does not show"


def _names(answer: Any) -> set[str]:
    """The names in an answer, and in each row of one that is a list."""
    rows = answer if isinstance(answer, list) else [answer]
    return {name for row in rows if isinstance(row, dict) for name in row}
