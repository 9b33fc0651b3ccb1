"""What a licence costs, as its leaflet and SOP print it."""

from datetime import date
from itertools import groupby

from catalogue.cost import FREE, cost_words, tariffs_on
from catalogue.licence_type import LicenceType
from catalogue.quantity import Quantity
from catalogue.reading import Entry
from catalogue.tariff_book import TariffRow
from catalogue.wording import listed, source_words
from values.rupiah import format_rupiah

MOST_CHARGES = 12  # more are told as ranges: a leaflet is one sheet


class Told(Entry):
    """A component that is one sentence."""

    printed: str
    source: str | None = None


class Charge(Entry):
    """One line of a tariff: for what, how much. `index` multiplies it where it is not one."""

    name: str
    figure: str
    unit: str


class Fee(Told):
    """Component 5. `amount`: whole rupiah where it is the same for everybody, None where it is computed.

    `factors` are what a tariff is multiplied by, none where it is fixed; `rule` is the formula in words, where that is
    not all there is to it. `stand_in` names the place whose figures stand in for those of the city, None where the
    city's own are known.
    """

    amount: int | None
    law: str | None = None
    tariffs: tuple[Charge, ...] = ()
    factors: tuple[str, ...] = ()
    rule: str | None = None
    stand_in: str | None = None
    notes: tuple[str, ...] = ()


def fee_of_type(kind: LicenceType, day: date) -> Fee:
    """Free, or the retribution with its tariff rows in force on that day, those that follow each other with one figure
    told together."""
    rule, rows = kind.retribution, tariffs_on(kind, day)
    if rule is None or (rows and not any(row.amount for row in rows)):
        return Fee(printed=FREE, amount=0, source=source_words(kind.source_of("retribution")) if rule is None else None)
    figures = _charges(rows)
    notes = [row.note for row in rows if row.note]
    if len(figures) > MOST_CHARGES:
        figures = _ranges(rows)
        notes.append("Tarif setiap golongan ada pada halaman izin ini")
    places = list(dict.fromkeys(row.city for row in rows if row.placeholder))
    return Fee(
        printed=cost_words(kind, day),
        amount=None,
        law=rule.legal_basis,
        tariffs=tuple(figures),
        factors=tuple(_factor(kind.quantity(factor)) for factor in rule.factors),
        rule=rule.said,
        stand_in=listed(places) or None,
        notes=tuple(dict.fromkeys(notes)),
    )


def _charges(rows: list[TariffRow]) -> list[Charge]:
    """One by one; those that follow each other with one figure told together."""
    alike = groupby(rows, key=lambda row: (row.amount, row.index, row.unit))
    return [
        Charge(
            name=", ".join(row.name for row in group),
            figure=format_rupiah(amount) + ("" if index == 1 else f" × {str(index).replace('.', ',')}"),
            unit=unit,
        )
        for (amount, index, unit), group in alike
    ]


def _ranges(rows: list[TariffRow]) -> list[Charge]:
    """From the lowest to the highest of each unit, where there are more than a sheet can hold."""
    by_unit: dict[str, list[TariffRow]] = {}
    for row in rows:
        by_unit.setdefault(row.unit, []).append(row)
    return [_charges(mine)[0] if len(mine) == 1 else _range(unit, mine) for unit, mine in by_unit.items()]


def _range(unit: str, rows: list[TariffRow]) -> Charge:
    low, high = (format_rupiah(bound(row.amount for row in rows)) for bound in (min, max))
    return Charge(name=f"{len(rows)} golongan tarif", figure=f"{low} sampai dengan {high}", unit=unit)


def _factor(quantity: Quantity) -> str:
    return f"indeks {quantity.name.lower()}" if quantity.kind == "choice" else quantity.name.lower()
