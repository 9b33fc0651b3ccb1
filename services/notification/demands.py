"""Verbs of notification about a demand that changed: SKRDKB, SKRDLB, and the Head's decisions."""

from contracts import retribution
from plumbing.messaging.book import Reader
from services.notification.gateways import Post
from services.notification.telling import Finish, registered, tell
from values.dates import long_date
from values.rupiah import format_rupiah

ASKED = {
    "relief": "keringanan retribusi",
    "instalments": "pembayaran dengan angsuran",
    "cancellation": "pembatalan SKRD",
    "objection": "keberatan atas SKRD",
}


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
