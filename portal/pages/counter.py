"""The counter: a person is registered, from their words or from a paper form, and their licence is handed over."""

from datetime import datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.licence_type import LicenceType
from catalogue.licences import licence_types
from contracts import intake, issuance
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal import offer_view, wizard
from portal.entrance import Posted
from portal.face import now
from portal.file_view import file_view
from portal.guard import a_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.rooms import command_id
from values.dates import JAKARTA
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(a_question)])
ROLE = "counter"
HOME = "/petugas/loket"
CHANNELS = ("counter", "car_free_day")
Seated = Annotated[Officer, Depends(officer(ROLE))]
Form = Annotated[tuple[Officer, Posted], Depends(officers_form(ROLE))]


@router.get(HOME, response_class=HTMLResponse)
def choose(request: Request, who: Seated):
    """Which licence is asked for."""
    today = offer_view.today()
    kinds = [kind for kind in licence_types().values() if kind.open_on(today)]
    return officers_page(request, who, "counter", kinds=sorted(kinds, key=lambda kind: kind.name))


@router.get(HOME + "/baru", response_class=HTMLResponse)
def blank(request: Request, who: Seated, jenis: str, sub: str = ""):
    """The form of one type; where it has sub-kinds, which one first."""
    kind = _open_type(jenis)
    if kind.sub_kinds and sub not in kind.sub_kinds:
        lines = [line for line in kind.lines if line.offered]
        return officers_page(request, who, "counter_sub_kind", kind=kind, lines=lines)
    return _form(request, who, kind, sub)


@router.post(HOME + "/baru", response_class=HTMLResponse)
def register(request: Request, came: Form, jenis: str, sub: str = ""):
    """Take the file in. The form's own id makes a repeated sending one file."""
    who, form = came
    kind = _open_type(jenis)
    if kind.sub_kinds and sub not in kind.sub_kinds:
        raise HTTPException(404)
    read = {page: wizard.read(kind, page, _of(page, form.fields)) for page in _pages(kind, sub)}
    faults = {f"{page}.{field}": words for page, (_, found) in read.items() for field, words in found.items()}
    at, wrong_day = _on_paper(form.fields)
    if wrong_day:
        faults["hari"] = wrong_day
    order = form.fields.get("perintah", "")[:64]
    if faults or len(order) < 8:
        return _form(request, who, kind, sub, 422, typed=form.fields, faults=faults)
    answers = {page: answer for page, (answer, _) in read.items()}
    channel = form.fields.get("saluran", CHANNELS[0])
    submission = intake.SubmitApplication(
        command_id=command_id(who.id, order),
        application_id=command_id(who.id, f"{order}/berkas"),
        acted_at=at,
        licence_type=kind.code,
        sub_kind=sub or None,
        channel=channel if channel in CHANNELS else CHANNELS[0],
        applicant=answers[wizard.APPLICANT],
        place=answers[wizard.PLACE],
        quantities=answers.get(wizard.QUANTITIES, {}),
        licence_number=answers.get(wizard.EARLIER, {}).get("licence_number"),
    )
    try:
        who.ask(submission)
    except Refusal as no:
        if no.code != "already_submitted":
            return _form(request, who, kind, sub, 422, typed=form.fields, refusal=no)
    except (Away, Fault):
        return _form(request, who, kind, sub, 503, typed=form.fields, away=True)
    return RedirectResponse(f"{HOME}/{submission.application_id}/kelengkapan", 303)


@router.get(HOME + "/{id}/serah", response_class=HTMLResponse)
def ask_to_hand_over(request: Request, id: str, who: Seated):
    """The licence is there and the person too: who they are is looked at first."""
    return _handover(request, who, id)


@router.post(HOME + "/{id}/serah", response_class=HTMLResponse)
def hand_over(request: Request, id: str, came: Form):
    """Handed over, once."""
    who, form = came
    notice, receiver = seen_notice(request, who, id), form.fields.get("penerima", "")
    order_id = form.fields.get("perintah", "")
    if receiver not in ("holder", "proxy") or not form.fields.get("diperiksa"):
        return _handover(request, who, id, 422, fault="form", typed=receiver, order=order_id)
    order = issuance.HandOverLicence(
        command_id=command_id(who.id, order_id), application_id=notice.id, receiver=receiver, identity_checked=True
    )
    try:
        who.ask(order)
    except Refusal as no:
        return _handover(request, who, id, 422, refusal=no, typed=receiver, order=order_id)
    except (Away, Fault):
        return _handover(request, who, id, 503, fault="away", typed=receiver, order=order_id)
    return RedirectResponse(f"/petugas/berkas/{notice.id}?tercatat=serah", 303)


@router.get(HOME + "/{id}/cabut", response_class=HTMLResponse)
def ask_to_withdraw(request: Request, id: str, who: Seated):
    """The applicant is at the desk and takes the file back."""
    return _withdrawal(request, who, id)


@router.post(HOME + "/{id}/cabut", response_class=HTMLResponse)
def withdraw(request: Request, id: str, came: Form):
    """Taken back for them, with their reason."""
    who, form = came
    notice, typed = seen_notice(request, who, id), form.fields.get("alasan", "").strip()[:500]
    order_id = form.fields.get("perintah", "")
    try:
        order = intake.WithdrawApplication(
            command_id=command_id(who.id, order_id), application_id=notice.id, reason=typed
        )
    except ValueError:
        return _withdrawal(request, who, id, 422, fault="form", typed=typed, order=order_id)
    try:
        who.ask(order)
    except Refusal as no:
        return _withdrawal(request, who, id, 422, refusal=no, typed=typed, order=order_id)
    except (Away, Fault):
        return _withdrawal(request, who, id, 503, fault="away", typed=typed, order=order_id)
    return RedirectResponse(f"/petugas/berkas/{notice.id}?tercatat=cabut", 303)


def _open_type(code: str) -> LicenceType:
    kind = offer_view.type_today(code[:60])
    if kind is None or not kind.open_on(offer_view.today()):
        raise HTTPException(404)
    return kind


def _pages(kind: LicenceType, sub: str) -> list[str]:
    """What is asked, without the sub-kind, which is chosen before."""
    answers = {wizard.KIND: {"sub_kind": sub}} if sub else {}
    return [page for page in wizard.pages(kind, answers) if page != wizard.KIND]


def _of(page: str, typed: dict[str, str]) -> dict[str, str]:
    """The fields of one part; on the form each carries the name of its part."""
    return {name.removeprefix(f"{page}."): text for name, text in typed.items() if name.startswith(f"{page}.")}


def _on_paper(typed: dict[str, str]) -> tuple[datetime | None, str]:
    """(the moment on the paper form, what is wrong with it). Nothing typed: it happens now."""
    day, hour = typed.get("hari", "").strip(), typed.get("jam", "").strip()
    if not day:
        return None, ""
    try:
        at = datetime.combine(datetime.strptime(day, "%Y-%m-%d").date(), time.fromisoformat(hour or "08:00"), JAKARTA)
    except ValueError:
        return None, "day"
    return (at, "") if at <= now() else (None, "ahead")


def _form(request: Request, who: Officer, kind: LicenceType, sub: str, status: int = 200, **more: Any) -> Response:
    parts = [(page, wizard.TITLES[page], wizard.fields(kind, page)) for page in _pages(kind, sub)]
    line = next((line.name for line in kind.lines if line.code == sub), None)
    context = {"typed": {}, "faults": {}, "refusal": None, "away": False, **more}
    order = context["typed"].get("perintah") or new_id()
    return officers_page(
        request, who, "counter_form", status, kind=kind, sub=sub, line=line, parts=parts, order=order, **context
    )


def _handover(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    context = {"fault": None, "refusal": None, "typed": "", **more}
    context["order"] = context.get("order") or new_id()
    view = file_view(seen_notice(request, who, id), now())
    return officers_page(request, who, "hand_over", status, view=view, **context)


def _withdrawal(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    context = {"fault": None, "refusal": None, "typed": "", **more}
    context["order"] = context.get("order") or new_id()
    view = file_view(seen_notice(request, who, id), now())
    return officers_page(request, who, "counter_withdraw", status, view=view, **context)
