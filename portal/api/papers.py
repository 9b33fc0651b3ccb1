"""Is a paper genuine, and does it still count: by its code, by its number, or by the PDF itself."""

import hashlib
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from contracts.documents import Kind
from contracts.noticeboard import Notice, Paper
from plumbing.documents.errors import DocumentError
from portal.api.offer_shapes import Answer, Named, Page
from portal.api.problems import Trouble, documented, invalid, not_found
from portal.face import face_of, now
from portal.guard import LARGEST_PDF, TooLarge, a_question, an_upload
from portal.numbers import code_in
from portal.offer_view import title_of
from portal.paper_view import Standing, paper_view
from portal.words import PAPERS
from values.dates import office_date

PDF = "application/pdf"
HEAD = 1024  # a PDF says that it is one within its first bytes
LONGEST = 80
Code = Annotated[str, Path(description="the code printed under the QR", examples=["K7QF-3M2P-X9DA"])]
PaperNumber = Annotated[str, Query(min_length=1, max_length=LONGEST, description="the number printed on the paper")]
router = APIRouter(tags=["papers"], responses=documented("invalid_input", "too_many", "away"))


class PaperAnswer(Answer):
    """A paper of the office. `standing`: what a licence is worth today; any other paper is `genuine`."""

    code: str
    kind: Kind
    kind_name: str
    number: str | None
    sha256: str
    standing: Standing
    offering: Named | None
    sub_kind: str | None
    holder: str | None = Field(description="first letters of whom it was given to", examples=["S*** R***"])
    kecamatan: str | None
    signed_on: date | None
    valid_until: date | None
    ended_on: date | None = Field(description="the day on which it was suspended, replaced or revoked")
    ended_by: str | None = Field(description="the number of the paper that replaced or revoked it")
    resi: str | None
    told_at: datetime | None = Field(description="when the last fact about its file was taken in")


class Papers(Page):
    """Papers with a number; a number belongs to one paper, so there is one, or none."""

    items: list[PaperAnswer]


class Seal(Answer):
    """The signature in a PDF. `reason`: `good`, `unsigned`, `changed`, `untrusted`, `unreadable`, or `unchecked` where
    it needed no look or took too long."""

    ok: bool
    reason: Literal["good", "unsigned", "changed", "untrusted", "unreadable", "unchecked"]
    signer: str | None
    at: datetime | None = Field(description="the time of signing it claims")


class CheckedPdf(Answer):
    """What a PDF is. `known`: byte by byte the one the office gave out; otherwise `paper` is null."""

    sha256: str
    size: int
    known: bool
    paper: PaperAnswer | None
    signature: Seal


@router.get("/papers", summary="Check a paper by its number", dependencies=[Depends(a_question)])
def find_papers(request: Request, number: PaperNumber) -> Papers:
    """What is known under the number. None is an empty list."""
    found = face_of(request).board.paper(number=" ".join(number.split()))
    items = [_told(request, found)] if found else []
    return Papers(total=len(items), next=None, items=items)


@router.get(
    "/papers/{code}",
    summary="Check a paper by its code",
    dependencies=[Depends(a_question)],
    responses=documented("not_found"),
)
def get_paper(request: Request, code: Code) -> PaperAnswer:
    """What the QR of a paper leads to."""
    plain = code_in(code)
    found = face_of(request).board.paper(code=plain) if plain else None
    if found is None:
        raise not_found("Tidak ada surat dengan kode ini dari kantor ini.")
    return _told(request, found)


PDF_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"the PDF, at most {LARGEST_PDF} bytes; it is not kept",
        "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "/papers",
    summary="Check a paper by its PDF",
    dependencies=[Depends(an_upload)],
    responses=documented("too_large", "not_a_pdf"),
    openapi_extra=PDF_BODY,
)
async def check_pdf(request: Request) -> CheckedPdf:
    """Whether its bytes are those the office gave out, and whether its signature holds. Nothing of it is kept."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != PDF:
        raise Trouble("not_a_pdf", f"Kirim isi PDF itu sendiri dengan Content-Type: {PDF}.")
    pdf = bytearray()
    async for piece in request.stream():
        pdf += piece
        if len(pdf) > LARGEST_PDF:
            raise TooLarge
    if b"%PDF-" not in pdf[:HEAD]:
        raise invalid("body", "no_pdf", "Kiriman ini bukan PDF.", "Kirim berkas PDF yang diterima dari kantor ini.")
    return await run_in_threadpool(_checked, request, bytes(pdf))


def _checked(request: Request, pdf: bytes) -> CheckedPdf:
    digest = hashlib.sha256(pdf).hexdigest()
    paper = face_of(request).board.paper(sha256=digest)
    return CheckedPdf(
        sha256=digest,
        size=len(pdf),
        known=paper is not None,
        paper=_told(request, paper) if paper else None,
        signature=UNCHECKED if paper and paper.kind != "licence" else _seal(request, pdf),
    )


UNCHECKED = Seal(ok=False, reason="unchecked", signer=None, at=None)


def _seal(request: Request, pdf: bytes) -> Seal:
    try:
        said = request.app.state.renderer.verify(pdf, request.app.state.trusted)
    except DocumentError:  # it took too long or broke its reader: the answer says that nobody looked
        return UNCHECKED
    return Seal(ok=said.ok, reason=said.reason, signer=said.signer, at=said.at)


def _told(request: Request, paper: Paper) -> PaperAnswer:
    return paper_answer(paper, face_of(request).board.notice_of(paper.application_id), office_date(now()))


def paper_answer(paper: Paper, notice: Notice | None, today: date) -> PaperAnswer:
    """What anyone may know of a paper on a day; without the notice of its file only that it exists."""
    view = paper_view(paper, notice, today)
    return PaperAnswer(
        code=paper.id,
        kind=paper.kind,
        kind_name=PAPERS[paper.kind],
        number=paper.number,
        sha256=paper.sha256,
        standing=view.standing,
        offering=Named(code=view.kind.code, name=title_of(view.kind)) if view.kind else None,
        sub_kind=view.line,
        holder=view.holder,
        kecamatan=view.kecamatan,
        signed_on=view.signed,
        valid_until=view.valid_until,
        ended_on=view.ended,
        ended_by=view.ended_by,
        resi=view.number_for_tracking,
        told_at=notice.told_at if notice else None,
    )
