"""The path of a service: steps from a small vocabulary, each with who does it, how long it may take and what follows.

Data describe a path, nothing here knows a particular service. Every outcome of a step leads to another step (forward,
or back to an earlier one), or to an end. A path that leads into nothing, or past a step, is refused at start-up.
"""

from collections.abc import Collection, Sequence
from typing import Literal

from pydantic import Field, PositiveInt, model_validator

from catalogue.reading import Entry

SLUG = r"^[a-z0-9]+(_[a-z0-9]+)*$"
Unit = Literal["minute", "hour", "day", "working_day", "month"]
Act = Literal[
    "register",
    "check_completeness",
    "officer_check",
    "disposition",
    "technical_verification",
    "retribution",
    "payment",
    "prepare",
    "initial",
    "sign",
    "number",
    "deliver",
    "publish",
    "archive",
    "wait_for_applicant",
]
FINISHED, REFUSED, WITHDRAWN = "finished", "refused", "withdrawn"
ENDS = (FINISHED, REFUSED, WITHDRAWN)
APPLICANT = "applicant"
EXPIRED = "expired"
ARCHIVE, ARCHIVIST = "archive", "archivist"
WAITS = ("wait_for_applicant", "payment")


class Limit(Entry):
    """A time limit as the standard prints it: `amount` of `unit`, `per` what it is counted for (None: per file)."""

    amount: PositiveInt
    unit: Unit
    per: str | None = None


class Step(Entry):
    """One step: what is done (`act`, and `name` in the words of the office), by which role, until when, what follows.

    `outcomes` names each way the step may end and where it leads: the code of a step, or `finished`, `refused`,
    `withdrawn`. `closes_after` (days, only where the applicant is waited for) ends the waiting with `expired`.
    """

    code: str = Field(pattern=SLUG)
    act: Act
    name: str = Field(min_length=3)
    actor: str = Field(pattern=SLUG)
    limit: Limit | None = None
    outcomes: dict[str, str] = Field(min_length=1)
    closes_after: PositiveInt | None = None

    @model_validator(mode="after")
    def _waiting_is_the_applicants(self) -> "Step":
        waits = self.act in WAITS
        if waits != (self.actor == APPLICANT):
            raise ValueError(f"the applicant is waited for in {' and '.join(WAITS)}, and only there")
        if (self.closes_after is not None) != (EXPIRED in self.outcomes) or (self.closes_after and not waits):
            raise ValueError("closes_after and the outcome expired belong together, where the applicant is waited for")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        """The outcomes a person may choose; that the waiting is over is for the clock to say."""
        return tuple(outcome for outcome in self.outcomes if outcome != EXPIRED)

    @property
    def puts_away(self) -> bool:
        """The file is closed, and the archive alone has still to put it away: how it was closed changes no more."""
        return (self.act, self.actor) == (ARCHIVE, ARCHIVIST)


class Path(Entry):
    """The steps of a service, in the order a file takes when nothing goes wrong; the first one begins it."""

    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "Path":
        codes = [step.code for step in self.steps]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"step {twice[0]} stands twice")
        if reserved := sorted(set(codes) & set(ENDS)):
            raise ValueError(f"{reserved[0]} is the name of an end, not of a step")
        for step in self.steps:
            for outcome, target in step.outcomes.items():
                if target not in codes and target not in ENDS:
                    raise ValueError(f"step {step.code}: outcome {outcome} leads to {target}, which is no step")
        if lost := [code for code in codes if code not in self._reached_from(codes[0])]:
            raise ValueError(f"step {lost[0]} is never reached")
        if caught := [code for code in codes if FINISHED not in self._reached_from(code)]:
            raise ValueError(f"from step {caught[0]} no outcome ever leads to the end")
        return self

    def __getitem__(self, code: str) -> Step:
        """The step with that code; KeyError when the path has none."""
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)

    def of(self, act: Act, actor: str | None = None) -> Step | None:
        """The first step with that act (and actor, when given); None when the path has none."""
        return next((step for step in self.steps if step.act == act and actor in (None, step.actor)), None)

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def roles(self) -> frozenset[str]:
        """Every role that does something on this path."""
        return frozenset(step.actor for step in self.steps)

    def unknown_roles(self, known: Collection[str]) -> list[str]:
        """Roles of this path that the organisation does not know."""
        return sorted(self.roles - set(known))

    def _reached_from(self, code: str) -> set[str]:
        reached, ahead = {code}, [code]
        while ahead:
            here = ahead.pop()
            for target in () if here in ENDS else self[here].outcomes.values():
                if target not in reached:
                    reached.add(target)
                    ahead.append(target)
        return reached


def returns(steps: Sequence[Step]) -> list[tuple[str, str, str]]:
    """(step, outcome, earlier step) of every way back."""
    place = {step.code: n for n, step in enumerate(steps)}
    return [
        (step.code, outcome, target)
        for step in steps
        for outcome, target in step.outcomes.items()
        if place.get(target, len(steps)) <= place[step.code]
    ]
