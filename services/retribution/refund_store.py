"""Drawers of money that belongs elsewhere: assignments and refunds, each kept as it was made, by its number."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from catalogue.change_rules import change_rules
from catalogue.retribution import money_back
from contracts.documents import Document
from contracts.retribution.changes import Decree
from contracts.retribution.refunds import Account, Payee
from plumbing.messaging.book import Book, Reader
from services.retribution.late_model import Record
from values.rupiah import Rupiah

COLLECTIONS = {"assignments": [], "refunds": ["state", "paid_on", "untold"]}
OPEN = ("proposed", "granted")


class Assignment(Record):
    """Money that was given to the SKRD it was meant for. `application_id`: the file it lies with now."""

    number: str
    reference: str
    amount: Rupiah
    payment_code: str
    application_id: str
    came_from: str | None
    reason: str
    outcome: str
    assigned_by: str
    assigned_at: AwareDatetime


class Told(Record):
    """How the payer of money that is nobody's was told, as the treasurer noted it."""

    how: Literal["letter_by_hand", "letter_by_post", "telephone", "bank"]
    day: date
    note: str
    noted_by: str
    noted_at: AwareDatetime


class Refund(Record):
    """Money that goes back: proposed, granted or refused by somebody else, paid out. `application_id`: the file it
    lies with; None when its code was nobody's. `late_interest`: what the city owes for paying out late. `decree`: by
    which principal of a file that ended goes back. `document`: the decision as it was printed. `compensation`: interest
    that an objection of the file granted, and goes back with this. `paid_beside`: all interest that was paid with it;
    refunds paid by an earlier version paid none. `email`: of the payer of money that is nobody's; `told`: how else they
    were told."""

    number: str
    reference: str
    application_id: str | None
    amount: Rupiah
    reason: str
    account: Account
    decree: Decree | None = None
    asked_on: date
    decide_by: date
    proposed_by: str
    proposed_at: AwareDatetime
    state: Literal["proposed", "granted", "refused", "paid"] = "proposed"
    decided_by: str | None = None
    decided_at: AwareDatetime | None = None
    decision: str | None = None
    pay_by: date | None = None
    paid_by: str | None = None
    paid_on: date | None = None
    bank_reference: str | None = None
    late_interest: int = 0
    compensation: Rupiah = 0
    paid_beside: Rupiah = 0
    document: Document | None = None
    email: str | None = None
    told: list[Told] = Field(default_factory=list)

    @property
    def payee(self) -> Payee | None:
        """Whom to write to, where no file knows it; None where no address is known either."""
        return Payee(name=self.account.name, email=self.email) if self.email else None

    @property
    def untold(self) -> bool:
        """Whether money goes back that is nobody's, and nobody was told of it."""
        goes_back = self.state in ("granted", "paid")
        return goes_back and self.application_id is None and self.email is None and not self.told

    def lines(self, day: date, owed: int = 0) -> dict[str, int]:
        """What is paid out, part by part, when that is done on a day. `owed`: interest that the file's next refund
        takes along, as long as this one is not decided."""
        if self.state == "paid":
            parts = {"compensation": self.compensation, "late_interest": self.paid_beside - self.compensation}
        elif self.state == "granted":
            late = money_back.interest(self.amount, self.pay_by, day, change_rules().late_refund)
            parts = {"compensation": self.compensation, "late_interest": late}
        else:
            parts = {"compensation": owed if self.state == "proposed" else 0}
        return {"amount": self.amount} | {what: amount for what, amount in parts.items() if amount}


def keep_assignment(book: Book, assignment: Assignment) -> None:
    book.put("assignments", {"_id": assignment.number, **assignment.model_dump(mode="json", exclude={"number"})})


def assignment(book: Book | Reader, number: str) -> Assignment | None:
    document = book.get("assignments", number)
    return Assignment.model_validate(_named(document)) if document else None


def keep_refund(book: Book, refund: Refund) -> None:
    """With whether nobody was told of it (`untold`), which is left out where somebody was."""
    beside = {"untold": True} if refund.untold else {}
    book.put("refunds", {"_id": refund.number, **refund.model_dump(mode="json", exclude={"number"}), **beside})


def keep_paper(book: Book, number: str, document: Document) -> None:
    """With the refund, whatever happened to that since it was printed."""
    keep_refund(book, refund(book, number).model_copy(update={"document": document}))


def refund(book: Book | Reader, number: str) -> Refund | None:
    document = book.get("refunds", number)
    return Refund.model_validate(_named(document)) if document else None


def refunds(reader: Reader, every: bool = False) -> list[Refund]:
    """Those that are not paid out, or that nobody was told of, by index, or all; in the order of their numbers."""
    asked = [{}] if every else [{"state": {"$in": list(OPEN)}}, {"untold": True}]
    found = {each["_id"]: each for query in asked for each in reader.find("refunds", query)}
    return [Refund.model_validate(_named(each)) for _, each in sorted(found.items())]


def paid_between(reader: Reader, since: date, until: date) -> list[Refund]:
    """The refunds paid out between two days, both included, by index."""
    found = reader.find("refunds", {"paid_on": {"$gte": since.isoformat(), "$lte": until.isoformat()}})
    return [Refund.model_validate(_named(each)) for each in found]


def _named(document: dict) -> dict:
    return {"number": document["_id"]} | {
        name: value for name, value in document.items() if name not in ("_id", "untold")
    }
