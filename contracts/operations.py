"""What operators ask of the bus, and what they see of it: the shapes of the room `operations`, which the portal reads.

Nothing in these shapes is personal: files are named by resi and licence, officers by their id.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from contracts.base import Command, Query, Shape, Words

Entry = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[0-9a-f]{8,32}$")]
Reason = Annotated[Words, Field(min_length=10, max_length=500)]
MOST_AT_ONCE = 50
_ENTRY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
_REASON = "Penyimpanan dokumen sudah diperbaiki"


class LookAtBus(Query):
    """Is anything stuck? The answer is a `Picture`, taken at this moment."""

    example = {}


class ListParked(Query):
    """What was put aside and waits for an operator, and what operators did of late: a `Tray`."""

    example = {}


class ShowParked(Query):
    """One parked message whole, its content without what is personal: an `EntryShown`."""

    example = {"entry": _ENTRY}
    entry: Entry


class ReplayParked(Command):
    """Give parked messages back to the queues they came from. Each is audited, whatever becomes of it."""

    example = {"command_id": "replay-0001", "entries": [_ENTRY], "reason": _REASON}
    entries: list[Entry] = Field(min_length=1, max_length=MOST_AT_ONCE)
    reason: Reason


class DiscardParked(Command):
    """Give parked messages up for good. They stay in the operator's book with the reason."""

    example = {"command_id": "discard-0001", "entries": [_ENTRY], "reason": "Pemohon sudah dilayani langsung"}
    entries: list[Entry] = Field(min_length=1, max_length=MOST_AT_ONCE)
    reason: Reason


class RoomSeen(Shape):
    """One room: what waits there, and whether its doors are open. `unsent` are facts that cannot be published,
    `silent` is since when one of its processes, still connected, has given no sign of life."""

    room: str
    name: str
    waiting: int
    in_hand: int
    retrying: int
    parked: int
    unsent: int
    oldest: AwareDatetime | None
    doors: int
    closed: int
    silent: AwareDatetime | None = None

    @property
    def down(self) -> bool:
        """Nobody works there."""
        return self.closed == self.doors


class QueueSeen(Shape):
    """One queue. `since`: it has been seen with something in it at every look from then on."""

    name: str
    room: str
    what: str
    waiting: int
    in_hand: int
    consumers: int
    since: AwareDatetime | None


class TroubleSeen(Shape):
    """A message that waits for its next try; it is nobody's turn, the room tries again by itself."""

    room: str
    step: str
    file: str
    why: str
    early: bool
    attempts: int
    since: AwareDatetime
    next_try: AwareDatetime


class ProcessSeen(Shape):
    """A process of a room that is connected to the broker now. `release` is the version it says of itself."""

    room: str
    name: str
    instance: str
    since: AwareDatetime | None
    release: str


class SecondSite(Shape):
    """How far the second site is behind: bundles sealed and not yet proven there, and when one was last proven."""

    waiting: int
    oldest: AwareDatetime | None
    verified_at: AwareDatetime | None


class Picture(Shape):
    """The whole bus at one moment. With a `problem` it cannot be seen since `problem_since`; the rest is of `at`."""

    id: Literal["bus"] = "bus"
    at: AwareDatetime
    needs_somebody: bool
    rooms: list[RoomSeen]
    queues: list[QueueSeen]
    troubles: list[TroubleSeen]
    retrying: int = Field(description="how many wait for a next try; `troubles` names the first of them")
    parked: int
    unrouted: int
    processes: list[ProcessSeen]
    second_site: SecondSite
    noticeboard_at: AwareDatetime | None
    problem: str | None = None
    problem_since: AwareDatetime | None = None
    tried_at: AwareDatetime | None = None


class ActSeen(Shape):
    """A line of the audit: who did what with which entry, when, through what, and why."""

    at: AwareDatetime
    what: Literal["replay", "discard", "read_body"]
    operator: str | None
    role: str
    through: str
    why: str
    entry: str
    file: str
    step: str


class EntrySeen(Shape):
    """A parked message in office words. A `command` waits for whoever sent it, anything else for an operator."""

    id: str
    number: str
    file: str
    step: str
    room: str
    why: str
    attempts: int
    first_failed: AwareDatetime
    last_failed: AwareDatetime
    command: bool
    asker: str
    state: Literal["open", "replayed", "discarded"]
    by: Literal["broker", "room"]


class EntryShown(EntrySeen):
    """The same whole. `content` are the fields of the message by their path; a value that may be personal is None."""

    queue: str
    size: int
    content: list[tuple[str, str | None]]
    acts: list[ActSeen]


class Tray(Shape):
    """What waits for operators, longest first (`more` are not listed), and what they did in the last days."""

    entries: list[EntrySeen]
    more: int
    acts: list[ActSeen]


class Settled(Shape):
    """What became of one entry of a command: `code` and `message` when it was refused."""

    entry: str
    done: bool
    message: str
    code: str | None = None
