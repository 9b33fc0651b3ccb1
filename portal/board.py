"""What the portal knows of files: the noticeboard's records, read and never written."""

import re
import time
from datetime import UTC, datetime
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from contracts.base import Shape
from contracts.noticeboard import Day, Heartbeat, Notice, Paper
from plumbing.database import Records, RecordsAway

AT_WORK_WITHIN = 150  # seconds: the board beats once a minute
ASKED_AGAIN_AFTER = 2.0  # seconds: one look at the heartbeat serves all pages of that time
COUNTED_AGAIN_AFTER = 15.0  # seconds: the same for the tallies of days
HANDLE = re.compile(r"P-[0-9A-F]{12}")

Kept = TypeVar("Kept", bound=Shape)


class Freshness(NamedTuple):
    """How old the portal's knowledge is: `seen` when the board was last at work (None: never), `age` in seconds."""

    seen: datetime | None
    age: float | None

    @property
    def current(self) -> bool:
        """Whether what is shown is what the office knows now."""
        return self.age is not None and self.age < AT_WORK_WITHIN


class Board:
    """Questions to the noticeboard. Every one raises RecordsAway when the database does not answer."""

    def __init__(self, records: Records):
        self._records = records
        self._look = Lock()
        self._days: tuple[float, list[Day]] = (float("-inf"), [])
        self._heartbeat: tuple[float, datetime | None] = (float("-inf"), None)

    def notice(self, *, resi: str | None = None, handle: str | None = None, payment_code: str | None = None):
        """The notice of one file, None when nobody told the board of it."""
        asked = {"resi": resi, "handle": handle, "payment_code": payment_code}
        return self._one("notices", Notice, {key: value for key, value in asked.items() if value is not None})

    def notice_of(self, application_id: str) -> Notice | None:
        """The notice of the file to which a paper belongs."""
        return self._one("notices", Notice, {"_id": application_id})

    def notices_of(self, account: str) -> list[Notice]:
        """The notices of a person's own files, the latest move first."""
        found = [_kept(Notice, each) for each in self._records.find("notices", {"account": account})]
        return sorted((n for n in found if n.moved), key=lambda n: n.moved.since, reverse=True)

    def on_desks(self, desks: list[str], most: int) -> list[Notice]:
        """The files that lie on any of these desks, the one that moved longest ago first; at most so many."""
        found = self._records.find("notices", {"desks": {"$in": desks}}, limit=most, by="moved.since")
        return [_kept(Notice, each) for each in found]

    def told_since(self, moment: datetime, most: int) -> list[Notice]:
        """The notices of which something was told since then, the earliest first; at most so many."""
        since = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        found = self._records.find("notices", {"told_at": {"$gte": since}}, limit=most, by="told_at")
        return [_kept(Notice, each) for each in found]

    def paper(self, *, code: str | None = None, number: str | None = None, sha256: str | None = None) -> Paper | None:
        """A paper by what is printed on it, or by its bytes."""
        asked = {"_id": code, "number": number, "sha256": sha256}
        return self._one("papers", Paper, {key: value for key, value in asked.items() if value is not None})

    def days(self) -> list[Day]:
        """What was done on each day on which anything was, in order; looked up anew after a while, for all pages."""
        with self._look:
            looked, days = self._days
            if time.monotonic() - looked > COUNTED_AGAIN_AFTER:
                days = sorted((_kept(Day, found) for found in self._records.find("days", {})), key=lambda day: day.id)
                self._days = (time.monotonic(), days)
        return days

    def freshness(self, now: datetime) -> Freshness:
        """How old what is known is; never fails, so that every page can say it."""
        with self._look:
            looked, seen = self._heartbeat
            if time.monotonic() - looked > ASKED_AGAIN_AFTER:
                seen = self._beat()
                self._heartbeat = (time.monotonic(), seen)
        return Freshness(seen, seen and (now - seen).total_seconds())

    def _beat(self) -> datetime | None:
        try:
            beat = self._one("heartbeats", Heartbeat, {"_id": "noticeboard"})
        except RecordsAway:
            return None  # a page of the catalogue needs no records; one that does says so itself
        return beat and beat.at

    def _one(self, collection: str, shape: type[Kept], query: dict[str, Any]) -> Kept | None:
        found = self._records.find(collection, query, limit=1)
        return _kept(shape, found[0]) if found else None


def _kept(shape: type[Kept], document: dict[str, Any]) -> Kept:
    return shape.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})
