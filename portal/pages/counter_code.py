"""A forgotten password of an account with a phone number: the counter sees the KTP and gives out a code that works
once (docs/decisions/0016)."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from plumbing.sign_in.throttle import WaitFirst
from portal import audit, wizard
from portal.accounts import Account, tidy_name
from portal.answers import answered
from portal.entrance import Posted, address_of, entrance_of, guests_form, page
from portal.face import now
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.own_draft import drafts_of
from portal.pages.recovering import recovery_of
from portal.pages.signing_in import LONGEST_TYPED

router = APIRouter(dependencies=[Depends(an_insiders_question)])
GIVERS = ("counter", "setda_counter")
GIVING, USING = "/petugas/sandi-pemohon", "/lupa-sandi/kode"


@router.get(GIVING, response_class=HTMLResponse)
def ask(request: Request, who: Annotated[Officer, Depends(officer(*GIVERS))]):
    """The form for the counter: which account, and the NIK on the KTP that lies before them."""
    return _giving(request, who)


@router.post(GIVING, response_class=HTMLResponse)
def give(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form(*GIVERS))]):
    """A code, when an application of that account was made with this NIK. The officer says that the KTP was seen."""
    who, form = came
    typed = {name: form.fields.get(name, "").strip()[:LONGEST_TYPED] for name in ("nama", "nik")}
    name, nik = tidy_name(typed["nama"]), re.sub(r"[\s.-]", "", typed["nik"])
    if name is None or not re.fullmatch(r"[0-9]{16}", nik, re.ASCII) or form.fields.get("ktp") != "ya":
        return _giving(request, who, 422, typed=typed, fault="typed")
    try:
        entrance_of(request).throttle.attempt(f"counter {name}", f"counter {who.id}", now())
    except WaitFirst as wait:
        return _giving(request, who, 429, typed=typed, fault="wait", seconds=wait.seconds)
    account = entrance_of(request).accounts.named(name)
    if account is None or not _made_with(request, account, nik):
        return _giving(request, who, 422, typed=typed, fault="unknown")
    entrance_of(request).throttle.succeeded(f"counter {name}", f"counter {who.id}")
    audit.note(request, who.id, who.seat.role, "reset_code", account.id)
    return answered(request, _giving(request, who, code=recovery_of(request).give_code(account.id, now())), GIVING)


@router.get(USING, response_class=HTMLResponse)
def enter(request: Request):
    """The form for the applicant: the account and the code from the counter."""
    return _using(request)


@router.post(USING, response_class=HTMLResponse)
def use(request: Request, form: Annotated[Posted, Depends(guests_form)]):
    """With the code one goes on to the page for a new password; it works once."""
    typed, entrance = form.fields.get("nama", "")[:LONGEST_TYPED], entrance_of(request)
    name = tidy_name(typed)
    if name is None:
        return _using(request, 422, typed=typed, fault="code")
    try:
        entrance.throttle.attempt(f"code {name}", address_of(request), now())
    except WaitFirst as wait:
        return _using(request, 429, typed=typed, fault="wait", seconds=wait.seconds)
    account, code = entrance.accounts.named(name), form.fields.get("kode", "")[:LONGEST_TYPED]
    if account is None or not recovery_of(request).use_code(account.id, code, now()):
        return _using(request, 422, typed=typed, fault="code")
    entrance.throttle.succeeded(f"code {name}", address_of(request))
    return RedirectResponse(f"/lupa-sandi/{recovery_of(request).begin(account.id, now())}", 303)


def _made_with(request: Request, account: Account, nik: str) -> bool:
    """Whether the account sent an application in which the applicant has this NIK."""
    sent = drafts_of(request).sent_by(account.id)
    return any(draft.answers.get(wizard.APPLICANT, {}).get("nik") == nik for draft in sent)


def _giving(request: Request, who: Officer, status: int = 200, **more) -> Response:
    context = {"typed": {"nama": "", "nik": ""}, "fault": None, "seconds": 0, "code": None, **more}
    return officers_page(request, who, "counter_code", status, **context)


def _using(request: Request, status: int = 200, **more) -> Response:
    return page(request, "enter_code", status, **{"typed": "", "fault": None, "seconds": 0, **more})
