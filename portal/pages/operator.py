"""What operators see and mend: the bus in one look, what was put aside, and what is decided about it.

When the room `operations` cannot be asked, the page shows the last picture that it kept, and says how old it is.
"""

import re
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from contracts import operations
from contracts.operations import EntryShown, Picture, Settled, Tray
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal.answers import answered
from portal.entrance import Posted
from portal.face import now
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.rooms import LOOK_SECONDS, command_id
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
HOME, TRAY, DECIDE = "/petugas/operator", "/petugas/operator/disisihkan", "/petugas/operator/putuskan"
OLD = 90  # seconds: the room looks every 15
BEAT_OLD = 150  # seconds: the noticeboard beats once a minute
ORDERS = {"putar": operations.ReplayParked, "buang": operations.DiscardParked}
ENTRY = re.compile(r"[0-9a-f]{8,32}")
Who = Annotated[Officer, Depends(officer("operator"))]


class Seen(NamedTuple):
    """The bus as the page shows it. `asked`: the room answered now; otherwise this is what it had kept (or nothing)."""

    picture: Picture | None
    asked: bool

    @property
    def age(self) -> float:
        """How old the picture is, in seconds."""
        return (now() - self.picture.at).total_seconds() if self.picture else 0.0

    @property
    def old(self) -> bool:
        """Whether it says nothing certain of this moment."""
        return self.picture is None or self.picture.problem is not None or self.age > OLD


@router.get(HOME, response_class=HTMLResponse)
def bus(request: Request, who: Who):
    """Is anything stuck, where, since when, why, whose turn; then queues, processes and the second site."""
    seen = _seen(request, who)
    picture = seen.picture
    beat = (now() - picture.noticeboard_at).total_seconds() if picture and picture.noticeboard_at else None
    filled = [queue for queue in picture.queues if queue.waiting or queue.in_hand] if picture else []
    return officers_page(
        request, who, "operator", seen=seen, picture=picture, beat=beat, beat_old=BEAT_OLD, filled=filled
    )


@router.get(TRAY, response_class=HTMLResponse)
def tray(request: Request, who: Who):
    """What waits for a decision, and what was decided of late."""
    try:
        told = Tray.model_validate(who.ask(operations.ListParked()))
    except (Away, Fault):
        return officers_page(request, who, "operator_away", 503, refusal=None)
    except Refusal as no:
        return officers_page(request, who, "operator_away", 503, refusal=no)
    return officers_page(request, who, "operator_tray", tray=told, settled=None, names=_names(told.acts))


@router.get(TRAY + "/{entry}", response_class=HTMLResponse)
def one(request: Request, entry: str, who: Who):
    """One parked message whole, without what is personal."""
    try:
        told = EntryShown.model_validate(who.ask(operations.ShowParked(entry=entry)))
    except ValidationError:
        return RedirectResponse(TRAY, 303)
    except (Away, Fault):
        return officers_page(request, who, "operator_away", 503, refusal=None)
    except Refusal as no:
        return officers_page(request, who, "operator_away", 404 if no.code == "unknown_entry" else 503, refusal=no)
    return officers_page(request, who, "operator_entry", entry=told, names=_names(told.acts))


@router.get(DECIDE, response_class=HTMLResponse)
def ask(request: Request, who: Who, tindakan: str = "", pesan: Annotated[list[str] | None, Query()] = None):
    """What is about to be done with which messages; the reason is asked for here."""
    chosen = [entry for entry in pesan or [] if ENTRY.fullmatch(entry)][: operations.MOST_AT_ONCE]
    if tindakan not in ORDERS or not chosen:
        return RedirectResponse(TRAY, 303)
    return _form(request, who, tindakan, chosen, new_id())


@router.post(DECIDE, response_class=HTMLResponse)
def decide(request: Request, came: Annotated[tuple[Officer, Posted], Depends(officers_form("operator"))]):
    """The decision, with its reason. Sent again it is the same decision."""
    who, form = came
    act, given = form.fields.get("tindakan", ""), form.fields.get("perintah", "")[:60]
    entries, why = form.fields.get("pesan", "").split(","), form.fields.get("alasan", "")
    if act not in ORDERS:
        return RedirectResponse(TRAY, 303)
    again = {"act": act, "entries": entries, "order": given, "typed": why}
    try:
        order = ORDERS[act](command_id=command_id(who.id, given), entries=entries, reason=why)
    except ValidationError as wrong:
        fault = "reason" if any(error["loc"][0] == "reason" for error in wrong.errors()) else "entries"
        return _form(request, who, **again, status=422, fault=fault)
    try:
        settled = [Settled.model_validate(each) for each in who.ask(order)]
        told = Tray.model_validate(who.ask(operations.ListParked()))
    except (Away, Fault):
        return _form(request, who, **again, status=503, fault="away")
    except Refusal as no:
        return _form(request, who, **again, status=422, refusal=no)
    page = officers_page(request, who, "operator_tray", tray=told, settled=settled, names=_names(told.acts))
    return answered(request, page, TRAY)


def _form(request: Request, who: Officer, act: str, entries: list[str], order: str, status: int = 200, **more: Any):
    context = {"act": act, "entries": entries, "order": order, "typed": "", "fault": None, "refusal": None, **more}
    return officers_page(request, who, "operator_decide", status, **context)


def _seen(request: Request, who: Officer) -> Seen:
    """The picture of now, from the room; what it kept last when it does not answer. 403 when it refuses."""
    try:
        return Seen(Picture.model_validate(who.ask(operations.LookAtBus(), seconds=LOOK_SECONDS)), asked=True)
    except Refusal as no:
        raise HTTPException(403) from no
    except (Away, Fault):
        kept = request.app.state.pictures.find("pictures", {"_id": "bus"}, limit=1)
    picture = Picture.model_validate({k: v for k, v in kept[0].items() if k != "_id"}) if kept else None
    return Seen(picture, asked=False)


def _names(acts: list[operations.ActSeen]) -> dict[str, str]:
    """Officers by id, as people know them."""
    office = organisation()
    return {act.operator: office.officers[act.operator].name for act in acts if act.operator in office.officers}
