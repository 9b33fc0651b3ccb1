"""A member of the technical team: the tasks, and one task with what may be done about it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from contracts import technical_team
from contracts.noticeboard import Notice
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from plumbing.officials import unit_name
from portal.acting import NOTHING, Came, act, look, period, with_moments
from portal.entrance import Posted
from portal.face import now
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.rooms import LOOK_SECONDS
from portal.words import TASKS

router = APIRouter(dependencies=[Depends(an_insiders_question)])
Member = Annotated[Officer, Depends(officer("technical_officer"))]
Form = Annotated[tuple[Officer, Posted], Depends(officers_form("technical_officer"))]


@router.get("/petugas/tim", response_class=HTMLResponse)
def tasks(request: Request, who: Member):
    """My open tasks, the one due first on top."""
    try:
        found = with_moments(who.ask(technical_team.TasksOf(), seconds=LOOK_SECONDS))
    except (Away, Fault):
        found = None
    return officers_page(request, who, "team_tasks", tasks=found, states=TASKS, asked=now())


@router.get("/petugas/tim/{id}", response_class=HTMLResponse)
def task(request: Request, id: str, who: Member, sudah: str = ""):
    """One task: what it is about, until when, what may be done now."""
    return task_page(request, who, seen_notice(request, who, id), said=sudah[:20])


@router.post("/petugas/tim/{id}/terima", response_class=HTMLResponse)
def accept(request: Request, id: str, came: Form):
    """Take the task."""
    who, form = came
    notice = seen_notice(request, who, id)
    return _after(request, who, notice, act(who, form, technical_team.AcceptTask, own(who, notice)), "terima", form)


@router.post("/petugas/tim/{id}/tolak", response_class=HTMLResponse)
def decline(request: Request, id: str, came: Form):
    """Pass the task on to the next member of the same SKPD, with the reason."""
    who, form = came
    notice = seen_notice(request, who, id)
    fields = own(who, notice) | {"reason": form.fields.get("alasan", "")}
    done = act(who, form, technical_team.DeclineTask, fields)
    if not done.code:
        return RedirectResponse("/petugas/tim", 303)
    return _after(request, who, notice, done, "tolak", form)


@router.post("/petugas/tim/{id}/usul", response_class=HTMLResponse)
def propose(request: Request, id: str, came: Form):
    """Ask the Bidang for another time."""
    who, form = came
    notice = seen_notice(request, who, id)
    fields = own(who, notice) | {"reason": form.fields.get("alasan", "")}
    fields |= period(lambda name: form.fields.get(name, ""))
    return _after(request, who, notice, act(who, form, technical_team.ProposeSlot, fields), "usul", form)


def own(who: Officer, notice: Notice) -> dict[str, str]:
    """The task a command is about: that of the member's SKPD on this file."""
    return {"application_id": notice.id, "skpd": who.seat.unit}


def case_of(who: Officer, notice: Notice) -> tuple[dict | None, dict | None, Any]:
    """(the case, this member's task on it, the refusal); no case while the room is away."""
    case, refusal = look(who, technical_team.FindCase(application_id=notice.id))
    mine = next((each for each in case["tasks"] if each["skpd"] == who.seat.unit), None) if case else None
    return case, mine, refusal


def task_page(request: Request, who: Officer, notice: Notice, status: int = 200, **more: Any) -> Response:
    """The page of a task, as the room has it now."""
    case, mine, refusal = case_of(who, notice)
    context = {"came": NOTHING, "which": "", "typed": {}, "said": "", **more}
    return officers_page(
        request,
        who,
        "team_task",
        status,
        notice=notice,
        case=case,
        mine=mine,
        is_mine=bool(mine) and mine["officer"] == who.id,
        refusal=refusal,
        states=TASKS,
        unit_name=unit_name,
        begun=bool(case and case["appointment"]) and case["appointment"]["starts_at"] <= now(),
        order=context["came"].order or new_id(),
        **context,
    )


def _after(request: Request, who: Officer, notice: Notice, came: Came, which: str, form: Posted) -> Response:
    if not came.code:
        return RedirectResponse(f"/petugas/tim/{notice.id}?sudah={which}", 303)
    typed = {name: text[:300] for name, text in form.fields.items()}
    return task_page(request, who, notice, came.status, came=came, which=which, typed=typed)
