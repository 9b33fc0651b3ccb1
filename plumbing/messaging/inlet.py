"""The broker's side of a room: one connection that delivers and is acknowledged on, and comes back by itself."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

import amqp
from kombu import Connection

from plumbing.messaging.item import Door, Item
from plumbing.messaging.publisher import BROKEN, cut, dial, hang_up

log = logging.getLogger(__name__)

PREFETCH, PREFETCH_SLOW, PREFETCH_COMMANDS = 200, 16, 100
HEARTBEAT = 15
PAUSES = (0.2, 0.5, 1.0, 2.0)


class Inlet:
    """Consumes the room's queues, each on a channel with its own prefetch, and hands over every message.

    `presence` is what the connection tells the broker of this process.
    `take` is called for each delivered message, `lost` when the connection is gone: what was delivered and not yet
    acknowledged will come again on the next one.
    """

    def __init__(
        self,
        broker_url: str,
        room: str,
        doors: dict[str, list[Door]],
        take: Callable[[Item], None],
        lost: Callable[[], None],
        on_ready: Callable[[], None],
        presence: dict[str, str] | None = None,
    ):
        self.broker_url, self.room, self.doors = broker_url, room, doors
        self.take, self.lost, self.on_ready = take, lost, on_ready
        self.presence = {"client_properties": presence or {}}
        self.generation = 0
        self._connection: Connection | None = None
        self._channels: dict[str, amqp.Channel] = {}
        self._sending = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._drain, name="inlet", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Hang up: what was not acknowledged goes back to its queue."""
        self._stopping.set()
        self._thread.join(seconds)
        self._disconnect()

    def ack(self, items: list[Item]) -> None:
        """Tell the broker that these are settled. A lost channel is no harm: the message comes again and is known."""
        try:
            with self._sending:
                for item in items:
                    if item.generation == self.generation and (channel := self._channels.get(item.queue)):
                        channel.basic_ack(item.raw.delivery_tag)
        except BROKEN as error:
            log.warning("acknowledgements were lost with the connection: %s", error, extra={"room": self.room})

    def hang_up(self) -> None:
        """Drop the connection: what was delivered on it comes again on the next one."""
        if (connection := self._connection) is not None:
            cut(connection)

    def _drain(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                connection = self._connection or self._connect()
                failures = 0
                with suppress(TimeoutError):  # nothing came within half a second
                    connection.drain_events(timeout=0.5)
                with self._sending:
                    connection.heartbeat_check()
            except BROKEN as error:
                self._gone(error)
                self._stopping.wait(PAUSES[min(failures, 3)])
                failures += 1

    def _connect(self) -> Connection:
        connection = self._connection = dial(
            self.broker_url, heartbeat=HEARTBEAT, connect_timeout=3, transport_options=self.presence
        )
        connection.connect()
        self.generation += 1
        for name, doors in self.doors.items():
            commands = name == "commands"  # consumed also by a room without any: it says that it does not understand
            if not doors and not commands:
                continue
            queue = f"{self.room}.commands" if commands else name
            channel = connection.channel()
            prefetch = PREFETCH_COMMANDS if commands else PREFETCH_SLOW if doors[0].slow else PREFETCH
            channel.basic_qos(0, prefetch, False)
            self._channels[queue] = channel
            channel.basic_consume(queue, callback=self._taker(None if commands else doors[0], queue))
        log.info("listening", extra={"room": self.room, "queues": len(self._channels)})
        self.on_ready()
        return connection

    def _taker(self, door: Door | None, queue: str) -> Callable[[amqp.Message], None]:
        generation = self.generation
        return lambda raw: self.take(Item(door, queue, raw, generation))

    def _gone(self, error: Exception) -> None:
        if not self._stopping.is_set():
            log.warning("the broker is away: %s", error, extra={"room": self.room})
        self._disconnect()
        self.lost()

    def _disconnect(self) -> None:
        connection, self._connection, self._channels = self._connection, None, {}
        if connection is not None:
            hang_up(connection)
