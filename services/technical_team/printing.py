"""Slow work of the technical team: the berita acara and what is added to it, as papers; and the same words for whoever
reads them before signing."""

from collections.abc import Callable
from pathlib import Path

from catalogue.licences import licence_type
from catalogue.office import organisation
from contracts import technical_team
from contracts.people import Actor
from contracts.technical_team import Photo
from plumbing.messaging.book import Book, Reader
from plumbing.officials import clock_time, signature, unit_name
from plumbing.papers import Papers
from services.technical_team import store
from services.technical_team.model import Addendum, Case, Task, strictest
from services.technical_team.rights import require_concerned
from values.dates import JAKARTA, long_date, office_date
from values.refusal import Refusal
from values.verification_code import verification_code

TEMPLATES = Path(__file__).parent / "templates"
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
WORDS = {"recommended": "Direkomendasikan", "correction": "Perlu perbaikan", "refused": "Tidak direkomendasikan"}
CONCLUSIONS = {
    "recommended": "Tim Teknis merekomendasikan permohonan untuk dikabulkan.",
    "correction": "Tim Teknis meminta permohonan diperbaiki sebelum diputuskan.",
    "refused": "Tim Teknis tidak merekomendasikan permohonan.",
}
ATTENDANCE = {"present": "Hadir", "represented": "Diwakili", "absent": "Tidak hadir"}
NOT_YET = "–"  # stands where the verification will put a number, a name or a time
KINDS = {"meeting": "rapat pembahasan", "visit": "peninjauan lokasi"}


def print_berita_acara(
    papers: Papers, reader: Reader, event: technical_team.BeritaAcaraVerified
) -> Callable[[Book], None]:
    """The berita acara as a paper; with it the outcome goes to intake."""
    case = store.heard_of(reader, event.application_id)
    data = berita_acara(papers, case) | {"photos": _photos(papers, case)}
    document = papers.file("berita_acara", TEMPLATES / "berita_acara.typ", data, case.number)
    filed = technical_team.BeritaAcaraFiled(
        application_id=case.id,
        document=document,
        outcome=event.outcome,
        opinions=[f"{unit_name(task.skpd)}: {task.opinion}" for task in case.tasks],
        verified_at=case.verified_at(),
        photos=[photo.document for task in case.tasks for photo in task.photos],
    )

    def finish(book: Book) -> None:
        current = store.heard_of(book, event.application_id)
        current.documents.append(document)
        current.history.append(book.happening("berita_acara_filed", filed.verified_at))
        store.save(book, current)
        book.say(filed)

    return finish


def print_addendum(papers: Papers, reader: Reader, event: technical_team.AddendumSigned) -> Callable[[Book], None]:
    """What was added to a verified berita acara, as a paper of its own."""
    case = store.heard_of(reader, event.application_id)
    addendum = next(each for each in case.addenda if each.of and each.paper_number == event.number)
    document = papers.file("addendum", TEMPLATES / "addendum.typ", addendum_data(papers, case, addendum), event.number)
    filed = technical_team.AddendumFiled(application_id=case.id, document=document, signed_at=addendum.signed_at)

    def finish(book: Book) -> None:
        current = store.heard_of(book, event.application_id)
        current.documents.append(document)
        current.history.append(book.happening("addendum_filed", addendum.signed_at, event.number))
        store.save(book, current)
        book.say(filed)

    return finish


def read(papers: Papers, reader: Reader, question: technical_team.ReadBeritaAcara, actor: Actor) -> dict:
    """The berita acara as it would be printed now, for those who sign or verify it. Photos by their hash; beside it
    whose signature is void since when."""
    case = store.asked_for(reader, question.application_id)
    require_concerned(case, actor)
    if case.appointment is None:
        raise Refusal("no_appointment", "Belum ada rapat atau kunjungan yang dijadwalkan.", remedy="Tunggu jadwal.")
    photos = [_photo(task, photo) for task in case.tasks for photo in task.photos]
    void = [{"skpd": unit_name(t.skpd), "at": clock_time(t.void_at)} for t in case.tasks if t.void_at]
    return berita_acara(papers, case) | {"photos": photos, "void": void}


def berita_acara(papers: Papers, case: Case) -> dict:
    """The data of the paper without its photos; its keys are those of `templates/berita_acara.example.json`."""
    at, held = case.verified_at(), case.appointment
    code = verification_code(case.id, "berita_acara", case.number) if case.number else NOT_YET
    day = office_date(held.starts_at)
    kind = licence_type(case.licence_type, case.edition)
    line = next((line.name for line in kind.lines if line.code == case.sub_kind), "")
    missing = case.without_findings()
    outcome = case.outcome or (None if missing else strictest([task.recommendation for task in case.tasks]))
    return {
        "document_date": at.isoformat() if at else NOT_YET,
        "number": case.number or NOT_YET,
        "verification_code": code,
        "verification_qr": papers.check_address(code) if case.number else NOT_YET,
        "resi_number": case.resi,
        "held": {
            "kind": KINDS[case.kind],
            "day": WEEKDAYS[day.weekday()],
            "date": long_date(day),
            "time": f"{held.starts_at.astimezone(JAKARTA):%H.%M} WIB",
            "place": held.place,
        },
        "applicant": {"name": case.applicant_name},
        "licence": {"name": kind.name, "sub_kind": line},
        "object_address": f"{case.object.name}, {case.object.lies_at}",
        "members": [
            {"name": _name(t.officer), "skpd": unit_name(t.skpd), "attendance": _attendance(t)} for t in case.tasks
        ],
        "findings": [
            {
                "skpd": unit_name(t.skpd),
                "subject": o.point,
                "result": "Sesuai" if o.fits else "Tidak sesuai",
                "note": o.note,
            }
            for t in case.tasks
            for o in t.observations
        ],
        "recommendations": [
            {
                "skpd": unit_name(t.skpd),
                "recommendation": WORDS[t.recommendation] if t.recommendation else NOT_YET,
                "reason": t.opinion,
                "dissent": t.dissent,
                "signed_by": _name(t.officer) if t.signed_at else NOT_YET,
                "signed_at": clock_time(t.signed_at) if t.signed_at else "",
            }
            for t in case.tasks
        ],
        "conclusion": CONCLUSIONS[outcome] if outcome else NOT_YET,
        "addenda": [
            {
                "number": f"T{each.number}",
                "skpd": unit_name(each.skpd),
                "text": each.text,
                "signed_by": _name(each.officer),
                "signed_at": clock_time(each.signed_at),
            }
            for each in case.addenda
            if each.round == case.round and each.of is None
        ],
        "signature": signature(_verifier(case), at, seat=("bidang_head", case.bidang)) if at else {},
    }


def addendum_data(papers: Papers, case: Case, addendum: Addendum) -> dict:
    """The data of an addendum; its keys are those of `templates/addendum.example.json`."""
    number = addendum.paper_number
    code = verification_code(case.id, "addendum", number)
    verified = max(h.at for h in case.history if h.what == "berita_acara_verified" and h.at <= addendum.signed_at)
    return {
        "document_date": addendum.signed_at.isoformat(),
        "number": number,
        "verification_code": code,
        "verification_qr": papers.check_address(code),
        "resi_number": case.resi,
        "berita_acara": {"number": addendum.of, "date": long_date(office_date(verified))},
        "applicant": {"name": case.applicant_name},
        "licence": {"name": licence_type(case.licence_type, case.edition).name},
        "skpd": unit_name(addendum.skpd),
        "text": addendum.text,
        "signature": signature(addendum.officer, addendum.signed_at, seat=("technical_officer", addendum.skpd)),
    }


def _attendance(task: Task) -> str:
    by = f" oleh {task.represented_by}" if task.represented_by else ""
    return f"{ATTENDANCE[task.attendance]}{by}" if task.recommendation else NOT_YET


def _photo(task: Task, photo: Photo) -> dict:
    position = "" if photo.latitude is None else f"{photo.latitude:f}; {photo.longitude:f}".replace(".", ",")
    return {
        "caption": photo.caption,
        "place": photo.place,
        "taken": clock_time(photo.taken_at),
        "position": position,
        "source": "waktu menurut kamera" if photo.read_from_photo else "waktu ditulis petugas",
        "by": _name(task.officer),
        "sha256": photo.document.sha256,
    }


def _photos(papers: Papers, case: Case) -> list[dict]:
    """With the pictures themselves, as they rest in the store."""
    return [
        _photo(task, photo) | {"picture_photo": papers.photo(photo.document.sha256)}
        for task in case.tasks
        for photo in task.photos
    ]


def _verifier(case: Case) -> str | None:
    return next(h.actor for h in reversed(case.history) if h.what == "berita_acara_verified")


def _name(officer: str) -> str:
    return organisation().officers[officer].name
