"""From the outbox to the broker: at least once, in order, also after any crash."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

import orjson
from pymongo.database import Database
from pymongo.errors import PyMongoError

from plumbing.messaging.publisher import BrokerAway, Letter, Publisher

log = logging.getLogger(__name__)

WINDOW = 500  # facts published before their confirms are waited for
CLEAR_AT, CLEAR_SECONDS = 100, 0.5  # how many published outbox documents are cleared at once, or after how long
SWEEP_SECONDS = 5  # how often to look for what a dead process left behind
LEFT_BEHIND = timedelta(seconds=10)  # younger outbox documents are in the hands of the process that wrote them
PAUSES = (0.2, 0.5, 1.0, 2.0)


class Relay:
    """Publishes what the desk committed. Just-committed facts come over in memory, so an idle relay costs nothing."""

    def __init__(self, database: Database, room: str, publisher: Publisher):
        self.database, self.room, self.publisher = database, room, publisher
        self._waiting: list[tuple[str, list[dict]]] = []
        self._published: list[str] = []
        self._cleared_at = self._swept_at = time.monotonic()
        self._news = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def offer(self, outbox_id: str, envelopes: list[dict]) -> None:
        with self._news:
            self._waiting.append((outbox_id, envelopes))
            self._news.notify()

    def stop(self, seconds: float) -> None:
        """Publish what is in hand if the broker is there; what remains stays in the outbox for the next start."""
        with self._news:
            self._stopping = True
            self._news.notify()
        self._thread.join(seconds)
        self.publisher.stop()

    def _run(self) -> None:
        failures = 0
        self._sweep(timedelta(0))
        while True:
            with self._news:
                if not self._waiting and not self._stopping:
                    self._news.wait(CLEAR_SECONDS if self._published else SWEEP_SECONDS)
                batch = self._take()
            try:
                if time.monotonic() - self._swept_at > SWEEP_SECONDS:
                    self._sweep(LEFT_BEHIND)
                if batch:
                    self._publish(batch)
                elif self._published:
                    self._clear()
                elif self._stopping:
                    return
                failures = 0
            except (BrokerAway, PyMongoError) as error:
                failures += 1
                log.warning("relay waits: %s", error, extra={"room": self.room, "waiting": len(batch)})
                with self._news:
                    self._waiting = batch + self._waiting
                    if self._stopping:
                        return
                    self._news.wait(PAUSES[min(failures - 1, 3)])

    def _take(self) -> list[tuple[str, list[dict]]]:
        batch, size = [], 0
        while self._waiting and size < WINDOW:
            batch.append(self._waiting.pop(0))
            size += len(batch[-1][1])
        return batch

    def _publish(self, batch: list[tuple[str, list[dict]]]) -> None:
        self.publisher.publish([letter(envelope) for _, envelopes in batch for envelope in envelopes])
        self._published += [outbox_id for outbox_id, _ in batch]
        if len(self._published) >= CLEAR_AT or time.monotonic() - self._cleared_at > CLEAR_SECONDS:
            self._clear()

    def _clear(self) -> None:
        """Take what was published out of the outbox, many at a time. After a crash some is published once more."""
        if self._published:
            self.database.outbox.delete_many({"_id": {"$in": self._published}})
        self._published, self._cleared_at = [], time.monotonic()

    def _sweep(self, older_than: timedelta) -> None:
        """Take up what a dead process left. Two relays may both publish it; listeners let it take effect once."""
        self._swept_at = time.monotonic()
        try:
            horizon = id_before(datetime.now(UTC) - older_than)
            mine = {outbox_id for outbox_id, _ in self._waiting} | set(self._published)
            left = list(self.database.outbox.find({"_id": {"$lt": horizon}}, limit=WINDOW))
            for document in left:
                if document["_id"] in mine:
                    continue
                facts = {
                    d["_id"]: d["envelope"] for d in self.database.journal.find({"_id": {"$in": document["events"]}})
                }
                self.offer(document["_id"], [facts[id] for id in document["events"]])
                log.info("took up facts left in the outbox", extra={"room": self.room, "facts": len(facts)})
        except PyMongoError as error:
            log.warning("the outbox cannot be read: %s", error, extra={"room": self.room})


def id_before(moment: datetime) -> str:
    """The smallest UUIDv7 that could have been made at `moment`: for ranges over time-ordered ids."""
    milliseconds = max(0, int(moment.timestamp() * 1000))
    text = f"{milliseconds:012x}"
    return f"{text[:8]}-{text[8:]}-7000-8000-000000000000"


def letter(envelope: dict, exchange: str | None = None) -> Letter:
    """A fact as the broker carries it; its name is the routing key."""
    _, room, name, _ = envelope["type"].split(".")
    return Letter(exchange or f"{room}.events", name, orjson.dumps(envelope), message_id=envelope["id"])
