"""The lines of a nota: the rules of `catalogue.retribution.plain` on figures from dated tariffs.

Indices are not rounded before they are multiplied; each line is rounded once, half up, to whole rupiah, then lines are
added (Kota Bekasi's practice). Everything a line was computed from is kept in it.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from catalogue.licence_type import LicenceType
from catalogue.retribution.plain import FORMULAS
from catalogue.tariff_book import TariffBook, TariffRow, tariff_book
from values.refusal import Refusal
from values.rupiah import Rupiah, round_half_up


class Factor(BaseModel):
    """One thing the tariff was multiplied with: an area, a number, an index. Kept as text: exact, no float."""

    model_config = ConfigDict(extra="forbid")

    name: str
    value: str
    unit: str = ""

    @property
    def number(self) -> Decimal:
        return Decimal(self.value)


class Line(BaseModel):
    """One amount of a nota, with all it was computed from, so that it can be computed again in ten years."""

    model_config = ConfigDict(extra="forbid")

    name: str
    formula: Literal["flat", "per_unit", "area_index"]
    tariff_row: str
    tariff: Rupiah
    article: str
    effective_from: date
    placeholder_city: str | None
    factors: list[Factor]
    unrounded: str
    amount: Rupiah


def compute(
    kind: LicenceType, sub_kind: str | None, quantities: dict, on: date, book: TariffBook | None = None
) -> list[Line]:
    """The lines of a nota for a licence type on a day, by the office's tariffs or another `book`.

    `Refusal` names the quantity or the tariff that is wrong.
    """
    rule = kind.retribution
    if rule is None:
        raise Refusal("no_retribution", f"{kind.name} tidak dikenai retribusi.", field="licence_type")
    values = kind.read_quantities(quantities)
    row = (book or tariff_book()).row(rule.tariff, kind.tariff_case(sub_kind, values), on)
    factors = [_factor(kind, code, values[code]) for code in rule.factors]
    if row.index != 1:
        factors.append(Factor(name=row.index_name or "indeks", value=str(row.index)))
    return [_line(rule.formula, row, factors)]


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


def recompute(line: Line) -> int:
    """The amount of a stored line from its own figures: any old nota gives the same rupiah again."""
    return round_half_up(FORMULAS[line.formula](line.tariff, [factor.number for factor in line.factors]))
