"""The processes that `bench.bus` times: fillers and consumers, each alone under eventlet."""

import sys

import eventlet

eventlet.monkey_patch()

import logging
import os
import time
from datetime import UTC, datetime

from kombu import Connection, Exchange, Queue
from nameko.containers import ServiceContainer
from nameko.events import event_handler
from nameko.extensions import DependencyProvider

from contracts.base import Event
from plumbing.database import connect
from plumbing.messaging.desk import Desk, Work
from plumbing.messaging.doors import set_up_database
from plumbing.messaging.envelope import Cause, wrap
from plumbing.messaging.listener import Door, Listener
from plumbing.messaging.publisher import Publisher
from plumbing.messaging.relay import Relay, letter
from plumbing.messaging.topology import Subscription, declare


class Asked(Event):
    example = {"application_id": "1"}


class Done(Event):
    example = {"application_id": "1"}


for each in (Asked, Done):  # the base class takes the room from the module name
    each.room = "bench"
ASKED, DONE = Subscription("bench", "on_asked", Asked), Subscription("bench", "on_done", Done)
BROKER, DATABASE = os.environ["PTSP_BROKER_URL"], os.environ["PTSP_DATABASE_URL"]
NAMEKO_QUEUE = "evt-source-asked--plain.on_asked"


def fill_plain_nameko(database: str, events: int) -> None:
    """Waiting messages as nameko's own dispatcher leaves them: persistent JSON in the handler's durable queue."""
    connect(DATABASE)[database].create_collection("effects")
    with Connection(BROKER) as connection:
        exchange = Exchange("source.events", "topic", durable=True)
        Queue(NAMEKO_QUEUE, exchange, "asked", durable=True)(connection).declare()
        producer = connection.Producer(serializer="json", exchange=exchange)
        for n in range(events):
            producer.publish({"application_id": str(n)}, routing_key="asked", delivery_mode=2)


class Meter:
    """Prints the seconds from the first effect to the last, and ends the process."""

    def __init__(self, events: int):
        self.left, self.began = events, None

    def count(self, effects: int, began: float) -> None:
        self.began = self.began or began
        self.left -= effects
        if self.left <= 0:
            print(time.perf_counter() - self.began, flush=True)
            os._exit(0)


def consume_plain_nameko(database: str, events: int) -> None:
    collection, meter = connect(DATABASE)[database].effects, Meter(events)

    class Store(DependencyProvider):
        def get_dependency(self, worker_ctx):
            return collection

    class Plain:
        name = "plain"
        effects = Store()

        @event_handler("source", "asked")
        def on_asked(self, payload):
            began = time.perf_counter()
            self.effects.insert_one({"_id": payload["application_id"]})
            meter.count(1, began)

    container = ServiceContainer(Plain, config={"AMQP_URI": BROKER, "max_workers": 10, "serializer": "json"})
    container.start()
    container.wait()


def fill_ours(database: str, events: int) -> None:
    declare(BROKER, ["bench"], [ASKED, DONE])
    set_up_database(DATABASE, database, {"effects": []})
    now = datetime.now(UTC)
    envelopes = [wrap(Asked(application_id=str(n)), Cause.first(), now) for n in range(events)]
    Publisher(BROKER).publish([letter(envelope) for envelope in envelopes])


def consume_ours(database: str, events: int, follow_up: bool = False) -> None:
    meter = Meter(events)

    class Metered(Desk):
        def settle(self, works):
            began = time.perf_counter()
            outcomes = super().settle(works)
            meter.count(len(works), began)
            return outcomes

    def on_asked(book, event):
        book.put("effects", {"_id": event.application_id})
        if follow_up:
            book.say(Done(application_id=event.application_id))

    _room(database, {ASKED.queue: [Door("on_asked", Asked, on_asked)]}, Metered)
    eventlet.sleep(10_000)


def latency_ours(database: str) -> None:
    """Says one event at a time and prints the milliseconds until its effect was committed."""
    declare(BROKER, ["bench"], [ASKED, DONE])
    set_up_database(DATABASE, database, {"effects": []})
    heard: dict[str, float] = {}

    class Timed(Desk):
        def settle(self, works):
            outcomes = super().settle(works)
            heard.update((work.subject, time.perf_counter()) for work in works)
            return outcomes

    desk, relay = _room(database, {ASKED.queue: [Door("on_asked", Asked, _put)]}, Timed)
    speaker = Desk(desk.client, database, "speaker", on_commit=relay.offer)
    eventlet.sleep(1)
    for n in range(220):
        began = time.perf_counter()
        speaker.settle(
            [Work(f"say:{n}", f"s{n}", lambda book, n=n: book.say(Asked(application_id=str(n))), Cause.first())]
        )
        while str(n) not in heard:
            eventlet.sleep(0.0005)
        if n >= 20:
            print(round((heard[str(n)] - began) * 1000, 3))
        eventlet.sleep(0.02)


def _put(book, event) -> None:
    book.put("effects", {"_id": event.application_id})


def _room(database: str, doors: dict, kind: type[Desk] = Desk) -> tuple[Desk, Relay]:
    client = connect(DATABASE)
    relay = Relay(client[database], "bench", Publisher(BROKER))
    desk = kind(client, database, on_commit=relay.offer)
    relay.start()
    Listener(BROKER, "bench", {"commands": [], **doors}, desk, authorise=None).start()
    return desk, relay


JOBS = {
    ("fill", "plain_nameko"): fill_plain_nameko,
    ("consume", "plain_nameko"): consume_plain_nameko,
    ("fill", "ours"): fill_ours,
    ("consume", "ours"): consume_ours,
    ("fill", "ours_with_follow_up"): fill_ours,
    ("consume", "ours_with_follow_up"): lambda database, events: consume_ours(database, events, follow_up=True),
    ("latency", "ours"): latency_ours,
}

if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    job, contender, database, *more = sys.argv[1:]
    JOBS[job, contender](database, *map(int, more))
