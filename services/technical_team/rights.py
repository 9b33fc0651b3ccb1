"""What must hold before anything is done to a case: that it is open, whose task it is, whose Bidang it belongs to."""

from datetime import datetime

from catalogue.office_calendar import office_hours
from contracts.base import Command
from contracts.people import Actor
from plumbing.messaging.book import Book
from plumbing.officials import unit_name
from services.technical_team import store
from services.technical_team.model import FARTHEST, LONGEST, Case, Task, TaskState
from values.dates import office_date
from values.happening import acting_moment
from values.refusal import Refusal

WORDS: dict[TaskState, str] = {
    "offered": "belum dijawab",
    "accepted": "sudah diterima",
    "found": "sudah berisi temuan",
    "signed": "sudah ditandatangani",
}


def unfinished(book: Book, application_id: str) -> Case:
    """The case, when the team has not finished with it."""
    case = store.asked_for(book, application_id)
    if case.closed is not None:
        raise Refusal("case_closed", f"Pemeriksaan teknis berkas ini sudah selesai ({case.closed}).")
    return case


def own_task(book: Book, order: Command, *states: TaskState) -> tuple[Case, Task, datetime]:
    """The task of the SKPD, when it is the actor's own and in a state the act needs; and the moment of the act."""
    case = unfinished(book, order.application_id)
    task = members_task(case, order.skpd, book.actor)
    if task.state not in states:
        wanted = " atau ".join(WORDS[each] for each in states)
        reason = f"Tugas {unit_name(task.skpd)} {WORDS[task.state]}; untuk ini tugasnya harus {wanted}."
        raise Refusal("wrong_state", reason, field="skpd", remedy="Muat ulang berkas dan lihat langkahnya.")
    return case, task, acting_moment(order.acted_at, book.now, task.since)


def members_task(case: Case, skpd: str, actor: Actor) -> Task:
    """The task of an SKPD, when this actor is the member who does it."""
    task = case.task(skpd)
    if task is None:
        concerned = ", ".join(t.skpd for t in case.tasks)
        raise Refusal("not_concerned", f"Berkas ini tidak melibatkan {skpd}.", field="skpd", remedy=concerned)
    if task.officer != actor.id:
        raise Refusal("not_your_task", "Tugas ini ditawarkan kepada anggota lain.", field="skpd")
    return task


def require_period(starts_at: datetime, ends_at: datetime, moment: datetime) -> None:
    """A time in which a meeting or visit can be: ahead of the moment it is set, of a bearable length."""
    if not starts_at < ends_at or ends_at - starts_at > LONGEST:
        raise Refusal("bad_period", "Waktu selesai harus sesudah mulai, paling lama 8 jam.", field="ends_at")
    if starts_at < moment:
        raise Refusal("bad_period", "Jadwal tidak boleh lebih awal daripada saat penetapannya.", field="starts_at")
    if starts_at - moment > FARTHEST:
        raise Refusal("bad_period", "Jadwal paling lama satu tahun ke depan.", field="starts_at")


def require_office_hours(starts_at: datetime, ends_at: datetime, because: str) -> bool:
    """Whether the time lies outside the hours of the office: possible only with the reason written down.

    From opening to closing of a working day; the noon break is the members' own affair.
    """
    hours = office_hours().open_on(office_date(starts_at))
    if hours and hours[0][0] <= starts_at and ends_at <= hours[-1][1]:
        return False
    if len(because.strip()) < 5:
        when = f"{hours[0][0]:%H.%M}-{hours[-1][1]:%H.%M}" if hours else None
        reason = f"di luar jam kantor hari itu ({when})" if when else "pada hari libur"
        remedy = "Pilih waktu lain, atau pilih Tetap jadwalkan dan tulis alasannya."
        raise Refusal("outside_hours", f"Waktu itu {reason}.", field="starts_at", remedy=remedy)
    return True


def require_bidang(case: Case, actor: Actor) -> None:
    """The file is that Bidang's."""
    if actor.unit != case.bidang:
        raise Refusal("wrong_bidang", f"Berkas ini ditangani Bidang {case.bidang}.", field="application_id")


def require_concerned(case: Case, actor: Actor) -> None:
    """Who may look into the case: the SKPD asked, the Bidang of the file, the operator."""
    if actor.role == "technical_officer" and actor.unit not in [t.skpd for t in case.tasks]:
        raise Refusal("not_concerned", "SKPD Anda tidak terkait dengan berkas ini.", field="application_id")
    if actor.role in ("bidang_officer", "bidang_head"):
        require_bidang(case, actor)
