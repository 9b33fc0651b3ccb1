"""Work that no message starts: at intervals a room looks for what has fallen due and does it, each once.

A look names the records, and the action decides inside the transaction, on the record as it then is, whether anything
is still to be done: that it was done is part of the record it is done to. So two instances, a crash or a long time away
let nothing happen twice and nothing be left out, and nothing is remembered beside the record. A look takes all that is
due, however much that is, a batch in a transaction, so what fails never stands in the way of the rest; it is said,
noted for the operators as a trouble, and tried again at the next look.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from pymongo.errors import PyMongoError

from plumbing.messaging import afterwards
from plumbing.messaging.book import Act, Reader
from plumbing.messaging.desk import DatabaseAway, Desk, Work
from plumbing.messaging.envelope import Cause

log = logging.getLogger(__name__)

AT_ONCE = 100  # works in one transaction
PROGRESS = 10_000  # works between two lines of the log
FIRST = 1.0  # seconds after the start of a room until its first look


@dataclass(frozen=True, slots=True)
class Due:
    """Something that may have fallen due: a key to name it by, the same at every look; the application; the action."""

    key: str
    application: str
    act: Act


Look = Callable[[Reader], Iterable[Due]]


class Watch:
    """Looks for what is due, each look in a thread of its own, until it is stopped."""

    def __init__(self, room: str, desk: Desk, looks: Sequence[tuple[str, float, Look]]):
        self.room, self.desk = room, desk
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._go, args=each, name=f"watch-{each[0]}", daemon=True) for each in looks
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(seconds)

    def _go(self, name: str, seconds: float, look: Look) -> None:
        pause = min(seconds, FIRST)
        while not self._stopping.wait(pause):
            pause = seconds
            try:
                look_once(self.room, self.desk, name, look, self._stopping.is_set)
            except (DatabaseAway, PyMongoError) as error:
                log.warning("the watch waits for the database: %s", error, extra={"room": self.room, "watch": name})
            except Exception:  # our bug in looking: said loudly at every look until it is mended
                log.exception("the watch failed", extra={"room": self.room, "watch": name})


def look_once(room: str, desk: Desk, name: str, look: Look, stop: Callable[[], bool] = lambda: False) -> int:
    """One look: everything that is due now, in batches as it is found; how many took effect."""
    seen = done = 0
    dues = iter(look(Reader(desk.database)))
    while not stop() and (batch := list(islice(dues, AT_ONCE))):
        works = [_work(due) for due in batch]
        for work, outcome in zip(works, desk.settle(works), strict=True):
            done += outcome.verdict == "done"
            if outcome.error is not None:
                _note(room, desk, name, work, outcome.error, outcome.traceback)
        seen += len(batch)
        if seen % PROGRESS == 0:
            log.info("much is due", extra={"room": room, "watch": name, "seen": seen, "done": done})
    return done


def _work(due: Due) -> Work:
    return Work(due.key, due.application, due.act, Cause.first(id=due.key), clears_trouble=True, remembered=False)


def _note(room: str, desk: Desk, name: str, work: Work, error: Exception, traceback: str) -> None:
    now, reason = datetime.now(UTC).isoformat(), afterwards.describe(error)
    log.error(
        "what was due failed",
        extra={"room": room, "watch": name, "application": work.subject, "error": reason, "traceback": traceback},
    )
    history = {"attempts": 1, "first_failed": now, "last_failed": now, "reason": reason, "early": False}
    about = {"queue": f"{room}.{name}", "event": work.cause.id, "type": f"ptsp.{room}.{name}"}
    trouble = afterwards.trouble(work.key, work.subject, **about, pause_ms=0, history=history)
    afterwards.note(desk.database, [trouble])
