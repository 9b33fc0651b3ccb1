"""Queues and exchanges: declared for all rooms before anything is published, so that a late starter misses nothing."""

from dataclasses import dataclass

from kombu import Exchange, Queue

from contracts.base import Event
from plumbing.messaging.publisher import dial

PAUSES = (1_000, 5_000, 30_000, 300_000, 1_800_000)  # milliseconds between attempts; then the message is parked
DELIVERY_LIMIT = 20  # crashes of a whole process over one message before the broker parks it
COMMANDS, REPLIES, PARKED, UNROUTED = "commands", "replies", "parked", "unrouted"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One handler of a room and the queue that is its own."""

    room: str
    handler: str
    event: type[Event]

    @property
    def queue(self) -> str:
        return f"{self.room}.{self.handler}.{self.event.room}.{self.event.__name__}"


def events_exchange(room: str) -> Exchange:
    """Where a room states its facts. What nobody hears goes to `unrouted`, where it is noticed."""
    return Exchange(f"{room}.events", "topic", durable=True, arguments={"alternate-exchange": UNROUTED})


def commands_queue(room: str) -> str:
    return f"{room}.commands"


def retry_exchange(pause: int) -> str:
    return f"retry.{pause}"


QUORUM = {"x-queue-type": "quorum"}
# A message that dies in a queue is handed on only when the next queue has it, and nothing is dropped for want of room.
PARKS_WHAT_DIES = {
    "x-delivery-limit": DELIVERY_LIMIT,
    "x-dead-letter-exchange": PARKED,
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
}


def declare(broker_url: str, rooms: list[str], subscriptions: list[Subscription]) -> None:
    """Make everything that must exist before the first message. Harmless when it exists already."""
    with dial(broker_url) as connection:
        channel = connection.default_channel
        for name in (PARKED, UNROUTED):
            _queue(channel, name, Exchange(name, "fanout", durable=True), name, QUORUM)
        for name in (COMMANDS, REPLIES):
            Exchange(name, "direct", durable=True, channel=channel).declare()
        for pause in PAUSES:
            back = QUORUM | {
                "x-message-ttl": pause,
                "x-dead-letter-exchange": "",
                "x-dead-letter-strategy": "at-least-once",
                "x-overflow": "reject-publish",
            }
            name = retry_exchange(pause)
            _queue(channel, name, Exchange(name, "fanout", durable=True), name, back)
        for room in rooms:
            events_exchange(room)(channel).declare()
            queue = commands_queue(room)
            _queue(channel, queue, Exchange(COMMANDS, "direct", durable=True), room, QUORUM | PARKS_WHAT_DIES)
        for each in subscriptions:
            exchange = events_exchange(each.event.room)
            _queue(channel, each.queue, exchange, each.event.__name__, QUORUM | PARKS_WHAT_DIES)


def _queue(channel, name: str, exchange: Exchange, routing_key: str, arguments: dict) -> None:
    Queue(name, exchange, routing_key, durable=True, queue_arguments=arguments, channel=channel).declare()
