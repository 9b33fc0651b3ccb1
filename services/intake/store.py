"""Drawers of intake: the only file that knows its collections."""

from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.numbering import COLLECTIONS as NUMBERING
from services.intake.clock import bells, done_at
from services.intake.licence import Licence
from services.intake.model import Application
from services.intake.queue import Workload
from values.dates import office_date
from values.refusal import Refusal

RECORDS = "applications"
COLLECTIONS = {"applications": ["bell_at"], "resi": [], "licences": [], "workloads": [], **NUMBERING}
BELLS_AT_ONCE = 500


def find(source: Book | Reader, application_id: str) -> Application | None:
    document = source.get("applications", application_id)
    if document is None:
        return None
    return _as_application(document)


def _as_application(document: dict) -> Application:
    fields = {name: value for name, value in document.items() if name not in ("_id", "bell_at")}
    return Application.model_validate({"id": document["_id"], **fields})


def with_bell_due(reader: Reader) -> list[Application]:
    """Files with a bell that should ring by now, found by index."""
    due = reader.find("applications", {"bell_at": {"$lte": reader.now}}, limit=BELLS_AT_ONCE)
    return [_as_application(document) for document in due]


def _without_id(document: dict) -> dict:
    return {name: value for name, value in document.items() if name != "_id"}


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
    """Kept with the moment at which its next bell rings; without one the field is left out."""
    _count(book, application)
    ahead = bells(application)
    document = application.model_dump(mode="json", exclude={"id"}) | ({"bell_at": ahead[0].at} if ahead else {})
    book.put("applications", {"_id": application.id, **document})


def _count(book: Book, application: Application) -> None:
    """Enter in the workload of its Bidang that a file has come to hand, or is done."""
    done = done_at(application)
    working = application.has("registered") and done is None
    if working != application.queued:
        work = workload(book, application.bidang)
        if working:
            work.taken_in()
        else:
            work.done(office_date(done))
        application.queued = working
        book.put("workloads", {"_id": application.bidang, **work.model_dump(mode="json")})


def workload(source: Book | Reader, bidang: str) -> Workload:
    """What a Bidang has in hand, and its pace."""
    document = source.get("workloads", bidang) or {}
    return Workload.model_validate(_without_id(document))


def licence(source: Book | Reader, number: str) -> Licence | None:
    """A licence of ours by its number; None when it is not in the register."""
    document = source.get("licences", number)
    return None if document is None else Licence.model_validate({"number": number, **_without_id(document)})


def save_licence(book: Book, licence: Licence) -> None:
    book.put("licences", {"_id": licence.number, **licence.model_dump(mode="json", exclude={"number"})})


def remember_resi(book: Book, resi: str, application_id: str) -> None:
    book.put("resi", {"_id": resi, "application_id": application_id})


def application_of_resi(source: Book | Reader, resi: str) -> str:
    document = source.get("resi", resi)
    if document is None:
        raise Refusal(
            "unknown_resi", "Nomor resi ini tidak terdaftar.", field="resi", remedy="Periksa kembali resi Anda."
        )
    return document["application_id"]
