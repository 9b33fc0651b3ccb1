"""Money that belongs elsewhere: the treasurer assigns it or proposes a refund, the Head decides, it is paid out."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from contracts import retribution
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, Came, act, faults_of, look
from portal.downloads import disposition
from portal.entrance import Posted
from portal.face import language_of
from portal.guard import an_insiders_question
from portal.numbers import rupiah_typed
from portal.offer_view import today
from portal.officers import Officer, officer, officers_form, officers_page
from portal.words import N_, PAPERS
from values.rupiah import format_rupiah

router = APIRouter(prefix="/petugas/uang", dependencies=[Depends(an_insiders_question)])
AMOUNT = N_("Tulis jumlah dalam rupiah utuh, misalnya 187.625")
REASON = N_("Tulis alasannya, paling sedikit sepuluh huruf")
ASKED = {  # by form: fields of the command, their inputs, how to mend them
    "pindah": {
        "payment_code": ("kode", N_("Tulis kode bayar seperti tercetak pada SKRD, hanya angka")),
        "amount": ("jumlah-pindah", AMOUNT),
        "reason": ("alasan-pindah", REASON),
    },
    "usul": {
        "amount": ("jumlah-kembali", AMOUNT),
        "account.name": ("penerima", N_("Tulis nama pemilik rekening")),
        "account.bank": ("bank", N_("Tulis nama banknya")),
        "account.number": ("rekening", N_("Tulis nomor rekening, hanya angka")),
        "email": ("surel", N_("Tulis alamat surel yang benar, atau kosongkan")),
        "asked_on": ("surat", N_("Tulis tanggal surat diterima, antara hari uangnya masuk dan hari ini")),
        "decree.number": ("keputusan-nomor", N_("Tulis nomor keputusannya")),
        "decree.day": ("keputusan-tanggal", N_("Tulis tanggal keputusannya, tidak sesudah hari ini")),
        "decree.issued_by": ("keputusan-oleh", N_("Tulis siapa yang memutusnya")),
        "decree.legal_basis": ("keputusan-dasar", N_("Tulis dasar hukumnya")),
        "reason": ("alasan-kembali", REASON),
    },
    "putusan": {"decision": ("alasan", N_("Tulis pertimbangannya, paling sedikit sepuluh huruf"))},
    "bayar": {
        "bank_reference": ("rujukan", N_("Tulis acuan transfer, sedikitnya empat huruf atau angka")),
        "day": ("tanggal", N_("Tulis tanggal transfer, antara putusannya dan hari ini")),
        "amount": ("jumlah", AMOUNT),
    },
    "kabar": {
        "how": ("cara", N_("Pilih caranya")),
        "day": ("tanggal-kabar", N_("Tulis tanggalnya, antara putusannya dan hari ini")),
        "note": ("catatan", N_("Tulis nomor suratnya atau siapa yang menyampaikan, paling sedikit sepuluh huruf")),
    },
}
DECREE = {"nomor": "number", "tanggal": "day", "oleh": "issued_by", "dasar": "legal_basis"}
A_PAGE = 50
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
Seated = Annotated[Officer, Depends(officer("treasurer", "head"))]
Treasurer = Annotated[tuple[Officer, Posted], Depends(officers_form("treasurer"))]
Head = Annotated[tuple[Officer, Posted], Depends(officers_form("head"))]


@router.get("", response_class=HTMLResponse)
def money(request: Request, who: Seated, sudah: str = "", semua: bool = False, halaman: PageNumber = 1):
    """What waits for a decision, the oldest first, page by page; and the refunds that are not paid out yet."""
    found, refusal = look(who, retribution.MoneyWaiting(refunds="all" if semua else "open"))
    rows = found["waiting"][(halaman - 1) * A_PAGE : halaman * A_PAGE] if found else []
    last = -(-len(found["waiting"]) // A_PAGE) if found else 1
    context = {"found": found, "refusal": refusal, "said": sudah[:20], "every": semua, "today": today()}
    return officers_page(
        request, who, "money", dated=date.fromisoformat, rows=rows, halaman=halaman, last=last, **context
    )


@router.get("/satu", response_class=HTMLResponse)
def one(request: Request, who: Seated, acuan: str = "", berkas: str = ""):
    """Money under one reference, with what may be done with it. `berkas`: as principal of that file, which ended."""
    return _one(request, who, acuan, typed=_principal_of(berkas))


@router.post("/pindah", response_class=HTMLResponse)
def assign(request: Request, came: Treasurer):
    """To the SKRD it was meant for."""
    who, form = came
    typed = form.fields
    code = "".join(typed.get("kode", "").split())
    fields = _of(typed) | {"payment_code": code, "reason": typed.get("alasan", "").strip()}
    done = act(who, form, retribution.AssignMoney, fields)
    if done.code:
        return _one(request, who, typed.get("acuan", ""), done, typed, "pindah")
    return RedirectResponse("/petugas/uang?sudah=pindah", 303)


@router.post("/usul", response_class=HTMLResponse)
def propose(request: Request, came: Treasurer):
    """Back to who paid, when somebody else grants it."""
    who, form = came
    typed = form.fields
    account = {"name": "penerima", "bank": "bank", "number": "rekening"}
    fields = _of(typed) | {
        "reason": typed.get("alasan", "").strip(),
        "account": {name: typed.get(field, "").strip() for name, field in account.items()},
        "asked_on": typed.get("surat", "").strip() or None,
        "email": typed.get("surel", "").strip() or None,
    }
    if typed.get("berkas"):
        fields["decree"] = {name: typed.get(f"keputusan-{field}", "").strip() for field, name in DECREE.items()}
    done = act(who, form, retribution.ProposeRefund, fields)
    if done.code:
        return _one(request, who, typed.get("acuan", ""), done, typed, "usul")
    return RedirectResponse("/petugas/uang?sudah=usul", 303)


@router.get("/kembali/{number}", response_class=HTMLResponse)
def refund(request: Request, number: str, who: Seated):
    """One refund: what was proposed, decided and paid."""
    return _refund(request, who, number)


@router.get("/kembali/{number}/surat")
def paper(request: Request, number: str, who: Seated) -> Response:
    """The decision as it was printed; 404 while it is not."""
    found = who.ask(retribution.MoneyWaiting(refunds="all"))
    each = next((each for each in found["refunds"] if each["number"] == number), None)
    if each is None or each["document"] is None:
        raise HTTPException(404)
    named = disposition(PAPERS["surat_pengembalian"], number)
    content = request.app.state.uploads.store.get(each["document"]["sha256"])
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


@router.post("/kembali/{number}/putusan", response_class=HTMLResponse)
def decide(request: Request, number: str, came: Head):
    """Grant or refuse, with the passphrase."""
    who, form = came
    typed = form.fields
    fields = {"number": number, "granted": typed.get("putusan") == "kabul", "decision": typed.get("alasan", "").strip()}
    done = act(who, form, retribution.DecideRefund, fields, signs=True)
    if done.code:
        return _refund(request, who, number, done, typed)
    return RedirectResponse("/petugas/uang?sudah=putus", 303)


@router.post("/kembali/{number}/bayar", response_class=HTMLResponse)
def paid_out(request: Request, number: str, came: Treasurer):
    """The bank transferred it."""
    who, form = came
    typed = form.fields
    fields = {"bank_reference": typed.get("rujukan", "").strip(), "day": typed.get("tanggal", "").strip()}
    fields |= {"amount": rupiah_typed(typed.get("jumlah", ""))}
    done = act(who, form, retribution.RecordRefundPaid, {"number": number} | fields)
    if done.code:
        return _refund(request, who, number, done, typed)
    return RedirectResponse("/petugas/uang?sudah=bayar", 303)


@router.post("/kembali/{number}/kabar", response_class=HTMLResponse)
def told(request: Request, number: str, came: Treasurer):
    """How the payer of money that is nobody's was told."""
    who, form = came
    typed = form.fields
    fields = {"how": typed.get("cara", ""), "day": typed.get("tanggal-kabar", "").strip()}
    fields |= {"number": number, "note": typed.get("catatan", "").strip()}
    done = act(who, form, retribution.RecordRefundTold, fields)
    if done.code:
        return _refund(request, who, number, done, typed, "kabar")
    return RedirectResponse("/petugas/uang?sudah=kabar", 303)


def _of(typed: dict[str, str]) -> dict[str, Any]:
    """Which money, and how much of it."""
    return {"reference": typed.get("acuan", "").strip(), "amount": rupiah_typed(typed.get("jumlah", ""))}


def _principal_of(file: str) -> dict[str, str]:
    return {"berkas": file[:60]} if file else {}


def _one(
    request: Request, who: Officer, reference: str, came: Came = NOTHING, typed: dict | None = None, form: str = ""
) -> Response:
    typed = typed or {}
    ended = typed.get("berkas")
    found, refusal = look(who, retribution.MoneyWaiting(principal_of=ended or None, said_of=reference[:60] or None))
    rows = found["ended" if ended else "waiting"] if found else []
    row = next((each for each in rows if each["reference"] == reference), None)
    if found and row is None and came is NOTHING:
        raise HTTPException(404)
    context = {"row": row, "refusal": refusal, "came": came, "form": form, "today": today()}
    context["bank_said"] = found["said"] if found else None
    context["faults"] = faults_of(came, language_of(request), ASKED.get(form, {}))
    free = format_rupiah(row["free"]).removeprefix("Rp ") if row else ""
    shown = {"dated": date.fromisoformat, "order": came.order or new_id(), "typed": {"jumlah": free} | typed}
    return officers_page(request, who, "money_one", came.status if came.code else 200, **context, **shown)


def _refund(
    request: Request, who: Officer, number: str, came: Came = NOTHING, typed: dict | None = None, form: str = ""
) -> Response:
    found, refusal = look(who, retribution.MoneyWaiting(refunds="all"))
    each = next((each for each in found["refunds"] if each["number"] == number), None) if found else None
    if found and each is None:
        raise HTTPException(404)
    context = {"refund": each, "refusal": refusal, "came": came, "typed": typed or {}, "today": today()}
    context["faults"] = faults_of(
        came, language_of(request), ASKED[form] if form else ASKED["putusan"] | ASKED["bayar"]
    )
    names = {id: each.name for id, each in organisation().officers.items()}
    shown = {"dated": date.fromisoformat, "order": came.order or new_id(), "names": names}
    return officers_page(request, who, "refund", came.status if came.code else 200, **context, **shown)
