"""What lateness costs (`late_interest/`, one dated file per basis) and when it is claimed (`late_notices.yaml`)."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from catalogue.reading import DATA, CatalogueFault, Entry, ExactDecimal, build, read_yaml


class InterestRule(Entry):
    """Interest on what is paid late, for the months that begin while this basis is in force, from `since` on.

    `percent_per_month` of the principal still owed when a month begins. `most_months`: no month beyond so many since
    the due date, those under an earlier basis included; null: no cap. `counting`: when a month begins (see
    `catalogue.retribution.late_interest`). `due_on_a_holiday`: whether a due date that is no working day moves to the
    next. `force_majeure`: whether a month that begins in declared force majeure is free. `assumed` is Indonesian: the
    answer says it.
    """

    code: str
    since: date
    percent_per_month: ExactDecimal = Field(gt=0, le=10)
    most_months: int | None = Field(default=None, gt=0)
    counting: Literal["blocks", "blocks_rounded_up", "started_months"]
    due_on_a_holiday: Literal["stays", "moves"]
    force_majeure: Literal["runs", "free"]
    legal_basis: str
    article: str
    source: str
    assumed: list[str] = Field(default_factory=list)


class _Notice(Entry):
    days: int = Field(gt=0, le=365)
    after: str
    source: str
    assumed: bool


class _Settlement(Entry):
    what: Literal["principal", "interest"]
    source: str
    assumed: bool


class InterestAccount(Entry):
    """The code of account that interest is printed under."""

    code: str = Field(pattern=r"^\d(\.\d{1,2}){3,4}$")
    source: str
    assumed: bool

    @property
    def said(self) -> list[str]:
        """What a paper that prints the code says of it, Indonesian; nothing when it is known."""
        unknown = "kode rekening bunga menurut penatausahaan Kota Bekasi tidak diketahui"
        return [f"Anggapan: {unknown}; dipakai {self.code}."] if self.assumed else []


class LateNotices(Entry):
    """After how many days a teguran and then an STRD follows, what money settles first, the account of interest."""

    settles_first: _Settlement
    teguran: _Notice
    strd: _Notice
    interest_account: InterestAccount


def load_interest_rules(root: Path = DATA, folder: str = "late_interest") -> tuple[InterestRule, ...]:
    """The rules in a folder of `root`, in order of their first day; two may not begin on one day."""
    rules: list[InterestRule] = []
    for file in sorted((root / folder).glob("*.yaml")):
        rule = build(InterestRule, read_yaml(file), file)
        if any(rule.since == other.since or rule.code == other.code for other in rules):
            raise CatalogueFault(file, "since", "another basis has this code or begins on this day")
        rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: rule.since))


def rule_on(rules: Sequence[InterestRule], day: date) -> InterestRule | None:
    """The rule in force on a day; None before the first."""
    return next((rule for rule in reversed(rules) if rule.since <= day), None)


@cache
def interest_rules() -> tuple[InterestRule, ...]:
    """The rules in the package, read once."""
    return load_interest_rules()


@cache
def instalment_rules() -> tuple[InterestRule, ...]:
    """What paying in instalments costs, in the months until each is due (`instalment_interest/`)."""
    return load_interest_rules(folder="instalment_interest")


@cache
def late_notices() -> LateNotices:
    """`late_notices.yaml`, read once."""
    file = DATA / "late_notices.yaml"
    return build(LateNotices, read_yaml(file), file)


def interest_account() -> InterestAccount:
    """The account of interest, of `late_notices.yaml`."""
    return late_notices().interest_account
