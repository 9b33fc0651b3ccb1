"""The Bidang and the team: who has the file, when all are free, the appointment; verifying the berita acara."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from catalogue.office import organisation
from contracts import technical_team
from contracts.noticeboard import Notice
from plumbing.messaging.envelope import new_id
from plumbing.officials import unit_name
from portal.acting import NOTHING, act, faults_of, look, period
from portal.entrance import Posted
from portal.face import language_of, now
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.roads import BIDANG
from portal.words import N_, TASKS
from values.dates import JAKARTA, office_date

router = APIRouter(dependencies=[Depends(an_insiders_question)])
Seated = Annotated[Officer, Depends(officer(*BIDANG))]
HANDING = {
    "officer_id": ("anggota", N_("Pilih anggota yang menggantikan")),
    "reason": ("sebab", N_("Tulis sebabnya, paling sedikit lima huruf")),
}
HALF_HOUR, FIRST, LAST = timedelta(minutes=30), time(8), time(16)


@router.get("/petugas/bidang/{id}/jadwal", response_class=HTMLResponse)
def slots(request: Request, id: str, who: Seated, hari: str = "", sudah: str = ""):
    """Who of the team has the file, what they propose, and who is free on a day."""
    return _booking(request, who, seen_notice(request, who, id), day=hari[:10], said=sudah[:20])


@router.post("/petugas/bidang/{id}/jadwal", response_class=HTMLResponse)
def book(request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form(*BIDANG))]):
    """Book the meeting or visit, or move it."""
    who, form = came
    notice = seen_notice(request, who, id)
    because = form.fields.get("alasan", "").strip() if form.fields.get("tetap") == "ya" else ""
    fields = {"application_id": notice.id, "place": form.fields.get("tempat", ""), "outside_hours_because": because}
    fields |= period(lambda name: form.fields.get(name, ""))
    done = act(who, form, technical_team.BookAppointment, fields)
    if done.code:
        typed = {name: text[:300] for name, text in form.fields.items()}
        return _booking(request, who, notice, done.status, came=done, typed=typed, day=typed.get("tanggal", ""))
    return RedirectResponse(f"/petugas/bidang/{notice.id}/jadwal?sudah=jadwal&hari={form.fields['tanggal']}", 303)


@router.post("/petugas/bidang/{id}/serah-tugas", response_class=HTMLResponse)
def hand(request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form(*BIDANG))]):
    """Give a task to another member of its SKPD."""
    who, form = came
    notice, typed = seen_notice(request, who, id), {name: text[:300] for name, text in form.fields.items()}
    asked = {"skpd": typed.get("skpd", ""), "officer_id": typed.get("anggota", ""), "reason": typed.get("sebab", "")}
    done = act(who, form, technical_team.HandTask, {"application_id": notice.id, **asked})
    if done.code:
        return _booking(request, who, notice, done.status, came=done, typed=typed, handing=asked["skpd"])
    return RedirectResponse(f"/petugas/bidang/{notice.id}/jadwal?sudah=serah", 303)


@router.get("/petugas/bidang/{id}/berita-acara", response_class=HTMLResponse)
def read(request: Request, id: str, who: Seated, sudah: str = ""):
    """The berita acara, word for word, and whether it can be verified."""
    return _reading(request, who, seen_notice(request, who, id), said=sudah[:20])


@router.post("/petugas/bidang/{id}/berita-acara", response_class=HTMLResponse)
def verify(request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form("bidang_head"))]):
    """Verify what the members have signed."""
    who, form = came
    notice = seen_notice(request, who, id)
    done = act(who, form, technical_team.VerifyBeritaAcara, {"application_id": notice.id})
    if done.code:
        return _reading(request, who, notice, done.status, came=done)
    return RedirectResponse(f"/petugas/bidang/{notice.id}/berita-acara?sudah=verifikasi", 303)


def _booking(request: Request, who: Officer, notice: Notice, status: int = 200, day: str = "", **more: Any) -> Response:
    case, refusal = look(who, technical_team.FindCase(application_id=notice.id))
    chosen = _day(day) or (_suggested(case) if case else office_date(now()))
    free = None
    if case:
        asked = technical_team.CalendarOf(application_id=notice.id, since=chosen, days=1)
        free, refusal = look(who, asked)
    context = {"came": NOTHING, "typed": {}, "said": "", "handing": "", **more}
    due = case["due"] if case else None
    return officers_page(
        request,
        who,
        "bidang_booking",
        status,
        faults=faults_of(context["came"], language_of(request), HANDING) if context["handing"] else {},
        substitutes=_substitutes(case) if case else {},
        unanswered=[unit_name(task["skpd"]) for task in case["tasks"] if task["state"] == "offered"] if case else [],
        held=bool(case) and any(task["state"] in ("found", "signed") for task in case["tasks"]),
        too_late=bool(due) and chosen > office_date(due),
        notice=notice,
        case=case,
        refusal=refusal,
        day=chosen,
        before=chosen - timedelta(days=1),
        after=chosen + timedelta(days=1),
        members=free["members"] if free else None,
        times=_times(chosen, free["members"]) if free else [],
        states=TASKS,
        unit_name=unit_name,
        order=context["came"].order or new_id(),
        **context,
    )


def _substitutes(case: dict) -> dict[str, list[tuple[str, str, bool]]]:
    """By SKPD whose task can still be handed on: (id, name, whether they declined it) of its other members."""
    found = {}
    for task in case["tasks"] if not case["closed"] else ():
        if task["state"] in ("offered", "accepted"):
            members = organisation().officers_with("technical_officer", task["skpd"], on=office_date(now()))
            found[task["skpd"]] = [
                (each.id, each.name, each.id in task["declined_by"]) for each in members if each.id != task["officer"]
            ]
    return found


def _suggested(case: dict) -> date:
    """The day of the appointment, of the first proposal, or tomorrow."""
    if case["appointment"]:
        return office_date(case["appointment"]["starts_at"])
    wishes = [task["proposal"]["starts_at"] for task in case["tasks"] if task["proposal"]]
    return office_date(min(wishes)) if wishes else office_date(now()) + timedelta(days=1)


def _times(day: date, members: list[dict]) -> list[tuple[datetime, list[dict | None]]]:
    """Each half hour of the office's day with what each member is busy with; None: free."""
    start, found = datetime.combine(day, FIRST, JAKARTA), []
    while start < datetime.combine(day, LAST, JAKARTA):
        end = start + HALF_HOUR
        row = [
            next((b for b in member["busy"] if b["starts_at"] < end and start < b["ends_at"]), None)
            for member in members
        ]
        found.append((start, row))
        start = end
    return found


def _reading(request: Request, who: Officer, notice: Notice, status: int = 200, **more: Any) -> Response:
    case, refusal = look(who, technical_team.FindCase(application_id=notice.id))
    paper = None
    if case and case["appointment"]:
        paper, refusal = look(who, technical_team.ReadBeritaAcara(application_id=notice.id), as_printed=True)
    context = {"came": NOTHING, "said": "", **more}
    unsigned = [unit_name(task["skpd"]) for task in case["tasks"] if task["state"] != "signed"] if case else []
    return officers_page(
        request,
        who,
        "bidang_reading",
        status,
        notice=notice,
        case=case,
        paper=paper,
        refusal=refusal,
        unsigned=unsigned,
        order=context["came"].order or new_id(),
        **context,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 < day.year < 2100 else None
