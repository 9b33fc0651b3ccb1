"""What changes on a path from one edition to another, in words: steps, who does them, until when, where they lead."""

from collections.abc import Iterator

from catalogue.office import Organisation
from catalogue.path import Path, Step
from catalogue.wording import ENDS, outcome_words, time_words

TOLD_ELSEWHERE = ("initial", "sign")  # who initials and signs is a decision of its own


def path_changes(before: Path, after: Path, office: Organisation) -> Iterator[str]:
    """A sentence per change, without its full stop. A way that only closes over a step taken out is not a change."""
    was, now = {step.code: step for step in before.steps}, {step.code: step for step in after.steps}
    for code, step in now.items():
        if code not in was:
            if step.act not in TOLD_ELSEWHERE:
                yield f"Langkah baru: {_told(step, office)}"
        else:
            yield from _step_changes(was[code], step, was, now, office)
    for code, step in was.items():
        if code not in now and step.act not in TOLD_ELSEWHERE:
            yield f"Langkah ditiadakan: {_told(step, office)}"


def _step_changes(
    old: Step, new: Step, was: dict[str, Step], now: dict[str, Step], office: Organisation
) -> Iterator[str]:
    if new.act not in TOLD_ELSEWHERE:
        if old.name != new.name:
            yield f"Langkah “{old.name}” kini berbunyi “{new.name}”"
        if old.actor != new.actor:
            who, before = office.roles[new.actor].name, office.roles[old.actor].name
            yield f"Langkah “{new.name}” kini dikerjakan oleh {who} (sebelumnya {before})"
    if (time_words(old), old.act) != (time_words(new), new.act):
        time, before = time_words(new) or "tanpa batas waktu", time_words(old) or "tanpa batas waktu"
        yield f"Langkah “{new.name}”: {time} (sebelumnya {before})"
    for outcome, target in new.outcomes.items():
        if outcome not in old.outcomes:
            yield f"Langkah “{new.name}” kini dapat berakhir “{outcome_words(outcome)}”: {_place(target, now)}"
        elif (before := old.outcomes[outcome]) != target and _known(before, now) and _known(target, was):
            words = f"{_place(target, now)} (sebelumnya {_place(before, was)})"
            yield f"Langkah “{new.name}” yang berakhir “{outcome_words(outcome)}” kini menuju {words}"
    for outcome in old.outcomes:
        if outcome not in new.outcomes:
            yield f"Langkah “{new.name}” tidak lagi berakhir “{outcome_words(outcome)}”"


def _known(target: str, steps: dict[str, Step]) -> bool:
    return target in ENDS or target in steps


def _place(target: str, steps: dict[str, Step]) -> str:
    return ENDS[target].lower() if target in ENDS else f"“{steps[target].name}”"


def _told(step: Step, office: Organisation) -> str:
    limit = time_words(step)
    return f"{step.name}, oleh {office.roles[step.actor].name}" + (f", {limit}" if limit else "")
