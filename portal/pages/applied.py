"""The confirmation after sending: number, QR, and what happens next until when."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from catalogue.path import APPLICANT
from plumbing.sign_in.sessions import Session
from portal import offer_view, wizard
from portal.entrance import page, signed_in
from portal.face import face_of
from portal.guard import an_insiders_question
from portal.own_draft import own_draft
from portal.words import UNITS

router = APIRouter(dependencies=[Depends(an_insiders_question)])
NEXT = 3  # steps of the path that are told


@router.get("/ajukan/{code}/{id}/terkirim", response_class=HTMLResponse)
def sent(request: Request, code: str, id: str, session: Annotated[Session, Depends(signed_in)]):
    """The confirmation. As soon as there is a resi it is shown in place of the number until then."""
    kind, draft = own_draft(request, session, code, id)
    if not draft.sent:
        return RedirectResponse(f"/ajukan/{code}/{id}", 303)
    notice = face_of(request).board.notice_of(id)
    path = kind.path_for(wizard.transaction(kind, draft.answers).code)
    steps = [drawn for drawn in offer_view.drawn(path) if drawn.step.actor != APPLICANT][:NEXT]
    waits = max((step.closes_after or 0 for step in path.steps if step.actor == APPLICANT), default=0)
    return page(
        request,
        "applied",
        kind=kind,
        title=offer_view.title_of(kind),
        draft=draft,
        resi=notice and notice.resi,
        number=(notice and notice.resi) or f"P-{id[-12:].upper()}",
        steps=steps,
        waits=waits,
        units=UNITS,
    )
