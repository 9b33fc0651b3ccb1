"""What members of the team do with their task: another time, photos, findings, signature, addendum."""

from datetime import datetime

from contracts import technical_team
from plumbing.messaging.book import Book
from plumbing.officials import unit_name
from services.technical_team import store
from services.technical_team.model import MOST_PHOTOS, Addendum, Case, Proposal
from services.technical_team.rights import members_task, own_task, require_period
from values.happening import acting_moment
from values.refusal import Refusal


def propose_slot(book: Book, order: technical_team.ProposeSlot) -> dict:
    """Ask the Bidang for another time; it stands with the task until an appointment is booked."""
    case, task, _ = own_task(book, order, "offered", "accepted")
    moment = acting_moment(order.acted_at, book.now, task.since)
    require_period(order.starts_at, order.ends_at, moment)
    task.proposal = Proposal(starts_at=order.starts_at, ends_at=order.ends_at, reason=order.reason, made_at=moment)
    case.history.append(book.happening("slot_proposed", moment, f"{task.skpd}: {order.reason}"))
    store.save(book, case)
    return {"skpd": task.skpd}


def attach_photo(book: Book, order: technical_team.AttachPhoto) -> dict:
    """A photo joins the findings of its SKPD. The same picture twice is one."""
    case, task, moment = own_task(book, order, "accepted", "found")
    _require_begun(case, moment)
    others = [photo for photo in task.photos if photo.document.sha256 != order.photo.document.sha256]
    if len(others) >= MOST_PHOTOS:
        raise Refusal("too_many_photos", f"Paling banyak {MOST_PHOTOS} foto untuk satu SKPD.", field="photo")
    if order.photo.taken_at > book.now:
        raise Refusal("in_the_future", "Waktu pengambilan foto berada di masa depan.", field="taken_at")
    task.photos = [*others, order.photo]
    case.history.append(book.happening("photo_attached", moment, f"{task.skpd}: {order.photo.place}"))
    _void_signatures(book, case, moment)
    store.save(book, case)
    return {"photos": len(task.photos)}


def remove_photo(book: Book, order: technical_team.RemovePhoto) -> dict:
    """The photo is no longer part of the findings; that it was is kept in the history."""
    case, task, moment = own_task(book, order, "accepted", "found")
    left = [photo for photo in task.photos if photo.document.sha256 != order.sha256]
    if len(left) == len(task.photos):
        raise Refusal("unknown_photo", "Foto ini tidak ada pada temuan Anda.", field="sha256")
    task.photos = left
    case.history.append(book.happening("photo_removed", moment, task.skpd))
    _void_signatures(book, case, moment)
    store.save(book, case)
    return {"photos": len(left)}


def record_findings(book: Book, order: technical_team.RecordFindings) -> dict:
    """What one SKPD saw, point by point, and what it recommends; possible once the meeting or visit has begun, and anew
    until it has signed. What others have signed before is void by it."""
    case, task, moment = own_task(book, order, "accepted", "found")
    _require_begun(case, moment)
    if (order.attendance == "represented") != bool(order.represented_by):
        reason = "Nama wakil diisi bila anggota diwakili, dan hanya bila diwakili."
        raise Refusal("representative", reason, field="represented_by")
    task.observations, task.recommendation, task.opinion = order.observations, order.recommendation, order.opinion
    task.attendance, task.represented_by = order.attendance, order.represented_by
    task.state, task.since = "found", moment
    case.history.append(book.happening("findings_recorded", moment, f"{task.skpd}: {order.recommendation}"))
    _void_signatures(book, case, moment)
    store.save(book, case)
    return {"found": [t.skpd for t in case.tasks if t.state == "found"]}


def sign(book: Book, order: technical_team.SignBeritaAcara) -> dict:
    """An SKPD signs the berita acara once every SKPD has recorded its findings; with its dissent, when it has one."""
    case, task, moment = own_task(book, order, "found")
    missing = case.without_findings()
    if missing:
        reason = f"Belum ada temuan dari: {', '.join(map(unit_name, missing))}. Kesimpulan belum dapat ditandatangani."
        raise Refusal("findings_missing", reason, remedy="Tunggu sampai semua SKPD mencatat temuannya.")
    task.void_at = None
    task.state, task.since, task.signed_at, task.dissent = "signed", moment, moment, order.dissent
    note = f"{task.skpd}: {order.dissent}" if order.dissent else task.skpd
    case.history.append(book.happening("berita_acara_signed", moment, note))
    store.save(book, case)
    return {"unsigned": [t.skpd for t in case.tasks if t.state != "signed"]}


def add_addendum(book: Book, order: technical_team.AddAddendum) -> dict:
    """Something a member adds to what they signed. Before the verification the berita acara prints it itself; after it,
    it is a paper of its own."""
    case = store.asked_for(book, order.application_id)
    if case.closed in ("withdrawn", "refused"):
        raise Refusal("case_closed", f"Pemeriksaan teknis berkas ini sudah selesai ({case.closed}).")
    task = members_task(case, order.skpd, book.actor)
    if task.state != "signed":
        remedy = "Ubah temuan Anda; tambahan dibuat sesudah tanda tangan."
        raise Refusal("wrong_state", "Anda belum menandatangani berita acara ini.", field="skpd", remedy=remedy)
    addendum = Addendum(
        number=len(case.addenda) + 1,
        round=case.round,
        of=case.number,
        skpd=task.skpd,
        officer=task.officer,
        text=order.text,
        signed_at=acting_moment(order.acted_at, book.now, case.history),
    )
    case.addenda.append(addendum)
    case.history.append(book.happening("addendum_signed", addendum.signed_at, f"{task.skpd}: T{addendum.number}"))
    if addendum.of:
        book.say(technical_team.AddendumSigned(application_id=case.id, number=addendum.paper_number))
    store.save(book, case)
    return {"number": addendum.paper_number if addendum.of else f"T{addendum.number}"}


def _void_signatures(book: Book, case: Case, moment: datetime) -> None:
    """Signatures stand under what was read; when that changes, they are void and the history says so."""
    for task in case.tasks:
        if task.state == "signed":
            task.void(moment)
            case.history.append(book.happening("signature_void", moment, task.skpd))


def _require_begun(case: Case, moment) -> None:
    if case.appointment is None:
        raise Refusal("no_appointment", "Belum ada rapat atau kunjungan yang dijadwalkan.", remedy="Tunggu jadwal.")
    if moment < case.appointment.starts_at:
        raise Refusal(
            "before_appointment",
            "Temuan baru dapat dicatat setelah rapat atau kunjungan dimulai.",
            field="acted_at",
            remedy="Catat setelah waktunya, atau minta jadwal dipindah.",
        )
