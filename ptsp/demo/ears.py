"""The ears of everyone who is played here: one durable queue of their own that hears the rooms' facts.

Durable, so that nothing said while the broker was away is missed. A fact is handed on before it is acknowledged, so it
may come twice; whoever listens knows the ids of what was heard.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import amqp
from kombu import Exchange, Queue

from contracts.base import Event
from plumbing.messaging.envelope import content, read
from plumbing.messaging.publisher import BROKEN, dial, hang_up
from plumbing.messaging.topology import QUORUM, events_exchange

HEARTBEAT = 15
PREFETCH = 500
EXPIRES = {"x-expires": 3_600_000}  # milliseconds without anybody listening, after which the queue goes by itself

Heard = Callable[[str, Event], None]


class Ears:
    """Calls `heard(event id, event)`, on a thread of its own, for every fact about an application of this run."""

    def __init__(self, broker_url: str, run: str, kinds: Sequence[type[Event]], heard: Heard):
        self._url, self._prefix, self._heard = broker_url, f"{run}-", heard
        self.queue = f"office.demo-{run}"
        self._kinds = {kind.cloud_type(): kind for kind in kinds}
        self._ready, self._closing = threading.Event(), threading.Event()
        self.interruptions = 0
        self.failure: Exception | None = None
        self._thread = threading.Thread(target=self._listen, name="ears", daemon=True)

    def open(self, seconds: float = 30.0) -> None:
        """Return when everything said from now on will be heard. Raises ConnectionError when the broker is away."""
        self._thread.start()
        if not self._ready.wait(seconds):
            self.close()
            raise ConnectionError(f"the broker did not answer within {seconds:.0f} s")

    def close(self, seconds: float = 30.0) -> None:
        """Hear nothing more, and take the queue away. While the broker is away that waits; it expires by itself too."""
        self._closing.set()
        self._thread.join(5)
        deadline = time.monotonic() + seconds
        while True:
            try:
                with dial(self._url, connect_timeout=3) as connection:
                    connection.channel().queue_delete(self.queue)
                    return
            except BROKEN:
                if time.monotonic() > deadline:
                    return
                time.sleep(0.5)

    def _listen(self) -> None:
        while not self._closing.is_set():
            connection = dial(self._url, heartbeat=HEARTBEAT, connect_timeout=3)
            try:
                channel = connection.channel()
                self._declare(channel)
                channel.basic_qos(0, PREFETCH, False)
                channel.basic_consume(self.queue, callback=self._take)
                self._ready.set()
                while not self._closing.is_set():
                    with suppress(TimeoutError):
                        connection.drain_events(timeout=1.0)
                    connection.heartbeat_check()
            except BROKEN:
                self.interruptions += self._ready.is_set()
                self._closing.wait(0.5)
            except Exception as error:  # a fact that is not as declared: the run ends with this
                self.failure = error
                return
            finally:
                hang_up(connection)

    def _declare(self, channel: amqp.Channel) -> None:
        Queue(self.queue, durable=True, queue_arguments=QUORUM | EXPIRES, channel=channel).declare()
        for kind in self._kinds.values():
            exchange: Exchange = events_exchange(kind.room)
            channel.queue_bind(self.queue, exchange.name, kind.__name__)

    def _take(self, raw: amqp.Message) -> None:
        envelope = read(raw.body.encode() if isinstance(raw.body, str) else bytes(raw.body))
        if envelope["subject"].startswith(self._prefix):
            self._heard(envelope["id"], content(envelope, self._kinds[envelope["type"]]))
        raw.channel.basic_ack(raw.delivery_tag)
