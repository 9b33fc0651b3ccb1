"""Money coming in: counted once whatever the bank repeats, and never dropped."""

from datetime import datetime

from catalogue.bank_statement import statement_form
from catalogue.retribution.debt import Owed
from contracts import retribution
from plumbing.messaging.book import Book
from plumbing.numbering import allocate
from services.retribution import joint, store, told
from services.retribution.late_model import Receipt
from services.retribution.model import Assessment, Payment, late_days
from values.dates import office_date
from values.happening import acting_moment
from values.refusal import Refusal
from values.rupiah import format_rupiah


def record(book: Book, order: retribution.RecordPayment, source: str = told.NOTIFIED) -> dict:
    """Take one payment. Its outcome is always defined: matched (the principal is paid), partial, interest (nothing
    but interest was left), overpaid, unknown code, closed file. The answer says what of it was principal and interest.

    The same bank reference with other figures is a conflict and refused; with the same figures it is the same payment.
    `source` is the number of the bank statement when it tells of the payment.
    """
    known = store.payment(book, order.bank_reference)
    if known is None or known.get("taken_back"):
        answer = _take(book, order, known)
        before = []
    else:
        named = _named_only_now(known, order)
        answer = _take(book, order) if named else _repeated(known, order)
        before = told.sources_of(known)
    told.told_by(book, order.bank_reference, source, before)
    if order.proof:
        told.proven_by(book, order.bank_reference, order.proof)
    return answer


def _take(book: Book, order: retribution.RecordPayment, gone: dict | None = None) -> dict:
    payment = Payment(
        bank_reference=order.bank_reference, amount=order.amount, paid_at=order.paid_at, channel=order.channel
    )
    application_id = store.application_of_code(book, order.payment_code)
    assessment = store.find(book, application_id) if application_id else None
    _require_plausible(order, book.now, assessment.since if assessment else ())
    if gone:
        told.set_aside(book, gone)
    if assessment is None:
        store.keep_payment(book, payment, order.payment_code, None, "unknown_code")
        return {"outcome": "unknown_code", "repeated": False}
    answer = count(book, assessment, payment)
    store.keep_payment(book, payment, order.payment_code, assessment.id, answer["outcome"])
    return answer | {"repeated": False}


def count(book: Book, assessment: Assessment, payment: Payment) -> dict:
    """Money comes to a file: it counts from the moment it came in. What became of it, and of the file."""
    account, before = assessment.account, assessment.receipt_number or assessment.settled_at
    payment.after_end = assessment.closed is not None
    assessment.payments.append(payment)
    outcome = _outcome(assessment)
    split = {} if outcome == "closed_file" else _split(assessment, payment)
    note = f"{payment.bank_reference}: {format_rupiah(payment.amount)}{_in_words(split)}"
    assessment.history.append(book.happening(f"payment_{outcome}", payment.paid_at, note))
    if before is None and assessment.settled_at and outcome != "closed_file":
        settle(book, assessment)
    elif before and outcome != "closed_file":
        _receipt(book, assessment, payment, account)
    store.save(book, assessment)
    return {"outcome": outcome, "paid": assessment.paid, "overpaid": assessment.overpaid} | split


def _named_only_now(known: dict, order: retribution.RecordPayment) -> bool:
    """A line of a bank statement had brought it without a code; here is the same money with one."""
    nameless = statement_form().no_code
    unnamed = known["payment_code"] == nameless and known["application_id"] is None and not known.get("taken")
    return unnamed and order.payment_code != nameless and known["amount"] == order.amount


def _split(assessment: Assessment, payment: Payment) -> dict[str, int]:
    """What of this payment was principal, what interest, and what of each is left on the day of the last payment."""
    account = assessment.account
    mine = next(each for each in account.settled if each.reference == payment.reference)
    left = {"principal_left": account.principal_left, "interest_left": account.interest_left}
    return {"principal": mine.principal, "interest": mine.interest, **left}


def _in_words(split: dict[str, int]) -> str:
    """Said only where there is interest: most pay in time."""
    if not split or not (split["interest"] or split["interest_left"]):
        return ""
    shares = f"pokok {format_rupiah(split['principal'])}, bunga {format_rupiah(split['interest'])}"
    return f" ({shares}; bunga belum dibayar {format_rupiah(split['interest_left'])})"


def _require_plausible(order: retribution.RecordPayment, now: datetime, since: datetime | tuple[()]) -> None:
    """Money does not come in tomorrow, nor before the file stood for assessment."""
    acting_moment(order.acted_at, now, since)
    try:
        acting_moment(order.paid_at, now, since)
    except Refusal as no:
        raise Refusal(no.code, no.message, field="paid_at", remedy=no.remedy) from None


def _repeated(known: dict, order: retribution.RecordPayment) -> dict:
    fields = {"amount": order.amount}
    if known["payment_code"] != statement_form().no_code:  # a line that named no code contradicts none
        fields["payment_code"] = order.payment_code
    words = {"amount": "jumlah", "payment_code": "kode bayar"}
    different = [name for name, value in fields.items() if known[name] != value]
    if different:
        which = " dan ".join(words[name] for name in different)
        by_hand = order.channel == "treasurer"
        what, where = ("Nomor bukti", "Periksa buktinya") if by_hand else ("Referensi bank", "Periksa ke bank")
        raise Refusal(
            "conflicting_repeat",
            f"{what} {order.bank_reference} sudah tercatat dengan {which} yang berbeda.",
            field=different[0],
            remedy=f"{where}; pembayaran yang sudah tercatat tidak diubah.",
        )
    return {"outcome": known["outcome"], "repeated": True}


def _outcome(assessment: Assessment) -> str:
    if assessment.closed is not None:
        return "closed_file"
    account = assessment.account
    if account.overpaid:
        return "overpaid"
    if account.principal_left:
        return "partial"
    newest = assessment.payments[-1].reference
    return "matched" if next(each for each in account.settled if each.reference == newest).principal else "interest"


def _receipt(book: Book, assessment: Assessment, payment: Payment, before: Owed) -> None:
    """Money after the receipt of the principal has one of its own: by how much it brought down what was owed."""
    account, year = assessment.account, office_date(payment.paid_at).year
    principal = min(payment.amount, max(0, _principal_paid(account) - _principal_paid(before)))
    interest = min(payment.amount - principal, max(0, account.interest_paid - before.interest_paid))
    again = sum(each.reference == payment.reference for each in assessment.further_receipts)  # taken back between
    number = allocate(book, f"tanda_bukti/{year}", f"{assessment.id}/{payment.reference}#{again}")
    receipt = Receipt(
        number=f"TBP-{year}-{number:05d}",
        reference=payment.reference,
        paid_at=payment.paid_at,
        principal=principal,
        interest=interest,
        overpaid=payment.amount - principal - interest,
        interest_left=account.interest_left,
    )
    assessment.further_receipts.append(receipt)
    assessment.history.append(book.happening("further_paid", payment.paid_at, receipt.number))
    book.say(retribution.FurtherPaid(application_id=assessment.id, number=receipt.number))


def _principal_paid(account: Owed) -> int:
    return account.principal - account.principal_left


def settle(book: Book, assessment: Assessment) -> None:
    """Nothing of the principal is left, for the first time: the receipt gets its number, and the file goes on."""
    if assessment.receipt_number:
        return
    year = office_date(assessment.settled_at).year
    assessment.receipt_number = f"TBP-{year}-{allocate(book, f'tanda_bukti/{year}', assessment.id):05d}"
    assessment.history.append(book.happening("paid", assessment.settled_at, assessment.receipt_number))
    account, at = assessment.account, assessment.settled_at
    late = late_days(account.due_on, office_date(at))
    for each in joint.each_of(book, assessment):
        if each is not assessment:
            each.history.append(book.happening("paid", at, assessment.receipt_number))
            store.save(book, each)
        book.say(retribution.SkrdPaid(application_id=each.id, amount=account.principal, paid_at=at, late_days=late))
