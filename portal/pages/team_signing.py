"""The berita acara as it will be printed, read before it is signed; the signature, and what is added later."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from contracts import technical_team
from contracts.noticeboard import Notice
from plumbing.messaging.envelope import new_id
from plumbing.officials import unit_name
from portal.acting import NOTHING, act, look
from portal.guard import an_insiders_question
from portal.officers import Officer, officers_page
from portal.pages.desk import seen_notice
from portal.pages.team import Form, Member, case_of, own

router = APIRouter(dependencies=[Depends(an_insiders_question)])


@router.get("/petugas/tim/{id}/berita-acara", response_class=HTMLResponse)
def read(request: Request, id: str, who: Member, sudah: str = ""):
    """The paper, word for word; below it the signature or what may be added."""
    return _page(request, who, seen_notice(request, who, id), said=sudah[:20])


@router.post("/petugas/tim/{id}/berita-acara", response_class=HTMLResponse)
def sign(request: Request, id: str, came: Form):
    """Sign with the passphrase, with a dissent where there is one."""
    who, form = came
    notice = seen_notice(request, who, id)
    dissent = form.fields.get("beda", "").strip()
    if form.fields.get("setuju") == "tidak" and len(dissent) < 3:
        return _page(request, who, notice, 422, fault="dissent", typed=form.fields, order=form.fields.get("perintah"))
    fields = own(who, notice) | {"dissent": dissent if form.fields.get("setuju") == "tidak" else ""}
    done = act(who, form, technical_team.SignBeritaAcara, fields, signs=True)
    if done.code:
        return _page(request, who, notice, done.status, came=done, which="sandi", typed=form.fields, order=done.order)
    return RedirectResponse(f"/petugas/tim/{notice.id}/berita-acara?sudah=tanda-tangan", 303)


@router.post("/petugas/tim/{id}/tambahan", response_class=HTMLResponse)
def add(request: Request, id: str, came: Form):
    """Add something to what one has signed, signed again."""
    who, form = came
    notice = seen_notice(request, who, id)
    fields = own(who, notice) | {"text": form.fields.get("tambahan", "")}
    done = act(who, form, technical_team.AddAddendum, fields, signs=True)
    if done.code:
        return _page(
            request, who, notice, done.status, came=done, which="tambahan", typed=form.fields, order=done.order
        )
    return RedirectResponse(f"/petugas/tim/{notice.id}/berita-acara?sudah=tambahan", 303)


def _page(request: Request, who: Officer, notice: Notice, status: int = 200, **more: Any) -> Response:
    case, mine, refusal = case_of(who, notice)
    paper = None
    if case and case["appointment"]:
        paper, refusal = look(who, technical_team.ReadBeritaAcara(application_id=notice.id), as_printed=True)
    context = {"came": NOTHING, "which": "", "typed": {}, "said": "", "fault": "", **more}
    context["order"] = context.get("order") or new_id()
    is_mine = bool(mine) and mine["officer"] == who.id
    missing = [unit_name(task["skpd"]) for task in case["tasks"] if not task["recommendation"]] if case else []
    return officers_page(
        request, who, "team_signing", status, notice=notice, case=case, mine=mine, is_mine=is_mine, paper=paper,
        refusal=refusal, missing=missing, **context,
    )  # fmt: skip
