"""Applying: one question group per page, kept at each answer; papers; check your answers; sent."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.licence_type import LicenceType
from contracts import intake
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from plumbing.sign_in.sessions import Session
from portal import offer_view, wizard
from portal.drafts import Draft, Drafts
from portal.entrance import Posted, address_of, own_form, page, signed_in
from portal.face import now
from portal.guard import a_question, an_upload
from portal.handing_in import Handed, as_one, handed_in
from portal.pages.my_files import rooms_of, taken_up
from portal.rooms import command_id
from portal.uploads import Unfit
from values.refusal import Refusal

KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
router = APIRouter(dependencies=[Depends(a_question)])
Signed = Annotated[Session, Depends(signed_in)]
Came = Annotated[tuple[Session, Posted], Depends(own_form)]


@router.get("/ajukan/{code}", response_class=HTMLResponse)
def begin(request: Request, code: str, session: Signed):
    """What is needed, before anything is asked; and what was begun earlier."""
    kind = _open_type(code)
    begun = [draft for draft in drafts_of(request).unsent(session.account) if draft.code == kind.code]
    return page(request, "apply", kind=kind, begun=begun, order=new_id())


@router.post("/ajukan/{code}")
def start(request: Request, code: str, came: Came):
    """A new draft; the same form twice begins one."""
    session, form = came
    kind = _open_type(code)
    id = command_id(session.account, form.fields.get("perintah", ""))
    drafts_of(request).begin(id, session.account, kind.code, now())
    return _onwards(request, session, code, id)


@router.get("/ajukan/{code}/{id}", response_class=HTMLResponse)
def check(request: Request, code: str, id: str, session: Signed):
    """Check your answers."""
    kind, draft = _own(request, session, code, id)
    if draft.sent:
        return RedirectResponse(f"/ajukan/{code}/{id}/terkirim", 303)
    return _check(request, kind, draft)


@router.post("/ajukan/{code}/{id}", response_class=HTMLResponse)
def send(request: Request, code: str, id: str, came: Came):
    """Send it. The draft holds the id of the command, so sending twice is sending once."""
    session, _ = came
    kind, draft = _own(request, session, code, id)
    if draft.sent:
        return RedirectResponse(f"/ajukan/{code}/{id}/terkirim", 303)
    if wizard.missing(kind, draft.answers, draft.papers):
        return _check(request, kind, draft, 422, fault="missing")
    try:
        rooms_of(request).ask(session.account, _submission(kind, draft), address=address_of(request))
    except Refusal as no:
        if no.code != "already_submitted":
            drafts_of(request).refused(draft)
            return _check(request, kind, draft, 422, refusal=no)
    except (Away, Fault):
        return _check(request, kind, draft, 503, fault="away")
    drafts_of(request).sent(draft, now())
    return RedirectResponse(f"/ajukan/{code}/{id}/terkirim", 303)


@router.post("/ajukan/{code}/{id}/buang")
def throw_away(request: Request, code: str, id: str, came: Came):
    """Drop a draft."""
    _, draft = _own(request, came[0], code, id)
    drafts_of(request).throw_away(draft)
    return RedirectResponse("/saya", 303)


@router.get("/ajukan/{code}/{id}/terkirim", response_class=HTMLResponse)
def sent(request: Request, code: str, id: str, session: Signed):
    """The confirmation: the number, and what happens next."""
    kind, draft = _own(request, session, code, id)
    if not draft.sent:
        return RedirectResponse(f"/ajukan/{code}/{id}", 303)
    return page(request, "applied", kind=kind, draft=draft, number=f"P-{id[-12:].upper()}")


@router.get("/ajukan/{code}/{id}/berkas/{requirement}", response_class=HTMLResponse)
def ask_paper(request: Request, code: str, id: str, requirement: str, session: Signed):
    """The page of one paper."""
    return _paper(request, *_own(request, session, code, id), requirement)


@router.post("/ajukan/{code}/{id}/berkas/{requirement}", response_class=HTMLResponse, dependencies=[Depends(an_upload)])
def hand_in(request: Request, code: str, id: str, requirement: str, came: Came):
    """Keep a paper, or that it comes later."""
    session, form = came
    kind, draft = _own(request, session, code, id)
    if requirement not in {r.code for r in wizard.papers(kind, draft.answers)}:
        raise HTTPException(404)
    has = draft.papers.get(requirement, [])
    if "nanti" in form.fields:
        if requirement not in draft.papers:
            drafts_of(request).hand_in(draft, requirement, [], None, now())
        return _onwards(request, session, code, id)
    try:
        if dropped := form.fields.get("buang"):
            left = [part for part in has if part.sha256 != dropped]
            handed = as_one(request, left, requirement) if left else Handed([], None)
        else:
            handed = handed_in(request, session, form, requirement, has)
    except Unfit as no:
        return _paper(request, kind, draft, requirement, 422, unfit=no.code)
    drafts_of(request).hand_in(draft, requirement, handed.parts, handed.whole, now())
    if dropped or "lagi" in form.fields:
        return RedirectResponse(f"/ajukan/{code}/{id}/berkas/{requirement}", 303)
    return _onwards(request, session, code, id)


@router.get("/ajukan/{code}/{id}/{step}", response_class=HTMLResponse)
def ask(request: Request, code: str, id: str, step: str, session: Signed):
    """The questions of one page, with what was answered or typed before."""
    kind, draft = _own(request, session, code, id)
    typed = taken_up(request, session, request.url.path) or draft.answers.get(step, {})
    return _step(request, kind, draft, step, typed=typed)


@router.post("/ajukan/{code}/{id}/{step}", response_class=HTMLResponse)
def answer(request: Request, code: str, id: str, step: str, came: Came):
    """Keep the answers of one page, or say beside each field what is wrong."""
    session, form = came
    kind, draft = _own(request, session, code, id)
    if step not in wizard.pages(kind, draft.answers):
        raise HTTPException(404)
    value, faults = wizard.read(kind, step, form.fields)
    if faults:
        return _step(request, kind, draft, step, 422, typed=form.fields, faults=faults)
    drafts_of(request).answer(draft, step, value, now())
    return _onwards(request, session, code, id)


def drafts_of(request: Request) -> Drafts:
    """The drafts of the running portal."""
    return request.app.state.drafts


def _open_type(code: str) -> LicenceType:
    kind = offer_view.type_today(code)
    if kind is None or not kind.open_on(offer_view.today()):
        raise HTTPException(404)
    return kind


def _own(request: Request, session: Session, code: str, id: str) -> tuple[LicenceType, Draft]:
    """The draft when it is the reader's own and of this type; otherwise 404."""
    draft = drafts_of(request).find(id, session.account)
    if draft is None or draft.code != code:
        raise HTTPException(404)
    return _open_type(code), draft


def _onwards(request: Request, session: Session, code: str, id: str) -> Response:
    """To what is still open, in its order; when nothing is, to the check."""
    kind, draft = _own(request, session, code, id)
    left = wizard.missing(kind, draft.answers, draft.papers)
    return RedirectResponse(f"/ajukan/{code}/{id}" + (f"/{left[0]}" if left else ""), 303)


def _submission(kind: LicenceType, draft: Draft) -> intake.SubmitApplication:
    answers = draft.answers
    asked = {r.code for r in wizard.papers(kind, answers)}
    return intake.SubmitApplication(
        command_id=draft.order,
        application_id=draft.id,
        licence_type=kind.code,
        sub_kind=answers.get(wizard.KIND, {}).get("sub_kind"),
        channel="online",
        applicant=answers[wizard.APPLICANT],
        place=answers[wizard.PLACE],
        quantities=answers.get(wizard.QUANTITIES, {}) if wizard.QUANTITIES in wizard.pages(kind, answers) else {},
        licence_number=answers.get(wizard.EARLIER, {}).get("licence_number"),
        attachments=[{"requirement": code, "document": paper} for code, paper in draft.wholes.items() if code in asked],
    )


def _check(request: Request, kind: LicenceType, draft: Draft, status: int = 200, **more: Any) -> Response:
    parts = [
        (step, wizard.TITLES[step], wizard.fields(kind, step), draft.answers.get(step))
        for step in wizard.pages(kind, draft.answers)
    ]
    left = wizard.missing(kind, draft.answers, draft.papers)
    context = {"fault": None, "refusal": None, **more}
    papers = wizard.papers(kind, draft.answers)
    return page(
        request,
        "check_answers",
        status,
        kind=kind,
        draft=draft,
        parts=parts,
        papers=papers,
        left=left,
        names_of=wizard.names_of,
        **context,
    )


def _step(request: Request, kind: LicenceType, draft: Draft, step: str, status: int = 200, **more: Any) -> Response:
    if step not in wizard.pages(kind, draft.answers) or draft.sent:
        raise HTTPException(404)
    context = {"faults": {}, **more}
    title, asked = wizard.TITLES[step], wizard.fields(kind, step)
    return page(request, "apply_step", status, kind=kind, draft=draft, step=step, title=title, asked=asked, **context)


def _paper(
    request: Request, kind: LicenceType, draft: Draft, requirement: str, status: int = 200, unfit: str | None = None
) -> Response:
    wanted = next((r for r in wizard.papers(kind, draft.answers) if r.code == requirement), None)
    if wanted is None or draft.sent:
        raise HTTPException(404)
    has = draft.papers.get(requirement, [])
    return page(
        request, "apply_paper", status, kind=kind, draft=draft, wanted=wanted, has=has, unfit=unfit, kinds=KINDS
    )
