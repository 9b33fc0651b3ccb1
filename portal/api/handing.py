"""A paper for a command, handed in by a program: looked into and kept as those of the pages are."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool

from contracts.documents import Document
from plumbing.object_store import StoreError
from portal.api.clients import Client, client
from portal.api.problems import Trouble, documented, invalid
from portal.guard import LARGEST_PDF
from portal.uploads import SUFFIXES, Unfit

BINARY = {"type": "string", "contentMediaType": "application/octet-stream"}
router = APIRouter(tags=["commands"])
REASONS = {
    "empty": "Berkasnya kosong.",
    "large": "Paling besar 10 MB.",
    "kind": "Hanya PDF, JPEG dan PNG yang diterima.",
    "action": "PDF ini memuat skrip atau tindakan yang berjalan sendiri.",
    "embedded": "PDF ini memuat berkas lain di dalamnya.",
    "locked": "PDF ini terkunci dengan kata sandi.",
    "harmful": "Berkas ini ditolak pemindai.",
}
NOW_NOT = ("unchecked",)


@router.post(
    "/documents",
    name="hand_in",
    summary="Hand in a paper that a command will name",
    responses=documented("no_token", "not_allowed", "too_large", "invalid_input", "too_many", "room_away"),
    openapi_extra={
        "security": [{"token": []}],
        "requestBody": {
            "required": True,
            "content": {kind: {"schema": BINARY} for kind in SUFFIXES},
        },
    },
)
async def hand_in(request: Request, who: Annotated[Client, Depends(client("act"))]) -> Document:
    """The bytes of a PDF, JPEG or PNG, at most 10 MB. The answer is the document as commands carry it."""
    data = await request.body()
    if len(data) > LARGEST_PDF:
        raise Trouble("too_large", REASONS["large"])
    return await run_in_threadpool(_kept, request, data)


def _kept(request: Request, data: bytes) -> Document:
    try:
        return request.app.state.uploads.keep(data, "lampiran")
    except Unfit as no:
        if no.code in NOW_NOT:
            raise Trouble("room_away", "Berkas belum dapat diperiksa sekarang. Kirim sekali lagi.") from None
        said = REASONS.get(no.code, "Berkas ini tidak dapat dibaca.")
        raise invalid("body", no.code, said, "Kirim berkas lain.") from None
    except StoreError:
        raise Trouble("room_away", "Penyimpanan belum menjawab. Kirim sekali lagi.") from None
