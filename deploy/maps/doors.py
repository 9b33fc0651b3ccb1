"""What the rooms hear, are asked and say, as their code has it."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import contracts
from contracts import ROOMS
from contracts.base import Command, Event, Message, Query
from plumbing.messaging.doors import doors_of
from plumbing.messaging.topology import Subscription
from services.rooms import service_of

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Door:
    """One door of a room: the method, what it hears or is asked, who may ask, and whether its work is slow."""

    room: str
    method: str
    kind: type[Message]
    roles: tuple[str, ...] = ()
    slow: bool = False

    @property
    def queue(self) -> str:
        """The queue this door listens on: one for each event, one for all that a room is asked."""
        if issubclass(self.kind, Event):
            return Subscription(self.room, self.method, self.kind).queue
        return f"{self.room}.commands"


@dataclass(frozen=True, slots=True)
class Saying:
    """A place in the code of a room where an event is made: `file` is its name in the room's folder."""

    room: str
    event: type[Event]
    file: str


def declared(kind: type[Message]) -> list[type[Message]]:
    """The messages of a kind in the order of the rooms and, within a room, of its contract file."""
    known = [cls for cls in Message.registry.values() if issubclass(cls, kind) and cls.room in ROOMS]
    return sorted(known, key=lambda cls: ROOMS.index(cls.room))


@cache
def doors() -> tuple[Door, ...]:
    """Every door of every room, read from the decorators of its service, in the order they stand there."""
    found = []
    for room in ROOMS:
        service = service_of(room)
        marked = dict(doors_of(service))
        for method in (name for name in _members(service) if name in marked):
            how = marked[method]
            found.append(Door(room, method, how["kind"], tuple(how.get("roles", ())), how.get("slow", False)))
    return tuple(found)


def watches() -> list[tuple[str, str, float]]:
    """(room, method, seconds) of everything a room looks for by itself."""
    return [
        (room, name, method.every)
        for room in ROOMS
        for name, method in _members(service_of(room)).items()
        if hasattr(method, "every")
    ]


def _members(service: type) -> dict[str, Any]:
    """What stands in a service, with what it has from the room's other files of doors."""
    return {name: member for cls in reversed(service.__mro__) for name, member in vars(cls).items()}


@cache
def sayings() -> tuple[Saying, ...]:
    """Every place where a room makes an event, found in the source: `intake.SkrdPaid(…)` or `SkrdPaid(…)`."""
    found = dict.fromkeys(
        Saying(room, event, str(file.relative_to(PROJECT / "services" / room)))
        for room in ROOMS
        for file in sorted((PROJECT / "services" / room).rglob("*.py"))
        for event in events_made(file.read_text(encoding="utf-8"))
    )
    return tuple(found)


def events_made(source: str) -> list[type[Event]]:
    """The events a piece of source makes, in the order of its lines; names are followed through its imports."""
    tree = ast.parse(source)
    modules, classes = _names(tree)
    made = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            event = classes.get(called.id)
        elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            event = getattr(modules.get(called.value.id), called.attr, None)
        else:
            continue
        if isinstance(event, type) and issubclass(event, Event):
            made.append((node.lineno, event))
    return [event for _, event in sorted(made, key=lambda pair: pair[0])]


def _names(tree: ast.AST) -> tuple[dict, dict]:
    """What the imports of a file call the contract modules, and the classes in them."""
    modules, classes = {}, {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for alias in node.names:
            name = alias.asname or alias.name
            if node.module == "contracts":
                modules[name] = getattr(contracts, alias.name, None)
            elif node.module.startswith("contracts."):
                classes[name] = getattr(getattr(contracts, node.module.partition(".")[2], None), alias.name, None)
    return modules, classes


def faults() -> list[str]:
    """What does not fit together, in sentences: events nobody says or hears, messages without a door, and the like."""
    return [*_event_faults(), *_asked_faults()]


def _event_faults() -> list[str]:
    found = []
    for event in declared(Event):
        name = f"{event.room}.{event.__name__}"
        hearers = {door.room for door in doors() if door.kind is event}
        if not any(s.event is event and s.room == event.room for s in sayings()):
            found.append(f"{name} is declared but {event.room} never says it")
        if not hearers:
            found.append(f"{name} is declared but nobody hears it")
        if event.__name__.endswith("Due") and len(hearers) > 1:
            found.append(f"{name} hands a file to one room, but {', '.join(sorted(hearers))} hear it")
    found += [
        f"{s.room} makes {s.event.room}.{s.event.__name__} in {s.file}: a room says only its own events"
        for s in sayings()
        if s.room != s.event.room
    ]
    return found


def _asked_faults() -> list[str]:
    found = []
    for kind in (*declared(Command), *declared(Query)):
        rooms = [door.room for door in doors() if door.kind is kind]
        if rooms != [kind.room]:
            found.append(f"{kind.room}.{kind.__name__} needs one door in {kind.room}; it has {rooms or 'none'}")
    found += [
        f"{door.room}.{door.method} names no role: nobody could ever use it"
        for door in doors()
        if not issubclass(door.kind, Event) and not door.roles
    ]
    return found
