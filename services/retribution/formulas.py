"""How an amount is found: the rules as code, the figures from dated tariffs.

Indices are not rounded before they are multiplied; each line is rounded once, half up, to whole rupiah, then lines are
added (Kota Bekasi's practice). Everything a line was computed from is kept in it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from math import prod

from catalogue.licence_type import LicenceType
from catalogue.tariff_book import TariffRow, tariff
from services.retribution.model import Factor, Line
from values.refusal import Refusal
from values.rupiah import round_half_up

ROUNDING = "setiap baris dibulatkan ke rupiah utuh terdekat (setengah ke atas), kemudian dijumlahkan"


def flat(amount: int, factors: Sequence[Decimal]) -> Decimal:
    """One fixed amount, times the row's own index when it has one."""
    return prod(factors, start=Decimal(amount))


def per_unit(amount: int, factors: Sequence[Decimal]) -> Decimal:
    """`jumlah × tarif`: so many vehicles, graves, persons … The number of units must be there."""
    if not factors:
        raise ValueError("a tariff per unit needs a number of units")
    return prod(factors, start=Decimal(amount))


def area_index(amount: int, factors: Sequence[Decimal]) -> Decimal:
    """`luas × indeks × … × harga satuan` (Permen PU 24/PRT/M/2007 for IMB; Perda HO for the Izin Gangguan)."""
    if len(factors) < 2:
        raise ValueError("an area tariff needs an area and an index")
    return prod(factors, start=Decimal(amount))


FORMULAS: dict[str, Callable[[int, Sequence[Decimal]], Decimal]] = {
    "flat": flat,
    "per_unit": per_unit,
    "area_index": area_index,
}
WORDS = {"flat": "tarif tetap", "per_unit": "jumlah × tarif", "area_index": "luas × indeks × tarif"}


def compute(kind: LicenceType, sub_kind: str | None, quantities: dict, on: date) -> list[Line]:
    """The lines of a nota for a licence type on a day. `Refusal` names the quantity or the tariff that is wrong."""
    rule = kind.retribution
    if rule is None:
        raise Refusal("no_retribution", f"{kind.name} tidak dikenai retribusi.", field="licence_type")
    values = kind.read_quantities(quantities)
    row = tariff(rule.tariff, kind.tariff_case(sub_kind, values), on)
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
