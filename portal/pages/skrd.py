"""SKRD: issued from its nota, with both side by side; and money that the treasurer takes in by hand."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from contracts import retribution
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, Came, act, faults_of, happened_at, look
from portal.downloads import disposition
from portal.entrance import Posted
from portal.face import language_of, now
from portal.guard import an_insiders_question
from portal.numbers import rupiah_typed
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.uploads import Unfit
from portal.words import N_, PAPERS

router = APIRouter(dependencies=[Depends(an_insiders_question)])
ROLES = ("administration_officer", "treasurer", "head")
LISTS = ("skrd_to_issue", "skrd_to_sign", "skrd_to_pay", "strd_to_sign", "change_to_decide")
LOOKED_AFTER = {
    "administration_officer": ("skrd_to_issue", "skrd_to_sign", "strd_to_sign", "change_to_decide"),
    "treasurer": ("skrd_to_issue", "skrd_to_sign", "skrd_to_pay", "strd_to_sign"),
    "head": LISTS,
}
OWN = {"administration_officer": "skrd_to_issue", "treasurer": "skrd_to_pay", "head": "skrd_to_sign"}
MOST = 100
PAYMENT = {
    "amount": ("jumlah", N_("Tulis jumlah dalam rupiah utuh, misalnya 187.625")),
    "bank_reference": ("rujukan", N_("Tulis nomor bukti, sedikitnya empat huruf atau angka")),
    "paid_at": ("tanggal", N_("Tulis tanggal dan jam uangnya diterima")),
    "proof": ("berkas", N_("Pilih foto atau PDF bukti bayarnya")),
}
Seated = Annotated[Officer, Depends(officer(*ROLES))]


@router.get("/petugas/skrd", response_class=HTMLResponse)
def work(request: Request, who: Seated, daftar: str = ""):
    """What waits: to be issued, to be signed, to be paid; one's own first."""
    lists = [each for each in LISTS if each in LOOKED_AFTER[who.seat.role]]
    chosen = daftar if daftar in lists else OWN[who.seat.role]
    found, _ = look(who, retribution.WorkOf(what=chosen, limit=MOST))
    lines = [line | {"due_on": _day(line["due_on"])} for line in found["work"]] if found else None
    more = bool(found and found["more"])
    return officers_page(request, who, "skrd_work", lists=lists, chosen=chosen, lines=lines, more=more)


@router.get("/petugas/skrd/{id}", response_class=HTMLResponse)
def one(request: Request, id: str, who: Seated, sudah: str = ""):
    """The nota and its SKRD side by side, what was paid and what is owed."""
    return _page(request, who, id, said=sudah[:20])


@router.post("/petugas/skrd/{id}/terbit", response_class=HTMLResponse)
def issue(
    request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form("administration_officer"))]
):
    """Number it. The room computes its amount once more and refuses what does not agree with the nota."""
    who, form = came
    together = [name.removeprefix("bersama-") for name in form.fields if name.startswith("bersama-")]
    fields = {"application_id": seen_notice(request, who, id).id, "together": together}
    done = act(who, form, retribution.IssueSkrd, fields)
    return _after(request, who, id, done, "terbit")


@router.get("/petugas/skrd/{id}/bukti/{sha256}")
def proof(request: Request, id: str, sha256: str, who: Seated):
    """The paper by which a payment was entered."""
    found = who.ask(retribution.FindAssessment(application_id=seen_notice(request, who, id).id))
    document = next((each for each in found["proofs"].values() if each["sha256"] == sha256), None)
    if document is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": disposition("Bukti bayar", resi=found["resi"], media_type=document["media_type"])}
    headers["Cache-Control"] = "no-store"
    content = request.app.state.uploads.store.get(sha256)
    return Response(content, media_type=document["media_type"], headers=headers)


@router.post("/petugas/skrd/{id}/bayar", response_class=HTMLResponse)
def pay(request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form("treasurer"))]):
    """Money that was paid at the treasurer's window, under its receipt number."""
    who, form = came
    notice, typed = seen_notice(request, who, id), form.fields
    found, refusal = look(who, retribution.FindAssessment(application_id=notice.id))
    if not found or not found["skrd"]:
        came_to = Came("refused", refusal=refusal) if refusal else Came("away", order=typed.get("perintah", ""))
        return _page(request, who, id, came_to.status, came=came_to, typed=typed)
    fields = {
        "payment_code": found["skrd"]["payment_code"],
        "amount": rupiah_typed(typed.get("jumlah", "")),
        "bank_reference": typed.get("rujukan", "").strip(),
        "paid_at": happened_at(typed.get("tanggal", ""), typed.get("jam", ""), now()),
        "channel": "treasurer",
    }
    if form.files:
        try:
            fields["proof"] = request.app.state.uploads.take(form.files[0][1], "bukti_bayar").model_dump()
        except Unfit as no:
            return _page(
                request, who, id, 422, came=Came("form", order=typed.get("perintah", "")), typed=typed, unfit=no.code
            )
    done = act(who, form, retribution.RecordPayment, fields)
    again = bool(done.answer) and done.answer["repeated"]
    return _after(request, who, id, done, "ulang" if again else "bayar", typed)


def _after(request: Request, who: Officer, id: str, done: Came, said: str, typed: dict | None = None) -> Response:
    if done.code:
        return _page(request, who, id, done.status, came=done, typed=typed or {})
    return RedirectResponse(f"/petugas/skrd/{id}?sudah={said}", 303)


def _notas(found: dict) -> int:
    """What the notas of a file and of those joined to it come to, as far as they count."""
    own = 0 if found["left"] else found["nota"]["total"]
    return own + sum(each["nota"]["total"] for each in found["joined"] if not each["left"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _page(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    notice = seen_notice(request, who, id)
    found, refusal = look(who, retribution.FindAssessment(application_id=notice.id))
    nota, skrd = (found["nota"], found["skrd"]) if found else (None, None)
    letters = [*([skrd] if skrd else []), *found["supplements"]] if found else []
    demanded = sum(-each["amount"] if each["kind"] == "skrdlb" else each["amount"] for each in letters)
    differs = bool(letters and not found["calls_for"] and _notas(found) != demanded)
    context = {"came": NOTHING, "said": "", "typed": {}, "unfit": "", **more}
    context["faults"] = faults_of(context["came"], language_of(request), PAYMENT)
    return officers_page(
        request,
        who,
        "skrd_one",
        status,
        notice=notice,
        found=found,
        refusal=refusal,
        nota=nota,
        skrd=skrd,
        due=_day(skrd["due_on"]) if skrd else None,
        differs=differs,
        letters=letters,
        dated=date.fromisoformat,
        read=datetime.fromisoformat,
        papers=PAPERS,
        order=context["came"].order or new_id(),
        **context,
    )
