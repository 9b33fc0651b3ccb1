"""What RabbitMQ shows an operator: how much waits where, who consumes, and which room hears what."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import amqp
from amqp import spec
from kombu import Connection

from plumbing.messaging.publisher import BROKEN, Publisher, dial
from plumbing.messaging.topology import UNROUTED

SECONDS = 5


class BusAway(Exception):
    """A part of the bus cannot be seen. The message is Indonesian, for the operator, and holds no password."""


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """`ready` waits, `in_hand` was handed to a room and is not settled, `consumers` are open doors.

    `ready` and `consumers` are of this moment; `in_hand` is the broker's last statistic and up to ten seconds old.
    """

    ready: int
    in_hand: int
    consumers: int


@dataclass(frozen=True, slots=True, order=True)
class Hearing:
    """One handler of a room hears one kind of fact: a binding, as it is on the broker."""

    room: str
    handler: str
    said_by: str
    event: str

    @property
    def queue(self) -> str:
        return f"{self.room}.{self.handler}.{self.said_by}.{self.event}"

    @classmethod
    def of_queue(cls, queue: str) -> "Hearing | None":
        """The handler a queue belongs to; None for queues of another kind (commands, parked, retry …)."""
        parts = queue.split(".")
        return cls(*parts) if len(parts) == 4 else None


@dataclass(frozen=True, slots=True)
class Presence:
    """A process of a room that is connected now, as it says of itself. `since`: when the process began."""

    room: str
    instance: str
    since: datetime | None
    release: str


class Broker:
    """The operator's view through the management API and, for figures of this moment, through AMQP."""

    def __init__(self, management_url: str, amqp_url: str):
        address = urlsplit(management_url)
        self._base = (
            f"{address.scheme}://{address.hostname}:{address.port or (443 if address.scheme == 'https' else 80)}"
        )
        login = f"{unquote(address.username or '')}:{unquote(address.password or '')}"
        self._login = base64.b64encode(login.encode()).decode()
        self._vhost = quote(unquote(urlsplit(amqp_url).path[1:]) or "/", safe="")
        self.amqp_url = amqp_url
        self.publisher = Publisher(amqp_url)

    def connect(self) -> Connection:
        """An AMQP connection of the operator's own user. Raises BusAway."""
        connection = dial(self.amqp_url, connect_timeout=3)
        try:
            connection.connect()
        except BROKEN as error:
            raise BusAway(f"Perantara pesan (RabbitMQ) tidak dapat dihubungi: {type(error).__name__}.") from error
        return connection

    def figures(self) -> dict[str, QueueFigures]:
        """Every queue of the office with its figures. Raises BusAway."""
        listed = self._get(f"queues/{self._vhost}?columns=name,messages_unacknowledged")
        # `office.…` are somebody's answers: exclusive, and nobody's business
        known = {q["name"]: q.get("messages_unacknowledged", 0) for q in listed if not q["name"].startswith("office.")}
        figures, left = {}, list(known)
        with self.connect() as connection:
            while left:
                asked, left = left, []
                try:
                    for name, ready, consumers in _declared(connection.channel(), asked):
                        figures[name] = QueueFigures(ready, known[name], consumers)
                except connection.channel_errors:  # one was removed since it was listed, and took the channel with it
                    left = asked[len([name for name in asked if name in figures]) + 1 :]
        return figures

    def has_queue(self, name: str) -> bool:
        with self.connect() as connection:
            try:
                connection.channel().queue_declare(name, passive=True)
            except connection.channel_errors:
                return False
        return True

    def hearings(self) -> list[Hearing]:
        """Which handler of which room hears which fact: what is bound, not what was meant. Raises BusAway."""
        heard = []
        for binding in self._get(f"bindings/{self._vhost}"):
            source, queue, key = binding["source"], binding["destination"], binding["routing_key"]
            hearing = Hearing.of_queue(queue)
            if hearing and source == f"{hearing.said_by}.events" and key == hearing.event:
                heard.append(hearing)
        return sorted(heard)

    def present(self) -> list[Presence]:
        """The processes of the rooms that are connected now. Raises BusAway."""
        connections = self._get("connections?columns=client_properties")
        told = [each.get("client_properties") or {} for each in connections]
        found = {
            Presence(each["ptsp_room"], each["ptsp_instance"], _instant(each.get("ptsp_since")), each["ptsp_release"])
            for each in told
            if {"ptsp_room", "ptsp_instance", "ptsp_release"} <= each.keys()
        }
        return sorted(found, key=lambda each: (each.room, each.instance))

    def unrouted(self) -> int:
        """How many messages nobody hears."""
        with self.connect() as connection:
            return connection.channel().queue_declare(UNROUTED, passive=True).message_count

    def _get(self, path: str) -> list[dict]:
        request = urllib.request.Request(f"{self._base}/api/{path}", headers={"Authorization": f"Basic {self._login}"})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            why = "nama atau kata sandi operator ditolak" if error.code == 401 else f"jawaban {error.code}"
            raise BusAway(f"Pengelola perantara pesan (RabbitMQ) menolak: {why}.") from error
        except (OSError, ValueError) as error:
            raise BusAway(
                f"Pengelola perantara pesan (RabbitMQ) di {self._base} tidak dapat dihubungi: {type(error).__name__}."
            ) from error


def _declared(channel: amqp.Channel, queues: list[str]) -> Iterator[tuple[str, int, int]]:
    """(name, ready, consumers) of each, in order. All are asked about before the first answer is read: a hundred
    questions one after the other take a busy machine three times as long."""
    for name in queues:  # passive
        channel.send_method(spec.Queue.Declare, "BsbbbbbF", (0, name, True, False, False, False, False, {}))
    for _ in queues:
        yield tuple(channel.wait(spec.Queue.DeclareOk, returns_tuple=True))


def _instant(said: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except (TypeError, ValueError):
        return None
