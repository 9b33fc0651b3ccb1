"""Is this paper genuine? By the code under its QR, by its number, or by the PDF itself."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from contracts.noticeboard import Paper
from plumbing.documents.errors import DocumentError
from plumbing.documents.verification import Verification
from portal.face import face_of, now
from portal.guard import LARGEST_PDF, TooLarge, a_question, an_upload
from portal.numbers import code_in
from portal.paper_view import PaperView, paper_view
from portal.words import PAPERS
from values.dates import office_date

router = APIRouter()
LONGEST = 80
PIECE = 1 << 16
HEAD = 1024  # a PDF says that it is one within its first bytes


@router.get("/periksa", response_class=HTMLResponse, dependencies=[Depends(a_question)])
def ask(request: Request, nomor: Annotated[str, Query()] = ""):
    """The form; with a code its page, with a number what is known under it."""
    typed = " ".join(nomor.split())[:LONGEST]
    if not typed:
        return _form(request)
    if code := code_in(typed):
        return RedirectResponse(f"/periksa/{code}", 303)
    paper = face_of(request).board.paper(number=typed)
    return _found(request, paper) if paper else _form(request, 404, typed=typed, fault="unknown_number")


@router.get("/periksa/{code}", response_class=HTMLResponse, dependencies=[Depends(a_question)])
def by_code(request: Request, code: str):
    """Where the QR of a paper leads."""
    plain = code_in(code)
    paper = face_of(request).board.paper(code=plain) if plain else None
    if paper is None:
        return _form(request, 404, typed=(plain or code)[:LONGEST], fault="unknown_code")
    return _found(request, paper)


@router.get("/p/{code}")
def short(code: str):
    """The short address of the same."""
    return RedirectResponse(f"/periksa/{code_in(code) or '-'}", 308)


@router.post("/periksa", response_class=HTMLResponse, dependencies=[Depends(an_upload)])
def by_file(request: Request, berkas: Annotated[UploadFile | None, File()] = None):
    """By the PDF: its bytes are those the office gave out, or they are not; and whether its signature holds."""
    if berkas is None or not berkas.filename:
        return _form(request, 422, fault="no_file")
    head, digest, size = _read(berkas)
    if b"%PDF-" not in head:
        return _form(request, 422, fault="no_pdf")
    paper = face_of(request).board.paper(sha256=digest)
    seal = None if paper and paper.kind != "licence" else _signature(request, berkas)
    if paper:
        return _found(request, paper, seal)
    return face_of(request).page(request, "stranger", 404, seal=seal, digest=digest, size=size)


def _read(file: UploadFile) -> tuple[bytes, str, int]:
    """(first bytes, sha256, size), a piece at a time. Raises TooLarge."""
    digest, size, head = hashlib.sha256(), 0, b""
    while piece := file.file.read(PIECE):
        head, size = head or piece[:HEAD], size + len(piece)
        if size > LARGEST_PDF:
            raise TooLarge
        digest.update(piece)
    return head, digest.hexdigest(), size


def _signature(request: Request, file: UploadFile) -> Verification | None:
    """What the process that knows papers says of the signature; None when it could not say in time."""
    file.file.seek(0)
    try:
        return request.app.state.renderer.verify(file.file.read(), request.app.state.trusted)
    except DocumentError:
        return None


def _form(request: Request, status: int = 200, typed: str = "", fault: str | None = None):
    return face_of(request).page(request, "check", status, typed=typed, fault=fault)


def _found(request: Request, paper: Paper, seal: Verification | None = None):
    face = face_of(request)
    view: PaperView = paper_view(paper, face.board.notice_of(paper.application_id), office_date(now()))
    by_bytes = request.method == "POST"
    return face.page(request, "paper", view=view, seal=seal, papers=PAPERS, by_bytes=by_bytes)
