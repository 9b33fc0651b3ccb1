"""The archive: closed files looked up, both copies with their hashes, verifying them now, reading their papers."""

from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from catalogue.licences import licence_types
from catalogue.offering import offering
from catalogue.office import organisation
from contracts import archive
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal import audit
from portal.answers import answered
from portal.downloads import disposition
from portal.entrance import Posted
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.rooms import command_id
from portal.words import ENDED, PAPERS
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
HOME = "/petugas/arsip"
ASKED = {"nomor": 80, "nama": 120, "jenis": 40, "mulai": 10, "sampai": 10}  # at most so many letters each
VERIFY_SECONDS = 30.0  # both copies of every paper are read
Archivist = Annotated[Officer, Depends(officer("archivist"))]
Reader = Annotated[Officer, Depends(officer("archivist", "operator"))]


class Copy(NamedTuple):
    """One copy of a bundle: where, when it was last seen to hold everything, and what was last found instead."""

    site: str
    good_at: datetime | None
    wrong: list[dict[str, str]]
    away_at: datetime | None
    looked_at: datetime | None


@router.get(HOME, response_class=HTMLResponse)
def search(request: Request, who: Archivist):
    """Closed files by a number, a name, a type and a time."""
    typed = {name: request.query_params.get(name, "").strip()[:most] for name, most in ASKED.items()}
    found, fault, refusal = None, None, None
    if any(typed.values()):
        try:
            found = who.ask(_question(typed))
            for file in found["files"]:
                audit.note(request, who.id, who.seat.role, "archive_found", file["id"])
        except (ValidationError, ValueError):
            fault = "time"
        except Refusal as no:
            refusal = no
        except (Away, Fault):
            fault = "away"
    status = 422 if fault == "time" or refusal else 503 if fault else 200
    kinds = sorted(licence_types().values(), key=lambda kind: kind.name)
    context = {"kinds": kinds, "outcomes": ENDED, "kind_name": _kind_name, "day_of": date.fromisoformat}
    return officers_page(
        request, who, "archive", status, typed=typed, found=found, fault=fault, refusal=refusal, **context
    )


@router.get(HOME + "/{id}", response_class=HTMLResponse)
def bundle(request: Request, id: str, who: Reader):
    """One closed file: its papers and both copies."""
    audit.note(request, who.id, who.seat.role, "bundle", id)
    return _bundle_page(request, who, id)


@router.post(HOME + "/{id}/periksa", response_class=HTMLResponse)
def verify(
    request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form("archivist", "operator"))]
):
    """Both copies are read now. The same form again is the same looking."""
    who, form = came
    given = command_id(who.id, form.fields.get("perintah", "")[:60])
    try:
        told = who.ask(archive.VerifyBundle(command_id=given, application_id=id[:64]), seconds=VERIFY_SECONDS)
    except (Away, Fault):
        return _bundle_page(request, who, id, 503, fault="away", order=form.fields.get("perintah", "")[:60])
    except Refusal:
        raise HTTPException(404) from None
    return answered(request, _bundle_page(request, who, id, told=told), f"{HOME}/{id}")


@router.get(HOME + "/{id}/dokumen/{sha256}")
def paper(request: Request, id: str, sha256: str, who: Archivist):
    """A paper of a closed file. That it was read, and by whom, the archive keeps before it is given."""
    try:
        order = archive.OpenPaper(command_id=new_id(), application_id=id, sha256=sha256)
        document = who.ask(order)
    except (ValidationError, Refusal):
        raise HTTPException(404) from None
    audit.note(request, who.id, who.seat.role, "archive_paper", id)
    plain = document["name"].rpartition(".")[0] if document["kind"] == "attachment" else ""
    named = disposition(PAPERS[document["kind"]], document["number"] or plain, media_type=document["media_type"])
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(request.app.state.uploads.store.get(sha256), media_type=document["media_type"], headers=headers)


def _bundle_page(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    try:
        found = who.ask(archive.FindBundle(application_id=id[:64]))
    except Refusal:
        raise HTTPException(404) from None
    except Fault:
        return RedirectResponse(HOME, 303)
    context, names = {"told": None, "fault": None, "order": new_id(), **more}, _handed_in(found)
    return officers_page(
        request,
        who,
        "bundle",
        status,
        found=found,
        bundles=[(bundle, _copies(bundle)) for bundle in found["bundles"]][::-1],
        papers=PAPERS,
        outcomes=ENDED,
        kind_name=_kind_name,
        record=_record(found, names),
        names=names,
        may_read=who.seat.role == "archivist",
        **context,
    )


def _handed_in(found: dict[str, Any]) -> dict[str, str]:
    """What each paper that was handed in is called, by its own name: the requirement it answers, in the catalogue."""
    try:
        kind = offering(found["licence_type"] or "", None)
    except Refusal:
        return {}
    asked = {each.code: each.name for each in (kind.required() if kind.by_hand else kind.requirements)}
    stems = {paper["name"]: paper["name"].rpartition(".")[0] for paper in found["documents"]}
    return {name: asked[stem] for name, stem in stems.items() if stem in asked}


def _question(typed: dict[str, str]) -> archive.SearchBundles:
    """Raises ValueError for a day that is none."""
    since, until = (date.fromisoformat(typed[name]) if typed[name] else None for name in ("mulai", "sampai"))
    named = {"number": typed["nomor"] or None, "name": typed["nama"] or None, "licence_type": typed["jenis"] or None}
    return archive.SearchBundles(**named, since=since, until=until)


def _copies(bundle: dict[str, Any]) -> list[Copy]:
    """Both copies as they were last verified: by the sealing, the copying, or since then by somebody."""
    checks = {check["site"]: check for check in bundle["checks"]}
    first = {"primary": bundle["sealed_at"], "second": bundle["replicated_at"]}
    return [_copy(site, first[site], checks.get(site)) for site in ("primary", "second")]


def _copy(site: str, proven: str | None, check: dict[str, Any] | None) -> Copy:
    good = datetime.fromisoformat(proven) if proven else None
    if check is None:
        return Copy(site, good, [], None, good)
    at = datetime.fromisoformat(check["at"])
    if check["away"]:
        return Copy(site, good, [], at, at)
    return Copy(site, good if check["wrong"] else at, check["wrong"], None, at)


def _record(found: dict[str, Any], names: dict[str, str]) -> list[tuple[datetime, str, str, str]]:
    """(when, what, by whom, note) of what the archive did and who read what, the latest first. Sealing and copying are
    nobody's act, though somebody's signature may have brought them about."""
    officers, told, documents = organisation().officers, [], found["documents"]
    opened = {each["sha256"]: names.get(each["name"]) or each["number"] or PAPERS[each["kind"]] for each in documents}
    for each in found["history"]:
        own = each["what"] in ("bundle_verified", "paper_opened") and each.get("actor") in officers
        who = officers[each["actor"]].name if own else ""
        note = each.get("note") or ""
        note = opened.get(note, "") if each["what"] == "paper_opened" else note
        told.append((datetime.fromisoformat(each["at"]), each["what"], who, note))
    return told[::-1]


def _kind_name(code: str | None) -> str:
    """What the catalogue calls it; its code when it knows no such type any more."""
    try:
        kind = offering(code or "", None)
    except Refusal:
        return code or ""
    return kind.title if kind.by_hand else kind.name
