"""The account of the bus: every fact that was stated against every effect it should have had. It adds up or it says where not.

For each fact in a room's journal and each handler that hears it there must be one `handled` document. What is missing
is explained by where it waits (outbox, queue, retry, parked) or was *lost*. That an effect took place twice is looked for
where the bus has no hand in it, in the records themselves: the same happening from the same cause twice in one history,
one bank reference counted twice, one number given to two holders.

It walks through time-ordered ids in windows, so a million facts need no more memory than ten thousand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pymongo.collection import Collection
from pymongo.database import Database

from plumbing.messaging.desk import SERVICE_COLLECTIONS
from plumbing.messaging.operations.broker import Hearing
from plumbing.messaging.operations.status import moment_of
from plumbing.messaging.relay import id_before

WINDOW = 10_000  # facts looked at together, about
NAMED = 20  # how many of each finding are named


@dataclass
class Account:
    """The sums. `lost` and `doubled` must be 0. `waiting` is on its way (outbox, queue, retry) and 0 when all is at rest.

    `effects` counts handled (fact, handler) pairs; `duplicates` deliveries that were recognised and had no effect;
    `retried` tries that were put off; `parked` pairs an operator must decide, `discarded` pairs one has given up.
    `gaps` are numbers missing from a gapless series. `details` names what was found, up to twenty of each.
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
    hearings: Sequence[Hearing],
    bus: Database,
    queued: Mapping[str, int] | None = None,
) -> Account:
    """Audit all rooms. `hearings` is what is bound (`Broker.hearings`), `queued` how much lies in each queue.

    File the tray first (`Parked.file`), so that the book knows all that is parked. While the office works, a message in
    flight counts as waiting as far as `queued` covers it; for an exact answer take the account when all is at rest.
    """
    result = Account()
    heard_by: dict[str, list[Hearing]] = defaultdict(list)
    for hearing in hearings:
        heard_by[f"{hearing.said_by}.{hearing.event}"].append(hearing)
    unexplained: Counter[str] = Counter()
    for room, database in rooms.items():
        for facts, low, high in _windows(database.journal):
            result.events_said += len(facts)
            _check_window(result, unexplained, database, facts, (low, high), heard_by, rooms, bus)
        for tally in database.tallies.find({"_id": {"$in": ["duplicates", "retried"]}}):
            setattr(result, tally["_id"], getattr(result, tally["_id"]) + tally["n"])
        _check_records(result, room, database)
    for queue, missing in unexplained.items():
        in_queue = min(missing, (queued or {}).get(queue, 0))
        result.waiting += in_queue
        result.lost += missing - in_queue
        if missing > in_queue:
            result.name("lost_by_queue", f"{queue}: {missing - in_queue}")
    return result


def _windows(journal: Collection) -> Iterator[tuple[dict[str, str], str, str]]:
    """(type by fact id, lowest id, id above the highest) for one stretch of time after another.

    Ranges of `_id` rather than one sorted cursor: not every server that speaks MongoDB's language sorts by an index.
    """
    ends = [journal.find_one({}, {"_id": 1}, sort=[("_id", direction)]) for direction in (1, -1)]
    if ends[0] is None:
        return
    low, last = (moment_of(end["_id"]).timestamp() for end in ends)
    last += 0.001  # `id_before` this moment is above every id of the last millisecond
    width = max(0.001, (last - low) * WINDOW / max(1, journal.estimated_document_count()))
    while low < last:
        high = min(low + width, last)
        span = (_id_at(low), _id_at(high))
        within = {"_id": {"$gte": span[0], "$lt": span[1]}}
        facts = {d["_id"]: d["envelope"]["type"] for d in journal.find(within, {"envelope.type": 1}, limit=4 * WINDOW + 1)}
        if len(facts) > 4 * WINDOW and width > 0.002:
            width /= 4
            continue
        if facts:
            yield facts, *span
        if len(facts) < WINDOW // 4:
            width *= 2
        low = high


def _id_at(seconds: float) -> str:
    return id_before(datetime.fromtimestamp(seconds, UTC)).replace("-7000-8000-", "-0000-0000-")


def _check_window(
    result: Account,
    unexplained: Counter[str],
    said_in: Database,
    facts: dict[str, str],
    span: tuple[str, str],
    heard_by: Mapping[str, Sequence[Hearing]],
    rooms: Mapping[str, Database],
    bus: Database,
) -> None:
    by_type: dict[str, list[str]] = defaultdict(list)
    for id, type in facts.items():
        _, room, event, _ = type.split(".")
        by_type[f"{room}.{event}"].append(id)
    for name, ids in by_type.items():
        for hearing in heard_by.get(name, ()):
            keys = {"$gte": f"{hearing.handler}:{span[0]}", "$lt": f"{hearing.handler}:{span[1]}"}
            handled = rooms[hearing.room].handled.find({"_id": keys}, {"_id": 1})
            done = {document["_id"].partition(":")[2] for document in handled}
            missing = [id for id in ids if id not in done]
            late = _explain(result, said_in, rooms[hearing.room], hearing, missing, bus) if missing else 0
            result.effects += len(ids) - len(missing) + late
            if missing:
                unexplained[hearing.queue] += len(missing) - late - _explained
