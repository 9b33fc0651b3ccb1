"""What may change after a nota or an SKRD was signed: correction, relief, instalments, objection, cancellation.

Nothing signed is edited: each of these is a record of its own, with its reason, who asked for it and who decided.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, model_validator

from contracts.base import Command, Event, Query, Shape, Words
from contracts.documents import Document, example
from contracts.intake import APPLICATION
from values.rupiah import Rupiah

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Reason = Annotated[Words, Field(min_length=10, max_length=500)]
Name = Annotated[Words, Field(min_length=3, max_length=120)]


class Decree(Shape):
    """The decision of who may grant it: number, day, who gave it, under which rule."""

    number: Name
    day: Day
    issued_by: Name
    legal_basis: Annotated[Words, Field(min_length=3, max_length=300)]


class Relief(Shape):
    """Less principal, from its day on: so many percent of what is demanded, or so many rupiah. A payer asks for it
    without a decree; it is granted by one."""

    kind: Literal["relief"]
    decree: Decree | None = None
    percent: Decimal | None = Field(default=None, gt=0, le=100, decimal_places=2)
    amount: Rupiah | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _one_of_both(self) -> "Relief":
        if (self.percent is None) == (self.amount is None):
            raise ValueError("percent or amount, not both and not neither")
        return self


class Instalment(Shape):
    """A part of what is left, and the day until which it is paid in time."""

    amount: Rupiah = Field(gt=0)
    due_on: Day


class Instalments(Shape):
    """What is left of the principal in parts. A payer asks for it without a decree; it is granted by one."""

    kind: Literal["instalments"]
    decree: Decree | None = None
    parts: tuple[Instalment, ...] = Field(min_length=2, max_length=24)


class Cancellation(Shape):
    """The SKRD should not have been. `anew`: another is drawn from the nota; else nothing is to be paid."""

    kind: Literal["cancellation"]
    anew: bool


class Objection(Shape):
    """The payer's letter against the SKRD: its number, the day it came in, and what principal they say is right."""

    kind: Literal["objection"]
    letter: Name
    filed_on: Day
    asked: Rupiah = Field(ge=0)


Proposal = Annotated[Relief | Instalments | Cancellation | Objection, Field(discriminator="kind")]
DECREE = {
    "number": "973/Kep.112-BPPT/III/2016",
    "day": "2016-03-14",
    "issued_by": "Wali Kota Bekasi",
    "legal_basis": "Peraturan Daerah Kota Bekasi Nomor 9 Tahun 2012 Pasal 124",
}


class CorrectNota(Command):
    """The Bidang's officer draws up a nota that replaces a signed one, by the tariffs of the day of the first.

    `quantities`: those that are right, in the shape of the application's; left out, those declared are computed again.
    """

    example = {
        "command_id": "c-00000090",
        "application_id": APPLICATION,
        "reason": "Luas bangunan salah dibaca: 110 m2, bukan 100 m2.",
        "quantities": {"luas_m2": "110.00", "waktu": "tetap"},
    }
    application_id: str
    reason: Reason
    quantities: dict[str, Any] | None = Field(default=None, max_length=40)


class ProposeChange(Command):
    """Administration brings relief, instalments, a cancellation or the payer's objection before the Head; or the payer
    does, on line, for a file of their own (all but a cancellation), with a paper that proves it."""

    example = {
        "command_id": "c-00000091",
        "application_id": APPLICATION,
        "proposal": {"kind": "relief", "decree": DECREE, "percent": "25"},
        "reason": "Rumah ibadah; permohonan keringanan tanggal 11 Maret 2016.",
        "document": None,
    }
    application_id: str
    proposal: Proposal
    reason: Reason
    document: Document | None = None


class DecideChange(Command):
    """The Head grants or refuses a change. `principal`: what is right after an objection that is granted in part.
    `as_decreed`: relief or instalments as the decree has them, where the payer asked without one."""

    example = {
        "command_id": "c-00000092",
        "application_id": APPLICATION,
        "number": "PRB-2016-00003",
        "granted": True,
        "decision": "Sesuai keputusan wali kota.",
        "as_decreed": None,
    }
    application_id: str
    number: str = Field(min_length=5, max_length=40)
    granted: bool
    decision: Reason
    principal: Rupiah | None = Field(default=None, ge=0)
    as_decreed: Annotated[Relief | Instalments, Field(discriminator="kind")] | None = None


class DemandOf(Query):
    """What an applicant's own file owes, what they asked to change in it, and what they may ask."""

    example = {"application_id": APPLICATION}
    application_id: str


class SupplementSigned(Event):
    """An SKRDKB or SKRDLB was signed and is not yet printed."""

    example = {"application_id": APPLICATION, "number": "KB/4.1.2.03.01/00001/2016"}
    number: str


class SupplementIssued(Event):
    """An SKRDKB or SKRDLB exists as a paper. What the debt comes to with it: principal, what of it is left, by when."""

    example = {
        "application_id": APPLICATION,
        "document": example("skrdkb", "KB/4.1.2.03.01/00001/2016"),
        "amount": 14_063,
        "principal": 154_688,
        "principal_left": 14_063,
        "overpaid": 0,
        "due_on": "2016-04-20",
        "payment_code": "201603000123",
        "issued_at": "2016-03-21T10:00:00+07:00",
    }
    document: Document
    amount: Rupiah
    principal: Rupiah
    principal_left: Rupiah
    overpaid: Rupiah
    due_on: date
    payment_code: str
    issued_at: AwareDatetime


class ChangeProposed(Event):
    """A change lies before the Head, asked for at that moment. `decide_by`: by when an objection must be decided; one
    that is not decided then counts as granted."""

    example = {
        "application_id": APPLICATION,
        "number": "PRB-2016-00003",
        "kind": "objection",
        "asked_at": "2016-03-14T09:00:00+07:00",
        "decide_by": "2016-09-14",
    }
    number: str
    kind: Literal["relief", "instalments", "cancellation", "objection"]
    asked_at: AwareDatetime
    decide_by: date | None


class ChangeDecided(Event):
    """A change was granted or refused, and its decision is not yet printed."""

    example = {"application_id": APPLICATION, "number": "PRB-2016-00003"}
    number: str


class ChangeFiled(Event):
    """The decision exists as a paper. `cleared_at`: when nothing was left to pay because of it, and no receipt follows.
    `anew`: the SKRD is cancelled, and another follows. `proof`: what the payer had handed in with what they asked."""

    example = {
        "application_id": APPLICATION,
        "document": example("keputusan_retribusi", "PRB-2016-00003"),
        "kind": "relief",
        "granted": True,
        "skrd_number": "4.1.2.03.01/00012/2016",
        "principal": 105_469,
        "principal_left": 105_469,
        "due_on": "2016-04-07",
        "anew": False,
        "cleared_at": None,
        "decided_at": "2016-03-15T09:00:00+07:00",
        "proof": None,
    }
    document: Document
    kind: Literal["relief", "instalments", "cancellation", "objection"]
    granted: bool
    skrd_number: str
    principal: Rupiah
    principal_left: Rupiah
    due_on: date | None
    anew: bool
    cleared_at: AwareDatetime | None
    decided_at: AwareDatetime
    proof: Document | None = None
