"""What an action writes in: documents and facts, staged in memory until the desk commits them together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pymongo import InsertOne, ReplaceOne
from pymongo.client_session import ClientSession
from pymongo.database import Database

from contracts.base import Event
from contracts.people import Actor
from plumbing.messaging.envelope import Cause, wrap
from values.happening import Happening

Document = dict[str, Any]
Place = tuple[str, str]  # collection, _id


class NotYet(Exception):
    """What the event is about has not arrived here yet. It waits and is tried again; it is not a failure."""


class Reader:
    """Documents as they stand in the database, for slow work outside a transaction and for queries."""

    def __init__(self, database: Database, session: ClientSession | None = None):
        self.database, self.session = database, session

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def get(self, collection: str, id: str) -> Document | None:
        return self.database[collection].find_one({"_id": id}, session=self.session)

    def find(self, collection: str, query: Document, limit: int = 0, by: str | None = None) -> list[Document]:
        """Everything that matches, or the first `limit` of it, in the order of the field `by` when one is named."""
        sort = [(by, 1)] if by else None
        return list(self.database[collection].find(query, session=self.session, limit=limit, sort=sort))

    def ids(self, collection: str, query: Document, by: str = "_id") -> list[str]:
        """The `_id` of everything that matches, in the order of a field."""
        return [
            d["_id"] for d in self.database[collection].find(query, {"_id": 1}, sort=[(by, 1)], session=self.session)
        ]


@dataclass
class Shelf:
    """What one batch has read and staged. Each document is read once; a later work sees what an earlier one wrote."""

    reader: Reader
    read: dict[Place, Document | None] = field(default_factory=dict)
    written: dict[Place, Document] = field(default_factory=dict)
    envelopes: list[Document] = field(default_factory=list)
    handled: list[Document] = field(default_factory=list)
    settled_troubles: list[str] = field(default_factory=list)

    def write_of(self, place: Place) -> InsertOne | ReplaceOne:
        """How a staged document is written: what was there when it was read is replaced, what was not is inserted."""
        document = self.written[place]
        return ReplaceOne({"_id": place[1]}, document) if self.read.get(place) else InsertOne(document)

    def prefetch(self, collection: str, ids: Iterable[str]) -> None:
        wanted = [id for id in dict.fromkeys(ids) if (collection, id) not in self.read]
        if not wanted:
            return
        self.read |= {(collection, id): None for id in wanted}
        self.read |= {(collection, d["_id"]): d for d in self.reader.find(collection, {"_id": {"$in": wanted}})}


class Book:
    """One work's view of its room's records.

    `get` and `put` go by `_id` only, so that everything staged in the batch is seen; records that are looked for by
    another number (resi, payment code) keep a small document under that number. Documents that were read belong to the
    batch: make a model of them, do not change them in place. Nothing is written until the desk commits.
    """

    def __init__(self, shelf: Shelf, cause: Cause, now: datetime, actor: Actor | None = None):
        self._shelf, self.cause, self.now, self.actor = shelf, cause, now, actor
        self._written: dict[Place, Document] = {}
        self._envelopes: list[Document] = []

    def get(self, collection: str, id: str) -> Document | None:
        place = (collection, id)
        for staged in (self._written, self._shelf.written):
            if place in staged:
                return staged[place]
        if place not in self._shelf.read:
            self._shelf.read[place] = self._shelf.reader.get(collection, id)
        return self._shelf.read[place]

    def fetch(self, collection: str, ids: Iterable[str]) -> None:
        """Read several at once, for `get`s that follow: one question to the database instead of one each."""
        self._shelf.prefetch(collection, ids)

    def put(self, collection: str, document: Document) -> None:
        self._written[(collection, document["_id"])] = document

    def say(self, event: Event) -> str:
        """State a fact; it is published after, and only after, everything staged here is committed."""
        envelope = wrap(event, self.cause, self.now)
        self._envelopes.append(envelope)
        return envelope["id"]

    def happening(
        self,
        what: str,
        at: datetime | None = None,
        note: str = "",
        *,
        step: str | None = None,
        outcome: str | None = None,
    ) -> Happening:
        """An entry for the record's history: this work, by whoever acts in it; with a step and its outcome, a move."""
        return Happening(
            what=what,
            at=at or self.now,
            recorded_at=self.now,
            cause=self.cause.id,
            actor=self.cause.actor_id,
            role=self.cause.actor_role,
            address=self.actor.address if self.actor else None,
            note=note,
            step=step,
            outcome=outcome,
        )

    def keep(self) -> None:
        """The work is done: what it staged joins the batch. Until then a failure leaves no trace."""
        self._shelf.written |= self._written
        self._shelf.envelopes += self._envelopes


Act = Callable[[Book], Any]
