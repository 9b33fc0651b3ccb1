"""How a page is made: its template, in the reader's language, with what every page needs."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.board import Board, Freshness
from portal.devices import device
from portal.language import NAMES, SOURCE, Language, languages
from portal.numbers import EXAMPLE_RESI
from portal.qr import qr

HERE = Path(__file__).parent
LOOK = HERE / "look"
COOKIE = "bahasa"


class Face:
    """Everything the pages are made with; one per process, kept at `app.state.face`."""

    def __init__(self, board: Board, public_url: str):
        self.board, self.public_url = board, public_url
        self._environments = {code: _environment(language) for code, language in languages().items()}

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """The page, ready to be sent. Pages differ by the cookie of the language, so nobody in between keeps one."""
        language = language_of(request)
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        body = (
            self._environments[language.code]
            .get_template(f"{template}.html.jinja")
            .render(
                language=language,
                here=here,
                path=request.url.path,
                others={code: name for code, name in NAMES.items() if code != language.code},
                fresh=self.freshness(),
                now=now(),
                public_url=self.public_url,
                **context,
            )
        )
        headers = {"Cache-Control": "private, no-cache", "Content-Language": language.code}
        return HTMLResponse(body, status, headers)

    def freshness(self) -> Freshness:
        """How old is what is known of files; unknown while the database is away."""
        return self.board.freshness(now())


def face_of(request: Request) -> Face:
    """The face of the running portal."""
    return request.app.state.face


def language_of(request: Request) -> Language:
    """The language the reader chose, otherwise Indonesian."""
    known = languages()
    return known.get(request.cookies.get(COOKIE, SOURCE), known[SOURCE])


def now() -> datetime:
    """The moment of asking."""
    return datetime.now(UTC)


@cache
def edition_of_the_look() -> str:
    """A piece of the hash of all files of the look: another one, and browsers fetch them anew."""
    digest = hashlib.sha256()
    for file in sorted(LOOK.iterdir()):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def address(name: str) -> str:
    """Where a file of the look is fetched. Browsers may keep it for ever."""
    return f"/rupa/{edition_of_the_look()}/{name}"


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(language.texts, newstyle=True)
    environment.globals |= {"look": address, "qr": qr, "example_resi": EXAMPLE_RESI}
    environment.filters |= {
        "number": language.number,
        "rupiah": language.rupiah,
        "day": language.day,
        "weekday": language.weekday,
        "moment": language.moment,
        "clock": language.clock,
        "data": language.data,
        "device": device,
    }
    return environment
