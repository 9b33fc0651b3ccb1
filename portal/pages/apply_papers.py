"""Applying: a page per paper that is asked for, handed in as one file or several, or taken from a file of one's own."""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.depends import licence_for
from catalogue.offering import Offering
from catalogue.standard import Group
from contracts.documents import Document
from contracts.noticeboard import Notice
from plumbing.sign_in.sessions import Session
from portal import offer_view, wizard
from portal.downloads import disposition
from portal.drafts import Draft
from portal.entrance import Posted, own_form, page, signed_in
from portal.face import face_of, now
from portal.guard import an_insiders_question, an_upload
from portal.handing_in import Handed, as_one, handed_in
from portal.own_draft import drafts_of, onwards, own_draft
from portal.uploads import Unfit

router = APIRouter(dependencies=[Depends(an_insiders_question)])
KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
ADDRESS = "/ajukan/{code}/{id}/berkas/{requirement}"


class OwnLicence(NamedTuple):
    """A file of the reader's own whose licence is the paper that is asked for: issued (`number`), or still on its way.
    `paper` is the hash of the licence, else of the resi, else None."""

    file: str
    number: str
    issued: bool
    paper: str | None


@router.get(ADDRESS, response_class=HTMLResponse)
def ask_paper(request: Request, code: str, id: str, requirement: str, session: Annotated[Session, Depends(signed_in)]):
    """The page of one paper."""
    return _paper(request, session, *own_draft(request, session, code, id), requirement)


@router.get(ADDRESS + "/{sha256}")
def look_at(
    request: Request,
    code: str,
    id: str,
    requirement: str,
    sha256: str,
    session: Annotated[Session, Depends(signed_in)],
):
    """A file that was handed in with the reader's own draft, as it came."""
    _kind, draft = own_draft(request, session, code, id)
    part = next((part for part in draft.papers.get(requirement, []) if part.sha256 == sha256), None)
    if part is None:
        raise HTTPException(404)
    named = {"Content-Disposition": disposition(requirement, media_type=part.media_type), "Cache-Control": "no-store"}
    return Response(request.app.state.uploads.store.get(sha256), media_type=part.media_type, headers=named)


@router.post(ADDRESS, response_class=HTMLResponse, dependencies=[Depends(an_upload)])
def hand_in(
    request: Request, code: str, id: str, requirement: str, came: Annotated[tuple[Session, Posted], Depends(own_form)]
):
    """Keep a paper, drop a part of it, take it from a file of one's own, or keep that it comes later."""
    session, form = came
    kind, draft = own_draft(request, session, code, id)
    if requirement not in {r.code for r in wizard.papers(kind, draft.answers)}:
        raise HTTPException(404)
    has, given = draft.papers.get(requirement, []), form.fields
    if "nanti" in given:
        if requirement not in draft.papers:
            drafts_of(request).hand_in(draft, requirement, [], None, now())
        return onwards(request, session, code, id)
    try:
        if given.get("buang"):
            left = [part for part in has if part.sha256 != given["buang"]]
            handed = as_one(request, left, requirement) if left else Handed([], None)
        elif given.get("induk"):
            handed = _from_own_file(request, session, draft, requirement, given["induk"])
        else:
            handed = handed_in(request, session, form, requirement, has)
    except Unfit as no:
        return _paper(request, session, kind, draft, requirement, 422, unfit=no.code)
    drafts_of(request).hand_in(draft, requirement, handed.parts, handed.whole, now())
    if given.get("buang") or "lagi" in given:
        return RedirectResponse(f"/ajukan/{code}/{id}/berkas/{requirement}", 303)
    return onwards(request, session, code, id)


def _from_own_file(request: Request, session: Session, draft: Draft, requirement: str, file: str) -> Handed:
    """The licence of a file of one's own; while it is not issued its resi, and this file depends on that one."""
    own = next((each for each in _own_licences(request, session, requirement) if each.file == file), None)
    if own is None:
        raise HTTPException(404)
    before = draft.answers.get(wizard.PARENT) or {}
    if not own.issued:
        drafts_of(request).answer(draft, wizard.PARENT, {"file": own.file, "requirement": requirement}, now())
    elif before.get("requirement") == requirement:
        drafts_of(request).answer(draft, wizard.PARENT, None, now())
    if own.paper is None:
        return Handed([], None)
    size = len(request.app.state.uploads.store.get(own.paper))
    fields = {"kind": "attachment", "name": f"{requirement}.pdf", "media_type": "application/pdf"}
    document = Document(sha256=own.paper, size=size, **fields)
    return Handed([document], document)


def _own_licences(request: Request, session: Session, requirement: str) -> list[OwnLicence]:
    code = licence_for(requirement)
    if code is None:
        return []
    notices = face_of(request).board.notices_of(session.account)
    return [own for notice in notices if notice.moved.licence_type == code and (own := _own_licence(notice))]


def _own_licence(notice: Notice) -> OwnLicence | None:
    moved, licence = notice.moved, notice.licence
    if licence is not None:
        stands = notice.ended is None and not notice.suspended
        return OwnLicence(notice.id, licence.number, True, licence.sha256) if stands else None
    if moved.outcome is not None:
        return None
    resi = next((paper.sha256 for paper in moved.papers if paper.kind == "resi"), None)
    return OwnLicence(notice.id, moved.resi or notice.handle, False, resi)


def _below(kind: Offering, requirement: str) -> list[tuple[str, list]]:
    """What a service's standard lists below a requirement."""
    if not kind.by_hand:
        return []
    item = kind.requirements[int(requirement.removeprefix("syarat_")) - 1]
    return offer_view.items(item.items) if isinstance(item, Group) else []


def _paper(
    request: Request,
    session: Session,
    kind: Offering,
    draft: Draft,
    requirement: str,
    status: int = 200,
    unfit: str | None = None,
) -> Response:
    wanted = next((r for r in wizard.papers(kind, draft.answers) if r.code == requirement), None)
    if wanted is None or draft.sent:
        raise HTTPException(404)
    shown: dict[str, Any] = {"has": draft.papers.get(requirement, []), "unfit": unfit, "kinds": KINDS}
    shown |= {"below": _below(kind, requirement), "own": _own_licences(request, session, requirement)}
    shown["parent"] = (draft.answers.get(wizard.PARENT) or {}).get("requirement") == requirement
    shown["progress"] = wizard.progress(kind, draft.answers, f"berkas/{requirement}")
    return page(request, "apply_paper", status, kind=kind, draft=draft, wanted=wanted, **shown)
