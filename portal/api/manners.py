"""What every answer of the API has in common: HEAD, the form it is asked for in, and a tag it is known again by."""

import hashlib

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.api.problems import Trouble, answer

KINDS = ("application/json", "application/*", "*/*", "application/problem+json")


class Manners:
    """HEAD is answered as GET without its body; another form than JSON is refused; what has not changed is not sent."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if not takes_json(asked.get("accept")):
            trouble = Trouble("not_acceptable", "Mintalah dengan Accept: application/json.")
            await answer(Request(scope), trouble)(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # the server sends no body to a HEAD, whatever it is given
            scope = {**scope, "method": "GET"}
        if scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Tagged(asked.get("if-none-match"), send).send)


class _Tagged:
    """Holds a good answer back until it is whole, and tags it with what it says."""

    def __init__(self, known: str | None, send: Send):
        self._known, self._send = known, send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        tag = f'W/"{hashlib.sha256(self._body).hexdigest()[:32]}"'
        start, body = self._start, self._body
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["ETag"], headers["Cache-Control"] = tag, "no-cache"  # kept, but asked about each time
        if self._known is not None and is_known(self._known, tag):
            for gone in ("content-length", "content-type"):
                del headers[gone]
            start, body = {**start, "status": 304}, b""
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def takes_json(accept: str | None) -> bool:
    """Whether somebody who accepts this can be given JSON; who says nothing takes anything."""
    if not accept or not accept.strip():
        return True
    for each in accept.lower().split(","):
        kind, *more = (part.strip() for part in each.split(";"))
        weights = [part.removeprefix("q=") for part in more if part.startswith("q=")]
        if kind in KINDS and not any(weight.strip("0.") == "" for weight in weights):
            return True
    return False


def is_known(known: str, tag: str) -> bool:
    """Whether `If-None-Match` names this tag; weak and strong are the same here."""
    bare = tag.removeprefix("W/")
    return known.strip() == "*" or bare in [each.strip().removeprefix("W/") for each in known.split(",")]
