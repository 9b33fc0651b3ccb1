"""The gate as an ASGI application: every question it answers, and what it says when it cannot."""

import hmac
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from contracts.gate import (
    ChangePassphrase,
    EndToken,
    GivenPassphrase,
    GivePassphrase,
    Inside,
    KeptToken,
    MadeToken,
    MakeToken,
    OpenSession,
    Seat,
    SignedIn,
    SignIn,
    SignOut,
    StateByToken,
    StatedByToken,
    Statement,
    StateWho,
    Token,
    Unfit,
)
from contracts.people import Actor
from gate.officers import Officers
from plumbing.database import OwnRecords, RecordsAway
from plumbing.messaging.envelope import new_id
from plumbing.settings import GateSettings
from plumbing.sign_in.passwords import Crowded, Passwords, weakness
from plumbing.sign_in.sessions import Session, Sessions
from plumbing.sign_in.throttle import Throttle, WaitFirst
from plumbing.sign_in.tokens import COLLECTION, Tokens, TooManyTokens
from plumbing.sign_in.tokens import INDEXES as OF_TOKENS
from plumbing.statement import Keys, mint, public_key, verify
from values.dates import office_date
from values.refusal import Refusal

log = logging.getLogger(__name__)

INDEXES = {"sessions": ["account"], "visits": ["officer", "at"], COLLECTION: OF_TOKENS}


class No(Exception):
    """What is said instead of an answer: an HTTP status and why."""

    def __init__(self, status: int, code: str, **more: object):
        super().__init__(code)
        self.status, self.unfit = status, Unfit(code=code, **more)


class Gate:
    """What the gate does; one method per question, named like its address."""

    def __init__(self, records: OwnRecords, private_key: str):
        self._records, self._key = records, private_key
        self.officers, self.sessions, self.throttle, self.tokens = (
            Officers(records, Passwords()),
            Sessions(records),
            Throttle(records),
            Tokens(records),
        )

    def sign_in(self, asked: SignIn) -> SignedIn:
        """A new session when name and passphrase fit."""
        moment = now()
        officer = self.officers.named(asked.name, moment)
        self._wait(officer or asked.name, asked.address)
        if not self.officers.check(officer, asked.passphrase):
            self._visited(officer or "", asked.address, "unknown", moment)
            raise No(401, "unknown")
        self.throttle.succeeded(officer, asked.address)
        self._visited(officer, asked.address, "in", moment)
        token = self.sessions.begin(officer, asked.device, moment)
        return SignedIn(token=token, inside=self._inside(officer, moment, moment))

    def inside(self, asked: Token) -> Inside:
        """Who that is, and where they sit today."""
        session = self._session(asked.token)
        return self._inside(session.account, session.started, now())

    def statement(self, asked: StateWho) -> Statement:
        """State that they act in a seat of theirs. With the passphrase: that they confirmed it."""
        session, moment = self._session(asked.token), now()
        if not any((s.role, s.unit) == (asked.role, asked.unit) for s in self._seats(session.account, moment)):
            raise No(403, "no_seat")
        if asked.passphrase is not None:
            self._confirm(session.account, asked.passphrase, asked.address)
        actor = Actor(id=session.account, role=asked.role, unit=asked.unit, address=asked.address or None)
        return Statement(statement=mint(actor, self._key, confirmed=asked.passphrase is not None))

    def change_passphrase(self, asked: ChangePassphrase) -> Inside:
        """The new passphrase holds at once; every other session ends."""
        session, moment = self._session(asked.token), now()
        self._confirm(session.account, asked.old, asked.address)
        if why := weakness(asked.new, session.account):
            raise No(422, "weak", why=why)
        if asked.new == asked.old:
            raise No(422, "weak", why="same")
        self.officers.change(session.account, asked.new, moment)
        self.sessions.end_all(session.account, but=session.key)
        self._visited(session.account, asked.address, "changed", moment)
        return self._inside(session.account, session.started, moment)

    def sign_out(self, asked: SignOut) -> None:
        """Over at once."""
        session = self._session(asked.token)
        if asked.others:
            self.sessions.end_all(session.account, but=session.key)
        else:
            self.sessions.end(session.key)

    def open_sessions(self, asked: Token) -> list[OpenSession]:
        """Where the same officer is signed in, the latest first."""
        mine = self._session(asked.token)
        found = self.sessions.of(mine.account, now())
        return [OpenSession(since=s.started, seen=s.seen, device=s.device, here=s.key == mine.key) for s in found]

    def make_token(self, asked: MakeToken) -> MadeToken:
        """A token for a program in one of the holder's seats of today, confirmed by the passphrase."""
        session, moment = self._session(asked.token), now()
        if not any((s.role, s.unit) == (asked.role, asked.unit) for s in self._seats(session.account, moment)):
            raise No(403, "no_seat")
        self._confirm(session.account, asked.passphrase, asked.address)
        try:
            token = self.tokens.make(
                session.account, asked.role, asked.unit, asked.name, asked.scopes, asked.days, moment
            )
        except TooManyTokens:
            raise No(422, "many") from None
        self._visited(session.account, asked.address, "token_made", moment)
        return MadeToken(token=token)

    def own_tokens(self, asked: Token) -> list[KeptToken]:
        """The tokens of the holder's programs, the oldest first."""
        found = self.tokens.of(self._session(asked.token).account)
        return [KeptToken(**{name: getattr(each, name) for name in KeptToken.model_fields}) for each in found]

    def end_token(self, asked: EndToken) -> None:
        """Over at once."""
        session = self._session(asked.token)
        if self.tokens.end(session.account, asked.key):
            self._visited(session.account, asked.address, "token_ended", now())

    def state_by_token(self, asked: StateByToken) -> StatedByToken:
        """State that the token's holder acts; never that they confirmed anything. Whether they still sit there today
        is for the room to look at, each time."""
        moment = now()
        held = self.tokens.find(asked.token, moment)
        if held is None or not organisation().in_office(held.holder, office_date(moment)):
            raise No(401, "ended")
        if asked.scope not in held.scopes:
            raise No(403, "scope")
        actor = Actor(id=held.holder, role=held.role, unit=held.unit, address=asked.address or None)
        return StatedByToken(statement=mint(actor, self._key), officer=held.holder, role=held.role, unit=held.unit)

    def give_passphrase(self, asked: GivePassphrase) -> GivenPassphrase:
        """An operator gives a first or new passphrase; every session of that officer ends."""
        moment = now()
        try:
            actor, *_ = verify(asked.statement, Keys(public_key(self._key), ""), moment)
        except Refusal:
            raise No(401, "unauthorised") from None
        if actor.role != "operator":
            raise No(403, "unauthorised")
        officer = self.officers.named(asked.officer, moment)
        if officer is None:
            raise No(404, "unknown_officer")
        told = self.officers.give(officer, None if asked.to_keep else actor.id, moment)
        self.sessions.end_all(officer)
        self.throttle.succeeded(officer, "")
        self._visited(officer, f"given by {actor.id}", "given", moment)
        return GivenPassphrase(officer=officer, passphrase=told)

    def _confirm(self, officer: str, passphrase: str, address: str) -> None:
        self._wait(officer, address)
        if not self.officers.check(officer, passphrase):
            self._visited(officer, address, "not_confirmed", now())
            raise No(422, "unknown")
        self.throttle.succeeded(officer, address)

    def _wait(self, name: str, address: str) -> None:
        try:
            self.throttle.attempt(name, address, now())
        except WaitFirst as wait:
            raise No(429, "wait", seconds=wait.seconds) from None

    def _session(self, token: str) -> Session:
        session = self.sessions.find(token, now())
        if session is None or not organisation().in_office(session.account, office_date(now())):
            raise No(401, "ended")
        return session

    def _inside(self, officer: str, since: datetime, moment: datetime) -> Inside:
        return Inside(
            officer=officer,
            name=organisation().officers[officer].name,
            seats=self._seats(officer, moment),
            since=since,
            must_change=self.officers.must_change(officer),
        )

    @staticmethod
    def _seats(officer: str, moment: datetime) -> list[Seat]:
        office = organisation()
        seats = office.seats_of(officer, office_date(moment))
        return [Seat(role=seat.role, unit=seat.unit, position=office.title(seat)) for seat in seats]

    def _visited(self, officer: str, address: str, outcome: str, moment: datetime) -> None:
        """The record of who came to the gate; a name that nobody has is not kept, it may be a passphrase."""
        self._records.add(
            "visits",
            {"_id": new_id(), "officer": officer, "address": address, "outcome": outcome, "at": moment.isoformat()},
        )


def create_app(settings: GateSettings, records: OwnRecords | None = None) -> FastAPI:
    """The gate, ready to be served; on its own database unless other records are given."""
    records = records or OwnRecords(settings.database_url.get_secret_value(), "gate")
    gate = Gate(records, settings.statement_private_key.get_secret_value())

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        try:
            await run_in_threadpool(records.index, INDEXES)
        except RecordsAway as error:  # whoever signs in is told so; the next start makes them
            log.warning("the gate's records are away", extra={"reason": str(error)})
        yield
        records.close()

    app = FastAPI(lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    ours = [Depends(_from_the_portal(settings.gate_secret.get_secret_value()))]
    for address in (gate.sign_in, gate.inside, gate.statement, gate.change_passphrase, gate.open_sessions):
        app.post(f"/{address.__name__.replace('_', '-')}", dependencies=ours)(address)
    for address in (gate.make_token, gate.own_tokens, gate.state_by_token):
        app.post(f"/{address.__name__.replace('_', '-')}", dependencies=ours)(address)
    app.post("/end-token", dependencies=ours, status_code=204)(gate.end_token)
    app.post("/sign-out", dependencies=ours, status_code=204)(gate.sign_out)
    app.post("/give-passphrase")(gate.give_passphrase)
    app.get("/hidup")(lambda: {"alive": True})
    app.exception_handler(No)(lambda _, no: JSONResponse(no.unfit.model_dump(), no.status))
    app.exception_handler(Crowded)(lambda _, __: JSONResponse({"code": "crowded", "seconds": 5}, 429))
    app.exception_handler(RecordsAway)(_away)
    return app


def now() -> datetime:
    """The moment of asking."""
    return datetime.now(UTC)


def _from_the_portal(secret: str):
    def check(request: Request) -> None:
        brought = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(brought.encode(), secret.encode()):
            log.warning("somebody without the portal's secret asked the gate")
            raise HTTPException(401)

    return check


def _away(_: Request, error: RecordsAway) -> JSONResponse:
    log.warning("the gate's records are away", extra={"reason": str(error)})
    return JSONResponse({"code": "away"}, 503)
