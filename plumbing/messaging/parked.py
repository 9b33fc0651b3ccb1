"""What was put aside: the broker's queue `parked` is the tray, the database `bus` the book an operator works from.

A message is filed in the book before it is taken off the tray, under an id made from itself, so that neither a crash
nor two operators at once lose or double it. From the book it is *replayed* (given back, byte for byte, to the one queue
it came from, as if it had never been tried) or *discarded* with a reason; both are audited.

Commands are never replayed. The signed statement of who acts lives five minutes, so hours later a room would refuse it
and the command would vanish with an answer nobody reads; and whoever sent it was told that it failed. They repeat it
(with the same `command_id` it still takes effect once) and the operator discards the entry.
"""

import getpass
import hashlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import amqp
import jwt
import orjson
from bson import Binary
from pymongo import ASCENDING, UpdateOne
from pymongo.database import Database

from plumbing.messaging.envelope import new_id
from plumbing.messaging.operations.broker import Broker
from plumbing.messaging.operations.words import aware
from plumbing.messaging.publisher import Letter
from plumbing.messaging.topology import PARKED, PAUSES, retry_exchange
from values.refusal import Refusal

FILED_AT_ONCE = 100  # taken off the tray with one acknowledgement
SHORTEST_REASON = 10  # characters
# Written by the rooms when they gave up. A replay starts afresh: they are kept in the entry and taken off the message.
HISTORY_HEADERS = ("attempts", "first_failed", "last_failed", "reason", "early", "queue", "room", "traceback")
BY_THE_BROKER = {
    "delivery_limit": "DeliveryLimit: ruang berhenti mendadak berkali-kali saat menangani pesan ini",
    "expired": "Expired: pesan menunggu melewati batas waktunya",
    "maxlen": "QueueFull: antrean penuh",
    "rejected": "Rejected: ruang menolak pesan ini tanpa alasan",
}
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class By:
    """Who works on the book: the operator of the organisation when told, in which role, from which address, and through
    what (`os_user`: who is at this machine, or the room). `command` is the id of what they asked: repeated, it is the
    same act."""

    os_user: str
    operator: str | None = None
    role: str = "operator"
    command: str = ""
    address: str | None = None

    @classmethod
    def me(cls, operator: str | None = None) -> "By":
        return cls(getpass.getuser(), operator)

    def as_dict(self) -> dict:
        return asdict(self)


def short(entry: Entry) -> str:
    """The part of an entry's id that a person types."""
    return entry["_id"][:8]


class Parked:
    """The tray and the book. `bus` is the operator's own database."""

    def __init__(self, broker: Broker, bus: Database):
        self.broker, self.bus = broker, bus

    def file(self) -> int:
        """Everything on the tray into the book; how many there were. Raises BusAway."""
        filed = 0
        with self.broker.connect() as connection:
            channel = connection.channel()
            while messages := _take(channel):
                entries = [entry_of(message) for message in messages]
                self.bus.parked.bulk_write(
                    [UpdateOne({"_id": e["_id"]}, {"$setOnInsert": e}, upsert=True) for e in entries], ordered=False
                )
                channel.basic_ack(messages[-1].delivery_tag, multiple=True)
                filed += len(messages)
        if filed:
            for field in ("state", "application"):
                self.bus.parked.create_index([(field, ASCENDING)])
            self.bus.audit.create_index([("at", ASCENDING)])
        return filed

    def open(self) -> list[Entry]:
        """What waits for an operator, longest first; without bodies."""
        entries = list(self.bus.parked.find({"state": "open"}, {"body": 0, "traceback": 0}))
        return sorted(entries, key=lambda e: (aware(e["first_failed"]), e["_id"]))

    def about(self, application: str) -> list[Entry]:
        """Everything ever put aside for one application; without bodies."""
        entries = self.bus.parked.find({"application": application}, {"body": 0, "traceback": 0})
        return sorted(entries, key=lambda e: aware(e["last_failed"]))

    def find(self, typed: str) -> Entry:
        """The entry whose id begins with what was typed. `Refusal(unknown_entry | ambiguous_entry)`."""
        text = typed.strip().lower()
        if len(text) < 4 or any(c not in "0123456789abcdef" for c in text):
            remedy = "Lihat kolom No. pada `ptsp bus parked`."
            raise Refusal("unknown_entry", f"{typed} bukan nomor entri.", field="id", remedy=remedy)
        found = list(self.bus.parked.find({"_id": {"$gte": text, "$lt": text + "g"}}, limit=2))
        if not found:
            remedy = "Lihat kolom No. pada `ptsp bus parked`."
            raise Refusal("unknown_entry", f"Tidak ada entri {typed}.", field="id", remedy=remedy)
        if len(found) > 1:
            raise Refusal(
                "ambiguous_entry", f"{typed} cocok dengan beberapa entri.", field="id", remedy="Tulis lebih panjang."
            )
        return found[0]

    def acts(self, since: datetime, until: datetime) -> list[dict[str, Any]]:
        """The lines of the audit of a time, the latest first."""
        return sorted(self.bus.audit.find({"at": {"$gte": since, "$lte": until}}), key=lambda a: aware(a["at"]))[::-1]

    def replay(self, entry: Entry, by: By, reason: str, now: datetime | None = None) -> None:
        """Give the same bytes back to the one queue they came from, as if never tried. Raises BrokerAway.

        It is audited before it is sent: whatever dies in between, nobody's act goes without its line.
        """
        why = _reason(reason)
        if self._is_done(entry, "replayed", by):
            return
        if entry["command"]:
            raise Refusal(
                "command_not_replayed",
                "Perintah seseorang tidak diputar ulang: pernyataan siapa yang bertindak hanya berlaku lima menit.",
                remedy=f"Minta {entry['asker'] or 'pengirimnya'} mengulanginya, lalu buang entri ini dengan alasan.",
            )
        if not self.broker.has_queue(entry["queue"]):
            reason = f"Antrean {entry['queue'] or '(tidak diketahui)'} tidak ada lagi."
            raise Refusal(
                "no_such_queue", reason, remedy="Jalankan set-up ruang itu, atau buang entri ini dengan alasan."
            )
        self._audit("replay", entry, by, why, now)
        headers = {name: value for name, value in entry["headers"] if name not in HISTORY_HEADERS}
        letter = Letter(retry_exchange(PAUSES[0]), entry["queue"], bytes(entry["body"]), headers, entry["message_id"])
        self.broker.publisher.publish([letter])
        self._settle("replayed", entry, by, why, now)

    def discard(self, entry: Entry, by: By, reason: str, now: datetime | None = None) -> None:
        """Put it away for good; it stays in the book with the reason."""
        why = _reason(reason)
        if self._is_done(entry, "discarded", by):
            return
        self._audit("discard", entry, by, why, now)
        self._settle("discarded", entry, by, why, now)

    def note_read(self, entry: Entry, by: By, now: datetime | None = None) -> None:
        """The body of a message was looked at; it can hold personal data."""
        self._audit("read_body", entry, by, "", now)

    def _is_done(self, entry: Entry, state: str, by: By) -> bool:
        """Whether this very command settled it before. Refusal when somebody else did, or otherwise."""
        before = {line.get("command") for line in entry["audit"] if line["what"] == state}
        if entry["state"] == state and by.command and by.command in before:
            return True
        if entry["state"] != "open":
            words = {"replayed": "sudah diputar ulang", "discarded": "sudah dibuang"}[entry["state"]]
            raise Refusal("already_settled", f"Entri {short(entry)} {words}.", field="id")
        return False

    def _audit(self, what: str, entry: Entry, by: By, why: str, now: datetime | None) -> None:
        about = {field: entry[field] for field in ("application", "type", "room", "queue", "message_id", "reason")}
        line = {"at": now or datetime.now(UTC), "what": what, "entry": entry["_id"], "why": why, "about": about}
        # The same command comes again when the process died before it could say that it was done: one line.
        id = f"{by.command}:{entry['_id']}:{what}" if by.command else new_id()
        self.bus.audit.update_one({"_id": id}, {"$setOnInsert": line | by.as_dict()}, upsert=True)

    def _settle(self, state: str, entry: Entry, by: By, why: str, now: datetime | None) -> None:
        line = {"at": now or datetime.now(UTC), "what": state, "why": why} | by.as_dict()
        self.bus.parked.update_one(
            {"_id": entry["_id"], "state": "open"}, {"$set": {"state": state}, "$push": {"audit": line}}
        )


def entry_of(message: amqp.Message, now: datetime | None = None) -> Entry:
    """A parked message as the book keeps it. Whatever it is made of, an entry comes out: nothing stays on the tray."""
    headers, now = message.headers or {}, now or datetime.now(UTC)
    body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
    envelope = _envelope(body)
    deaths = headers.get("x-death") or []
    by_the_broker = "queue" not in headers and bool(deaths)
    queue = str(
        deaths[0].get("queue", "") if by_the_broker else headers.get("queue", message.delivery_info["routing_key"])
    )
    died_at = aware(deaths[0]["time"]) if by_the_broker and deaths[0].get("time") else now
    last_failed = died_at if by_the_broker else _time(headers.get("last_failed"), now)
    reason = str(headers.get("reason", ""))
    if by_the_broker:
        name = str(deaths[0].get("reason", ""))
        reason = BY_THE_BROKER.get(name, f"DeadLettered: {name}") + (f"; sebelumnya {reason}" if reason else "")
    message_id = str(message.properties.get("message_id") or "")
    # Without a time of its own (nobody stamped it) a message is known by what it is.
    stamp = "" if last_failed is now else last_failed.isoformat()
    seed = "\n".join([message_id, queue, stamp, hashlib.sha256(body).hexdigest()])
    parts = queue.split(".")
    return {
        "_id": hashlib.sha256(seed.encode()).hexdigest()[:32],
        "queue": queue,
        "room": parts[0],
        "handler": parts[1] if len(parts) > 1 else "",
        "command": queue.endswith(".commands"),
        "asker": _asker(headers.get("statement")),
        "message_id": message_id,
        "event": _text(envelope, "id"),
        "type": _text(envelope, "type"),
        "application": _text(envelope, "subject") or _text(envelope.get("data"), "application_id"),
        "cause": _text(envelope, "causationid"),
        "trace": _text(envelope, "traceparent"),
        "body": Binary(body),
        "headers": [[str(k), _plain(v)] for k, v in headers.items() if not str(k).startswith("x-")],
        "reason": reason,
        "traceback": str(headers.get("traceback", "")),
        "attempts": _count(headers.get("attempts")),
        "early": bool(headers.get("early", False)),
        "first_failed": _time(headers.get("first_failed"), last_failed),
        "last_failed": last_failed,
        "by": "broker" if by_the_broker else "room",
        "filed_at": now,
        "state": "open",
        "audit": [],
    }


def _reason(typed: str) -> str:
    why = typed.strip()
    if len(why) < SHORTEST_REASON:
        raise Refusal(
            "reason_too_short",
            f"Alasan paling sedikit {SHORTEST_REASON} huruf.",
            field="reason",
            remedy="Tulis mengapa, supaya pemeriksa kelak mengerti.",
        )
    return why


def _take(channel: amqp.Channel) -> list[amqp.Message]:
    taken: list[amqp.Message] = []
    while len(taken) < FILED_AT_ONCE and (message := channel.basic_get(PARKED)) is not None:
        taken.append(message)
    return taken


def _envelope(body: bytes) -> dict:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}


def _text(mapping: Any, name: str) -> str:
    value = mapping.get(name) if isinstance(mapping, dict) else None
    return value if isinstance(value, str) else ""


def _time(value: Any, otherwise: datetime) -> datetime:
    try:
        return aware(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return otherwise


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _asker(statement: Any) -> str:
    """Who asked, as they said; only a room checks whether it is true."""
    try:
        actor = jwt.decode(statement, options={"verify_signature": False})["actor"]
        return f"{actor['id']} ({actor['role']})"
    except (jwt.PyJWTError, KeyError, TypeError):
        return ""
