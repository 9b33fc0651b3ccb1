"""Initials and signatures: the drafts and SKRD that wait for this seat, one looked at, many signed at once.

A signature takes the passphrase each time it is given, once for all that are chosen. Each chosen paper is a command of
its own with an id that the page fixed, so that sending again, for whatever reason, signs nothing twice.
"""

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.desks import desks_at
from catalogue.office import organisation
from contracts import issuance, retribution
from contracts.base import Command
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, act, look
from portal.answers import answered
from portal.downloads import disposition
from portal.entrance import Posted
from portal.face import face_of, now
from portal.file_view import FileView, file_view
from portal.gate import GateSays
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.roads import INITIALLING, SIGNING
from portal.rooms import command_id
from values.dates import office_date
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
HOME = "/petugas/tanda-tangan"
ROLES = (*INITIALLING, *SIGNING)
DEMANDS = {"skrd": retribution.SignSkrd, "strd": retribution.SignStrd}
MOST = 25  # on one page: what a person can still look at before they sign
AT_ONCE = 6
Seated = Annotated[Officer, Depends(officer(*ROLES))]
Form = Annotated[tuple[Officer, Posted], Depends(officers_form(*ROLES))]


class Done(NamedTuple):
    """What became of one paper: `done` with its number, `refused` with the room's words, or `unknown`."""

    key: str
    name: str
    outcome: str
    words: str


@router.get(HOME, response_class=HTMLResponse)
def waiting(request: Request, who: Seated):
    """What waits for this seat's initial or signature."""
    return _list(request, who)


@router.post(HOME, response_class=HTMLResponse)
def sign(request: Request, came: Form):
    """Initial or sign everything that was chosen."""
    who, form = came
    chosen = {name.removeprefix("pilih."): text for name, text in form.fields.items() if name.startswith("pilih.")}
    order = form.fields.get("perintah", "")[:64]
    if not chosen or len(order) < 8:
        return _list(request, who, 422, fault="none")
    try:
        statement = _stated(who, form.fields.get("sandi", "")[:200])
    except GateSays as no:
        if no.unfit.code not in ("unknown", "wait"):
            raise
        return _list(
            request, who, 422 if no.unfit.code == "unknown" else 429, fault=no.unfit.code, seconds=no.unfit.seconds,
            chosen=set(chosen), order=order,
        )  # fmt: skip
    orders = {key: _order(who, key, order) for key in list(chosen)[:MOST]}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda key: _give(who, statement, key, chosen[key][:200], orders[key]), orders))
    page = officers_page(request, who, "signed", results=done, order=order, signs=who.seat.role in SIGNING)
    return answered(request, page, HOME)


@router.get("/petugas/konsep/{id}", response_class=HTMLResponse)
def draft(request: Request, id: str, who: Seated):
    """One draft: what it will say, whose turn it is, who signs."""
    return _draft(request, who, id)


@router.get("/petugas/konsep/{id}/surat")
def preview(request: Request, id: str, who: Seated):
    """The paper as it would be signed now, marked as a draft."""
    notice = seen_notice(request, who, id)
    shown = who.ask(issuance.ShowDraft(application_id=notice.id, pdf=True))
    if shown["pdf"] is None:
        raise HTTPException(404)
    headers = {
        "Content-Disposition": disposition("Konsep surat izin", resi=notice.moved.resi),
        "Cache-Control": "no-store",
    }
    return Response(base64.b64decode(shown["pdf"]), media_type="application/pdf", headers=headers)


@router.post("/petugas/konsep/{id}", response_class=HTMLResponse)
def mark(request: Request, id: str, came: Form):
    """Declare the draft urgent or secret, with the reason that is kept."""
    who, form = came
    typed = {"sifat": form.fields.get("sifat", "")[:10], "alasan": form.fields.get("alasan", "").strip()[:300]}
    notice = seen_notice(request, who, id)
    fields = {"application_id": notice.id, "exception": typed["sifat"], "reason": typed["alasan"]}
    done = act(who, form, issuance.MarkDraft, fields)
    if done.code:
        return _draft(request, who, id, done.status, came=done, typed=typed)
    return RedirectResponse(f"/petugas/konsep/{notice.id}", 303)


def _stated(who: Officer, passphrase: str) -> str:
    """A signature takes the passphrase; an initial does not."""
    return who.statement(passphrase if who.seat.role in SIGNING else None)


def _order(who: Officer, key: str, order: str) -> Command:
    kind, _, id = key.partition(".")
    fields = {"command_id": command_id(who.id, f"{order}/{key}"), "application_id": id[:64] or "-"}
    if kind in DEMANDS:
        return DEMANDS[kind](**fields)
    return issuance.SignLicence(**fields) if who.seat.role in SIGNING else issuance.InitialDraft(**fields)


def _give(who: Officer, statement: str, key: str, name: str, order: Command) -> Done:
    try:
        answer = who.rooms.ask_with(statement, order)
    except Refusal as no:
        return Done(key, name, "refused", f"{no.message} {no.remedy or ''}".strip())
    except (Away, Fault):
        return Done(key, name, "unknown", "")
    return Done(key, name, "done", str(answer.get("number") or ""))


def _list(request: Request, who: Officer, status: int = 200, **more: Any) -> Response:
    wanted = "sign" if who.seat.role in SIGNING else "initial"
    notices = face_of(request).board.on_desks(desks_at(who.seat.role, who.seat.unit), 8 * MOST)
    found = [view for view in (file_view(notice, now()) for notice in notices) if _at(view, wanted)]
    skrd, reached = _demands(who, "skrd_to_sign")
    strd, strd_reached = _demands(who, "strd_to_sign")
    context = {"fault": None, "seconds": None, "chosen": set(), **more}
    context["order"] = context.get("order") or new_id()
    return officers_page(
        request,
        who,
        "signing_desk",
        status,
        views=found[:MOST],
        rest=max(0, len(found) - MOST),
        skrd=skrd,
        strd=strd,
        reached=reached and strd_reached,
        signs=wanted == "sign",
        **context,
    )


def _at(view: FileView, act: str) -> bool:
    return view.step is not None and view.step.act == act and view.stopped is None


def _demands(who: Officer, what: Literal["skrd_to_sign", "strd_to_sign"]) -> tuple[list[dict], bool]:
    """(SKRD or STRD that wait for the head's signature, whether the room could say so)."""
    if who.seat.role != "head":
        return [], True
    found, refusal = look(who, retribution.WorkOf(what=what, limit=MOST))
    return (found["work"], True) if found else ([], refusal is not None)


def _draft(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    notice = seen_notice(request, who, id)
    shown, refusal = look(who, issuance.ShowDraft(application_id=notice.id))
    due = next((each for each in shown["initials"] if each["state"] == "due"), None) if shown else None
    context = {"came": NOTHING, "typed": {"sifat": "", "alasan": ""}, **more}
    return officers_page(
        request,
        who,
        "draft",
        status,
        view=file_view(notice, now()),
        shown=shown,
        due=due,
        refusal=refusal,
        may_mark=_may_mark(who),
        signs=who.seat.role in SIGNING,
        order=context["came"].order or new_id(),
        **context,
    )


def _may_mark(who: Officer) -> list[str]:
    """The exceptions in force today that this seat may invoke."""
    today = office_date(now())
    found = organisation().exceptions.values()
    return sorted({each.kind for each in found if each.holds_on(today) and who.seat.role in each.invoked_by})
