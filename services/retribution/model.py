"""The assessment of a file: the nota that explains the amount, the SKRD that demands it, the payments."""

from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from catalogue.force_majeure import force_majeure_pauses
from catalogue.late_rules import interest_rules, late_notices
from catalogue.nota_lines import Line
from catalogue.office_calendar import office_holidays
from catalogue.retribution.late_account import Owed, Paid, owed
from contracts.documents import Document
from contracts.intake import AssessmentDue, Place
from values.clock import Pause
from values.dates import JAKARTA, office_date
from values.happening import Happening
from values.rupiah import Rupiah
from values.working_days import add_working_days, is_working_day

DUE_WITHIN = timedelta(days=30)  # from the day the SKRD is signed


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Nota(Record):
    """A nota perhitungan retribusi: signed, it is never edited."""

    number: str | None = None
    legal_basis: str
    account_code: str
    computed_on: date
    lines: list[Line]
    total: Rupiah
    prepared_by: str
    prepared_at: AwareDatetime
    signed_by: str | None = None
    signed_at: AwareDatetime | None = None


class Skrd(Record):
    """A surat ketetapan retribusi daerah: the demand, numbered per account code and year."""

    number: str
    serial: int
    account_code: str
    amount: Rupiah
    payment_code: str
    numbered_at: AwareDatetime
    signed_by: str | None = None
    signed_at: AwareDatetime | None = None
    due_on: date | None = None


class Payment(Record):
    """Money that came in once, whatever the bank repeats."""

    bank_reference: str
    amount: Rupiah
    paid_at: AwareDatetime
    channel: str

    @property
    def as_paid(self) -> Paid:
        local = self.paid_at.astimezone(JAKARTA)
        within = int(timedelta(hours=local.hour, minutes=local.minute, seconds=local.second).total_seconds())
        return Paid(self.bank_reference, local.date(), self.amount, within)


class TakenBack(Payment):
    """A payment that a bank statement had brought and that was taken back with its import."""

    taken_back_at: AwareDatetime
    statement: str


class Claim(Record):
    """A debt that is late, claimed: a teguran, then an STRD. The amounts are those of its day and never change."""

    kind: Literal["teguran", "strd"]
    number: str
    raised_at: AwareDatetime
    pay_by: date
    principal: Rupiah
    interest: Rupiah


class Assessment(Record):
    """All that retribution knows of one file: what was declared, computed, demanded and paid."""

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
    nota: Nota | None = None
    skrd: Skrd | None = None
    payments: list[Payment] = Field(default_factory=list)
    taken_back: list[TakenBack] = Field(default_factory=list)
    claims: list[Claim] = Field(default_factory=list)
    receipt_number: str | None = None
    closed: Literal["withdrawn", "refused"] | None = None
    documents: list[Document] = Field(default_factory=list)
    history: list[Happening] = Field(default_factory=list)

    @property
    def paid(self) -> int:
        """Whole rupiah received so far."""
        return sum(payment.amount for payment in self.payments)

    def owed(self, on: date) -> Owed | None:
        """What is owed at the end of a day, computed when asked. None: nothing was demanded, or the file ended."""
        if self.closed or self.skrd is None or self.skrd.due_on is None:
            return None
        return self.account_on(on)

    @property
    def account(self) -> Owed | None:
        """The account on the day of the last payment: what of each was principal, interest, or too much."""
        if self.skrd is None or self.skrd.due_on is None:
            return None
        return self.account_on(
            max((office_date(payment.paid_at) for payment in self.payments), default=self.skrd.due_on)
        )

    @property
    def overpaid(self) -> int:
        """What came in beyond principal and interest owed at that time; for a file that ended, beyond the principal."""
        if self.closed:
            return max(0, self.paid - self.skrd.amount) if self.skrd else 0
        return self.account.overpaid if self.account else 0

    @property
    def settled_at(self) -> datetime | None:
        """When the payments in order of their dates had paid the principal; None while they have not."""
        last = self.account.last if self.account else None
        return next((p.paid_at for p in self.payments if last and p.bank_reference == last.reference), None)

    def account_on(self, on: date) -> Owed:
        """The account of a signed SKRD at the end of a day, also when the file ended since."""
        pauses = force_majeure_pauses(self.bidang, self.licence_type)
        return owed(
            self.skrd.amount,
            self.skrd.due_on,
            [payment.as_paid for payment in self.payments],
            on,
            interest_rules(),
            first=late_notices().settles_first.what,
            stands_still=lambda day: any(_covers(pause, day) for pause in pauses),
            closed=_next_working_day,
        )


def _covers(pause: Pause, day: date) -> bool:
    noon = datetime.combine(day, time(12), JAKARTA)
    return pause.since <= noon and (pause.until is None or noon < pause.until)


def _next_working_day(day: date) -> date:
    return day if is_working_day(day, office_holidays()) else add_working_days(day, 1, office_holidays())


def late_days(due_on: date, paid_on: date) -> int:
    """Days after the due date; payment on the due date itself is in time."""
    return max(0, (paid_on - due_on).days)
