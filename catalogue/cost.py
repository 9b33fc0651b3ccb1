"""What a licence type costs, in words for the applicant."""

from datetime import date
from decimal import Decimal

from catalogue.licence_type import LicenceType
from catalogue.tariff_book import TariffBook, TariffRow, tariff_book
from values.rupiah import format_rupiah

FREE = "Gratis, tidak dipungut retribusi"


def tariffs_on(kind: LicenceType, day: date, book: TariffBook | None = None) -> list[TariffRow]:
    """The tariff rows the type can ask for on that day, in the order of the file; none for a type that is free."""
    if kind.retribution is None:
        return []
    if kind.retribution.tariff is None:
        return []
    rows = [row for row in (book or tariff_book()).of(kind.retribution.tariff) if row.in_force(day)]
    return rows if kind.retribution.inputs else [row for row in rows if row.case in kind.tariff_cases()]


def cost_words(kind: LicenceType, day: date, book: TariffBook | None = None) -> str:
    """One sentence without its full stop: free, or the retribution with the tariffs in force on that day."""
    rule, rows = kind.retribution, tariffs_on(kind, day, book)
    if rule is None:
        return FREE
    if rule.said:
        return f"Retribusi: {rule.said}"
    if not rows:
        return f"Retribusi menurut {rule.legal_basis}"
    if rule.formula == "flat":
        return "Retribusi tetap: " + "; ".join(f"{row.name} {_figure(row)}" for row in rows)
    factors = " × ".join(kind.quantity(factor).name.lower() for factor in rule.factors)
    ordered = sorted(rows, key=lambda row: row.amount * row.index)
    low, high = _figure(ordered[0]), _figure(ordered[-1])
    tariff = low if low == high else f"{low} sampai dengan {high}"
    return f"Retribusi: {tariff} per {rows[0].unit} × {factors}"


def _figure(row: TariffRow) -> str:
    index = "" if row.index == Decimal(1) else f" × {str(row.index).replace('.', ',')}"
    return f"{format_rupiah(row.amount)}{index}"
