"""One letter: composed, sent, and what became of it remembered."""

import hashlib
from collections.abc import Callable

from contracts.base import Event
from contracts.documents import Document
from plumbing.messaging.book import Book, NotYet, Reader
from services.notification import store
from services.notification.gateways import Post
from services.notification.model import Contact, Delivery
from services.notification.templates.compose import compose, turns

OFFICE = "Badan Pelayanan Perizinan Terpadu Kota Bekasi"
Finish = Callable[[Book], None]


def registered(reader: Reader, application_id: str) -> Contact:
    """The contact of a registered file; the news of its resi may still be on its way."""
    contact = store.contact(reader, application_id)
    if contact.resi is None:
        raise NotYet(f"the resi of {application_id} is not known here yet")
    return contact


def tell(
    post: Post,
    contact: Contact,
    event: Event,
    turn: str,
    variables: dict,
    papers: list[Document] | None = None,
    to: str = "applicant",
) -> Finish:
    """Send now; the returned function remembers what became of it."""
    message_id = hashlib.sha256(f"{turn}|{event.model_dump_json()}".encode()).hexdigest()[:32]
    outcome, detail = "no_address", "the applicant gave no e-mail address"
    if contact.email:
        common = {
            "recipient_name": contact.name,
            "licence_name": contact.licence_name,
            "tracking_url": f"{post.public_url}/lacak/{contact.file_number}",
            "office_name": OFFICE,
            "office_contact": post.settings.mail_from,
        }
        common = {name: value for name, value in common.items() if name in turns()[turn]}
        outcome, detail = post.send(contact.email, compose(turn, common | variables), message_id, papers or [])

    def finish(book: Book) -> None:
        delivery = Delivery(
            id=message_id,
            application_id=contact.id,
            turn=turn,
            channel="email",
            to=to,
            outcome=outcome,
            detail=detail,
            at=book.now,
        )
        store.save_delivery(book, delivery)

    return finish
