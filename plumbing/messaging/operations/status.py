"""Is anything stuck, where, since when: the bus in one look."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError

from contracts import ROOMS
from plumbing.messaging.operations.broker import Broker, BusAway, Presence, QueueFigures
from plumbing.messaging.operations.words import aware
from plumbing.messaging.parked import Parked
from plumbing.messaging.presence import silent_since
from plumbing.messaging.relay import id_before
from plumbing.messaging.topology import PARKED, UNROUTED

UNSENT_AFTER = timedelta(seconds=10)  # a younger fact is in the hands of the process that wrote it


@dataclass(frozen=True)
class Trouble:
    """A message that waits for its next try in a room."""

    room: str
    queue: str
    type: str
    application: str
    reason: str
    early: bool
    attempts: int
    since: datetime
    next_try: datetime


@dataclass(frozen=True)
class RoomState:
    """One room. `doors` of them `closed` have no consumer; all closed means that the room is down.
    `silent`: since when a process that is still connected has given no sign of life."""

    room: str
    waiting: int
    in_hand: int
    retrying: int
    parked: int
    unsent: int
    oldest: datetime | None
    doors: int
    closed: int
    silent: datetime | None = None

    @property
    def down(self) -> bool:
        return self.closed == self.doors

    @property
    def needs_somebody(self) -> bool:
        return self.closed > 0 or self.parked > 0 or self.unsent > 0 or self.silent is not None


@dataclass(frozen=True)
class BusState:
    """The whole bus. `needs_somebody` when a person must act: retries go on by themselves and need nobody.

    `unrouted` are messages nobody hears, `parked_elsewhere` entries that name no room of ours, `filed` how many this
    look took off the tray, `on_tray` how many it left there, `queues` the figures of each queue, `present` the
    processes that are connected.
    """

    at: datetime
    rooms: list[RoomState]
    troubles: list[Trouble]
    unrouted: int
    parked_elsewhere: int
    filed: int
    on_tray: int
    queues: dict[str, QueueFigures]
    present: list[Presence]

    @property
    def parked(self) -> int:
        return self.on_tray + self.parked_elsewhere + sum(room.parked for room in self.rooms)

    @property
    def needs_somebody(self) -> bool:
        return self.unrouted + self.on_tray + self.parked_elsewhere > 0 or any(
            room.needs_somebody for room in self.rooms
        )

    def as_dict(self) -> dict[str, Any]:
        """For `--json`: instants in UTC, ISO 8601."""
        rooms = [asdict(room) | {"down": room.down} for room in self.rooms]
        return {
            "at": self.at,
            "needs_somebody": self.needs_somebody,
            "parked": self.parked,
            "parked_elsewhere": self.parked_elsewhere,
            "unrouted": self.unrouted,
            "filed": self.filed,
            "rooms": rooms,
            "troubles": [asdict(trouble) for trouble in self.troubles],
        }


def look(
    broker: Broker, client: MongoClient, bus: str = "bus", rooms: tuple[str, ...] = ROOMS, file: bool = True
) -> BusState:
    """File the tray (unless it is to be left as it is), then see every room. Raises BusAway when broker or database
    cannot be seen."""
    now = datetime.now(UTC)
    try:
        parked = Parked(broker, client[bus])
        filed = parked.file() if file else 0
        aside = parked.open()
        figures = broker.figures()
        present = broker.present()
        troubles, unsent, silent = {}, {}, {}
        for room in rooms:
            troubles[room] = troubles_of(client[room], room)
            unsent[room] = _unsent(client[room], now)
            silent[room] = _silent(client[room], [each for each in present if each.room == room], now)
    except PyMongoError as error:
        raise BusAway(f"Basis data tidak dapat dibaca: {type(error).__name__}.") from error
    states = [
        _room(
            room,
            {name: f for name, f in figures.items() if name.startswith(f"{room}.")},
            troubles[room],
            [entry for entry in aside if entry["room"] == room],
            unsent[room],
            silent[room],
        )
        for room in rooms
    ]
    waiting = sorted((t for each in troubles.values() for t in each), key=lambda t: t.next_try)
    unrouted = figures[UNROUTED].ready if UNROUTED in figures else 0
    on_tray = figures[PARKED].ready if PARKED in figures else 0
    elsewhere = sum(entry["room"] not in rooms for entry in aside)
    return BusState(now, states, waiting, unrouted, elsewhere, filed, on_tray, figures, present)


def troubles_of(database: Database, room: str, application: str | None = None) -> list[Trouble]:
    """What waits for its next try in a room; a note left over from something that has succeeded is not counted."""
    noted = list(database.troubles.find({"subject": application} if application else {}))
    done = {d["_id"] for d in database.handled.find({"_id": {"$in": [n["_id"] for n in noted]}}, {"_id": 1})}
    return [
        Trouble(
            room,
            note["queue"],
            note["type"],
            note["subject"],
            note["reason"],
            note["early"],
            note["attempts"],
            datetime.fromisoformat(note["first_failed"]),
            datetime.fromisoformat(note["last_failed"]) + timedelta(milliseconds=note["pause_ms"]),
        )
        for note in noted
        if note["_id"] not in done
    ]


def _unsent(database: Database, now: datetime) -> list[datetime]:
    """When the facts were stated that should have reached the broker long ago."""
    late = database.outbox.find({"_id": {"$lt": id_before(now - UNSENT_AFTER)}}, {"_id": 1})
    return [moment_of(document["_id"]) for document in late]


def _silent(database: Database, present: list[Presence], now: datetime) -> datetime | None:
    """The longest silence of a connected process of the room."""
    found = [silent_since(database, process.instance, process.since, now) for process in present]
    return min((since for since in found if since), default=None)


def moment_of(id: str) -> datetime:
    """When a UUIDv7 was made."""
    return datetime.fromtimestamp(int(id.replace("-", "")[:12], 16) / 1000, UTC)


def _room(
    room: str,
    figures: dict[str, QueueFigures],
    troubles: list[Trouble],
    aside: list[dict],
    unsent: list[datetime],
    silent: datetime | None,
) -> RoomState:
    since = [t.since for t in troubles] + [aware(e["first_failed"]) for e in aside] + unsent
    return RoomState(
        room,
        waiting=sum(f.ready for f in figures.values()),
        in_hand=sum(f.in_hand for f in figures.values()),
        retrying=len(troubles),
        parked=len(aside),
        unsent=len(unsent),
        oldest=min(since, default=None),
        doors=len(figures),
        closed=sum(f.consumers == 0 for f in figures.values()),
        silent=silent,
    )
