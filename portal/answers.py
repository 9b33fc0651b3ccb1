"""The page that answers a form, at an address of its own: loading it again, or going back to it, sends nothing again.

Most forms lead to a page that there is anyway. What only the form itself can tell (what became of each paper, a secret
that is told once) is kept here for ten minutes, in this process only and only for the browser that sent the form.
"""

import hashlib
import secrets
import threading
import zlib
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from portal.entrance import entrance_of
from portal.face import now

KEPT = timedelta(minutes=10)
MOST = 300  # pages, some 10 kB each
COOKIES = ("sesi", "petugas", "tamu")  # whoever was inside when the form came


class Kept(NamedTuple):
    """One page: for which browser, until when."""

    browser: str
    until: datetime
    body: bytes
    headers: dict[str, str]


class Answers:
    """Pages that wait to be fetched; one per process, kept at `app.state.answers`."""

    def __init__(self):
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, browser: str, page: Response, at: datetime) -> str:
        """The id under which that browser can fetch it."""
        id = secrets.token_urlsafe(16)
        names = ("content-type", "content-language")
        headers = {name: page.headers[name] for name in names if name in page.headers} | {"Cache-Control": "no-store"}
        with self._lock:
            self._kept[id] = Kept(browser, at + KEPT, zlib.compress(page.body), headers)
            while len(self._kept) > MOST or next(iter(self._kept.values())).until < at:
                self._kept.popitem(last=False)
        return id

    def find(self, browser: str, id: str, at: datetime) -> Response | None:
        """The page; None for another browser, and when it is kept no more."""
        with self._lock:
            kept = self._kept.get(id)
        if kept is None or kept.until < at or not secrets.compare_digest(kept.browser, browser):
            return None
        return Response(zlib.decompress(kept.body), headers=kept.headers)


def answers_of(request: Request) -> Answers:
    """The kept pages of the running portal."""
    return request.app.state.answers


def browser_of(request: Request) -> str:
    """Which browser it is, by what it was given when it came in."""
    entrance = entrance_of(request)
    given = [request.cookies.get(entrance.cookie(name), "") for name in COOKIES]
    return hashlib.sha256("\n".join(given).encode()).hexdigest()


def answered(request: Request, page: Response, back: str) -> Response:
    """What a form that was done is answered with: the way to `page`. `back`: where one is led when it is kept no more.
    A page that says what is wrong is the answer itself."""
    if page.status_code != 200:
        return page
    id = answers_of(request).keep(browser_of(request), page, now())
    return RedirectResponse(f"/hasil/{id}?kembali={quote(back, safe='/')}", 303)
