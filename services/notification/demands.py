"""Verbs of notification about a demand that changed and money that goes back: SKRDKB, SKRDLB, decisions, refunds."""

from catalogue.change_rules import change_rules
from contracts import retribution
from contracts.documents import Document
from contracts.retribution.refunds import is_nobodys
from plumbing.messaging.book import Book, Reader
from services.notification.gateways import Post
from services.notification.model import Contact
from services.notification.telling import Finish, registered, tell
from values.dates import long_date, office_date
from values.rupiah import format_rupiah
from values.verification_code import verification_code

ASKED = {
    "relief": "keringanan retribusi",
    "instalments": "pembayaran dengan angsuran",
    "cancellation": "pembatalan SKRD",
    "objection": "keberatan atas SKRD",
}
SILENCE_GRANTS = "Yang tidak diputus dalam waktunya dianggap dikabulkan. Keberatan tidak menunda kewajiban membayar"


def tell_supplement(post: Post, reader: Reader, event: retribution.SupplementIssued) -> Finish:
    """The demand was corrected: what it comes to now, and what of it is left."""
    contact = registered(reader, event.application_id)
    raised = event.document.kind == "skrdkb"
    variables = {
        "resi_number": contact.resi,
        "number": event.document.number,
        "principal": format_rupiah(event.principal),
        "left": format_rupiah(event.principal_left),
        **({"payment_code": event.payment_code} if raised else {"overpaid": format_rupiah(event.overpaid)}),
        "due_date": long_date(event.due_on) if event.principal_left else "tidak ada yang harus dibayar",
    }
    return tell(post, contact, event, event.document.kind, variables, [event.document])


def tell_change_proposed(post: Post, reader: Reader, event: retribution.ChangeProposed) -> Finish:
    """What the payer asked for lies before the Head. A cancellation is asked for by the office: of it they hear when it
    is decided."""
    if event.kind == "cancellation":
        return _nobody
    contact = registered(reader, event.application_id)
    variables = {
        "resi_number": contact.resi,
        "number": event.number,
        "asked": ASKED[event.kind],
        "asked_date": long_date(office_date(event.asked_at)),
        "decide_by": long_date(event.decide_by) if event.decide_by else "tidak ditentukan",
        "meanwhile": f"{SILENCE_GRANTS} ({change_rules().objection.legal_basis})."
        if event.decide_by
        else "Sampai diputus, tagihan dan batas waktunya tetap berlaku.",
    }
    return tell(post, contact, event, "perubahan_diterima", variables)


def tell_change(post: Post, reader: Reader, event: retribution.ChangeFiled) -> Finish:
    """The Head decided on relief, instalments, an objection or a cancellation."""
    contact = registered(reader, event.application_id)
    variables = {
        "resi_number": contact.resi,
        "number": event.document.number,
        "asked": ASKED[event.kind],
        "outcome": "dikabulkan" if event.granted else "ditolak",
        "left": format_rupiah(event.principal_left),
        "due_date": long_date(event.due_on) if event.due_on else "tidak ada yang harus dibayar",
    }
    return tell(post, contact, event, "keputusan_retribusi", variables, [event.document])


def tell_refund_granted(post: Post, reader: Reader, event: retribution.RefundGranted) -> Finish:
    """Money goes back, by that day; the decision is attached."""
    papers = [event.document] if event.document else []
    return _tell_refund(post, reader, event, "pengembalian_dikabulkan", papers, pay_by=long_date(event.pay_by))


def tell_refund_paid(post: Post, reader: Reader, event: retribution.RefundPaid) -> Finish:
    """Money went back."""
    return _tell_refund(post, reader, event, "pengembalian_dibayar", [], paid_on=long_date(event.paid_on))


def _tell_refund(
    post: Post,
    reader: Reader,
    event: retribution.RefundGranted | retribution.RefundPaid,
    template: str,
    papers: list[Document],
    **more: str,
) -> Finish:
    if is_nobodys(event.application_id):
        return _tell_payee(post, event, papers, **more)
    contact = registered(reader, event.application_id)
    known = {
        "resi_number": contact.resi,
        "number": event.number,
        "amount": format_rupiah(event.amount + event.compensation),
        "compensation": format_rupiah(event.compensation),
    }
    return tell(post, contact, event, template, known | more, papers)


def _tell_payee(
    post: Post,
    event: retribution.RefundGranted | retribution.RefundPaid,
    papers: list[Document],
    pay_by: str = "",
    paid_on: str = "",
) -> Finish:
    """No file knows who paid: the address is the one that the treasurer was given, if any."""
    if event.payee is None:
        return _nobody
    contact = Contact(id=event.application_id, name=event.payee.name, email=event.payee.email, licence_name="")
    code = verification_code(event.application_id, "surat_pengembalian", event.number)
    variables = {
        "number": event.number,
        "amount": format_rupiah(event.amount + event.compensation),
        "what": f"sudah dibayarkan pada {paid_on}" if paid_on else f"dibayarkan paling lambat {pay_by}",
        "check_url": f"{post.public_url}/periksa/{code}",
    }
    return tell(post, contact, event, "pengembalian_tanpa_berkas", variables, papers, to="payee")


def _nobody(book: Book) -> None:
    """Nobody is written to. Of nobody's money the treasurer notes how the payer was told."""
