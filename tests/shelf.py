"""The portal with its records in memory, for tests of its pages that need no database."""

import base64
import hashlib
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from functools import reduce
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import urllib3
import uvicorn

from catalogue.office import organisation
from contracts import intake
from contracts.gate import GivePassphrase
from contracts.noticeboard import Notice
from contracts.people import Actor
from deploy.stack.keys import signing_certificate
from gate import app as gate
from plumbing.messaging.calls import Away
from plumbing.settings import GateSettings, PortalSettings
from plumbing.sign_in.passwords import Passwords
from plumbing.sign_in.sessions import Sessions
from plumbing.sign_in.throttle import Throttle
from plumbing.statement import Keys, mint, public_key, verify
from portal.accounts import Accounts
from portal.app import create_app
from portal.audit import Audit
from portal.board import Board
from portal.drafts import Drafts
from portal.entrance import Entrance
from portal.face import Face
from portal.pieces import Pieces
from portal.recovery import Recovery
from portal.uploads import Uploads
from portal.visit_notes import VisitNotes
from services.intake import actions, requests, steps
from services.noticeboard.model import desks
from tests.builders import NOW, Drawers

ACTIONS = {
    intake.SubmitApplication: actions.submit,
    intake.AnswerItem: requests.answer,
    intake.CheckCompleteness: actions.check_completeness,
    intake.WithdrawApplication: actions.withdraw,
    intake.TakeStep: steps.take,
}
ADDRESS = "http://127.0.0.1"
SECRET = "between portal and gate"
OPERATOR = Actor(id="operator-1", role="operator")
KEY = base64.b64encode(bytes(range(32))).decode()


class Shelf:
    """Records as `plumbing.database.OwnRecords` keeps them, as far as the portal asks for them."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, dict]] = {}

    def find(self, collection: str, query: dict[str, Any], limit: int = 0, by: str | None = None) -> list[dict]:
        found = [deepcopy(d) for d in self.kept.get(collection, {}).values() if _fits(d, query)]
        if by:
            path = by.removeprefix("-").split(".")
            found.sort(key=lambda d: reduce(lambda at, name: (at or {}).get(name), path, d) or "", reverse=by[0] == "-")
        return found[:limit] if limit else found

    def add(self, collection: str, document: dict[str, Any]) -> bool:
        return self.kept.setdefault(collection, {}).setdefault(document["_id"], deepcopy(document)) == document

    def change(self, collection: str, query: dict[str, Any], fields: dict[str, Any]) -> bool:
        found = next((d for d in self.kept.get(collection, {}).values() if _fits(d, query)), None)
        for path, value in fields.items() if found is not None else ():
            place, *rest = path.split(".", 1)
            if rest:
                found[place] = found[place] | {rest[0]: deepcopy(value)}
            else:
                found[place] = deepcopy(value)
        return found is not None

    def index(self, fields: dict[str, list[str]]) -> None:
        """Nothing here is so large that it needs one."""

    def close(self) -> None:
        """There is no connection."""

    def remove(self, collection: str, query: dict[str, Any]) -> int:
        gone = [d["_id"] for d in self.kept.get(collection, {}).values() if _fits(d, query)]
        for key in gone:
            del self.kept[collection][key]
        return len(gone)


def is_only_asked(path: str) -> bool:
    """Forms that change nothing, whose answer is the page itself: a paper to be checked, a statement to be looked at;
    and what htmx sends in the background."""
    return path in ("/periksa", "/petugas/rekening/periksa") or path.endswith("/catat")


class Browser:
    """Someone at the portal, without a script: follows no redirect by itself, keeps cookies."""

    def __init__(self, home: str):
        self.home, self.cookies, self._pool = home, {}, urllib3.PoolManager(retries=False, timeout=20)
        self.text, self.status, self.to, self.passphrase, self.asked = "", 0, "", "", ""

    def get(self, path: str) -> "Browser":
        return self._ask("GET", path)

    def post(self, path: str, mark: str | None = None, origin: str | None = None, **fields: str) -> "Browser":
        """Send a form with the mark of the page last seen, unless another is given."""
        found = re.search(r'name="tanda" value="([0-9a-f]+)"', self.text)
        body = urlencode({"tanda": mark if mark is not None else found.group(1) if found else ""} | fields)
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin or self.home}
        return self._ask("POST", path, body=body, headers=kind)

    def hand_in(self, path: str, data: bytes, **fields: str) -> "Browser":
        """Send a form with a file."""
        found = re.search(r'name="tanda" value="([0-9a-f]+)"', self.text)
        sent = {"tanda": found.group(1) if found else "", **fields, "berkas": ("berkas.pdf", data)}
        return self._ask("POST", path, headers={"Origin": self.home}, fields=sent)

    def _ask(self, method: str, path: str, headers: dict | None = None, **more) -> "Browser":
        self.asked = path
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        answer = self._pool.request(method, self.home + path, redirect=False, headers=sent | (headers or {}), **more)
        for line in answer.headers.getlist("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        self.status, self.to = answer.status, answer.headers.get("location", "")
        self.text = answer.data.decode() or self.text
        assert method != "POST" or answer.status != 200 or is_only_asked(path), f"{path} is sent again by reloading"
        if self.to.startswith("/hasil/"):  # the answer to the form itself
            return self._ask("GET", self.to)
        return self


class IntakeByHand:
    """The line to intake: the room's own actions, over drawers in memory; what it tells goes on the board.
    `away`: it does what it is asked, and the answer is lost."""

    def __init__(self, shelf: Shelf):
        self.shelf, self.drawers, self.asked, self.away = shelf, Drawers(), [], False
        self._answers: dict[str, Any] = {}

    def ask(self, account: str, message: Any, seconds: float = 1.0, address: str | None = None) -> Any:
        return self._answer(Actor(id=account, role="applicant", address=address), message)

    def ask_with(self, statement: str, message: Any, seconds: float = 1.0) -> Any:
        return self._answer(verify(statement, Keys(public_key(KEY), public_key(KEY)), datetime.now(UTC)).actor, message)

    def as_officer(self, officer: str, message: Any) -> Any:
        """The answer to that officer in their own seat."""
        own = organisation().officers[officer]
        return self._answer(Actor(id=officer, role=own.role, unit=own.unit), message)

    def _answer(self, actor: Actor, message: Any) -> Any:
        self.asked.append(message)
        if message.room != "intake":
            raise Away("only intake answers here")
        if isinstance(message, intake.FindApplication):
            answer = actions.find(self.drawers, message, actor)
        elif message.command_id in self._answers:
            answer = self._answers[message.command_id]
        else:
            answer = self._answers[message.command_id] = self.drawers.ask(ACTIONS[type(message)], message, actor)
        self.tell()
        if self.away:
            raise Away("no answer in time")
        return answer

    def tell(self) -> None:
        for moved in self.drawers.heard(intake.ApplicationMoved):
            id = moved.application_id
            seen = {"account": moved.account, "resi": moved.resi, "desks": desks(moved)}
            notice = Notice(id=id, told_at=NOW, handle=f"P-{id[-12:]}".upper(), moved=moved, **seen)
            fields = notice.model_dump(mode="json", exclude={"id"})
            self.shelf.kept.setdefault("notices", {})[id] = {"_id": id, **fields}

    def close(self) -> None:
        """There is no line."""


class StoreInMemory:
    """Content by its hash."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        return digest

    def get(self, digest: str) -> bytes:
        return self.kept[digest]


class LettersHeld(Recovery):
    """Keeps its letters instead of sending them."""

    def __init__(self, *given: Any):
        super().__init__(*given)
        self.letters: list[tuple[str, str, str]] = []

    def post(self, address: str, subject: str, text: str) -> None:
        self.letters.append((address, subject, text))


@contextmanager
def portal_in_memory(folder) -> Iterator[tuple[str, Shelf, Any]]:
    """(address, what it keeps, application) of a portal that answers until the end."""
    with socket.socket() as door, gate_in_memory() as (gate_url, gate_shelf):
        door.bind(("127.0.0.1", 0))
        home = f"{ADDRESS}:{door.getsockname()[1]}"
        (folder / "authority.pem").write_bytes(signing_certificate()["signing_authority.pem"])
        app = create_app(settings_of(home, folder, gate_url))
        shelf = Shelf()
        app.state.entrance = Entrance(Accounts(shelf, Passwords()), Sessions(shelf), Throttle(shelf), https=False)
        app.state.face = Face(Board(shelf), home)
        app.state.rooms = IntakeByHand(shelf)
        app.state.gates_shelf = gate_shelf
        app.state.recovery = LettersHeld(shelf, None)
        app.state.drafts = Drafts(shelf)
        app.state.visit_notes = VisitNotes(shelf)
        app.state.pieces = Pieces(shelf)
        app.state.audit = Audit(shelf)
        app.state.uploads = Uploads(StoreInMemory(), app.state.renderer)
        with served(app, door):
            yield home, shelf, app


@contextmanager
def gate_in_memory() -> Iterator[tuple[str, Shelf]]:
    """(address, what it keeps) of a gate that answers until the end; it states with KEY, the portal brings SECRET."""
    settings = GateSettings(
        database_url="mongodb://127.0.0.1:1/", statement_private_key=KEY, gate_secret=SECRET, gate_port=1
    )
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        shelf = Shelf()
        with served(gate.create_app(settings, shelf), door):
            yield f"{ADDRESS}:{door.getsockname()[1]}", shelf


@contextmanager
def served(app: Any, door: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, args=([door],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def officer_inside(home: str, app: Any, officer: str, to_keep: bool = True) -> "Browser":
    """A browser in which that officer has signed in; its `passphrase` is theirs, or a first one to be changed."""
    asked = GivePassphrase(statement=mint(OPERATOR, KEY), officer=officer, to_keep=to_keep)
    gate_url = app.state.gate._url
    given = urllib3.request("POST", f"{gate_url}/give-passphrase", json=asked.model_dump(), retries=False)
    me = Browser(home)
    me.passphrase = json.loads(given.data)["passphrase"]
    me.get("/petugas/masuk").post("/petugas/masuk", nama=officer, sandi=me.passphrase)
    assert (me.status, me.to) == (303, "/petugas" if to_keep else "/petugas/akun"), (me.status, me.text)
    return me


def settings_of(home: str, folder, gate: str = "http://127.0.0.1:9") -> PortalSettings:
    return PortalSettings(
        public_url=home,
        database_url="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1",
        portal_port=1,
        broker_url="amqp://office:none@127.0.0.1:1/ptsp",
        statement_private_key=KEY,
        gate_url=gate,
        gate_secret=SECRET,
        storage_key=KEY,
        primary_url="http://127.0.0.1:1",
        primary_access_key="portal",
        primary_secret_key="none",
        primary_bucket="documents",
        smtp_host="127.0.0.1",
        smtp_port=1,
        mail_from="ptsp@kota.example",
        signing_authority=folder / "authority.pem",
        questions_per_minute=0,
    )


def _fits(document: dict, query: dict) -> bool:
    for name, wanted in query.items():
        value = document.get(name)
        if isinstance(wanted, dict) and set(wanted) == {"$in"}:  # as the database: any of a list's, or the value itself
            if not set(value if isinstance(value, list) else [value]) & set(wanted["$in"]):
                return False
        elif isinstance(wanted, dict) and set(wanted) <= {"$lt", "$gte", "$ne"}:
            if "$lt" in wanted and not (value is not None and value < wanted["$lt"]):
                return False
            if "$gte" in wanted and not (value is not None and value >= wanted["$gte"]):
                return False
            if "$ne" in wanted and value == wanted["$ne"]:
                return False
        elif value != wanted:
            return False
    return True
