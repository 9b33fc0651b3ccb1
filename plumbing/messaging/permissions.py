"""Who may do what on the bus. Pure data: the launcher and the city's broker definitions are both made from it.

RabbitMQ asks three things per user, each a pattern on names: *configure* (make and remove queues and exchanges),
*write* (publish to an exchange, bind a queue) and *read* (consume a queue, bind from an exchange). Queue names start
with the name of the room that listens, and a dot follows, so no room reads what another one hears.
"""

import re
from dataclasses import dataclass

from contracts import ROOMS

VHOST = "ptsp"

_NOTHING = "^$"
_EVERYTHING = ".*"


@dataclass(frozen=True)
class BrokerUser:
    """One user of the broker: its name, its tags for the management interface, its three patterns."""

    name: str
    configure: str
    write: str
    read: str
    tags: tuple[str, ...] = ()


def room_user(room: str) -> BrokerUser:
    """A room says its own events and answers, puts its own work aside (retry, parked), and reads its own queues.

    It configures nothing: queues, exchanges and bindings are made by the set-up before any room starts.
    """
    return BrokerUser(
        room,
        configure=_NOTHING,
        write=rf"^({re.escape(room)}\.events|retry\..*|parked|replies)$",
        read=rf"^{re.escape(room)}\..*$",
    )


OFFICE = BrokerUser(
    "office",  # the portal and the command line: asks, and waits for answers on queues of its own
    configure=r"^office\..*$",
    write=r"^(commands|office\..*)$",
    read=r"^(office\..*|replies|[a-z_]+\.events)$",
)

OPERATOR = BrokerUser(
    "operator",  # looks at everything, takes parked messages and gives them back to the one queue they came from
    configure=_NOTHING,
    write=r"^(amq\.default|parked|retry\..*)$",
    read=r"^(parked|unrouted|retry\..*)$",
    tags=("monitoring",),
)

ADMIN = BrokerUser(
    "admin",  # the set-up only
    configure=_EVERYTHING,
    write=_EVERYTHING,
    read=_EVERYTHING,
    tags=("administrator",),
)


def broker_users(rooms: tuple[str, ...] = ROOMS) -> tuple[BrokerUser, ...]:
    """Every user the broker knows: one per room, the office, the operator and the admin. There is no guest."""
    return (*(room_user(room) for room in rooms), OFFICE, OPERATOR, ADMIN)
