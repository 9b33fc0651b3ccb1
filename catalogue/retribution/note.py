"""A computation that explains itself: lines with everything they were made of, the total, and the total in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from math import ceil, floor, prod
from typing import Any

from catalogue.tariff_book import TariffRow
from values.rupiah import round_half_up
from values.terbilang import terbilang

NEAREST = "dibulatkan ke rupiah utuh terdekat (setengah ke atas)"
UP = "dibulatkan ke atas ke rupiah utuh"
ROUNDINGS = {"terdekat": NEAREST, "ke_atas": UP}
EXACT = Context(prec=60)
"""Wide enough that a product of areas, indices and prices is exact."""


@dataclass(frozen=True)
class Factor:
    """One named figure of a line and the article its table stands in (empty when the case itself gives it).

    `exact` is there when the figure has no end as a decimal, such as a mean over three areas: then it is what counts.
    `made_of`: name, weight and index of each product whose sum it is.
    """

    name: str
    value: Decimal
    article: str = ""
    exact: Fraction | None = None
    made_of: tuple[tuple[str, Decimal, Decimal], ...] = ()

    @classmethod
    def of(cls, name: str, value: Fraction, article: str = "") -> "Factor":
        """A figure from a fraction; as a decimal where that loses nothing."""
        shown = as_decimal(value)
        return cls(name, shown, article, None if Fraction(shown) == value else value)


@dataclass(frozen=True)
class NoteLine:
    """One amount: formula in words, factors, tariff row if it came from data, exact and rounded rupiah."""

    name: str
    formula: str
    factors: tuple[Factor, ...]
    article: str
    unrounded: Decimal
    amount: int
    rounding: str = NEAREST
    tariff: TariffRow | None = None
    divided_by: int = 1

    def as_dict(self) -> dict[str, Any]:
        row = self.tariff
        return {
            "name": self.name,
            "formula": self.formula,
            "factors": [{"name": f.name, "value": plain(f.value), "article": f.article} for f in self.factors],
            "article": self.article,
            "tariff_row": row and {
                "id": row.id,
                "effective_from": row.effective_from.isoformat(),
                "article": row.article or row.legal_basis,
                "placeholder_city": row.city if row.placeholder else None,
            },
            "unrounded": plain(self.unrounded),
            "amount": self.amount,
            "rounding": self.rounding,
        }  # fmt: skip


@dataclass(frozen=True)
class Note:
    """What a formula answers: `lines` (rupiah), `values` (the keys a case may expect) and `remarks` (Indonesian).

    `workings` are amounts the lines were made from, such as the value of each part of a building; they are not charged.
    `has_total` is false for what is no sum of money: an index, a number of months, a satisfaction score.
    """

    values: dict[str, Any]
    lines: tuple[NoteLine, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    has_total: bool = False
    workings: tuple[NoteLine, ...] = ()

    @property
    def total(self) -> int:
        """Whole rupiah: the lines, each rounded once, added."""
        return sum(line.amount for line in self.lines)

    def as_dict(self) -> dict[str, Any]:
        workings = {"workings": [line.as_dict() for line in self.workings]} if self.workings else {}
        return {
            **workings,
            "lines": [line.as_dict() for line in self.lines],
            "values": shown(self.values),
            "remarks": list(self.remarks),
        }


def note(
    lines: Sequence[NoteLine], remarks: Sequence[str] = (), *, workings: Sequence[NoteLine] = (), **values: Any
) -> Note:
    """A note of money: `total` and `terbilang` are added to the values."""
    total = sum(line.amount for line in lines)
    told = {**values, "total": total, "terbilang": terbilang(total)}
    return Note(told, tuple(lines), (*stand_ins(lines), *remarks), has_total=True, workings=tuple(workings))


def stand_ins(lines: Sequence[NoteLine]) -> list[str]:
    """A remark for each city whose tariff stands in for an unknown one of ours."""
    cities = sorted({line.tariff.city for line in lines if line.tariff and line.tariff.placeholder})
    return [f"Angka sementara: tarif {city}; tarif Kota Bekasi tidak diketahui." for city in cities]


def line(
    name: str,
    formula: str,
    article: str,
    factors: Sequence[tuple[str, Decimal | int] | Factor],
    *,
    rounding: str = NEAREST,
    tariff: TariffRow | None = None,
    divided_by: int = 1,
) -> NoteLine:
    """The product of the factors (over `divided_by`, 100 for a percentage), rounded once by `rounding`."""
    named = tuple(f if isinstance(f, Factor) else Factor(f[0], Decimal(f[1])) for f in factors)
    if any(f.exact for f in named):
        whole = prod((f.exact or Fraction(f.value) for f in named), start=Fraction(1)) / divided_by
        amount = floor(whole + Fraction(1, 2)) if rounding == NEAREST else ceil(whole)
        return NoteLine(name, formula, named, article, as_decimal(whole), amount, rounding, tariff, divided_by)
    exact = product([f.value for f in named], divided_by)
    amount = round_half_up(exact) if rounding == NEAREST else int(exact.to_integral_value(rounding=ROUND_CEILING))
    return NoteLine(name, formula, named, article, exact, amount, rounding, tariff, divided_by)


def product(numbers: Sequence[Decimal], divided_by: int = 1) -> Decimal:
    """The exact product; `divided_by` may only be 1 or a power of ten, so that nothing is lost."""
    with localcontext(EXACT):
        return prod(numbers, start=Decimal(1)) / divided_by


def as_decimal(number: Fraction) -> Decimal:
    """To sixty digits; exact whenever the number has an end as a decimal."""
    with localcontext(EXACT):
        return Decimal(number.numerator) / number.denominator


def to_places(number: Decimal, places: int) -> Decimal:
    """Half up to so many decimals: 0.105 becomes 0.11."""
    with localcontext(EXACT):
        return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """The exact figure as text, without exponent and without zeros at the end."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Any) -> Any:
    """Values as JSON can carry them: Decimals as exact text."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return {key: shown(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    return value
