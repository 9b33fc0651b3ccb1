"""What travels: a CloudEvents 1.0 envelope with the id of what caused it and the W3C trace it belongs to."""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson
import uuid_utils

from contracts.base import Message


class Undecodable(Exception):
    """The bytes are not one of our messages; `field` is the first that is wrong. Trying again cannot help: it is parked
    at once, unless somebody waits for an answer and is told."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is said: the message being handled, its trace, and who acted."""

    id: str
    traceparent: str
    actor_id: str | None = None
    actor_role: str | None = None

    @classmethod
    def first(cls, actor_id: str | None = None, actor_role: str | None = None, id: str = "") -> "Cause":
        """The start of a story: nothing came before it."""
        return cls(id, f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01", actor_id, actor_role)

    def child_span(self) -> str:
        version, trace, _, flags = self.traceparent.split("-")
        return f"{version}-{trace}-{secrets.token_hex(8)}-{flags}"


def new_id() -> str:
    """A UUIDv7: ids sort by the time they were made, so old ones can be purged by range."""
    return str(uuid_utils.uuid7())


def wrap(message: Message, cause: Cause, time: datetime, source: str | None = None) -> dict[str, Any]:
    """The envelope of a fact (said by its room) or of a command (`source` says where it was given)."""
    envelope = {
        "specversion": "1.0",
        "id": new_id(),
        "source": f"/ptsp/{source or message.room}",
        "type": message.cloud_type(),
        "subject": str(getattr(message, "application_id", "") or ""),
        "time": time.astimezone(UTC).isoformat(),
        "datacontenttype": "application/json",
        "traceparent": cause.child_span(),
        "causationid": cause.id,
        "data": message.model_dump(mode="json"),
    }
    if cause.actor_id:
        envelope |= {"actorid": cause.actor_id, "actorrole": cause.actor_role}
    return envelope


TEXTS = ("id", "source", "type", "subject", "time", "traceparent")
TRACE = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", re.ASCII)
REQUIRED = ("specversion", "id", "source", "type", "subject", "time", "traceparent", "data")


def read(body: bytes) -> dict[str, Any]:
    """Open an envelope; everything that is missing is named."""
    try:
        envelope = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Undecodable(f"not JSON: {error}") from error
    if not isinstance(envelope, dict):
        raise Undecodable("an envelope is a JSON object")
    if missing := [name for name in REQUIRED if name not in envelope]:
        raise Undecodable(f"the envelope lacks {', '.join(missing)}")
    if wrong := [name for name in TEXTS if not isinstance(envelope[name], str)]:
        raise Undecodable(f"text was expected in {', '.join(wrong)}")
    if not envelope["id"] or not TRACE.fullmatch(envelope["traceparent"]):
        raise Undecodable("an envelope has an id and a W3C traceparent")
    return envelope


def content(envelope: dict[str, Any], expected: type[Message]) -> Message:
    """The typed message inside, or `Undecodable` with every field that is wrong."""
    try:
        return expected.model_validate(envelope["data"])
    except ValueError as error:  # pydantic's ValidationError, which can hold input values: keep places and rules only
        found = [(".".join(map(str, e["loc"])), e["msg"]) for e in getattr(error, "errors", list)()]
        wrong = "; ".join(f"{place}: {rule}" for place, rule in found)
        raise Undecodable(f"{expected.__name__}: {wrong or 'not understood'}", found[0][0] if found else None) from None


def cause_of(envelope: dict[str, Any]) -> Cause:
    return Cause(envelope["id"], envelope["traceparent"], envelope.get("actorid"), envelope.get("actorrole"))


def acted_by(cause: Cause, actor_id: str, actor_role: str) -> Cause:
    return replace(cause, actor_id=actor_id, actor_role=actor_role)
