"""What retribution is asked and what it says: nota perhitungan, SKRD, payment."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.base import Command, Event, Query, Words
from contracts.documents import Document, example
from contracts.intake import APPLICATION
from values.rupiah import Rupiah

# --- asked -----------------------------------------------------------------------------------------------------------


class PrepareNota(Command):
    """The Bidang's officer draws up the nota perhitungan from the quantities that were verified."""

    example = {"command_id": "c-00000020", "application_id": APPLICATION}
    application_id: str


class SignNota(Command):
    """The head of the Bidang signs the nota."""

    example = {"command_id": "c-00000021", "application_id": APPLICATION}
    application_id: str


class IssueSkrd(Command):
    """Administration numbers the SKRD; its amount is recomputed and must agree with the nota."""

    example = {"command_id": "c-00000022", "application_id": APPLICATION}
    application_id: str


class SignSkrd(Command):
    """The Head signs the SKRD; it is due in 30 days."""

    example = {"command_id": "c-00000023", "application_id": APPLICATION}
    application_id: str


class RecordPayment(Command):
    """The bank (or the treasurer) says that money came in. `bank_reference` makes it one payment however often said."""

    example = {
        "command_id": "c-00000024",
        "payment_code": "201603000123",
        "amount": 187_625,
        "bank_reference": "BJB-20160315-000981",
        "paid_at": "2016-03-15T11:20:00+07:00",
        "channel": "bank",
    }
    payment_code: str = Field(pattern=r"^[0-9]{6,20}$")
    amount: Rupiah = Field(gt=0, le=100_000_000_000)
    bank_reference: Words = Field(min_length=4, max_length=60)
    paid_at: AwareDatetime
    channel: Literal["bank", "treasurer"] = "bank"


class FindAssessment(Query):
    """What was computed, demanded and paid, and what is owed (principal and interest) at the end of the day `on`."""

    example = {"application_id": APPLICATION, "on": "2016-05-20"}
    application_id: str
    on: date | None = Field(default=None, ge=date(2000, 1, 1), le=date(2100, 12, 31), description="Empty: today.")


class RecomputeNota(Query):
    """Compute every note signed in a month again, and say which does not give the same rupiah."""

    example = {"month": "2016-03"}
    month: str = Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")


class WhatIf(Query):
    """Which open files would cost something else under these tariff rows (in the shape of the catalogue's), on `on`."""

    example = {"rows": [], "on": "2016-06-01"}
    rows: list[dict[str, Any]] = Field(max_length=5_000)
    on: date | None = Field(default=None, ge=date(2000, 1, 1), le=date(2100, 12, 31), description="Empty: today.")


# --- said ------------------------------------------------------------------------------------------------------------


class NotaPerhitunganSigned(Event):
    example = {"application_id": APPLICATION, "number": "NP-2016-00031", "total": 187_625}
    number: str
    total: Rupiah


class NotaPerhitunganFiled(Event):
    """The nota exists as a paper. A total of zero means that nothing is to be paid and no SKRD follows."""

    example = {
        "application_id": APPLICATION,
        "document": example("nota_perhitungan", "NP-2016-00031"),
        "total": 187_625,
        "signed_at": "2016-03-10T09:00:00+07:00",
    }
    document: Document
    total: Rupiah
    signed_at: AwareDatetime


class SkrdSigned(Event):
    example = {"application_id": APPLICATION, "number": "4.1.2.03.01/00012/2016"}
    number: str


class SkrdIssued(Event):
    """The SKRD exists as a paper: what is to be paid, by when, under which code."""

    example = {
        "application_id": APPLICATION,
        "document": example("skrd", "4.1.2.03.01/00012/2016"),
        "amount": 187_625,
        "due_on": "2016-04-09",
        "payment_code": "201603000123",
        "issued_at": "2016-03-10T10:00:00+07:00",
    }
    document: Document
    amount: Rupiah
    due_on: date
    payment_code: str
    issued_at: AwareDatetime


class SkrdPaid(Event):
    """The SKRD is paid in full. `late_days` counts from the day after it was due."""

    example = {
        "application_id": APPLICATION,
        "amount": 187_625,
        "paid_at": "2016-03-15T11:20:00+07:00",
        "late_days": 0,
    }
    amount: Rupiah
    paid_at: AwareDatetime
    late_days: int = Field(ge=0)


class TeguranRaised(Event):
    """A debt is late: it was claimed by a teguran. `principal` and `interest` are what was left to pay on that day."""

    example = {
        "application_id": APPLICATION,
        "number": "TGR-2016-00004",
        "skrd_number": "4.1.2.03.01/00012/2016",
        "principal": 187_625,
        "interest": 3_753,
        "due_on": "2016-04-09",
        "pay_by": "2016-04-23",
        "payment_code": "201603000123",
    }
    number: str
    skrd_number: str
    principal: Rupiah
    interest: Rupiah
    due_on: date
    pay_by: date
    payment_code: str


class StrdRaised(Event):
    """The teguran brought nothing: what is owed is claimed by an STRD, numbered and not yet printed."""

    example = {"application_id": APPLICATION, "number": "STRD-2016-00002"}
    number: str


class StrdIssued(Event):
    """The STRD exists as a paper. `principal` and `interest` are what was left to pay on its day."""

    example = {
        "application_id": APPLICATION,
        "document": example("strd", "STRD-2016-00002"),
        "skrd_number": "4.1.2.03.01/00012/2016",
        "principal": 187_625,
        "interest": 3_753,
        "pay_by": "2016-05-01",
        "payment_code": "201603000123",
    }
    document: Document
    skrd_number: str
    principal: Rupiah
    interest: Rupiah
    pay_by: date
    payment_code: str


class ReceiptIssued(Event):
    """The receipt exists as a paper: the principal of the SKRD, `amount`, is paid in full. `interest` was paid with it,
    `interest_left` is still owed."""

    example = {
        "application_id": APPLICATION,
        "document": example("tanda_bukti_pembayaran", "TBP-2016-00009"),
        "skrd_number": "4.1.2.03.01/00012/2016",
        "amount": 187_625,
        "interest": 0,
        "interest_left": 0,
        "paid_at": "2016-03-15T11:20:00+07:00",
    }
    document: Document
    skrd_number: str
    amount: Rupiah
    interest: Rupiah = 0
    interest_left: Rupiah = 0
    paid_at: AwareDatetime
