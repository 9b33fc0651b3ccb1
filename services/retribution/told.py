"""Who told of a payment: somebody by itself (the bank, the treasurer), or bank statements; and the counter-entry when
the statement that alone had told of it is taken back.
"""

from contracts.documents import Document
from plumbing.messaging.book import Book
from services.retribution import ledger
from services.retribution.model import TakenBack
from services.retribution.posting import day_of, unassigned
from values.dates import office_date

NOTIFIED = "notified"  # the source of all that no statement told of


def sources_of(kept: dict) -> list[str]:
    """`NOTIFIED` or numbers of statements, in the order they told."""
    return kept.get("sources", [NOTIFIED])


def told_by(book: Book, reference: str, source: str, before: list[str]) -> None:
    """From now on this source vouches for the payment as well."""
    sources = before if source in before else [*before, source]
    kept = book.get("payments", reference)
    if sources_of(kept) != sources:
        book.put("payments", kept | {"sources": sources})


def proven_by(book: Book, reference: str, proof: Document) -> None:
    """The paper that the treasurer had before them when they entered the payment; the first one stays."""
    kept = book.get("payments", reference)
    if "proof" not in kept:
        book.put("payments", kept | {"proof": proof.model_dump(mode="json")})


def no_longer_by(book: Book, kept: dict, source: str) -> None:
    """A statement is taken back, and others still vouch for the payment."""
    book.put("payments", kept | {"sources": [each for each in sources_of(kept) if each != source]})


def take_back(book: Book, payment: TakenBack, kept: dict) -> None:
    """The counter-entry of a payment; the payment itself stays, and says so. Money without a file leaves the ledger
    here, the other with its file. Nobody has to decide on it any more."""
    entry = f"{payment.statement}/{payment.bank_reference}"
    day = office_date(payment.taken_back_at).isoformat()
    days = {} if kept["application_id"] else {day: {n: -a for n, a in unassigned(payment)[day_of(payment)].items()}}
    ledger.post(book, ledger.holder_of(entry), ledger.NOBODYS, days, {}, {"payment_code": kept["payment_code"]})
    kept = kept | {"waits": 0}  # for nobody's decision
    book.put("payments", kept | {"taken_back": payment.statement})
    counter = {"outcome": "taken_back", "amount": -payment.amount, "paid_at": payment.taken_back_at.isoformat()}
    about = {"_id": entry, "reverses": payment.bank_reference, "taken_back": payment.statement}
    book.put("payments", kept | counter | about | {"paid_on": day, "posted": days})


def set_aside(book: Book, kept: dict) -> None:
    """It comes again after it was taken back: what was taken back stays as it is, under a name of its own."""
    book.put("payments", kept | {"_id": f"{kept['_id']} ({kept['taken_back']})"})
    book.put("payments", {"_id": kept["_id"], "times": kept.get("times", 1) + 1})
