"""The day a tariff is looked up on, and the rows a case names."""

from datetime import date

from catalogue.retribution.inputs import Inputs
from catalogue.retribution.note import Factor, NoteLine, line
from catalogue.tariff_book import TariffRow
from values.refusal import Refusal


def row_of(case: Inputs, retribution: str, which: str | None, *, day_from: str = "tanggal") -> TariffRow:
    """The row in force on `tanggal`; without a date, the first row of that case: the one its legal basis began with.

    A day without a tariff is refused under the name of the key it came `day_from`.
    """
    if case.given("tanggal"):
        try:
            return case.book.row(retribution, which, case.day("tanggal"))
        except Refusal as no:
            raise Refusal(no.code, no.message, field=case.name(day_from), remedy=no.remedy) from no
    rows = [row for row in case.book.of(retribution) if row.case == which]
    first = min((row.effective_from for row in rows), default=date.min)
    return case.book.row(retribution, which, first)


def charged(row: TariffRow, formula: str, *factors: Factor | tuple[str, int]) -> NoteLine:
    """A line of that row's tariff times the factors."""
    article = row.article or row.legal_basis
    return line(row.name, formula, article, [*factors, (f"tarif (Rp/{row.unit})", row.amount)], tariff=row)
