"""Officers sign in and out, choose the seat they act in, and change their passphrase."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from contracts.gate import ChangePassphrase, SignIn
from plumbing.sign_in.passwords import SHORTEST
from portal.answers import answered
from portal.entrance import Posted, address_of, drop_cookie, guests_form, page, set_cookie
from portal.gate import GateSays
from portal.guard import a_question
from portal.officers import (
    COOKIE,
    SEAT_COOKIE,
    Officer,
    any_officer,
    gate_of,
    officers_form,
    officers_page,
)
from portal.pages.language import own_page

router = APIRouter(dependencies=[Depends(a_question)])
HOME = "/petugas"


@router.get("/petugas/masuk", response_class=HTMLResponse)
def ask(request: Request, kembali: str = HOME, terlambat: bool = False):
    """The form to sign in."""
    return _form(request, kembali, fault="late" if terlambat else None)


@router.post("/petugas/masuk", response_class=HTMLResponse)
def sign_in(request: Request, form: Annotated[Posted, Depends(guests_form)]):
    """A new session, made by the gate, when name and passphrase fit."""
    typed, back = form.fields.get("nama", "").strip()[:64], own_page(form.fields.get("kembali", HOME))
    device = request.headers.get("user-agent", "")[:200]
    if not typed:
        return _form(request, back, 422, fault="unknown")
    asked = SignIn(
        name=typed, passphrase=form.fields.get("sandi", "")[:200], address=address_of(request), device=device
    )
    try:
        signed = gate_of(request).sign_in(asked)
    except GateSays as no:
        answer = _form(
            request, back, 422 if no.status == 401 else no.status, typed=typed, fault=no.unfit.code,
            seconds=no.unfit.seconds,
        )  # fmt: skip
        if no.unfit.seconds:
            answer.headers["Retry-After"] = str(no.unfit.seconds)
        return answer
    to = "/petugas/akun" if signed.inside.must_change else back
    answer = RedirectResponse(to, 303)
    set_cookie(request, answer, COOKIE, signed.token)
    drop_cookie(request, answer, SEAT_COOKIE)
    drop_cookie(request, answer, "tamu")
    return answer


@router.post("/petugas/keluar")
def sign_out(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form())]):
    """This session is over; with `semua`, every other one."""
    who, form = came
    others = bool(form.fields.get("semua"))
    who.gate.sign_out(who.token, others)
    if others:
        return RedirectResponse("/petugas/akun", 303)
    answer = RedirectResponse("/petugas/masuk", 303)
    drop_cookie(request, answer, COOKIE)
    return answer


@router.post("/petugas/jabatan")
def choose_seat(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form())]):
    """Act in another seat of one's own from now on."""
    who, form = came
    chosen = form.fields.get("jabatan", "")
    answer = RedirectResponse(HOME, 303)
    if any(f"{seat.role}.{seat.unit}" == chosen for seat in who.inside.seats):
        set_cookie(request, answer, SEAT_COOKIE, chosen)
    return answer


@router.get("/petugas/akun", response_class=HTMLResponse)
def account(request: Request, who: Annotated[Officer, Depends(any_officer)]):
    """Who has signed in, in which seats, where else; and the form for a new passphrase."""
    return _account(request, who)


@router.post("/petugas/sandi", response_class=HTMLResponse)
def change(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form())]):
    """A new passphrase; every other session of the officer ends."""
    who, form = came
    new = form.fields.get("baru", "")[:200]
    if new != form.fields.get("ulang", "")[:200]:
        return _account(request, who, 422, fault="differ")
    asked = ChangePassphrase(token=who.token, old=form.fields.get("lama", "")[:200], new=new, address=who.address)
    try:
        who.gate.change_passphrase(asked)
    except GateSays as no:
        return _account(request, who, 422, fault=no.unfit.why or no.unfit.code, seconds=no.unfit.seconds)
    inside = who.inside.model_copy(update={"must_change": False})
    return answered(request, _account(request, who._replace(inside=inside), changed=True), "/petugas/akun")


def _form(request: Request, back: str, status: int = 200, **more) -> Response:
    context = {"typed": "", "fault": None, "seconds": None, **more}
    return page(request, "officer_sign_in", status, back=own_page(back), **context)


def _account(request: Request, who: Officer, status: int = 200, **more) -> Response:
    context = {"fault": None, "seconds": None, "changed": False, **more}
    sessions = who.gate.open_sessions(who.token)
    return officers_page(request, who, "officer_account", status, sessions=sessions, shortest=SHORTEST, **context)
