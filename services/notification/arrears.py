"""Verbs of notification about money besides the SKRD: the teguran (itself the letter), the STRD, money paid
later, the tax note."""

from contracts import retribution
from plumbing.messaging.book import Reader
from plumbing.officials import clock_time
from services.notification.gateways import Post
from services.notification.telling import Finish, registered, tell
from values.dates import long_date
from values.rupiah import format_rupiah


def tell_teguran(post: Post, reader: Reader, event: retribution.TeguranRaised) -> Finish:
    """What is late, what it has cost by today, and by when to pay before an STRD follows."""
    said = {"number": event.number, "due_date": long_date(event.due_on)}
    return _claim(post, reader, event, "teguran", said)


def tell_strd(post: Post, reader: Reader, event: retribution.StrdIssued) -> Finish:
    """The STRD, with what it claims and by when."""
    return _claim(post, reader, event, "strd", {"number": event.document.number}, [event.document])


def tell_further_paid(post: Post, reader: Reader, event: retribution.FurtherReceiptIssued) -> Finish:
    """Money came in after the receipt of the principal: what it was for, and what of the interest is left."""
    contact = registered(reader, event.application_id)
    variables = {
        "resi_number": contact.resi,
        "skrd_number": event.skrd_number,
        "number": event.document.number,
        "amount": format_rupiah(event.principal + event.interest + event.overpaid),
        "interest": format_rupiah(event.interest),
        "overpaid": format_rupiah(event.overpaid),
        "interest_left": format_rupiah(event.interest_left),
        "paid_at": clock_time(event.paid_at),
    }
    return tell(post, contact, event, "pembayaran_susulan", variables, [event.document])


def tell_tax_note(post: Post, reader: Reader, event: retribution.TaxNoteFiled) -> Finish:
    """The Bidang's calculation of the tax: nothing is to be paid on it, and the file goes on."""
    contact = registered(reader, event.application_id)
    said = {"resi_number": contact.resi, "number": event.document.number, "total": format_rupiah(event.total)}
    return tell(post, contact, event, "nota_pajak", said, [event.document])


def _claim(post: Post, reader: Reader, event, turn: str, said: dict, papers: list | None = None) -> Finish:
    contact = registered(reader, event.application_id)
    variables = said | {
        "resi_number": contact.resi,
        "skrd_number": event.skrd_number,
        "principal": format_rupiah(event.principal),
        "interest": format_rupiah(event.interest),
        "total": format_rupiah(event.principal + event.interest),
        "payment_code": event.payment_code,
        "pay_by": long_date(event.pay_by),
    }
    return tell(post, contact, event, turn, variables, papers)
