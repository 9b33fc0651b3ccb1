"""What can happen to a debt, and what it comes to: the moves of an account of retribution and its state on a day.

Whole rupiah and days in Jakarta throughout. A `reference` names its move; the same reference is the same move.
`within` is its place within the day, in seconds since midnight.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from catalogue.late_rules import InterestRule
from catalogue.retribution.note import plain, product
from values.dates import long_date
from values.rupiah import format_rupiah, round_half_up

FORMULA = "pokok × persen per bulan × bulan / 100"


class Due(NamedTuple):
    """A sum and the last day on which it is paid in time."""

    amount: int
    on: date


@dataclass(frozen=True, slots=True)
class Demanded:
    """Principal that an SKRD or an SKRDKB demands."""

    reference: str
    day: date
    within: int
    amount: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in."""

    reference: str
    day: date
    within: int
    amount: int


@dataclass(frozen=True, slots=True)
class Reduced:
    """Principal that is demanded no longer. `from_the_start`: it should never have been (correction, objection,
    cancellation), so that its interest falls away as well; else (relief) it counts from its day."""

    reference: str
    day: date
    within: int
    amount: int
    from_the_start: bool = False


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """What is left of the principal is due in parts, under the rule of interest for instalments (None: none)."""

    reference: str
    day: date
    within: int
    parts: tuple[Due, ...]
    rule: InterestRule | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """Money beyond what was owed that left the account: paid back, or taken to another debt."""

    reference: str
    day: date
    within: int
    amount: int


@dataclass(frozen=True, slots=True)
class Compensated:
    """Interest of the city's on money it gives back: granted with an objection (above zero), or going out with a refund
    (below zero). It is no money of the account: it settles nothing, and nothing settles it."""

    reference: str
    day: date
    within: int
    amount: int


Move = Demanded | Paid | Reduced | Rescheduled | Returned | Compensated


@dataclass(frozen=True, slots=True)
class InterestLine:
    """Interest of months in a row on one principal under one basis. `first`, `last`: the days the first and the last of
    them began. `unrounded` is exact; `amount` is rounded once, half up."""

    rule: InterestRule
    principal: int
    months: int
    first: date
    last: date

    @property
    def unrounded(self) -> Decimal:
        return product([Decimal(self.principal), self.rule.percent_per_month, Decimal(self.months)], divided_by=100)

    @property
    def amount(self) -> int:
        return round_half_up(self.unrounded)

    def as_dict(self) -> dict[str, Any]:
        """As answers carry it, with a sentence that explains it."""
        percent = plain(self.rule.percent_per_month)
        began = long_date(self.first) + ("" if self.months == 1 else f" sampai {long_date(self.last)}")
        said = (
            f"{self.months} bulan (dimulai {began}) × {percent.replace('.', ',')} % × "
            f"{format_rupiah(self.principal)} = {format_rupiah(self.amount)}"
        )
        return {
            "formula": FORMULA,
            "months": self.months,
            "percent_per_month": percent,
            "principal": self.principal,
            "first_month": self.first.isoformat(),
            "last_month": self.last.isoformat(),
            "basis": self.rule.code,
            "legal_basis": self.rule.legal_basis,
            "article": self.rule.article,
            "unrounded": plain(self.unrounded),
            "amount": self.amount,
            "said": said,
        }


@dataclass(frozen=True, slots=True)
class Settled:
    """What one move made of the money: as principal, as interest, as more than was owed. A payment adds; a reduction,
    a new demand and a return move money from one to another or take it away."""

    reference: str
    day: date
    principal: int
    interest: int
    excess: int

    @property
    def money(self) -> int:
        return self.principal + self.interest + self.excess


@dataclass(frozen=True, slots=True)
class Lowered:
    """By how much one move lowered what is demanded: never below nothing."""

    reference: str
    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class Part:
    """A sum that is due on one day, and what of it is not paid."""

    amount: int
    due_on: date
    left: int


@dataclass(frozen=True, slots=True)
class Owed:
    """The state of one debt at the end of a day. `principal`: what is demanded, `reductions` taken off. `cleared`: the
    reference and the day of the move with which nothing of it was left; None while something is. `compensation`:
    interest that the city owes beside what is too much, and no refund has taken along yet."""

    on: date
    principal: int
    parts: tuple[Part, ...]
    lines: tuple[InterestLine, ...]
    settled: tuple[Settled, ...]
    reductions: tuple[Lowered, ...]
    cleared: tuple[str, date] | None
    remarks: tuple[str, ...]
    compensation: int = 0

    @property
    def due_on(self) -> date:
        """When the oldest part that is not paid was due; when all are, the first."""
        return next((part.due_on for part in self.parts if part.left), self.parts[0].due_on)

    @property
    def interest(self) -> int:
        """Interest charged until that day, paid or not."""
        return sum(line.amount for line in self.lines)

    @property
    def principal_left(self) -> int:
        return self.principal - sum(each.principal for each in self.settled)

    @property
    def interest_paid(self) -> int:
        return sum(each.interest for each in self.settled)

    @property
    def interest_left(self) -> int:
        return self.interest - self.interest_paid

    @property
    def total_left(self) -> int:
        return self.principal_left + self.interest_left

    @property
    def overpaid(self) -> int:
        """What is there beyond all that is owed."""
        return sum(each.excess for each in self.settled)

    @property
    def days_late(self) -> int:
        """Days after the due date until that day, or until the day nothing of the principal was left."""
        until = self.cleared[1] if self.cleared else self.on
        return max(0, (until - self.due_on).days)

    def as_dict(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "days_late": self.days_late,
            "principal": self.principal,
            "principal_left": self.principal_left,
            "interest": self.interest,
            "interest_left": self.interest_left,
            "total_left": self.total_left,
            "overpaid": self.overpaid,
            "compensation": self.compensation,
            "parts": [{"amount": p.amount, "due_on": p.due_on.isoformat(), "left": p.left} for p in self.parts],
            "lines": [line.as_dict() for line in self.lines],
            "payments": [
                {
                    "reference": each.reference, "day": each.day.isoformat(), "principal": each.principal,
                    "interest": each.interest, "excess": each.excess,
                }
                for each in self.settled
            ],
            "remarks": list(self.remarks),
        }  # fmt: skip
