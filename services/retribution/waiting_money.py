"""Money that waits for a decision, wherever it lies: under an unknown code, for a file that ended, or too much paid."""

from typing import Literal, NamedTuple

from contracts import retribution
from plumbing.messaging.book import Book, Reader
from services.retribution import refund_store, statement_store, store
from services.retribution.model import Assessment, Payment, Taken
from services.retribution.refund_store import Refund
from services.retribution.told import sources_of
from values.dates import office_date
from values.refusal import Refusal


class Waits(NamedTuple):
    """Money under one reference. `waiting`: what of it nobody decided on yet; `proposed`: what of that a refund was
    proposed for. Whole rupiah."""

    payment: Payment
    why: Literal["unknown_code", "closed_file", "overpaid", "ended"]
    waiting: int
    proposed: int

    @property
    def free(self) -> int:
        """What may still be assigned, or proposed for a refund; a later SKRDKB may have used what was proposed."""
        return max(0, self.waiting - self.proposed)


class Source(NamedTuple):
    """Where money lies: with a file, or with nobody (`assessment` is None, `document` as it is kept)."""

    waits: Waits
    payment_code: str
    assessment: Assessment | None
    document: dict | None

    @property
    def principal(self) -> Waits | None:
        """What of it was principal of a file that ended, as `waiting`; None when its file did not end."""
        return _principal(self.assessment, self.waits) if self.assessment and self.assessment.closed else None

    @property
    def compensation(self) -> int:
        """Interest that the city owes on the file, and its next refund takes along."""
        return self.assessment.account.compensation if self.assessment and self.assessment.account else 0

    @property
    def taken(self) -> list[Taken]:
        """What left it, or is to leave it."""
        return self.assessment.taken if self.assessment else _taken(self.document)


def of_file(assessment: Assessment) -> list[Waits]:
    """What is there beyond what is owed, by the payments it came with."""
    return [each for each in _by_payment(assessment) if each.waiting]


def _by_payment(assessment: Assessment) -> list[Waits]:
    """What came in last is too much first."""
    left, found = assessment.overpaid, []
    for payment in sorted(assessment.payments, key=lambda each: (each.after_end, each.paid_at, each.reference))[::-1]:
        mine = [taken for taken in assessment.taken if taken.reference == payment.reference]
        waiting = min(left, payment.amount - sum(taken.amount for taken in mine if taken.at))
        left -= waiting
        proposed = sum(taken.amount for taken in mine if taken.at is None and not taken.principal)
        found.append(Waits(payment, "closed_file" if payment.after_end else "overpaid", waiting, proposed))
    return found


def principal_of(assessment: Assessment) -> list[Waits]:
    """What was paid of the principal of a file that ended, by the payments it came with; none while it goes on."""
    found = (_principal(assessment, each) for each in _by_payment(assessment)) if assessment.closed else ()
    return [each for each in found if each.waiting]


def _principal(assessment: Assessment, beyond: Waits) -> Waits:
    """Of one payment, beside what of it is too much or left already; never more than the file has of it."""
    payment, account = beyond.payment, assessment.account
    all_of_it = sum(each.principal for each in account.settled) if account and not payment.after_end else 0
    mine = [taken for taken in assessment.taken if taken.reference == payment.reference]
    rest = payment.amount - beyond.waiting - sum(taken.amount for taken in mine if taken.at)
    others = sum(t.amount for t in assessment.taken if t.principal and not t.at and t.reference != payment.reference)
    proposed = sum(taken.amount for taken in mine if taken.principal and taken.at is None)
    return Waits(payment, "ended", max(0, min(rest, all_of_it - others)), proposed)


def of_nobody(document: dict) -> Waits:
    """What of a payment under an unknown code was not decided on."""
    fields = {name: document[name] for name in ("amount", "paid_at", "channel")}
    payment = Payment.model_validate({"bank_reference": document["_id"], **fields})
    proposed = sum(taken.amount for taken in _taken(document) if taken.at is None)
    return Waits(payment, "unknown_code", document["waits"], proposed)


def lies(book: Book | Reader, reference: str) -> Source:
    """Where the money under a reference lies, also when none of it waits any more; refused when it is unknown."""
    document = store.payment(book, reference)
    if document and document["application_id"] is None:
        return Source(of_nobody(document), document["payment_code"], None, document)
    moved = None if document else refund_store.assignment(book, reference)
    if file := document["application_id"] if document else moved and moved.application_id:
        assessment = store.asked_for(book, file)
        waits = next((each for each in _by_payment(assessment) if each.payment.reference == reference), None)
        if waits:  # else it was taken back with its statement
            return Source(waits, assessment.letter.payment_code, assessment, None)
    raise Refusal(
        "unknown_reference",
        f"Tidak ada uang yang tercatat dengan acuan {reference}.",
        field="reference",
        remedy="Muat ulang daftar uang yang menunggu keputusan.",
    )


def keep(book: Book, found: Source, taken: list[Taken]) -> None:
    """Where money lies is kept again, with what left it."""
    if found.assessment is not None:
        found.assessment.taken = taken
        store.save(book, found.assessment)
        return
    outcome = found.document["outcome"]
    store.keep_payment(book, found.waits.payment, found.payment_code, None, outcome, taken)


def _taken(document: dict) -> list[Taken]:
    return [Taken.model_validate(each) for each in document.get("taken", [])]


def money_waiting(reader: Reader, question: retribution.MoneyWaiting) -> dict:
    """All that waits, the oldest first, with its sum; and the refunds."""
    nobodys = reader.find("payments", {"waits": {"$gt": 0}})
    rows = [_row(of_nobody(each), each["payment_code"], None) for each in nobodys]
    for document in reader.find("assessments", {"excess": {"$gt": 0}}):
        assessment = store.assessment_of(document)
        rows += [_row(waits, assessment.letter.payment_code, assessment) for waits in of_file(assessment)]
    ended = store.find(reader, question.principal_of) if question.principal_of else None
    rows.sort(key=lambda row: (row["paid_at"], row["reference"]))
    refunds = refund_store.refunds(reader, every=question.refunds == "all")
    return {
        "waiting": rows,
        "sum": sum(row["waiting"] for row in rows),
        "ended": [_row(each, ended.letter.payment_code, ended) for each in principal_of(ended)] if ended else [],
        "refunds": [_shown(reader, each) for each in refunds],
        "said": _said(reader, question.said_of) if question.said_of else None,
    }


def _said(reader: Reader, reference: str) -> str | None:
    """What a statement of the bank says of money, in its own words: often who paid. None: no statement told of it."""
    for number in sources_of(store.payment(reader, reference) or {}):
        for line in statement_store.lines_of(reader, number):
            if line["reference"] == reference:
                return line["text"]
    return None


def _shown(reader: Reader, refund: Refund) -> dict:
    """With what is paid out, part by part, were it today (`lines`), and all of it (`pays`)."""
    owed = lies(reader, refund.reference).compensation if refund.state == "proposed" else 0
    lines = refund.lines(office_date(reader.now), owed)
    told = {"untold": refund.untold}
    return refund.model_dump(mode="json") | told | {"lines": lines, "pays": sum(lines.values())}


def _row(waits: Waits, payment_code: str, assessment: Assessment | None) -> dict:
    payment = waits.payment
    return {
        "reference": payment.reference,
        "bank_reference": payment.bank_reference,
        "payment_code": payment_code,
        "paid_at": payment.paid_at.isoformat(),
        "channel": payment.channel,
        "amount": payment.amount,
        "why": waits.why,
        "waiting": waits.waiting,
        "free": waits.free,
        "compensation": assessment.account.compensation if assessment else 0,
        "application_id": assessment and assessment.id,
        "resi": assessment and assessment.resi,
        "payer": assessment and assessment.payer.name,
    }
