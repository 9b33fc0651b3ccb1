"""The account of the bus: every fact that was stated against every effect it should have had.

For each fact in a room's journal and each handler that hears it there must be one `handled` document. What is missing
is explained by where it waits (outbox, queue, retry, parked) or was *lost*. That an effect took place twice is looked
for where the bus has no hand in it, in the records themselves: the same happening from the same cause twice in one
history, one bank reference counted twice, one number given to two holders.

It walks through time-ordered ids in windows, so ten million facts need no more memory than one window. Nothing here
sorts, and keys are looked up a few at a time: a server that speaks MongoDB's language need not plan as MongoDB does.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from pymongo.collection import Collection
from pymongo.database import Database

from plumbing.messaging.desk import SERVICE_COLLECTIONS
from plumbing.messaging.operations.broker import Hearing
from plumbing.messaging.operations.status import moment_of
from plumbing.messaging.relay import id_before

WINDOW = 200_000  # facts looked at together, about: some 200 MB
AT_ONCE = 100  # keys in one look-up
NAMED = 20  # how many of each finding are named
REFERENCE = "bank_reference"  # wherever in a record one payment is counted
Span = tuple[str, str] | None
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
            for facts, span in _windows(database.journal):
                result.events_said += len(facts)
                self._check_facts(database, facts, span)
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

    def _check_facts(self, said_in: Database, facts: Mapping[str, str], span: Span) -> None:
        ids: dict[str, set[str]] = defaultdict(set)
        for id, name in facts.items():
            ids[name].add(id)
        for name in ids.keys() - self.heard_by.keys():
            self.result.name("unheard", name)
        for room, database in self.rooms.items():
            here = [h for name in ids for h in self.heard_by.get(name, ()) if h.room == room]
            missing = {h.handler: set(ids[f"{h.said_by}.{h.event}"]) for h in here}
            expected = sum(map(len, missing.values()))
            for document in database.handled.find(_within(span, missing), {"_id": 1}) if missing else ():
                handler, _, id = document["_id"].partition(":")
                missing.get(handler, set()).discard(id)
            self.result.effects += expected - sum(map(len, missing.values()))
            for hearing in here:
                if left := missing[hearing.handler]:
                    self._explain(said_in, hearing, left)

    def _explain(self, said_in: Database, hearing: Hearing, left: set[str]) -> None:
        """Where each fact without its effect is. What moved on since the first look is found at the second."""
        room, result, handler = self.rooms[hearing.room], self.result, hearing.handler
        result.waiting += _strike(left, (id for d in said_in.outbox.find({}, {"events": 1}) for id in d["events"]))
        noted = {document["_id"].partition(":")[2] for document in room.troubles.find({}, {"_id": 1})}
        for some in batched(sorted(left), AT_ONCE):
            done = room.handled.find({"_id": {"$in": [f"{handler}:{id}" for id in some]}}, {"_id": 1})
            result.effects += _strike(left, [document["_id"].partition(":")[2] for document in done])
        result.waiting += _strike(left, noted)
        settled = {"queue": hearing.queue, "state": {"$in": ["open", "discarded"]}}
        _strike(left, (entry["event"] for entry in self.bus.parked.find(settled, {"event": 1})))
        if left:
            self.unexplained[hearing.queue] += len(left)
            for id in sorted(left)[:NAMED]:
                result.name("without_effect", f"{hearing.queue} {id}")

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


def _windows(journal: Collection) -> Iterator[tuple[dict[str, str], Span]]:
    """(`room.Event` by fact id, span of ids) for one stretch of time after another; no span when one holds all."""
    count = journal.estimated_document_count()
    if count <= WINDOW:
        yield _facts(journal, None, 2 * WINDOW), None
        return
    ends = [journal.find_one({}, {"_id": 1}, sort=[("_id", direction)]) for direction in (1, -1)]
    low, last = (round(moment_of(end["_id"]).timestamp() * 1000) for end in ends)  # milliseconds
    width = max(1, (last - low) * WINDOW // count)
    while low <= last:
        span = (_lowest_id(low), _lowest_id(low + width))
        facts = _facts(journal, span, 2 * WINDOW)
        if len(facts) > 2 * WINDOW and width > 1:
            width = max(1, width // 4)
            continue
        if facts:
            yield facts, span
        low += width
        if len(facts) < WINDOW // 4:
            width *= 2


def _facts(journal: Collection, span: Span, most: int) -> dict[str, str]:
    found = journal.find(_within(span, [""]), {"envelope.type": 1}, limit=most + 1)
    return {document["_id"]: ".".join(document["envelope"]["type"].split(".")[1:3]) for document in found}


def _within(span: Span, handlers: Iterable[str]) -> dict[str, Any]:
    """A query for ids within the span: of facts themselves, or after the names of handlers."""
    if span is None:
        return {}
    marks = [f"{handler}:" if handler else "" for handler in handlers]
    return {"$or": [{"_id": {"$gte": mark + span[0], "$lt": mark + span[1]}} for mark in marks]}


def _lowest_id(milliseconds: int) -> str:
    return id_before(datetime.fromtimestamp(milliseconds / 1000, UTC))


def batched(keys: Sequence[str], size: int) -> Iterator[list[str]]:
    """The keys, so many at a time."""
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some


def _strike(left: set[str], found: Iterable[str]) -> int:
    """Take what was found off the list; how many there were."""
    before = len(left)
    left.difference_update(list(found))
    return before - len(left)
