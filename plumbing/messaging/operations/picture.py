"""The bus in office words, for pages: the picture of a moment, and the tray with what operators did."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from contracts.operations import (
    ActSeen,
    EntrySeen,
    EntryShown,
    Picture,
    ProcessSeen,
    QueueSeen,
    RoomSeen,
    SecondSite,
    Tray,
    TroubleSeen,
)
from plumbing.messaging.operations import words
from plumbing.messaging.operations.broker import BusAway, QueueFigures
from plumbing.messaging.operations.contents import without_personal_data
from plumbing.messaging.operations.files import FileName
from plumbing.messaging.operations.status import BusState, Trouble, look
from plumbing.messaging.operations.tools import BOOK, Tools
from plumbing.messaging.parked import Entry, short
from plumbing.messaging.topology import PARKED, UNROUTED

TROUBLES, ENTRIES, ACTS = 50, 100, 30  # named in one picture; the rest is counted
REMEMBERED = timedelta(days=31)
Names = Mapping[str, FileName]


def picture(tools: Tools, before: Picture | None = None) -> Picture:
    """What is to be seen now; nothing is changed by looking. `before` tells since when a queue has had something in it.
    Raises BusAway."""
    state = look(tools.broker, tools.client, file=False)
    try:
        named = tools.files.named([t.application for t in state.troubles[:TROUBLES]])
        behind, beat = _second_site(tools.client), _heartbeat(tools.client)
    except PyMongoError as error:
        raise BusAway(f"Basis data tidak dapat dibaca: {type(error).__name__}.") from error
    return Picture(
        at=state.at,
        needs_somebody=state.needs_somebody,
        rooms=[
            RoomSeen(
                room=r.room, name=words.room(r.room), waiting=r.waiting, in_hand=r.in_hand, retrying=r.retrying,
                parked=r.parked, unsent=r.unsent, oldest=r.oldest, doors=r.doors, closed=r.closed, silent=r.silent,
            )
            for r in state.rooms
        ],
        queues=_queues(state, before),
        troubles=[_trouble(t, named) for t in state.troubles[:TROUBLES]],
        retrying=len(state.troubles),
        parked=state.parked,
        unrouted=state.unrouted,
        processes=[
            ProcessSeen(room=p.room, name=words.room(p.room), instance=p.instance, since=p.since, release=p.release)
            for p in state.present
        ],
        second_site=behind,
        noticeboard_at=beat,
        tried_at=state.at,
    )  # fmt: skip


def tray(tools: Tools, now: datetime) -> Tray:
    """What waits for an operator, and what operators did in the last month. Raises BusAway."""
    book, files = tools.parked, tools.files
    book.file()
    entries, acts = book.open(), book.acts(now - REMEMBERED, now)[:ACTS]
    names = files.named([e["application"] for e in entries[:ENTRIES]] + [_about(a, "application") for a in acts])
    return Tray(
        entries=[_seen(entry, names) for entry in entries[:ENTRIES]],
        more=max(0, len(entries) - ENTRIES),
        acts=[_act(act, names) for act in acts],
    )


def shown(tools: Tools, number: str) -> EntryShown:
    """One entry whole, without what may be personal. Raises BusAway, Refusal (`unknown_entry`, `ambiguous_entry`)."""
    book = tools.parked
    book.file()
    entry = book.find(number)
    names = tools.files.named([entry["application"]])
    acts = sorted(tools.client[BOOK].audit.find({"entry": entry["_id"]}), key=lambda line: words.aware(line["at"]))
    return EntryShown(
        **_seen(entry, names).model_dump(),
        queue=entry["queue"],
        size=len(entry["body"]),
        content=without_personal_data(bytes(entry["body"])),
        acts=[_act(line, names) for line in acts],
    )


def _queues(state: BusState, before: Picture | None) -> list[QueueSeen]:
    held = {q.name: q.since for q in before.queues} if before else {}
    return [
        QueueSeen(
            name=name,
            room=name.partition(".")[0],
            what=_what(name),
            waiting=figures.ready,
            in_hand=figures.in_hand,
            consumers=figures.consumers,
            since=(held.get(name) or state.at) if figures.ready else None,
        )
        for name, figures in sorted(state.queues.items(), key=lambda each: (-each[1].ready, each[0]))
        if _is_somebodys(name, figures)
    ]


def _is_somebodys(name: str, figures: QueueFigures) -> bool:
    """A queue of a room, or one in which something lies that should not."""
    return name.partition(".")[0] in words.ROOMS or figures.ready > 0


def _what(name: str) -> str:
    parts = name.split(".")
    if len(parts) == 4:
        return words.step(parts[0], f"ptsp.{parts[2]}.{parts[3]}.v1")
    if name.endswith(".commands"):
        return f"{words.room(parts[0])}, perintah dan pertanyaan"
    return {PARKED: "disisihkan, belum dicatat", UNROUTED: "tidak didengar siapa pun"}.get(name, "menunggu dicoba lagi")


def _trouble(trouble: Trouble, names: Names) -> TroubleSeen:
    return TroubleSeen(
        room=trouble.room,
        step=words.step(trouble.room, trouble.type),
        file=_file(trouble.application, names),
        why=words.reason(trouble.reason),
        early=trouble.early,
        attempts=trouble.attempts,
        since=trouble.since,
        next_try=trouble.next_try,
    )


def _seen(entry: Entry, names: Names) -> EntrySeen:
    return EntrySeen(
        id=entry["_id"],
        number=short(entry),
        file=_file(entry["application"], names),
        step=words.step(entry["room"], entry["type"], command=entry["command"]),
        room=words.room(entry["room"]),
        why=words.reason(entry["reason"]),
        attempts=entry["attempts"],
        first_failed=words.aware(entry["first_failed"]),
        last_failed=words.aware(entry["last_failed"]),
        command=entry["command"],
        asker=entry["asker"],
        state=entry["state"],
        by=entry["by"],
    )


def _act(line: dict, names: Names) -> ActSeen:
    command = _about(line, "queue").endswith(".commands")
    return ActSeen(
        at=words.aware(line["at"]),
        what=line["what"],
        operator=line["operator"],
        role=line.get("role", "operator"),
        through=line["os_user"],
        why=line["why"],
        entry=line["entry"][:8],
        file=_file(_about(line, "application"), names),
        step=words.step(_about(line, "room"), _about(line, "type"), command=command),
    )


def _about(line: dict, field: str) -> str:
    """What the line says of the entry; lines of older versions say nothing."""
    return line.get("about", {}).get(field, "")


def _file(application: str, names: Names) -> str:
    return str(names.get(application) or application or "tidak diketahui")


def _second_site(client: MongoClient) -> SecondSite:
    archive = client["archive"]
    waiting = list(archive.bundles.find({"proven": False}, {"bundles": 1}))
    sealed = [b["sealed_at"] for file in waiting for b in file["bundles"] if not b.get("replicated_at")]
    last = archive.sites.find_one({"_id": "second"}) or {}
    oldest = min((datetime.fromisoformat(each) for each in sealed), default=None)
    verified = last.get("verified_at")
    return SecondSite(waiting=len(sealed), oldest=oldest, verified_at=verified and datetime.fromisoformat(verified))


def _heartbeat(client: MongoClient) -> datetime | None:
    beat = client["noticeboard"].heartbeats.find_one({"_id": "noticeboard"})
    return datetime.fromisoformat(beat["at"]).astimezone(UTC) if beat else None
