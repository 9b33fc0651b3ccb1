"""To the broker, with its word that it has it: publishes in a window and waits for all confirms at once."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import amqp
from kombu import Connection

CONFIRM_SECONDS = 10
BROKEN = (OSError, amqp.exceptions.AMQPError, ConnectionError, socket.timeout)


class BrokerAway(Exception):
    """The broker cannot be reached or did not confirm in time. What was to be published is kept and sent again."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to publish: where to, and its bytes."""

    exchange: str
    routing_key: str
    body: bytes
    headers: dict = field(default_factory=dict)
    message_id: str = ""
    correlation_id: str | None = None
    reply_to: str | None = None


def dial(broker_url: str, **options: Any) -> Connection:
    """A line to the broker, not yet connected. Over `amqps` the certificate must be for the host of the address, from
    an authority of this machine or of `SSL_CERT_FILE`."""
    address = urlsplit(broker_url)
    secured = {"server_hostname": address.hostname} if address.scheme == "amqps" else False
    return Connection(broker_url, ssl=secured, **options)


def hang_up(connection: Connection) -> None:
    """Close the socket without the farewell that a broken connection could wait for. In its own thread only."""
    if (inner := connection._connection) is not None:
        inner.collect()


def cut(connection: Connection) -> None:
    """End a connection that another thread reads from: that thread finds the line dead and hangs up itself.

    To close it from here would make the reader dial again by itself, to a connection on which nothing is consumed.
    """
    transport = getattr(connection._connection, "_transport", None)
    with suppress(AttributeError, OSError):  # it is closed, or being closed
        transport.sock.shutdown(socket.SHUT_RDWR)


def message(letter: Letter) -> amqp.Message:
    """A letter as AMQP carries it: persistent, JSON, with our headers."""
    return amqp.Message(
        letter.body,
        content_type="application/cloudevents+json",
        delivery_mode=2,
        application_headers=letter.headers,
        message_id=letter.message_id,
        **{k: v for k in ("correlation_id", "reply_to") if (v := getattr(letter, k))},
    )


class Publisher:
    """One connection to publish on; safe to use from several threads. Reconnects at the next use."""

    def __init__(self, broker_url: str):
        self.broker_url = broker_url
        self._lock = threading.RLock()
        self._connection: Connection | None = None
        self._channel: amqp.Channel | None = None  # with confirms
        self._post_channel: amqp.Channel | None = None  # without
        self._unconfirmed: set[int] = set()
        self._sent = 0
        self._returned: list[str] = []
        self._refused: set[int] = set()
        self._stopped = False

    def publish(self, letters: Sequence[Letter]) -> None:
        """Return when the broker has confirmed each letter; otherwise raise `BrokerAway` and assume none arrived."""
        self._attempt(lambda: self._send(letters))

    def post(self, letters: Sequence[Letter]) -> None:
        """Send without waiting for confirms: for answers, which the asker misses and asks for again."""
        self._attempt(lambda: self._drop(letters))

    def _attempt(self, job: Callable[[], None]) -> None:
        """On the connection there is; one that has died since it was last used is replaced once, at once."""
        with self._lock:
            for may_be_stale in (self._connection is not None, False):
                try:
                    job()
                    break
                except BROKEN as error:
                    self.close()
                    silent = isinstance(error, TimeoutError)  # another line would be as silent
                    if not may_be_stale or silent or self._stopped:
                        raise BrokerAway(str(error) or type(error).__name__) from error

    def stop(self) -> None:
        """Hang up for good. A thread that waits for a silent broker is not waited for: its letters were not sent."""
        self._stopped = True
        while not self._lock.acquire(timeout=0.05):
            if (connection := self._connection) is not None:
                cut(connection)
        try:
            self.close()
        finally:
            self._lock.release()

    def close(self) -> None:
        with self._lock:
            connection, self._connection = self._connection, None
            self._channel = self._post_channel = None
            self._unconfirmed.clear()
            if connection is not None:
                hang_up(connection)

    def _send(self, letters: Sequence[Letter]) -> None:
        channel = self._open()
        for letter in letters:
            self._sent += 1
            self._unconfirmed.add(self._sent)
            channel.basic_publish(message(letter), letter.exchange, letter.routing_key, mandatory=True)
        self._wait()

    def _drop(self, letters: Sequence[Letter]) -> None:
        self._open()
        for letter in letters:
            self._post_channel.basic_publish(message(letter), letter.exchange, letter.routing_key)

    def _open(self) -> amqp.Channel:
        if self._channel is None:
            connection = dial(self.broker_url, heartbeat=0, connect_timeout=3)
            connection.connect()
            self._connection = connection
            self._post_channel = connection.channel()
            self._channel = channel = connection.channel()
            channel.events["basic_ack"].add(self._on_ack)
            channel.events["basic_nack"].add(self._on_nack)
            channel.events["basic_return"].add(self._on_return)
            channel.confirm_select()
            self._sent, self._unconfirmed, self._returned, self._refused = 0, set(), [], set()
        return self._channel

    def _wait(self) -> None:
        deadline = time.monotonic() + CONFIRM_SECONDS
        while self._unconfirmed:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{len(self._unconfirmed)} messages were not confirmed in {CONFIRM_SECONDS} s")
            self._connection.drain_events(timeout=left)
        if self._refused or self._returned:
            returned, self._returned, self._refused = self._returned, [], set()
            raise ConnectionError(f"the broker refused messages; no queue for {sorted(set(returned))}")

    def _settle(self, tag: int, multiple: bool) -> set[int]:
        settled = {t for t in self._unconfirmed if t <= tag} if multiple else {tag}
        self._unconfirmed -= settled
        return settled

    def _on_ack(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._refused |= self._settle(tag, multiple)

    def _on_return(self, reply_code, reply_text, exchange, routing_key, message) -> None:
        self._returned.append(f"{exchange}/{routing_key}")
