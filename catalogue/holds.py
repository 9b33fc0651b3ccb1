"""What lets an open file stand although somebody has it: a suspension, or the file it depends on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from pydantic import AwareDatetime, Field

from catalogue.reading import Entry
from values.clock import Pause


class Happened(Protocol):
    """What is read of an entry in a history, of the file itself or of what was told of it."""

    what: str
    at: datetime


SUSPENDED, PARENT = "suspended", "parent"
# What is entered when a file comes to stand: why, and whether because of the file it depends on.
BEGIN = {
    "suspended": (SUSPENDED, False),
    "suspended_with_parent": (SUSPENDED, True),
    "parent_closed": (SUSPENDED, True),
    "waits_for_parent": (PARENT, True),
}
END = {"revived": SUSPENDED, "parent_ready": PARENT}


class Hold(Entry):
    """Why an open file does not go on, since and (once it is over) until when."""

    because: Literal["suspended", "parent"]
    what: str
    since: AwareDatetime
    until: AwareDatetime | None = None
    note: str
    by_parent: bool = Field(description="whether it stands because of the file it depends on")


def holds(history: Sequence[Happened]) -> list[Hold]:
    """Every hold of a file, past and present, in the order in which they began; at most one of a kind at a time."""
    found: list[Hold] = []
    for happening in history:
        because, by_parent = BEGIN.get(happening.what, (END.get(happening.what), None))
        now = next((n for n, each in enumerate(found) if each.because == because and each.until is None), None)
        if now is not None:
            found[now] = found[now].model_copy(update={"until": max(happening.at, found[now].since)})
        if by_parent is not None:
            note = getattr(happening, "note", "")
            found.append(
                Hold(
                    because=because,
                    what=happening.what,
                    since=happening.at,
                    note=note,
                    by_parent=by_parent,
                )
            )
    return found


def hold(history: Sequence[Happened], because: str | None = None) -> Hold | None:
    """What holds a file now (of that kind, when given). A suspension is named before the waiting for a parent, which
    may go on beneath it."""
    now = {each.because: each for each in holds(history) if each.until is None}
    return now.get(because) if because else now.get(SUSPENDED) or now.get(PARENT)


def turn(history: Sequence[Happened]) -> int:
    """How often the file was suspended or revived: facts about it may overtake each other, the higher is the later."""
    return sum(BEGIN.get(h.what, (END.get(h.what),))[0] == SUSPENDED for h in history)


def held_pauses(history: Sequence[Happened]) -> list[Pause]:
    """When the clock stood because of a hold."""
    return [
        Pause(each.since, each.until, each.because)
        for each in holds(history)
        if each.until is None or each.until > each.since
    ]
