"""What binds objections, what is paid back, and instalments (`change_rules.yaml`)."""

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field

from catalogue.reading import DATA, Entry, ExactDecimal, build, read_yaml
from catalogue.retribution.note import plain


class _Rule(Entry):
    legal_basis: str
    source: str
    assumed: bool


class _Objection(_Rule):
    file_within_months: int = Field(gt=0, le=24)
    decide_within_months: int = Field(gt=0, le=24)


class Compensation(_Rule):
    """Interest that the city owes on money it gives back, under the rule in force from `since` on, by started months.
    `most_months`: null: no cap."""

    since: date
    percent_per_month: ExactDecimal = Field(gt=0, le=10)
    most_months: int | None = Field(default=None, gt=0, le=60)

    @property
    def percent(self) -> str:
        """As Indonesians write it, with what caps it."""
        said = f"{plain(self.percent_per_month).replace('.', ',')} % sebulan"
        return f"{said}, paling lama {self.most_months} bulan" if self.most_months else said


class _Instalments(_Rule):
    most_months: int = Field(gt=0, le=60)


class _Refund(_Rule):
    decide_within_months: int = Field(gt=0, le=24)
    pay_within_months: int = Field(gt=0, le=24)


class _Ended(_Rule):
    returned: Literal["by_decree", "never"]


class ChangeRules(Entry):
    """Months count from the day of the letter; `compensation` is on the money given back with an objection; `refund` is
    of money that is too much: from the payer's letter to the decision, from there to paying; `late_refund` is the
    interest when that takes longer; both interests are dated. `ended`: what gives back the principal of a file that
    ended after it was paid."""

    objection: _Objection
    compensation: list[Compensation] = Field(min_length=1)
    instalments: _Instalments
    refund: _Refund
    late_refund: list[Compensation] = Field(min_length=1)
    ended: _Ended


@cache
def change_rules() -> ChangeRules:
    """Read once."""
    file = DATA / "change_rules.yaml"
    return build(ChangeRules, read_yaml(file), file)
