"""How do I pay? Where the QR of an SKRD leads: the amount, until when, and whether it was paid."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from contracts.noticeboard import ENDED_UNPAID
from portal.face import face_of, now
from portal.guard import a_question
from portal.numbers import is_payment_code
from values.dates import office_date

router = APIRouter(dependencies=[Depends(a_question)])


@router.get("/bayar/{code}", response_class=HTMLResponse)
def pay(request: Request, code: str):
    """The SKRD with this payment code."""
    face = face_of(request)
    notice = face.board.notice(payment_code=code) if is_payment_code(code) else None
    if notice is None or notice.skrd is None:
        raise HTTPException(404)
    files = [face.board.notice(resi=resi) for resi in notice.skrd.covers]
    going = [each for each in files if each is None or each.moved is None or each.moved.outcome not in ENDED_UNPAID]
    late = office_date(now()) > notice.skrd.due_on
    return face.page(request, "pay", notice=notice, skrd=notice.skrd, files=len(going), late=late)
