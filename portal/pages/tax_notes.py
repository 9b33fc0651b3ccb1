"""The tax note of a file: drawn up by the Bidang's officer, signed by its head, beside the file."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from contracts import retribution
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal.downloads import disposition
from portal.entrance import Posted
from portal.gate import GateSays
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.roads import BIDANG
from portal.rooms import command_id
from portal.words import PAPERS
from values.refusal import Refusal

router = APIRouter(prefix="/petugas/berkas/{id}/pajak", dependencies=[Depends(an_insiders_question)])
AT_ONCE = 5  # advertisements in one form
FIELDS = {"naskah": "text", "luas": "area_m2", "sisi": "sides", "jumlah": "count", "hari": "days", "jalan": "road"}
EMPTY = {"naskah": "", "luas": "", "sisi": "1", "jumlah": "1", "hari": "365", "jalan": "kelas_3"}


@router.get("", response_class=HTMLResponse)
def tax_note(request: Request, id: str, who: Annotated[Officer, Depends(officer(*BIDANG))]):
    """The notes so far, and what this seat may do: draw up, or sign."""
    return _page(request, who, id)


@router.post("", response_class=HTMLResponse)
def prepare(
    request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form("bidang_officer"))]
):
    """Draw up the note from what is declared; rows without a text are left out."""
    who, form = came
    rows = [{name: form.fields.get(f"{name}{n}", "").strip()[:120] for name in FIELDS} for n in range(AT_ONCE)]
    order = form.fields.get("perintah", "")
    declared = [{FIELDS[name]: row[name].replace(",", ".") if name == "luas" else row[name] for name in FIELDS}
                for row in rows if row["naskah"]]  # fmt: skip
    try:
        message = retribution.PrepareTaxNote(
            command_id=command_id(who.id, order), application_id=_own(request, who, id), advertisements=declared
        )
    except ValidationError:
        return _page(request, who, id, 422, fault="form", rows=rows, order=order)
    return _done(request, who, id, message, {"rows": rows, "order": order})


@router.post("/tanda-tangan", response_class=HTMLResponse)
def sign(request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form("bidang_head"))]):
    """The head of the Bidang signs the note."""
    who, form = came
    order = form.fields.get("perintah", "")
    message = retribution.SignTaxNote(command_id=command_id(who.id, order), application_id=_own(request, who, id))
    try:
        return _done(request, who, id, message, {"order": order}, form.fields.get("sandi", "")[:200])
    except GateSays as no:
        if no.unfit.code not in ("unknown", "wait"):
            raise
        return _page(request, who, id, 422, fault=no.unfit.code, order=order)


@router.get("/surat/{sha256}")
def paper(request: Request, id: str, sha256: str, who: Annotated[Officer, Depends(officer(*BIDANG))]):
    """A signed note as it was printed."""
    found = who.ask(retribution.FindTaxNote(application_id=_own(request, who, id)))
    if sha256 not in {document["sha256"] for document in found["documents"]}:
        raise HTTPException(404)
    number = next(document["number"] for document in found["documents"] if document["sha256"] == sha256)
    headers = {"Content-Disposition": disposition(PAPERS["nota_pajak"], number), "Cache-Control": "no-store"}
    return Response(request.app.state.uploads.store.get(sha256), media_type="application/pdf", headers=headers)


def _own(request: Request, who: Officer, id: str) -> str:
    """The file, when it is this seat's business and carries a tax; 404 otherwise."""
    return seen_notice(request, who, id).id


def _done(
    request: Request, who: Officer, id: str, message: Any, again: dict, passphrase: str | None = None
) -> Response:
    try:
        who.ask(message, passphrase=passphrase)
    except Refusal as no:
        return _page(request, who, id, 422, refusal=no, **again)
    except (Away, Fault):
        return _page(request, who, id, 503, fault="away", **again)
    return RedirectResponse(f"/petugas/berkas/{message.application_id}/pajak", 303)


def _page(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    file = _own(request, who, id)
    try:
        found = who.ask(retribution.FindTaxNote(application_id=file))
    except Refusal:
        raise HTTPException(404) from None
    except (Away, Fault):
        found = None
    context = {"fault": None, "refusal": None, "rows": None, **more}
    context["order"] = context.get("order") or new_id()
    context["rows"] = context["rows"] or [EMPTY] * AT_ONCE
    papers = {document["number"]: document["sha256"] for document in found["documents"]} if found else {}
    role = who.seat.role
    return officers_page(request, who, "tax_note", status, file=file, found=found, papers=papers, role=role, **context)
