"""A signed nota that is wrong: the Bidang draws up the one that replaces it, with the right quantities and why."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from catalogue.licences import licence_type
from contracts import retribution
from contracts.noticeboard import Notice
from plumbing.messaging.envelope import new_id
from portal import wizard
from portal.acting import NOTHING, act, look
from portal.entrance import Posted
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice

router = APIRouter(dependencies=[Depends(an_insiders_question)])
Seated = Annotated[Officer, Depends(officer("bidang_officer"))]
Writing = Annotated[tuple[Officer, Posted], Depends(officers_form("bidang_officer"))]


@router.get("/petugas/bidang/{id}/pembetulan", response_class=HTMLResponse)
def correction(request: Request, id: str, who: Seated):
    """The quantities as they stand, to be put right."""
    return _page(request, who, seen_notice(request, who, id))


@router.post("/petugas/bidang/{id}/pembetulan", response_class=HTMLResponse)
def correct(request: Request, id: str, came: Writing):
    """Draw it up. It counts when the head of the Bidang signs it; until then it can be drawn up again."""
    who, form = came
    notice, typed = seen_notice(request, who, id), form.fields
    kind = licence_type(notice.moved.licence_type, notice.moved.edition)
    quantities, faults = wizard.read(kind, wizard.QUANTITIES, typed, {})
    if faults:
        return _page(request, who, notice, 422, typed=typed, faults=faults)
    fields = {"application_id": notice.id, "reason": typed.get("alasan", "").strip(), "quantities": quantities}
    done = act(who, form, retribution.CorrectNota, fields)
    if done.code:
        return _page(request, who, notice, done.status, came=done, typed=typed)
    return RedirectResponse(f"/petugas/bidang/{notice.id}/nota?sudah=pembetulan", 303)


def _page(request: Request, who: Officer, notice: Notice, status: int = 200, **more: Any) -> Response:
    found, refusal = look(who, retribution.FindAssessment(application_id=notice.id))
    kind = licence_type(notice.moved.licence_type, notice.moved.edition)
    context = {"came": NOTHING, "typed": found["quantities"] if found else {}, "faults": {}, **more}
    return officers_page(
        request,
        who,
        "bidang_correction",
        status,
        notice=notice,
        found=found,
        refusal=refusal,
        asked=wizard.fields(kind, wizard.QUANTITIES, {}),
        order=context["came"].order or new_id(),
        **context,
    )
