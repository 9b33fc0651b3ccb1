"""Home: what do you want done? And the answer to it, as you type."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

from portal.face import face_of
from portal.offer_view import found, years_of_office

router = APIRouter()
LONGEST = 80  # letters


@router.get("/", response_class=HTMLResponse)
def home(request: Request):
    """The front page."""
    return face_of(request).page(request, "home", question="", finds=[], years=years_of_office())


@router.get("/cari", response_class=HTMLResponse)
def search_page(request: Request, apa: str = ""):
    """What fits the words. Asked for by htmx it is only the list, for the page that is already there."""
    question = apa.strip()[:LONGEST]
    template = "finds" if request.headers.get("HX-Request") == "true" else "search"
    return face_of(request).page(request, template, question=question, finds=found(question))


@router.get("/hidup")
def alive(request: Request):
    """For the launcher and the city's supervisor: the portal answers; second line: how old its knowledge is."""
    fresh = face_of(request).freshness()
    age = "unknown" if fresh.age is None else f"{fresh.age:.0f} s"
    return PlainTextResponse(f"well\nnoticeboard seen: {age}\n")


@router.get("/robots.txt")
def robots():
    """Files and papers are for those who hold their numbers, not for search engines."""
    private = ("/lacak/", "/periksa/", "/bayar/", "/p/", "/api/v1/")
    return PlainTextResponse("\n".join(["User-agent: *", *(f"Disallow: {path}" for path in private)]) + "\n")
