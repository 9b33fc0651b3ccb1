"""Ways through a path: the shortest one, and so many that everything people can do on it is done.

Known only by the path's data. What the clock does by itself (`expired`) is nobody's move, and on no way.
"""

from collections.abc import Callable
from math import ceil

from catalogue.path import APPLICANT, ENDS, EXPIRED, FINISHED, Path, returns

Move = tuple[str, str]  # step, outcome


def moves(path: Path) -> list[Move]:
    """Every outcome of every step that somebody brings about."""
    return [(step.code, outcome) for step in path.steps for outcome in step.outcomes if outcome != EXPIRED]


def moves_back(path: Path) -> list[Move]:
    """Those that lead back to an earlier step, or to the applicant."""
    back = {(step, outcome) for step, outcome, _ in returns(path.steps)}
    return [move for move in moves(path) if move in back or _to_the_applicant(path, move)]


def way(path: Path, start: str, target: str) -> list[Move]:
    """The shortest way from a step to another, or to an end; empty when it is there. ValueError: there is none."""
    found = _shortest(path, start, lambda here: here == target)
    if found is None:
        raise ValueError(f"no way from {start} to {target}")
    return found


def ways(path: Path, least: int = 3) -> list[list[Move]]:
    """At least so many ways, each from the first step to an end, on which every move of the path is made.

    The first goes straight to the end. The detours are shared out among the others; more ways follow where an
    outcome ends the file, or until there are enough.
    """
    found = [way(path, path.first.code, FINISHED)]
    left = set(moves(path)) - set(found[0])
    share = max(1, ceil(len(left) / max(1, least - 1)))
    while left or len(found) < least:
        found.append(_one_more(path, left, share))
        left -= set(found[-1])
    return found


def _one_more(path: Path, left: set[Move], share: int) -> list[Move]:
    """A way that makes about `share` of the moves left, those that end the file last, then goes straight to the end."""
    here, taken = path.first.code, []
    while here not in ENDS and (open_ := left - set(taken)) and len(left & set(taken)) < share:
        lasting = {move for move in open_ if _target(path, move) not in ENDS}
        ahead = _to_any(path, here, lasting) or _to_any(path, here, open_)
        if ahead is None:
            break
        taken += ahead
        here = _target(path, taken[-1])
    return taken if here in ENDS else [*taken, *way(path, here, FINISHED)]


def _to_any(path: Path, here: str, wanted: set[Move]) -> list[Move] | None:
    """The shortest way that ends with one of the wanted moves; None when none can be reached."""
    steps = {step for step, _ in wanted}
    ahead = _shortest(path, here, lambda code: code in steps)
    if ahead is None:
        return None
    at = _target(path, ahead[-1]) if ahead else here
    return [*ahead, next((at, outcome) for outcome in path[at].outcomes if (at, outcome) in wanted)]


def _shortest(path: Path, start: str, there: Callable[[str], bool]) -> list[Move] | None:
    found: dict[str, list[Move]] = {start: []}
    ahead = [start]
    for here in ahead:
        if there(here):
            return found[here]
        for outcome, after in () if here in ENDS else path[here].outcomes.items():
            if after not in found and outcome != EXPIRED:
                found[after] = [*found[here], (here, outcome)]
                ahead.append(after)
    return None


def _target(path: Path, move: Move) -> str:
    return path[move[0]].outcomes[move[1]]


def _to_the_applicant(path: Path, move: Move) -> bool:
    target = _target(path, move)
    return target not in ENDS and path[target].actor == APPLICANT
