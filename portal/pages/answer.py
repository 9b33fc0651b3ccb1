"""What became of a form, at an address that can be loaded again."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from portal.answers import answers_of, browser_of
from portal.face import now
from portal.guard import an_insiders_question
from portal.pages.language import own_page

router = APIRouter(dependencies=[Depends(an_insiders_question)])


@router.get("/hasil/{id}", response_class=HTMLResponse)
def answer(request: Request, id: str, kembali: str = "/"):
    """The page for the browser that sent the form; for anybody else, and after ten minutes, the page to go on from."""
    kept = answers_of(request).find(browser_of(request), id[:64], now())
    return kept or RedirectResponse(own_page(kembali), 303)
