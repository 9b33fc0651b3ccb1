"""The Bidang's work: what waits for members, an appointment, signatures or verification; nota; what is late."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from catalogue.desks import desks_at
from contracts import retribution, technical_team
from portal.acting import look
from portal.face import face_of, now
from portal.file_view import file_view
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_page
from portal.roads import BIDANG
from portal.words import TASKS, WORK

router = APIRouter(dependencies=[Depends(an_insiders_question)])
TEAM_WORK = ("to_accept", "to_book", "to_examine", "to_verify")
NOTA_WORK = ("nota_to_prepare", "nota_to_sign")
OWN = {"bidang_officer": ("to_book", "nota_to_prepare"), "bidang_head": ("to_verify", "nota_to_sign")}
MOST, LATE = 50, 200


@router.get("/petugas/bidang", response_class=HTMLResponse)
def work(request: Request, who: Annotated[Officer, Depends(officer(*BIDANG))], daftar: str = ""):
    """One list at a time, one's own first; how many wait on each."""
    lists = (*OWN[who.seat.role], *(each for each in (*TEAM_WORK, *NOTA_WORK) if each not in OWN[who.seat.role]))
    chosen = daftar if daftar in (*lists, "late") else lists[0]
    found = None if chosen == "late" else _list(who, chosen)
    context: dict[str, Any] = {"lists": (*lists, "late"), "chosen": chosen, "own": OWN[who.seat.role], "words": WORK}
    late = _late(request, who) if chosen == "late" else []
    return officers_page(request, who, "bidang", found=found, late=late, states=TASKS, asked=now(), **context)


def _list(who: Officer, what: str) -> dict | None:
    question = technical_team.WorkOf if what in TEAM_WORK else retribution.WorkOf
    found, _ = look(who, question(what=what, limit=MOST))
    return found


def _late(request: Request, who: Officer) -> list:
    """The files on this Bidang's desk whose promise is overdue, the latest first; why is told with each."""
    notices = face_of(request).board.on_desks(desks_at(who.seat.role, who.seat.unit), LATE)
    views = [file_view(notice, now()) for notice in notices]
    late = [view for view in views if view.clock and view.clock.overdue]
    return sorted(late, key=lambda view: view.clock.due)
