"""Telling other programs: an applicant's and an officer's subscriptions, what became of them, and a new one."""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from plumbing.sign_in.sessions import Session
from portal.answers import answered
from portal.entrance import Posted, own_form, page, signed_in
from portal.face import now
from portal.guard import an_insiders_question
from portal.officers import Officer, any_officer, officers_form, officers_page
from portal.webhooks.delivering import Deliveries
from portal.webhooks.posting import LONGEST_ADDRESS, Unfit, require_address
from portal.webhooks.subscriptions import MOST, Holder, Subscriptions, TooMany, known_types

router = APIRouter(dependencies=[Depends(an_insiders_question)])
APPLICANTS, OFFICERS = "/akun/webhook", "/petugas/webhook"


class Webhooks(NamedTuple):
    """One per process, kept at `app.state.webhooks`. `inside`: as of `portal.webhooks.posting`."""

    subscriptions: Subscriptions
    deliveries: Deliveries
    inside: bool


class Reader(NamedTuple):
    """Whose page it is: an applicant's session or an officer."""

    holder: Holder
    session: Session | None = None
    officer: Officer | None = None

    @property
    def home(self) -> str:
        """The address of the page."""
        return OFFICERS if self.officer else APPLICANTS


@router.get(APPLICANTS, response_class=HTMLResponse)
def applicants(request: Request, session: Annotated[Session, Depends(signed_in)]):
    """My subscriptions, about my own files."""
    return _page(request, _applicant(session))


@router.post(APPLICANTS, response_class=HTMLResponse)
def applicant_subscribes(request: Request, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """One more, with its secret told this once."""
    return _add(request, _applicant(came[0]), came[1])


@router.post(APPLICANTS + "/{id}/hapus")
def applicant_ends(request: Request, id: str, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """One is told nothing any more."""
    return _remove(request, _applicant(came[0]), id)


@router.get(OFFICERS, response_class=HTMLResponse)
def officers(request: Request, who: Annotated[Officer, Depends(any_officer)]):
    """My subscriptions in the seat I act in, about the files that are its business."""
    return _page(request, _officer(who))


@router.post(OFFICERS, response_class=HTMLResponse)
def officer_subscribes(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form())]):
    """One more, with its secret told this once."""
    return _add(request, _officer(came[0]), came[1])


@router.post(OFFICERS + "/{id}/hapus")
def officer_ends(request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form())]):
    """One is told nothing any more."""
    return _remove(request, _officer(came[0]), id)


def _applicant(session: Session) -> Reader:
    return Reader(Holder(session.account, "applicant"), session=session)


def _officer(who: Officer) -> Reader:
    return Reader(Holder(who.id, who.seat.role, who.seat.unit), officer=who)


def _webhooks(request: Request) -> Webhooks:
    return request.app.state.webhooks


def _add(request: Request, reader: Reader, form: Posted) -> Response:
    url = form.fields.get("alamat", "").strip()[: LONGEST_ADDRESS + 1]
    kinds = tuple(each for each in form.fields.get("jenis", "").replace(",", " ").split())[:40]
    typed = {"alamat": url, "jenis": " ".join(kinds)}
    if unknown := [code for code in kinds if code not in known_types()]:
        return _page(request, reader, 422, fault="type", unknown=unknown[0][:60], typed=typed)
    try:
        require_address(url, _webhooks(request).inside)
        _, secret = _webhooks(request).subscriptions.add(reader.holder, url, kinds, now())
    except Unfit as no:
        return _page(request, reader, 422, fault=no.code, typed=typed)
    except TooMany:
        return _page(request, reader, 422, fault="many", typed=typed)
    return answered(request, _page(request, reader, secret=secret), reader.home)


def _remove(request: Request, reader: Reader, id: str) -> Response:
    if not _webhooks(request).subscriptions.remove(reader.holder, id):
        raise HTTPException(404)
    return RedirectResponse(reader.home, 303)


def _page(request: Request, reader: Reader, status: int = 200, **more: Any) -> Response:
    hooks = _webhooks(request)
    own = [(hook, hooks.deliveries.of(hook.id)) for hook in hooks.subscriptions.of(reader.holder)]
    context = {"fault": None, "unknown": "", "typed": {"alamat": "", "jenis": ""}, "secret": None, **more}
    context |= {"hooks": own, "most": MOST, "home": reader.home}
    if reader.officer:
        return officers_page(request, reader.officer, "officer_webhooks", status, **context)
    return page(request, "webhooks", status, **context)
