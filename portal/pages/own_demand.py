"""The payer and the demand: what is owed on a file of mine, and asking for an objection, relief or instalments."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from contracts import retribution
from contracts.noticeboard import Notice
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from plumbing.sign_in.sessions import Session
from portal.entrance import Posted, address_of, own_form, page, signed_in
from portal.face import now
from portal.file_view import file_view
from portal.guard import an_insiders_question, an_upload
from portal.handing_in import handed_in
from portal.numbers import rupiah_typed
from portal.pages.my_files import own_notice, rooms_of
from portal.rooms import LOOK_SECONDS, command_id
from portal.uploads import Unfit
from values.dates import months_after, office_date
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
KINDS = {"keberatan": "objection", "keringanan": "relief", "angsuran": "instalments"}
ON_LINE = "lewat akun pemohon"  # in the place of a letter's number
PROOF = "bukti_permohonan"


@router.get("/saya/{id}/ketetapan", response_class=HTMLResponse)
def own_demand(
    request: Request,
    id: str,
    session: Annotated[Session, Depends(signed_in)],
    apa: str = "",
    kali: int = 3,
    terkirim: str = "",
):
    """What this file owes, what I asked for and what became of it, and the form to ask."""
    notice = own_notice(request, session, id)
    return _page(request, session, notice, chosen=apa, times=kali, sent=terkirim[:40])


@router.post("/saya/{id}/ketetapan/{kind}", response_class=HTMLResponse, dependencies=[Depends(an_upload)])
def ask(request: Request, id: str, kind: str, came: Annotated[tuple[Session, Posted], Depends(own_form)]):
    """Ask for it. Paying goes on as demanded until the Head grants it."""
    session, form = came
    notice, typed = own_notice(request, session, id), form.fields
    if kind not in KINDS:
        raise HTTPException(404)
    again = {"chosen": kind, "typed": typed, "order": typed.get("perintah", ""), "times": _times(typed)}
    try:
        proof = handed_in(request, session, form, PROOF, []).whole
    except Unfit as no:
        if no.code != "none":
            return _page(request, session, notice, 422, unfit=no.code, **again)
        proof = None
    try:
        found = _demand(request, session, notice)
        left = found["owed"]["principal_left"] if found["owed"] else 0
        order = retribution.ProposeChange(
            command_id=command_id(session.account, f"{again['order']}/{kind}"),
            application_id=notice.id,
            proposal=_proposal(kind, typed, left, found["most_months"]),
            reason=typed.get("alasan", "").strip(),
            document=proof,
        )
        answer = rooms_of(request).ask(session.account, order, address=address_of(request))
    except ValidationError as no:
        wrong = {str(part) for each in no.errors() for part in each["loc"]}
        return _page(request, session, notice, 422, wrong="alasan" if "reason" in wrong else "besar", **again)
    except Refusal as no:
        return _page(request, session, notice, 422, refusal=no, **again)
    except (Away, Fault):
        return _page(request, session, notice, 503, away=True, **again)
    return RedirectResponse(f"/saya/{notice.id}/ketetapan?terkirim={answer['number']}", 303)


@router.get("/saya/{id}/ketetapan/{number}/bukti")
def proof(request: Request, id: str, number: str, session: Annotated[Session, Depends(signed_in)]):
    """What I handed in with it, as it came."""
    notice = own_notice(request, session, id, "paper")
    changes = _demand(request, session, notice)["changes"]
    document = next((each["document"] for each in changes if each["number"] == number and each["document"]), None)
    if document is None:
        raise HTTPException(404)
    content = request.app.state.uploads.store.get(document["sha256"])
    return Response(content, media_type=document["media_type"], headers={"Cache-Control": "no-store"})


def plan(principal_left: int, times: int, day: date) -> list[dict[str, Any]]:
    """What is left in so many equal parts, one a month from next month on; the first takes what does not divide."""
    part, rest = divmod(principal_left, times)
    return [
        {"amount": part + (rest if n == 1 else 0), "due_on": months_after(day, n).isoformat()}
        for n in range(1, times + 1)
    ]


def _proposal(kind: str, typed: dict[str, str], left: int, most: int) -> dict[str, Any]:
    """The form's words in the shape of the command; what cannot be read stays as it was typed, to be refused."""
    today, sum = office_date(now()), typed.get("besar", "").strip()
    if kind == "keberatan":
        return {"kind": "objection", "letter": ON_LINE, "filed_on": today, "asked": rupiah_typed(sum)}
    if kind == "angsuran":
        return {"kind": "instalments", "parts": plan(left, _within(_times(typed), most), today)}
    if typed.get("ukuran") == "rupiah":
        return {"kind": "relief", "amount": rupiah_typed(sum)}
    return {"kind": "relief", "percent": sum.removesuffix("%").strip().replace(",", ".")}


def _times(typed: dict[str, str]) -> int:
    text = typed.get("kali", "")[:3]
    return int(text) if text.isascii() and text.isdigit() else 3


def _within(times: int, most: int) -> int:
    return max(2, min(times, most))


def _demand(request: Request, session: Session, notice: Notice) -> dict[str, Any]:
    question = retribution.DemandOf(application_id=notice.id)
    return rooms_of(request).ask(session.account, question, seconds=LOOK_SECONDS)


def _page(request: Request, session: Session, notice: Notice, status: int = 200, **more: Any) -> Response:
    context = {"sent": "", "typed": {}, "unfit": None, "wrong": "", "refusal": None, "away": False, "order": "", **more}
    context["order"] = context["order"] or new_id()
    context["chosen"] = context["chosen"] if context["chosen"] in KINDS else ""
    try:
        found, why = _demand(request, session, notice), None
    except Refusal as no:
        found, why = None, no
    except (Away, Fault):
        found, why = None, None
    today = office_date(now())
    left = found["owed"]["principal_left"] if found and found["owed"] else 0
    if found:
        context["times"] = _within(context["times"], found["most_months"])
    return page(
        request,
        "own_demand",
        status,
        view=file_view(notice, now()),
        found=found,
        why=why,
        late=bool(found and found["object_until"] and today > date.fromisoformat(found["object_until"])),
        parts=plan(left, context["times"], today) if left else [],
        dated=date.fromisoformat,
        read=datetime.fromisoformat,
        **context,
    )
