"""The Bidang's work: what waits for members, an appointment, signatures or verification; nota; what is late."""

from collections.abc import Mapping, Sequence
from typing import Annotated

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
    """One list at a time, with how many wait on each; opens on the first of one's own that has something."""
    lists = (*OWN[who.seat.role], *(each for each in (*TEAM_WORK, *NOTA_WORK) if each not in OWN[who.seat.role]))
    work_of, late = _lists(who, lists), _late(request, who)
    counts = {each: counted(found) for each, found in work_of.items()} | {"late": str(len(late))}
    lists = (*lists, "late")
    chosen = daftar if daftar in lists else first_with_work(lists, counts)
    return officers_page(
        request,
        who,
        "bidang",
        found=work_of.get(chosen),
        late=late,
        states=TASKS,
        asked=now(),
        lists=lists,
        counts=counts,
        chosen=chosen,
        words=WORK,
    )


def counted(found: dict | None) -> str:
    """How many stand on a list, in figures: `50+` when there are more than are shown; empty while its room is away."""
    if found is None:
        return ""
    return f"{len(found['work'])}{'+' if found['more'] else ''}"


def first_with_work(lists: Sequence[str], counts: Mapping[str, str]) -> str:
    """The list to open on: the first on which something waits, else the first."""
    return next((each for each in lists if counts[each] not in ("", "0")), lists[0])


def _lists(who: Officer, lists: Sequence[str]) -> dict[str, dict | None]:
    """What stands on each list. A room that is away is asked once only, so that the page does not wait for each."""
    found: dict[str, dict | None] = {}
    away: set[type] = set()
    for each in lists:
        question = technical_team.WorkOf if each in TEAM_WORK else retribution.WorkOf
        found[each] = None if question in away else look(who, question(what=each, limit=MOST))[0]
        if found[each] is None:
            away.add(question)
    return found


def _late(request: Request, who: Officer) -> list:
    """The files on this Bidang's desk whose promise is overdue, the latest first; why is told with each."""
    notices = face_of(request).board.on_desks(desks_at(who.seat.role, who.seat.unit), LATE)
    views = [file_view(notice, now()) for notice in notices]
    late = [view for view in views if view.clock and view.clock.overdue]
    return sorted(late, key=lambda view: view.clock.due)
