"""Drawers of intake: the only file that knows its collections."""

from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.numbering import COLLECTIONS as NUMBERING
from services.intake.model import Application
from values.refusal import Refusal

RECORDS = "applications"
COLLECTIONS = {"applications": [], "resi": [], **NUMBERING}


def find(source: Book | Reader, application_id: str) -> Application | None:
    document = source.get("applications", application_id)
    if document is None:
        return None
    return Application.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})


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
    document = application.model_dump(mode="json", exclude={"id"})
    book.put("applications", {"_id": application.id, **document})


def remember_resi(book: Book, resi: str, application_id: str) -> None:
    book.put("resi", {"_id": resi, "application_id": application_id})


def application_of_resi(source: Book | Reader, resi: str) -> str:
    document = source.get("resi", resi)
    if document is None:
        raise Refusal(
            "unknown_resi", "Nomor resi ini tidak terdaftar.", field="resi", remedy="Periksa kembali resi Anda."
        )
    return document["application_id"]
