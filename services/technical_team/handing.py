"""The Bidang hands a task to another member of the same SKPD than the room chose, or than had taken it."""

from datetime import datetime

from catalogue.office import organisation
from contracts import technical_team
from plumbing.messaging.book import Book
from plumbing.officials import unit_name
from services.technical_team import store
from services.technical_team.actions import say_offered
from services.technical_team.model import Case, Task
from services.technical_team.rights import WORDS, require_bidang, unfinished
from values.dates import office_date
from values.happening import acting_moment
from values.refusal import Refusal


def hand(book: Book, order: technical_team.HandTask) -> dict:
    """Offered to that member, who may be one who declined before: the Bidang knows why. What the SKPD has attached
    stays. Refusals: `not_concerned`, `wrong_state`, `no_such_member`, `same_member`, `double_booking`."""
    case = unfinished(book, order.application_id)
    require_bidang(case, book.actor)
    task = _open_task(case, order.skpd)
    moment = acting_moment(order.acted_at, book.now, task.since)
    _require_member(task, order.officer_id, moment)
    former = task.officer
    _swap_places(book, case, former, order.officer_id)
    store.change_workload(book, former, -1)
    store.change_workload(book, order.officer_id, +1)
    task.officer, task.state, task.since, task.proposal = order.officer_id, "offered", moment, None
    task.declined_by = [each for each in task.declined_by if each != order.officer_id]
    case.history.append(book.happening("task_handed", moment, f"{task.skpd}: {former}, {order.reason}"))
    case.history.append(book.happening("task_offered", moment, f"{task.skpd}: {task.officer}"))
    say_offered(book, case, task)
    store.save(book, case)
    return {"offered_to": task.officer}


def _open_task(case: Case, skpd: str) -> Task:
    task = case.task(skpd)
    if task is None:
        concerned = ", ".join(unit_name(each.skpd) for each in case.tasks)
        raise Refusal("not_concerned", f"Berkas ini tidak melibatkan {skpd}.", field="skpd", remedy=concerned)
    if task.state not in ("offered", "accepted"):
        reason = f"Tugas {unit_name(skpd)} {WORDS[task.state]}; tidak dapat diserahkan lagi."
        raise Refusal("wrong_state", reason, field="skpd", remedy="Muat ulang halaman dan lihat keadaannya.")
    return task


def _require_member(task: Task, officer: str, moment: datetime) -> None:
    """A member of the same SKPD, at work on that day, and not the one who has it."""
    on = office_date(moment)
    members = {each.id: each.name for each in organisation().officers_with("technical_officer", task.skpd, on=on)}
    if officer not in members:
        others = ", ".join(name for id, name in members.items() if id != task.officer) or "Tidak ada anggota lain."
        reason = f"Bukan anggota tim teknis {unit_name(task.skpd)} pada hari itu."
        raise Refusal("no_such_member", reason, field="officer_id", remedy=f"Yang dapat dipilih: {others}")
    if officer == task.officer:
        raise Refusal("same_member", "Tugas ini sudah pada anggota itu.", field="officer_id")


def _swap_places(book: Book, case: Case, former: str, other: str) -> None:
    """The appointment stays: its half hours go from one member to the other."""
    if case.appointment is None:
        return
    mine = [slot for slot in case.appointment.slots if slot.startswith(f"{former}/")]
    theirs = [slot.replace(former, other, 1) for slot in mine]
    if store.taken(book, theirs, case.id):
        reason = "Anggota itu sudah punya jadwal lain pada waktu yang ditetapkan."
        remedy = "Pilih anggota lain, atau pindahkan jadwalnya dahulu."
        raise Refusal("double_booking", reason, field="officer_id", remedy=remedy)
    for slot in mine:
        store.hold(book, slot, None)
    for slot in theirs:
        store.hold(book, slot, case.id)
    kept = [slot for slot in case.appointment.slots if slot not in mine]
    case.appointment.slots = kept + theirs
