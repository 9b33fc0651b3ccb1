"""Anything at all, said to a room: bytes, headers and statements that no well-behaved caller would send."""

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import amqp
import orjson
from kombu import Connection

from contracts.base import Message
from plumbing.messaging.envelope import Cause, new_id, wrap
from plumbing.messaging.publisher import Letter, message
from plumbing.messaging.topology import COMMANDS, PARKED, REPLIES


def envelope(asked: Message, **change: Any) -> dict:
    """What a well-behaved caller would send, with changes."""
    return wrap(asked, Cause.first(), datetime.now(UTC), source="office") | change


class Stranger:
    """Speaks to the rooms over the portal's exchange, as the broker's user `office`, and hears their answers."""

    def __init__(self, broker_url: str):
        self._connection = Connection(broker_url, connect_timeout=5)
        self._channel = self._connection.channel()
        self._reply_to = f"office.{new_id()}"
        self._answers: dict[str, dict] = {}
        self._channel.queue_declare(self._reply_to, exclusive=True, auto_delete=True)
        self._channel.queue_bind(self._reply_to, REPLIES, self._reply_to)
        self._channel.basic_consume(self._reply_to, no_ack=True, callback=self._take)

    def close(self) -> None:
        self._connection.close()

    def say(self, room: str, body: bytes, headers: dict | None = None) -> str:
        """Send without waiting; returns the id by which the answer is asked for."""
        id = new_id()
        letter = Letter(COMMANDS, room, body, headers or {}, id, id, self._reply_to)
        self._channel.basic_publish(message(letter), COMMANDS, room)
        return id

    def answers(self, ids: Sequence[str], seconds: float = 40.0) -> list[dict]:
        """What each was answered; AssertionError when one was not in time."""
        end = time.monotonic() + seconds
        while missing := [id for id in ids if id not in self._answers]:
            assert time.monotonic() < end, f"{len(missing)} of {len(ids)} were not answered within {seconds} s"
            with suppress(TimeoutError):
                self._connection.drain_events(timeout=0.5)
        return [self._answers.pop(id) for id in ids]

    def _take(self, raw: amqp.Message) -> None:
        self._answers[raw.properties["correlation_id"]] = orjson.loads(raw.body)


def off_the_tray(operator_broker_url: str) -> list[dict]:
    """Take everything that was parked off the tray; the headers of each, which say why it lay there."""
    taken = []
    with Connection(operator_broker_url, connect_timeout=5) as connection:
        channel = connection.channel()
        while (parked := channel.basic_get(PARKED)) is not None:
            taken.append(parked.headers or {})
            channel.basic_ack(parked.delivery_tag)
    return taken
