"""What is owed on a day: one SKRD and its payments, interest month by month under the basis then in force. Pure.

Nothing here is stored: the same principal, due date, payments and day give the same answer, in any order of payments.
A month that has begun stays as it was charged; a new basis or a smaller debt counts for the months that begin later.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Literal

from catalogue.late_rules import InterestRule, rule_on
from catalogue.retribution.late_interest import beginning_of
from catalogue.retribution.note import plain, product
from values.dates import long_date
from values.refusal import Refusal
from values.rupiah import format_rupiah, round_half_up

FORMULA = "pokok × persen per bulan × bulan / 100"


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in: its reference (the same reference is the same money), the day in Jakarta, whole rupiah.

    `within`: its place within the day, seconds since midnight.
    """

    reference: str
    day: date
    amount: int
    within: int = 0


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
    """What of one payment was principal, what interest, and what more than was owed when it came in."""

    reference: str
    day: date
    principal: int
    interest: int
    excess: int


@dataclass(frozen=True, slots=True)
class Owed:
    """The state of one debt at the end of a day, whole rupiah throughout."""

    on: date
    due_on: date
    principal: int
    lines: tuple[InterestLine, ...]
    settled: tuple[Settled, ...]
    remarks: tuple[str, ...]

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
        """What came in beyond all that was owed when it came."""
        return sum(each.excess for each in self.settled)

    @property
    def last(self) -> Settled | None:
        """The payment with which the principal was paid in full; None while it is not."""
        paid = 0
        for each in self.settled:
            paid += each.principal
            if paid == self.principal:
                return each
        return None

    @property
    def days_late(self) -> int:
        """Days after the due date until that day, or until the day the principal was paid."""
        until = self.last.day if self.last else self.on
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


def owed(
    principal: int,
    due_on: date,
    payments: Sequence[Paid],
    on: date,
    rules: Sequence[InterestRule],
    *,
    first: Literal["principal", "interest"] = "principal",
    stands_still: Callable[[date], bool] = lambda day: False,
    closed: Callable[[date], date] = lambda day: day,
) -> Owed:
    """What is owed at the end of the day `on`.

    `first`: what a payment settles first. `stands_still`: whether force majeure is declared on a day. `closed`: a day
    that is no working day to the next that is; asked only where the basis says so. A payment on the day a month begins
    comes too late for that month. Refused: the same reference with two amounts or days.
    """
    rule = rule_on(rules, due_on)
    due = closed(due_on) if rule and rule.due_on_a_holiday == "moves" else due_on
    ledger = _Ledger(principal, first)
    known = sorted(_once(payments), key=lambda paid: (paid.day, paid.within, paid.reference))
    coming = [paid for paid in known if paid.day <= on]
    for day, number, rule in _months(due, on, rules):
        while coming and coming[0].day < day:
            ledger.take(coming.pop(0))
        if not ledger.left:
            break
        if rule.most_months is not None and number > rule.most_months:
            ledger.capped = rule
        elif rule.force_majeure == "free" and stands_still(day):
            ledger.free += 1
        else:
            ledger.charge(rule, day)
    for paid in coming:
        ledger.take(paid)
    return Owed(on, due, principal, tuple(ledger.lines), tuple(ledger.settled), tuple(ledger.remarks()))


def _once(payments: Sequence[Paid]) -> list[Paid]:
    known: dict[str, Paid] = {}
    for paid in payments:
        if known.setdefault(paid.reference, paid) != paid:
            raise Refusal(
                "conflicting_repeat",
                f"Referensi {paid.reference} tercatat dua kali dengan isi berbeda.",
                field="payments",
            )
    return list(known.values())


def _months(due: date, on: date, rules: Sequence[InterestRule]) -> Iterator[tuple[date, int, InterestRule]]:
    """(its first day, which since the due date, the rule then in force) of every month begun by `on`.

    Where a new basis counts months in another way, the month that runs ends first, and the new way counts from there.
    """
    if not rules:
        return
    counting, anchor, step = (rule_on(rules, due) or rules[0]).counting, due, 1
    for number in count(1):
        day = beginning_of(counting, anchor, step)
        if day > on:
            return
        if rule := rule_on(rules, day):
            yield day, number, rule
            if rule.counting != counting:
                counting, anchor, step = rule.counting, day - timedelta(days=1), 1
        step += 1


class _Ledger:
    """The debt while it is walked through, day after day."""

    def __init__(self, principal: int, first: str):
        self.left, self.first, self.interest_paid = principal, first, 0
        self.lines: list[InterestLine] = []
        self.settled: list[Settled] = []
        self.capped: InterestRule | None = None
        self.free = 0

    def charge(self, rule: InterestRule, day: date) -> None:
        last = self.lines[-1] if self.lines else None
        if last and last.rule.code == rule.code and last.principal == self.left:
            self.lines[-1] = InterestLine(rule, self.left, last.months + 1, last.first, day)
        else:
            self.lines.append(InterestLine(rule, self.left, 1, day, day))

    def take(self, paid: Paid) -> None:
        interest_left = sum(line.amount for line in self.lines) - self.interest_paid
        if self.first == "principal":
            principal = min(paid.amount, self.left)
            interest = min(paid.amount - principal, interest_left)
        else:
            interest = min(paid.amount, interest_left)
            principal = min(paid.amount - interest, self.left)
        self.left -= principal
        self.interest_paid += interest
        excess = paid.amount - principal - interest
        self.settled.append(Settled(paid.reference, paid.day, principal, interest, excess))

    def remarks(self) -> Iterator[str]:
        if self.capped:
            yield f"Bunga dihitung paling lama {self.capped.most_months} bulan ({self.capped.legal_basis})."
        if self.free:
            yield f"{self.free} bulan tidak dikenai bunga karena keadaan kahar."
        for rule in {line.rule.code: line.rule for line in self.lines}.values():
            yield from (f"Anggapan: {said}." for said in rule.assumed)
