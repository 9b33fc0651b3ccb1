"""The arrows of a path, as a drawing needs them: one per step and target, with the outcomes that lead there."""

from dataclasses import dataclass
from typing import Literal

from catalogue.path import APPLICANT, ENDS, Path, Step
from catalogue.wording import outcome_words

Way = Literal["next", "ahead", "back", "end"]


@dataclass(frozen=True)
class Arrow:
    """From one step to a step or an end. `way`: to the next step, past some, back to an earlier one (or itself), out.

    The arrow to `finished` from the last step is `next`: the end stands below it.
    """

    source: str
    target: str
    words: str
    way: Way


def arrows(path: Path) -> list[Arrow]:
    """All arrows of a path in the order of its steps; outcomes with one target share an arrow."""
    place = {step.code: number for number, step in enumerate(path.steps)}
    last = path.steps[-1].code
    found = []
    for step in path.steps:
        by_target: dict[str, list[str]] = {}
        for outcome, target in step.outcomes.items():
            by_target.setdefault(target, []).append(outcome_words(outcome))
        for target, words in by_target.items():
            if target in ENDS:
                way: Way = "next" if step.code == last and target == "finished" else "end"
            elif place[target] <= place[step.code]:
                way = "back"
            else:
                way = "next" if place[target] == place[step.code] + 1 else "ahead"
            found.append(Arrow(step.code, target, " / ".join(words), way))
    return found


def is_applicants(step: Step) -> bool:
    """Whether the file is in the applicant's hands during this step."""
    return step.actor == APPLICANT
