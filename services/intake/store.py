"""Drawers of intake: the only file that knows its collections."""

from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.numbering import COLLECTIONS as NUMBERING
from services.intake.clock import bells
from services.intake.following import moved, revision
from services.intake.model import Application
from values.refusal import Refusal

RECORDS = "applications"
COLLECTIONS = {"applications": ["bell_at"], "resi": [], **NUMBERING}
BELLS_AT_ONCE = 500
BESIDE = ("bell_at", "told")  # kept with a file and worked out anew each time: its next bell, and how much was told


def find(source: Book | Reader, application_id: str) -> Application | None:
    document = source.get("applications", application_id)
    if document is None:
        return None
    return _as_application(document)


def _as_application(document: dict) -> Application:
    fields = {name: value for name, value in document.items() if name not in ("_id", *BESIDE)}
    return Application.model_validate({"id": document["_id"], **fields})


def with_bell_due(reader: Reader) -> list[Application]:
    """Files with a bell that should ring by now, found by index."""
    due = reader.find("applications", {"bell_at": {"$lte": reader.now}}, limit=BELLS_AT_ONCE)
    return [_as_application(document) for document in due]


def asked_for(source: Book | Reader, application_id: str) -> Application:
    """For a person's command: a file that is not there is refused."""
    application = find(source, application_id)
    if application is None:
        raise Refusal(
            "unknown_application",
            "Permohonan dengan nomor ini tidak ditemukan.",
            field="application_id",
            remedy="Periksa kembali nomornya.",
        )
    return application


def heard_of(source: Book | Reader, application_id: str) -> Application:
    """For a fact: a file that is not there yet will come."""
    application = find(source, application_id)
    if application is None:
        raise NotYet(f"application {application_id} is not here yet")
    return application


def save(book: Book, application: Application) -> None:
    """Kept with the moment at which its next bell rings; without one the field is left out. What anyone may know of it
    is said when there is more of it, so that no change is ever kept from those who follow the file."""
    before, told = book.get("applications", application.id) or {}, revision(application)
    if before.get("told", 0) < told:
        book.say(moved(application))
    ahead = bells(application)
    beside = {"told": told} | ({"bell_at": ahead[0].at} if ahead else {})
    book.put("applications", {"_id": application.id, **application.model_dump(mode="json", exclude={"id"}), **beside})


def remember_resi(book: Book, resi: str, application_id: str) -> None:
    book.put("resi", {"_id": resi, "application_id": application_id})


def application_of_resi(source: Book | Reader, resi: str) -> str:
    document = source.get("resi", resi)
    if document is None:
        raise Refusal(
            "unknown_resi", "Nomor resi ini tidak terdaftar.", field="resi", remedy="Periksa kembali resi Anda."
        )
    return document["application_id"]
