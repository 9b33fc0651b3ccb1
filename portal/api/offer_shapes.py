"""What the API says of what the office offers. Keys are those of `ptsp catalogue show … --json`."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from catalogue.components import ProcedureStep, Staffing
from catalogue.fee import Fee
from catalogue.licence_type import Retribution
from catalogue.path import Step
from catalogue.quantity import Quantity
from catalogue.standard import Fee as PrintedFee
from catalogue.standard import Item, PrintedStep, ServiceTime, Slip, StaffCount
from catalogue.tariff_book import TariffRow


class Answer(BaseModel):
    """Base of everything the API says: no key that is not described."""

    model_config = ConfigDict(extra="forbid")


class Named(Answer):
    """A unit, a role, a licence type: its stable code and its name."""

    code: str
    name: str


class TypeLine(Answer):
    """A sub-kind an applicant chooses, with its yearly figures as the annual report prints them."""

    code: str
    name: str
    counts: dict[str, int | None]
    printed_total: int | None
    counted: bool
    counted_reason: str | None
    offered: bool


class TypeInList(Answer):
    """A licence type in the list; `ended`: the last day on which applications were taken."""

    number: int
    code: str
    name: str
    abbreviation: str | None
    counts: dict[str, int | None] = Field(description="licences per year 2011 to 2016 as printed; null: a blank cell")
    printed_total: int | None
    counted: bool
    counted_reason: str | None
    header: str | None
    effective_from: date | None
    ended: date | None
    lines: list[TypeLine]


class Asked(Answer):
    """One thing an applicant hands in. `only_for` names sub-kinds; empty: all."""

    code: str
    name: str
    source: str
    only_for: list[str]


class AskedFor(Answer):
    """Requirements, by kind."""

    administrative: list[Asked]
    technical: list[Asked]


class NamedStep(Step):
    """A step of the path with the name of who does it."""

    actor_name: str


class TypeTime(Answer):
    """How long the whole takes at most, from the day the file is complete."""

    amount: int
    unit: Literal["working_day"]
    source: str


class Cost(Answer):
    """What it costs. `placeholder`: the city's own figure is not known, another city's stands in."""

    free: bool
    words: str
    source: str
    retribution: Retribution | None
    tariffs: list[TariffRow]
    placeholder: bool


class Validity(Answer):
    """For how many years a licence holds; null: without limit."""

    years: int | None
    source: str


class AskedAbout(Answer):
    """What may be asked about a licence that exists: `of` which type, the papers asked for besides the type's own (or
    `only_these`), the codes of its steps, and what becomes of that `licence`."""

    code: str
    name: str
    of: str
    asks: list[str]
    only_these: bool
    steps: list[str]
    licence: Literal["none", "kept", "replaced", "revoked"]


class LicenceTypeAnswer(TypeInList):
    """Everything about a licence type in one edition of the catalogue. Sources say `assumed` where none is known."""

    steps: list[ProcedureStep]
    fee: Fee
    staff_count: Staffing
    products: list[str]
    facilities: list[str]
    competencies: list[str]
    internal_oversight: list[str]
    complaint_channels: list[str]
    service_guarantee: list[str]
    safety_guarantee: list[str]
    evaluation: list[str]
    component_sources: dict[str, list[str]]
    edition: str
    printed_name: str
    bidang: Named
    group: Literal["perizinan", "non_perizinan"]
    classification: str
    legal_basis: list[str]
    requirements: AskedFor
    skpd: list[Named]
    verification: Literal["meeting", "visit"] | None
    path: list[NamedStep]
    time: TypeTime
    cost: Cost
    transactions: list[AskedAbout]
    quantities: list[Quantity]
    product: str
    validity: Validity
    initials: list[Named]
    signed_by: Named
    sources: dict[str, str]
    note: str | None
    transactions: list[AskedAbout]


class ServiceInList(Answer):
    """A service of the secretariat in the list; `fee` in whole rupiah."""

    code: str
    name: str
    unit: str
    time: str
    fee: int
    steps: int


class Decree(Answer):
    """The decree a standard rests on."""

    number: str
    date: date
    issued_by: str
    about: str


class ServiceAnswer(Answer):
    """A service: the fourteen components of its standard as printed, the head over them, and its path."""

    code: str
    annex: int
    name: str
    title: str
    unit: Named
    effective_from: date
    ended: date | None
    legal_basis: list[Item]
    requirements: list[Item]
    steps: list[PrintedStep]
    time: ServiceTime
    fee: PrintedFee
    products: list[Item]
    facilities: list[Item]
    competencies: list[Item]
    internal_oversight: list[Item]
    complaint_channels: list[Item]
    staff_count: StaffCount
    service_guarantee: list[Item]
    safety_guarantee: list[Item]
    evaluation: list[Item]
    path: list[NamedStep]
    decree: Decree
    vision: str
    mission: list[str]
    promise: str
    maklumat: str
    chart: list[str]
    slips: list[Slip]
    notes: list[str]


class Page(Answer):
    """A piece of a list: `total` says how long it is, `next` where the following piece is (null: this is the last)."""

    total: int = Field(ge=0)
    next: str | None = Field(description="address of the following piece", examples=["/api/v1/services?offset=10"])


class Types(Page):
    """Licence types in the order of the annual report."""

    edition: str
    items: list[TypeInList]


class Services(Page):
    """Services in the order of the annexes."""

    items: list[ServiceInList]


class Find(Answer):
    """One type or service that fits. `open`: whether it is given today; `cost` in words."""

    kind: Literal["licence_type", "service"]
    code: str
    name: str
    open: bool
    time: str
    cost: str
    address: str = Field(description="where the API tells everything about it", examples=["/api/v1/licence-types/siup"])
    page: str = Field(description="its page for people", examples=["/izin/siup"])


class Finds(Answer):
    """What fits the words, the best first; at most twelve."""

    question: str
    items: list[Find]
