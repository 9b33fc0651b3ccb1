"""A forgotten password is replaced by who can read the mail of the account."""

import logging
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Request
from fastapi.responses import HTMLResponse, Response

from plumbing.sign_in.passwords import SHORTEST, weakness
from plumbing.sign_in.throttle import WaitFirst
from portal.accounts import tidy_name
from portal.answers import answered
from portal.entrance import Posted, address_of, entrance_of, guests_form, page
from portal.face import face_of, language_of, now
from portal.guard import a_question
from portal.pages.signing_in import LONGEST_TYPED, let_in
from portal.recovery import PostAway, Recovery

log = logging.getLogger(__name__)
router = APIRouter(dependencies=[Depends(a_question)])


@router.get("/lupa-sandi", response_class=HTMLResponse)
def ask(request: Request):
    """The form: which account?"""
    return _form(request)


@router.post("/lupa-sandi", response_class=HTMLResponse)
def send(request: Request, form: Annotated[Posted, Depends(guests_form)], later: BackgroundTasks):
    """A link by mail. The page says the same, as fast, whether there is such an account or not."""
    typed = form.fields.get("nama", "")[:LONGEST_TYPED]
    name = tidy_name(typed)
    if name is None or "@" not in name:
        return _form(request, 422, typed=typed, fault="name")
    try:
        entrance_of(request).throttle.attempt(f"recover {name}", address_of(request), now())
    except WaitFirst as wait:
        return _form(request, 429, typed=typed, fault="wait", seconds=wait.seconds)
    later.add_task(_post, request, name)
    return answered(request, _form(request, sent=True), "/lupa-sandi")


@router.get("/lupa-sandi/{token}", response_class=HTMLResponse)
def ask_anew(request: Request, token: str):
    """The form for the new password, while the link holds."""
    holds = recovery_of(request).account(token, now()) is not None
    return _anew(request, token) if holds else _form(request, 404, fault="over")


@router.post("/lupa-sandi/{token}", response_class=HTMLResponse)
def replace(request: Request, token: str, form: Annotated[Posted, Depends(guests_form)]):
    """The new password; every session of the account ends, and a new one begins here."""
    entrance, recovery, password = entrance_of(request), recovery_of(request), form.fields.get("sandi", "")
    known = recovery.account(token, now())
    account = entrance.accounts.by_id(known) if known else None
    if account is None:
        return _form(request, 404, fault="over")
    if why := weakness(password, account.name):
        return _anew(request, token, 422, fault=why)
    if not recovery.use(token):
        return _form(request, 404, fault="over")
    entrance.accounts.change_password(account.id, password)
    entrance.sessions.end_all(account.id)
    entrance.throttle.succeeded(account.name, address_of(request))
    return let_in(request, account, "/saya")


def recovery_of(request: Request) -> Recovery:
    """The links of the running portal."""
    return request.app.state.recovery


def _post(request: Request, name: str) -> None:
    account, say = entrance_of(request).accounts.named(name), language_of(request).say
    if account is None:
        return
    recovery = recovery_of(request)
    link = f"{face_of(request).public_url}/lupa-sandi/{recovery.begin(account.id, now())}"
    text = say(
        "Seseorang, semoga Anda sendiri, meminta kata sandi baru untuk akun ini.\n\nBuka tautan ini dalam 30 menit; "
        "tautan berlaku satu kali:\n%(link)s\n\nBila bukan Anda yang meminta, abaikan surat ini: tidak ada yang "
        "berubah.",
        link=link,
    )
    try:
        recovery.post(name, say("Kata sandi baru untuk akun perizinan Anda"), text)
    except PostAway as error:
        log.warning("a link could not be sent", extra={"reason": str(error)})


def _form(request: Request, status: int = 200, **more) -> Response:
    return page(request, "forgotten", status, **{"typed": "", "fault": None, "seconds": None, "sent": False, **more})


def _anew(request: Request, token: str, status: int = 200, fault: str | None = None) -> Response:
    return page(request, "new_password", status, token=token, fault=fault, shortest=SHORTEST)
