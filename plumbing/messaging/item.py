"""A door of a room, and one message on its way through it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import amqp

from contracts.base import Command, Message, Query
from contracts.people import Actor
from plumbing.messaging.envelope import Cause, Undecodable, cause_of, content, read


@dataclass(frozen=True)
class Door:
    """One thing a room hears or is asked, and what it does about it.

    `act(book, message)` for events and commands; `act(reader, message, actor)` for queries. A slow door's
    `act(reader, message)` does the slow part outside any transaction and returns the function to run on the book.
    """

    name: str
    kind: type[Message]
    act: Callable[..., Any]
    slow: bool = False
    roles: tuple[str, ...] = ()
    confirmed: bool = False
    proven: bool = False


@dataclass
class Item:
    """One delivered message. `generation` is the connection it came on: on another it cannot be acknowledged."""

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

    def decode(self, commands: dict[str, Door], room: str) -> None:
        """Open the envelope and its content, and find a command's door. `Undecodable` when that is not possible."""
        self.envelope = read(self.body)
        self.door = self.door or commands.get(self.envelope["type"])
        if self.door is None:
            raise Undecodable(f"{room} knows no {self.envelope['type']}")
        self.message = content(self.envelope, self.door.kind)
        self.cause = cause_of(self.envelope)

    @property
    def body(self) -> bytes:
        return self.raw.body.encode() if isinstance(self.raw.body, str) else bytes(self.raw.body)

    @property
    def headers(self) -> dict:
        return self.raw.headers or {}

    @property
    def asked(self) -> bool:
        """Whether somebody may be waiting for an answer."""
        return self.queue.endswith(".commands")

    @property
    def attempts(self) -> int:
        """How often it was tried before and sent the way of failures."""
        return _count(self.headers.get("attempts"))

    @property
    def deliveries(self) -> int:
        """How often the broker delivered it before without hearing what became of it: each may have been a crash."""
        return _count(self.headers.get("x-delivery-count"))

    @property
    def may_be_known(self) -> bool:
        """Whether there is a sign that it took effect before. A person who repeats a command gives none: then the
        write finds out."""
        redelivered = bool(self.raw.delivery_info.get("redelivered"))
        return redelivered or self.attempts > 0 or self.deliveries > 0

    @property
    def subject(self) -> str:
        return str(self.envelope.get("subject", ""))

    @property
    def application(self) -> str:
        return self.subject or str(getattr(self.message, "application_id", "") or "")

    @property
    def key(self) -> str:
        """What is remembered so that the message takes effect once."""
        if isinstance(self.message, Command):
            return f"{type(self.message).__name__}:{self.actor.id}:{self.message.command_id}"
        return f"{self.door.name}:{self.envelope['id']}"

    def expired(self) -> bool:
        """A question nobody waits for any more. Commands never expire: repeating one is harmless, losing one is not."""
        until = self.headers.get("answer_until")
        try:
            return isinstance(self.message, Query) and datetime.now(UTC).timestamp() > float(until)
        except (TypeError, ValueError):  # not said, or not a time: then it is waited for
            return False


def _count(value: Any) -> int:
    """A header that counts, whatever somebody put there."""
    return value if isinstance(value, int) and value > 0 else 0
