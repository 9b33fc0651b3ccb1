"""One transaction for a batch: state, facts and the memory of what was handled are one write.

The desk takes works (events and commands) in batches. In one transaction it looks up which were handled before, lets
each action stage its changes, and writes them all. A work that fails drops only what it
staged itself: one bad message never spoils its batch. Measured in `docs/decisions/0003-one-transaction-per-batch.md`.
"""

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from bson import Binary
from pymongo import DeleteOne, InsertOne, MongoClient, ReplaceOne
from pymongo.client_session import ClientSession
from pymongo.errors import (
    BulkWriteError,
    ClientBulkWriteException,
    DuplicateKeyError,
    OperationFailure,
    PyMongoError,
)

from contracts.people import Actor
from plumbing.messaging.book import Act, Book, NotYet, Reader, Shelf
from plumbing.messaging.envelope import Cause, new_id
from values.refusal import Refusal

SERVICE_COLLECTIONS = ("handled", "journal", "outbox", "desks", "troubles", "tallies", "signs")
TRANSIENT = "TransientTransactionError"
UNKNOWN_COMMIT = "UnknownTransactionCommitResult"
ATTEMPTS = 5
IN_ONE_COMMAND = 16  # writes
DUPLICATE = 11000


class DatabaseAway(Exception):
    """The database cannot be reached or does not answer as primary. The work waits; nothing was written."""


@dataclass(frozen=True, slots=True)
class Work:
    """One message to take effect once. `key` is what is remembered: `on_skrd_paid:<event id>`.

    `may_be_known` is false for what comes for the first time as far as anyone can tell: then its memory is not looked
    up before, and if it was done all the same the write itself finds out. `remembered` is false for what a watch
    finds: its own record shows whether it was done, the same key may come again, and no memory of it is kept.
    """

    key: str
    subject: str
    act: Act
    cause: Cause
    actor: Actor | None = None
    keeps_answer: bool = False
    clears_trouble: bool = False
    may_be_known: bool = True
    remembered: bool = True


Verdict = Literal["done", "duplicate", "refused", "not_yet", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    verdict: Verdict
    answer: Any = None
    error: Exception | None = None
    traceback: str = ""
    seconds: float = 0.0
    said: int = 0


class Desk:
    """The only writer of a room's process. `published` is called with each committed outbox document."""

    def __init__(
        self,
        client: MongoClient,
        database: str,
        instance: str = "1",
        records: str | None = None,
        on_commit: Callable[[str, list[dict]], None] = lambda outbox_id, envelopes: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self.client, self.database = client, client[database]
        self.instance, self.records, self.on_commit, self.clock = instance, records, on_commit, clock
        self._session = None
        self._one_at_a_time = threading.Lock()

    def settle(self, works: Sequence[Work]) -> list[Outcome]:
        """Let each work take effect exactly once; an outcome per work, in order. `DatabaseAway` leaves all undone."""
        try:
            with self._one_at_a_time:
                return self._settle_together(works)
        except DatabaseAway:
            raise
        except Exception as error:  # the writes themselves: whose fault it is shows when each is tried alone
            with self._one_at_a_time:
                self._abandon()
            if len(works) == 1:
                return [failed(error)]
        return [outcome for work in works for outcome in self.settle([work])]

    def _settle_together(self, works: Sequence[Work]) -> list[Outcome]:
        look_up = any(work.may_be_known for work in works)
        for attempt in range(ATTEMPTS):
            try:
                outcomes, shelf = self._stage(works, look_up)
                if not look_up and any(outcome.verdict != "done" for outcome in outcomes):
                    self._session.abort_transaction()  # was it done before? then this is no failure
                    look_up = True
                    continue
                outbox_id = self._write(shelf, look_up)
                self._commit()
                if shelf.envelopes:
                    self.on_commit(outbox_id, shelf.envelopes)
                return outcomes
            except PyMongoError as error:
                self._abandon()
                look_up, raced, cause = True, _is_duplicate(error), _cause(error)
                if not raced and not cause.has_error_label(TRANSIENT) and isinstance(cause, OperationFailure):
                    raise
                if attempt == ATTEMPTS - 1:
                    if raced:
                        raise
                    raise DatabaseAway(str(error)) from error
                time.sleep(0.02 * 2**attempt)
        raise DatabaseAway("the works could not be settled")

    def _stage(self, works: Sequence[Work], look_up: bool) -> tuple[list[Outcome], Shelf]:
        """Run the actions in a new transaction. Without looking up, a work done before shows as a duplicate key."""
        session = self._open_session()
        session.start_transaction()
        shelf, now = Shelf(Reader(self.database, session)), self.clock()
        known: dict[str, Any] = {}
        if look_up:
            keys = {"_id": {"$in": list({work.key for work in works if work.remembered})}}
            known = {d["_id"]: d.get("answer") for d in self.database.handled.find(keys, session=session)}
        if self.records:
            shelf.prefetch(self.records, (work.subject for work in works if work.key not in known))
        outcomes = []
        for work in works:
            if work.key in known:
                outcomes.append(Outcome("duplicate", known[work.key]))
                continue
            outcome = self._run(work, shelf, now)
            outcomes.append(outcome)
            if outcome.verdict == "done" and work.clears_trouble:
                shelf.settled_troubles.append(work.key)
            if outcome.verdict == "done" and work.remembered:
                known[work.key] = outcome.answer
                memory = {"_id": work.key, "at": now, "subject": work.subject}
                shelf.handled.append(memory | ({"answer": outcome.answer} if work.keeps_answer else {}))
        return outcomes, shelf

    def _run(self, work: Work, shelf: Shelf, now: datetime) -> Outcome:
        began = time.perf_counter()
        book = Book(shelf, work.cause, now, work.actor)
        try:
            answer = work.act(book)
        except Refusal as refusal:
            return Outcome("refused", error=refusal, seconds=time.perf_counter() - began)
        except NotYet as early:
            return Outcome("not_yet", error=early, seconds=time.perf_counter() - began)
        except PyMongoError:
            raise
        except Exception as error:
            return failed(error, time.perf_counter() - began)
        book.keep()
        return Outcome("done", answer, seconds=time.perf_counter() - began, said=len(book._envelopes))

    def _write(self, shelf: Shelf, look_up: bool) -> str:
        """Everything of the batch: documents, memory, facts (each in the journal for good), and one outbox document.

        What was written without being read is new, as far as anyone can tell; if it was there all the same, the
        insert says so and the batch is done again with looking.
        """
        places: dict[str, list[str]] = {}
        for collection, id in shelf.written:
            places.setdefault(collection, []).append(id)
        for collection, ids in places.items() if look_up else ():
            shelf.prefetch(collection, ids)
        writes = [(place[0], shelf.write_of(place)) for place in shelf.written]
        writes += [("handled", InsertOne(memory)) for memory in shelf.handled]
        writes += [("troubles", DeleteOne({"_id": key})) for key in shelf.settled_troubles]
        outbox_id, ids = new_id(), [envelope["id"] for envelope in shelf.envelopes]
        if ids:
            facts = ({"_id": e["id"], "subject": e["subject"], "envelope": e} for e in shelf.envelopes)
            writes += [("journal", InsertOne(fact)) for fact in facts]
            writes += [("outbox", InsertOne({"_id": outbox_id, "events": ids}))]
        if writes:
            self._send(writes, shelf.reader.session)
        return outbox_id

    def _send(self, writes: list[tuple[str, Any]], session: ClientSession) -> None:
        """A small batch in one command, a large one in one per collection: whichever is faster (decision 0003)."""
        if len(writes) <= IN_ONE_COMMAND:
            name = self.database.name
            models = [copy_with_namespace(write, f"{name}.{collection}") for collection, write in writes]
            self.client.bulk_write(models, ordered=False, session=session)
            return
        by_collection: dict[str, list] = {}
        for collection, write in writes:
            by_collection.setdefault(collection, []).append(write)
        for collection, operations in by_collection.items():
            self.database[collection].bulk_write(operations, ordered=False, session=session)

    def _commit(self) -> None:
        """Commit; when the answer is lost, ask again. After that it is unknown, and the memory of works tells."""
        for _ in range(ATTEMPTS - 1):
            try:
                self._session.commit_transaction()
            except PyMongoError as error:
                if not error.has_error_label(UNKNOWN_COMMIT):
                    raise
                time.sleep(0.05)
            else:
                return
        self._session.commit_transaction()

    def _open_session(self):
        """One session, used again and again; its id is on record so that a successor can end what a crash left open."""
        if self._session is None:
            before = self.database.desks.find_one({"_id": self.instance})
            if before:
                self.client.admin.command("killSessions", [{"id": Binary(before["session"], 4)}])
            session = self.client.start_session(causal_consistency=False)
            self.database.desks.replace_one(
                {"_id": self.instance}, {"session": bytes(session.session_id["id"])}, upsert=True
            )
            self._session = session
        return self._session

    def _abandon(self) -> None:
        """After a failure: abort, and let the next attempt begin with a new session (which ends this one)."""
        session, self._session = self._session, None
        if session is not None:
            session.end_session()  # aborts an open transaction; an error in the abort is ignored by the driver


def failed(error: Exception, seconds: float = 0.0) -> Outcome:
    text = "".join(traceback.format_exception(error))
    return Outcome("failed", error=error, traceback=text[-8000:], seconds=seconds)


def copy_with_namespace(write: Any, namespace: str) -> Any:
    """The same write as a model for `MongoClient.bulk_write`, which spans collections (MongoDB 8)."""
    if isinstance(write, InsertOne):
        return InsertOne(write._doc, namespace=namespace)
    if isinstance(write, ReplaceOne):
        return ReplaceOne(write._filter, write._doc, namespace=namespace)
    return DeleteOne(write._filter, namespace=namespace)


def _cause(error: PyMongoError) -> PyMongoError:
    """What went wrong inside a write that spans collections: the driver wraps it, labels and all."""
    inner = error.error if isinstance(error, ClientBulkWriteException) else None
    return inner if isinstance(inner, PyMongoError) else error


def _is_duplicate(error: PyMongoError) -> bool:
    if isinstance(error, ClientBulkWriteException):
        return any(e.get("code") == DUPLICATE for e in error.write_errors)
    if isinstance(error, BulkWriteError):
        return any(e.get("code") == DUPLICATE for e in error.details.get("writeErrors", []))
    return isinstance(error, DuplicateKeyError)
