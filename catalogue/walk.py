"""Where a file stands on its path: a pure function of what happened to it.

A happening that names a step and an outcome moves the file on when it stands there. Facts may overtake each other on
their way to intake (the receipt before the SKRD): each waits in the history until the file has come to its step, so the
order in which they were heard never matters, only the order of those about the same step.
"""

from collections import defaultdict, deque
from collections.abc import Sequence

from pydantic import AwareDatetime

from catalogue.path import ENDS, Path, Step
from catalogue.reading import Entry
from values.happening import Happening
from values.refusal import Refusal


class Stay(Entry):
    """One time at one step: from when, until when (None: still there), how it ended, where to, which time it was."""

    step: str
    began: AwareDatetime
    ended: AwareDatetime | None = None
    outcome: str | None = None
    to: str | None = None
    visit: int = 1


class Position(Entry):
    """`step` is None when the way has ended (`end` says how); `since` when the file came there."""

    step: Step | None
    since: AwareDatetime
    end: str | None = None
    visit: int = 1


def stays(path: Path, history: Sequence[Happening]) -> list[Stay]:
    """Every stay of a file on its path, in order; the way begins with the first happening.

    A withdrawal or a refusal that names no step ends the way from anywhere but the archive's last step, where the file
    is closed already; what comes after it moves nothing.
    ValueError for an outcome that the step does not have: only somebody's hand in the database could write that.
    """
    waiting: dict[str, deque[Happening]] = defaultdict(deque)
    visits: dict[str, int] = defaultdict(int)
    way: list[Stay] = []

    def come_to(code: str, at: AwareDatetime) -> None:
        visits[code] += 1
        way.append(Stay(step=code, began=at, visit=visits[code]))

    def leave(happening: Happening, to: str) -> None:
        here = way[-1]
        at = max(here.began, happening.at)
        way[-1] = here.model_copy(update={"ended": at, "outcome": happening.outcome, "to": to})
        if to not in ENDS:
            come_to(to, at)

    come_to(path.first.code, history[0].at)
    for happening in history:
        if happening.outcome is None or way[-1].ended is not None:
            continue
        if happening.step is None:
            if path[way[-1].step].puts_away:
                continue
            leave(happening, happening.outcome)
            continue
        waiting[happening.step].append(happening)
        while way[-1].ended is None and waiting[way[-1].step]:
            step, fact = path[way[-1].step], waiting[way[-1].step].popleft()
            if fact.outcome not in step.outcomes:
                raise ValueError(f"step {step.code} has no outcome {fact.outcome}")
            leave(fact, step.outcomes[fact.outcome])
    return way


def position(path: Path, history: Sequence[Happening]) -> Position:
    """Where the file is now."""
    last = stays(path, history)[-1]
    if last.ended is None:
        return Position(step=path[last.step], since=last.began, visit=last.visit)
    return Position(step=None, since=last.ended, end=last.to, visit=last.visit)


def require_move(path: Path, history: Sequence[Happening], step: str, outcome: str, role: str) -> Step:
    """The step that somebody in this role ends with this outcome; `Refusal` says what was expected instead."""
    here = position(path, history).step
    if here is None:
        raise Refusal("already_closed", "Berkas sudah selesai diproses.", field="application_id")
    if here.code != step:
        raise Refusal(
            "wrong_step",
            f"Berkas sedang pada langkah “{here.name}”.",
            field="step",
            remedy="Muat ulang berkas dan lihat langkahnya.",
        )
    if here.actor != role:
        raise Refusal("wrong_role", f"Langkah “{here.name}” dikerjakan oleh peran lain.", field="step")
    if outcome not in here.choices:
        raise Refusal(
            "unknown_outcome",
            f"Hasil {outcome} tidak dikenal pada langkah “{here.name}”.",
            field="outcome",
            remedy=f"Pilih salah satu: {', '.join(here.choices)}.",
        )
    return here
