"""What a licence type is: the figures it was counted with, what it asks for, the way it goes and what it costs."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, PositiveInt, model_validator

from catalogue.licence_path import Stretch
from catalogue.path import SLUG, Limit, Path
from catalogue.quantity import Quantity
from catalogue.reading import Entry
from catalogue.transactions import NEW, REVOCATION, Transaction, transaction_of
from values.refusal import Refusal

YEARS = (2011, 2012, 2013, 2014, 2015, 2016)
Bidang = Literal["jasa_usaha", "tertentu", "non_perizinan"]
ASSUMED = "assumed"


class YearlyCounts(Entry):
    """The six yearly figures of one printed line and its printed total.

    `None` is a blank cell, which is not a zero. `printed_total` is `None` where the table prints a dash.
    """

    counts: list[int | None] = Field(min_length=6, max_length=6)
    printed_total: int | None

    @model_validator(mode="after")
    def _years_add_up(self) -> "YearlyCounts":
        total = sum(count or 0 for count in self.counts)
        if total != (self.printed_total or 0):
            raise ValueError(f"the six years give {total}, the printed total is {self.printed_total}")
        return self

    def count(self, year: int) -> int | None:
        """Licences of that year, `None` for a blank cell. ValueError outside 2011 to 2016."""
        return self.counts[YEARS.index(year)]


class Line(YearlyCounts):
    """A sub-row of a type: the sub-kind an applicant chooses, and whether the yearly sum counts it by itself."""

    code: str = Field(pattern=SLUG)
    name: str
    counted: bool = False
    reason: str = "already counted within its row"
    offered: bool = True


class Requirement(Entry):
    """One thing an applicant hands in. `only_for` names the sub-kinds it is asked for; empty means all."""

    code: str = Field(pattern=SLUG)
    name: str
    kind: Literal["administrative", "technical"]
    source: str = ASSUMED
    only_for: frozenset[str] = frozenset()


class Way(Entry):
    """How a transaction on a licence that exists differs: papers asked for besides (or `only`) these, and its path.

    For `sub_kinds` that are this transaction by themselves the type's own list says what is asked.
    """

    asks: tuple[Requirement, ...]
    sub_kinds: frozenset[str]
    only: bool
    path: Path


class Retribution(Entry):
    """How the retribution of a type is found.

    Either one row of a tariff: its amount (times its index) is multiplied by each quantity in `factors`, a number by
    itself, a choice by its index. `flat` has no factors, `per_unit` integers, `area_index` an area and indices.
    `case_from` says what chooses the row: the sub-kind, a choice, or nothing.

    Or the formula of a legal basis, one of `catalogue.retribution.formulas`: `inputs` says where each of its inputs
    comes from: a quantity (`luas_m2`), the index of a choice (`lokasi.index`), `sub_kind`, a word by sub-kind, a fixed
    word (`=zona IV`), the rate of exchange of the day (`@rate`, `@rate_day`). `said` is the formula for the public.
    """

    formula: str
    tariff: str | None = None
    case_from: str | None = None
    factors: list[str] = Field(default_factory=list)
    inputs: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    said: str | None = None
    account_code: str = Field(pattern=r"^\d(\.\d{1,2}){4}$")
    legal_basis: str
    source: str = ASSUMED

    @property
    def quantities(self) -> list[str]:
        """Codes of what the applicant declares for it."""
        named = (source for source in self.inputs.values() if isinstance(source, str) and source[0] not in "@=")
        return self.factors or [source.partition(".")[0] for source in named if source != "sub_kind"]

    @property
    def in_dollars(self) -> bool:
        """Whether it needs the rate of exchange of the day."""
        return "@rate" in self.inputs.values()

    def declared_as(self, field: str | None) -> str | None:
        """Under which name the office asked for an input of the formula."""
        source = self.inputs.get(field or "")
        return source.partition(".")[0] if isinstance(source, str) and source[0] not in "@=" else field


class Tax(Entry):
    """The local tax on what a type allows: calculated by its Bidang beside the file, assessed elsewhere, never counted
    as retribution. `formula` is one of `catalogue.retribution.formulas`."""

    name: str
    formula: str
    account_code: str = Field(pattern=r"^\d(\.\d{1,2}){3,4}$")
    legal_basis: str
    source: str = ASSUMED


class LicenceType(YearlyCounts):
    """One numbered row of table 3.2.4 with everything the office decided about it, in one edition.

    `sources` says where a decision comes from; a field not named there is assumed (`source_of`). `revokes` names the
    type whose licences the paper of this one ends; `ways` are those of transactions, by their codes.
    """

    edition: str
    number: PositiveInt
    code: str = Field(pattern=SLUG)
    name: str
    printed_name: str
    abbreviation: str | None = None
    header: str | None = None
    counted: bool = True
    counted_reason: str | None = None
    lines: list[Line] = Field(default_factory=list)
    effective_from: date | None = None
    ended: date | None = None
    bidang: Bidang
    group: Literal["perizinan", "non_perizinan"]
    legal_basis: list[str] = Field(min_length=1)
    classification: str = Field(pattern=r"^\d{3}$")
    requirements: list[Requirement] = Field(min_length=1)
    skpd: list[str] = Field(default_factory=list)
    stretches: list[Stretch] = Field(min_length=3)
    path: Path
    ways: dict[str, Way] = Field(default_factory=dict, exclude=True)
    revokes: str | None = None
    verification: Literal["meeting", "visit"] | None = None
    working_days: PositiveInt
    quantities: list[Quantity] = Field(default_factory=list)
    retribution: Retribution | None = None
    tax: Tax | None = None
    validity_years: PositiveInt | None = None
    product: str
    initials: list[str] = Field(min_length=1)
    signed_by: str
    sources: dict[str, str] = Field(default_factory=dict)
    note: str | None = None

    @property
    def by_hand(self) -> bool:
        """Whether people take its steps one after the other; a licence goes from room to room."""
        return False

    @property
    def allowed(self) -> Limit:
        """The limit of the whole, from the day the file is complete."""
        return Limit(amount=self.working_days, unit="working_day")

    @property
    def kept_at(self) -> str | None:
        """The step with whose end the promise is kept."""
        return "sign"

    @property
    def service_time(self) -> str:
        return f"{self.working_days} hari kerja sejak berkas lengkap"

    @property
    def sub_kinds(self) -> tuple[str, ...]:
        """Codes of the sub-kinds an applicant can choose; empty when the type has none."""
        return tuple(line.code for line in self.lines if line.offered)

    def source_of(self, field: str) -> str:
        """Where the decision in `field` comes from: a source, or "assumed"."""
        return self.sources.get(field, ASSUMED)

    def open_on(self, on: date) -> bool:
        """Whether the office takes applications for this type on that day."""
        return (self.effective_from is None or self.effective_from <= on) and (self.ended is None or on <= self.ended)

    def transaction(self, stated: str | None, sub_kind: str | None) -> Transaction:
        """What is asked for: as stated, or as the sub-kind or the type says. `Refusal` when they differ."""
        return transaction_of(stated, sub_kind, by_type=REVOCATION if self.revokes else None)

    def path_for(self, transaction: str) -> Path:
        """The way of a file that asks for this."""
        return self.ways[transaction].path if transaction in self.ways else self.path

    def required(
        self, kind: str | None = None, *, sub_kind: str | None = None, transaction: str = NEW
    ) -> list[Requirement]:
        """What an applicant of that sub-kind hands in for that transaction, `kind` being "administrative", "technical"
        or both (None)."""
        way = self.ways.get(transaction)
        found = [
            requirement
            for requirement in (() if way and way.only else self.requirements)
            if not requirement.only_for or sub_kind in requirement.only_for
        ]
        asks = () if way is None or sub_kind in way.sub_kinds else way.asks
        known = {requirement.code for requirement in found}
        found += [requirement for requirement in asks if requirement.code not in known]
        return [requirement for requirement in found if kind in (None, requirement.kind)]

    def check_sub_kind(self, sub_kind: str | None) -> None:
        """`Refusal(unknown_sub_kind)` unless the sub-kind can be chosen (None when the type has none)."""
        if sub_kind in self.sub_kinds or (sub_kind is None and not self.sub_kinds):
            return
        offered = ", ".join(line.name for line in self.lines if line.offered)
        raise Refusal(
            "unknown_sub_kind",
            f"Jenis permohonan tidak dikenal untuk {self.name}.",
            field="sub_kind",
            remedy=f"Pilih salah satu: {offered}." if offered else "Kosongkan jenis permohonan.",
        )

    def read_quantities(self, given: Mapping[str, Any]) -> dict[str, int | Decimal | str]:
        """Every quantity of the type, checked; its default where nothing is said. `Refusal` names one that is missing,
        unknown or out of its limits."""
        known = {quantity.code for quantity in self.quantities}
        for code in given:
            if code not in known:
                raise Refusal(
                    "unknown_quantity", "Isian ini tidak dikenal untuk jenis izin tersebut.", field=str(code)[:40]
                )
        for quantity in self.quantities:
            if quantity.code not in given and quantity.default is None:
                raise Refusal(
                    "missing_quantity",
                    f"{quantity.name} belum diisi.",
                    field=quantity.code,
                    remedy="Lengkapi isian lalu kirim kembali.",
                )
        return {each.code: each.read(given.get(each.code, each.default)) for each in self.quantities}

    def quantity(self, code: str) -> Quantity:
        """The quantity with that code; KeyError when the type has none."""
        for quantity in self.quantities:
            if quantity.code == code:
                return quantity
        raise KeyError(code)

    def tariff_cases(self) -> set[str | None]:
        """Every case this type can ask its tariff for, by one row. KeyError when the quantity that chooses it is not
        there."""
        match self.retribution and self.retribution.case_from:
            case None:
                return {None}
            case "sub_kind":
                return set(self.sub_kinds)
            case code:
                return set(self.quantity(code).choices)

    def tariff_case(self, sub_kind: str | None, quantities: Mapping[str, Any]) -> str | None:
        """The case under which the tariff is looked up. ValueError when the type carries no retribution."""
        if self.retribution is None:
            raise ValueError(f"{self.code} carries no retribution")
        match self.retribution.case_from:
            case None:
                return None
            case "sub_kind":
                return sub_kind
            case code:
                return quantities[code]
