"""What a process of a room says of itself: to the broker when it connects, and every few seconds to the database.

Operators see by it who is connected, and who of them does not work any more. A process that hangs (frozen, or stuck in
something) keeps its connection until the broker misses it, which takes about a minute.
"""

import logging
import threading
from datetime import UTC, datetime, timedelta

from pymongo.database import Database
from pymongo.errors import PyMongoError

log = logging.getLogger(__name__)

SIGNS = "signs"
EVERY = 3.0  # seconds between two signs of life
SILENT_AFTER = timedelta(seconds=9)  # three signs that did not come

_STARTED = datetime.now(UTC)


def presence(room: str, instance: str, release: str) -> dict[str, str]:
    """Properties of the connection: which room, which of its processes, since when it runs, which version."""
    return {
        "connection_name": f"{room} {instance}",
        "ptsp_room": room,
        "ptsp_instance": instance,
        "ptsp_since": _STARTED.isoformat(),
        "ptsp_release": release,
    }


class SignOfLife:
    """Writes into the room's own database that this process works, until it is stopped."""

    def __init__(self, database: Database, instance: str):
        self._signs, self._instance = database[SIGNS], instance
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go, name="sign-of-life", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def _go(self) -> None:
        while True:
            try:
                self._signs.replace_one({"_id": self._instance}, {"at": datetime.now(UTC)}, upsert=True)
            except PyMongoError as error:
                log.warning("no sign of life could be written: %s", error, extra={"room": self._signs.database.name})
            if self._stopping.wait(EVERY):
                return


def silent_since(database: Database, instance: str, began: datetime | None, now: datetime) -> datetime | None:
    """When a process that is connected was last heard of, if that is too long ago; None while it works, and where
    nothing is known of it (a version that gave no signs)."""
    sign = database[SIGNS].find_one({"_id": instance})
    if sign is None:
        return None
    last = max(sign["at"].replace(tzinfo=UTC), began or datetime.min.replace(tzinfo=UTC))
    return last if now - last > SILENT_AFTER else None
