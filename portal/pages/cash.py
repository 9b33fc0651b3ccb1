"""The treasurer's cash book of a day, and deposits into the regional treasury."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from contracts import retribution
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal.entrance import Posted
from portal.guard import an_insiders_question
from portal.offer_view import today
from portal.officers import Officer, officer, officers_form, officers_page
from portal.roads import FINANCE
from portal.rooms import command_id
from portal.uploads import Unfit
from values.dates import long_date
from values.refusal import Refusal

router = APIRouter(prefix="/petugas/kas", dependencies=[Depends(an_insiders_question)])
Day = Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
FIELDS = ("tanggal", "jumlah", "nomor_slip")


@router.get("", response_class=HTMLResponse)
def cash_book(request: Request, who: Annotated[Officer, Depends(officer(*FINANCE))], hari: Day = None, setor: str = ""):
    """The day's receipts and deposits with the balance after each, and for the treasurer the form for a deposit."""
    return _page(request, who, hari or today(), said=setor[:40])


@router.post("/setoran", response_class=HTMLResponse)
def deposit(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form("treasurer"))]):
    """Enter cash that was handed over to the bank, with the stamped slip."""
    who, form = came
    typed = {name: form.fields.get(name, "").strip()[:60] for name in FIELDS}
    order, faults = form.fields.get("perintah", ""), {}
    day, amount = _day(typed["tanggal"]), _rupiah(typed["jumlah"])
    if day is None:
        faults["tanggal"] = "day"
    if amount is None:
        faults["jumlah"] = "amount"
    if len(typed["nomor_slip"]) < 4:
        faults["nomor_slip"] = "reference"
    if faults:
        return _page(request, who, day or today(), 422, typed=typed, faults=faults, order=order)
    try:
        proof = request.app.state.uploads.take(next((file for _, file in form.files), None), "bukti_setor")
    except Unfit as no:
        return _page(request, who, day, 422, typed=typed, faults={"berkas": no.code}, order=order)
    try:
        message = retribution.RecordDeposit(
            command_id=command_id(who.id, order), day=day, amount=amount, reference=typed["nomor_slip"], proof=proof
        )
    except ValueError:
        return _page(request, who, day, 422, typed=typed, faults={"nomor_slip": "reference"}, order=order)
    try:
        answer = who.ask(message)
    except Refusal as no:
        return _page(request, who, day, 422, typed=typed, refusal=no, order=order)
    except (Away, Fault):
        return _page(request, who, day, 503, typed=typed, faults={"berkas": "away"}, order=order)
    return RedirectResponse(f"/petugas/kas?hari={day.isoformat()}&setor={answer['number']}", 303)


def _page(request: Request, who: Officer, day: date, status: int = 200, **more: Any) -> Response:
    """With the room away the form stays, and the book is said to be out of reach."""
    try:
        book = who.ask(retribution.CashBookOf(day=day))
    except (Away, Fault):
        book = None
    context = {"said": "", "typed": dict.fromkeys(FIELDS, ""), "faults": {}, "refusal": None, **more}
    context["order"] = context.get("order") or new_id()
    return officers_page(
        request,
        who,
        "cash",
        status,
        book=book,
        day=day,
        day_name=long_date(day),
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < today() else None,
        may_deposit=who.seat.role == "treasurer",
        **context,
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _rupiah(typed: str) -> int | None:
    """`1.250.000` or `1250000`; None for anything that is no whole amount above zero."""
    plain = typed.removeprefix("Rp").strip().replace(".", "")
    grouped = typed.removeprefix("Rp").strip().split(".")
    fits = len(grouped) == 1 or (1 <= len(grouped[0]) <= 3 and all(len(each) == 3 for each in grouped[1:]))
    return int(plain) if fits and plain.isascii() and plain.isdigit() and 0 < int(plain) <= 10**12 else None
