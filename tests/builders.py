"""Records, events and orders for tests of the rooms' rules: actions run on the real Book, over drawers in memory."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from catalogue.licences import licence_type
from catalogue.offering import offering
from catalogue.office import organisation
from contracts import intake
from contracts.base import Command, Event, Message
from contracts.documents import Document
from contracts.people import Actor
from plumbing.documents import data_contract
from plumbing.messaging.book import Book, Shelf
from plumbing.messaging.envelope import Cause, new_id
from plumbing.object_store import AlreadyDifferent, Missing, content_key
from plumbing.papers import leads_here
from services.intake import actions, printing, requests, store
from tests.people import a_pdf
from values.dates import JAKARTA
from values.happening import Happening
from values.refusal import Refusal

NOW = datetime(2016, 11, 30, 9, 0, tzinfo=UTC)
FILE = intake.APPLICATION


def on(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2016, by the clock on the office's wall."""
    return datetime(2016, month, day, hour, minute, tzinfo=JAKARTA)


def officer(id: str) -> Actor:
    who = organisation().officers[id]
    return Actor(id=who.id, role=who.role, unit=who.unit)


def warga(id: str = "warga-1") -> Actor:
    return Actor(id=id, role="applicant")


class Drawers:
    """A room's records in memory, read like the database. What an action stages is kept when it succeeds, as at the
    desk; what it said is in `said`, read back from its envelope."""

    def __init__(self, now: datetime = NOW):
        self.now = now
        self.documents: dict[tuple[str, str], dict] = {}
        self.said: list[Event] = []

    def get(self, collection: str, id: str) -> dict | None:
        return self.documents.get((collection, id))

    def find(self, collection: str, query: dict, limit: int = 0, by: str | None = None) -> list[dict]:
        """As far as the rooms ask: by `_id` in a list or a range, or by one field; of a list it is any."""
        mine = [dict(document) for (name, _), document in self.documents.items() if name == collection]
        found = [document for document in mine if all(_matches(document, *term) for term in query.items())]
        found = sorted(found, key=lambda document: document[by]) if by else found
        return found[:limit] if limit else found

    def ids(self, collection: str, query: dict, by: str = "_id") -> list[str]:
        return [document["_id"] for document in sorted(self.find(collection, query), key=lambda found: found[by])]

    def let(self, act: Callable[[Book], Any], actor: Actor | None = None, times: int = 1) -> Any:
        """Run an action (`times` over, as if by several messages) and keep what it staged; its last answer."""
        answer = None
        for _ in range(times):
            shelf = Shelf(self)
            cause = Cause.first(actor.id if actor else None, actor.role if actor else None, id=new_id())
            book = Book(shelf, cause, self.now, actor)
            answer = act(book)
            book.keep()
            self.documents |= shelf.written
            self.said += [_read_back(envelope) for envelope in shelf.envelopes]
        return answer

    def ask(self, act: Callable[[Book, Command], Any], order: Command, who: Actor | str, times: int = 1) -> Any:
        actor = officer(who) if isinstance(who, str) else who
        return self.let(lambda book: act(book, order), actor, times)

    def hear(self, act: Callable[[Book, Event], Any], event: Event, times: int = 1) -> None:
        self.let(lambda book: act(book, event), times=times)

    def heard(self, kind: type[Event]) -> list[Any]:
        """What was said of one kind, in order."""
        return [event for event in self.said if isinstance(event, kind)]


_OPERATORS = {
    "$in": lambda value, wanted: value in wanted,
    "$lt": lambda value, wanted: value is not None and value < wanted,
    "$lte": lambda value, wanted: value is not None and value <= wanted,
    "$gte": lambda value, wanted: value is not None and value >= wanted,
    "$gt": lambda value, wanted: value is not None and value > wanted,
}


def _matches(document: dict, field: str, wanted: Any) -> bool:
    head, _, rest = field.partition(".")
    value = document.get(head)
    if isinstance(wanted, dict):
        return all(_OPERATORS[operator](value, bound) for operator, bound in wanted.items())
    if rest:
        return any(part.get(rest) == wanted for part in value or [])
    return value == wanted or (isinstance(value, list) and wanted in value)


def _read_back(envelope: dict) -> Event:
    _, room, name, _ = envelope["type"].split(".")
    return Message.registry[f"{room}.{name}"].model_validate(envelope["data"])


def order(kind: type[Command], **fields: Any) -> Any:
    """A command with an id of its own, about the file unless another is named."""
    if "application_id" in kind.model_fields:
        fields = {"application_id": FILE} | fields
    return kind(command_id=new_id(), **fields)


def fact(kind: type[Event], **changes: Any) -> Any:
    """An event as in its example, with changes."""
    return kind.model_validate(kind.example | changes)


def happened(what: str, at: datetime, note: str = "") -> Happening:
    return Happening(what=what, at=at, recorded_at=at, cause=new_id(), note=note)


def refused(code: str, act: Callable[[], Any]) -> Refusal:
    """The refusal with this code, in words a person can use."""
    with pytest.raises(Refusal) as caught:
        act()
    no = caught.value
    assert no.code == code, no
    assert len(no.message) > 10 and no.message[0].isupper() and no.message.rstrip().endswith(".")
    return no


class Cupboard:
    """A store in memory, read and written like the real one; `held` is what rests in it, by name."""

    def __init__(self):
        self.held: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.held[content_key(digest)] = data
        return digest

    def get(self, digest: str) -> bytes:
        return self.proven(content_key(digest))

    def proven(self, name: str) -> bytes:
        if name not in self.held:
            raise Missing(name)
        return self.held[name]

    def get_named(self, name: str) -> bytes:
        return self.proven(name)

    def put_named(self, name: str, data: bytes) -> str:
        if self.held.setdefault(name, data) != data:
            raise AlreadyDifferent(name)
        return hashlib.sha256(data).hexdigest()

    def receive(self, name: str, data: bytes) -> None:
        self.held[name] = data


class Papers:
    """Makes papers without typesetting them: `made` holds the data each kind was last given."""

    public_url = "https://izin.example"

    def __init__(self):
        self.store, self.made = Cupboard(), {}

    def hand_in(self, name: str = "lampiran", **changes: Any) -> dict:
        """A paper an applicant brings, put into the store as an upload does."""
        data = _a_pdf(name)
        sha256 = self.store.put(data)
        return {
            "kind": "attachment",
            "name": name,
            "sha256": sha256,
            "size": len(data),
            "media_type": "application/pdf",
        } | changes

    def file(self, kind: str, template: Path, data: dict, number: str | None) -> Document:
        data_contract.check(template, data)
        self.made[kind] = data
        return self.keep(kind, json.dumps(data, sort_keys=True, default=str).encode(), number)

    def render_signed(self, template: Path, data: dict, **signature: Any) -> bytes:
        data_contract.check(template, data)
        self.made["signature"] = signature
        return json.dumps(data, sort_keys=True, default=str).encode()

    def keep(self, kind: str, data: bytes, number: str | None) -> Document:
        sha256 = self.store.put(data)
        return Document(
            kind=kind, name=kind, sha256=sha256, size=len(data), media_type="application/pdf", number=number
        )

    def photo(self, sha256: str) -> str:
        return base64.b64encode(self.store.get(sha256)).decode()

    def check_address(self, code: str) -> str:
        return f"{self.public_url}/periksa/{code}"

    def tracking_address(self, number: str) -> str:
        return f"{self.public_url}/lacak/{number}"

    @property
    def has_address(self) -> bool:
        return leads_here(self.public_url)


@cache
def _a_pdf(name: str) -> bytes:
    return a_pdf(name)


def submission(
    papers: Papers, code: str, sub_kind: str | None = None, leave_out: tuple[str, ...] = (), **changes
) -> Any:
    """An application with a paper for every requirement of its type, except those left out."""
    kind, about = offering(code), changes.get("transaction")
    asked = kind.transaction(about, sub_kind)
    required = [r.code for r in kind.required(sub_kind=sub_kind, transaction=asked.code)]
    fields = {
        "licence_type": code,
        "sub_kind": sub_kind,
        "channel": "counter",
        "applicant": intake.APPLICANT_EXAMPLE,
        "place": intake.PLACE_EXAMPLE,
        "licence_number": "503/Kep.17-BPPT/VI/2013" if asked.about_a_licence else None,
        "attachments": [{"requirement": r, "document": papers.hand_in(r)} for r in required if r not in leave_out],
        "acted_at": on(3, 1),
    }
    return order(intake.SubmitApplication, **fields | changes)


SIUP = [r.code for r in licence_type("siup").required(sub_kind="kecil")]


class Counter:
    """A SIUP handed in at the counter, some papers of which may be left out, and what is done with it there."""

    def __init__(self, *leave_out: str, drawers: Drawers | None = None, **changes: Any):
        self.drawers, self.papers = drawers or Drawers(), Papers()
        handed_in = submission(self.papers, "siup", "kecil", leave_out, **changes)
        self.order, self.file = handed_in, handed_in.application_id
        self.drawers.ask(actions.submit, handed_in, "counter-2")
        self.drawers.let(printing.inspect_attachments(self.papers, self.drawers.heard(intake.ApplicationSubmitted)[-1]))

    def tick(self, at: datetime | None = None, only: list[str] | None = None, **verdicts: str) -> dict:
        """The counter's check on 1 March at ten: everything (or `only` these) complete but what `verdicts` says."""
        findings = [
            {"requirement": code, "verdict": verdicts.get(code, "complete"), "note": "catatan loket"}
            for code in only or SIUP
        ]
        at = at or on(3, 1, 10)
        checked = order(intake.CheckCompleteness, application_id=self.file, findings=findings, acted_at=at)
        return self.drawers.ask(actions.check_completeness, checked, "counter-2")

    def answer(self, requirement: str, at: datetime | None = None, inspected: bool = True, **document: Any) -> dict:
        """What was asked for is brought on 2 March, and looked at."""
        brought = self.papers.hand_in(f"{requirement} yang diminta") | document
        fields = {"application_id": self.file, "requirement": requirement, "document": brought}
        answered = order(intake.AnswerItem, **fields, acted_at=at or on(3, 2))
        answer = self.drawers.ask(requests.answer, answered, "counter-2")
        if inspected:
            self.drawers.let(printing.inspect_answer(self.papers, self.drawers.heard(intake.ItemAnswered)[-1]))
        return answer

    def withdraw(self, at: datetime | None = None, who: Actor | str = "counter-2") -> dict:
        fields = {"application_id": self.file, "reason": "Rencana dibatalkan", "acted_at": at or on(3, 3)}
        return self.drawers.ask(actions.withdraw, order(intake.WithdrawApplication, **fields), who)

    @property
    def record(self):
        return store.find(self.drawers, self.file)
