"""The steps of the secretariat's services: whoever's step it is ends it with one of its outcomes."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.path import APPLICANT, ENDS, Path, Step
from catalogue.standards_book import roles_in_services
from catalogue.wording import ENDS as END_WORDS
from catalogue.wording import outcome_words, time_words
from contracts import intake
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, Came, act, look
from portal.entrance import Posted
from portal.face import now
from portal.file_view import file_view
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.pages.desk import seen_notice
from portal.words import HAPPENED

router = APIRouter(dependencies=[Depends(an_insiders_question)])
ROLES = tuple(role for role in roles_in_services() if role != APPLICANT)
LACKING = ("missing", "wrong")


@router.get("/petugas/langkah/{id}", response_class=HTMLResponse)
def step(request: Request, id: str, who: Annotated[Officer, Depends(officer(*ROLES))]):
    """The step at which the file stands, what was noted before, and how it may end."""
    return _page(request, who, id)


@router.post("/petugas/langkah/{id}", response_class=HTMLResponse)
def take(request: Request, id: str, came: Annotated[tuple[Officer, Posted], Depends(officers_form(*ROLES))]):
    """End it. When the file goes back to the applicant, what lacks is asked for item by item."""
    who, form = came
    notice, typed = seen_notice(request, who, id), form.fields
    asked = [
        {"requirement": name.removeprefix("kurang."), "verdict": verdict, "note": typed.get(f"catatan.{name[7:]}", "")}
        for name, verdict in typed.items()
        if name.startswith("kurang.") and verdict in LACKING
    ]
    fields = {
        "application_id": notice.id,
        "step": typed.get("langkah", ""),
        "outcome": typed.get("hasil", ""),
        "note": typed.get("catatan", "").strip() or None,
        "requests": asked,
    }
    if not fields["outcome"]:
        return _page(request, who, id, 422, came=Came("form", fields=("outcome",), order=typed.get("perintah", "")))
    done = act(who, form, intake.TakeStep, fields)
    if done.code:
        return _page(request, who, id, done.status, came=done, typed=typed)
    return RedirectResponse(f"/petugas/berkas/{notice.id}?tercatat=langkah", 303)


def _outcomes(path: Path, here: Step) -> list[tuple[str, str, str, bool]]:
    """(code, what it is called, where it leads, whether the applicant has the file then) of every choice."""
    found = []
    for code in here.choices:
        target = here.outcomes[code]
        leads = END_WORDS[target] if target in ENDS else path[target].name
        back = target not in ENDS and path[target].actor == APPLICANT
        found.append((code, outcome_words(code), leads, back))
    return found


def _page(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    notice = seen_notice(request, who, id)
    view = file_view(notice, now())
    if not view.kind.by_hand:
        raise HTTPException(404)
    found, refusal = look(who, intake.FindApplication(application_id=notice.id))
    path = view.kind.path
    code = found["standing"]["step"] if found else None
    here = path[code] if code else None
    context = {"came": NOTHING, "typed": {}, **more}
    notes = [h for h in found["history"] if h["note"] and ":" not in h["what"]] if found else []
    mine = here is not None and (here.actor == who.seat.role or _for_who_came_on_paper(here, who, notice.account))
    return officers_page(
        request,
        who,
        "step",
        status,
        view=view,
        found=found,
        refusal=refusal,
        stage=here,
        mine=mine,
        limit=time_words(here) if here else None,
        outcomes=_outcomes(path, here) if here else [],
        notes=notes[::-1],
        happened=HAPPENED,
        order=context["came"].order or new_id(),
        **context,
    )


def _for_who_came_on_paper(here: Step, who: Officer, account: str | None) -> bool:
    """The counter enters the turn of an applicant who has no account."""
    return here.actor == APPLICANT and account is None and who.seat.role == "setda_counter"
