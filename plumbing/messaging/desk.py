"""One transaction for a batch: state, facts and the memory of what was handled are one write.

The desk takes works (events and commands) in batches. In one transaction it looks up which were handled before, lets
each action stage its changes, and writes them with one command per collection. A work that fails drops only what it
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
from pymongo import InsertOne, MongoClient, ReplaceOne
from pymongo.errors import BulkWriteError, DuplicateKeyError, OperationFailure, PyMongoError

from contracts.people import Actor
from plumbing.messaging.book import Act, Book, NotYet, Reader, Shelf
from plumbing.messaging.envelope import Cause, new_id
from values.refusal import Refusal

SERVICE_COLLECTIONS = ("handled", "journal", "outbox", "desks", "troubles", "tallies")
TRANSIENT = "TransientTransactionError"
UNKNOWN_COMMIT = "UnknownTransactionCommitResult"
ATTEMPTS = 5


class DatabaseAway(Exception):
    """The database cannot be reached or does not answer as primary. The work waits; nothing was written."""


@dataclass(frozen=True, slots=True)
class Work:
    """One message to take effect once. `key` is what is remembered: `on_skrd_paid:<event id>` or `command:<id>`."""

    key: str
    subject: str
    act: Act
    cause: Cause
    actor: Actor | None = None
    keeps_answer: bool = False
    clears_trouble: bool = False


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
        except (BulkWriteError, DuplicateKeyError, OperationFailure) as error:
            if len(works) == 1:
                return [failed(error)]
        return [outcome for work in works for outcome in self.settle([work])]

    def _settle_together(self, works: Sequence[Work]) -> list[Outcome]:
        for attempt in range(ATTEMPTS):
            try:
                outcomes, shelf = self._stage_and_write(works)
                outbox_id = self._close(shelf)
                self._commit()
                if shelf.envelopes:
                    self.on_commit(outbox_id, shelf.envelopes)
                return outcomes
            except PyMongoError as error:
                self._abandon()
                raced = isinstance(error, BulkWriteError | DuplicateKeyError) and _is_duplicate(error)
                if not raced and not error.has_error_label(TRANSIENT) and isinstance(error, OperationFailure):
                    raise
                if attempt == ATTEMPTS - 1:
                    if raced:
                        raise
                    raise DatabaseAway(str(error)) from error
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("unreachable")

    def _stage_and_write(self, works: Sequence[Work]) -> tuple[list[Outcome], Shelf]:
        session = self._open_session()
        session.start_transaction()
        shelf = Shelf(Reader(self.database, session))
        keys = list({work.key for work in works})
        known = {d["_id"]: d.get("answer") for d in self.database.handled.find({"_id": {"$in": keys}}, session=session)}
        if self.records:
            shelf.prefetch(self.records, (work.subject for work in works if work.key not in known))
        outcomes, fresh, now = [], [], self.clock()
        for work in works:
            if work.key in known:
                outcomes.append(Outcome("duplicate", known[work.key]))
                continue
            outcome = self._run(work, shelf, now)
            outcomes.append(outcome)
            if outcome.verdict == "done":
                known[work.key] = outcome.answer
                fresh.append(work)
        self._write(shelf, fresh, known, now)
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

    def _write(self, shelf: Shelf, fresh: list[Work], answers: dict[str, Any], now: datetime) -> None:
        session, writes = shelf.reader.session, {}
        places: dict[str, list[str]] = {}
        for collection, id in shelf.written:
            places.setdefault(collection, []).append(id)
        for collection, ids in places.items():
            shelf.prefetch(collection, ids)  # what was written without being read: does it exist?
        for (collection, id), document in shelf.written.items():
            known = shelf.read.get((collection, id)) is not None
            write = ReplaceOne({"_id": id}, document) if known else InsertOne(document)
            writes.setdefault(collection, []).append(write)
        for collection, operations in writes.items():
            self.database[collection].bulk_write(operations, ordered=False, session=session)
        if fresh:
            memory = [
                {"_id": work.key, "at": now, "subject": work.subject}
                | ({"answer": answers[work.key]} if work.keeps_answer else {})
                for work in fresh
            ]
            self.database.handled.insert_many(memory, ordered=False, session=session)
        if cleared := [work.key for work in fresh if work.clears_trouble]:
            self.database.troubles.delete_many({"_id": {"$in": cleared}}, session=session)

    def _close(self, shelf: Shelf) -> str:
        """The facts of the batch: each in the journal for good, all in one outbox document until published."""
        outbox_id = new_id()
        if shelf.envelopes:
            session = shelf.reader.session
            facts = [{"_id": e["id"], "subject": e["subject"], "envelope": e} for e in shelf.envelopes]
            self.database.journal.insert_many(facts, ordered=False, session=session)
            ids = [e["id"] for e in shelf.envelopes]
            self.database.outbox.insert_one({"_id": outbox_id, "events": ids}, session=session)
        return outbox_id

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


def _is_duplicate(error: PyMongoError) -> bool:
    if isinstance(error, BulkWriteError):
        return any(e.get("code") == 11000 for e in error.details.get("writeErrors", []))
    return True
