"""From the broker to the desk: takes what waits, lets it take effect once, answers, and never loses a failure."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import amqp
from kombu import Connection
from pymongo.errors import PyMongoError

from contracts.base import Command, Event, Message, Query
from contracts.people import Actor
from plumbing.messaging import afterwards
from plumbing.messaging.book import Reader
from plumbing.messaging.desk import DatabaseAway, Desk, Outcome, Work, failed
from plumbing.messaging.envelope import Cause, Undecodable, acted_by, cause_of, content, read
from plumbing.messaging.publisher import BROKEN, BrokerAway, Publisher, hang_up
from values.refusal import Refusal

log = logging.getLogger(__name__)

BATCH = 200  # messages in one transaction at most
TRIED_ALONE = 3  # deliveries after which a message no longer shares its batch: it may be what kills us
PREFETCH, PREFETCH_SLOW, PREFETCH_COMMANDS = 200, 16, 100
SLOTS, QUERY_SLOTS = 8, 4  # how many slow works and questions run beside each other
HEARTBEAT = 15
PAUSES = (0.2, 0.5, 1.0, 2.0)


@dataclass(frozen=True)
class Door:
    """One thing a room hears or is asked, and what it does about it.

    `act(book, message)` for events and commands; `act(reader, message, actor)` for queries; a slow door's `act(reader, message)`
    does the slow part outside any transaction and returns the function to run on the book.
    """

    name: str
    kind: type[Message]
    act: Callable[..., Any]
    slow: bool = False
    roles: tuple[str, ...] = ()


@dataclass
class Item:
    """One delivered message on its way through the room."""

    door: Door | None
    queue: str
    raw: amqp.Message
    generation: int
    received: float = field(default_factory=time.perf_counter)
    envelope: dict = field(default_factory=dict)
    message: Message | None = None
    cause: Cause | None = None
    actor: Actor | None = None
    finish: Callable | None = None

    @property
    def headers(self) -> dict:
        return self.raw.headers or {}

    @property
    def attempts(self) -> int:
        return int(self.headers.get("attempts", 0))

    @property
    def deliveries(self) -> int:
        return int(self.headers.get("x-delivery-count", 0) or 0)

    @property
    def subject(self) -> str:
        return str(self.envelope.get("subject", ""))

    @property
    def key(self) -> str:
        if isinstance(self.message, Command):
            return f"{type(self.message).__name__}:{self.actor.id}:{self.message.command_id}"
        return f"{self.door.name}:{self.envelope['id']}"


Authorise = Callable[[str | None, Door, datetime], Actor]


class Listener:
    """All of a room's doors on one connection, and the one desk behind them."""

    def __init__(
        self,
        broker_url: str,
        room: str,
        doors: dict[str, list[Door]],
        desk: Desk,
        authorise: Authorise,
        on_ready: Callable[[], None] = lambda: None,
    ):
        self.broker_url, self.room, self.doors, self.desk = broker_url, room, doors, desk
        self.authorise, self.on_ready = authorise, on_ready
        self.reader = Reader(desk.database)
        self.answers = Publisher(broker_url)
        self._commands = {
            d.kind.cloud_type() if issubclass(d.kind, Event) else _asked(d.kind): d for d in doors["commands"]
        }
        self._connection: Connection | None = None
        self._channels: dict[str, amqp.Channel] = {}
        self._generation = 0
        self._sending = threading.Lock()
        self._waiting: list[Item] = []
        self._news = threading.Condition()
        self._slow: queue.Queue[Item | None] = queue.Queue()
        self._questions: queue.Queue[Item | None] = queue.Queue()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        jobs = [("drain", self._drain), ("desk", self._work)]
        jobs += [(f"slow-{n}", lambda: self._serve(self._slow, self._prepare)) for n in range(SLOTS)]
        jobs += [(f"query-{n}", lambda: self._serve(self._questions, self._ask)) for n in range(QUERY_SLOTS)]
        for name, job in jobs:
            thread = threading.Thread(target=job, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self, seconds: float) -> None:
        """Finish the batch in hand; what is not yet begun goes back to its queue with the connection."""
        self._stopping.set()
        for _ in range(SLOTS):
            self._slow.put(None)
        for _ in range(QUERY_SLOTS):
            self._questions.put(None)
        with self._news:
            self._news.notify_all()
        deadline = time.monotonic() + seconds
        for thread in self._threads[1:]:
            thread.join(max(0.05, deadline - time.monotonic()))
        self._threads[0].join(max(0.05, deadline - time.monotonic()))
        self._disconnect()
        self.answers.close()

    # --- the broker's side -------------------------------------------------------------------------------------------

    def _drain(self) -> None:
        failures = 0
        while not self._stopping.is_set() or any(t.is_alive() for t in self._threads[1:2]):
            try:
                if self._connection is None:
                    if self._stopping.is_set():
                        return
                    self._connect()
                    failures = 0
                self._connection.drain_events(timeout=0.5)
            except TimeoutError:
                pass
            except BROKEN as error:
                if self._stopping.is_set():
                    return
                log.warning("the broker is away: %s", error, extra={"room": self.room})
                self._disconnect()
                self._stopping.wait(PAUSES[min(failures, 3)])
                failures += 1
                continue
            self._beat()

    def _beat(self) -> None:
        connection = self._connection
        try:
            if connection is not None:
                with self._sending:
                    connection.heartbeat_check()
        except BROKEN as error:
            log.warning("the broker is away: %s", error, extra={"room": self.room})
            self._disconnect()

    def _connect(self) -> None:
        connection = Connection(self.broker_url, heartbeat=HEARTBEAT, connect_timeout=3)
        connection.connect()
        self._generation += 1
        generation, self._connection = self._generation, connection
        for queue_name, doors in self.doors.items():
            commands = queue_name == "commands"
            name = f"{self.room}.commands" if commands else queue_name
            if commands and not doors:
                continue
            channel = connection.channel()
            slow = not commands and doors[0].slow
            channel.basic_qos(0, PREFETCH_COMMANDS if commands else PREFETCH_SLOW if slow else PREFETCH, False)
            self._channels[name] = channel
            door = None if commands else doors[0]
            channel.basic_consume(name, callback=self._taker(door, name, generation))
        log.info("listening", extra={"room": self.room, "queues": len(self.doors)})
        self.on_ready()

    def _taker(self, door: Door | None, queue_name: str, generation: int) -> Callable[[amqp.Message], None]:
        def take(raw: amqp.Message) -> None:
            with self._news:
                self._waiting.append(Item(door, queue_name, raw, generation))
                self._news.notify()

        return take

    def _disconnect(self) -> None:
        connection, self._connection, self._channels = self._connection, None, {}
        with self._news:
            self._waiting = [item for item in self._waiting if item.finish]
        if connection is not None:
            hang_up(connection)

    def _ack(self, items: list[Item]) -> None:
        """A lost channel is no harm: the message comes again and is known."""
        try:
            with self._sending:
                for item in items:
                    if item.generation == self._generation and (channel := self._channels.get(item.queue)):
                        channel.basic_ack(item.raw.delivery_tag)
        except BROKEN as error:
            log.warning("acknowledgements were lost with the connection: %s", error, extra={"room": self.room})

    # --- the desk's side ---------------------------------------------------------------------------------------------

    def _work(self) -> None:
        while not self._stopping.is_set():
            with self._news:
                if not self._waiting:
                    self._news.wait(1.0)
                batch = self._gather()
            if batch:
                self._handle(batch)

    def _gather(self) -> list[Item]:
        """What waits, up to a batch; a message that may have killed a process before is taken alone."""
        suspect = next((item for item in self._waiting if item.deliveries >= TRIED_ALONE and not item.finish), None)
        batch = [suspect] if suspect else self._waiting[:BATCH]
        taken = set(map(id, batch))
        self._waiting = [item for item in self._waiting if id(item) not in taken]
        return batch

    def _handle(self, batch: list[Item]) -> None:
        ready = [item for item in batch if item.finish or self._open(item)]
        if not ready:
            return
        works = [self._as_work(item) for item in ready]
        failures = 0
        while True:
            try:
                outcomes = self.desk.settle(works)
                break
            except (DatabaseAway, PyMongoError) as error:
                log.warning("the database is away: %s", error, extra={"room": self.room, "works": len(works)})
                if self._stopping.wait(PAUSES[min(failures, 3)]):
                    return
                failures += 1
        self._after(list(zip(ready, outcomes, strict=True)))

    def _open(self, item: Item) -> bool:
        """Decode and authorise. True when the item is ready for the desk; otherwise it was sent where it belongs."""
        try:
            item.envelope = read(bytes(item.raw.body) if not isinstance(item.raw.body, str) else item.raw.body.encode())
            door = item.door or self._commands.get(item.envelope["type"])
            if door is None:
                raise Undecodable(f"{self.room} knows no {item.envelope['type']}")
            item.door = door
            if item.queue.endswith(".commands") and _expired(item):
                self._ack([item])
                return False
            item.message = content(item.envelope, door.kind)
            item.cause = cause_of(item.envelope)
            if not isinstance(item.message, Event):
                item.actor = self.authorise(item.headers.get("statement"), door, self.desk.clock())
                item.cause = acted_by(item.cause, item.actor.id, item.actor.role)
        except Undecodable as error:
            self._after([(item, Outcome("refused", error=error))])
            return False
        except Refusal as refusal:
            self._after([(item, Outcome("refused", error=refusal))])
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
        subject = item.subject or str(getattr(message, "application_id", "") or "")
        return Work(item.key, subject, act, item.cause, item.actor, isinstance(message, Command), item.attempts > 0)

    def _after(self, settled: list[tuple[Item, Outcome]]) -> None:
        """Answer, acknowledge, send on. What cannot be sent on is not acknowledged and comes again."""
        answers, letters, forgotten = [], [], []
        for item, outcome in settled:
            answer, letter, note = afterwards.decide(item, outcome, self.room)
            answers += answer
            letters += letter
            forgotten += note
            afterwards.record(item, outcome, self.room)
        try:
            if letters:
                self.answers.publish(letters)
            if answers:
                self.answers.post(answers)
        except BrokerAway as error:
            log.warning("answers wait for the broker: %s", error, extra={"room": self.room})
            if letters:
                return
        afterwards.note(self.desk.database, forgotten)
        self._ack([item for item, _ in settled])

    # --- slow work and questions -------------------------------------------------------------------------------------

    def _serve(self, items: queue.Queue, job: Callable[[Item], None]) -> None:
        while (item := items.get()) is not None:
            if self._stopping.is_set() or item.generation != self._generation:
                continue
            job(item)

    def _prepare(self, item: Item) -> None:
        try:
            known = self.reader.get("handled", item.key)
            item.finish = (lambda book: None) if known else item.door.act(self.reader, item.message)
        except Refusal as refusal:
            return self._after([(item, Outcome("refused", error=refusal))])
        except Exception as error:  # everything else is sent the way of failures: retried, then parked
            return self._after([(item, afterwards.early_or_failed(error))])
        with self._news:
            self._waiting.append(item)
            self._news.notify()
        return None

    def _ask(self, item: Item) -> None:
        try:
            outcome = Outcome("done", item.door.act(self.reader, item.message, item.actor))
        except Refusal as refusal:
            outcome = Outcome("refused", error=refusal)
        except Exception as error:  # the asker is told, the log has the traceback
            outcome = failed(error)
        self._after([(item, outcome)])


def _asked(kind: type[Message]) -> str:
    return f"ptsp.{kind.room}.{kind.__name__}.v1"


def _expired(item: Item) -> bool:
    """A question nobody waits for any more. Commands never expire: repeating one is harmless, losing one is not."""
    until = item.headers.get("answer_until")
    return bool(until) and issubclass(item.door.kind, Query) and datetime.now(UTC).timestamp() > float(until)
