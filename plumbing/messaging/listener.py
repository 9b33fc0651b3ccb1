"""The desk's side of a room: takes what waits, lets it take effect once, answers, and never loses a failure."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from pymongo.errors import ConnectionFailure, PyMongoError

from contracts.base import Command, Event, Message, Query
from contracts.people import Actor
from plumbing.messaging import afterwards
from plumbing.messaging.book import Reader
from plumbing.messaging.desk import DatabaseAway, Desk, Outcome, Work, failed
from plumbing.messaging.envelope import Undecodable, acted_by
from plumbing.messaging.inlet import PAUSES, Inlet
from plumbing.messaging.item import Door, Item
from plumbing.messaging.publisher import BrokerAway, Publisher
from values.refusal import Refusal

log = logging.getLogger(__name__)

# At most so many messages share a transaction: while the database is fast, while it is slow, and while it is slow and
# somebody sits before a page. Slow is one that lasts longer than is meant, in seconds. Short ones cost throughput.
BATCH, FEWEST, FEWEST_FOR_PEOPLE = 200, 20, 4
PATIENCE, PATIENCE_OF_PEOPLE = 0.3, 0.06
REMEMBERED = 5.0  # seconds after a person asked by way of a page, in which more are expected
TRIED_ALONE = 3  # deliveries after which a message no longer shares its batch: it may be what kills us
SLOTS, QUERY_SLOTS = 8, 4  # how many slow works and questions run beside each other

Authorise = Callable[[str | None, Door, datetime, Message], Actor]


class Listener:
    """All of a room's doors, and the one desk behind them."""

    def __init__(
        self,
        broker_url: str,
        room: str,
        doors: dict[str, list[Door]],
        desk: Desk,
        authorise: Authorise,
        on_ready: Callable[[], None] = lambda: None,
        presence: dict[str, str] | None = None,
    ):
        self.room, self.desk, self.authorise = room, desk, authorise
        self.reader = Reader(desk.database)
        self.answers = Publisher(broker_url)
        self.inlet = Inlet(broker_url, room, doors, self._take, self._forget, on_ready, presence)
        self._commands = {door.kind.cloud_type(): door for door in doors["commands"]}
        self._waiting: list[Item] = []
        self._news = threading.Condition()
        self._batch = BATCH
        self._someone_waits = float("-inf")  # when a person last asked by way of a page
        self._asked: queue.Queue[Item | None] = queue.Queue()
        self._slow: queue.Queue[Item | None] = queue.Queue()
        self._questions: queue.Queue[Item | None] = queue.Queue()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to consume; the threads end with `stop`."""
        jobs = [("desk", self._work), ("door", lambda: self._serve(self._asked, self._let_in))]
        jobs += [(f"slow-{n}", lambda: self._serve(self._slow, self._prepare)) for n in range(SLOTS)]
        jobs += [(f"query-{n}", lambda: self._serve(self._questions, self._ask)) for n in range(QUERY_SLOTS)]
        for name, job in jobs:
            thread = threading.Thread(target=job, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
        self.inlet.start()

    def stop(self, seconds: float) -> None:
        """Finish the work in hand; what is not yet begun goes back to its queue with the connection."""
        self._stopping.set()
        self._asked.put(None)
        for _ in range(SLOTS):
            self._slow.put(None)
        for _ in range(QUERY_SLOTS):
            self._questions.put(None)
        with self._news:
            self._news.notify_all()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.05, deadline - time.monotonic()))
        self.inlet.stop(max(0.6, deadline - time.monotonic()))
        self.answers.stop()

    # --- what comes in -----------------------------------------------------------------------------------------------

    def _take(self, item: Item) -> None:
        """What people ask is opened at once, beside the desk: a question is not to wait for a transaction."""
        if item.asked:
            self._asked.put(item)
        else:
            self._to_the_desk(item)

    def _let_in(self, item: Item) -> None:
        if self._open(item):
            self._to_the_desk(item)

    def _to_the_desk(self, item: Item) -> None:
        with self._news:
            self._waiting.append(item)
            self._news.notify()

    def _forget(self) -> None:
        """The connection is gone: what was not begun comes again; what is ready to be finished is finished."""
        with self._news:
            self._waiting = [item for item in self._waiting if item.finish]

    def _work(self) -> None:
        while not self._stopping.is_set():
            with self._news:
                if not self._waiting:
                    self._news.wait(1.0)
                batch = self._gather()
            if batch:
                try:
                    self._handle(batch)
                except Exception:  # our bug: said loudly, and the messages come again, at last each alone
                    log.exception("the desk stumbled over a batch", extra={"room": self.room, "messages": len(batch)})
                    self.inlet.hang_up()

    def _gather(self) -> list[Item]:
        """What waits, up to a batch, what people ask first; a message that may have killed a process before is taken
        alone."""
        suspect = next((item for item in self._waiting if item.deliveries >= TRIED_ALONE and not item.finish), None)
        in_order = sorted(self._waiting, key=lambda item: not item.asked)
        batch = [suspect] if suspect else in_order[: self._batch]
        taken = set(map(id, batch))
        self._waiting = [item for item in self._waiting if id(item) not in taken]
        return batch

    # --- at the desk -------------------------------------------------------------------------------------------------

    def _handle(self, batch: list[Item]) -> None:
        ready = [item for item in batch if item.finish or item.message or self._open(item)]
        if not ready:
            return
        works = [self._as_work(item) for item in ready]
        failures, began = 0, time.monotonic()
        while True:
            try:
                outcomes = self.desk.settle(works)
                break
            except (DatabaseAway, PyMongoError) as error:
                if self._stops_waiting(error, len(works), failures):
                    return
                failures += 1
        self._keep_pace(time.monotonic() - began, len(works))
        self._after(list(zip(ready, outcomes, strict=True)))

    def _keep_pace(self, seconds: float, works: int) -> None:
        """On a busy machine batches become smaller, until nobody waits longer than is meant; on a free one larger. What
        is meant is short while somebody sits before a page; otherwise files finish sooner in long transactions."""
        someone_waits = time.monotonic() - self._someone_waits < REMEMBERED
        patience, fewest = (PATIENCE_OF_PEOPLE, FEWEST_FOR_PEOPLE) if someone_waits else (PATIENCE, FEWEST)
        if seconds > patience:
            self._batch = max(fewest, min(self._batch, works) // 2)
        elif seconds < patience / 2:
            self._batch = min(BATCH, 2 * self._batch)

    def _stops_waiting(self, error: Exception, works: int, failures: int) -> bool:
        """The database is away: wait a while before the next try. True when the room is being stopped meanwhile."""
        log.warning("the database is away: %s", error, extra={"room": self.room, "works": works})
        return self._stopping.wait(PAUSES[min(failures, 3)])

    def _open(self, item: Item) -> bool:
        """Decode and authorise. True when the item is ready for the desk; otherwise it was sent where it belongs."""
        try:
            item.decode(self._commands, self.room)
            if item.expired():
                self.inlet.ack([item])
                return False
            if not isinstance(item.message, Event):
                item.actor = self.authorise(item.headers.get("statement"), item.door, self.desk.clock(), item.message)
                item.cause = acted_by(item.cause, item.actor.id, item.actor.role)
                if item.actor.address:  # the portal states from where somebody asks
                    self._someone_waits = time.monotonic()
        except (Undecodable, Refusal) as error:
            self._after([(item, Outcome("refused", error=error))])
            return False
        except Exception as error:  # whatever else a message can be made of must not stop the room
            self._after([(item, replace(failed(error), verdict="refused"))])
            return False
        if isinstance(item.message, Query):
            self._questions.put(item)
            return False
        if item.door.slow:
            self._slow.put(item)
            return False
        return True

    def _as_work(self, item: Item) -> Work:
        message, door = item.message, item.door
        act = item.finish or (lambda book: door.act(book, message))
        return Work(
            item.key,
            item.application,
            act,
            item.cause,
            item.actor,
            keeps_answer=isinstance(message, Command),
            clears_trouble=item.attempts > 0,
            may_be_known=item.may_be_known,
        )

    def _after(self, settled: list[tuple[Item, Outcome]]) -> None:
        """Answer, acknowledge, send on. What cannot be sent on is not acknowledged and comes again."""
        answers, letters, notes = [], [], []
        for item, outcome in settled:
            answer, letter, note = afterwards.decide(item, outcome, self.room)
            answers += answer
            letters += letter
            notes += note
            afterwards.record(item, outcome, self.room)
        try:
            if letters:
                self.answers.publish(letters)
            if answers:
                self.answers.post(answers)
        except BrokerAway as error:
            log.warning("answers wait for the broker: %s", error, extra={"room": self.room})
            if letters:
                self.inlet.hang_up()
                return
        afterwards.note(self.desk.database, notes)
        self.inlet.ack([item for item, _ in settled])

    # --- slow work and questions -------------------------------------------------------------------------------------

    def _serve(self, items: queue.Queue, job: Callable[[Item], None]) -> None:
        while (item := items.get()) is not None:
            if not self._stopping.is_set() and item.generation == self.inlet.generation:
                job(item)

    def _prepare(self, item: Item) -> None:
        failures = 0
        while True:
            try:
                known = item.may_be_known and self.reader.get("handled", item.key)
                item.finish = (lambda book: None) if known else item.door.act(self.reader, item.message)
            except Refusal as refusal:
                return self._after([(item, Outcome("refused", error=refusal))])
            except ConnectionFailure as error:
                if self._stops_waiting(error, 1, failures):
                    return None
                failures += 1
            except Exception as error:  # everything else goes the way of failures: retried, then parked
                return self._after([(item, afterwards.early_or_failed(error))])
            else:
                return self._to_the_desk(item)

    def _ask(self, item: Item) -> None:
        try:
            outcome = Outcome("done", item.door.act(self.reader, item.message, item.actor))
        except Refusal as refusal:
            outcome = Outcome("refused", error=refusal)
        except Exception as error:  # the asker is told, the log has the traceback
            outcome = failed(error)
        self._after([(item, outcome)])
