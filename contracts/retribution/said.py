"""What retribution says: nota and SKRD signed and printed, money received, a debt claimed."""

from datetime import date

from pydantic import AwareDatetime, Field

from contracts.base import Event
from contracts.documents import Document, example
from contracts.intake import APPLICATION
from values.rupiah import Rupiah


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


class SkrdNumbered(Event):
    """Administration drew the SKRD and gave it its number: it waits for the Head's signature."""

    example = {
        "application_id": APPLICATION,
        "number": "4.1.2.03.01/00012/2016",
        "numbered_at": "2016-03-10T09:30:00+07:00",
    }
    number: str
    numbered_at: AwareDatetime


class SkrdSigned(Event):
    example = {"application_id": APPLICATION, "number": "4.1.2.03.01/00012/2016"}
    number: str


class SkrdIssued(Event):
    """The SKRD exists as a paper: what is to be paid, by when, under which code. `settled_at`: nothing of it is left,
    for it takes the place of a cancelled one and what was paid for that covers it. `covers`: the resi of all files it
    demands for, when there are several; it is said of each, and `leads` of the one that keeps the account."""

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
    settled_at: AwareDatetime | None = None
    covers: tuple[str, ...] = ()
    leads: bool = True


class DemandEnded(Event):
    """Nothing is asked for on this file any more: it ended before its SKRD was paid."""

    example = {"application_id": APPLICATION, "ended_at": "2016-03-12T10:00:00+07:00"}
    ended_at: AwareDatetime


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


class TeguranFiled(Event):
    """The teguran exists as a paper too: the letter as it went out."""

    example = {
        "application_id": APPLICATION,
        "document": example("teguran", "TGR-2016-00004"),
        "issued_at": "2016-04-16T08:00:00+07:00",
    }
    document: Document
    issued_at: AwareDatetime


class StrdSigned(Event):
    """The teguran brought nothing: the Head signed an STRD for what is owed. It is numbered and not yet printed."""

    example = {"application_id": APPLICATION, "number": "STRD-2016-00002"}
    number: str


class StrdIssued(Event):
    """The signed STRD exists as a paper. `principal` and `interest` are what was left to pay on its day."""

    example = {
        "application_id": APPLICATION,
        "document": example("strd", "STRD-2016-00002"),
        "skrd_number": "4.1.2.03.01/00012/2016",
        "principal": 187_625,
        "interest": 3_753,
        "pay_by": "2016-05-01",
        "payment_code": "201603000123",
        "issued_at": "2016-04-24T09:00:00+07:00",
    }
    document: Document
    skrd_number: str
    principal: Rupiah
    interest: Rupiah
    pay_by: date
    payment_code: str
    issued_at: AwareDatetime


class FurtherPaid(Event):
    """Money came in after the receipt of the principal: it has a receipt of its own, numbered and not yet printed."""

    example = {"application_id": APPLICATION, "number": "TBP-2016-00011"}
    number: str


class FurtherReceiptIssued(Event):
    """The receipt of a later payment exists as a paper: what of it was principal, interest, and more than was owed;
    `interest_left` is what was still owed then."""

    example = {
        "application_id": APPLICATION,
        "document": example("tanda_bukti_pembayaran", "TBP-2016-00011"),
        "skrd_number": "4.1.2.03.01/00012/2016",
        "principal": 0,
        "interest": 3_753,
        "overpaid": 0,
        "interest_left": 0,
        "paid_at": "2016-05-02T11:20:00+07:00",
    }
    document: Document
    skrd_number: str
    principal: Rupiah
    interest: Rupiah
    overpaid: Rupiah
    interest_left: Rupiah
    paid_at: AwareDatetime


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
