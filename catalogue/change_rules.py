"""What binds objections, what is paid back, and instalments (`change_rules.yaml`)."""

from functools import cache
from typing import Literal

from pydantic import Field

from catalogue.reading import DATA, Entry, ExactDecimal, build, read_yaml


class _Rule(Entry):
    legal_basis: str
    source: str
    assumed: bool


class _Objection(_Rule):
    file_within_months: int = Field(gt=0, le=24)
    decide_within_months: int = Field(gt=0, le=24)


class _Compensation(_Rule):
    percent_per_month: ExactDecimal = Field(gt=0, le=10)
    most_months: int = Field(gt=0, le=60)


class _Instalments(_Rule):
    most_months: int = Field(gt=0, le=60)


class _Refund(_Rule):
    decide_within_months: int = Field(gt=0, le=24)
    pay_within_months: int = Field(gt=0, le=24)
    percent_per_month: ExactDecimal = Field(gt=0, le=10)


class _Ended(_Rule):
    returned: Literal["by_decree", "never"]


class ChangeRules(Entry):
    """Months count from the day of the letter; `compensation` is on the money given back with an objection; `refund` is
    of money that is too much: from the payer's letter to the decision, from there to paying, then interest a month;
    `ended`: what gives back the principal of a file that ended after it was paid."""

    objection: _Objection
    compensation: _Compensation
    instalments: _Instalments
    refund: _Refund
    ended: _Ended


@cache
def change_rules() -> ChangeRules:
    """Read once."""
    file = DATA / "change_rules.yaml"
    return build(ChangeRules, read_yaml(file), file)
