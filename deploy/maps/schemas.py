"""The shape of every message as it travels, as JSON Schema, and an example of every event.

A schema describes the whole envelope (CloudEvents 1.0, structured mode), with the words of the office under `data`. The
examples have fixed ids and times, so that drawing them again changes nothing.
"""

import hashlib
from datetime import datetime
from inspect import cleandoc
from typing import Any

from contracts.base import Command, Event, Message, Query
from deploy.maps.doors import declared
from plumbing.messaging.envelope import REQUIRED, Cause, wrap

MOMENT = datetime.fromisoformat("2016-03-10T03:00:00+00:00")
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TRACEPARENT = {"type": "string", "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"}


def all_messages() -> list[type[Message]]:
    """Events, commands and queries of all rooms."""
    return [*declared(Event), *declared(Command), *declared(Query)]


def type_of(message: type[Message]) -> str:
    """The CloudEvents `type` of any message; what people ask has only had one version so far."""
    return message.cloud_type() if issubclass(message, Event) else f"ptsp.{message.room}.{message.__name__}.v1"


def file_name(message: type[Message]) -> str:
    """`intake.ApplicationRegistered.v1`: the type without the name of the house."""
    return type_of(message).removeprefix("ptsp.")


def meaning(message: type[Message]) -> str:
    """What the message says of itself in its contract; empty when its name says it all."""
    return cleandoc(message.__dict__.get("__doc__") or "")


def attributes(source: str, type_: str | None = None) -> dict[str, Any]:
    """The CloudEvents attributes of the house, without `data`. `source` and `type_` are fixed where they are given."""
    return {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "format": "uuid", "description": "UUIDv7: ids sort by time"},
        "source": {"const": source} if source else {"type": "string", "format": "uri-reference"},
        "type": {"const": type_} if type_ else {"type": "string", "pattern": r"^ptsp\.[a-z_]+\.[A-Za-z]+\.v[0-9]+$"},
        "subject": {"type": "string", "maxLength": 64, "description": "the application it is about"},
        "time": {"type": "string", "format": "date-time", "description": "when it was said, UTC"},
        "datacontenttype": {"const": "application/json"},
        "traceparent": TRACEPARENT | {"description": "W3C trace context"},
        "causationid": {
            "type": "string",
            "description": "id of the message that was being handled; empty at the start",
        },
        "actorid": {"type": "string", "description": "who acted, when a person did"},
        "actorrole": {"type": "string", "description": "in which role"},
    }


def schema(message: type[Message]) -> dict[str, Any]:
    """JSON Schema (2020-12) of the message in its envelope."""
    body = message.model_json_schema(ref_template="#/$defs/{model}")
    pieces = body.pop("$defs", {})
    body["examples"] = [message.example]
    source = f"/ptsp/{message.room}" if issubclass(message, Event) else "/ptsp/office"
    return {
        "$schema": DIALECT,
        "$id": f"urn:ptsp:{file_name(message)}",
        "title": type_of(message),
        "description": meaning(message) or message.__name__,
        "type": "object",
        "properties": attributes(source, type_of(message)) | {"data": {"$ref": f"#/$defs/{message.__name__}"}},
        "required": list(REQUIRED),
        "propertyNames": {"pattern": "^[a-z0-9]{1,20}$"},
        "$defs": {message.__name__: body} | pieces,
    }


def example(event: type[Event]) -> dict[str, Any]:
    """One event as it lies on the bus, from the example in its contract."""
    envelope = wrap(event.make_example(), Cause.first(id=_uuid(f"before {type_of(event)}")), MOMENT)
    return envelope | {"id": _uuid(type_of(event)), "traceparent": f"00-{TRACE}-{_hex(type_of(event))[:16]}-01"}


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _uuid(text: str) -> str:
    """A UUIDv7 of `MOMENT` whose random part is taken from `text`."""
    time, rest = f"{int(MOMENT.timestamp() * 1000):012x}", _hex(text)
    return f"{time[:8]}-{time[8:]}-7{rest[:3]}-8{rest[3:6]}-{rest[6:18]}"
