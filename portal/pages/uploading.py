"""Where the browser's script hands in files piece by piece: tus 1.0, https://tus.io/protocols/resumable-upload.

Spoken are the core, creation, expiration, termination and checksum. Only whole pieces are kept: one that was cut off
is sent again. The same form, without a script, takes the file at once.
"""

import base64
import hashlib
import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from plumbing.sign_in.sessions import Session, form_mark
from portal.entrance import SignInFirst, entrance_of, same_origin, signed_in
from portal.face import now
from portal.guard import LARGEST_PDF, an_insiders_question, count_question
from portal.pieces import Full, Pieces, Upload, WrongPlace

VERSION = "1.0.0"
MARK = "Ptsp-Tanda"  # the mark of the form, in a header that no other site's page can send
OFFSETS = "application/offset+octet-stream"
CHECKSUMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}  # the protocol asks for sha1
PIECE_COSTS = 0.25  # of a question
SPOKEN = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,expiration,termination,checksum",
    "Tus-Max-Size": str(LARGEST_PDF),
    "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
}


def sender(request: Request) -> Session:
    """Dependency: who sends, by a page of ours and in our version. 401, 403 or 412 otherwise."""
    if request.headers.get("tus-resumable") != VERSION:
        raise HTTPException(412, headers=SPOKEN)
    same_origin(request)
    try:
        session = signed_in(request)
    except SignInFirst:
        raise HTTPException(401) from None
    token = request.cookies[entrance_of(request).cookie("sesi")]
    if not hmac.compare_digest(request.headers.get(MARK, "").encode(), form_mark(token).encode()):
        raise HTTPException(403)
    return session


Sender = Annotated[Session, Depends(sender)]
router = APIRouter(prefix="/unggah")


@router.options("")
def spoken() -> Response:
    """What is spoken here."""
    return Response(status_code=204, headers={"Tus-Resumable": VERSION, **SPOKEN})


@router.post("", dependencies=[Depends(an_insiders_question)])
def begin(request: Request, session: Sender) -> Response:
    """A new file; its length is said beforehand. 413 for one that is too large."""
    length = _number(request, "upload-length")
    if length == 0:
        return _said(400, "an empty file")
    if length > LARGEST_PDF:
        return _said(413, "too large", **{"Tus-Max-Size": str(LARGEST_PDF)})
    try:
        upload = pieces_of(request).begin(session.account, length, now())
    except Full:
        return _said(507, "too many files wait")
    return _said(201, "", Location=f"/unggah/{upload.id}", **_state(upload, 0))


@router.head("/{id}")
def how_far(request: Request, id: str, session: Sender) -> Response:
    """How much of it is here."""
    upload = _own(request, session, id)
    length = {"Upload-Length": str(upload.length), "Cache-Control": "no-store"}
    return _said(200, "", **length, **_state(upload, upload.received))


@router.patch("/{id}")
async def take(request: Request, id: str, session: Sender) -> Response:
    """The next piece. 409 when it begins elsewhere than the file ends, 460 when it is not what was sent."""
    count_question(request, PIECE_COSTS)
    if request.headers.get("content-type") != OFFSETS:
        return _said(415, f"pieces are {OFFSETS}")
    at = _number(request, "upload-offset")
    try:
        data = await request.body()
    except ClientDisconnect:
        return _said(400, "cut off")
    if not _as_sent(request.headers.get("upload-checksum"), data):
        return _said(460, "not what was sent")
    return await run_in_threadpool(_keep, request, session, id, at, data)


@router.delete("/{id}")
def drop(request: Request, id: str, session: Sender) -> Response:
    """Let go of it."""
    pieces_of(request).drop(_own(request, session, id).id)
    return _said(204, "")


def pieces_of(request: Request) -> Pieces:
    """The files that are coming to the running portal."""
    return request.app.state.pieces


def _keep(request: Request, session: Session, id: str, at: int, data: bytes) -> Response:
    upload = _own(request, session, id)
    try:
        received = pieces_of(request).add(upload, at, data)
    except WrongPlace as wrong:
        return _said(409, "it goes on elsewhere", **_state(upload, wrong.received))
    except ValueError:
        return _said(413, "more than was announced")
    return _said(204, "", **_state(upload, received))


def _own(request: Request, session: Session, id: str) -> Upload:
    upload = pieces_of(request).find(id, session.account, now())
    if upload is None:
        raise HTTPException(404)
    return upload


def _number(request: Request, header: str) -> int:
    given = request.headers.get(header, "")
    if not (given.isascii() and given.isdigit() and len(given) <= 12):
        raise HTTPException(400)
    return int(given)


def _as_sent(checksum: str | None, data: bytes) -> bool:
    """Whether the bytes have the checksum that came with them; without one there is nothing to compare."""
    if checksum is None:
        return True
    name, _, digest = checksum.partition(" ")
    if name not in CHECKSUMS:
        raise HTTPException(400)
    return hmac.compare_digest(base64.b64encode(CHECKSUMS[name](data).digest()).decode(), digest)


def _state(upload: Upload, received: int) -> dict[str, str]:
    return {"Upload-Offset": str(received), "Upload-Expires": upload.until.strftime("%a, %d %b %Y %H:%M:%S GMT")}


def _said(status: int, text: str, **headers: str) -> Response:
    return PlainTextResponse(text, status, {"Tus-Resumable": VERSION, **headers})
