"""Slow work of retribution: receipts, of the principal and of what came later. They print what was paid, no more."""

from collections.abc import Callable
from datetime import datetime

from catalogue.late_rules import interest_account
from catalogue.office import organisation
from catalogue.retribution.debt import Owed
from catalogue.skrd_rules import skrd_rules
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.officials import signature
from plumbing.papers import Papers
from services.retribution import store
from services.retribution.late_model import Receipt
from services.retribution.model import Assessment, Payment, late_days
from services.retribution.printing import TEMPLATES, filing, grouped, heading
from values.dates import long_date, office_date
from values.rupiah import format_rupiah
from values.terbilang import terbilang

Line = tuple[str, str, int]  # code of account, description, whole rupiah
OVERPAID = "Lebih dari yang terutang; menunggu keputusan"


def print_receipt(papers: Papers, reader: Reader, event: retribution.SkrdPaid) -> Callable[[Book], None]:
    """The receipt as a paper; with it the retribution step ends."""
    file = store.heard_of(reader, event.application_id)
    assessment = store.keeper(reader, file)
    template = TEMPLATES / "tanda_bukti_pembayaran.typ"
    number, owed = assessment.receipt_number, _receipted(assessment, event)
    data = receipt_data(papers, assessment, event) | heading(
        papers, file, "tanda_bukti_pembayaran", number, event.paid_at
    )
    document = papers.file("tanda_bukti_pembayaran", template, data, number)
    issued = retribution.ReceiptIssued(
        application_id=file.id,
        document=document,
        skrd_number=assessment.letter.number,
        amount=owed.principal,
        interest=owed.interest_paid,
        interest_left=owed.interest_left,
        paid_at=event.paid_at,
    )
    return filing(file.id, document, "receipt_issued", issued)


def print_further_receipt(papers: Papers, reader: Reader, event: retribution.FurtherPaid) -> Callable[[Book], None]:
    """The receipt of money that came in after the one of the principal, as a paper."""
    assessment = store.heard_of(reader, event.application_id)
    receipt = next(each for each in assessment.further_receipts if each.number == event.number)
    template = TEMPLATES / "tanda_bukti_pembayaran.typ"
    data = further_receipt_data(papers, assessment, receipt)
    document = papers.file("tanda_bukti_pembayaran", template, data, receipt.number)
    sums = receipt.model_dump(include={"principal", "interest", "overpaid", "interest_left", "paid_at"})
    issued = retribution.FurtherReceiptIssued(
        application_id=assessment.id, document=document, skrd_number=assessment.letter.number, **sums
    )
    return filing(assessment.id, document, "further_receipt_issued", issued)


def _receipted(assessment: Assessment, event: retribution.SkrdPaid) -> Owed:
    """The account on the day the principal was paid, without the money that has receipts of its own."""
    return _first(assessment).account_on(office_date(event.paid_at))


def _first(assessment: Assessment) -> Assessment:
    """As it was before anything was given elsewhere: a receipt says what came in, whenever it is printed."""
    later = {receipt.reference for receipt in assessment.further_receipts}
    payments = [payment for payment in assessment.payments if payment.reference not in later]
    return assessment.model_copy(update={"payments": payments, "taken": []})


def receipt_data(papers: Papers, assessment: Assessment, event: retribution.SkrdPaid) -> dict:
    """What the receipt prints: what was paid, when, with which bank reference, how late."""
    owed = _receipted(assessment, event)
    lines = [(assessment.letter.account_code, f"Ketetapan pokok {assessment.licence_name}", owed.principal)]
    lines += [_interest_line(owed.interest_paid)] if owed.interest_paid else []
    lines += [("–", OVERPAID, owed.overpaid)] if owed.overpaid else []
    late = late_days(owed.due_on, office_date(event.paid_at))
    return {
        **_data(papers, assessment, assessment.receipt_number, event.paid_at, lines),
        "stamp": "LUNAS",
        "bank_reference": ", ".join(_where(payment) for payment in _first(assessment).payments),
        "due_date": long_date(owed.due_on),
        "days_late": f"{late} hari setelah jatuh tempo" if late else "Tidak ada (dibayar sebelum jatuh tempo)",
        "interest": _interest_said(owed, owed.interest_left),
        "closing": "Tanda bukti ini sah sebagai bukti pelunasan dan dilampirkan pada berkas perizinan. Simpan tanda "
        "bukti ini untuk pengambilan dokumen izin.",
    }


def further_receipt_data(papers: Papers, assessment: Assessment, receipt: Receipt) -> dict:
    """What a later receipt prints: what of the money was principal, interest, too much, and what is still owed."""
    owed = assessment.account_on(office_date(receipt.paid_at))
    came = [*assessment.payments, *assessment.taken_back]
    payment = next(each for each in came if each.reference == receipt.reference)
    named = [
        (assessment.letter.account_code, f"Pokok {assessment.licence_name} yang dibayar", receipt.principal),
        _interest_line(receipt.interest),
        ("–", OVERPAID, receipt.overpaid),
    ]
    late = late_days(owed.due_on, office_date(receipt.paid_at))
    return {
        **_data(papers, assessment, receipt.number, receipt.paid_at, [line for line in named if line[2]]),
        "stamp": "DITERIMA",
        "bank_reference": _where(payment),
        "due_date": long_date(owed.due_on),
        "days_late": f"{late} hari setelah jatuh tempo" if late else "Tidak ada",
        "interest": _interest_said(owed, receipt.interest_left),
        "closing": f"Tanda bukti ini untuk pembayaran sesudah tanda bukti {assessment.receipt_number or 'pokok'} dan "
        "dilampirkan pada berkas perizinan.",
    }


def _data(papers: Papers, assessment: Assessment, number: str, paid_at: datetime, lines: list[Line]) -> dict:
    skrd, total = assessment.letter, sum(amount for *_, amount in lines)
    treasurers = organisation().officers_with("treasurer", on=office_date(paid_at))
    with_interest = any(code == interest_account().code for code, *_ in lines)
    return {
        **heading(papers, assessment, "tanda_bukti_pembayaran", number, paid_at),
        "skrd_number": skrd.number,
        "skrd_date": long_date(office_date(skrd.signed_at)),
        "lines": [
            {"account_code": code, "description": said, "amount": format_rupiah(amount)} for code, said, amount in lines
        ],
        "assumptions": interest_account().said if with_interest else [],
        "amount": format_rupiah(total),
        "amount_words": terbilang(total),
        "paid_at": signature(None, paid_at)["signed_at"],
        "payment_code": grouped(skrd.payment_code),
        "copies": skrd_rules().copies_said,
        "signature": signature(treasurers[0].id if treasurers else None, paid_at, seat=("treasurer", None)),
    }


def _where(payment: Payment) -> str:
    """The number of the proof: the bank's, or the treasurer's for cash."""
    return payment.bank_reference + (" (tunai, bendahara penerimaan)" if payment.channel == "treasurer" else "")


def _interest_line(amount: int) -> Line:
    return interest_account().code, "Bunga keterlambatan yang dibayar", amount


def _interest_said(owed: Owed, left: int) -> str:
    """Each line of the interest with all it was computed from, and what of it is still to be paid."""
    if not owed.interest:
        return "Tidak ada"
    reasons = "; ".join(f"{said['said']}, {said['article']}" for said in (line.as_dict() for line in owed.lines))
    return f"{reasons}. Belum dibayar: {format_rupiah(left)}"
