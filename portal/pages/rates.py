"""The rate of exchange: what the treasurer enters, and what a retribution in dollars is computed by today."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from contracts import retribution
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, act, faults_of, look
from portal.entrance import Posted
from portal.face import language_of
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.roads import RATES
from portal.words import N_

WRITTEN = re.compile(r"([1-9]\d{0,2}(\.\d{3})+|[1-9]\d*)(,\d{1,2})?", re.ASCII)
FIELDS = {
    "day": ("tanggal", N_("Pilih tanggalnya")),
    "rupiah": ("rupiah", N_("Tulis kursnya seperti 13.159,50, lebih dari nol, paling banyak dua desimal")),
    "stated_by": ("dasar", N_("Tulis dasarnya, paling sedikit lima huruf")),
    "reason": ("alasan", N_("Tulis alasannya, paling sedikit sepuluh huruf")),
    "sure": ("yakin", ""),
}
router = APIRouter(prefix="/petugas/kurs", dependencies=[Depends(an_insiders_question)])


@router.get("", response_class=HTMLResponse)
def rates(request: Request, who: Annotated[Officer, Depends(officer(*RATES))], sudah: str = ""):
    """What counts today, what was entered, and for the treasurer the form."""
    return _page(request, who, said=sudah[:20])


@router.post("", response_class=HTMLResponse)
def enter(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form("treasurer"))]):
    """Enter the rate of a day."""
    who, form = came
    typed = {name: form.fields.get(name, "").strip() for name in ("tanggal", "rupiah", "dasar", "alasan", "yakin")}
    fields = {"day": typed["tanggal"], "rupiah": _number(typed["rupiah"]), "stated_by": typed["dasar"]}
    fields |= {"reason": typed["alasan"] or None, "sure": typed["yakin"] == "ya"}
    done = act(who, form, retribution.RecordRate, fields)
    if done.code:
        return _page(request, who, done.status, came=done, typed=typed)
    return RedirectResponse("/petugas/kurs?sudah=dicatat", 303)


def _number(typed: str) -> str:
    """`13.159,50`, `13.159` or `13159,5` as Indonesians write it, for the command; empty for anything else, `16.50`
    among it, which could be either."""
    plain = typed.removeprefix("Rp").strip()
    return plain.replace(".", "").replace(",", ".") if WRITTEN.fullmatch(plain) else ""


def _page(request: Request, who: Officer, status: int = 200, **more: Any) -> Response:
    found, refusal = look(who, retribution.RatesOf())
    context = {"came": NOTHING, "said": "", "typed": {}, **more}
    context["faults"] = faults_of(context["came"], language_of(request), FIELDS)
    order = context["came"].order or new_id()
    asked = {"found": found, "refusal": refusal, "enters": who.seat.role == "treasurer"}
    tools = {"dated": date.fromisoformat, "exact": Decimal, "order": order}
    return officers_page(request, who, "rates", status, **asked, **tools, **context)
