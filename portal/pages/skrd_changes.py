"""What is demanded changes: administration asks for it, the Head decides; each with its reason and its paper."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from contracts import retribution
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, Came, act, look
from portal.downloads import disposition
from portal.entrance import Posted
from portal.face import now
from portal.guard import an_insiders_question
from portal.numbers import rupiah_typed
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from values.dates import office_date

router = APIRouter(dependencies=[Depends(an_insiders_question)])
KINDS = {"keringanan": "relief", "angsuran": "instalments", "keberatan": "objection", "pembatalan": "cancellation"}
MOST_PARTS = 24
BY_DECREE = ("relief", "instalments")
DECREE = {"nomor": "number", "tanggal": "day", "oleh": "issued_by", "dasar": "legal_basis"}
Seated = Annotated[Officer, Depends(officer("administration_officer", "head", "treasurer"))]
Asking = Annotated[tuple[Officer, Posted], Depends(officers_form("administration_officer"))]
Deciding = Annotated[tuple[Officer, Posted], Depends(officers_form("head"))]


@router.get("/petugas/skrd/{id}/perubahan", response_class=HTMLResponse)
def changes(request: Request, id: str, who: Seated, sudah: str = "", apa: str = "", kali: int = 2, putus: str = ""):
    """What was asked for and decided so far, and the form for another; `putus`: which of them the Head decides on."""
    return _page(request, who, id, said=sudah[:20], chosen=apa, times=kali, turn=putus[:40])


@router.get("/petugas/skrd/{id}/perubahan/{number}/bukti")
def proof(request: Request, id: str, number: str, who: Seated):
    """What the payer handed in with what they asked, as it came."""
    notice = seen_notice(request, who, id, "paper")
    found = who.ask(retribution.FindAssessment(application_id=notice.id))
    document = next((each["document"] for each in found["changes"] if each["number"] == number), None)
    if document is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": disposition("Bukti", number, found["resi"], document["media_type"])}
    content = request.app.state.uploads.store.get(document["sha256"])
    return Response(content, media_type=document["media_type"], headers=headers | {"Cache-Control": "no-store"})


@router.post("/petugas/skrd/{id}/perubahan/{kind}", response_class=HTMLResponse)
def propose(request: Request, id: str, kind: str, came: Asking):
    """Bring it before the Head; the room checks that it fits the debt."""
    who, form = came
    notice, typed = seen_notice(request, who, id), form.fields
    if kind not in KINDS:
        return RedirectResponse(f"/petugas/skrd/{id}/perubahan", 303)
    fields = {
        "application_id": notice.id,
        "proposal": _proposal(kind, typed),
        "reason": typed.get("alasan", "").strip(),
    }
    done = act(who, form, retribution.ProposeChange, fields)
    if done.code:
        return _page(request, who, id, done.status, came=done, typed=typed, chosen=kind, times=_parts(typed))
    return RedirectResponse(f"/petugas/skrd/{id}/perubahan?sudah=diajukan", 303)


@router.post("/petugas/skrd/{id}/putusan", response_class=HTMLResponse)
def decide(request: Request, id: str, came: Deciding):
    """Grant or refuse, with the passphrase."""
    who, form = came
    notice, typed = seen_notice(request, who, id), form.fields
    principal = typed.get("pokok", "").strip()
    fields = {
        "application_id": notice.id,
        "number": typed.get("nomor", ""),
        "granted": typed.get("putusan") == "kabul",
        "decision": typed.get("pertimbangan", "").strip(),
        "principal": rupiah_typed(principal) if principal else None,
    }
    if fields["granted"] and typed.get("macam") in ("keringanan", "angsuran"):
        fields["as_decreed"] = _proposal(typed["macam"], typed)
    done = act(who, form, retribution.DecideChange, fields, signs=True)
    if done.code:
        return _page(request, who, id, done.status, came=done, typed=typed, deciding=typed.get("nomor", ""))
    return RedirectResponse(f"/petugas/skrd/{id}/perubahan?sudah=diputus", 303)


def _proposal(kind: str, typed: dict[str, str]) -> dict[str, Any]:
    """The form's words in the shape of the command; what cannot be read stays as it was typed, to be refused."""
    said: dict[str, Any] = {"kind": KINDS[kind]}
    if kind in ("keringanan", "angsuran"):
        said["decree"] = {name: typed.get(f"keputusan-{field}", "").strip() for field, name in DECREE.items()}
    if kind == "keringanan" and typed.get("ukuran") == "rupiah":
        said["amount"] = rupiah_typed(typed.get("besar", ""))
    elif kind == "keringanan":
        said["percent"] = typed.get("besar", "").strip().removesuffix("%").strip().replace(",", ".")
    elif kind == "angsuran":
        rows = [(typed.get(f"jumlah-{n}", ""), typed.get(f"jatuh-{n}", "")) for n in range(1, _parts(typed) + 1)]
        said["parts"] = [{"amount": rupiah_typed(amount), "due_on": day.strip()} for amount, day in rows]
    elif kind == "keberatan":
        said |= {"letter": typed.get("surat", "").strip(), "filed_on": typed.get("diajukan", "").strip()}
        said["asked"] = rupiah_typed(typed.get("pokok", ""))
    elif kind == "pembatalan":
        said["anew"] = typed.get("lagi") == "ya"
    return said


def _oldest_open(changes: list[dict]) -> str:
    return next((change["number"] for change in changes if change["granted"] is None), "")


def _parts(typed: dict[str, str]) -> int:
    """How many instalments the form had rows for."""
    return max(2, sum(1 for name in typed if name.startswith("jumlah-") and name[7:].isdigit()))


def _page(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    notice = seen_notice(request, who, id)
    found, refusal = look(who, retribution.FindAssessment(application_id=notice.id))
    context = {"came": NOTHING, "said": "", "typed": {}, "chosen": "", "times": 2, "deciding": "", "turn": "", **more}
    changes = found["changes"] if found else []
    for change in changes:
        change["by_payer"] = change["proposed_by"] not in organisation().officers
        change["by_decree"] = change["proposal"]["kind"] in BY_DECREE and change["proposal"]["decree"] is None
    context["turn"] = context["deciding"] or context["turn"] or _oldest_open(changes)
    context["chosen"] = context["chosen"] if context["chosen"] in KINDS else ""
    context["times"] = max(2, min(context["times"], MOST_PARTS))
    came: Came = context["came"]
    return officers_page(
        request,
        who,
        "skrd_changes",
        status,
        notice=notice,
        found=found,
        refusal=refusal,
        dated=date.fromisoformat,
        today=office_date(now()),
        order=came.order or new_id(),
        **context,
    )
