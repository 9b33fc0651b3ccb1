"""contracts/asyncapi.json: the whole bus as one AsyncAPI 3.0 document.

A room has two channels: its exchange of events, where the routing key is the name of the event, and what it is asked,
through the exchange `commands`, where the routing key is the name of the room. Answers come back on a queue that the
asker names. Each door is a receiving operation with its queue; each room has one sending operation for all it says.
"""

from importlib.metadata import version
from typing import Any

from pydantic.json_schema import models_json_schema

from contracts import ROOMS
from contracts.base import Command, Event, Message
from deploy.maps.doors import Door, declared, doors
from deploy.maps.schemas import all_messages, attributes, example, meaning, type_of
from plumbing.messaging.envelope import REQUIRED
from plumbing.messaging.permissions import VHOST
from plumbing.messaging.topology import COMMANDS, REPLIES

ANSWERS = "answers"
CLOUD_EVENT = "CloudEvent"
BINDING = "0.3.0"


def document() -> dict[str, Any]:
    """The document, ready to be written as JSON."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "PTSP, the one-stop licensing office",
            "version": version("ptsp"),
            "description": "What the rooms of the office say to each other and are asked by people. Events are "
            "facts; a command may be repeated under its command_id; every message is a CloudEvents 1.0 envelope.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": _channels(),
        "operations": _operations(),
        "components": {"messages": _messages(), "schemas": _schemas()},
    }


def _channels() -> dict[str, Any]:
    channels = {}
    for room in ROOMS:
        if said := [event for event in declared(Event) if event.room == room]:
            channels[f"{room}.events"] = {
                "address": "{event}",
                "description": f"The facts that {room} states. The routing key is the name of the event.",
                "parameters": {"event": {"description": "name of the event", "enum": [e.__name__ for e in said]}},
                "messages": {event.__name__: _ref("components/messages", _name(event)) for event in said},
                "bindings": _exchange(f"{room}.events", "topic"),
            }
        if asked := [door.kind for door in _asked_of(room)]:
            channels[f"{room}.commands"] = {
                "address": room,
                "description": f"What people ask {room}, through their screens and the command line.",
                "messages": {kind.__name__: _ref("components/messages", _name(kind)) for kind in asked},
                "bindings": _exchange(COMMANDS, "direct"),
            }
    channels[ANSWERS] = {
        "address": None,
        "description": "The asker's own queue, named in the AMQP property reply_to of the question.",
        "messages": {"Answer": _ref("components/messages", "Answer")},
        "bindings": _exchange(REPLIES, "direct"),
    }
    return channels


def _operations() -> dict[str, Any]:
    operations = {}
    for room in ROOMS:
        if said := [event for event in declared(Event) if event.room == room]:
            operations[f"{room}.says"] = {
                "action": "send",
                "channel": _ref("channels", f"{room}.events"),
                "messages": [_ref(f"channels/{room}.events/messages", event.__name__) for event in said],
            }
    for door in doors():
        channel = f"{door.kind.room}.events" if issubclass(door.kind, Event) else f"{door.room}.commands"
        operations[f"{door.room}.{door.method}"] = {
            "action": "receive",
            "channel": _ref("channels", channel),
            "messages": [_ref(f"channels/{channel}/messages", door.kind.__name__)],
            "x-queue": door.queue,
        } | ({} if issubclass(door.kind, Event) else _reply(door))
    return operations


def _reply(door: Door) -> dict[str, Any]:
    return {
        "x-roles": list(door.roles),
        "reply": {"address": {"location": "$message.header#/reply_to"}, "channel": _ref("channels", ANSWERS)},
    }


def _messages() -> dict[str, Any]:
    messages = {_name(message): _message(message) for message in all_messages()}
    messages["Answer"] = {
        "title": "Answer",
        "summary": "Exactly one of: the answer, a refusal a person can understand, or a fault that is ours.",
        "contentType": "application/json",
        "payload": _ref("components/schemas", "Answer"),
    }
    return messages


def _message(message: type[Message]) -> dict[str, Any]:
    data = {"properties": {"type": {"const": type_of(message)}, "data": _ref("components/schemas", _name(message))}}
    described = {
        "name": type_of(message),
        "title": message.__name__,
        "payload": {"allOf": [_ref("components/schemas", CLOUD_EVENT), data]},
    }
    if text := meaning(message):
        described["description"] = text
    if issubclass(message, Event):
        described["examples"] = [{"name": "example", "payload": example(message)}]
    else:
        described["headers"] = _ref("components/schemas", "Asked")
        described["x-kind"] = "command" if issubclass(message, Command) else "query"
    return described


def _plain(piece: Any) -> Any:
    """As AsyncAPI has it: its `discriminator` is the name of the field, that of OpenAPI has a mapping beside it."""
    if isinstance(piece, list):
        return [_plain(each) for each in piece]
    if not isinstance(piece, dict):
        return piece
    plain = {key: _plain(value) for key, value in piece.items()}
    named = plain.get("discriminator")
    return plain | {"discriminator": named["propertyName"]} if isinstance(named, dict) and "mapping" in named else plain


def _schemas() -> dict[str, Any]:
    wanted = [(message, "validation") for message in all_messages()]
    places, found = models_json_schema(wanted, ref_template="#/components/schemas/{model}")
    pieces = found["$defs"]
    named = {place["$ref"].rpartition("/")[2]: _name(message) for (message, _), place in places.items()}
    schemas = {named.get(name, name): _plain(piece) for name, piece in sorted(pieces.items())}
    schemas[CLOUD_EVENT] = {
        "type": "object",
        "properties": attributes(source="") | {"data": {"type": "object"}},
        "required": list(REQUIRED),
    }
    schemas["Asked"] = {
        "type": "object",
        "description": "AMQP headers of a command or query; reply_to and correlation_id travel as AMQP properties.",
        "properties": {
            "statement": {"type": "string", "description": "JWT (EdDSA) that says who acts and in which role"},
            "answer_until": {"type": "string", "description": "seconds since 1970 after which nobody waits any more"},
        },
        "required": ["statement"],
    }
    schemas["Answer"] = _answer()
    return schemas


def _answer() -> dict[str, Any]:
    text = {"type": "string"}
    refusal = {
        "type": "object",
        "properties": {
            "code": text,
            "message": text,
            "field": {"type": ["string", "null"]},
            "remedy": {"type": ["string", "null"]},
        },
        "required": ["code", "message", "field", "remedy"],
    }
    fault = {"type": "object", "properties": {"reference": text, "error": text}, "required": ["reference", "error"]}
    return {
        "type": "object",
        "properties": {"answer": {}, "refusal": refusal, "fault": fault},
        "oneOf": [{"required": [one]} for one in ("answer", "refusal", "fault")],
    }


def _asked_of(room: str) -> list[Door]:
    return [door for door in doors() if door.room == room and not issubclass(door.kind, Event)]


def _exchange(name: str, kind: str) -> dict[str, Any]:
    exchange = {"name": name, "type": kind, "durable": True, "autoDelete": False, "vhost": VHOST}
    return {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": BINDING}}


def _name(message: type[Message]) -> str:
    return f"{message.room}.{message.__name__}"


def _ref(place: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/{place}/{name}"}
