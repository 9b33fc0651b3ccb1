"""The head of the Bidang decides: a file stands, goes on or is refused; a licence is suspended or reinstated."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from contracts import intake, issuance
from contracts.noticeboard import Notice
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, act, look
from portal.answers import answered
from portal.entrance import Posted
from portal.face import now
from portal.file_view import file_view
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.words import STANDINGS

router = APIRouter(dependencies=[Depends(an_insiders_question)])
Head = Annotated[Officer, Depends(officer("bidang_head"))]
HeadsForm = Annotated[tuple[Officer, Posted], Depends(officers_form("bidang_head"))]
DECISIONS = {
    "tangguhkan": intake.SuspendApplication,
    "lanjutkan": intake.ReviveApplication,
    "tolak": intake.RefuseApplication,
}
ABOUT_LICENCES = {"bekukan": issuance.SuspendLicence, "berlakukan": issuance.ReinstateLicence}


@router.get("/petugas/bidang/{id}/putusan", response_class=HTMLResponse)
def decisions(request: Request, id: str, who: Head, sudah: str = ""):
    """What can be decided about this file now."""
    return _page(request, who, seen_notice(request, who, id), said=sudah[:20])


@router.post("/petugas/bidang/{id}/putusan", response_class=HTMLResponse)
def decide(request: Request, id: str, came: HeadsForm):
    """Suspend, revive or refuse the file, with the reason that is kept."""
    who, form = came
    notice, what = seen_notice(request, who, id), form.fields.get("putusan", "")
    typed = {"putusan": what[:20], "alasan": form.fields.get("alasan", "")[:2000]}
    if what not in DECISIONS:
        return _page(request, who, notice, 422, fault=True, typed=typed)
    done = act(who, form, DECISIONS[what], {"application_id": notice.id, "reason": typed["alasan"]})
    if done.code:
        return _page(request, who, notice, done.status, came=done, typed=typed)
    return RedirectResponse(f"/petugas/bidang/{notice.id}/putusan?sudah={what}", 303)


@router.get("/petugas/izin", response_class=HTMLResponse)
def licence(request: Request, who: Head, nomor: str = "", sudah: str = ""):
    """A licence by its number, and whether it is valid."""
    return _licence(request, who, nomor.strip()[:80], said=sudah[:20])


@router.post("/petugas/izin", response_class=HTMLResponse)
def act_on_licence(request: Request, came: HeadsForm):
    """Suspend a licence or reinstate it, with the reason."""
    who, form = came
    what, number = form.fields.get("putusan", ""), form.fields.get("nomor", "").strip()[:80]
    reason = form.fields.get("alasan", "")[:500]
    if what not in ABOUT_LICENCES:
        return _licence(request, who, number, 422)
    done = act(who, form, ABOUT_LICENCES[what], {"number": number, "reason": reason})
    page = _licence(request, who, number, done.status if done.code else 200, came=done, typed=reason, said=what)
    return answered(request, page, "/petugas/izin")


def _page(request: Request, who: Officer, notice: Notice, status: int = 200, **more: Any) -> Response:
    view = file_view(notice, now())
    context = {"came": NOTHING, "said": "", "fault": False, "typed": {}, **more}
    order = context["came"].order or new_id()
    return officers_page(request, who, "bidang_deciding", status, view=view, order=order, **context)


def _licence(request: Request, who: Officer, number: str, status: int = 200, **more: Any) -> Response:
    context = {"came": NOTHING, "said": "", "typed": "", **more}
    found, refusal = look(who, issuance.FindLicence(number=number[:60])) if number else (None, None)
    if found:
        found["valid_until"] = found["valid_until"] and date.fromisoformat(found["valid_until"])
    order = context["came"].order or new_id()
    more_of = {"number": number, "found": found, "refusal": refusal, "order": order, "standings": STANDINGS}
    return officers_page(request, who, "bidang_licence", status, **more_of, **context)
