"""docs/flow.md: who says what and who hears it, who is asked what and by whom, and each stage as a picture."""

from contracts import ROOMS
from contracts.base import Command, Event, Message, Query
from deploy.maps.doors import Door, declared, doors, sayings, watches

HEAD = """# The flow

Drawn from the decorators in `services/*/service.py` and from what the rooms' code says, by `make maps`. Do not edit: a
map that is older than the code fails `tests/test_house.py`, and so does an event that nobody says or nobody hears.

*(slow)* marks a handler that works outside the transaction first (papers, object storage, post). The queue of a handler
is `<room>.<handler>.<publisher>.<Event>`; everything a room is asked comes through `<room>.commands`.
"""


def text() -> str:
    """The whole page."""
    return "\n".join(
        [HEAD, _facts(), _asked("Commands", "Command", Command), _asked("Queries", "Query", Query), _clock(), _stages()]
    )


def _facts() -> str:
    rows = ["## Events", "", "| Event | Said by | Heard by |", "|---|---|---|"]
    for event in declared(Event):
        files = [f"`{s.room}/{s.file}`" for s in sayings() if s.event is event]
        heard = [f"`{d.room}.{d.method}`{' *(slow)*' if d.slow else ''}" for d in doors() if d.kind is event]
        rows.append(f"| `{_name(event)}` | {_several(files)} | {_several(heard)} |")
    return "\n".join([*rows, ""])


def _asked(title: str, one: str, kind: type[Message]) -> str:
    rows = [f"## {title}", "", f"| {one} | Room | Roles that may ask |", "|---|---|---|"]
    for door in _doors_for(kind):
        rows.append(f"| `{door.kind.__name__}` | {door.room} | {', '.join(door.roles)} |")
    return "\n".join([*rows, ""])


def _clock() -> str:
    rows = ["## By the clock", "", "| Looked for by | Every |", "|---|---|"]
    rows += [f"| `{room}.{method}` | {seconds:g} s |" for room, method, seconds in watches()]
    return "\n".join([*rows, ""])


def _stages() -> str:
    """A picture per room: what people ask it, what is handed to it (`…Due`), and what it says to whom."""
    parts = ["## The stages of a file", ""]
    for room in ROOMS:
        commands = [door for door in _doors_for(Command) if door.room == room]
        events = [event for event in declared(Event) if _stage(event) == room]
        if not commands and not events:
            continue
        parts += [f"### {room}", "", "```mermaid", "flowchart LR"]
        parts += [*_people(room, commands), *_arrows(events), "```", ""]
    silent = [room for room in ROOMS if not any(event.room == room for event in declared(Event))]
    if silent:
        parts += [f"{_several(silent, ', ')} says nothing on the bus: it only hears.", ""]
    return "\n".join(parts)


def _people(room: str, commands: list[Door]) -> list[str]:
    """`roles -> command -> room`, commands that the same people may give together on one arrow."""
    together: dict[tuple[str, ...], list[str]] = {}
    for door in commands:
        together.setdefault(door.roles, []).append(door.kind.__name__)
    lines = []
    for roles, names in together.items():
        person = "_or_".join(roles)
        lines.append(f'    {person}(["{" / ".join(roles)}"]) -->|"{"<br>".join(names)}"| {room}')
    return lines


def _arrows(events: list[type[Event]]) -> list[str]:
    """`sayer ==> hearer`, all events between the same two rooms on one arrow."""
    between: dict[tuple[str, str], list[str]] = {}
    for event in events:
        for hearer in dict.fromkeys(door.room for door in doors() if door.kind is event):
            between.setdefault((event.room, hearer), []).append(event.__name__)
    return [f'    {said} ==>|"{"<br>".join(names)}"| {heard}' for (said, heard), names in between.items()]


def _stage(event: type[Event]) -> str:
    """Where an event is drawn: with the room that says it; a `…Due` with the room the file is handed to."""
    hearers = [door.room for door in doors() if door.kind is event]
    return hearers[0] if event.__name__.endswith("Due") and hearers else event.room


def _doors_for(kind: type[Message]) -> list[Door]:
    return [door for door in doors() if issubclass(door.kind, kind)]


def _name(message: type[Message]) -> str:
    return f"{message.room}.{message.__name__}"


def _several(names: list[str], between: str = "<br>") -> str:
    return between.join(dict.fromkeys(names)) or "—"
