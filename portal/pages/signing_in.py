"""An applicant's account: opening one, signing in, signing out, and where it is open."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from plumbing.sign_in.passwords import LONGEST, SHORTEST, weakness
from plumbing.sign_in.sessions import Session
from plumbing.sign_in.throttle import WaitFirst
from portal.accounts import Account, tidy_name
from portal.entrance import (
    Posted,
    address_of,
    drop_cookie,
    entrance_of,
    guests_form,
    own_form,
    page,
    set_cookie,
    signed_in,
)
from portal.face import now
from portal.guard import a_question
from portal.pages.language import own_page

router = APIRouter(dependencies=[Depends(a_question)])
HOME = "/saya"
ENTRUSTED = "titipan."
LONGEST_TYPED = 200


@router.get("/masuk", response_class=HTMLResponse)
def ask(request: Request, kembali: str = HOME):
    """The form to sign in."""
    return sign_in_page(request, kembali)


@router.post("/masuk", response_class=HTMLResponse)
def sign_in(request: Request, form: Annotated[Posted, Depends(guests_form)]):
    """A new session when name and password fit; otherwise the form again, after a while only."""
    entrance, typed = entrance_of(request), form.fields.get("nama", "")[:LONGEST_TYPED]
    back, late = form.fields.get("kembali", HOME), entrusted_in(form.fields)
    try:
        entrance.throttle.attempt(tidy_name(typed) or typed, address_of(request), now())
    except WaitFirst as wait:
        answer = sign_in_page(request, back, late, 429, typed=typed, fault="wait", seconds=wait.seconds)
        answer.headers["Retry-After"] = str(wait.seconds)
        return answer
    account = entrance.accounts.check(tidy_name(typed), form.fields.get("sandi", "")[:LONGEST])
    if account is None:
        return sign_in_page(request, back, late, 422, typed=typed, fault="unknown")
    entrance.throttle.succeeded(account.name, address_of(request))
    return let_in(request, account, back, late)


@router.get("/daftar", response_class=HTMLResponse)
def ask_to_open(request: Request, kembali: str = HOME):
    """The form to open an account."""
    return _opening(request, kembali)


@router.post("/daftar", response_class=HTMLResponse)
def open_account(request: Request, form: Annotated[Posted, Depends(guests_form)]):
    """A new account, and signed in with it."""
    entrance, typed = entrance_of(request), form.fields.get("nama", "")[:LONGEST_TYPED]
    back, password = form.fields.get("kembali", HOME), form.fields.get("sandi", "")
    name = tidy_name(typed)
    if name is None:
        return _opening(request, back, 422, typed=typed, fault="name")
    if why := weakness(password, name):
        return _opening(request, back, 422, typed=typed, fault=why)
    try:
        entrance.throttle.attempt(f"open {name}", address_of(request), now())
    except WaitFirst as wait:
        return _opening(request, back, 429, typed=typed, fault="wait", seconds=wait.seconds)
    account = entrance.accounts.open(name, password, now())
    if account is None:
        return _opening(request, back, 422, typed=typed, fault="taken")
    return let_in(request, account, back)


@router.post("/keluar")
def sign_out(request: Request, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """This session is over; with `semua`, every other one of the account too."""
    session, form = came
    entrance = entrance_of(request)
    if form.fields.get("semua"):
        entrance.sessions.end_all(session.account, but=session.key)
        return RedirectResponse("/akun", 303)
    entrance.sessions.end(session.key)
    answer = RedirectResponse("/masuk", 303)
    drop_cookie(request, answer, "sesi")
    return answer


@router.get("/akun", response_class=HTMLResponse)
def account(request: Request, session: Annotated[Session, Depends(signed_in)]):
    """Who has signed in, and where else."""
    entrance = entrance_of(request)
    known = entrance.accounts.by_id(session.account)
    open_ones = entrance.sessions.of(session.account, now())
    return page(request, "account", account=known, session=session, sessions=open_ones)


def let_in(request: Request, account: Account, back: str, late: dict[str, str] | None = None) -> Response:
    """A session with a token never used before, and on to where the reader wanted to go."""
    entrance, to = entrance_of(request), own_page(back)
    device = request.headers.get("user-agent", "")
    token = entrance.sessions.begin(account.id, device, now(), (to.partition("?")[0], late) if late else None)
    if before := request.cookies.get(entrance.cookie("sesi")):
        entrance.sessions.end_token(before)
    answer = RedirectResponse(to, 303)
    set_cookie(request, answer, "sesi", token)
    drop_cookie(request, answer, "tamu")
    return answer


def entrusted_in(fields: dict[str, str]) -> dict[str, str]:
    """The form that came too late, out of the form to sign in."""
    return {name.removeprefix(ENTRUSTED): text for name, text in fields.items() if name.startswith(ENTRUSTED)}


def sign_in_page(
    request: Request, back: str, late: dict[str, str] | None = None, status: int = 200, **more
) -> Response:
    """The form to sign in; `late` is what a form brought that came after the session had ended."""
    context = {"typed": "", "fault": None, "seconds": None, "late": late or {}, "prefix": ENTRUSTED, **more}
    return page(request, "sign_in", status, back=own_page(back), **context)


def _opening(request: Request, back: str, status: int = 200, **more) -> Response:
    context = {"typed": "", "fault": None, "seconds": None, "shortest": SHORTEST, **more}
    return page(request, "sign_up", status, back=own_page(back), **context)
