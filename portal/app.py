"""The portal as an ASGI application: its pages, what guards them, and what is shown when something is wrong."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from plumbing.database import OwnRecords, Records, RecordsAway
from plumbing.documents import Renderer
from plumbing.papers import primary_store
from plumbing.settings import PortalSettings
from plumbing.sign_in import tokens
from plumbing.sign_in.passwords import Passwords
from plumbing.sign_in.sessions import ABSOLUTE, KEPT, Sessions
from plumbing.sign_in.throttle import FORGOTTEN_AFTER, Throttle
from portal import audit, pieces, visit_notes
from portal.accounts import Accounts
from portal.answers import Answers
from portal.api import about, doors
from portal.api.application import BASE, create_api
from portal.api.description import described
from portal.api.files import moved_message
from portal.board import Board
from portal.drafts import Drafts
from portal.entrance import Entrance
from portal.face import LOOK, Face, address, now
from portal.gate import GateDoor
from portal.guard import TURNED_AWAY, BodyLimit, Limiter, SecurityHeaders
from portal.pages import every_page
from portal.pages.webhooks import Webhooks
from portal.recovery import HOLDS, Recovery
from portal.rooms import Rooms
from portal.troubles import TROUBLES, turned_away
from portal.uploads import Uploads
from portal.webhooks.delivering import Deliveries
from portal.webhooks.subscriptions import Subscriptions

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
    "webhooks": ["owner", "stopped"],
    "webhook_posts": ["hook", "made_at"],
    audit.COLLECTION: audit.INDEXES,
    **pieces.INDEXES,
    tokens.COLLECTION: tokens.INDEXES,
    doors.COLLECTION: doors.INDEXES,
}
RUN_OUT = (
    ("failures", "at", 2 * FORGOTTEN_AFTER),
    ("links", "until", 2 * HOLDS),
    ("sessions", "started", ABSOLUTE + KEPT),
    (audit.COLLECTION, "at", audit.KEPT),
    (visit_notes.COLLECTION, "at", visit_notes.KEPT),
    (doors.COLLECTION, "at", doors.REMEMBERED),
)


def create_app(settings: PortalSettings) -> FastAPI:
    """The whole portal, ready to be served."""
    records = Records(settings.database_url.get_secret_value(), "noticeboard")
    pictures = Records(settings.database_url.get_secret_value(), "operations")
    own = OwnRecords(settings.database_url.get_secret_value(), "portal")
    rooms = Rooms(settings.broker_url.get_secret_value(), settings.statement_private_key.get_secret_value())
    gate = GateDoor(settings.gate_url, settings.gate_secret.get_secret_value())
    https = settings.public_url.startswith("https://")
    renderer = Renderer(patience_seconds=15.0)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(make_ready, own)
        telling.start()
        yield
        await run_in_threadpool(telling.stop)
        await run_in_threadpool(rooms.close)
        gate.close()
        renderer.close()
        records.close()
        pictures.close()
        own.close()

    app = FastAPI(lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.face = Face(Board(records), settings.public_url)
    app.state.entrance = Entrance(Accounts(own, Passwords()), Sessions(own), Throttle(own), https)
    app.state.rooms = rooms
    app.state.pictures = pictures
    app.state.gate = gate
    app.state.answers = Answers()
    app.state.recovery = Recovery(own, settings)
    app.state.drafts = Drafts(own)
    app.state.visit_notes = visit_notes.VisitNotes(own)
    app.state.pieces = pieces.Pieces(own)
    app.state.audit = audit.Audit(own)
    app.state.uploads = Uploads(primary_store(settings), renderer, settings.scanner)
    hooks = Subscriptions(own, settings.storage_key_bytes)
    telling = Deliveries(own, app.state.face.board, hooks, moved_message, settings.webhooks_inside)
    app.state.tokens = tokens.Tokens(own)
    app.state.commands = own
    app.state.webhooks = Webhooks(hooks, telling, settings.webhooks_inside)
    app.state.limiter = Limiter(settings.questions_per_minute)
    app.state.renderer = renderer
    app.state.trusted = settings.signing_authority.read_bytes()
    for page in every_page():
        app.include_router(page.router)
    app.include_router(about.router)
    api = create_api(app.state)
    app.mount(BASE, api)
    app.api_route("/openapi.json", methods=["GET", "HEAD"])(described(api.app))
    app.get("/rupa/{digest}/{name}")(_look)
    app.get(TURNED_AWAY)(turned_away)
    app.add_middleware(BodyLimit)
    app.add_middleware(GZipMiddleware, minimum_size=800)
    app.add_middleware(SecurityHeaders, https=https)
    for error, shown in TROUBLES.items():
        app.exception_handler(error)(shown)
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
