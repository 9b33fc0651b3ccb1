"""Where is my file? By the number on the resi, or by the one letters carry before there is a resi."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from portal.board import HANDLE
from portal.face import face_of, now
from portal.file_view import file_view
from portal.guard import a_question
from portal.words import ENDED, HAPPENED, STATUSES, UNITS
from values.refusal import Refusal
from values.resi import Resi

router = APIRouter(dependencies=[Depends(a_question)])
LONGEST = 40


@router.get("/lacak", response_class=HTMLResponse)
def ask(request: Request, nomor: Annotated[str, Query()] = ""):
    """The form; with a number, its page."""
    if nomor.strip():
        return RedirectResponse(f"/lacak/{_tidy(nomor)}", 303)
    return face_of(request).page(request, "track", typed="", fault=None)


@router.get("/lacak/{number}", response_class=HTMLResponse)
def show(request: Request, number: str):
    """The file, or the form again with what is wrong with the number."""
    face, tidy = face_of(request), _tidy(number)
    try:
        notice = face.board.notice(**_as_key(tidy))
    except Refusal as no:
        return face.page(request, "track", 404, typed=tidy, fault=no.code)
    if notice is None or notice.moved is None:
        return face.page(request, "track", 404, typed=tidy, fault="unknown")
    view = file_view(notice, now())
    status = ENDED[view.notice.moved.outcome or "issued"] if view.status == "archived" else STATUSES[view.status]
    return face.page(request, "file", view=view, status_words=status, happened=HAPPENED, units=UNITS)


def _tidy(typed: str) -> str:
    """The number as printed, whatever of its dashes and capitals was left out; nothing that could be an address."""
    kept = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())[:LONGEST]
    if len(kept) == 12 and kept[0] == "R":
        return f"R-{kept[1:5]}-{kept[5:11]}-{kept[11]}"
    if len(kept) == 13 and kept[0] == "P":
        return f"P-{kept[1:]}"
    return kept or "-"


def _as_key(number: str) -> dict[str, str]:
    """What to look it up by. Refusal when it can be no resi: wrong form, or a check digit that does not fit."""
    return {"handle": number} if HANDLE.fullmatch(number) else {"resi": str(Resi.parse(number))}
