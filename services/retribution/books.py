"""Drawers that lie across files: payments and deposits by day, what is outstanding, signed recaps, the balance of the
night."""

from datetime import date

from contracts.documents import Document
from contracts.retribution import RecordDeposit
from plumbing.messaging.book import Book, Reader
from services.retribution.model import Payment
from services.retribution.posting import owing_on
from services.retribution.store import about, account_of, assessment_of, keep_payment, proof

LAST = "ledger-last"


def payments_between(reader: Reader, since: date, until: date) -> list[dict]:
    """Every payment that came in between two days, both included, by index."""
    return reader.find("payments", {"paid_on": {"$gte": since.isoformat(), "$lte": until.isoformat()}})


def owing(reader: Reader, last: str, also: set[str]) -> list[dict]:
    """The SKRDs that owed principal at the end of a day, in the order of their day: found among those that owe now, by
    index, and those that are named."""
    documents = reader.find("assessments", {"owing_since": {"$gt": "2000", "$lte": last}})
    documents += reader.find("assessments", {"_id": {"$in": sorted(also)}}) if also else []
    found = {}
    for document in documents:
        if amount := owing_on(document["posted"], last):
            assessed = assessment_of(document)
            posted = min(day for day, amounts in document["posted"].items() if amounts.get("assessed"))
            account = account_of(assessed)._asdict()
            found[assessed.id] = {"day": posted, "holder": assessed.id, **account, **about(assessed), "amount": amount}
    return sorted(found.values(), key=lambda each: (each["day"], each["holder"]))


# --- deposits --------------------------------------------------------------------------------------------------------


def deposit(book: Book, reference: str) -> dict | None:
    """What is known of this deposit: each is entered once, by the bank's reference."""
    return book.get("deposits", reference)


def keep_deposit(book: Book, order: RecordDeposit, number: str) -> None:
    fields = order.model_dump(mode="json", include={"day", "amount", "proof"})
    entered = {"entered_by": book.actor.id, "entered_at": book.now.isoformat()}
    book.put("deposits", {"_id": order.reference, "number": number, **fields, **entered})


def deposits_between(reader: Reader, since: date, until: date) -> list[dict]:
    """The deposits between two days, both included, by index."""
    return reader.find("deposits", {"day": {"$gte": since.isoformat(), "$lte": until.isoformat()}})


# --- signed recaps ---------------------------------------------------------------------------------------------------


def signed_recaps(source: Book | Reader, period: str) -> list[dict]:
    """Every signed recap of a period, the one that counts last."""
    return (source.get("recaps", recap_id(period)) or {"signed": []})["signed"]


def recap_id(period: str) -> str:
    """The name by which facts and papers speak of a period's recap."""
    return f"recap-{period}"


def keep_recap(book: Book, period: str, signed: dict) -> None:
    """A signed recap is never changed; another one for the same period comes after it and names it."""
    book.put("recaps", {"_id": recap_id(period), "signed": [*signed_recaps(book, period), signed]})


def keep_recap_paper(book: Book, period: str, document: Document) -> None:
    """The paper joins the signed recap of its number."""
    paper = document.model_dump(mode="json")
    every = [
        each | {"document": paper} if each["number"] == document.number else each
        for each in signed_recaps(book, period)
    ]
    book.put("recaps", {"_id": recap_id(period), "signed": every})


# --- files of an older version, and the balance of the night ---------------------------------------------------------


def unposted(reader: Reader) -> list[str]:
    """The files kept by a version that knew no ledger, or no waiting money, found by index."""
    return [document["_id"] for document in reader.find("assessments", {"excess": None}) if "ended" not in document]


def unposted_payments(reader: Reader) -> list[str]:
    """The payments kept by a version that knew no ledger, or no waiting money, found by index."""
    return reader.ids("payments", {"waits": None})


def enter_payment(book: Book, reference: str) -> None:
    """A payment kept by an older version gets its day, and is entered into the ledger when it is nobody's."""
    kept = book.get("payments", reference)
    fields = {name: kept[name] for name in ("amount", "paid_at", "channel")}
    payment = Payment.model_validate({"bank_reference": reference, **fields})
    keep_payment(book, payment, kept["payment_code"], kept["application_id"], kept["outcome"])


def balanced(reader: Reader, night: str) -> bool:
    """Whether all days were compared that night."""
    return proof(reader, night) is not None


def differed(source: Book | Reader) -> list[str]:
    """The days that did not agree at the last nightly look."""
    return (source.get("proofs", LAST) or {}).get("different", [])


def keep_balance(book: Book, night: str, different: list[str]) -> None:
    for id in (night, LAST):
        book.put("proofs", {"_id": id, "night": night, "different": different})
