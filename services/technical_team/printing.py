"""Slow work of the technical team: the berita acara as a paper."""

from collections.abc import Callable
from pathlib import Path

from catalogue.licences import licence_type
from catalogue.office import organisation
from contracts import technical_team
from plumbing.messaging.book import Book, Reader
from plumbing.officials import clock_time, signature, unit_name
from plumbing.papers import Papers
from services.technical_team import store
from services.technical_team.model import Case
from values.dates import JAKARTA, long_date, office_date
from values.verification_code import verification_code

TEMPLATE = Path(__file__).parent / "templates" / "berita_acara.typ"
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
WORDS = {"recommended": "Direkomendasikan", "correction": "Perlu perbaikan", "refused": "Tidak direkomendasikan"}
CONCLUSIONS = {
    "recommended": "Tim Teknis merekomendasikan permohonan untuk dikabulkan.",
    "correction": "Tim Teknis meminta permohonan diperbaiki sebelum diputuskan.",
    "refused": "Tim Teknis tidak merekomendasikan permohonan.",
}
KINDS = {"meeting": "rapat pembahasan", "visit": "peninjauan lokasi"}


def print_berita_acara(
    papers: Papers, reader: Reader, event: technical_team.BeritaAcaraVerified
) -> Callable[[Book], None]:
    """The berita acara as a paper; with it the outcome goes to intake."""
    case = store.heard_of(reader, event.application_id)
    document = papers.file("berita_acara", TEMPLATE, berita_acara(papers, case), case.number)
    filed = technical_team.BeritaAcaraFiled(
        application_id=case.id,
        document=document,
        outcome=event.outcome,
        opinions=[f"{unit_name(task.skpd)}: {task.opinion}" for task in case.tasks],
        verified_at=case.verified_at(),
    )

    def finish(book: Book) -> None:
        current = store.heard_of(book, event.application_id)
        current.documents.append(document)
        current.history.append(book.happening("berita_acara_filed", filed.verified_at))
        store.save(book, current)
        book.say(filed)

    return finish


def berita_acara(papers: Papers, case: Case) -> dict:
    """The data of the paper; its keys are those of `templates/berita_acara.example.json`."""
    at, held = case.verified_at(), case.appointment
    code = verification_code(case.id, "berita_acara", case.number)
    day = office_date(held.starts_at)
    kind = licence_type(case.licence_type, case.edition)
    return {
        "document_date": at.isoformat(),
        "number": case.number,
        "verification_code": code,
        "verification_qr": papers.check_address(code),
        "resi_number": case.resi,
        "held": {
            "kind": KINDS[case.kind],
            "day": WEEKDAYS[day.weekday()],
            "date": long_date(day),
            "time": f"{held.starts_at.astimezone(JAKARTA):%H.%M} WIB",
            "place": held.place,
        },
        "applicant": {"name": case.applicant_name},
        "licence": {"name": kind.name, "sub_kind": ""},
        "object_address": f"{case.object.name}, {case.object.address}, Kecamatan {case.object.kecamatan}",
        "members": [{"name": _name(t.officer), "skpd": unit_name(t.skpd), "attendance": "Hadir"} for t in case.tasks],
        "findings": [
            {"subject": o.point, "result": "Sesuai" if o.fits else "Tidak sesuai", "note": o.note}
            for t in case.tasks
            for o in t.observations
        ],
        "recommendations": [
            {
                "skpd": unit_name(t.skpd),
                "recommendation": WORDS[t.recommendation],
                "reason": t.opinion,
                "signed_by": _name(t.officer),
                "signed_at": clock_time(t.signed_at),
            }
            for t in case.tasks
        ],
        "conclusion": CONCLUSIONS[case.outcome],
        "signature": signature(_verifier(case), at, seat=("bidang_head", case.bidang)),
    }


def _verifier(case: Case) -> str | None:
    return next(h.actor for h in reversed(case.history) if h.what == "berita_acara_verified")


def _name(officer: str) -> str:
    return organisation().officers[officer].name
