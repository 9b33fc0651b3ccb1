"""What is shown when something is wrong: one page per trouble, with what happened, what is safe, and what to do."""

import logging
import secrets
from collections.abc import Callable
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from plumbing.database import RecordsAway
from plumbing.messaging.calls import Away
from plumbing.object_store import StoreError
from plumbing.sign_in.passwords import Crowded
from portal.api import problems
from portal.entrance import ForeignForm, SignInFirst, page
from portal.face import face_of
from portal.gate import GateAway, GateSays
from portal.guard import TooLarge, TooMany
from portal.officers import ChangeFirst, OfficerFirst, WrongRole
from portal.pages.signing_in import sign_in_page

log = logging.getLogger(__name__)

API = "/api/v1/"
SAYS = {403: "not_yours", 404: "not_found", 405: "wrong_way", 413: "too_large"}


def _wrong(request: Request, error: HTTPException) -> Response:
    if request.scope.get("state", {}).get("too_large"):
        return _too_large(request, error)
    if request.url.path.startswith(API):  # with a line break in it, which no address of the API has
        return problems.wrong(request, error)
    page = SAYS.get(error.status_code, "wrong_way")
    answer = face_of(request).page(request, "trouble", error.status_code, what=page, reference=None, seconds=None)
    answer.headers.update(error.headers or {})
    return answer


def _unreadable(request: Request, _: RequestValidationError) -> Response:
    return face_of(request).page(request, "trouble", 422, what="wrong_way", reference=None, seconds=None)


def turned_away(request: Request) -> Response:
    if request.scope["state"].get("asked", "").startswith(API):
        return problems.too_large(request)
    return _too_large(request, TooLarge())


def _too_large(request: Request, _: Exception) -> Response:
    return face_of(request).page(request, "trouble", 413, what="too_large", reference=None, seconds=None)


def _too_many(request: Request, error: TooMany) -> Response:
    answer = face_of(request).page(request, "trouble", 429, what="too_many", reference=None, seconds=error.seconds)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _crowded(request: Request, _: Crowded) -> Response:
    return _too_many(request, TooMany(5))


def _sign_in_first(request: Request, late: SignInFirst) -> Response:
    if late.fields is None:
        return RedirectResponse(f"/masuk?kembali={quote(late.page, safe='/')}", 303)
    return sign_in_page(request, late.page, late.fields, 401, fault="late")


def _officer_first(_: Request, first: OfficerFirst) -> Response:
    late = "&terlambat=1" if first.late else ""
    return RedirectResponse(f"/petugas/masuk?kembali={quote(first.page, safe='/')}{late}", 303)


def _change_first(request: Request, error: ChangeFirst) -> Response:
    return RedirectResponse("/petugas/akun", 303)


def _wrong_role(request: Request, wrong: WrongRole) -> Response:
    roles = [organisation().roles[role].name for role in wrong.roles]
    return page(request, "wrong_role", 403, roles=roles)


def _gate_away(request: Request, error: GateAway) -> Response:
    reference = _reference()
    log.warning("the gate is away", extra={"reference": reference, "reason": str(error)})
    answer = face_of(request).page(request, "trouble", 503, what="gate_away", reference=reference, seconds=None)
    answer.headers["Retry-After"] = "15"
    return answer


def _gate_says(request: Request, no: GateSays) -> Response:
    """What a page did not answer itself: the session has ended meanwhile, the seat is held no more, or one waits."""
    if no.unfit.code == "ended":
        return _officer_first(request, OfficerFirst(request.url.path, late=request.method == "POST"))
    if no.unfit.seconds:
        return _too_many(request, TooMany(no.unfit.seconds))
    return _wrong(request, HTTPException(403))


def _room_away(request: Request, error: Away) -> Response:
    reference = _reference()
    log.warning("a room did not answer", extra={"reference": reference, "reason": str(error)})
    what = "room_away" if request.method == "POST" else "room_silent"
    answer = face_of(request).page(request, "trouble", 503, what=what, reference=reference, seconds=None)
    answer.headers["Retry-After"] = "15"
    return answer


def _foreign_form(request: Request, error: ForeignForm) -> Response:
    log.warning("a form was not ours", extra={"reason": str(error), "page": request.url.path[:200]})
    return face_of(request).page(request, "trouble", 403, what="foreign", reference=None, seconds=None)


def _away(request: Request, error: RecordsAway | StoreError) -> Response:
    reference = _reference()
    log.warning("records or store are away", extra={"reference": reference, "reason": str(error)})
    answer = face_of(request).page(request, "trouble", 503, what="away", reference=reference, seconds=None)
    answer.headers["Retry-After"] = "30"
    return answer


def _our_fault(request: Request, error: Exception) -> Response:
    reference = _reference()
    log.error("a page failed", exc_info=error, extra={"reference": reference, "page": request.url.path[:200]})
    return face_of(request).page(request, "trouble", 500, what="our_fault", reference=reference, seconds=None)


def _reference() -> str:
    """What a person quotes and an operator finds in the log."""
    return secrets.token_hex(4).upper()


TROUBLES: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    HTTPException: _wrong,
    RequestValidationError: _unreadable,
    TooLarge: _too_large,
    TooMany: _too_many,
    RecordsAway: _away,
    StoreError: _away,
    SignInFirst: _sign_in_first,
    OfficerFirst: _officer_first,
    ChangeFirst: _change_first,
    WrongRole: _wrong_role,
    GateAway: _gate_away,
    GateSays: _gate_says,
    Away: _room_away,
    ForeignForm: _foreign_form,
    Crowded: _crowded,
    Exception: _our_fault,
}
