"""A turn in an application's life and its variables become a letter: subject, plain text and HTML.

Each turn is one file `<turn>.jinja`; `letter.*.jinja` is the sheet around it and `marks.*.jinja` how paragraphs,
lists and facts look in text and in HTML. `variables.yaml` is the contract: what each turn must be given.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_HERE = Path(__file__).parent


class LetterDataWrong(Exception):
    """A letter was asked for with a missing, unknown or mistyped variable, or for an unknown turn: our bug."""


@dataclass(frozen=True)
class Letter:
    """An e-mail ready to send. The subject is one line and carries no personal data; both bodies say the same."""

    subject: str
    text: str
    html: str


def compose(turn: str, variables: dict) -> Letter:
    """The letter of one turn (`terdaftar`, `skrd`; see `turns()`). Raises `LetterDataWrong` naming the variable."""
    _check(turn, variables)
    subject = " ".join(_render(turn, "subject", variables).split())
    return Letter(subject, _render(turn, "txt", variables).strip() + "\n", _render(turn, "html", variables))


@cache
def turns() -> dict[str, dict[str, dict]]:
    """Every turn and its variables, each with `means` and `example`, the common ones included unless it does without
    them (`null`)."""
    contract = yaml.safe_load((_HERE / "variables.yaml").read_text("utf-8"))
    every = {turn: {**contract["common"], **own} for turn, own in contract["turns"].items()}
    return {turn: {name: told for name, told in known.items() if told} for turn, known in every.items()}


def _check(turn: str, variables: dict) -> None:
    wanted = turns().get(turn)
    if wanted is None:
        raise LetterDataWrong(f"no letter for the turn {turn!r}")
    for name in sorted(wanted.keys() ^ variables.keys()):
        raise LetterDataWrong(f"letter {turn}: {'missing' if name in wanted else 'unknown'} variable {name!r}")
    for name, value in variables.items():
        listed = isinstance(wanted[name]["example"], list)
        texts = value if listed and isinstance(value, list) else [value]
        if listed != isinstance(value, list) or not all(isinstance(text, str) for text in texts):
            raise LetterDataWrong(f"letter {turn}: variable {name!r} must be {'a list of texts' if listed else 'text'}")


def _render(turn: str, kind: str, variables: dict) -> str:
    workshop = _workshop(kind)
    marks = workshop.get_template(f"marks.{'html' if kind == 'html' else 'txt'}.jinja")
    letter = workshop.get_template(f"letter.{kind}.jinja")
    return workshop.get_template(f"{turn}.jinja").render(variables, letter=letter, marks=marks)


@cache
def _workshop(kind: str) -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=kind == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
