"""Money that belongs elsewhere: what waits for the treasurer's decision, its way to the right SKRD, its way back."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from contracts.base import Command, Event, Query, Shape, Words
from contracts.documents import Document, example
from contracts.intake import APPLICATION
from contracts.intake.shapes import EMAIL
from contracts.retribution.changes import Day, Decree, Name, Reason
from values.rupiah import Rupiah

Reference = Annotated[Words, Field(min_length=4, max_length=60)]
Number = Annotated[str, Field(min_length=5, max_length=40)]
NOBODYS = "pengembalian-"


def subject_of(number: str, application_id: str | None) -> str:
    """What the facts of a refund are about: the file its money lies with, or the refund itself where the money came
    under a code that is nobody's."""
    return application_id or f"{NOBODYS}{number}"


def is_nobodys(subject: str) -> bool:
    """Whether such a fact is about the refund itself, and no file knows of it."""
    return subject.startswith(NOBODYS)


class Account(Shape):
    """Who is paid back and where: personal, kept with the refund alone."""

    name: Name
    bank: Name
    number: str = Field(pattern=r"^[0-9]{5,30}$")


class Payee(Shape):
    """Whom a letter about money that is nobody's goes to: no file knows them, the treasurer does. Personal data."""

    name: Name
    email: str = Field(pattern=EMAIL, max_length=200)


class MoneyWaiting(Query):
    """All money that waits for a decision (unknown code, ended file, too much paid), and every refund that is not paid
    out yet, or that nobody was told of. `all`: also those that were paid or refused. `said_of`: with the words of the
    bank's statement about that reference. `principal_of`: with what was paid of the principal of that
    file, when it ended (`ended`): it waits for nothing, and goes back by a decree alone."""

    example = {"refunds": "open"}
    refunds: Literal["open", "all"] = "open"
    principal_of: str | None = None
    said_of: str | None = Field(default=None, max_length=60)


class AssignMoney(Command):
    """The treasurer gives money, or a part of it, to the SKRD it was meant for. It counts there from the day it came
    in. `reference` is the bank's, or the number of the assignment by which it came where it lies now."""

    example = {
        "command_id": "c-00000110",
        "reference": "BJB-20160315-000981",
        "amount": 187_625,
        "payment_code": "201603000123",
        "reason": "Kode bayar salah ketik di loket bank; surat penyetor 16 Maret 2016.",
    }
    reference: Reference
    amount: Rupiah = Field(gt=0)
    payment_code: str = Field(pattern=r"^[0-9]{6,20}$")
    reason: Reason


class ProposeRefund(Command):
    """The treasurer proposes to give money back. `asked_on`: the day the payer's letter came in; from it the time to
    decide is counted. `decree`: by which principal of a file that ended is given back; without one, what waits is.
    `email`: where the payer of money that is nobody's can be written to, when the bank or their letter names it; of a
    file its applicant is told."""

    example = {
        "command_id": "c-00000111",
        "reference": "BJB-20160315-000981",
        "amount": 1_000,
        "reason": "Dibayar dua kali oleh penyetor yang sama.",
        "account": {"name": "Sri Wahyuni", "bank": "Bank Jabar Banten", "number": "0012345678"},
        "asked_on": "2016-03-20",
    }
    reference: Reference
    amount: Rupiah = Field(gt=0)
    reason: Reason
    account: Account
    asked_on: Day | None = None
    decree: Decree | None = None
    email: str | None = Field(default=None, pattern=EMAIL, max_length=200)


class DecideRefund(Command):
    """The Head grants or refuses a refund that somebody else proposed."""

    example = {
        "command_id": "c-00000112",
        "number": "PGB-2016-00001",
        "granted": True,
        "decision": "Kelebihan terbukti dari rekening koran.",
    }
    number: Number
    granted: bool
    decision: Reason


class RecordRefundPaid(Command):
    """The treasurer enters that a granted refund was paid out: by which transfer of the bank, on which day. `amount`:
    what left the account, to be compared with what was to be paid on that day, interest included."""

    example = {
        "command_id": "c-00000113",
        "number": "PGB-2016-00001",
        "bank_reference": "SP2D-20160402-0007",
        "day": "2016-04-02",
        "amount": 1_020,
    }
    number: Number
    bank_reference: Reference
    day: Day
    amount: Rupiah | None = Field(default=None, gt=0)


class RecordRefundTold(Command):
    """The treasurer notes how the payer of money that is nobody's was told that it goes back, by other ways than mail
    of ours: when, and by whom or with which letter."""

    example = {
        "command_id": "c-00000114",
        "number": "PGB-2016-00001",
        "how": "letter_by_hand",
        "day": "2016-04-03",
        "note": "Surat 973/112/2016 diterima sendiri oleh penyetor.",
    }
    number: Number
    how: Literal["letter_by_hand", "letter_by_post", "telephone", "bank"]
    day: Day
    note: Reason


class RefundDecided(Event):
    """A refund was granted, and its decision is not printed yet. It is about the file, or about the refund
    (`is_nobodys`)."""

    example = {"application_id": APPLICATION, "number": "PGB-2016-00001"}
    number: str


class RefundGranted(Event):
    """A refund was granted: so much is set apart, to be paid out by that day, and the decision exists as a paper (None:
    said by a version that printed none). `compensation`: interest that is paid out beside the amount. `payee`: whom to
    write to, where no file knows it."""

    example = {
        "application_id": APPLICATION,
        "document": example("surat_pengembalian", "PGB-2016-00001"),
        "number": "PGB-2016-00001",
        "amount": 1_000,
        "compensation": 20,
        "pay_by": "2016-06-01",
        "decided_at": "2016-04-01T10:00:00+07:00",
    }
    document: Document | None = None
    number: str
    amount: Rupiah
    compensation: Rupiah = 0
    pay_by: date
    decided_at: AwareDatetime | None = None
    payee: Payee | None = None


class RefundPaid(Event):
    """A refund left the city's account. `compensation`: all interest that was paid beside the amount. `payee`: as with
    `RefundGranted`."""

    example = {
        "application_id": APPLICATION,
        "number": "PGB-2016-00001",
        "amount": 1_000,
        "compensation": 20,
        "paid_on": "2016-04-02",
    }
    number: str
    amount: Rupiah
    compensation: Rupiah = 0
    paid_on: date
    payee: Payee | None = None
