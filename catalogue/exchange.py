"""The rate by which a retribution in dollars becomes rupiah (`exchange.yaml`): that of the day it is assessed."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from pydantic import Field

from catalogue.reading import DATA, Entry, ExactDecimal, build, read_yaml
from values.dates import long_date
from values.refusal import Refusal


class ExchangeRate(Entry):
    """Rupiah for one US dollar from a day on, and who says so. `city` names whose figure stands in for ours."""

    day: date
    rupiah: ExactDecimal = Field(gt=0, le=1_000_000)
    source: str
    city: str | None = None


class _StandIn(Entry):
    rupiah: ExactDecimal
    source: str
    city: str


class ExchangeRules(Entry):
    """A rate counts for `holds_days`, its first day among them; `stand_in` when none was recorded, null in a city. One
    that differs from the last by more than `jump_percent` is looked at twice."""

    holds_days: int = Field(gt=0)
    jump_percent: int = Field(gt=0, lt=100)
    stand_in: _StandIn | None
    legal_basis: str
    source: str
    assumed: bool


def rate_on(day: date, recorded: Iterable[ExchangeRate]) -> ExchangeRate:
    """The rate of a day: the last one recorded for it or shortly before. `Refusal` when there is none."""
    rules = exchange_rules()
    holding = [each for each in recorded if each.day <= day < each.day + timedelta(days=rules.holds_days)]
    if holding:
        return max(holding, key=lambda each: each.day)
    if rules.stand_in is None:
        raise Refusal(
            "no_rate",
            f"Kurs dolar Amerika untuk {long_date(day)} belum dicatat.",
            field="rate",
            remedy="Minta bendahara penerimaan mencatatnya, lalu hitung kembali.",
        )
    return ExchangeRate(day=day, **rules.stand_in.model_dump())


@cache
def exchange_rules() -> ExchangeRules:
    """Read once."""
    file = DATA / "exchange.yaml"
    return build(ExchangeRules, read_yaml(file), file)
