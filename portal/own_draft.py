"""The draft behind a page: whose it is, what it is for, and where one goes on."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.offering import Offering
from catalogue.standards_book import service_standards
from plumbing.sign_in.sessions import Session
from portal import offer_view, wizard
from portal.drafts import Draft, Drafts


def drafts_of(request: Request) -> Drafts:
    """The drafts of the running portal."""
    return request.app.state.drafts


def open_offering(code: str) -> Offering:
    """The licence type or service with that code that can be applied for today; 404 for any other."""
    kind = service_standards().get(code) or offer_view.type_today(code)
    if kind is None or not kind.open_on(offer_view.today()):
        raise HTTPException(404)
    return kind


def own_draft(request: Request, session: Session, code: str, id: str) -> tuple[Offering, Draft]:
    """What is applied for, and the reader's own draft; 404 for anybody else's."""
    draft = drafts_of(request).find(id, session.account)
    if draft is None or draft.code != code:
        raise HTTPException(404)
    return open_offering(code), draft


def onwards(request: Request, session: Session, code: str, id: str) -> Response:
    """To what is still open, in its order; when nothing is, to the check."""
    kind, draft = own_draft(request, session, code, id)
    left = wizard.missing(kind, draft.answers, draft.papers)
    return RedirectResponse(f"/ajukan/{code}/{id}" + (f"/{left[0]}" if left else ""), 303)
