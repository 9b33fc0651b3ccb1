"""Verbs of the technical team."""

from collections.abc import Sequence
from datetime import datetime

from catalogue.office import organisation
from contracts import intake, technical_team
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.technical_team import store
from services.technical_team.model import FARTHEST, LONGEST, Appointment, Case, Task, slots_between, strictest
from values.dates import office_date
from values.happening import acting_moment, latest
from values.refusal import Refusal

# --- heard -----------------------------------------------------------------------------------------------------------


def open_case(book: Book, event: intake.VerificationDue) -> None:
    """The file stands before the team: each SKPD concerned is offered its task. A further round asks the same."""
    before = store.find(book, event.application_id)
    if store.has_ended(book, event.application_id) or (before and before.closed in ("withdrawn", "refused")):
        return
    case = Case(
        id=event.application_id,
        resi=event.resi,
        licence_type=event.licence_type,
        edition=event.edition,
        licence_name=event.licence_name,
        bidang=event.bidang,
        kind=event.kind,
        applicant_name=event.applicant_name,
        object=event.place,
        round=event.round,
        since=event.since,
        tasks=[],
        documents=before.documents if before else [],
        history=before.history if before else [],
    )
    case.history.append(book.happening("verification_due", event.since))
    for skpd in event.skpd:
        earlier = before.task(skpd) if before else None
        officer = earlier.officer if earlier else _least_busy(book, skpd, ())
        _offer(book, case, Task(skpd=skpd, officer=officer, since=event.since))
    store.save(book, case)


def _least_busy(book: Book, skpd: str, declined: Sequence[str]) -> str:
    on = office_date(book.now)
    officers = [o.id for o in organisation().officers_with("technical_officer", skpd, on=on) if o.id not in declined]
    if not officers:
        raise Refusal(
            "nobody_left",
            f"Tidak ada lagi anggota tim teknis {skpd} yang dapat ditugaskan.",
            remedy="Minta SKPD menunjuk anggota lain di data organisasi.",
        )
    return store.least_busy(book, officers)


def _offer(book: Book, case: Case, task: Task) -> None:
    case.tasks.append(task)
    store.change_workload(book, task.officer, +1)
    case.history.append(book.happening("task_offered", case.since, f"{task.skpd}: {task.officer}"))
    _say_offered(book, case, task)


def _say_offered(book: Book, case: Case, task: Task) -> None:
    offered = technical_team.TaskOffered(
        application_id=case.id,
        skpd=task.skpd,
        officer_id=task.officer,
        licence_name=case.licence_name,
        resi=case.resi,
    )
    book.say(offered)


def close(book: Book, application_id: str, why: str) -> None:
    """The file ended elsewhere: its tasks and its place in the calendar are given back, and no further round begins."""
    case = store.find(book, application_id)
    if case is None:
        store.remember_end(book, application_id, why)
        return
    if case.closed is None:
        _release(book, case)
    case.closed = why
    case.history.append(book.happening(f"case_{why}", latest(case.history)))
    store.save(book, case)


# --- asked by people -------------------------------------------------------------------------------------------------


def accept(book: Book, order: technical_team.AcceptTask) -> dict:
    case, task, moment = _own_task(book, order, "offered")
    task.state, task.since = "accepted", moment
    case.history.append(book.happening("task_accepted", moment, task.skpd))
    store.save(book, case)
    return {"accepted": [t.skpd for t in case.tasks if t.state == "accepted"], "tasks": len(case.tasks)}


def decline(book: Book, order: technical_team.DeclineTask) -> dict:
    """Offered on to the least busy of the others of the same SKPD."""
    case, task, moment = _own_task(book, order, "offered")
    declined = [*task.declined_by, task.officer]
    successor = _least_busy(book, task.skpd, declined)
    store.change_workload(book, task.officer, -1)
    task.declined_by, task.officer, task.since = declined, successor, moment
    store.change_workload(book, successor, +1)
    case.history.append(book.happening("task_declined", moment, f"{task.skpd}: {order.reason}"))
    case.history.append(book.happening("task_offered", moment, f"{task.skpd}: {successor}"))
    _say_offered(book, case, task)
    store.save(book, case)
    return {"offered_to": successor}


def book_appointment(book: Book, order: technical_team.BookAppointment) -> dict:
    """All members at one time: possible when all have accepted and none is elsewhere then. Booking again moves it."""
    case = _open_case(book, order.application_id)
    _require_bidang(case, book.actor)
    moment = acting_moment(order.acted_at, book.now, case.history)
    if not order.starts_at < order.ends_at or order.ends_at - order.starts_at > LONGEST:
        raise Refusal("bad_period", "Waktu selesai harus sesudah mulai, paling lama 8 jam.", field="ends_at")
    if order.starts_at < moment:
        raise Refusal("bad_period", "Jadwal tidak boleh lebih awal daripada saat penetapannya.", field="starts_at")
    if order.starts_at - moment > FARTHEST:
        raise Refusal("bad_period", "Jadwal paling lama satu tahun ke depan.", field="starts_at")
    waiting = [t.skpd for t in case.tasks if t.state == "offered"]
    if waiting:
        reason = f"Belum semua anggota menerima tugas: {', '.join(waiting)}."
        raise Refusal("not_all_accepted", reason, remedy="Tunggu atau tawarkan kepada anggota lain.")
    if any(t.state in ("found", "signed") for t in case.tasks):
        raise Refusal("already_held", "Temuan sudah dicatat; jadwal tidak dapat dipindah.", field="starts_at")
    formerly_at = case.appointment.starts_at if case.appointment else None
    _release_calendar(book, case)
    officers = [t.officer for t in case.tasks]
    slots = [f"{officer}/{half}" for officer in officers for half in slots_between(order.starts_at, order.ends_at)]
    taken = store.taken(book, slots, case.id)
    if taken:
        busy = ", ".join(sorted({slot.split("/")[0] for slot in taken}))
        remedy = "Pilih waktu lain."
        raise Refusal(
            "double_booking", f"Sudah ada jadwal lain pada waktu itu: {busy}.", field="starts_at", remedy=remedy
        )
    for slot in slots:
        store.hold(book, slot, case.id)
    case.appointment = Appointment(starts_at=order.starts_at, ends_at=order.ends_at, place=order.place, slots=slots)
    case.history.append(
        book.happening("appointment_moved" if formerly_at else "appointment_booked", moment, order.place)
    )
    booked = technical_team.AppointmentBooked(
        application_id=case.id,
        kind=case.kind,
        starts_at=order.starts_at,
        ends_at=order.ends_at,
        place=order.place,
        officers=officers,
        moved=formerly_at is not None,
        formerly_at=formerly_at,
    )
    book.say(booked)
    store.save(book, case)
    return {"moved": formerly_at is not None}


def record_findings(book: Book, order: technical_team.RecordFindings) -> dict:
    """What one SKPD saw, point by point, and what it recommends; possible once the meeting or visit has begun."""
    case, task, moment = _own_task(book, order, "accepted")
    if case.appointment is None:
        raise Refusal("no_appointment", "Belum ada rapat atau kunjungan yang dijadwalkan.", remedy="Tunggu jadwal.")
    if moment < case.appointment.starts_at:
        raise Refusal(
            "before_appointment",
            "Temuan baru dapat dicatat setelah rapat atau kunjungan dimulai.",
            field="acted_at",
            remedy="Catat setelah waktunya, atau minta jadwal dipindah.",
        )
    task.observations, task.recommendation, task.opinion = order.observations, order.recommendation, order.opinion
    task.state, task.since = "found", moment
    case.history.append(book.happening("findings_recorded", moment, f"{task.skpd}: {order.recommendation}"))
    store.save(book, case)
    return {"found": [t.skpd for t in case.tasks if t.state == "found"]}


def sign(book: Book, order: technical_team.SignBeritaAcara) -> dict:
    """An SKPD signs the berita acara, its own findings recorded before."""
    case, task, moment = _own_task(book, order, "found")
    task.state, task.since, task.signed_at = "signed", moment, moment
    case.history.append(book.happening("berita_acara_signed", moment, task.skpd))
    store.save(book, case)
    return {"unsigned": [t.skpd for t in case.tasks if t.state != "signed"]}


def verify(book: Book, order: technical_team.VerifyBeritaAcara) -> dict:
    """Verified by the head of the Bidang, only when every SKPD concerned has signed."""
    case = _open_case(book, order.application_id)
    _require_bidang(case, book.actor)
    moment = acting_moment(order.acted_at, book.now, case.history)
    organisation().require_seat(book.actor.id, book.actor.role, office_date(moment), case.bidang)
    unsigned = [t.skpd for t in case.tasks if t.state != "signed"]
    if unsigned:
        reason = f"Belum ditandatangani oleh: {', '.join(unsigned)}."
        raise Refusal("not_all_signed", reason, remedy="Minta SKPD tersebut menandatangani.")
    year = office_date(moment).year
    case.number = f"BA-{year}-{allocate(book, f'berita_acara/{year}', f'{case.id}/{case.round}'):05d}"
    case.outcome = strictest([t.recommendation for t in case.tasks])
    case.closed = "verified"
    for task in case.tasks:
        store.change_workload(book, task.officer, -1)
    case.history.append(book.happening("berita_acara_verified", moment, case.outcome))
    verified = technical_team.BeritaAcaraVerified(
        application_id=case.id, number=case.number, outcome=case.outcome, round=case.round
    )
    book.say(verified)
    store.save(book, case)
    return {"number": case.number, "outcome": case.outcome}


def find(reader: Reader, question: technical_team.FindCase, actor: Actor) -> dict:
    case = store.asked_for(reader, question.application_id)
    if actor.role == "technical_officer" and actor.unit not in [t.skpd for t in case.tasks]:
        raise Refusal("not_concerned", "SKPD Anda tidak terkait dengan berkas ini.", field="application_id")
    return case.model_dump(mode="json")


def tasks_of(reader: Reader, actor: Actor) -> list[dict]:
    return [
        {"application_id": c.id, "resi": c.resi, "licence": c.licence_name, "skpd": t.skpd, "state": t.state}
        for c in store.cases_of(reader, actor.id)
        if c.closed is None
        for t in c.tasks
        if t.officer == actor.id
    ]


# --- what must hold --------------------------------------------------------------------------------------------------


def _open_case(book: Book, application_id: str) -> Case:
    case = store.asked_for(book, application_id)
    if case.closed is not None:
        raise Refusal("case_closed", f"Pemeriksaan teknis berkas ini sudah selesai ({case.closed}).")
    return case


def _own_task(book: Book, order, state: str) -> tuple[Case, Task, datetime]:
    """The task of the SKPD, when it is the actor's own and in the state the act needs; and the moment of the act."""
    case = _open_case(book, order.application_id)
    task = case.task(order.skpd)
    if task is None:
        concerned = ", ".join(t.skpd for t in case.tasks)
        raise Refusal("not_concerned", f"Berkas ini tidak melibatkan {order.skpd}.", field="skpd", remedy=concerned)
    if task.officer != book.actor.id:
        raise Refusal("not_your_task", "Tugas ini ditawarkan kepada anggota lain.", field="skpd")
    if task.state != state:
        reason = f"Tugas {order.skpd} berstatus {task.state}, seharusnya {state}."
        raise Refusal("wrong_state", reason, field="skpd", remedy="Muat ulang berkas dan lihat langkahnya.")
    return case, task, acting_moment(order.acted_at, book.now, task.since)


def _require_bidang(case: Case, actor: Actor) -> None:
    if actor.unit != case.bidang:
        raise Refusal("wrong_bidang", f"Berkas ini ditangani Bidang {case.bidang}.", field="application_id")


def _release(book: Book, case: Case) -> None:
    for task in case.tasks:
        store.change_workload(book, task.officer, -1)
    _release_calendar(book, case)


def _release_calendar(book: Book, case: Case) -> None:
    for slot in case.appointment.slots if case.appointment else ():
        store.hold(book, slot, None)
    case.appointment = None
