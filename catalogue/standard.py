"""A service standard of the secretariat: its fourteen components as the decree prints them, and the path files take.

Source: Keputusan Sekretaris Daerah Kota Bekasi 065/Kep.63-TU/III/2020 tentang Standar Pelayanan Publik, Lampiran I to
XXI. What the decree prints stays as printed, faults of its authors included (`notes` tell of them); what only the scan
got wrong is mended, and `slips` keep both readings.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, PositiveInt, ValidationInfo, field_validator, model_validator

from catalogue.path import APPLICANT, SLUG, Limit, Path
from catalogue.reading import Entry
from catalogue.service_face import ServiceFace

ROMAN = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"),
    *("XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
)
CODES = tuple(f"S-{numeral}" for numeral in ROMAN)
"""The codes of the annexes, in their order."""

Component = Literal[
    "legal_basis",
    "requirements",
    "steps",
    "time",
    "fee",
    "products",
    "facilities",
    "competencies",
    "internal_oversight",
    "complaint_channels",
    "staff_count",
    "service_guarantee",
    "safety_guarantee",
    "evaluation",
]
COMPONENTS: tuple[str, ...] = get_args(Component)
"""The fourteen components in the order of the decree's form."""

Text = Annotated[str, Field(min_length=1)]


class Group(Entry):
    """A line of a list with a list of its own below it (1. … a. b. c.)."""

    text: Text
    items: list["Item"] = Field(min_length=1)


Item = Text | Group
Items = Annotated[list[Item], Field(min_length=1)]


class Branch(Entry):
    """A fork of the procedure: on `answer` the file goes to a step by its number, to the applicant, or is done."""

    answer: Literal["ya", "tidak"]
    to: PositiveInt | Literal["pemohon", "selesai"]
    text: Text


class PrintedStep(Entry):
    """One numbered step as printed. `actor_from` says where the actor stands when the sentence names none."""

    number: PositiveInt
    text: Text
    actor: Text
    actor_from: Literal["text", "chart", "context"] = "text"
    limit: Limit | None = None
    branches: list[Branch] = Field(default_factory=list)


class TimeLimit(Limit):
    """A limit of the whole service. `until`: the step of the path whose end it measures (None: the end of the path)."""

    note: str | None = None
    until: str | None = None


class ServiceTime(Entry):
    """Component 4: the words of the decree, and what they come to."""

    printed: Text
    limits: list[TimeLimit] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_what_is_printed(self) -> "ServiceTime":
        for limit in self.limits:
            if f"{limit.amount} (" not in self.printed:
                raise ValueError(f"{limit.amount} is not what is printed: {self.printed!r}")
        return self


class Fee(Entry):
    """Component 5; `amount` in whole rupiah."""

    printed: Text
    amount: int = Field(ge=0)


class StaffCount(Entry):
    """Component 11: how many people serve."""

    printed: Text
    number: PositiveInt

    @model_validator(mode="after")
    def _is_what_is_printed(self) -> "StaffCount":
        if not self.printed.startswith(f"{self.number} ("):
            raise ValueError(f"{self.number} is not what is printed: {self.printed!r}")
        return self


class Slip(Entry):
    """A place the scan got wrong: what it gives, what the decree says, and how that is known."""

    component: Component | Literal["name", "chart"]
    printed_in_scan: Text
    mended: Text
    why: Text


def _as_steps(value: Any) -> Any:
    return {"steps": value} if isinstance(value, list) else value


class ServiceStandard(Entry, ServiceFace):
    """One annex of the decree, and `path`: the same procedure as steps the office's engine can walk.

    `name` is printed in capitals; `title` is the same for people to read. `chart` holds the boxes of the flow chart
    from top to bottom, `steps` the numbered sentences below it. `unit` is the Bagian that serves; `seats` gives the
    unit of a role of the path that sits elsewhere (None: in whichever agency is concerned).
    """

    code: Literal[CODES]
    annex: int = Field(ge=1, le=len(CODES))
    name: Text
    title: Text
    unit: str = Field(pattern=SLUG)
    decree: Text
    effective_from: date
    ended: date | None = None
    path: Annotated[Path, BeforeValidator(_as_steps)]
    seats: dict[str, str | None] = Field(default_factory=dict)

    legal_basis: Items
    requirements: Items
    steps: list[PrintedStep] = Field(min_length=1)
    chart: list[Text] = Field(min_length=1)
    time: ServiceTime
    fee: Fee
    products: Items
    facilities: Items
    competencies: Items
    internal_oversight: Items
    complaint_channels: Items
    staff_count: StaffCount
    service_guarantee: Items
    safety_guarantee: Items
    evaluation: Items

    slips: list[Slip] = Field(default_factory=list)
    notes: list[Text] = Field(default_factory=list)

    def unit_of(self, role: str) -> str | None:
        """The unit in which that role of the path sits; None: any agency concerned. KeyError: not on this path."""
        if role not in self.path.roles - {APPLICANT}:
            raise KeyError(role)
        return self.seats.get(role, self.unit)

    # Each check sits on the last of the fields it compares, so that its fault names a key.

    @field_validator("annex")
    @classmethod
    def _code_and_annex_belong_together(cls, annex: int, known: ValidationInfo) -> int:
        code = known.data.get("code", CODES[annex - 1])
        if CODES[annex - 1] != code:
            raise ValueError(f"annex {annex} is {CODES[annex - 1]}, not {code}")
        return annex

    @field_validator("ended")
    @classmethod
    def _ends_after_it_began(cls, ended: date | None, known: ValidationInfo) -> date | None:
        if ended is not None and ended < known.data.get("effective_from", ended):
            raise ValueError(f"ended on {ended}, before it took effect on {known.data['effective_from']}")
        return ended

    @field_validator("seats")
    @classmethod
    def _seats_are_of_the_path(cls, seats: dict[str, str | None], known: ValidationInfo) -> dict[str, str | None]:
        if "path" in known.data and (idle := sorted(seats.keys() - (known.data["path"].roles - {APPLICANT}))):
            raise ValueError(f"{idle[0]} does nothing on this path")
        return seats

    @field_validator("steps")
    @classmethod
    def _steps_lead_somewhere(cls, steps: list[PrintedStep]) -> list[PrintedStep]:
        numbers = [step.number for step in steps]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"the numbers {numbers} do not rise")
        for step in steps:
            for branch in step.branches:
                if isinstance(branch.to, int) and branch.to not in numbers:
                    raise ValueError(f"step {step.number} leads to {branch.to}, which is no step")
        return steps

    @field_validator("time")
    @classmethod
    def _limits_end_on_the_path(cls, time: ServiceTime, known: ValidationInfo) -> ServiceTime:
        codes = [step.code for step in known.data["path"].steps] if "path" in known.data else []
        for limit in time.limits:
            if codes and limit.until is not None and limit.until not in codes:
                raise ValueError(f"until {limit.until}, which is no step of the path")
        return time

    @field_validator("slips")
    @classmethod
    def _slips_are_mended(cls, slips: list[Slip], known: ValidationInfo) -> list[Slip]:
        for slip in (slip for slip in slips if slip.component in known.data):
            text = words(known.data[slip.component])
            if slip.mended not in text or (slip.printed_in_scan in text and slip.printed_in_scan not in slip.mended):
                raise ValueError(f"{slip.component} does not read {slip.mended!r}")
        return slips


def words(component: Any) -> str:
    """Everything a component says, as one text, a line per item; of steps the sentences and their branches."""
    return "\n".join(_said(component))


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Group):
        yield value.text
        yield from _said(value.items)
    elif isinstance(value, PrintedStep):
        yield value.text
        yield from (branch.text for branch in value.branches)
    elif isinstance(value, ServiceTime | Fee | StaffCount):
        yield value.printed
    else:
        for each in value:
            yield from _said(each)
