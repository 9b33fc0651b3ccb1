"""Slow work of intake: looking at the papers handed in, and printing resi, list of requests and refusal letter."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pikepdf
from PIL import Image

from catalogue.office import organisation
from catalogue.path import APPLICANT
from catalogue.transactions import transaction
from contracts import intake
from contracts.documents import Document
from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.object_store import Damaged, Missing
from plumbing.officials import person, signature
from plumbing.papers import Papers
from services.intake import path, store
from services.intake.model import Application
from values.dates import long_date, office_date
from values.happening import latest
from values.resi import number_before_resi
from values.verification_code import verification_code

NEXT_STEPS = 5  # of a service, as the resi names them
TEMPLATES = Path(__file__).parent / "templates"
FORMATS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}  # MPO: how some telephones write a JPEG
AT_THE_PORTAL = "portal perizinan kota, halaman Lacak, dengan nomor resi ini."
FROM_THE_ACCOUNT = "dari halaman “Berkas saya” pada portal perizinan kota, bila diajukan lewat akun."
OPENINGS = {
    "completeness": "Berdasarkan pemeriksaan kelengkapan, berkas permohonan Saudara belum dapat didaftarkan karena "
    "persyaratan berikut belum terpenuhi:",
    "verification": "Berdasarkan pemeriksaan tim teknis, persyaratan berikut perlu diperbaiki sebelum permohonan "
    "Saudara dapat diputuskan:",
    "service": "Berdasarkan pemeriksaan petugas, persyaratan berikut perlu dilengkapi atau diperbaiki:",
}
GOES_ON = {
    "completeness": "Nomor resi diterbitkan setelah seluruh persyaratan lengkap; jangka waktu layanan dihitung sejak "
    "saat itu.",
    "verification": "Pemeriksaan oleh tim teknis dilanjutkan setelah seluruh perbaikan kami terima.",
    "service": "Pelayanan dilanjutkan setelah seluruh kekurangan kami terima.",
}


# --- papers handed in ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Inspection:
    """What was seen of a handed-in paper. `found` is the paper as it lies in the store, None when it does not;
    `fault` says in words for the counter why it cannot be used."""

    stated: Document
    found: Document | None
    fault: str | None


def inspect_attachments(papers: Papers, event: intake.ApplicationSubmitted) -> Callable[[Book], None]:
    return _note_inspected(
        event.application_id, "submission", [(a.requirement, inspect(papers, a.document)) for a in event.attachments]
    )


def inspect_answer(papers: Papers, event: intake.ItemAnswered) -> Callable[[Book], None]:
    return _note_inspected(event.application_id, "answer", [(event.requirement, inspect(papers, event.document))])


def inspect(papers: Papers, document: Document) -> Inspection:
    """Fetch a handed-in paper and see whether it is what it says it is."""
    try:
        data = papers.store.get(document.sha256)
    except Missing:
        return Inspection(document, None, "berkas tidak sampai di penyimpanan; mohon unggah kembali")
    except Damaged:
        return Inspection(document, None, "berkas rusak di penyimpanan; mohon unggah kembali")
    if len(data) != document.size:
        found = document.model_copy(update={"size": len(data)})
        return Inspection(document, found, f"ukuran berkas {len(data)} byte, dinyatakan {document.size}")
    return Inspection(document, document, unreadable(data, document.media_type))


def unreadable(data: bytes, media_type: str) -> str | None:
    """Why these bytes cannot be read as what they are said to be; None when they can."""
    try:
        if media_type == "application/pdf":
            with pikepdf.open(io.BytesIO(data)) as pdf:
                return None if len(pdf.pages) else "PDF tanpa halaman"
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if FORMATS[image.format] != media_type:
                return f"isi berkas {image.format}, dinyatakan {media_type}"
            image.verify()
    except pikepdf.PasswordError:
        return "PDF terkunci kata sandi"
    except Exception as error:  # a stranger's file may provoke anything in its reader; that it does is the answer
        return f"berkas tidak dapat dibaca ({type(error).__name__})"
    return None


def _note_inspected(
    application_id: str, handed_in: str, inspections: list[tuple[str, Inspection]]
) -> Callable[[Book], None]:
    """Only papers that were found belong to the file: what never arrived cannot be archived with it."""

    def note(book: Book) -> None:
        application = store.heard_of(book, application_id)
        for requirement, seen in inspections:
            item = application.item(requirement)
            if item.document and item.document.sha256 == seen.stated.sha256:
                item.inspected, item.unreadable = True, seen.fault
            if seen.found and seen.found not in application.documents:
                application.documents.append(seen.found)
        application.history.append(book.happening("papers_inspected", latest(application.history)))
        path.go_on(book, application)
        store.save(book, application)
        names = {item.requirement: item.name for item in application.items}
        unreadable = [
            intake.RequestedItem(requirement=requirement, name=names[requirement], note=seen.fault)
            for requirement, seen in inspections
            if seen.fault
        ]
        inspected = intake.PapersInspected(application_id=application.id, handed_in=handed_in, unreadable=unreadable)
        book.say(inspected)

    return note


# --- papers given out ------------------------------------------------------------------------------------------------


def print_resi(papers: Papers, reader: Reader, event: intake.ApplicationRegistered) -> Callable[[Book], None]:
    """The receipt of a complete file, with the promised day and the address to follow it at."""
    application = store.heard_of(reader, event.application_id)
    kind = application.kind
    registered = next(h for h in application.history if h.what == "registered")
    data = {
        "document_date": event.registered_at.isoformat(),
        "number": event.resi,
        "verification_code": verification_code(application.id, "resi", event.resi),
        "tracking_qr": (tracking := papers.tracking_address(event.resi)),
        "tracking_told": tracking if papers.has_address else AT_THE_PORTAL,
        "received_date": long_date(office_date(event.registered_at)),
        "promised_date": long_date(event.promised_on),
        "queue_note": _queue_note(event),
        "service_time": kind.service_time,
        **_subject(application),
        "documents": [{"name": item.name, "note": "Salinan digital"} for item in application.items],
        "next_steps": _next_steps(application),
        "officer": person(registered.actor),
    }
    data["licence"]["application_kind"] = transaction(application.transaction).name
    document = papers.file("resi", TEMPLATES / "resi.typ", data, event.resi)

    def finish(book: Book) -> None:
        current = _with_paper(book, application.id, document, "resi_printed")
        book.say(intake.ResiIssued(application_id=current.id, document=document))

    return finish


def _queue_note(event: intake.ApplicationRegistered) -> str:
    if event.promised_on == event.standard_on:
        return ""
    return (
        f"Standar layanan sampai {long_date(event.standard_on)}; saat ini ada {event.queue_ahead} berkas di depan "
        "sehingga tanggal janji dihitung menurut antrean."
    )


def print_list_of_requests(papers: Papers, reader: Reader, event: intake.ItemsRequested) -> Callable[[Book], None]:
    """What lacks, as a paper to take home."""
    application = store.heard_of(reader, event.application_id)
    asked = next(h for h in reversed(application.history) if h.what in ("items_requested", "step_taken"))
    number = application.requests_number
    kinds = {item.requirement: item.kind for item in application.items}
    data = {
        "document_date": asked.at.isoformat(),
        "number": number,
        "verification_code": verification_code(application.id, "daftar_kekurangan", number),
        "answer_qr": (tracking := papers.tracking_address(application.resi or number_before_resi(application.id))),
        "answer_told": f"melalui laman {tracking}" if papers.has_address else FROM_THE_ACCOUNT,
        **_subject(application),
        "opening": OPENINGS[event.stage],
        "submitted_date": long_date(office_date(application.history[0].at)),
        "checked_date": long_date(office_date(asked.at)),
        "items": [
            {"name": item.name, "kind": KINDS[kinds[item.requirement]], "remedy": item.note or "Mohon dilengkapi."}
            for item in event.items
        ],
        "answer_by": long_date(event.answer_by),
        "notes": [
            GOES_ON[event.stage],
            "Dokumen yang sudah diterima tetap kami simpan dan tidak perlu diserahkan kembali.",
        ],
        "officer": person(asked.actor),
    }
    document = papers.file("daftar_kekurangan", TEMPLATES / "daftar_kekurangan.typ", data, number)
    return lambda book: _with_paper(book, application.id, document, "list_of_requests_printed") and None


def print_refusal_letter(papers: Papers, reader: Reader, event: intake.ApplicationRefused) -> Callable[[Book], None]:
    """The refusal with its reasons and the ways to object (Undang-Undang 30/2014, Pasal 77)."""
    application = store.heard_of(reader, event.application_id)
    kind = application.kind
    if application.letter_number is None:
        raise NotYet("the letter has no number yet")
    number = application.letter_number
    code = verification_code(application.id, "surat_penolakan", number)
    data = {
        "document_date": event.refused_at.isoformat(),
        "number": number,
        "verification_code": code,
        "verification_qr": papers.check_address(code),
        "classification": "Biasa",
        "attachments": "–",
        "subject": f"Penolakan permohonan {kind.name}",
        "received_date": long_date(office_date(application.history[0].at)),
        "application_number": application.resi or application.id[:8],
        **_subject(application),
        "reasons": [{"reason": event.reason, "basis": kind.legal_basis[0]}],
        "remedies": [
            "Mengajukan keberatan secara tertulis kepada Kepala Badan Pelayanan Perizinan Terpadu paling lama 21 hari "
            "kerja sejak surat ini diterima (Pasal 77 Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi "
            "Pemerintahan).",
            "Mengajukan permohonan baru setelah alasan penolakan di atas dipenuhi.",
        ],
        "signature": signature(_head_on(event.refused_at), event.refused_at, seat=("head", None)),
        "copies": [],
    }
    document = papers.file("surat_penolakan", TEMPLATES / "surat_penolakan.typ", data, number)

    def finish(book: Book) -> None:
        current = _with_paper(book, application.id, document, "refusal_letter_printed")
        book.say(intake.RefusalLetterIssued(application_id=current.id, document=document))

    return finish


KINDS = {"administrative": "Administratif", "technical": "Teknis"}


def _with_paper(book: Book, application_id: str, document: Document, what: str) -> Application:
    """The file with one more paper; it may have been the one that archiving waited for."""
    application = store.heard_of(book, application_id)
    application.documents.append(document)
    application.history.append(book.happening(what, latest(application.history)))
    path.go_on(book, application)
    store.save(book, application)
    return application


def _subject(application: Application) -> dict:
    kind, place = application.kind, application.place
    line = next((line.name for line in kind.lines if line.code == application.sub_kind), "")
    return {
        "applicant": {"name": application.applicant.name, "address": application.applicant.address},
        "licence": {"name": kind.name, "sub_kind": line},
        "object_address": f"{place.name}, {place.lies_at}",
    }


def _next_steps(application: Application) -> list[str]:
    words = {
        "technical_verification": "Tim teknis memeriksa berkas dan, bila perlu, meninjau lokasi; jadwalnya kami "
        "beritahukan lebih dahulu.",
        "retribution": "Surat Ketetapan Retribusi Daerah (SKRD) kami kirim beserta kode bayar.",
        "issuance": "Surat izin diterbitkan dan ditandatangani.",
        "archive": "Surat izin diambil di loket pengambilan dengan menunjukkan resi ini dan kartu identitas.",
    }
    if application.kind.by_hand:
        return [step.name + "." for step in application.path.steps if step.actor != APPLICANT][1:NEXT_STEPS]
    stretches = application.kind.stretches
    left_out = transaction(application.transaction).leaves_out
    return [words[stretch] for stretch in stretches if stretch in words and stretch not in left_out]


def _head_on(at: datetime) -> str | None:
    heads = organisation().officers_with("head", on=office_date(at))
    return heads[0].id if heads else None
