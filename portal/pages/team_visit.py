"""On site, on a phone: the checklist, findings and recommendation, kept at each answer; photos with time and place."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.licences import licence_type
from contracts import technical_team
from contracts.noticeboard import Notice
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, act, look
from portal.downloads import disposition
from portal.entrance import Posted
from portal.face import face_of, now
from portal.guard import an_insiders_question
from portal.officers import Officer, any_officer, officers_page
from portal.pages.desk import seen_notice
from portal.pages.team import Form, Member, case_of, own
from portal.uploads import Unfit
from portal.visit_form import ATTENDANCE, RECOMMENDATIONS, Checklist, as_typed, findings, names, rows
from portal.visit_notes import VisitNotes
from values.dates import JAKARTA

router = APIRouter(dependencies=[Depends(an_insiders_question)])
OPEN = ("accepted", "found")


@router.get("/petugas/tim/{id}/periksa", response_class=HTMLResponse)
def visit(request: Request, id: str, who: Member, sudah: str = ""):
    """The form of the visit, as far as it is filled in."""
    return _page(request, who, seen_notice(request, who, id), said=sudah[:20])


@router.post("/petugas/tim/{id}/periksa", response_class=HTMLResponse)
def record(request: Request, id: str, came: Form):
    """Record the findings; what was typed is kept until the room has it."""
    who, form = came
    notice = seen_notice(request, who, id)
    case = _my_open_case(who, notice)
    asked = _checklist(case)
    typed = _keep(request, who, case, form)
    fields, faults = findings(asked, typed)
    if faults:
        return _page(request, who, notice, 422, faults=faults, order=form.fields.get("perintah", ""))
    done = act(who, form, technical_team.RecordFindings, own(who, notice) | fields)
    if done.code:
        return _page(request, who, notice, done.status, came=done, order=done.order)
    _notes(request).throw_away(who.id, notice.id, case["round"])
    return RedirectResponse(f"/petugas/tim/{notice.id}/berita-acara", 303)


@router.post("/petugas/tim/{id}/catat", response_class=HTMLResponse)
def keep(request: Request, id: str, came: Form):
    """Keep what is typed so far. Asked by htmx at each answer, and by the button where there is no script."""
    who, form = came
    notice = seen_notice(request, who, id)
    _keep(request, who, _my_open_case(who, notice), form)
    if request.headers.get("hx-request"):
        return face_of(request).page(request, "team_kept", at=now())
    return RedirectResponse(f"/petugas/tim/{notice.id}/periksa?sudah=catat", 303)


@router.post("/petugas/tim/{id}/foto", response_class=HTMLResponse)
def add_photo(request: Request, id: str, came: Form):
    """A photo with when and where: the time as typed, otherwise as the camera wrote it."""
    who, form = came
    notice = seen_notice(request, who, id)
    order = form.fields.get("perintah", "")
    typed = {name: form.fields.get(name, "").strip()[:200] for name in ("tempat", "waktu", "keterangan")}
    more: dict[str, Any] = {"photo_typed": typed, "order": order}
    try:
        document, camera = request.app.state.uploads.take_photo(form.files[0][1] if form.files else None)
    except Unfit as no:
        return _page(request, who, notice, 422, photo_fault=no.code, **more)
    typed_at = _typed_moment(typed["waktu"])
    if (typed["waktu"] and typed_at is None) or not (typed_at or camera.taken_at):
        return _page(request, who, notice, 422, photo_fault="when", **more)
    if len(typed["tempat"]) < 3:
        return _page(request, who, notice, 422, photo_fault="where", **more)
    photo = {
        "document": document,
        "taken_at": typed_at or camera.taken_at,
        "place": typed["tempat"],
        "latitude": camera.latitude,
        "longitude": camera.longitude,
        "read_from_photo": typed_at is None,
        "caption": typed["keterangan"],
    }
    done = act(who, form, technical_team.AttachPhoto, own(who, notice) | {"photo": photo}, name=document.sha256)
    if done.code:
        return _page(request, who, notice, done.status, came=done, photo_typed=typed, order=done.order)
    return RedirectResponse(f"/petugas/tim/{notice.id}/periksa?sudah=foto#foto", 303)


@router.post("/petugas/tim/{id}/foto/{sha256}/keluarkan", response_class=HTMLResponse)
def remove_photo(request: Request, id: str, sha256: str, came: Form):
    """Take one of one's own photos out again."""
    who, form = came
    notice = seen_notice(request, who, id)
    fields = own(who, notice) | {"sha256": sha256}
    done = act(who, form, technical_team.RemovePhoto, fields, name=sha256[:64])
    if done.code:
        return _page(request, who, notice, done.status, came=done, order=done.order)
    return RedirectResponse(f"/petugas/tim/{notice.id}/periksa?sudah=keluar#foto", 303)


@router.get("/petugas/tim/{id}/foto/{sha256}")
def photo(request: Request, id: str, sha256: str, who: Annotated[Officer, Depends(any_officer)]):
    """A photo of the case, for whom the room lets look into it."""
    notice = seen_notice(request, who, id, "paper")
    case, _ = look(who, technical_team.FindCase(application_id=notice.id))
    photos = [each["document"] for task in case["tasks"] for each in task["photos"]] if case else []
    found = next((document for document in photos if document["sha256"] == sha256), None)
    if found is None:
        raise HTTPException(404)
    named = disposition("Foto lapangan", str(photos.index(found) + 1), notice.moved.resi, found["media_type"])
    headers = {"Cache-Control": "no-store", "Content-Disposition": named}
    return Response(request.app.state.uploads.store.get(sha256), media_type=found["media_type"], headers=headers)


def _page(request: Request, who: Officer, notice: Notice, status: int = 200, **more: Any) -> Response:
    case, mine, refusal = case_of(who, notice)
    context = {"came": NOTHING, "faults": {}, "said": "", "photo_fault": "", "photo_typed": {}, **more}
    context["order"] = context.get("order") or new_id()
    open_ = bool(mine) and mine["officer"] == who.id and mine["state"] in OPEN and case["closed"] is None
    notes = _notes(request).find(who.id, notice.id, case["round"]) if open_ else None
    asked = _checklist(case) if open_ else None
    typed = notes.typed or as_typed(asked, mine) if open_ else {}
    return officers_page(
        request,
        who,
        "team_visit",
        status,
        notice=notice,
        case=case,
        mine=mine,
        may=open_,
        begun=bool(case and case["appointment"]) and case["appointment"]["starts_at"] <= now(),
        refusal=refusal,
        rows=rows(asked, typed) if open_ else [],
        typed=typed,
        kept_at=notes.at if open_ else None,
        recommendations=RECOMMENDATIONS,
        attendance=ATTENDANCE,
        **context,
    )


def _checklist(case: dict) -> Checklist:
    return Checklist(licence_type(case["licence_type"], case["edition"]), case["sub_kind"], case["transaction"])


def _my_open_case(who: Officer, notice: Notice) -> dict:
    """The case, when this member may still write findings; 404 otherwise, 503 while the room is away."""
    case, mine, refusal = case_of(who, notice)
    if case is None and refusal is None:
        raise HTTPException(503)
    if not mine or mine["officer"] != who.id or mine["state"] not in OPEN:
        raise HTTPException(404)
    return case


def _keep(request: Request, who: Officer, case: dict, form: Posted) -> dict[str, str]:
    known = names(_checklist(case))
    typed = {name: text[:2000] for name, text in form.fields.items() if name in known and text}
    _notes(request).keep(who.id, case["id"], case["round"], typed, now())
    return typed


def _notes(request: Request) -> VisitNotes:
    return request.app.state.visit_notes


def _typed_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=JAKARTA) if text else None
    except ValueError:
        return None
