"""The nota perhitungan: computed line by line before it is kept, then signed by the head of the Bidang."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from contracts import retribution
from contracts.noticeboard import Notice
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, act, look
from portal.entrance import Posted
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.roads import BIDANG

router = APIRouter(dependencies=[Depends(an_insiders_question)])


@router.get("/petugas/bidang/{id}/nota", response_class=HTMLResponse)
def nota(request: Request, id: str, who: Annotated[Officer, Depends(officer(*BIDANG))], sudah: str = ""):
    """The nota that is kept, or as it would be drawn up today."""
    return _page(request, who, seen_notice(request, who, id), said=sudah[:20])


@router.post("/petugas/bidang/{id}/nota", response_class=HTMLResponse)
def prepare(
    request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form("bidang_officer"))]
):
    """Keep the nota as computed; until it is signed it may be drawn up again."""
    who, form = came
    notice = seen_notice(request, who, id)
    done = act(who, form, retribution.PrepareNota, {"application_id": notice.id})
    if done.code:
        return _page(request, who, notice, done.status, came=done)
    return RedirectResponse(f"/petugas/bidang/{notice.id}/nota?sudah=susun", 303)


@router.post("/petugas/bidang/{id}/nota/tanda-tangan", response_class=HTMLResponse)
def sign(request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form("bidang_head"))]):
    """Sign the nota with the passphrase."""
    who, form = came
    notice = seen_notice(request, who, id)
    done = act(who, form, retribution.SignNota, {"application_id": notice.id}, signs=True)
    if done.code:
        return _page(request, who, notice, done.status, came=done)
    return RedirectResponse(f"/petugas/bidang/{notice.id}/nota?sudah=tanda-tangan", 303)


def _page(request: Request, who: Officer, notice: Notice, status: int = 200, **more: Any) -> Response:
    found, refusal = look(who, retribution.FindAssessment(application_id=notice.id))
    computed = None
    if found and not (found["nota"] and found["nota"]["signed_at"]):
        computed, refusal = look(who, retribution.ComputeNota(application_id=notice.id))
    context = {"came": NOTHING, "said": "", **more}
    kept, correction = (found["nota"], found["correction"]) if found else (None, None)
    for each in (kept, correction, computed):
        for line in each["lines"] if each else ():
            line["exact"] = _exact(line["unrounded"], line["amount"])
    return officers_page(
        request,
        who,
        "bidang_nota",
        status,
        notice=notice,
        found=found,
        kept=kept,
        correction=correction,
        computed=computed,
        differs=bool(kept and computed) and kept["lines"] != computed["lines"],
        refusal=refusal,
        prepares=who.seat.role == "bidang_officer",
        order=context["came"].order or new_id(),
        **context,
    )


def _exact(unrounded: str, amount: int) -> str:
    """What a line came to before it was rounded, as Indonesians write it; empty when rounding changed nothing."""
    return (
        ""
        if Decimal(unrounded) == amount
        else f"{Decimal(unrounded).normalize():,f}".translate(str.maketrans(",.", ".,"))
    )
