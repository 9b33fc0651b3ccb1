"""Recaps of retribution for who answers for the money: sums, the SKRDs behind each, files, the signature."""

import base64
from datetime import timedelta
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from contracts import retribution
from contracts.retribution.recaps import By, Opened
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal.acting import with_moments
from portal.entrance import Posted
from portal.gate import GateSays
from portal.guard import an_insiders_question
from portal.offer_view import today
from portal.officers import Officer, officer, officers_form, officers_page
from portal.roads import FINANCE
from portal.rooms import command_id
from values.periods import Period, period
from values.refusal import Refusal

router = APIRouter(prefix="/petugas/rekap", dependencies=[Depends(an_insiders_question)])
Finance = Annotated[Officer, Depends(officer(*FINANCE))]
MEDIA = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FILTERS = {"jenis": "licence_type", "kode": "account_code", "bidang": "bidang"}
TIME = ("day", "month", "quarter", "year")


@router.get("", response_class=HTMLResponse)
def recap(request: Request, who: Finance, masa: str = "", per: str = "licence_type", tertanda: str = ""):
    """The sums of a period, a row per type, account code, Bidang or shorter period."""
    by = per if per in get_args(By) else "licence_type"
    try:
        span = period(masa.strip()) if masa.strip() else _this_month()
    except ValueError:
        return _page(request, who, _this_month(), by, 422, typed=masa[:40])
    return _page(request, who, span, by, said=tertanda[:40])


@router.get("/skrd", response_class=HTMLResponse)
def opened(request: Request, who: Finance, masa: str, angka: str, sesudah: str = ""):
    """The SKRDs that one figure is made of."""
    span = _period(masa)
    if angka not in get_args(Opened):
        raise HTTPException(404)
    filters = {name: request.query_params[key][:60] for key, name in FILTERS.items() if key in request.query_params}
    answer = who.ask(retribution.SkrdsOf(period=span.code, opened=angka, after=sesudah[:120], **filters))
    same = {key: request.query_params[key][:60] for key in FILTERS if key in request.query_params}
    onward = urlencode({"masa": span.code, "angka": angka, **same, "sesudah": answer["next"]})
    onward = onward if answer["next"] else ""
    return officers_page(request, who, "recap_skrds", span=span, angka=angka, rows=answer["rows"], onward=onward)


@router.get("/unduh.{form}")
def download(who: Finance, form: str, masa: str):
    """The recap as PDF or XLSX: signed when it was, else a draft. Refused when the sums are not the payments."""
    if form not in MEDIA:
        raise HTTPException(404)
    answer = who.ask(retribution.PrintRecap(period=_period(masa).code, form=form))
    headers = {"Content-Disposition": f'attachment; filename="{answer["name"]}"', "Cache-Control": "no-store"}
    return Response(base64.b64decode(answer["content"]), media_type=MEDIA[form], headers=headers)


@router.post("/tanda-tangan", response_class=HTMLResponse)
def sign(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form("head"))]):
    """The Head signs the recap of a period that is over."""
    who, form = came
    span, order = _period(form.fields.get("masa", "")), form.fields.get("perintah", "")
    message = retribution.SignRecap(command_id=command_id(who.id, order), period=span.code)
    try:
        answer = who.ask(message, passphrase=form.fields.get("sandi", "")[:200])
    except GateSays as no:
        if no.unfit.code not in ("unknown", "wait"):
            raise
        return _page(request, who, span, "licence_type", 422, fault=no.unfit.code, order=order)
    except Refusal as no:
        return _page(request, who, span, "licence_type", 422, refusal=no, order=order)
    except (Away, Fault):
        return _page(request, who, span, "licence_type", 503, fault="away", order=order)
    return RedirectResponse(f"/petugas/rekap?masa={span.code}&tertanda={answer['number']}", 303)


def _page(request: Request, who: Officer, span: Period, by: str, status: int = 200, **more: Any) -> Response:
    answer = with_moments(who.ask(retribution.RecapOf(period=span.code, by=by)))
    context = {"said": "", "typed": None, "fault": None, "refusal": None, **more}
    context["order"] = context.get("order") or new_id()
    return officers_page(
        request,
        who,
        "recap",
        status,
        answer=answer,
        signers={each["signed_by"]: organisation().officers[each["signed_by"]].name for each in answer["signed"]},
        span=span,
        by=by,
        before=_beside(span, -1),
        after=_beside(span, 1),
        year=f"{span.first.year}",
        links=[_links(span, by, row["key"]) for row in answer["rows"]],
        may_sign=who.seat.role == "head" and len(span.code) != 10 and span.last < today() and not answer["unchanged"],
        **context,
    )


def _links(span: Period, by: str, key: str) -> dict[str, str]:
    """Where each figure of a row leads."""
    same = {"masa": key} if by in TIME else {"masa": span.code, {v: k for k, v in FILTERS.items()}[by]: key}
    return {measure: f"/petugas/rekap/skrd?{urlencode(same | {'angka': measure})}" for measure in get_args(Opened)}


def _beside(span: Period, step: int) -> str:
    """The period of the same length before or after this one."""
    day = span.first - timedelta(days=1) if step < 0 else span.last + timedelta(days=1)
    if len(span.code) == 4:
        return f"{day.year}"
    if "Q" in span.code:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return f"{day:%Y-%m}" if len(span.code) == 7 else day.isoformat()


def _period(typed: str) -> Period:
    """This month when none is named; 404 for one that is none."""
    try:
        return period(typed.strip()) if typed.strip() else _this_month()
    except ValueError:
        raise HTTPException(404) from None


def _this_month() -> Period:
    return period(f"{today():%Y-%m}")
