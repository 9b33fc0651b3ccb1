"""What is owed on a day: the moves of one debt in order, interest month by month under the basis then in force. Pure.

Nothing here is stored: the same moves and day give the same answer, in whatever order the moves became known.
A month that has begun stays as it was charged; a new basis or a smaller debt counts for the months that begin later.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Literal

from catalogue.late_rules import InterestRule, rule_on
from catalogue.retribution.debt import (
    Compensated,
    Demanded,
    Due,
    InterestLine,
    Lowered,
    Move,
    Owed,
    Paid,
    Part,
    Reduced,
    Rescheduled,
    Returned,
    Settled,
)
from catalogue.retribution.late_interest import beginning_of
from values.refusal import Refusal

Month = tuple[date, int, InterestRule]  # its first day, which since the due date, the rule then in force


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a debt is counted. `first`: what a payment settles first. `stands_still`: whether force majeure is
    declared on a day. `closed`: a day that is no working day to the next that is; asked only where the basis says so.
    """

    rules: Sequence[InterestRule]
    first: Literal["principal", "interest"] = "principal"
    stands_still: Callable[[date], bool] = lambda day: False
    closed: Callable[[date], date] = lambda day: day


def owed(moves: Sequence[Move], on: date, terms: Terms) -> Owed:
    """What is owed at the end of the day `on`.

    A move on the day a month begins comes too late for that month. Money that came before the first demand was for it.
    Money beyond what is owed settles a later demand at once (UU 28/2009 article 165 paragraph 4). Refused: the same
    reference with two contents. At least one of the moves is a demand.
    """
    first, *later = _in_order(_once(moves))
    debt = _walk([first, *(move for move in later if move.day <= on)], terms)
    debt.charge_until(on)
    parts = tuple(Part(part.amount, part.due, part.left) for part in debt.parts)
    settled, lowered, said = tuple(debt.settled), tuple(debt.reductions), tuple(debt.remarks())
    return Owed(on, debt.demanded, parts, debt.lines(), settled, lowered, debt.cleared, said, debt.compensation)


def _once(moves: Sequence[Move]) -> list[Move]:
    known: dict[str, Move] = {}
    for move in moves:
        if known.setdefault(move.reference, move) != move:
            raise Refusal(
                "conflicting_repeat",
                f"Referensi {move.reference} tercatat dua kali dengan isi berbeda.",
                field="payments",
            )
    return list(known.values())


def _in_order(moves: Sequence[Move]) -> list[Move]:
    def moment(move: Move) -> tuple:
        return move.day, move.within, move.reference

    first = min((move for move in moves if isinstance(move, Demanded)), key=moment, default=None)
    return sorted(moves, key=lambda move: (move is not first, *moment(move)))


def _walk(moves: Sequence[Move], terms: Terms) -> "_Debt":
    debt = _Debt(terms)
    for place, move in enumerate(moves):
        debt.charge_until(move.day)
        if isinstance(move, Reduced) and move.from_the_start:
            debt = debt.as_if(_walk(_lowered(moves[:place], move.amount), terms), move)
        else:
            debt.take(move)
        if debt.left or isinstance(move, Demanded):
            debt.cleared = None
        if not debt.left and debt.cleared is None:
            debt.cleared = (move.reference, move.day)
    return debt


def _lowered(moves: Sequence[Move], amount: int) -> list[Move]:
    """The moves as they would have been, had so much never been demanded: the last demand is lowered first."""
    lowered = list(moves)
    for place in reversed(range(len(lowered))):
        move = lowered[place]
        if isinstance(move, Demanded) and amount:
            less = min(amount, move.amount)
            lowered[place], amount = replace(move, amount=move.amount - less), amount - less
    return lowered


def _late_months(due: date, rules: Sequence[InterestRule]) -> Iterator[Month]:
    """Every month of lateness. Where a new basis counts months in another way, the month that runs ends first, and the
    new way counts from there."""
    if not rules:
        return
    counting, anchor, step = (rule_on(rules, due) or rules[0]).counting, due, 1
    for number in count(1):
        day = beginning_of(counting, anchor, step)
        if rule := rule_on(rules, day):
            yield day, number, rule
            if rule.counting != counting:
                counting, anchor, step = rule.counting, day - timedelta(days=1), 1
        step += 1


def _months_of_a_plan(since: date, due: date, rule: InterestRule) -> Iterator[Month]:
    """The months of an instalment from the day of the plan until it is due."""
    for number in count(1):
        day = beginning_of(rule.counting, since, number)
        if day > due:
            return
        yield day, number, rule


class _Part:
    """A sum that is due on one day, while it is walked through."""

    def __init__(self, due: Due, terms: Terms, plan: Rescheduled | None = None):
        rule = rule_on(terms.rules, due.on)
        self.due = terms.closed(due.on) if rule and rule.due_on_a_holiday == "moves" else due.on
        self.amount = self.left = due.amount
        self.terms, self.lines = terms, []
        self.capped: InterestRule | None = None
        self.free = 0
        self._months = self._coming(plan)
        self._next = next(self._months, None)

    def _coming(self, plan: Rescheduled | None) -> Iterator[Month]:
        if plan and plan.rule:
            yield from _months_of_a_plan(plan.day, self.due, plan.rule)
        yield from _late_months(self.due, self.terms.rules)

    def charge_until(self, day: date) -> None:
        while self.left and self._next and self._next[0] <= day:
            self._charge(*self._next)
            self._next = next(self._months, None)

    def _charge(self, day: date, number: int, rule: InterestRule) -> None:
        if rule.most_months is not None and number > rule.most_months:
            self.capped = rule
            return
        if rule.force_majeure == "free" and self.terms.stands_still(day):
            self.free += 1
            return
        last = self.lines[-1] if self.lines else None
        if last and last.rule.code == rule.code and last.principal == self.left:
            self.lines[-1] = replace(last, months=last.months + 1, last=day)
        else:
            self.lines.append(InterestLine(rule, self.left, 1, day, day))


class _Debt:
    """The debt while it is walked through, move after move."""

    def __init__(self, terms: Terms):
        self.terms, self.parts, self.settled, self.reductions = terms, [], [], []
        self.demanded = self.interest_paid = self.excess = self.compensation = 0
        self.cleared: tuple[str, date] | None = None

    @property
    def left(self) -> int:
        return sum(part.left for part in self.parts)

    @property
    def interest_left(self) -> int:
        return sum(line.amount for line in self.lines()) - self.interest_paid

    def lines(self) -> tuple[InterestLine, ...]:
        return tuple(sorted((line for part in self.parts for line in part.lines), key=lambda line: line.first))

    def charge_until(self, day: date) -> None:
        for part in self.parts:
            part.charge_until(day)

    def take(self, move: Move) -> None:
        match move:
            case Demanded():
                self.demanded += move.amount
                self.parts.append(_Part(Due(move.amount, move.due_on), self.terms))
                used = max(0, min(self.excess, move.amount))
                self._pay_principal(used)
                self._settle(move, used, 0, -used)
            case Paid():
                self._take_money(move)
            case Reduced():
                less = min(move.amount, self.demanded)
                self.reductions.append(Lowered(move.reference, move.day, less))
                freed = self._reduce(less)
                interest = min(freed, self.interest_left)
                self._settle(move, -freed, interest, freed - interest)
            case Rescheduled():
                self._reschedule(move)
            case Returned():
                self._settle(move, 0, 0, -move.amount)
            case Compensated():
                self.compensation += move.amount

    def as_if(self, other: "_Debt", move: Reduced) -> "_Debt":
        """Go on from the other debt; what it makes of the money in another way is settled by this move."""
        other.charge_until(move.day)
        was, now = _shares(self.settled), _shares(other.settled)
        other.settled = list(self.settled)
        less = Lowered(move.reference, move.day, self.demanded - other.demanded)
        other.reductions = [*self.reductions, less]
        other.cleared = self.cleared
        shifted = [after - before for after, before in zip(now, was, strict=True)]
        if any(shifted):
            other.settled.append(Settled(move.reference, move.day, *shifted))
        return other

    def _take_money(self, paid: Paid) -> None:
        left, interest_left = self.left, self.interest_left
        if self.terms.first == "principal":
            principal = min(paid.amount, left)
            interest = min(paid.amount - principal, interest_left)
        else:
            interest = min(paid.amount, interest_left)
            principal = min(paid.amount - interest, left)
        self._pay_principal(principal)
        self._settle(paid, principal, interest, paid.amount - principal - interest)

    def _settle(self, move: Move, principal: int, interest: int, excess: int) -> None:
        self.interest_paid += interest
        self.excess += excess
        if principal or interest or excess:
            self.settled.append(Settled(move.reference, move.day, principal, interest, excess))

    def _pay_principal(self, amount: int) -> None:
        """The oldest part first."""
        for part in sorted(self.parts, key=lambda part: part.due):
            paid = min(amount, part.left)
            part.left, amount = part.left - paid, amount - paid

    def _reduce(self, amount: int) -> int:
        """The last part first. What had been paid of it already is answered: it is free for something else."""
        self.demanded -= amount
        for part in sorted(self.parts, key=lambda part: part.due, reverse=True):
            less = min(amount, part.left)
            part.left, part.amount, amount = part.left - less, part.amount - less, amount - less
        return amount

    def _reschedule(self, plan: Rescheduled) -> None:
        """What is left takes the parts of the plan, in their order; more than they hold joins the last."""
        left = self.left
        for part in self.parts:
            part.amount, part.left = part.amount - part.left, 0
        for place, due in enumerate(plan.parts):
            amount = left if place == len(plan.parts) - 1 else min(left, due.amount)
            if amount:
                self.parts.append(_Part(Due(amount, due.on), self.terms, plan))
                left -= amount

    def remarks(self) -> Iterator[str]:
        if capped := next((part.capped for part in self.parts if part.capped), None):
            yield f"Bunga dihitung paling lama {capped.most_months} bulan ({capped.legal_basis})."
        if free := sum(part.free for part in self.parts):
            yield f"{free} bulan tidak dikenai bunga karena keadaan kahar."
        for rule in {line.rule.code: line.rule for line in self.lines()}.values():
            yield from (f"Anggapan: {said}." for said in rule.assumed)


def _shares(settled: Sequence[Settled]) -> tuple[int, int, int]:
    return (
        sum(each.principal for each in settled),
        sum(each.interest for each in settled),
        sum(each.excess for each in settled),
    )
