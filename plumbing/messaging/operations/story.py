"""The whole story of one application, read from what every room wrote down: nothing of it was composed for the purpose.

Facts come from the journals, who heard them from the memory of what was handled, acts that stated no fact from the
records' histories, letters from notification's deliveries. No personal data: officers are named, applicants are not,
addresses and free text are left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pymongo import MongoClient

from catalogue.authority import EXCEPTION_NAMES
from catalogue.office import organisation
from contracts import ROOMS
from plumbing.messaging.desk import SERVICE_COLLECTIONS
from plumbing.messaging.operations import words
from plumbing.messaging.operations.broker import Hearing
from plumbing.messaging.operations.status import Trouble, troubles_of
from plumbing.messaging.operations.turn_words import TURNS
from values.dates import office_date

RECORDED_LATER = 120  # seconds between paper and entry from which both times are told


@dataclass(frozen=True)
class Heard:
    """One handler that took a fact in; `at` is None while it has not."""

    room: str
    at: datetime | None


@dataclass(frozen=True)
class Paper:
    """One document of the file. `sha256` is whole; a reader is shown its beginning."""

    kind: str
    number: str | None
    sha256: str
    size: int


@dataclass
class Entry:
    """One thing that happened. `kind`: fact, act (of a person, stating no fact) or letter. `on_paper` when it was
    entered later than it happened; `cause` is the id of the message it came from, `came_from` the fact if it was one;
    `basis` is the exception under which something was left out, and its decree.
    """

    kind: str
    id: str
    at: datetime
    room: str
    what: str
    who: str
    cause: str = ""
    came_from: str = ""
    on_paper: datetime | None = None
    outcome: str = ""
    basis: str = ""
    heard: list[Heard] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


@dataclass
class Story:
    application: str
    entries: list[Entry]
    troubles: list[Trouble]
    parked: list[dict[str, Any]]


def tell(client: MongoClient, application: str, bus: str = "bus", hearings: Iterable[Hearing] | None = None) -> Story:
    """Everything about one application in time order. With `hearings` it also says who has yet to hear what."""
    envelopes = {d["_id"]: d["envelope"] for room in ROOMS for d in client[room].journal.find({"subject": application})}
    handled = _handled(client, envelopes)
    histories = [(room, h) for room in ROOMS for h in _histories(client[room], application)]
    told: set[Paper] = set()  # each is shown where it first came up
    entries = []
    for id in sorted(envelopes):
        entry = _fact(envelopes[id], envelopes, histories)
        entry.heard = _heard(envelopes[id], handled, hearings)
        entry.papers = [p for p in _papers(envelopes[id]["data"]) if p not in told and not told.add(p)]
        entries.append(entry)
    entries += _acts(histories, envelopes)
    entries += [_letter(d) for d in client.notification.deliveries.find({"application_id": application})]
    entries.sort(key=lambda e: (e.at, e.id))
    troubles = [t for room in ROOMS for t in troubles_of(client[room], room, application)]
    fields = {"body": 0, "traceback": 0, "headers": 0}
    parked = sorted(client[bus].parked.find({"application": application}, fields), key=lambda e: e["last_failed"])
    return Story(application, entries, troubles, parked)


def who(actor: str | None, role: str | None, at: datetime) -> str:
    """An officer by name and by the seat in which they acted at that moment; an applicant only as such."""
    if not role:
        return "sistem"
    name = organisation().roles[role].name if role in organisation().roles else role
    if role == "applicant":
        return name
    officer = organisation().officers.get(actor or "")
    if officer is None:
        return name
    seat = organisation().seated(officer.id, role, office_date(at)) or (officer if role == officer.role else None)
    return f"{officer.name} ({organisation().title(seat) if seat else name})"


def _fact(envelope: dict, all_of_them: Mapping[str, dict], histories: list[tuple[str, dict]]) -> Entry:
    cause, type = envelope.get("causationid", ""), envelope["type"]
    before = all_of_them.get(cause)
    at = datetime.fromisoformat(envelope["time"])
    on_paper = None if before else _paper_time(at, [h for _, h in histories if h["cause"] == cause])
    return Entry(
        "fact",
        envelope["id"],
        at,
        room=type.split(".")[1],
        what=words.phrase(type),
        who="sistem" if before else who(envelope.get("actorid"), envelope.get("actorrole"), on_paper or at),
        cause=cause,
        came_from=words.phrase(before["type"]) if before else "",
        on_paper=on_paper,
        basis=_basis(envelope["data"]),
    )


def _basis(data: dict) -> str:
    """Under which exception initials were left out; the reason somebody wrote is free text and stays in the record."""
    return f"{EXCEPTION_NAMES[data['exception']]}, {data['decree']}" if "exception" in data else ""


def _acts(histories: list[tuple[str, dict]], envelopes: Mapping[str, dict]) -> list[Entry]:
    """What persons did that stated no fact: a paraf, a finding, a tick."""
    spoken_of = {e.get("causationid") for e in envelopes.values()} | envelopes.keys()
    acts = []
    for room, happening in histories:
        if happening["cause"] in spoken_of or not happening.get("role"):
            continue
        at = datetime.fromisoformat(happening["recorded_at"])
        on_paper = _paper_time(at, [happening])
        acts.append(
            Entry(
                "act",
                happening["cause"],
                at,
                room,
                words.act(happening["what"]),
                who(happening.get("actor"), happening["role"], on_paper or at),
                happening["cause"],
                on_paper=on_paper,
            )
        )
    return acts


def _letter(delivery: dict) -> Entry:
    to = "petugas SKPD" if delivery["to"] == "officer" else "pemohon"
    channel = words.CHANNELS.get(delivery["channel"], delivery["channel"])
    what = f"surat “{TURNS.get(delivery['turn'], delivery['turn'])}” kepada {to} lewat {channel}"
    outcome = words.DELIVERED.get(delivery["outcome"], delivery["outcome"])
    at = words.aware(datetime.fromisoformat(delivery["at"]))
    return Entry("letter", delivery["_id"], at, "notification", what, "sistem", outcome=outcome)


def _handled(client: MongoClient, envelopes: Mapping[str, dict]) -> dict[tuple[str, str], datetime]:
    """When each room took each fact in. A handler is always called after its event, so its memory is found by key."""
    keys = {f"{handler_of(e['type'])}:{id}": id for id, e in envelopes.items()}
    return {
        (room, keys[d["_id"]]): words.aware(d["at"])
        for room in ROOMS
        for d in client[room].handled.find({"_id": {"$in": list(keys)}}, {"at": 1})
    }


def handler_of(cloud_type: str) -> str:
    """`ptsp.intake.ResiIssued.v1` → `on_resi_issued`"""
    return "on_" + re.sub(r"(?<!^)(?=[A-Z])", "_", cloud_type.split(".")[2]).lower()


def _heard(
    envelope: dict, handled: Mapping[tuple[str, str], datetime], hearings: Iterable[Hearing] | None
) -> list[Heard]:
    _, said_by, event, _ = envelope["type"].split(".")
    bound = {h.room for h in hearings or () if (h.said_by, h.event) == (said_by, event)}
    heard = {room: at for (room, id), at in handled.items() if id == envelope["id"]}
    return [Heard(room, heard.get(room)) for room in ROOMS if room in bound or room in heard]


def _histories(database: Any, application: str) -> list[dict]:
    """The happenings of every record of a room that stands under the application's id."""
    names = [n for n in database.list_collection_names() if n not in SERVICE_COLLECTIONS]
    records = [database[name].find_one({"_id": application}, {"history": 1}) for name in sorted(names)]
    return [happening for record in records if record for happening in record.get("history", [])]


def _paper_time(entered: datetime, happenings: list[dict]) -> datetime | None:
    """When it happened on paper, if that was told and is not the time of its entry."""
    stated = [datetime.fromisoformat(h["at"]) for h in happenings]
    late = [at for at in stated if (entered - at).total_seconds() > RECORDED_LATER]
    return max(late, default=None)


def _papers(data: dict) -> list[Paper]:
    """Documents in a fact, wherever it holds them."""
    found = [data.get("document")] + [a.get("document") for a in data.get("attachments") or [] if isinstance(a, dict)]
    return [Paper(d["kind"], d.get("number"), d["sha256"], d["size"]) for d in found if d]
