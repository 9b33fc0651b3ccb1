"""What a nota is made of: the formula that the legal basis of its licence type names (`catalogue.retribution`), the
inputs it took, and the lines it gave.

Indices are not rounded before they are multiplied; each line is rounded once, by its own rule, to whole rupiah, then
lines are added (Kota Bekasi's practice). Everything a line was computed from is kept in it, and all that the formula
took is kept beside the lines: either gives the same rupiah again.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor, prod
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from catalogue.exchange import ExchangeRate, rate_on
from catalogue.licence_type import LicenceType
from catalogue.retribution import formulas, note
from catalogue.retribution.plain import WORDS
from catalogue.tariff_book import TariffBook
from values.dates import long_date
from values.refusal import Refusal
from values.rupiah import Rupiah

UNIT = re.compile(r"(.*) \((.*)\)")  # `luas (m2)`


class Part(BaseModel):
    """One of the products whose sum is a factor: a parameter of a building, its weight and its index."""

    model_config = ConfigDict(extra="forbid")

    name: str
    weight: str
    index: str


class Factor(BaseModel):
    """One thing the tariff was multiplied with: an area, a number, an index. Kept as text: exact, no float. `made_of`:
    what a sum of weighted indices was made of. `exact`: the fraction that counts, when `value` has no end. `article`:
    where its table stands; empty for what was declared."""

    model_config = ConfigDict(extra="forbid")

    name: str
    value: str
    unit: str = ""
    article: str = ""
    exact: str = ""
    made_of: list[Part] = Field(default_factory=list)

    @property
    def number(self) -> Fraction:
        """By what is multiplied: the sum of its parts, when it is one."""
        parts = (Fraction(each.weight) * Fraction(each.index) for each in self.made_of)
        return sum(parts, Fraction(0)) if self.made_of else Fraction(self.exact or self.value)


class Line(BaseModel):
    """One amount of a nota, with all it was computed from, so that it can be computed again in ten years. `said` is the
    formula in words. Without a tariff the factors alone make the amount; `divided_by` is 100 for a percentage."""

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
    divided_by: int = 1
    unrounded: str
    rounding: str = note.NEAREST
    amount: Rupiah

    @property
    def words(self) -> str:
        """How it was computed."""
        return self.said or WORDS[self.formula]


class Reckoned(BaseModel):
    """What a formula made of its inputs. `workings` were not charged, lines were made from them; `remarks` are said
    beside the lines (Indonesian)."""

    model_config = ConfigDict(extra="forbid")

    formula: str
    inputs: dict[str, Any]
    lines: list[Line]
    workings: list[Line] = Field(default_factory=list)
    remarks: list[str] = Field(default_factory=list)

    @property
    def total(self) -> int:
        """Whole rupiah: the lines, each rounded once, added."""
        return sum(line.amount for line in self.lines)


def reckon(
    kind: LicenceType,
    sub_kind: str | None,
    quantities: dict,
    on: date,
    book: TariffBook | None = None,
    rates: Iterable[ExchangeRate] = (),
) -> Reckoned:
    """What a nota for a licence type on a day is made of, by the office's tariffs or another `book`, and by the rates
    of exchange that were recorded.

    `Refusal` names the quantity or the tariff that is wrong.
    """
    rule, rate = kind.retribution, None
    if rule is None:
        raise Refusal("no_retribution", f"{kind.name} tidak dikenai retribusi.", field="licence_type")
    values = kind.read_quantities(quantities)
    if rule.in_dollars:
        rate = rate_on(on, rates)
        values |= {"@rate": rate.rupiah, "@rate_day": None if rate.city else rate.day}  # a stand-in is of no day
    inputs = _inputs(kind, sub_kind, values, on) if rule.inputs else _row_inputs(kind, sub_kind, values, on)
    try:
        made = again(rule.formula, inputs, book, rate and rate.city)
    except Refusal as no:
        raise Refusal(no.code, no.message, field=rule.declared_as(no.field), remedy=no.remedy) from no
    if rate and not rate.city and made.total:
        made.remarks.append(f"Kurs {long_date(rate.day)} menurut {rate.source}.")
    return made


def compute(
    kind: LicenceType,
    sub_kind: str | None,
    quantities: dict,
    on: date,
    book: TariffBook | None = None,
    rates: Iterable[ExchangeRate] = (),
) -> list[Line]:
    """The lines alone, as `reckon` makes them."""
    return reckon(kind, sub_kind, quantities, on, book, rates).lines


def again(formula: str, inputs: dict[str, Any], book: TariffBook | None = None, city: str | None = None) -> Reckoned:
    """What the formula makes of inputs as a nota keeps them. `city`: whose rate of exchange stands in for ours."""
    made = formulas.compute(formula, inputs, book)
    shown_above = note.stand_ins(made.lines)
    return Reckoned(
        formula=formula,
        inputs=inputs,
        lines=[_kept(formula, line, city) for line in made.lines],
        workings=[_kept(formula, line, None) for line in made.workings],
        remarks=[remark for remark in made.remarks if remark not in shown_above],
    )


def recompute(line: Line) -> int:
    """The amount of a stored line from its own figures: any old nota gives the same rupiah again."""
    whole = prod((factor.number for factor in line.factors), start=Fraction(1)) / line.divided_by
    whole *= 1 if line.tariff is None else line.tariff
    return ceil(whole) if line.rounding == note.UP else floor(whole + Fraction(1, 2))


# --- the inputs of a formula, as a nota keeps them: numbers whole or as text, days as text ---------------------------


def _inputs(kind: LicenceType, sub_kind: str | None, values: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Each from where the rule says."""
    rule = kind.retribution
    case: dict[str, Any] = {"tanggal": on.isoformat()} if rule.tariff else {}
    for key, source in rule.inputs.items():
        if isinstance(source, dict):
            case[key] = source[sub_kind]
        elif source == "sub_kind":
            case[key] = sub_kind
        elif source.startswith("="):
            case[key] = source[1:]
        else:
            code, _, what = source.partition(".")
            case[key] = _text(kind.quantity(code).index_of(values[code]) if what else values[code])
    return case


def _row_inputs(kind: LicenceType, sub_kind: str | None, values: Mapping[str, Any], on: date) -> dict[str, Any]:
    """One row of a tariff, times what was declared."""
    rule, factors = kind.retribution, []
    for code in rule.factors:
        quantity = kind.quantity(code)
        if quantity.choices:
            chosen = quantity.choices[values[code]]
            factors.append([f"{quantity.name}: {chosen.name}", _text(chosen.index)])
        else:
            unit = f" ({quantity.unit})" if quantity.unit else ""
            factors.append([f"{quantity.name}{unit}", _text(values[code])])
    row = kind.tariff_case(sub_kind, values)
    return {
        "tanggal": on.isoformat(),
        "retribusi": rule.tariff,
        **({"baris": row} if row else {}),
        **({"pengali": factors} if factors else {}),
    }


def _text(value: Any) -> int | str | None:
    if value is None or type(value) is int:
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


# --- from the note of a formula to what is kept ----------------------------------------------------------------------


def _kept(formula: str, made: note.NoteLine, city: str | None) -> Line:
    row, factors, tariff = made.tariff, made.factors, None
    if row and factors and factors[-1].value == row.amount:
        factors, tariff = factors[:-1], row.amount
    return Line(
        name=made.name,
        formula=formula,
        said=made.formula,
        tariff_row=row and row.id,
        tariff=tariff,
        article=made.article,
        effective_from=row and row.effective_from,
        placeholder_city=row.city if row and row.placeholder else city if made.amount else None,
        factors=[_kept_factor(factor) for factor in factors],
        divided_by=made.divided_by,
        unrounded=note.plain(made.unrounded),
        rounding=made.rounding,
        amount=made.amount,
    )


def _kept_factor(factor: note.Factor) -> Factor:
    name, unit = found.groups() if (found := UNIT.fullmatch(factor.name)) else (factor.name, "")
    return Factor(
        name=name,
        value=note.plain(factor.value),
        unit=unit,
        article=factor.article,
        exact=str(factor.exact) if factor.exact is not None else "",
        made_of=[Part(name=name, weight=str(weight), index=str(index)) for name, weight, index in factor.made_of],
    )
