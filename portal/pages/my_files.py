"""My files: what stands where, what I am asked for, my papers, and taking a file back."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.offering import Offering
from catalogue.path import APPLICANT
from catalogue.standards_book import service_standards
from catalogue.transactions import Transaction
from contracts import intake
from contracts.noticeboard import Notice
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from plumbing.sign_in.sessions import Session
from portal import audit, wizard
from portal.downloads import disposition
from portal.entrance import Posted, address_of, own_form, page, signed_in
from portal.face import face_of, now
from portal.file_view import FileView, file_view
from portal.guard import an_insiders_question, an_upload
from portal.handing_in import handed_in
from portal.offer_view import title_of, type_today
from portal.rooms import LOOK_SECONDS, Rooms, command_id
from portal.uploads import Unfit
from portal.words import HAPPENED, PAPERS, UNITS
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
MINE = (
    "resi",
    "daftar_kekurangan",
    "skrd",
    "skrdkb",
    "skrdlb",
    "keputusan_retribusi",
    "surat_pengembalian",
    "teguran",
    "strd",
    "nota_pajak",
    "tanda_bukti_pembayaran",
    "licence",
    "surat_pencabutan",
    "surat_penolakan",
)


@router.get("/saya", response_class=HTMLResponse)
def mine(request: Request, session: Annotated[Session, Depends(signed_in)]):
    """All my files, what waits for me first."""
    views = [file_view(notice, now()) for notice in face_of(request).board.notices_of(session.account)]
    views.sort(key=lambda view: view.tone != "yours")
    begun = [
        (draft, title_of(kind))
        for draft in request.app.state.drafts.unsent(session.account)
        if (kind := service_standards().get(draft.code) or type_today(draft.code))
    ]
    return page(request, "mine", views=views, begun=begun)


@router.get("/saya/{id}", response_class=HTMLResponse)
def one(request: Request, id: str, session: Annotated[Session, Depends(signed_in)], terkirim: str = ""):
    """One of my files, with what I am asked for now."""
    return _file(request, session, own_notice(request, session, id), sent=terkirim[:60])


@router.post("/saya/{id}/jawab/{requirement}", response_class=HTMLResponse, dependencies=[Depends(an_upload)])
def answer(request: Request, id: str, requirement: str, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """Hand in what was asked for. The form's own id makes a repeated sending one."""
    session, form = came
    notice = own_notice(request, session, id)
    try:
        document = handed_in(request, session, form, requirement, []).whole
    except Unfit as no:
        return _file(request, session, notice, 422, unfit=(requirement, no.code), order=form.fields.get("perintah"))
    given = command_id(session.account, f"{form.fields.get('perintah', '')}/{requirement}")
    order = intake.AnswerItem(
        command_id=given, application_id=notice.id, requirement=requirement[:60], document=document
    )
    try:
        rooms_of(request).ask(session.account, order, address=address_of(request))
    except Refusal as no:
        return _file(request, session, notice, 422, refusal=no)
    except (Away, Fault):
        return _file(request, session, notice, 503, away=requirement, order=form.fields.get("perintah"))
    return RedirectResponse(f"/saya/{notice.id}?terkirim={order.requirement}", 303)


@router.post("/saya/{id}/lanjut", response_class=HTMLResponse)
def go_on(request: Request, id: str, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """In a service its applicant says that everything asked for was handed in; then the file goes on."""
    session, form = came
    notice, order_id = own_notice(request, session, id), form.fields.get("perintah", "")
    step = file_view(notice, now()).step
    if step is None or step.actor != APPLICANT or "answered" not in step.outcomes:
        return RedirectResponse(f"/saya/{notice.id}", 303)
    given = command_id(session.account, order_id)
    order = intake.TakeStep(command_id=given, application_id=notice.id, step=step.code, outcome="answered")
    try:
        rooms_of(request).ask(session.account, order, address=address_of(request))
    except Refusal as no:
        return _file(request, session, notice, 422, refusal=no)
    except (Away, Fault):
        return _file(request, session, notice, 503, away="lanjut", order=order_id)
    return RedirectResponse(f"/saya/{notice.id}?terkirim=lanjut", 303)


@router.get("/saya/{id}/cabut", response_class=HTMLResponse)
def ask_to_withdraw(request: Request, id: str, session: Annotated[Session, Depends(signed_in)]):
    """The form to take a file back, with what that means."""
    typed = taken_up(request, session, request.url.path).get("alasan", "")
    return _withdrawal(request, own_notice(request, session, id), typed=typed)


@router.post("/saya/{id}/cabut", response_class=HTMLResponse)
def withdraw(request: Request, id: str, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """Take the file back, with the reason that the office keeps."""
    session, form = came
    notice, reason = own_notice(request, session, id), form.fields.get("alasan", "").strip()
    order_id = form.fields.get("perintah", "")
    if not 3 <= len(reason) <= 500:
        return _withdrawal(request, notice, 422, typed=reason, fault="reason", order=order_id)
    try:
        order = intake.WithdrawApplication(
            command_id=command_id(session.account, order_id), application_id=notice.id, reason=reason
        )
    except ValueError:
        return _withdrawal(request, notice, 422, typed=reason, fault="letters", order=order_id)
    try:
        rooms_of(request).ask(session.account, order, address=address_of(request))
    except Refusal as no:
        return _withdrawal(request, notice, 422, typed=reason, refusal=no)
    except (Away, Fault):
        return _withdrawal(request, notice, 503, typed=reason, fault="away", order=order_id)
    return RedirectResponse(f"/saya/{notice.id}?terkirim=cabut", 303)


@router.get("/saya/{id}/surat/{sha256}")
def my_paper(request: Request, id: str, sha256: str, session: Annotated[Session, Depends(signed_in)]):
    """A paper of the office about my file, as it was made."""
    notice = own_notice(request, session, id, "paper")
    paper = next((p for p in notice.moved.papers if p.sha256 == sha256 and p.kind in MINE), None)
    if paper is None:
        raise HTTPException(404)
    named = disposition(PAPERS[paper.kind], paper.number, notice.moved.resi, how="attachment")
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(request.app.state.uploads.store.get(sha256), media_type="application/pdf", headers=headers)


@router.get("/saya/{id}/lampiran/{sha256}")
def my_attachment(request: Request, id: str, sha256: str, session: Annotated[Session, Depends(signed_in)]):
    """What I handed in, as it came."""
    notice = own_notice(request, session, id, "paper")
    found = rooms_of(request).ask(session.account, intake.FindApplication(application_id=notice.id))
    item = next((i for i in found["items"] if i["document"] and i["document"]["sha256"] == sha256), None)
    if item is None:
        raise HTTPException(404)
    kind = item["document"]["media_type"]
    headers = {"Content-Disposition": disposition(item["name"], media_type=kind), "Cache-Control": "no-store"}
    return Response(request.app.state.uploads.store.get(sha256), media_type=kind, headers=headers)


def own_notice(request: Request, session: Session, id: str, what: str = "file") -> Notice:
    """The notice of one of the reader's own files, the look noted; 404 for anybody else's, as for one that does not
    exist."""
    notice = face_of(request).board.notice_of(id)
    if notice is None or notice.moved is None or notice.account != session.account:
        raise HTTPException(404)
    audit.note(request, session.account, "applicant", what, notice.id)
    return notice


def rooms_of(request: Request) -> Rooms:
    """The line to the rooms."""
    return request.app.state.rooms


def taken_up(request: Request, session: Session, path: str) -> dict[str, str]:
    """What was typed into the form of this page when the session had just ended, once."""
    if session.entrusted is None or session.entrusted[0] != path:
        return {}
    request.app.state.entrance.sessions.taken_up(session)
    return session.entrusted[1]


def _file(request: Request, session: Session, notice: Notice, status: int = 200, **more: Any) -> Response:
    view = file_view(notice, now())
    found = _found(request, session, notice)
    items, reached = _asked(notice, found), found is not None
    context = {"sent": "", "unfit": None, "refusal": None, "away": "", **more}
    if context["away"] and not reached:
        items = _once_more(view, context["away"])
    context["order"] = context.get("order") or new_id()
    papers = [paper for paper in notice.moved.papers if paper.kind in MINE]
    stands = notice.licence is not None and notice.ended is None and type_today(view.kind.code) is not None
    by_hand = view.kind.by_hand and view.step is not None and view.step.actor == APPLICANT
    return page(
        request,
        "my_file",
        status,
        view=view,
        status_words=view.words,
        happened=HAPPENED,
        units=UNITS,
        items=items,
        reached=reached,
        name=found and found["applicant"] and found["applicant"]["name"],
        handed=[item for item in found["items"] if item["document"]] if found else [],
        goes_on_by_hand=by_hand and reached,
        about=_about(view.kind) if stands else [],
        papers=papers,
        paper_words=PAPERS,
        **context,
    )


def _about(kind: Offering) -> list[Transaction]:
    """What its holder may ask for about a licence of this type."""
    return [each for each in wizard.on_a_licence(kind) if each.holder != "another"]


def _found(request: Request, session: Session, notice: Notice) -> dict[str, Any] | None:
    """The file as its room knows it; None while the room does not answer."""
    question = intake.FindApplication(application_id=notice.id)
    try:
        return rooms_of(request).ask(session.account, question, seconds=LOOK_SECONDS)
    except (Away, Fault):
        return None


def _asked(notice: Notice, found: dict[str, Any] | None) -> list[dict]:
    """What is or was asked of the applicant, while the file is open."""
    if found is None or notice.moved.outcome is not None:
        return []
    asked = ({**item, "request": item["requests"][-1]} for item in found["items"] if item["requests"])
    return [item for item in asked if item["request"]["state"] in ("asked", "answered")]


def _once_more(view: FileView, requirement: str) -> list[dict]:
    """The one item whose sending is in doubt, while the room cannot say what else is asked."""
    known = view.kind.required(sub_kind=view.notice.moved.sub_kind, transaction=view.notice.moved.transaction)
    request = {"state": "asked", "note": ""}
    return [{"requirement": r.code, "name": r.name, "request": request} for r in known if r.code == requirement]


def _withdrawal(request: Request, notice: Notice, status: int = 200, **more: Any) -> Response:
    context = {"typed": "", "fault": None, "refusal": None, **more}
    context["order"] = context.get("order") or new_id()
    return page(request, "withdraw", status, view=file_view(notice, now()), **context)
