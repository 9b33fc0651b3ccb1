"""Verbs of the technical team: tasks, appointments, verification. What members do with theirs is in `visiting.py`."""

from collections.abc import Sequence

from catalogue.office import organisation
from contracts import intake, technical_team
from plumbing.messaging.book import Book
from plumbing.numbering import allocate
from plumbing.officials import unit_name
from services.technical_team import store
from services.technical_team.model import Appointment, Case, Task, slots_after, slots_between, strictest
from services.technical_team.rights import own_task, require_bidang, require_office_hours, require_period, unfinished
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
        sub_kind=event.sub_kind,
        transaction=event.transaction,
        bidang=event.bidang,
        kind=event.kind,
        applicant_name=event.applicant_name,
        object=event.place,
        round=event.round,
        since=event.since,
        tasks=[],
        documents=before.documents if before else [],
        addenda=before.addenda if before else [],
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
    say_offered(book, case, task)


def say_offered(book: Book, case: Case, task: Task) -> None:
    """The member who has the task now is told of it."""
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
    case, task, moment = own_task(book, order, "offered")
    task.state, task.since = "accepted", moment
    case.history.append(book.happening("task_accepted", moment, task.skpd))
    store.save(book, case)
    return {"accepted": [t.skpd for t in case.tasks if t.state == "accepted"], "tasks": len(case.tasks)}


def decline(book: Book, order: technical_team.DeclineTask) -> dict:
    """Offered on to the least busy of the others of the same SKPD."""
    case, task, moment = own_task(book, order, "offered")
    declined = [*task.declined_by, task.officer]
    successor = _least_busy(book, task.skpd, declined)
    store.change_workload(book, task.officer, -1)
    task.declined_by, task.officer, task.since, task.proposal = declined, successor, moment, None
    store.change_workload(book, successor, +1)
    case.history.append(book.happening("task_declined", moment, f"{task.skpd}: {order.reason}"))
    case.history.append(book.happening("task_offered", moment, f"{task.skpd}: {successor}"))
    say_offered(book, case, task)
    store.save(book, case)
    return {"offered_to": successor}


def book_appointment(book: Book, order: technical_team.BookAppointment) -> dict:
    """All members at one time: possible when all have accepted and none is elsewhere then. Booking again moves it."""
    case = unfinished(book, order.application_id)
    require_bidang(case, book.actor)
    moment = acting_moment(order.acted_at, book.now, case.history)
    require_period(order.starts_at, order.ends_at, moment)
    waiting = [t.skpd for t in case.tasks if t.state == "offered"]
    if waiting:
        reason = f"Belum semua anggota menerima tugas: {', '.join(map(unit_name, waiting))}."
        raise Refusal(
            "not_all_accepted", reason, remedy="Tunggu jawaban mereka; anggota yang menolak digantikan rekannya."
        )
    if any(t.state in ("found", "signed") for t in case.tasks):
        raise Refusal("already_held", "Temuan sudah dicatat; jadwal tidak dapat dipindah.", field="starts_at")
    outside = require_office_hours(order.starts_at, order.ends_at, order.outside_hours_because)
    formerly_at = case.appointment.starts_at if case.appointment else None
    _release_calendar(book, case)
    officers = [t.officer for t in case.tasks]
    slots = [f"{officer}/{half}" for officer in officers for half in slots_between(order.starts_at, order.ends_at)]
    taken = store.taken(book, slots, case.id)
    if taken:
        busy = ", ".join(sorted({organisation().officers[slot.split("/")[0]].name for slot in taken}))
        remedy = "Pilih waktu lain; orang dipesan per setengah jam."
        raise Refusal(
            "double_booking", f"Sudah ada jadwal lain pada waktu itu: {busy}.", field="starts_at", remedy=remedy
        )
    for slot in slots:
        store.hold(book, slot, case.id)
    case.appointment = Appointment(starts_at=order.starts_at, ends_at=order.ends_at, place=order.place, slots=slots)
    for task in case.tasks:
        task.proposal = None
    note = f"{order.place} (di luar jam kantor: {order.outside_hours_because})" if outside else order.place
    case.history.append(book.happening("appointment_moved" if formerly_at else "appointment_booked", moment, note))
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


def verify(book: Book, order: technical_team.VerifyBeritaAcara) -> dict:
    """Verified by the head of the Bidang, only when every SKPD concerned has signed."""
    case = unfinished(book, order.application_id)
    require_bidang(case, book.actor)
    moment = acting_moment(order.acted_at, book.now, case.history)
    organisation().require_seat(book.actor.id, book.actor.role, office_date(moment), case.bidang)
    unsigned = [t.skpd for t in case.tasks if t.state != "signed"]
    if unsigned:
        reason = f"Belum ditandatangani oleh: {', '.join(map(unit_name, unsigned))}."
        raise Refusal("not_all_signed", reason, remedy="Minta SKPD tersebut menandatangani.")
    year = office_date(moment).year
    case.number = f"BA-{year}-{allocate(book, f'berita_acara/{year}', f'{case.id}/{case.round}'):05d}"
    case.outcome = strictest([t.recommendation for t in case.tasks])
    case.closed = "verified"
    for task in case.tasks:
        store.change_workload(book, task.officer, -1)
    for slot in slots_after(case.appointment.slots, moment):
        store.hold(book, slot, None)
    case.history.append(book.happening("berita_acara_verified", moment, case.outcome))
    verified = technical_team.BeritaAcaraVerified(
        application_id=case.id, number=case.number, outcome=case.outcome, round=case.round
    )
    book.say(verified)
    store.save(book, case)
    return {"number": case.number, "outcome": case.outcome}


def _release(book: Book, case: Case) -> None:
    for task in case.tasks:
        store.change_workload(book, task.officer, -1)
    _release_calendar(book, case)


def _release_calendar(book: Book, case: Case) -> None:
    for slot in case.appointment.slots if case.appointment else ():
        store.hold(book, slot, None)
    case.appointment = None
