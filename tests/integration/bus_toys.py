"""Toy rooms for the tests of the bus: real broker, real database, the house's own desk, relay and listener.

A `Hall` has two rooms of its own names, so that no test hears another: `ada` says `Thing`, `budi` hears it. Run as a
program (`python bus_toys.py '{...}'`) it is one room in a process of its own, for the tests that kill it.
"""

import base64
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from pydantic import create_model

from contracts.base import Command, Event, Message, Query
from contracts.people import Actor
from plumbing.database import connect
from plumbing.messaging import afterwards, parked, topology
from plumbing.messaging.desk import Desk, Work
from plumbing.messaging.doors import set_up_database
from plumbing.messaging.envelope import Cause
from plumbing.messaging.item import Door
from plumbing.messaging.listener import Listener
from plumbing.messaging.operations.broker import Broker
from plumbing.messaging.permissions import room_user
from plumbing.messaging.publisher import Publisher
from plumbing.messaging.relay import Relay
from plumbing.messaging.topology import Subscription, commands_queue, declare

PAUSES = (60, 120, 240)  # milliseconds: the tests have no half hours to wait


def shorten_pauses(patch: Callable) -> None:
    """`patch(module, name, value)` in every place that knows the pauses."""
    for module in (topology, afterwards, parked):
        patch(module, "PAUSES", PAUSES)


def message(kind: type[Message], name: str, room: str, **fields) -> type[Message]:
    """A toy message of a toy room; it does not join the registry of the office."""
    made = create_model(name, __base__=kind, __module__="toys", **fields)
    made.room = room
    return made


class Hall:
    """Two toy rooms on the parts of a stack, with admin's rights unless told otherwise."""

    def __init__(self, environment: dict[str, str], tag: str):
        self.environment, self.tag = environment, tag
        self.broker_url, self.database_url = environment["PTSP_BROKER_URL"], environment["PTSP_DATABASE_URL"]
        self.ada, self.budi = f"ada_{tag}", f"budi_{tag}"
        self.Thing = message(Event, "Thing", self.ada, n=(int, 0), how=(str, ""))
        self.Echo = message(Event, "Echo", self.budi, n=(int, 0))
        self.Do = message(Command, "Do", self.ada, n=(int, 0), how=(str, ""), application_id=(str, "do"))
        self.Ask = message(Query, "Ask", self.ada, n=(int, 0))
        self.client = connect(self.database_url)
        self.broker = Broker(environment["PTSP_MANAGEMENT_URL"], self.broker_url)
        self.rooms: list[ToyRoom] = []
        self.children: list[subprocess.Popen] = []
        self.lines: list[Line] = []

    def set_up(self) -> None:
        declare(self.broker_url, [self.ada, self.budi], [self.hears_thing, self.hears_echo])
        for room in (self.ada, self.budi):
            set_up_database(self.database_url, room, {"records": []})

    @property
    def hears_thing(self) -> Subscription:
        return Subscription(self.budi, "on_thing", self.Thing)

    @property
    def hears_echo(self) -> Subscription:
        return Subscription(self.ada, "on_echo", self.Echo)

    def room(self, name: str, doors: dict[str, list[Door]], **options) -> "ToyRoom":
        self.rooms.append(ToyRoom(self, name, doors, **options))
        return self.rooms[-1]

    def listening(self, act: Callable, slow: bool = False, **options) -> "ToyRoom":
        """`budi`, hearing `Thing` with this action."""
        door = Door("on_thing", self.Thing, act, slow)
        return self.room(self.budi, {"commands": [], self.hears_thing.queue: [door]}, **options).start()

    def saying(self, **options) -> "ToyRoom":
        """`ada`, without ears; speaks through `say`."""
        return self.room(self.ada, {"commands": []}, **options).start(listen=False)

    def line(self, url: str) -> "Line":
        """A line to broker or database that can be cut; it holds until the rooms have stopped."""
        self.lines.append(Line(url))
        return self.lines[-1]

    def child(self, **order) -> subprocess.Popen:
        """A room in a process of its own; see `main` below."""
        order = {"environment": self.environment, "tag": self.tag} | order
        child = subprocess.Popen([sys.executable, __file__, json.dumps(order)])
        self.children.append(child)
        return child

    def effects(self, room: str | None = None) -> Counter:
        """How often each cause took effect, counted in the records themselves."""
        records = self.client[room or self.budi].records.find({})
        return Counter(happening["cause"] for record in records for happening in record["history"])

    def facts(self, room: str | None = None) -> list[dict]:
        return [d["envelope"] for d in self.client[room or self.ada].journal.find({})]

    def waiting(self, queue: str) -> int:
        with self.broker.connect() as connection:
            return connection.channel().queue_declare(queue, passive=True).message_count

    def parked(self) -> list[dict]:
        """What this hall's rooms put aside, taken off the tray."""
        book = parked.Parked(self.broker, self.client[f"bus_{self.tag}"])
        book.file()
        return list(book.bus.parked.find({"room": {"$in": [self.ada, self.budi]}}))

    def rights_of(self, room: str) -> dict[str, str]:
        """Users of broker and database for a toy room, with the rights that a real room has."""
        user = room_user(room)
        admin = urlsplit(self.environment["PTSP_MANAGEMENT_URL"])
        permissions = {"configure": user.configure, "write": user.write, "read": user.read}
        vhost = urlsplit(self.broker_url).path[1:]
        for path, body in (
            (f"users/{room}", {"password": self.tag, "tags": ""}),
            (f"permissions/{vhost}/{room}", permissions),
        ):
            login = base64.b64encode(f"{admin.username}:{admin.password}".encode()).decode()
            headers = {"Authorization": f"Basic {login}", "Content-Type": "application/json"}
            url = f"http://{admin.hostname}:{admin.port}/api/{path}"
            urlopen(Request(url, json.dumps(body).encode(), headers, method="PUT"), timeout=5).close()
        roles = [{"role": "readWrite", "db": room}]
        self.client.admin.command("createUser", room, pwd=self.tag, roles=roles, mechanisms=["SCRAM-SHA-256"])
        login = f"{room}:{self.tag}@"
        return {
            "broker_url": re.sub(r"//[^@]+@", f"//{login}", self.broker_url),
            "database_url": re.sub(r"//[^@]+@", f"//{login}", self.database_url),
        }

    def tear_down(self) -> None:
        for line in self.lines:
            line.mend()
        for room in self.rooms:
            room.wake()
        for room in self.rooms:
            room.stop()
        for child in self.children:
            child.kill()
            child.wait()
        for line in self.lines:
            line.close()
        self.parked()
        with self.broker.connect() as connection:
            channel = connection.channel()
            for queue in (self.hears_thing.queue, self.hears_echo.queue, *map(commands_queue, (self.ada, self.budi))):
                channel.queue_delete(queue)
            for room in (self.ada, self.budi):
                channel.exchange_delete(f"{room}.events")
        for name in (self.ada, self.budi, f"bus_{self.tag}"):
            self.client.drop_database(name)
        self.broker.publisher.close()
        self.client.close()


class ToyRoom:
    """Desk, relay and listener wired as a room's doors wire them."""

    def __init__(
        self,
        hall: Hall,
        name: str,
        doors: dict[str, list[Door]],
        *,
        broker_url: str | None = None,
        database_url: str | None = None,
        authorise: Callable | None = None,
        instance: str = "1",
    ):
        broker_url = broker_url or hall.broker_url
        self.name, self.client = name, connect(database_url or hall.database_url)
        self.relay = Relay(self.client[name], name, Publisher(broker_url))
        self.desk = Desk(self.client, name, instance, "records", on_commit=self.relay.offer)
        authorise = authorise or (lambda *_: Actor(id="counter-1", role="counter"))
        self.listener = Listener(broker_url, name, doors, self.desk, authorise)
        self.speaks = self.listens = False

    def start(self, listen: bool = True) -> "ToyRoom":
        self.relay.start()
        self.speaks, self.listens = True, listen
        if listen:
            self.listener.start()
        return self

    def say(self, *events: Event, cause: Cause | None = None) -> list[str]:
        """State facts in one transaction, as an action does; their ids."""
        works = [_saying(event, cause or Cause.first()) for event in events]
        outcomes = self.desk.settle(works)
        assert {o.verdict for o in outcomes} == {"done"}, outcomes
        return [o.answer for o in outcomes]

    def wake(self) -> None:
        """End the half second in which the inlet waits for news, to stop sooner."""
        self.listener.inlet._stopping.set()
        self.listener.inlet.hang_up()

    def stop(self) -> None:
        if self.listens:
            self.listener.stop(8)
        if self.speaks:
            self.relay.stop(2)
        self.client.close()


def _saying(event: Event, cause: Cause) -> Work:
    return Work(f"say:{time.monotonic_ns()}:{id(event)}", event.application_id, lambda book: book.say(event), cause)


def remember(book, event) -> None:
    """The honest effect: one line in the record's history per handled event, with its cause."""
    record = book.get("records", event.application_id) or {"_id": event.application_id, "history": []}
    line = {"what": type(event).__name__, "cause": book.cause.id, "note": ""}
    book.put("records", record | {"history": [*record["history"], line]})


def until(condition: Callable, seconds: float = 10.0, every: float = 0.02):
    """Wait for something to become true; returns it."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(every)
    return found


class Line:
    """A line to a server that can be cut (connections end, new ones are refused) or held (nothing comes through)."""

    def __init__(self, url: str):
        """`url` is the server's own; `self.url` is the same by way of this line."""
        self._to, self._socket = urlsplit(url).port, socket.create_server(("127.0.0.1", 0))
        self.url = url.replace(f":{self._to}", f":{self._socket.getsockname()[1]}")
        self._open, self._flows = True, threading.Event()
        self._flows.set()
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._open = False
        ends, self._ends = self._ends, []
        for end in ends:
            _hang_up(end)
        self._flows.set()

    def mend(self) -> None:
        self._open = True
        self._flows.set()

    def hold(self) -> None:
        """Calls are taken, and nothing is heard on them."""
        self._open = True
        self._flows.clear()

    def close(self) -> None:
        self.cut()
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            if not self._open:
                _hang_up(near)
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                _hang_up(near)
                continue
            self._ends += [near, far]
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(a, b), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self._flows.wait()
                sink.sendall(data)
        except OSError:
            pass  # cut, by us or by an end
        _hang_up(source)
        _hang_up(sink)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        end.shutdown(socket.SHUT_RDWR)
    end.close()


# --- a room in a process of its own ----------------------------------------------------------------------------------


def main(order: dict) -> None:
    """Orders: `say` n facts and die by SIGKILL between commit and publish; or `listen`, dying by SIGKILL inside the
    transaction (`die: "inside"`), right after the commit (`"after"`), or never (`"never"`, until SIGTERM)."""
    shorten_pauses(setattr)
    hall, die = Hall(order["environment"], order["tag"]), order.get("die", "never")

    def drop_dead(*_) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if "say" in order:
        room = hall.saying()
        room.desk.on_commit = drop_dead
        room.say(*[hall.Thing(application_id=f"a{n}", n=n) for n in range(order["say"])])

    def act(book, event) -> None:
        remember(book, event)
        if die == "inside":
            drop_dead()
        book.say(hall.Echo(application_id=event.application_id, n=event.n))

    room = hall.listening(act)
    if die == "after":
        room.desk.on_commit = drop_dead
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    stop.wait()
    room.stop()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(json.loads(sys.argv[1]))
