"""The assessment of a file: the nota that explains the amount, the SKRD that demands it, what changed of it, the
payments."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from catalogue.force_majeure import force_majeure_pauses
from catalogue.late_rules import instalment_rules, interest_rules, late_notices, rule_on
from catalogue.office_calendar import office_holidays
from catalogue.retribution.debt import (
    Compensated,
    Demanded,
    Due,
    Move,
    Owed,
    Paid,
    Reduced,
    Rescheduled,
    Returned,
    Settled,
)
from catalogue.retribution.late_account import Terms, owed
from contracts.documents import Document
from contracts.intake import AssessmentDue, Place
from contracts.retribution.changes import Proposal
from services.retribution.late_model import Claim, Receipt, Record, StrdProposal
from services.retribution.letter_model import Ended, Joined, JoinedTo, Nota, Skrd
from values.clock import Pause
from values.dates import JAKARTA
from values.happening import Happening
from values.rupiah import Rupiah
from values.working_days import add_working_days, is_working_day


class Payment(Record):
    """Money that came in once, whatever the bank repeats. `assigned`: the number of the assignment by which it came to
    this file. `after_end`: the file had ended; it settles nothing and waits for a decision."""

    bank_reference: str
    amount: Rupiah
    paid_at: AwareDatetime
    channel: str
    assigned: str | None = None
    after_end: bool = False

    @property
    def reference(self) -> str:
        """By what it is named: two parts of one payment may come to the same file."""
        return self.assigned or self.bank_reference

    @property
    def as_paid(self) -> Paid:
        return Paid(self.reference, *_place(self.paid_at), self.amount)


class Taken(Record):
    """Money that left where it lay, by an assignment (`at`: the moment it had come in) or a refund (`at`: when it was
    granted; None: proposed, and kept back until it is decided). `paid_on`: when the refund was paid out. `principal`:
    it was principal of a file that ended, not money that was too much. `compensation`: interest of the city's that goes
    out with it, fixed when it is granted; `paid_beside`: all interest paid with it on `paid_on`."""

    number: str
    kind: Literal["assigned", "refund"]
    reference: str
    amount: Rupiah
    channel: str
    at: AwareDatetime | None = None
    paid_on: date | None = None
    principal: bool = False
    compensation: Rupiah = 0
    paid_beside: Rupiah = 0

    @property
    def as_returned(self) -> Returned:
        return Returned(self.number, *_place(self.at), self.amount)

    @property
    def as_compensated(self) -> Compensated:
        return Compensated(f"{self.number}/bunga", *_place(self.at), -self.compensation)


class Change(Record):
    """A change of what is demanded, as it was asked for and decided. `amount`: by how much the principal is less.
    `compensation`: what the city owes for money that an objection gives back (UU 28/2009 article 164); `paid_with`: by
    hand, as earlier versions said, or with the next refund of the file. `asked`: what the payer had asked for, where
    it was granted as a decree has it; `document`: the paper they proved it with."""

    number: str
    proposal: Proposal
    asked: Proposal | None = None
    document: Document | None = None
    reason: str
    proposed_by: str
    proposed_at: AwareDatetime
    decide_by: date | None = None
    decided_by: str | None = None
    decided_at: AwareDatetime | None = None
    granted: bool | None = None
    decision: str | None = None
    amount: int = 0
    compensation: int = 0
    paid_with: Literal["hand", "refund"] = "hand"

    @property
    def open(self) -> bool:
        return self.decided_at is None

    @property
    def move(self) -> Move | None:
        """What it does to the debt; None while it is open, and when nothing was granted."""
        if not self.granted:
            return None
        day, within = _place(self.decided_at)
        if self.proposal.kind == "instalments":
            parts = tuple(Due(part.amount, part.due_on) for part in self.proposal.parts)
            return Rescheduled(self.number, day, within, parts, rule_on(instalment_rules(), day))
        return Reduced(self.number, day, within, self.amount, from_the_start=self.proposal.kind != "relief")

    @property
    def as_compensated(self) -> Compensated | None:
        """The interest that a refund is to take along; None when it brought none."""
        if not self.compensation or self.paid_with == "hand":
            return None
        return Compensated(f"{self.number}/bunga", *_place(self.decided_at), self.compensation)


class TakenBack(Payment):
    """A payment that a bank statement had brought and that was taken back with its import."""

    taken_back_at: AwareDatetime
    statement: str


class Assessment(Record):
    """All that retribution knows of one file: what was declared, computed, demanded and paid.

    A joint SKRD is one debt, kept with the file that leads it: that one lists the others (`joined`), they name it
    (`joined_to`) and go on when it is paid. `left`: it ended itself, and leads on for the others. `account_id`: whose
    file it is, when it was applied for on line."""

    id: str
    resi: str
    licence_type: str
    edition: str
    licence_name: str
    sub_kind: str | None
    bidang: str
    quantities: dict[str, Any]
    payer: AssessmentDue.Payer
    place: Place
    since: AwareDatetime
    account_id: str | None = None
    nota: Nota | None = None
    correction: Nota | None = None
    replaced: list[Nota] = Field(default_factory=list)
    skrd: Skrd | None = None
    supplements: list[Skrd] = Field(default_factory=list)
    cancelled: list[Skrd] = Field(default_factory=list)
    changes: list[Change] = Field(default_factory=list)
    joined: list[Joined] = Field(default_factory=list)
    joined_to: JoinedTo | None = None
    left: Ended | None = None
    nothing_due: bool = False
    payments: list[Payment] = Field(default_factory=list)
    taken: list[Taken] = Field(default_factory=list)
    taken_back: list[TakenBack] = Field(default_factory=list)
    claims: list[Claim] = Field(default_factory=list)
    strd_proposals: list[StrdProposal] = Field(default_factory=list)
    receipt_number: str | None = None
    further_receipts: list[Receipt] = Field(default_factory=list)
    closed: Ended | None = None
    documents: list[Document] = Field(default_factory=list)
    history: list[Happening] = Field(default_factory=list)

    @property
    def paid(self) -> int:
        """Whole rupiah received so far, less what was assigned to another file."""
        gone = sum(taken.amount for taken in self.taken if taken.kind == "assigned")
        return sum(payment.amount for payment in self.payments) - gone

    @property
    def letters(self) -> list[Skrd]:
        """Every letter that ever demanded or lowered, cancelled ones first."""
        return [*self.cancelled, *([self.skrd] if self.skrd else []), *self.supplements]

    @property
    def signed_letters(self) -> list[Skrd]:
        return [letter for letter in self.letters if letter.signed_at]

    @property
    def letter(self) -> Skrd | None:
        """The SKRD by which the debt is named: the one that stands, else the last that was cancelled."""
        return self.skrd or next((each for each in reversed(self.cancelled) if each.kind == "skrd"), None)

    @property
    def moves(self) -> list[Move]:
        """All that happened to the debt, as far as it is known."""
        made = [_move_of(letter) for letter in self.signed_letters]
        left = (taken.as_returned for taken in self.taken if taken.at and not taken.principal)
        return [*made, *self._granted(), *(payment.as_paid for payment in self.payments), *left, *self._compensated()]

    def _compensated(self) -> Iterator[Compensated]:
        yield from (move for change in self.changes if (move := change.as_compensated))
        yield from (taken.as_compensated for taken in self.taken if taken.at and taken.compensation)

    def _granted(self) -> Iterator[Move]:
        return (move for change in self.changes if (move := change.move))

    def owed(self, on: date) -> Owed | None:
        """What is owed at the end of a day, computed when asked. None: nothing was demanded, or the file ended."""
        return None if self.closed or not self.signed_letters else self.account_on(on)

    @property
    def account(self) -> Owed | None:
        """The account on the day of its last move: what of each payment was principal, interest, or too much."""
        if not self.signed_letters:
            return None
        return self.account_on(max(self._days()))

    def _days(self) -> Iterator[date]:
        yield from (move.day for move in self.moves)
        yield from (taken.as_returned.day for taken in self.taken if taken.at)

    @property
    def overpaid(self) -> int:
        """What is there beyond principal and interest owed; for a file that ended, beyond the principal."""
        return self.account.overpaid if self.account else 0

    @property
    def given_back(self) -> int:
        """What of the principal of a file that ended was granted to go back."""
        return sum(taken.amount for taken in self.taken if taken.at and taken.principal)

    @property
    def settled_at(self) -> datetime | None:
        """When nothing of the principal was left, at the earliest when it was demanded: assigned money may have come in
        before. None while something is left."""
        cleared = self.account.cleared if self.account else None
        if cleared is None:
            return None
        moments = {payment.reference: payment.paid_at for payment in self.payments}
        moments |= {change.number: change.decided_at for change in self.changes}
        moments |= {each.number: each.signed_at for each in self.signed_letters}
        return max(moments[cleared[0]], min(each.signed_at for each in self.signed_letters))

    def account_on(self, on: date) -> Owed:
        """The account at the end of a day. A file that ended owes no interest any more: what came in before settles the
        principal in order of its moment, the rest is too much, as is all that came in after. Principal that a decree
        gives back is principal no longer from that day."""
        pauses = force_majeure_pauses(self.bidang, self.licence_type)
        terms = Terms(
            () if self.closed else interest_rules(),
            first=late_notices().settles_first.what,
            stands_still=lambda day: any(_covers(pause, day) for pause in pauses),
            closed=_next_working_day,
        )
        after = [payment.as_paid for payment in self.payments if payment.after_end]
        account = owed([move for move in self.moves if move not in after], on, terms)
        beyond = (Settled(paid.reference, paid.day, 0, 0, paid.amount) for paid in after if paid.day <= on)
        returned = (taken.as_returned for taken in self.taken if taken.at and taken.principal)
        back = (Settled(each.reference, each.day, -each.amount, 0, 0) for each in returned if each.day <= on)
        return replace(account, settled=(*account.settled, *beyond, *back))


def _move_of(letter: Skrd) -> Move:
    day, within = _place(letter.signed_at)
    if letter.kind == "skrdlb":
        return Reduced(letter.number, day, within, letter.amount, from_the_start=True)
    return Demanded(letter.number, day, within, letter.amount, letter.due_on)


def _place(moment: datetime) -> tuple[date, int]:
    """The day in Jakarta, and the seconds since its midnight."""
    local = moment.astimezone(JAKARTA)
    return local.date(), local.hour * 3600 + local.minute * 60 + local.second


def _covers(pause: Pause, day: date) -> bool:
    noon = datetime.combine(day, time(12), JAKARTA)
    return pause.since <= noon and (pause.until is None or noon < pause.until)


def _next_working_day(day: date) -> date:
    return day if is_working_day(day, office_holidays()) else add_working_days(day, 1, office_holidays())


def late_days(due_on: date, paid_on: date) -> int:
    """Days after the due date; payment on the due date itself is in time."""
    return max(0, (paid_on - due_on).days)
