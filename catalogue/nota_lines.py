"""The lines of a nota, by the formula that the legal basis of its licence type names (`catalogue.retribution`).

Indices are not rounded before they are multiplied; each line is rounded once, half up, to whole rupiah, then lines are
added (Kota Bekasi's practice). Everything a line was computed from is kept in it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from catalogue.exchange import ExchangeRate, rate_on
from catalogue.licence_type import LicenceType
from catalogue.retribution import formulas, note
from catalogue.retribution.plain import FORMULAS, WORDS
from catalogue.tariff_book import TariffBook, TariffRow, tariff_book
from values.refusal import Refusal
from values.rupiah import Rupiah, round_half_up

UNIT = re.compile(r"(.*) \((.*)\)")  # `luas (m2)`


class Part(BaseModel):
    """One of the products whose sum is a factor: a parameter of a building, its weight and its index."""

    model_config = ConfigDict(extra="forbid")

    name: str
    weight: str
    index: str


class Factor(BaseModel):
    """One thing the tariff was multiplied with: an area, a number, an index. Kept as text: exact, no float. `made_of`:
    what a sum of weighted indices was made of."""

    model_config = ConfigDict(extra="forbid")

    name: str
    value: str
    unit: str = ""
    made_of: list[Part] = Field(default_factory=list)

    @property
    def number(self) -> Decimal:
        """By what is multiplied: the sum of its parts, when it is one."""
        parts = (note.product([Decimal(each.weight), Decimal(each.index)]) for each in self.made_of)
        return sum(parts, Decimal(0)) if self.made_of else Decimal(self.value)


class Line(BaseModel):
    """One amount of a nota, with all it was computed from, so that it can be computed again in ten years. `said` is the
    formula in words. Without a tariff row the factors alone make the amount."""

    model_config = ConfigDict(extra="forbid")

    name: str
    formula: str
    said: str = ""
    tariff_row: str | None
    tariff: Rupiah | None
    article: str
    effective_from: date | None
    placeholder_city: str | None
    factors: list[Factor]
    unrounded: str
    amount: Rupiah

    @property
    def words(self) -> str:
        """How it was computed."""
        return self.said or WORDS[self.formula]


def compute(
    kind: LicenceType,
    sub_kind: str | None,
    quantities: dict,
    on: date,
    book: TariffBook | None = None,
    rates: Iterable[ExchangeRate] = (),
) -> list[Line]:
    """The lines of a nota for a licence type on a day, by the office's tariffs or another `book`, and by the rates of
    exchange that were recorded.

    `Refusal` names the quantity or the tariff that is wrong.
    """
    rule = kind.retribution
    if rule is None:
        raise Refusal("no_retribution", f"{kind.name} tidak dikenai retribusi.", field="licence_type")
    values = kind.read_quantities(quantities)
    if rule.inputs:
        return _by_basis(kind, sub_kind, values, on, book, rates)
    row = (book or tariff_book()).row(rule.tariff, kind.tariff_case(sub_kind, values), on)
    factors = [_factor(kind, code, values[code]) for code in rule.factors]
    if row.index != 1:
        factors.append(Factor(name=row.index_name or "indeks", value=str(row.index)))
    return [_line(rule.formula, row, factors)]


def recompute(line: Line) -> int:
    """The amount of a stored line from its own figures: any old nota gives the same rupiah again."""
    numbers = [factor.number for factor in line.factors]
    if line.formula in FORMULAS:
        return round_half_up(FORMULAS[line.formula](line.tariff, numbers))
    return round_half_up(note.product(numbers if line.tariff is None else [Decimal(line.tariff), *numbers]))


# --- by the formula of a legal basis ---------------------------------------------------------------------------------


def _by_basis(
    kind: LicenceType,
    sub_kind: str | None,
    values: Mapping[str, Any],
    on: date,
    book: TariffBook | None,
    rates: Iterable[ExchangeRate],
) -> list[Line]:
    rule, city = kind.retribution, None
    case: dict[str, Any] = {"tanggal": on} if rule.tariff else {}
    for key, source in rule.inputs.items():
        if isinstance(source, dict):
            case[key] = source[sub_kind]
        elif source in ("@rate", "@rate_day"):
            rate = rate_on(on, rates)
            case[key], city = (rate.rupiah if source == "@rate" else rate.day), rate.city
        elif source == "sub_kind":
            case[key] = sub_kind
        elif source.startswith("="):
            case[key] = source[1:]
        else:
            case[key] = _declared(kind, source, values)
    try:
        made = formulas.compute(rule.formula, case, book)
    except Refusal as no:
        raise Refusal(no.code, no.message, field=rule.declared_as(no.field), remedy=no.remedy) from no
    return [_kept(rule.formula, line, city) for line in made.lines]


def _declared(kind: LicenceType, source: str, values: Mapping[str, Any]) -> Any:
    """A quantity as it was declared, or the index of what was chosen (`lokasi.index`)."""
    code, _, what = source.partition(".")
    return kind.quantity(code).index_of(values[code]) if what else values[code]


def _kept(formula: str, made: note.NoteLine, city: str | None) -> Line:
    row, factors = made.tariff, made.factors[:-1] if made.tariff else made.factors
    if made.rounding != note.NEAREST or any(factor.exact for factor in factors):
        raise ValueError(f"{formula}: a line that a nota cannot keep")
    return Line(
        name=made.name,
        formula=formula,
        said=made.formula,
        tariff_row=row and row.id,
        tariff=row and row.amount,
        article=made.article,
        effective_from=row and row.effective_from,
        placeholder_city=row.city if row and row.placeholder else city,
        factors=[_kept_factor(factor) for factor in factors],
        unrounded=note.plain(made.unrounded),
        amount=made.amount,
    )


def _kept_factor(factor: note.Factor) -> Factor:
    name, unit = found.groups() if (found := UNIT.fullmatch(factor.name)) else (factor.name, "")
    parts = [Part(name=name, weight=str(weight), index=str(index)) for name, weight, index in factor.made_of]
    return Factor(name=name, value=note.plain(factor.value), unit=unit, made_of=parts)


# --- one row of a tariff, times what was declared --------------------------------------------------------------------


def _factor(kind: LicenceType, code: str, value) -> Factor:
    quantity = kind.quantity(code)
    if quantity.choices:
        chosen = quantity.choices[value]
        return Factor(name=f"{quantity.name}: {chosen.name}", value=str(chosen.index))
    return Factor(name=quantity.name, value=str(value), unit=quantity.unit or "")


def _line(formula: str, row: TariffRow, factors: list[Factor]) -> Line:
    exact = FORMULAS[formula](row.amount, [factor.number for factor in factors])
    return Line(
        name=row.name,
        formula=formula,
        tariff_row=row.id,
        tariff=row.amount,
        article=row.article or row.legal_basis,
        effective_from=row.effective_from,
        placeholder_city=row.city if row.placeholder else None,
        factors=factors,
        unrounded=str(exact),
        amount=round_half_up(exact),
    )
