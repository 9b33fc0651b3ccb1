"""Where is my file? By the number on the resi, or by the one letters carry before there is a resi."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from portal.face import face_of, now
from portal.file_view import file_view
from portal.guard import a_question
from portal.numbers import is_payment_code, key_of, tidy_number
from portal.words import HAPPENED, UNITS
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(a_question)])


@router.get("/lacak", response_class=HTMLResponse)
def ask(request: Request, nomor: Annotated[str, Query()] = ""):
    """The form; with a number, its page; with a payment code, how to pay."""
    if is_payment_code(nomor.strip()):
        return RedirectResponse(f"/bayar/{nomor.strip()}", 303)
    if nomor.strip():
        return RedirectResponse(f"/lacak/{tidy_number(nomor)}", 303)
    return face_of(request).page(request, "track", typed="", fault=None)


@router.get("/lacak/{number}", response_class=HTMLResponse)
def show(request: Request, number: str):
    """The file, or the form again with what is wrong with the number."""
    face, tidy = face_of(request), tidy_number(number)
    try:
        notice = face.board.notice(**key_of(tidy))
    except Refusal as no:
        return face.page(request, "track", 404, typed=tidy, fault=no.code)
    if notice is None or notice.moved is None:
        return face.page(request, "track", 404, typed=tidy, fault="unknown")
    view = file_view(notice, now())
    return face.page(request, "file", view=view, status_words=view.words, happened=HAPPENED, units=UNITS)
