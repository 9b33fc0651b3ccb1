"""Whether a file is complete, paper by paper: what was brought is scanned in, ticked, or asked for; then the resi."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from contracts import intake
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, Came, act, look
from portal.answers import answered
from portal.entrance import Posted
from portal.face import now
from portal.file_view import file_view
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.uploads import Unfit

router = APIRouter(dependencies=[Depends(an_insiders_question)])
ROLE = "counter"
VERDICTS = ("complete", "missing", "wrong", "not_applicable")
LOOKS, A_MOMENT = 8, 0.4  # seconds
SAID_WHY = {"wrong": 3, "not_applicable": 10}  # letters of the note
Seated = Annotated[Officer, Depends(officer(ROLE))]
Form = Annotated[tuple[Officer, Posted], Depends(officers_form(ROLE))]


@router.get("/petugas/loket/{id}/kelengkapan", response_class=HTMLResponse)
def papers(request: Request, id: str, who: Seated):
    """Every paper the type asks for, with what was handed in."""
    return _page(request, who, id)


@router.post("/petugas/loket/{id}/kelengkapan", response_class=HTMLResponse)
def tick(request: Request, id: str, came: Form):
    """Found complete, missing or wrong. When nothing lacks the file is registered and has its resi."""
    who, form = came
    notice = seen_notice(request, who, id)
    findings, faults = _findings(form.fields)
    context = {"typed": form.fields, "order": form.fields.get("perintah", "")}
    for requirement in [name.removeprefix("berkas.") for name, _ in form.files]:  # chosen, not sent by itself
        try:
            kept = _scanned(request, who, notice.id, requirement, form)
        except Unfit as no:
            return _page(request, who, id, 422, unfit=(requirement, no.code), **context)
        if kept.code:
            return _not_done(request, who, id, kept, "note", typed=form.fields)
    if not findings or faults:
        return _page(request, who, id, 422, fault="none" if not findings else "note", faults=faults, **context)
    done = _ticked(who, form, {"application_id": notice.id, "findings": findings})
    if done.code:
        return _not_done(request, who, id, done, "note", typed=form.fields)
    if done.answer["resi"]:
        return RedirectResponse(f"/petugas/berkas/{notice.id}?tercatat=resi", 303)
    if done.answer["unticked"]:
        return RedirectResponse(f"/petugas/loket/{notice.id}/kelengkapan", 303)
    return RedirectResponse(f"/petugas/berkas/{notice.id}?tercatat=diminta", 303)


@router.post("/petugas/loket/{id}/pindai/{requirement}", response_class=HTMLResponse)
def scan(request: Request, id: str, requirement: str, came: Form):
    """What the person brought, scanned: before anything was asked, or as their answer to it. What was ticked and typed
    beside it stays on the page."""
    who, form = came
    notice, order_id = seen_notice(request, who, id), form.fields.get("perintah", "")
    try:
        done = _scanned(request, who, notice.id, requirement, form)
    except Unfit as no:
        return _page(request, who, id, 422, unfit=(requirement, no.code), order=order_id, typed=form.fields)
    if done.code:
        return _not_done(request, who, id, done, "note", typed=form.fields)
    page = _page(request, who, id, kept=requirement, typed=form.fields)
    return answered(request, page, f"/petugas/loket/{notice.id}/kelengkapan")


@router.post("/petugas/loket/{id}/tarik/{requirement}", response_class=HTMLResponse)
def take_back(request: Request, id: str, requirement: str, came: Form):
    """One request to the applicant is taken back: a mistake, or the paper was found."""
    who, form = came
    notice, reason = seen_notice(request, who, id), form.fields.get("alasan", "").strip()
    fields = {"application_id": notice.id, "requirement": requirement[:60], "reason": reason}
    done = act(who, form, intake.WithdrawRequest, fields, name=requirement)
    if done.code:
        return _not_done(request, who, id, done, "reason")
    return RedirectResponse(f"/petugas/loket/{notice.id}/kelengkapan", 303)


def _scanned(request: Request, who: Officer, id: str, requirement: str, form: Posted) -> Came:
    """The file chosen for a requirement, kept and named to the room. Raises Unfit."""
    file = next((file for name, file in form.files if name == f"berkas.{requirement}"), None)
    document = request.app.state.uploads.take(file, requirement)
    fields = {"application_id": id, "requirement": requirement[:60], "document": document}
    return act(who, form, intake.AnswerItem, fields, name=f"{requirement}/{document.sha256}")


def _ticked(who: Officer, form: Posted, fields: dict[str, Any]) -> Came:
    """What came of it. Papers that came with this form are looked at by the room first, which takes a moment."""
    for _ in range(LOOKS):
        done = act(who, form, intake.CheckCompleteness, fields)
        if done.refusal is None or done.refusal.code != "not_yet_inspected":
            break
        time.sleep(A_MOMENT)
    return done


def _not_done(request: Request, who: Officer, id: str, came: Came, field: str, **more: Any) -> Response:
    """The page again, with what came of the form. `field`: what is wrong when the command could not be made of it."""
    wrong = {"fault": field, "order": came.order} if came.code == "form" else {"came": came, "order": came.order}
    return _page(request, who, id, came.status, **wrong, **more)


def _findings(typed: dict[str, str]) -> tuple[list[dict], list[str]]:
    """(what was ticked, the requirements of which is not said what is wrong)."""
    found, faults = [], []
    for name, verdict in typed.items():
        if not name.startswith("hasil.") or verdict not in VERDICTS:
            continue
        requirement = name.removeprefix("hasil.")
        note = typed.get(f"catatan.{requirement}", "").strip()[:500]
        if len(note) < SAID_WHY.get(verdict, 0):
            faults.append(requirement)
        found.append({"requirement": requirement[:60], "verdict": verdict, "note": note})
    return found, faults


def _page(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    notice = seen_notice(request, who, id)
    view = file_view(notice, now())
    found, refusal = look(who, intake.FindApplication(application_id=notice.id))
    context = {"came": NOTHING, "fault": None, "faults": [], "unfit": None, "typed": {}, "kept": "", **more}
    context["order"] = context.get("order") or new_id()
    step = found["standing"]["step"] if found else None
    ticking = step is not None and view.kind.path_for(notice.moved.transaction)[step].act == "check_completeness"
    return officers_page(
        request, who, "completeness", status, view=view, found=found, refusal=refusal, ticking=ticking, **context
    )
