"""The assessment of a file: the nota that explains the amount, the SKRD that demands it, the payments."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.documents import Document
from contracts.intake import AssessmentDue, Place
from values.happening import Happening
from values.rupiah import Rupiah

DUE_WITHIN = timedelta(days=30)  # from the day the SKRD is signed


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Factor(Record):
    """One thing the tariff was multiplied with: an area, a number, an index. Kept as text: exact, no float."""

    name: str
    value: str
    unit: str = ""

    @property
    def number(self) -> Decimal:
        return Decimal(self.value)


class Line(Record):
    """One amount of a nota, with all it was computed from, so that it can be computed again in ten years."""

    name: str
    formula: Literal["flat", "per_unit", "area_index"]
    tariff_row: str
    tariff: Rupiah
    article: str
    effective_from: date
    placeholder_city: str | None
    factors: list[Factor]
    unrounded: str
    amount: Rupiah


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
    receipt_number: str | None = None
    closed: Literal["withdrawn", "refused"] | None = None
    documents: list[Document] = Field(default_factory=list)
    history: list[Happening] = Field(default_factory=list)

    @property
    def paid(self) -> int:
        """Whole rupiah received so far."""
        return sum(payment.amount for payment in self.payments)

    @property
    def overpaid(self) -> int:
        return max(0, self.paid - self.skrd.amount) if self.skrd else 0

    @property
    def settled_at(self):
        """When the payments in order of their dates reached the amount; None while they have not."""
        total = 0
        for payment in sorted(self.payments, key=lambda p: p.paid_at):
            total += payment.amount
            if self.skrd and total >= self.skrd.amount:
                return payment.paid_at
        return None


def late_days(due_on: date, paid_on: date) -> int:
    """Days after the due date; payment on the due date itself is in time."""
    return max(0, (paid_on - due_on).days)
