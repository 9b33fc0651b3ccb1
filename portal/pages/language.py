"""Choosing a language: remembered in a cookie, back to the same page."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from portal.face import COOKIE
from portal.language import languages

router = APIRouter()
A_YEAR = 31_536_000


@router.get("/bahasa/{code}")
def choose(request: Request, code: str, kembali: str = "/"):
    """Remember the language and go back to where the reader was, which is always a page of ours."""
    if code not in languages():
        raise HTTPException(404)
    answer = RedirectResponse(_fetched(request, own_page(kembali)), 303)
    secure = request.app.state.face.public_url.startswith("https://")
    answer.set_cookie(COOKIE, code, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)
    return answer


def own_page(address: str) -> str:
    """The address when it is a path of this portal, otherwise home: nobody is sent elsewhere by a link to us."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"


def _fetched(request: Request, address: str) -> str:
    """The address; where forms are sent and nothing is to be fetched, the nearest page above it."""
    path = address.partition("?")[0]
    if _match(request, path) is not Match.PARTIAL:
        return address
    while path and _match(request, path) is not Match.FULL:
        path = path.rpartition("/")[0]
    return path or "/"


def _match(request: Request, path: str) -> Match:
    """Whether the path is a page (FULL), or only takes forms (PARTIAL)."""
    asked = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    found = [route.matches(asked)[0] for route in request.app.router.routes]
    return max(found, key=lambda match: match.value)
