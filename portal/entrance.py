"""Who comes in: the session behind a request, and whether a form is one of ours, sent by who was given it."""

import hmac
from collections.abc import AsyncIterator
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from plumbing.sign_in.sessions import ABSOLUTE, Session, Sessions, form_mark, new_token
from plumbing.sign_in.throttle import Throttle
from portal.accounts import Accounts
from portal.face import face_of, now

MARK = "tanda"  # the field of every form that says whose form it is
MOST_FIELDS, MOST_FILES = 200, 60  # a paper each, of the longest list


class Entrance(NamedTuple):
    """What signing in needs; one per process, kept at `app.state.entrance`."""

    accounts: Accounts
    sessions: Sessions
    throttle: Throttle
    https: bool

    def cookie(self, name: str) -> str:
        """Under https a name that no other host and no other path can set."""
        return f"__Host-{name}" if self.https else name


class Posted(NamedTuple):
    """A form as it came: its texts (the last of each name) and its files."""

    fields: dict[str, str]
    files: list[tuple[str, UploadFile]]


class SignInFirst(Exception):
    """The page needs a session and there is none (any more). `fields` is what was typed into a form that came too
    late."""

    def __init__(self, page: str, fields: dict[str, str] | None = None):
        super().__init__(page)
        self.page, self.fields = page, fields


class ForeignForm(Exception):
    """A form that we did not give to this browser, or that another site sent."""


def entrance_of(request: Request) -> Entrance:
    """The entrance of the running portal."""
    return request.app.state.entrance


def address_of(request: Request) -> str:
    """The caller's address."""
    return request.client.host if request.client else "unknown"


async def posted(request: Request) -> AsyncIterator[Posted]:
    """The form of the request, its files closed afterwards."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES)
    items = form.multi_items()
    fields = {name: value for name, value in items if isinstance(value, str)}
    yield Posted(fields, [(name, value) for name, value in items if isinstance(value, UploadFile) and value.filename])
    await form.close()


def signed_in(request: Request) -> Session:
    """Dependency of pages for who has signed in. Raises SignInFirst."""
    entrance = entrance_of(request)
    token = request.cookies.get(entrance.cookie("sesi"))
    session = entrance.sessions.find(token, now()) if token else None
    if session is None:
        query = f"?{request.url.query}" if request.url.query else ""
        raise SignInFirst(request.url.path + query)
    return session


def own_form(request: Request, form: Annotated[Posted, Depends(posted)]) -> tuple[Session, Posted]:
    """Dependency of pages that change something: session, mark and origin hold. Raises SignInFirst or ForeignForm."""
    same_origin(request)
    try:
        session = signed_in(request)
    except SignInFirst as no:
        raise SignInFirst(no.page, {k: v for k, v in form.fields.items() if k != MARK}) from None
    require_mark(request, form)
    return session, form


def guests_form(request: Request, form: Annotated[Posted, Depends(posted)]) -> Posted:
    """The same for who has not signed in. Raises ForeignForm."""
    same_origin(request)
    require_mark(request, form)
    return form


def same_origin(request: Request) -> None:
    """ForeignForm when the browser says that another site sent the form."""
    origin, ours = request.headers.get("origin"), urlsplit(face_of(request).public_url).netloc
    if origin is not None and urlsplit(origin).netloc not in (ours, request.headers.get("host")):
        raise ForeignForm(f"from {origin[:100]}")
    if origin is None and request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForeignForm("from another site")


def require_mark(request: Request, form: Posted) -> None:
    """ForeignForm unless the form carries the mark that belongs to the browser's cookie."""
    token = _token(request)
    if token is None or not hmac.compare_digest(form.fields.get(MARK, "").encode(), form_mark(token).encode()):
        raise ForeignForm("its mark is not the browser's")


def page(request: Request, template: str, status: int = 200, **context) -> Response:
    """A page with forms, or about the reader: nobody keeps it, also not the browser."""
    token = _token(request)
    made = None if token else new_token()
    answer = face_of(request).page(request, template, status, mark=form_mark(token or made), **context)
    answer.headers["Cache-Control"] = "no-store"
    if made:
        set_cookie(request, answer, "tamu", made)
    return answer


def set_cookie(request: Request, answer: Response, name: str, token: str) -> None:
    """For this browser only, and only as long as a session can last."""
    entrance = entrance_of(request)
    answer.set_cookie(
        entrance.cookie(name),
        token,
        max_age=int(ABSOLUTE.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=entrance.https,
    )


def drop_cookie(request: Request, answer: Response, name: str) -> None:
    """The browser forgets it."""
    entrance = entrance_of(request)
    answer.delete_cookie(entrance.cookie(name), path="/", httponly=True, samesite="lax", secure=entrance.https)


def _token(request: Request) -> str | None:
    cookie = entrance_of(request).cookie
    return request.cookies.get(cookie("sesi")) or request.cookies.get(cookie("tamu"))
