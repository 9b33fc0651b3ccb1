"""Notas and SKRDs of a month, agreed on by the Bidang and by administration."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from contracts import retribution
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, act, look
from portal.entrance import Posted
from portal.guard import an_insiders_question
from portal.offer_view import today
from portal.officers import Officer, officer, officers_form, officers_page
from portal.roads import AGREEING, SIGNING_NOTES
from values.periods import period

router = APIRouter(prefix="/petugas/pencocokan", dependencies=[Depends(an_insiders_question)])
Seated = Annotated[Officer, Depends(officer(*AGREEING))]
Year = Annotated[int | None, Query(ge=2000, le=2100)]
Month = Annotated[str, Path(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


@router.get("", response_class=HTMLResponse)
def months(request: Request, who: Seated, tahun: Year = None):
    """How far each Bidang is with each month of a year, the newest first."""
    year = tahun or today().year
    found, refusal = look(who, retribution.AgreementsOf(year=year))
    rows = [row | {"name": period(row["month"]).name} for row in reversed(found["months"])] if found else []
    names = {code: organisation().units[code].name for code in {row["bidang"] for row in rows}}
    this = f"{today():%Y-%m}"
    context = {"year": year, "found": found, "refusal": refusal, "rows": rows, "names": names, "this": this}
    return officers_page(request, who, "agreements", **context)


@router.get("/{bidang}/{month}", response_class=HTMLResponse)
def sheet(request: Request, who: Seated, bidang: str, month: Month, sesudah: str = "", sudah: str = ""):
    """Each nota beside its SKRD, what differs, who agreed, what changed since."""
    return _page(request, who, bidang, month, after=sesudah[:64], said=sudah[:20])


@router.get("/{bidang}/{month}/{number}.pdf")
def paper(request: Request, who: Seated, bidang: str, month: Month, number: str):
    """The record of what both sides agreed on."""
    found, _ = look(who, retribution.AgreementOf(bidang=bidang[:40], month=month, most=1))
    rounds = found["rounds"] if found else []
    document = next((each.get("document") for each in rounds if each["number"] == number), None)
    if document is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="{document["name"]}"', "Cache-Control": "no-store"}
    content = request.app.state.uploads.store.get(document["sha256"])
    return Response(content, media_type="application/pdf", headers=headers)


@router.post("/{bidang}/{month}", response_class=HTMLResponse)
def agree(
    request: Request,
    bidang: str,
    month: Month,
    came: Annotated[tuple[Officer, Posted], Depends(officers_form(*SIGNING_NOTES))],
):
    """Agree to the sheet as it was seen."""
    who, form = came
    fields = {"bidang": bidang[:40], "month": month, "digest": form.fields.get("lembar", "")}
    fields["explanation"] = form.fields.get("penjelasan", "").strip() or None
    done = act(who, form, retribution.SignAgreement, fields, signs=True)
    if done.code:
        return _page(request, who, bidang, month, done.status, came=done, typed=form.fields)
    return RedirectResponse(f"/petugas/pencocokan/{bidang}/{month}?sudah=setuju", 303)


def _page(request: Request, who: Officer, bidang: str, month: str, status: int = 200, **more: Any) -> Response:
    after = more.pop("after", "")
    found, refusal = look(who, retribution.AgreementOf(bidang=bidang[:40], month=month, after=after))
    context = {"came": NOTHING, "said": "", "typed": {}, **more}
    side = {"bidang_head": "bidang", "administration_head": "administration"}.get(who.seat.role)
    last = found["rounds"][-1] if found and found["rounds"] else None
    mine = bool(last and last["digest"] == found["digest"] and side in last["signatures"])
    return officers_page(
        request,
        who,
        "agreement",
        status,
        found=found,
        refusal=refusal,
        bidang=bidang,
        month=month,
        unit=organisation().units[bidang].name if bidang in organisation().units else bidang,
        may_agree=bool(found and side and found["over"] and not mine and found["state"] != "agreed"),
        wants_words=bool(found and (found["differing"] or found["series"]) and not (last or {}).get("explanation")),
        dated=date.fromisoformat,
        order=context["came"].order or new_id(),
        **context,
    )
