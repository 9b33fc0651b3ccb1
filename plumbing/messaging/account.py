"""The account of the bus: every fact that was stated against every effect it should have had.

For each fact in a room's journal and each handler that hears it there must be one `handled` document. What is missing
is explained by where it waits (outbox, queue, retry, parked) or was *lost*. That an effect took place twice is looked
for where the bus has no hand in it, in the records themselves: the same happening from the same cause twice in one
history, one bank reference counted twice, one number given to two holders.

It walks through time-ordered ids in windows, so a million facts need no more memory than ten thousand.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pymongo.collection import Collection
from pymongo.database import Database

from plumbing.messaging.desk import SERVICE_COLLECTIONS
from plumbing.messaging.operations.broker import Hearing
from plumbing.messaging.operations.status import moment_of
from plumbing.messaging.relay import id_before

WINDOW = 10_000  # facts looked at together, about
NAMED = 20  # how many of each finding are named
REFERENCE = "bank_reference"  # wherever in a record one payment is counted
SERIES, NUMBERS = "series", "numbers"  # as `plumbing.numbering` keeps them


@dataclass
class Account:
    """The sums. `lost`, `doubled` and `gaps` must be 0; `waiting` is 0 when all is at rest.

    `effects` counts (fact, handler) pairs that were handled; `waiting` pairs on their way (outbox, queue, retry);
    `duplicates` deliveries that were recognised and had no effect; `retried` tries that were put off; `parked` entries
    an operator must decide, `discarded` entries one has given up, with a reason. `gaps` are numbers missing from a
    gapless series. `details` names what was found, up to twenty of each kind.
    """

    events_said: int = 0
    effects: int = 0
    duplicates: int = 0
    retried: int = 0
    waiting: int = 0
    parked: int = 0
    discarded: int = 0
    lost: int = 0
    doubled: int = 0
    gaps: int = 0
    details: dict[str, list[str]] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        return not (self.lost or self.doubled or self.gaps)

    def name(self, finding: str, what: str) -> None:
        named = self.details.setdefault(finding, [])
        if len(named) < NAMED:
            named.append(what)


def account(
    rooms: Mapping[str, Database],
    hearings: Iterable[Hearing],
    bus: Database,
    queued: Mapping[str, int] | None = None,
) -> Account:
    """Audit all rooms. `hearings` is what is bound (`Broker.hearings`), `queued` how much lies in each queue now.

    File the tray first (`Parked.file`), so that the book knows all that is parked. Exact when all is at rest; while the
    office works, what is in flight counts as waiting as far as `queued` covers it.
    """
    return _Audit(rooms, hearings, bus).carry_out(queued or {})


class _Audit:
    def __init__(self, rooms: Mapping[str, Database], hearings: Iterable[Hearing], bus: Database):
        self.rooms, self.bus, self.result = rooms, bus, Account()
        self.heard_by: dict[str, list[Hearing]] = defaultdict(list)
        for hearing in hearings:
            self.heard_by[f"{hearing.said_by}.{hearing.event}"].append(hearing)
        self.unexplained: Counter[str] = Counter()  # by queue

    def carry_out(self, queued: Mapping[str, int]) -> Account:
        result = self.result
        for room, database in self.rooms.items():
            for facts, low, high in _windows(database.journal):
                result.events_said += len(facts)
                self._check_facts(database, facts, low, high)
            for tally in database.tallies.find({"_id": {"$in": ["duplicates", "retried"]}}):
                setattr(result, tally["_id"], getattr(result, tally["_id"]) + tally["n"])
            self._check_records(room, database)
            self._check_numbers(room, database)
        for queue, missing in self.unexplained.items():
            in_queue = min(missing, queued.get(queue, 0))
            result.waiting += in_queue
            result.lost += missing - in_queue
        result.parked = self.bus.parked.count_documents({"state": "open"})
        result.discarded = self.bus.parked.count_documents({"state": "discarded"})
        return result

    # --- lost --------------------------------------------------------------------------------------------------------

    def _check_facts(self, said_in: Database, facts: Mapping[str, str], low: str, high: str) -> None:
        by_name: dict[str, list[str]] = defaultdict(list)
        for id, type in facts.items():
            _, room, event, _ = type.split(".")
            by_name[f"{room}.{event}"].append(id)
        for name, ids in by_name.items():
            if name not in self.heard_by:
                self.result.name("unheard", name)
            for hearing in self.heard_by[name]:
                keys = {"$gte": f"{hearing.handler}:{low}", "$lt": f"{hearing.handler}:{high}"}
                handled = self.rooms[hearing.room].handled.find({"_id": keys}, {"_id": 1})
                done = {document["_id"].partition(":")[2] for document in handled}
                missing = [id for id in ids if id not in done]
                self.result.effects += len(ids) - len(missing)
                if missing:
                    self._explain(said_in, hearing, missing)

    def _explain(self, said_in: Database, hearing: Hearing, missing: list[str]) -> None:
        """Where each fact without its effect is. What moved on since the first look is found at the second."""
        room, left = self.rooms[hearing.room], set(missing)
        outbox = said_in.outbox.find({"events": {"$in": missing}}, {"events": 1})
        self.result.waiting += _strike(left, (id for document in outbox for id in document["events"]))
        keys = {"_id": {"$in": [f"{hearing.handler}:{id}" for id in missing]}}
        noted = {document["_id"].partition(":")[2] for document in room.troubles.find(keys, {"_id": 1})}
        late = {document["_id"].partition(":")[2] for document in room.handled.find(keys, {"_id": 1})}
        self.result.effects += _strike(left, late)
        self.result.waiting += _strike(left, noted)
        settled = {"queue": hearing.queue, "event": {"$in": list(left)}, "state": {"$in": ["open", "discarded"]}}
        _strike(left, (entry["event"] for entry in self.bus.parked.find(settled, {"event": 1})))
        if left:
            self.unexplained[hearing.queue] += len(left)
            for id in sorted(left):
                self.result.name("without_effect", f"{hearing.queue} {id}")

    # --- doubled -----------------------------------------------------------------------------------------------------

    def _check_records(self, room: str, database: Database) -> None:
        references: set[bytes] = set()
        for name in database.list_collection_names():
            if name in (*SERVICE_COLLECTIONS, SERIES, NUMBERS):
                continue
            fields = {"history.what": 1, "history.note": 1, "history.cause": 1, f"payments.{REFERENCE}": 1}
            for record in database[name].find({"history": {"$exists": True}}, fields):
                happened = Counter((h.get("what"), h.get("note"), h.get("cause")) for h in record["history"])
                for (what, _, cause), times in happened.items():
                    if times > 1:
                        self._doubled(f"{room}.{name} {record['_id']}: {what} × {times}, cause {cause}", times)
                for payment in record.get("payments", []):
                    mark = hashlib.blake2b(str(payment[REFERENCE]).encode(), digest_size=16).digest()
                    if mark in references:
                        self._doubled(f"{room}.{name} {record['_id']}: {REFERENCE} {payment[REFERENCE]} counted again")
                    references.add(mark)

    def _check_numbers(self, room: str, database: Database) -> None:
        """One number, one holder, none left out."""
        given: dict[str, bytearray] = defaultdict(bytearray)  # one byte per number of a series
        for held in database[NUMBERS].find({}, {"series": 1, "number": 1, "holder": 1}):
            series, number = given[held["series"]], held["number"]
            series.extend(bytes(max(0, number + 1 - len(series))))
            if series[number]:
                self._doubled(f"{room}: number {number} of {held['series']} has two holders, one is {held['holder']}")
            series[number] = 1
        for document in database[SERIES].find({}, {"last": 1}):
            series = given[document["_id"]]
            series.extend(bytes(max(0, document["last"] + 1 - len(series))))
        for series, numbers in given.items():
            if missing := numbers.count(0, 1):
                self.result.gaps += missing
                self.result.name("gaps", f"{room}: {missing} of {series}, the first is {numbers.index(0, 1)}")

    def _doubled(self, what: str, times: int = 2) -> None:
        self.result.doubled += times - 1
        self.result.name("doubled", what)


def _windows(journal: Collection) -> Iterator[tuple[dict[str, str], str, str]]:
    """(type by fact id, lowest id, id above the highest) for one stretch of time after another.

    Ranges of `_id` rather than one sorted cursor: not every server that speaks MongoDB's language sorts by an index.
    """
    ends = [journal.find_one({}, {"_id": 1}, sort=[("_id", direction)]) for direction in (1, -1)]
    if ends[0] is None:
        return
    low, last = (round(moment_of(end["_id"]).timestamp() * 1000) for end in ends)  # milliseconds
    last += 2
    width = max(1, (last - low) * WINDOW // max(1, journal.estimated_document_count()))
    while low < last:
        span = (_lowest_id(low), _lowest_id(low + width))
        within = {"_id": {"$gte": span[0], "$lt": span[1]}}
        found = journal.find(within, {"envelope.type": 1}, limit=4 * WINDOW + 1)
        facts = {document["_id"]: document["envelope"]["type"] for document in found}
        if len(facts) > 4 * WINDOW and width > 1:
            width = max(1, width // 4)
            continue
        if facts:
            yield facts, *span
        low += width
        if len(facts) < WINDOW // 4:
            width *= 2


def _lowest_id(milliseconds: int) -> str:
    return id_before(datetime.fromtimestamp(milliseconds / 1000, UTC))


def _strike(left: set[str], found: Iterable[str]) -> int:
    """Take what was found off the list; how many there were."""
    before = len(left)
    left.difference_update(list(found))
    return before - len(left)
