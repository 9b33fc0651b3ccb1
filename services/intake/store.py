"""Drawers of intake: the only file that knows its collections.

An open file is kept with the plan of its clock: `bell_at`, when its next bell rings (left out when none is ahead);
`planned_by`, the fingerprint of the catalogue with which that moment was worked out; `lane`, one of so many parts
of all files, so that those planned by another catalogue can be read a part at a time; `told`, how much of it was said.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from catalogue.everything import fingerprint
from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.numbering import COLLECTIONS as NUMBERING
from services.intake.clock import bells, done_at
from services.intake.following import moved, revision
from services.intake.licence import Licence
from services.intake.model import Application
from services.intake.queue import Workload
from values.dates import office_date
from values.refusal import Refusal

RECORDS = "applications"
COLLECTIONS = {
    "applications": ["bell_at", [("lane", 1), ("planned_by", 1)]],
    "resi": [],
    "licences": [],
    "workloads": [],
    **NUMBERING,
}
PLAN = ("bell_at", "lane", "planned_by")
BESIDE = (*PLAN, "told")  # kept with a file and worked out anew each time
LANES = 128
BEFORE_ALL, DAY, DAYS = datetime(2000, 1, 1, tzinfo=UTC), timedelta(days=1), 31


def find(source: Book | Reader, application_id: str) -> Application | None:
    document = source.get("applications", application_id)
    if document is None:
        return None
    return application_of(document)


def application_of(document: dict) -> Application:
    """The file as kept, without what is worked out anew each time."""
    fields = {name: value for name, value in document.items() if name not in ("_id", *BESIDE)}
    return Application.model_validate({"id": document["_id"], **fields})


def with_bell_due(reader: Reader) -> Iterator[str]:
    """Ids of the files with a bell that should ring by now, the oldest bell first, found by index.

    Read a day of bells at a time, the last 31 days, and before them the rest: the one-machine database reads all that
    lies within the bounds of a question, whatever the limit; without a lower bound also every file without a bell.
    """
    now, since = reader.now, BEFORE_ALL
    for days in range(DAYS, -1, -1):
        until = now - days * DAY
        yield from reader.ids("applications", {"bell_at": {"$gt": since, "$lte": until}}, by="bell_at")
        since = until


def planned_otherwise(reader: Reader) -> Iterator[str]:
    """Ids of the open files whose next bell was worked out with another catalogue than this process has.

    Fingerprints are equally long, so what is beyond ours is beyond ours with a `~` too: asked so, the one-machine
    database does not walk past every file that has ours.
    """
    others = ({"$lt": fingerprint()}, {"$gt": f"{fingerprint()}~"})
    for lane in range(LANES):
        for other in others:
            yield from reader.ids("applications", {"lane": lane, "planned_by": other})


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
    """Kept with the plan of its clock; a closed file has none. What anyone may know of it is said when there is more of
    it, so that no change is ever kept from those who follow the file."""
    _count(book, application)
    before, told = book.get("applications", application.id) or {}, revision(application)
    if before.get("told", 0) < told:
        book.say(moved(application))
    fields = application.model_dump(mode="json", exclude={"id"})
    book.put("applications", {"_id": application.id, **fields, **_plan(application), "told": told})


def _plan(application: Application) -> dict[str, Any]:
    if application.step is None:
        return {}
    ahead = bells(application)
    plan = {"lane": lane_of(application.id), "planned_by": fingerprint()}
    return plan | ({"bell_at": ahead[0].at} if ahead else {})


def lane_of(application_id: str) -> int:
    return crc32(application_id.encode()) % LANES


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
