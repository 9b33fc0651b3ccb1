"""Tokens for programs: an applicant's and an officer's own, what each is good for, and a new one."""

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from contracts.gate import EndToken, MakeToken
from plumbing.sign_in.sessions import Session
from plumbing.sign_in.tokens import LONGEST_DAYS, MOST, Scope, Tokens, TooManyTokens
from portal.answers import answered
from portal.entrance import Posted, own_form, page, signed_in
from portal.face import now
from portal.gate import GateSays
from portal.guard import an_insiders_question
from portal.officers import Officer, any_officer, gate_of, officers_form, officers_page
from values.dates import office_date

router = APIRouter(dependencies=[Depends(an_insiders_question)])
APPLICANTS, OFFICERS = "/akun/token", "/petugas/token"
NEW = {"nama": "", "hari": "90", "lingkup": ""}


@router.get(APPLICANTS, response_class=HTMLResponse)
def applicants(request: Request, session: Annotated[Session, Depends(signed_in)]):
    """My tokens, about my own files."""
    return _mine(request, session)


@router.post(APPLICANTS, response_class=HTMLResponse)
def applicant_makes(request: Request, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """One more, told this once."""
    session, form = came
    typed = _typed(form)
    if fault := _fault(typed):
        return _mine(request, session, 422, fault=fault, typed=typed)
    try:
        made = _tokens(request).make(
            session.account, "applicant", None, typed["nama"], _scopes(typed), int(typed["hari"]), now()
        )
    except TooManyTokens:
        return _mine(request, session, 422, fault="many", typed=typed)
    return answered(request, _mine(request, session, made=made), APPLICANTS)


@router.post(APPLICANTS + "/{key}/cabut")
def applicant_ends(request: Request, key: str, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """One is good for nothing any more."""
    _tokens(request).end(came[0].account, key[:64])
    return RedirectResponse(APPLICANTS, 303)


@router.get(OFFICERS, response_class=HTMLResponse)
def officers(request: Request, who: Annotated[Officer, Depends(any_officer)]):
    """My tokens, each for one seat of mine."""
    return _officers(request, who)


@router.post(OFFICERS, response_class=HTMLResponse)
def officer_makes(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form())]):
    """One more for the seat I act in, confirmed by the passphrase, told this once."""
    who, form = came
    typed = _typed(form)
    if fault := _fault(typed):
        return _officers(request, who, 422, fault=fault, typed=typed)
    asked = {"token": who.token, "passphrase": form.fields.get("sandi", "")[:200], "address": who.address}
    asked |= {"role": who.seat.role, "unit": who.seat.unit, "name": typed["nama"]}
    try:
        wanted = MakeToken(**asked, scopes=_scopes(typed), days=int(typed["hari"]))
    except ValidationError:
        return _officers(request, who, 422, fault="nama", typed=typed)
    try:
        return answered(request, _officers(request, who, made=gate_of(request).make_token(wanted)), OFFICERS)
    except GateSays as no:
        if no.unfit.code not in ("unknown", "wait", "many"):
            raise
        return _officers(request, who, 422, fault=no.unfit.code, seconds=no.unfit.seconds, typed=typed)


@router.post(OFFICERS + "/{key}/cabut")
def officer_ends(request: Request, key: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form())]):
    """One is good for nothing any more."""
    who, _ = came
    gate_of(request).end_token(EndToken(token=who.token, key=key[:64], address=who.address))
    return RedirectResponse(OFFICERS, 303)


def _tokens(request: Request) -> Tokens:
    """Those of applicants' programs; those of officers' are the gate's."""
    return request.app.state.tokens


def _typed(form: Posted) -> dict[str, str]:
    scopes = [scope for scope in get_args(Scope) if form.fields.get(f"lingkup-{scope}")]
    return {
        "nama": form.fields.get("nama", "").strip()[:80],
        "hari": form.fields.get("hari", "").strip()[:4],
        "lingkup": " ".join(scopes),
    }


def _scopes(typed: dict[str, str]) -> tuple[Scope, ...]:
    return tuple(typed["lingkup"].split())


def _fault(typed: dict[str, str]) -> str:
    if len(typed["nama"]) < 2:
        return "nama"
    if not typed["lingkup"]:
        return "lingkup"
    days = typed["hari"]
    return "" if days.isascii() and days.isdigit() and 1 <= int(days) <= LONGEST_DAYS else "hari"


def _mine(request: Request, session: Session, status: int = 200, **more: Any) -> Response:
    return page(request, "tokens", status, **_context(APPLICANTS, _tokens(request).of(session.account), **more))


def _officers(request: Request, who: Officer, status: int = 200, **more: Any) -> Response:
    kept = gate_of(request).own_tokens(who.token)
    return officers_page(request, who, "officer_tokens", status, **_context(OFFICERS, kept, signs=True, **more))


def _context(home: str, kept: list, **more: Any) -> dict[str, Any]:
    found = {"home": home, "kept": kept, "today": office_date(now())}
    limits = {"most": MOST, "scopes": get_args(Scope), "longest": LONGEST_DAYS}
    return found | limits | {"signs": False, "fault": "", "seconds": None, "typed": NEW, "made": None} | more
