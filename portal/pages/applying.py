"""Applying: one question group per page, kept at each answer; check your answers; sent."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.offering import Offering
from contracts import intake
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from plumbing.sign_in.sessions import Session
from portal import offer_view, wizard
from portal.drafts import Draft
from portal.entrance import Posted, address_of, entrance_of, own_form, page, signed_in
from portal.face import now
from portal.guard import an_insiders_question
from portal.own_draft import drafts_of, onwards, open_offering, own_draft
from portal.pages.my_files import rooms_of, taken_up
from portal.rooms import command_id
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
Signed = Annotated[Session, Depends(signed_in)]
Came = Annotated[tuple[Session, Posted], Depends(own_form)]
LONGEST_NUMBER = 80


@router.get("/ajukan/{code}", response_class=HTMLResponse)
def begin(request: Request, code: str, session: Signed, untuk: str = "", izin: str = "", dari: str = ""):
    """What is needed, before anything is asked; what was begun earlier; and asking about a licence that exists, with
    what is known of it (`dari`: the file it came from)."""
    typed = taken_up(request, session, request.url.path) or {"untuk": untuk, "izin": izin, "dari": dari}
    return _begin(request, session, open_offering(code), typed)


@router.post("/ajukan/{code}", response_class=HTMLResponse)
def start(request: Request, code: str, came: Came):
    """A new draft, with what is known already; the same form twice begins one."""
    session, form = came
    kind, asked = open_offering(code), form.fields.get("untuk", "")
    answers: dict[str, Any] = {}
    if asked:
        number = form.fields.get("izin", "").strip()
        if not 3 <= len(number) <= LONGEST_NUMBER or asked not in {each.code for each in wizard.on_a_licence(kind)}:
            return _begin(request, session, kind, form.fields, 422)
        answers = wizard.begin_with(kind, asked, number)
        earlier = drafts_of(request).find(form.fields.get("dari", "")[:64], session.account)
        if earlier is not None and earlier.code == kind.code:
            answers |= wizard.known_from(kind, earlier.answers, answers)
    id = command_id(session.account, form.fields.get("perintah", ""))
    drafts_of(request).begin(id, session.account, kind.code, now(), answers)
    return onwards(request, session, code, id)


@router.get("/ajukan/{code}/{id}", response_class=HTMLResponse)
def check(request: Request, code: str, id: str, session: Signed):
    """Check your answers."""
    kind, draft = own_draft(request, session, code, id)
    if draft.sent:
        return RedirectResponse(f"/ajukan/{code}/{id}/terkirim", 303)
    return _check(request, kind, draft)


@router.post("/ajukan/{code}/{id}", response_class=HTMLResponse)
def send(request: Request, code: str, id: str, came: Came):
    """Send it. The draft holds the id of the command, so sending twice is sending once."""
    session, _ = came
    kind, draft = own_draft(request, session, code, id)
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
    _, draft = own_draft(request, came[0], code, id)
    drafts_of(request).throw_away(draft)
    return RedirectResponse("/saya", 303)


@router.get("/ajukan/{code}/{id}/{step}", response_class=HTMLResponse)
def ask(request: Request, code: str, id: str, step: str, session: Signed):
    """The questions of one page, with what was answered or typed before."""
    kind, draft = own_draft(request, session, code, id)
    typed = taken_up(request, session, request.url.path) or draft.answers.get(step) or _known(request, session, step)
    return _step(request, kind, draft, step, typed=typed)


@router.post("/ajukan/{code}/{id}/{step}", response_class=HTMLResponse)
def answer(request: Request, code: str, id: str, step: str, came: Came):
    """Keep the answers of one page, or say beside each field what is wrong."""
    session, form = came
    kind, draft = own_draft(request, session, code, id)
    if step not in wizard.pages(kind, draft.answers):
        raise HTTPException(404)
    value, faults = wizard.read(kind, step, form.fields, draft.answers)
    if faults:
        return _step(request, kind, draft, step, 422, typed=form.fields, faults=faults)
    drafts_of(request).answer(draft, step, value, now())
    return onwards(request, session, code, id)


def _known(request: Request, session: Session, step: str) -> dict[str, str]:
    """What a page begins with: of the applicant, the address or number their account is reached by."""
    account = entrance_of(request).accounts.by_id(session.account) if step == wizard.APPLICANT else None
    if account is None:
        return {}
    return {"email": account.email} if account.email else {"phone": account.name}


def _begin(request: Request, session: Session, kind: Offering, typed: dict[str, str], status: int = 200) -> Response:
    begun = [draft for draft in drafts_of(request).unsent(session.account) if draft.code == kind.code]
    return page(
        request,
        "apply",
        status,
        kind=kind,
        title=offer_view.title_of(kind),
        address=offer_view.address_of(kind),
        asks=kind.required() if kind.by_hand else kind.requirements,
        begun=begun,
        order=new_id(),
        about=wizard.on_a_licence(kind),
        typed={name: typed.get(name, "")[:LONGEST_NUMBER] for name in ("untuk", "izin", "dari")},
        fault=status != 200,
    )


def _submission(kind: Offering, draft: Draft) -> intake.SubmitApplication:
    answers, asked = draft.answers, wizard.pages(kind, draft.answers)
    papers = {r.code for r in wizard.papers(kind, answers)}
    said = {page: answers[page] if page in asked else {} for page in (wizard.KIND, wizard.EARLIER, wizard.QUANTITIES)}
    parent = answers.get(wizard.PARENT) or {}
    return intake.SubmitApplication(
        command_id=draft.order,
        application_id=draft.id,
        licence_type=kind.code,
        sub_kind=said[wizard.KIND].get("sub_kind"),
        channel="online",
        applicant=answers[wizard.APPLICANT],
        place=answers[wizard.PLACE],
        quantities=said[wizard.QUANTITIES],
        transaction=answers.get(wizard.ASKED, {}).get("transaction"),
        licence_number=said[wizard.EARLIER].get("licence_number"),
        parent=parent.get("file") if parent.get("requirement") in papers else None,
        attachments=[
            {"requirement": code, "document": paper} for code, paper in draft.wholes.items() if code in papers
        ],
    )


def _check(request: Request, kind: Offering, draft: Draft, status: int = 200, **more: Any) -> Response:
    parts = [
        (step, wizard.TITLES[step], wizard.fields(kind, step, draft.answers), draft.answers.get(step))
        for step in wizard.pages(kind, draft.answers)
    ]
    asked = wizard.transaction(kind, draft.answers)
    context = {"fault": None, "refusal": None, **more}
    return page(
        request,
        "check_answers",
        status,
        kind=kind,
        title=offer_view.title_of(kind),
        asked=asked if asked.about_a_licence else None,
        draft=draft,
        parts=parts,
        papers=wizard.papers(kind, draft.answers),
        parent=(draft.answers.get(wizard.PARENT) or {}).get("requirement"),
        left=wizard.missing(kind, draft.answers, draft.papers),
        names_of=wizard.names_of,
        **context,
    )


def _step(request: Request, kind: Offering, draft: Draft, step: str, status: int = 200, **more: Any) -> Response:
    if step not in wizard.pages(kind, draft.answers) or draft.sent:
        raise HTTPException(404)
    asked = wizard.fields(kind, step, draft.answers)
    context = {"faults": {}, "title": wizard.TITLES[step], "of": offer_view.title_of(kind), **more}
    context["progress"] = wizard.progress(kind, draft.answers, step)
    return page(request, "apply_step", status, kind=kind, draft=draft, step=step, asked=asked, **context)
