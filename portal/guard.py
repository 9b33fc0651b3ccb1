"""What stands between the world and the pages: headers, limits of size and of number (docs/portal.md lists them)."""

import re
import time
from collections import OrderedDict

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_PDF = 10_000_000  # bytes
LARGEST_BODY = LARGEST_PDF + 100_000  # the form around the file
LARGEST_TOGETHER = 20_000_000  # bytes of all files for one requirement
LARGEST_PAPERS = LARGEST_TOGETHER + 100_000
LARGEST_PIECE = 1_000_000
LARGEST_FORM = 20_000  # bytes of a form without a file
LIMITS = (
    (
        re.compile(
            r"/periksa|/api/v1/papers|/petugas/kas/setoran|/petugas/skrd/[^/]+/bayar|/petugas/rekening/(?:periksa|impor)"
        ),
        LARGEST_BODY,
    ),
    (re.compile(r"/saya/[^/]+/jawab/[^/]+|/ajukan/[^/]+/[^/]+/berkas/[^/]+"), LARGEST_PAPERS),
    (re.compile(r"/petugas/loket/[^/]+/(kelengkapan|pindai/[^/]+)"), LARGEST_PAPERS),
    (re.compile(r"/petugas/tim/[^/]+/foto"), LARGEST_BODY),
    (re.compile(r"/unggah/[^/]+"), LARGEST_PIECE),
    (re.compile(r"/api/v1/documents"), LARGEST_BODY),
    (re.compile(r"/api/v1/(commands|queries)/[^/]+/[^/]+"), LARGEST_PIECE),
)
TURNED_AWAY = "/terlalu-besar"  # where a request beyond them is answered
ADDRESSES_REMEMBERED = 20_000

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT = "max-age=31536000"


class SecurityHeaders:
    """Puts the headers on every answer; HSTS too, where the office is reached by https."""

    def __init__(self, app: ASGIApp, https: bool):
        self.app = app
        self._headers = HEADERS | ({"Strict-Transport-Security": STRICT_TRANSPORT} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self.app(scope, receive, with_headers)


class TooLarge(Exception):
    """A body is larger than this place takes."""


class BodyLimit:
    """Turns away a body beyond the limit: at once when its size is stated, otherwise as soon as it has grown so far."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = next((limit for path, limit in LIMITS if path.fullmatch(scope["path"])), LARGEST_FORM)
        stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        state = scope.setdefault("state", {})
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                state["too_large"] = True
                raise TooLarge
            return message

        if not stated.isdigit() or int(stated) > limit:
            state["too_large"], state["asked"] = True, scope["path"]
            scope = {
                **scope,
                "method": "GET",
                "path": TURNED_AWAY,
                "raw_path": TURNED_AWAY.encode(),
                "query_string": b"",
            }
        await self.app(scope, limited, send)


class Limiter:
    """So many questions a minute from one address, as a bucket that fills up again; an unused one is forgotten."""

    def __init__(self, per_minute: int):
        self.per_minute = per_minute
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str, cost: float = 1.0) -> int:
        """0 when the question may be asked, otherwise after how many seconds it may."""
        if not self.per_minute:
            return 0
        moment, rate = time.monotonic(), self.per_minute / 60
        left, seen = self._buckets.pop(address, (float(self.per_minute), moment))
        left = min(float(self.per_minute), left + (moment - seen) * rate)
        allowed = left >= cost
        self._buckets[address] = (left - cost if allowed else left, moment)
        while len(self._buckets) > ADDRESSES_REMEMBERED:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, round((cost - left) / rate))


class TooMany(Exception):
    """An address asked more often than one may; `seconds` until it may again."""

    def __init__(self, seconds: int):
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


def count_question(request: Request, cost: float = 1.0) -> None:
    """Count a question about a file or paper against its caller's address. Raises TooMany."""
    caller = request.client.host if request.client else "unknown"
    if seconds := request.app.state.limiter.wait(caller, cost):
        raise TooMany(seconds)


def a_question(request: Request) -> None:
    """Dependency of pages that answer a question."""
    count_question(request)


def an_insiders_question(request: Request) -> None:
    """Dependency of pages for who has signed in: a tenth of a question, since a whole office, or the customers of a
    whole telephone company, sit behind one address."""
    count_question(request, 0.1)


def an_upload(request: Request) -> None:
    """Dependency of pages that take a file: six times as dear as a question."""
    count_question(request, 6.0)
