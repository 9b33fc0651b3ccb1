"""Commands and questions from the portal and the command line inward: ask, wait, get the answer or a clear no."""

import threading
import time
from concurrent.futures import Future, InvalidStateError, TimeoutError
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import amqp
import orjson

from contracts.base import Message
from plumbing.messaging.envelope import Cause, new_id, wrap
from plumbing.messaging.publisher import BROKEN, BrokerAway, Letter, Publisher, dial
from plumbing.messaging.topology import COMMANDS, REPLIES
from values.refusal import Refusal

ANSWER_SECONDS = 10.0


class Away(Exception):
    """No answer in time. A command whose answer was lost may be repeated safely with the same `command_id`."""


class Fault(Exception):
    """The room failed over the command: our bug. It is parked for the operators under `reference`."""

    def __init__(self, reference: str, error: str):
        super().__init__(f"{error} (acuan {reference})")
        self.reference, self.error = reference, error


class Office:
    """The caller's end. One reply queue, any number of calls in flight, safe to use from several threads."""

    def __init__(self, broker_url: str):
        self.broker_url = broker_url
        self._publisher = Publisher(broker_url)
        self._pending: dict[str, Future] = {}
        self._reply_to = f"office.{new_id()}"
        self._ready = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="answers", daemon=True)
        self._thread.start()

    def call(
        self, message: Message, statement: str, timeout: float = ANSWER_SECONDS, cause: Cause | None = None
    ) -> Any:
        """The room's answer. Raises `Refusal`, `Away` or `Fault`."""
        return self.result(self.send(message, statement, timeout, cause), timeout)

    def send(
        self, message: Message, statement: str, timeout: float = ANSWER_SECONDS, cause: Cause | None = None
    ) -> Future:
        """Give a command without waiting; the answer comes in the future, for `result` to open. Raises `Away`."""
        if not self._ready.wait(timeout):
            raise Away("the broker is away")
        correlation = getattr(message, "command_id", None) or new_id()
        correlation = f"{correlation}/{new_id()[-12:]}"
        envelope = wrap(message, cause or Cause.first(), datetime.now(UTC), source="office")
        future: Future = Future()
        self._pending[correlation] = future
        future.add_done_callback(lambda _: self._pending.pop(correlation, None))
        headers = {"statement": statement, "answer_until": str(time.time() + timeout)}
        letter = Letter(
            COMMANDS, message.room, orjson.dumps(envelope), headers, envelope["id"], correlation, self._reply_to
        )
        try:
            self._publisher.post([letter])
        except BrokerAway as error:
            self._pending.pop(correlation, None)
            raise Away(str(error)) from error
        return future

    def result(self, future: Future, timeout: float = ANSWER_SECONDS) -> Any:
        """What `send` promised: the answer, or `Refusal`, `Away` (not in time), `Fault`."""
        try:
            body = future.result(timeout)
        except TimeoutError:
            future.cancel()
            raise Away("no answer in time") from None
        if "refusal" in body:
            refusal = body["refusal"]
            raise Refusal(refusal["code"], refusal["message"], field=refusal["field"], remedy=refusal["remedy"])
        if "fault" in body:
            raise Fault(body["fault"]["reference"], body["fault"]["error"])
        return body["answer"]

    def close(self) -> None:
        self._closing.set()
        self._thread.join(2)
        self._publisher.close()

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                with dial(self.broker_url, heartbeat=15, connect_timeout=3) as connection:
                    channel = connection.channel()
                    channel.queue_declare(self._reply_to, exclusive=True, auto_delete=True)
                    channel.queue_bind(self._reply_to, REPLIES, self._reply_to)
                    channel.basic_consume(self._reply_to, no_ack=True, callback=self._take)
                    self._ready.set()
                    while not self._closing.is_set():
                        with suppress(TimeoutError):
                            connection.drain_events(timeout=0.5)
                        connection.heartbeat_check()
            except BROKEN:
                self._ready.clear()
                self._closing.wait(0.5)

    def _take(self, raw: amqp.Message) -> None:
        future = self._pending.get(raw.properties.get("correlation_id", ""))
        if future is not None:
            with suppress(InvalidStateError):  # who asked has just stopped waiting, or hears the answer a second time
                future.set_result(orjson.loads(raw.body if isinstance(raw.body, str) else bytes(raw.body)))
