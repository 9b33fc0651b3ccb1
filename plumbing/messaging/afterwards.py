"""What becomes of a message when its work is settled: answered, retried with growing pauses, or parked."""

import logging
import time
from datetime import UTC, datetime

import orjson
from pymongo.database import Database
from pymongo.errors import PyMongoError

from contracts.base import Event, Query
from plumbing.messaging.book import NotYet
from plumbing.messaging.desk import Outcome, failed
from plumbing.messaging.publisher import Letter
from plumbing.messaging.topology import PARKED, PAUSES, REPLIES, retry_exchange
from values.refusal import Refusal

log = logging.getLogger(__name__)
handled_log = logging.getLogger("ptsp.handled")


def early_or_failed(error: Exception) -> Outcome:
    return Outcome("not_yet", error=error) if isinstance(error, NotYet) else failed(error)


def decide(item, outcome: Outcome, room: str) -> tuple[list[Letter], list[Letter], list[dict]]:
    """(answers to post, letters to be confirmed, notes for the operators) for one settled message."""
    asked = item.asked
    answer = [_answer(item, outcome)] if asked and item.raw.properties.get("reply_to") else []
    if outcome.verdict == "duplicate":
        return answer, [], [{"tally": "duplicates"}]
    told = bool(answer) and outcome.verdict == "refused"
    if outcome.verdict == "done" or told or isinstance(item.message, Query):
        return answer, [], []
    pauses_left = item.attempts < len(PAUSES)
    if not asked and outcome.verdict in ("not_yet", "failed") and pauses_left:
        pause = PAUSES[item.attempts]
        return answer, [_again(item, outcome, pause)], [{"tally": "retried"}, _trouble(item, outcome, pause)]
    known = [{"clear": item.key}] if isinstance(item.message, Event) else []
    return answer, [_parked(item, outcome, room)], [{"tally": "parked"}, *known]


def note(database: Database, notes: list[dict]) -> None:
    """Tallies and troubles for operators to see. One lost to a database that just left is said, and harms nothing."""
    try:
        for each in notes:
            if "tally" in each:
                database.tallies.update_one({"_id": each["tally"]}, {"$inc": {"n": 1}}, upsert=True)
            elif "trouble" in each:
                database.troubles.replace_one({"_id": each["trouble"]["_id"]}, each["trouble"], upsert=True)
            elif "clear" in each:
                database.troubles.delete_one({"_id": each["clear"]})
    except PyMongoError as error:
        log.warning("a note for the operators was lost: %s", error)


def record(item, outcome: Outcome, room: str) -> None:
    """The one line per handled message. Ids only: never what the message says of a person."""
    handled_log.log(
        logging.INFO if outcome.verdict in ("done", "duplicate", "refused") else logging.WARNING,
        "handled",
        extra={
            "room": room,
            "handler": item.door.name if item.door else None,
            "type": item.envelope.get("type"),
            "application": item.application,
            "event": item.envelope.get("id"),
            "cause": item.envelope.get("causationid"),
            "trace": item.envelope.get("traceparent"),
            "outcome": outcome.verdict,
            "attempt": item.attempts + 1,
            "said": outcome.said,
            "work_ms": round(outcome.seconds * 1000, 2),
            "duration_ms": round((time.perf_counter() - item.received) * 1000, 2),
        }
        | ({"error": describe(outcome.error)} if outcome.error else {})
        | ({"traceback": outcome.traceback} if outcome.traceback else {}),
    )


def describe(error: Exception | None) -> str:
    return f"{type(error).__name__}: {error}"[:500] if error else ""


def _answer(item, outcome: Outcome) -> Letter:
    if outcome.verdict in ("done", "duplicate"):
        body = {"answer": outcome.answer}
    elif isinstance(outcome.error, Refusal):
        body = {"refusal": outcome.error.as_dict()}
    elif outcome.error is not None and not item.message:
        refusal = Refusal(
            "not_understood",
            f"Perintah tidak dapat dibaca: {outcome.error}",
            field=getattr(outcome.error, "field", None),
            remedy="Perbaiki isian itu.",
        )
        body = {"refusal": refusal.as_dict()}
    else:
        body = {"fault": {"reference": item.envelope.get("id", ""), "error": type(outcome.error).__name__}}
    properties = item.raw.properties
    data = orjson.dumps(body, default=str)
    return Letter(REPLIES, properties["reply_to"], data, correlation_id=properties.get("correlation_id"))


def _history(item, outcome: Outcome) -> dict:
    now = datetime.now(UTC).isoformat()
    return {
        "attempts": item.attempts + 1,
        "first_failed": item.headers.get("first_failed") or now,
        "last_failed": now,
        "reason": describe(outcome.error),
        "early": outcome.verdict == "not_yet",
    }


def _kept_headers(item) -> dict:
    return {k: v for k, v in item.headers.items() if not k.startswith("x-")}


def _again(item, outcome: Outcome, pause: int) -> Letter:
    headers = _kept_headers(item) | _history(item, outcome)
    return Letter(retry_exchange(pause), item.queue, item.body, headers, item.envelope["id"])


def _parked(item, outcome: Outcome, room: str) -> Letter:
    headers = _kept_headers(item) | _history(item, outcome)
    headers |= {"queue": item.queue, "room": room, "traceback": outcome.traceback[-6000:]}
    return Letter(PARKED, item.queue, item.body, headers, str(item.envelope.get("id", "")))


def _trouble(item, outcome: Outcome, pause: int) -> dict:
    subject = item.subject if isinstance(item.message, Event) else ""
    about = {"queue": item.queue, "event": item.envelope["id"], "type": item.envelope["type"]}
    return trouble(item.key, subject, **about, pause_ms=pause, history=_history(item, outcome))


def trouble(key: str, subject: str, *, queue: str, event: str, type: str, pause_ms: int, history: dict) -> dict:
    """The note of a work that failed and is tried again, as operators see it until it has taken effect."""
    about = {"_id": key, "subject": subject, "queue": queue, "event": event, "type": type, "pause_ms": pause_ms}
    return {"trouble": about | history}
