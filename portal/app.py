"""The portal as an ASGI application: its pages, what guards them, and what is shown when something is wrong."""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from catalogue.office import organisation
from plumbing.database import OwnRecords, Records, RecordsAway
from plumbing.documents import Renderer
from plumbing.messaging.calls import Away
from plumbing.object_store import StoreError
from plumbing.papers import primary_store
from plumbing.settings import PortalSettings
from plumbing.sign_in.passwords import Crowded, Passwords
from plumbing.sign_in.sessions import ABSOLUTE, KEPT, Sessions
from plumbing.sign_in.throttle import FORGOTTEN_AFTER, Throttle
from portal import audit, pieces
from portal.accounts import Accounts
from portal.api import about, problems
from portal.api.application import BASE, create_api
from portal.api.description import described
from portal.board import Board
from portal.drafts import Drafts
from portal.entrance import Entrance, ForeignForm, SignInFirst
from portal.face import LOOK, Face, address, face_of, now
from portal.gate import GateAway, GateDoor, GateSays
from portal.guard import TURNED_AWAY, BodyLimit, Limiter, SecurityHeaders, TooLarge, TooMany
from portal.officers import OfficerFirst, WrongRole, guests_page
from portal.pages import (
    applied,
    apply_papers,
    applying,
    checking,
    counter_code,
    desk,
    following,
    home,
    language,
    my_files,
    offers,
    officer_door,
    paying,
    reckoning,
    recovering,
    signing_in,
    statistics,
    style,
    uploading,
)
from portal.recovery import HOLDS, Recovery
from portal.rooms import Rooms
from portal.uploads import Uploads

log = logging.getLogger(__name__)

KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
FOR_EVER = "public, max-age=31536000, immutable"
INDEXES = {
    "sessions": ["account"],
    "drafts": ["account"],
    "links": ["account"],
    audit.COLLECTION: audit.INDEXES,
    **pieces.INDEXES,
}
RUN_OUT = (
    ("failures", "at", 2 * FORGOTTEN_AFTER),
    ("links", "until", 2 * HOLDS),
    ("sessions", "started", ABSOLUTE + KEPT),
    (audit.COLLECTION, "at", audit.KEPT),
)
SAYS = {403: "not_yours", 404: "not_found", 405: "wrong_way", 413: "too_large"}


def create_app(settings: PortalSettings) -> FastAPI:
    """The whole portal, ready to be served."""
    records = Records(settings.database_url.get_secret_value(), "noticeboard")
    own = OwnRecords(settings.database_url.get_secret_value(), "portal")
    rooms = Rooms(settings.broker_url.get_secret_value(), settings.statement_private_key.get_secret_value())
    gate = GateDoor(settings.gate_url, settings.gate_secret.get_secret_value())
    https = settings.public_url.startswith("https://")
    renderer = Renderer(patience_seconds=15.0)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(make_ready, own)
        yield
        await run_in_threadpool(rooms.close)
        gate.close()
        renderer.close()
        records.close()
        own.close()

    app = FastAPI(lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.face = Face(Board(records), settings.public_url)
    app.state.entrance = Entrance(Accounts(own, Passwords()), Sessions(own), Throttle(own), https)
    app.state.rooms = rooms
    app.state.gate = gate
    app.state.recovery = Recovery(own, settings)
    app.state.drafts = Drafts(own)
    app.state.pieces = pieces.Pieces(own)
    app.state.audit = audit.Audit(own)
    app.state.uploads = Uploads(primary_store(settings), renderer, settings.scanner)
    app.state.limiter = Limiter(settings.questions_per_minute)
    app.state.renderer = renderer
    app.state.trusted = settings.signing_authority.read_bytes()
    for page in (
        home,
        following,
        checking,
        paying,
        offers,
        reckoning,
        statistics,
        style,
        language,
        signing_in,
        my_files,
        applied,
        apply_papers,
        applying,
        counter_code,
        recovering,
        uploading,
        officer_door,
        desk,
        about,
    ):
        app.include_router(page.router)
    api = create_api(app.state)
    app.mount(BASE, api)
    app.api_route("/openapi.json", methods=["GET", "HEAD"])(described(api.app))
    app.get("/rupa/{digest}/{name}")(_look)
    app.get(TURNED_AWAY)(_turned_away)
    app.add_middleware(BodyLimit)
    app.add_middleware(GZipMiddleware, minimum_size=800)
    app.add_middleware(SecurityHeaders, https=https)
    app.exception_handler(HTTPException)(_wrong)
    app.exception_handler(RequestValidationError)(_unreadable)
    app.exception_handler(TooLarge)(_too_large)
    app.exception_handler(TooMany)(_too_many)
    app.exception_handler(RecordsAway)(_away)
    app.exception_handler(StoreError)(_away)
    app.exception_handler(SignInFirst)(_sign_in_first)
    app.exception_handler(OfficerFirst)(_officer_first)
    app.exception_handler(WrongRole)(_wrong_role)
    app.exception_handler(GateAway)(_gate_away)
    app.exception_handler(GateSays)(_gate_says)
    app.exception_handler(Away)(_room_away)
    app.exception_handler(ForeignForm)(_foreign_form)
    app.exception_handler(Crowded)(_crowded)
    app.exception_handler(Exception)(_our_fault)
    return app


def make_ready(own: OwnRecords) -> None:
    """Indexes, and what has run out taken away; when the database is away, at the next start."""
    try:
        own.index(INDEXES)
        for collection, field, age in RUN_OUT:
            own.remove(collection, {field: {"$lt": (now() - age).isoformat()}})
        pieces.Pieces(own).clear(now())
    except RecordsAway as error:  # every page that needs them says so itself
        log.warning("the portal's own records are away", extra={"reason": str(error)})


def _look(digest: str, name: str) -> Response:
    file = LOOK / Path(name).name
    if not file.is_file() or address(file.name) != f"/rupa/{digest}/{name}":
        raise HTTPException(404)
    return FileResponse(file, media_type=KINDS[file.suffix], headers={"Cache-Control": FOR_EVER})


def _wrong(request: Request, error: HTTPException) -> Response:
    if request.scope.get("state", {}).get("too_large"):
        return _too_large(request, error)
    if request.url.path.startswith(f"{BASE}/"):  # with a line break in it, which no address of the API has
        return problems.wrong(request, error)
    page = SAYS.get(error.status_code, "wrong_way")
    answer = face_of(request).page(request, "trouble", error.status_code, what=page, reference=None, seconds=None)
    answer.headers.update(error.headers or {})
    return answer


def _unreadable(request: Request, _: RequestValidationError) -> Response:
    return face_of(request).page(request, "trouble", 422, what="wrong_way", reference=None, seconds=None)


def _turned_away(request: Request) -> Response:
    if request.scope["state"].get("asked", "").startswith(f"{BASE}/"):
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
    return signing_in.sign_in_page(request, late.page, late.fields, 401, fault="late")


def _officer_first(_: Request, first: OfficerFirst) -> Response:
    late = "&terlambat=1" if first.late else ""
    return RedirectResponse(f"/petugas/masuk?kembali={quote(first.page, safe='/')}{late}", 303)


def _wrong_role(request: Request, wrong: WrongRole) -> Response:
    roles = [organisation().roles[role].name for role in wrong.roles]
    return guests_page(request, "wrong_role", 403, roles=roles)


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
    answer = face_of(request).page(request, "trouble", 503, what="room_away", reference=reference, seconds=None)
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
