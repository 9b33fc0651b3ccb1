"""Slow work of retribution: the receipt. It prints what was paid and adds nothing."""

from collections.abc import Callable

from catalogue.office import organisation
from catalogue.retribution.debt import Owed
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.officials import signature
from plumbing.papers import Papers
from services.retribution import store
from services.retribution.model import Assessment, late_days
from services.retribution.printing import TEMPLATES, filing, grouped, heading
from values.dates import long_date, office_date
from values.rupiah import format_rupiah
from values.terbilang import terbilang


def print_receipt(papers: Papers, reader: Reader, event: retribution.SkrdPaid) -> Callable[[Book], None]:
    """The receipt as a paper; with it the retribution step ends."""
    assessment = store.heard_of(reader, event.application_id)
    template = TEMPLATES / "tanda_bukti_pembayaran.typ"
    number, owed = assessment.receipt_number, _receipted(assessment, event)
    document = papers.file("tanda_bukti_pembayaran", template, receipt_data(papers, assessment, event), number)
    issued = retribution.ReceiptIssued(
        application_id=assessment.id,
        document=document,
        skrd_number=assessment.letter.number,
        amount=owed.principal,
        interest=owed.interest_paid,
        interest_left=owed.interest_left,
        paid_at=event.paid_at,
    )
    return filing(assessment.id, document, "receipt_issued", issued)


def _receipted(assessment: Assessment, event: retribution.SkrdPaid) -> Owed:
    """The account as it stood on the day the principal was paid."""
    return assessment.account_on(office_date(event.paid_at))


def receipt_data(papers: Papers, assessment: Assessment, event: retribution.SkrdPaid) -> dict:
    """What the receipt prints: what was paid, when, with which bank reference, how late."""
    skrd, owed = assessment.letter, _receipted(assessment, event)
    late = late_days(owed.due_on, office_date(event.paid_at))
    treasurers = organisation().officers_with("treasurer", on=office_date(event.paid_at))
    return {
        **heading(papers, assessment, "tanda_bukti_pembayaran", assessment.receipt_number, event.paid_at),
        "skrd_number": skrd.number,
        "skrd_date": long_date(office_date(skrd.signed_at)),
        "lines": [
            {
                "account_code": skrd.account_code,
                "description": f"Ketetapan pokok {assessment.licence_name}",
                "amount": format_rupiah(owed.principal),
            },
            *([_interest_line(owed)] if owed.interest_paid else []),
        ],
        "amount": format_rupiah(owed.principal + owed.interest_paid),
        "amount_words": terbilang(owed.principal + owed.interest_paid),
        "paid_at": signature(None, event.paid_at)["signed_at"],
        "payment_code": grouped(skrd.payment_code),
        "bank_reference": ", ".join(payment.bank_reference for payment in assessment.payments),
        "bank_name": organisation().units["bank_kas_daerah"].name,
        "due_date": long_date(owed.due_on),
        "days_late": f"{late} hari setelah jatuh tempo" if late else "Tidak ada (dibayar sebelum jatuh tempo)",
        "interest": _interest_said(owed),
        "signature": signature(treasurers[0].id if treasurers else None, event.paid_at, seat=("treasurer", None)),
    }


def _interest_line(owed: Owed) -> dict:
    """The code of account of interest is not known: none is printed."""
    return {
        "account_code": "–",
        "description": "Bunga keterlambatan yang dibayar",
        "amount": format_rupiah(owed.interest_paid),
    }


def _interest_said(owed: Owed) -> str:
    """Each line of the interest with all it was computed from, and what of it is still to be paid."""
    if not owed.interest:
        return "Tidak ada"
    reasons = "; ".join(f"{said['said']}, {said['article']}" for said in (line.as_dict() for line in owed.lines))
    return f"{reasons}. Belum dibayar: {format_rupiah(owed.interest_left)}"
