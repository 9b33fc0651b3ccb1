"""Money that belongs elsewhere: the treasurer assigns it or proposes a refund, the Head decides, it is paid out."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from contracts import retribution
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, Came, act, look
from portal.entrance import Posted
from portal.guard import an_insiders_question
from portal.offer_view import today
from portal.officers import Officer, officer, officers_form, officers_page
from values.rupiah import format_rupiah

router = APIRouter(prefix="/petugas/uang", dependencies=[Depends(an_insiders_question)])
Seated = Annotated[Officer, Depends(officer("treasurer", "head"))]
Treasurer = Annotated[tuple[Officer, Posted], Depends(officers_form("treasurer"))]
Head = Annotated[tuple[Officer, Posted], Depends(officers_form("head"))]


@router.get("", response_class=HTMLResponse)
def money(request: Request, who: Seated, sudah: str = "", semua: bool = False):
    """All that waits for a decision, and the refunds that are not paid out yet."""
    found, refusal = look(who, retribution.MoneyWaiting(refunds="all" if semua else "open"))
    context = {"found": found, "refusal": refusal, "said": sudah[:20], "every": semua, "today": today()}
    return officers_page(request, who, "money", dated=date.fromisoformat, **context)


@router.get("/satu", response_class=HTMLResponse)
def one(request: Request, who: Seated, acuan: str = ""):
    """Money under one reference, with what may be done with it."""
    return _one(request, who, acuan)


@router.post("/pindah", response_class=HTMLResponse)
def assign(request: Request, came: Treasurer):
    """To the SKRD it was meant for."""
    who, form = came
    typed = form.fields
    code = "".join(typed.get("kode", "").split())
    fields = _of(typed) | {"payment_code": code, "reason": typed.get("alasan", "").strip()}
    done = act(who, form, retribution.AssignMoney, fields)
    if done.code:
        return _one(request, who, typed.get("acuan", ""), done, typed, "pindah")
    return RedirectResponse("/petugas/uang?sudah=pindah", 303)


@router.post("/usul", response_class=HTMLResponse)
def propose(request: Request, came: Treasurer):
    """Back to who paid, when somebody else grants it."""
    who, form = came
    typed = form.fields
    account = {"name": "penerima", "bank": "bank", "number": "rekening"}
    fields = _of(typed) | {
        "reason": typed.get("alasan", "").strip(),
        "account": {name: typed.get(field, "").strip() for name, field in account.items()},
        "asked_on": typed.get("surat", "").strip() or None,
    }
    done = act(who, form, retribution.ProposeRefund, fields)
    if done.code:
        return _one(request, who, typed.get("acuan", ""), done, typed, "usul")
    return RedirectResponse("/petugas/uang?sudah=usul", 303)


@router.get("/kembali/{number}", response_class=HTMLResponse)
def refund(request: Request, number: str, who: Seated):
    """One refund: what was proposed, decided and paid."""
    return _refund(request, who, number)


@router.post("/kembali/{number}/putusan", response_class=HTMLResponse)
def decide(request: Request, number: str, came: Head):
    """Grant or refuse, with the passphrase."""
    who, form = came
    typed = form.fields
    fields = {"number": number, "granted": typed.get("putusan") == "kabul", "decision": typed.get("alasan", "").strip()}
    done = act(who, form, retribution.DecideRefund, fields, signs=True)
    if done.code:
        return _refund(request, who, number, done, typed)
    return RedirectResponse("/petugas/uang?sudah=putus", 303)


@router.post("/kembali/{number}/bayar", response_class=HTMLResponse)
def paid_out(request: Request, number: str, came: Treasurer):
    """The bank transferred it."""
    who, form = came
    typed = form.fields
    fields = {"bank_reference": typed.get("rujukan", "").strip(), "day": typed.get("tanggal", "").strip()}
    done = act(who, form, retribution.RecordRefundPaid, {"number": number} | fields)
    if done.code:
        return _refund(request, who, number, done, typed)
    return RedirectResponse("/petugas/uang?sudah=bayar", 303)


def _of(typed: dict[str, str]) -> dict[str, Any]:
    """Which money, and how much of it; an amount that cannot be read stays as it was typed, to be refused."""
    amount = typed.get("jumlah", "").strip().removeprefix("Rp").strip().replace(".", "")
    read = int(amount) if amount.isascii() and amount.isdigit() else amount
    return {"reference": typed.get("acuan", "").strip(), "amount": read}


def _one(
    request: Request, who: Officer, reference: str, came: Came = NOTHING, typed: dict | None = None, form: str = ""
) -> Response:
    found, refusal = look(who, retribution.MoneyWaiting())
    row = next((each for each in found["waiting"] if each["reference"] == reference), None) if found else None
    if found and row is None and came is NOTHING:
        raise HTTPException(404)
    context = {"row": row, "refusal": refusal, "came": came, "form": form, "today": today()}
    free = format_rupiah(row["free"]).removeprefix("Rp ") if row else ""
    shown = {"dated": date.fromisoformat, "order": came.order or new_id(), "typed": typed or {"jumlah": free}}
    return officers_page(request, who, "money_one", came.status if came.code else 200, **context, **shown)


def _refund(request: Request, who: Officer, number: str, came: Came = NOTHING, typed: dict | None = None) -> Response:
    found, refusal = look(who, retribution.MoneyWaiting(refunds="all"))
    each = next((each for each in found["refunds"] if each["number"] == number), None) if found else None
    if found and each is None:
        raise HTTPException(404)
    context = {"refund": each, "refusal": refusal, "came": came, "typed": typed or {}, "today": today()}
    names = {id: each.name for id, each in organisation().officers.items()}
    shown = {"dated": date.fromisoformat, "order": came.order or new_id(), "names": names}
    return officers_page(request, who, "refund", came.status if came.code else 200, **context, **shown)
