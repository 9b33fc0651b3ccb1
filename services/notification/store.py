"""Drawers of notification: the only file that knows its collections."""

from plumbing.messaging.book import Book, NotYet, Reader
from services.notification.model import Contact, Delivery

RECORDS = None  # letters read the contact before they are sent; the desk need not fetch it again
COLLECTIONS = {"contacts": [], "deliveries": ["application_id"]}


def contact(source: Book | Reader, application_id: str) -> Contact:
    document = source.get("contacts", application_id)
    if document is None:
        raise NotYet(f"contact of {application_id} is not here yet")
    return Contact.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})


def save_contact(book: Book, contact: Contact) -> None:
    book.put("contacts", {"_id": contact.id, **contact.model_dump(mode="json", exclude={"id"})})


def save_delivery(book: Book, delivery: Delivery) -> None:
    book.put("deliveries", {"_id": delivery.id, **delivery.model_dump(mode="json", exclude={"id"})})


def deliveries_of(reader: Reader, application_id: str) -> list[dict]:
    return sorted(reader.find("deliveries", {"application_id": application_id}), key=lambda d: d["at"])
