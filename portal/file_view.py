"""One file as a visitor sees it: where it stands, who holds it, what time is used, what happened. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from catalogue.file_clock import file_reading
from catalogue.force_majeure import force_majeure
from catalogue.holds import hold
from catalogue.offering import Offering, offering
from catalogue.office import organisation
from catalogue.path import APPLICANT, WAITS, Limit, Path, Step
from catalogue.walk import Stay, stays
from contracts.noticeboard import Notice
from portal.words import AT_RETRIBUTION, ENDED, FOR_OFFICERS, STATUSES, TO_COLLECT
from values.clock import Reading
from values.dates import office_date

Tone = Literal["moving", "yours", "done", "ended"]
TONES: dict[str, Tone] = {
    "waiting_for_applicant": "yours",
    "waiting_for_payment": "yours",
    "issued": "done",
    "refused": "ended",
    "withdrawn": "ended",
}
UNTOLD = frozenset({"complete", "berita_acara_filed", "nota_filed"})  # another entry of the same moment says more
AFTER_THE_NOTA = {"skrd_to_issue": "administration_officer", "skrd_to_sign": "head"}
FORCE_MAJEURE = "force_majeure:"


@dataclass(frozen=True)
class Clock:
    """The clock of the whole file: in `unit` (a code), and `share` of the limit used, in percent, at most 100."""

    unit: str
    limit: int
    used: Decimal | int
    left: Decimal | int
    due: date
    overdue: bool
    running: bool
    ended: bool
    share: int


@dataclass(frozen=True)
class Stop:
    """A step on the way as drawn: its name, who does it, how long it may take, and whether it is behind or ahead."""

    name: str
    actor: str
    limit: Limit | None
    state: Literal["done", "here", "ahead"]
    ended: datetime | None


@dataclass(frozen=True)
class Entry:
    """One line of what happened. `more`: which step of a service, or whose initial, where that says more."""

    what: str
    at: datetime
    more: str | None


@dataclass(frozen=True)
class FileView:
    """Everything the page shows; amounts and appointment are in the notice itself."""

    notice: Notice
    number: str
    kind: Offering
    line: str | None
    status: str
    tone: Tone
    holder: str
    holder_unit: str | None
    step: Step | None
    stage: str | None
    since: datetime
    clock: Clock | None
    stopped: Literal["applicant", "payment", "force_majeure", "suspended", "parent"] | None
    declared: str | None
    answer_by: date | None
    registered: datetime | None
    stops: list[Stop] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def to_collect(self) -> bool:
        """Whether its licence is signed and was not handed over yet."""
        told = {turn.what for turn in self.notice.moved.history}
        return self.notice.licence is not None and self.notice.ended is None and "handed_over" not in told

    @property
    def words(self) -> str:
        """Where it stands, said to its applicant and to the public. What is signed is not at its end before it was
        handed over."""
        outcome = self.notice.moved.outcome
        if self.to_collect and outcome in (None, "issued") and self.status in ("issued", "archived"):
            return TO_COLLECT
        if self.status == "archived":
            return ENDED[outcome or "issued"]
        return AT_RETRIBUTION[self.stage] if self.stage else STATUSES[self.status]

    @property
    def office_words(self) -> str:
        """The same, said to officers."""
        return FOR_OFFICERS.get(self.status, self.words)


def file_view(notice: Notice, asked: datetime) -> FileView:
    """The file as it stood when asked. ValueError for a notice that says nothing of a move yet."""
    moved = notice.moved
    if moved is None:
        raise ValueError(f"the notice of {notice.id} tells of no move yet")
    kind = offering(moved.licence_type, moved.edition)
    path = kind.path_for(moved.transaction)
    way = stays(path, moved.history)
    here = path[way[-1].step] if way[-1].ended is None else None
    registered = next((turn.at for turn in moved.history if turn.what == "registered"), None)
    reading = file_reading(kind, path, registered, way, moved.history, asked) if registered else None
    held = hold(moved.history) if here else None
    stopped, declared = (held.because, None) if held else _why_it_stands(reading, here)
    stage, since = _at_retribution(notice, here, way[-1])
    holder, unit = _holder(kind, here, moved.outcome, stage)
    return FileView(
        notice=notice,
        number=moved.resi or notice.handle,
        kind=kind,
        line=next((line.name for line in kind.lines if line.code == moved.sub_kind), None),
        status=moved.status,
        tone=_tone(moved.status, moved.outcome),
        holder=holder,
        holder_unit=unit,
        step=here,
        stage=stage,
        since=since or moved.since,
        clock=reading and _clock(reading),
        stopped=stopped,
        declared=declared,
        answer_by=_answer_by(here, way[-1]),
        registered=registered,
        stops=_stops(path, way),
        entries=_entries(notice, path),
    )


def _tone(status: str, outcome: str | None) -> Tone:
    if status == "archived":
        return "done" if outcome == "issued" else "ended"
    return TONES.get(status, "moving")


def _at_retribution(notice: Notice, here: Step | None, stay: Stay) -> tuple[str | None, datetime | None]:
    """(what of the retribution is to be done next, since when), once its nota is signed."""
    if here is None or here.act != "retribution":
        return None, None
    signed = max((turn.at for turn in notice.moved.history if turn.what == "nota_filed"), default=None)
    if signed is None or signed < stay.began:
        return None, None
    numbered = notice.skrd_numbered_at
    return ("skrd_to_sign", numbered) if numbered and numbered >= signed else ("skrd_to_issue", signed)


def _holder(kind: Offering, here: Step | None, outcome: str | None, stage: str | None) -> tuple[str, str | None]:
    """Role and unit in the words of the office. Nobody's name."""
    roles, units = organisation().roles, organisation().units
    if here is None or (outcome and here.actor != APPLICANT):
        return roles["archivist"].name, None
    if stage:
        return roles[AFTER_THE_NOTA[stage]].name, None
    if here.act == "technical_verification":
        return roles[here.actor].name, ", ".join(units[code].name for code in getattr(kind, "skpd", ()))
    if kind.by_hand and here.actor != APPLICANT:
        seat = kind.unit_of(here.actor)
        return roles[here.actor].name, units[seat].name if seat else None
    own = here.actor in ("bidang_head", "bidang_officer")
    return roles[here.actor].name, units[kind.bidang].name if own else None


def _why_it_stands(reading: Reading | None, here: Step | None) -> tuple[str | None, str | None]:
    because = reading.stopped_because if reading else None
    if because and because.startswith(FORCE_MAJEURE):
        decree = because.removeprefix(FORCE_MAJEURE)
        return "force_majeure", next((d.reason for d in force_majeure() if d.decree == decree), decree)
    if here is not None and here.act in WAITS:
        return ("payment" if here.act == "payment" else "applicant"), None
    return None, None


def _clock(reading: Reading) -> Clock:
    share = min(100, int(reading.used * 100 / reading.limit))
    return Clock(
        unit=reading.unit,
        limit=reading.limit,
        used=reading.used,
        left=reading.left,
        due=office_date(reading.due),
        overdue=reading.overdue,
        running=reading.running,
        ended=reading.stopped_because == "ended",
        share=share,
    )


def _answer_by(here: Step | None, stay: Stay) -> date | None:
    if here is None or not here.closes_after:
        return None
    return office_date(stay.began + timedelta(days=here.closes_after))


def _stops(path: Path, way: list[Stay]) -> list[Stop]:
    """The steps of the path in their order. Waiting for the applicant is on the way where the file is with them, and
    behind it where it was; whether it comes (again) nobody knows."""
    last = {stay.step: stay for stay in way}
    roles = organisation().roles
    found = []
    for step in path.steps:
        stay = last.get(step.code)
        if step.act == "wait_for_applicant" and (stay is None or (stay.ended and _comes_again(path, way, step.code))):
            continue
        if stay is not None and stay.ended is None:
            state = "here"
        else:
            state = "ahead" if stay is None or _comes_again(path, way, step.code) else "done"
        found.append(Stop(step.name, roles[step.actor].name, step.limit, state, stay.ended if stay else None))
    return found


def _comes_again(path: Path, way: list[Stay], code: str) -> bool:
    """Whether the file was sent back to before a step it had been at: then that step is ahead once more."""
    order = [step.code for step in path.steps]
    here = way[-1]
    return here.ended is None and order.index(code) > order.index(here.step)


def _entries(notice: Notice, path: Path) -> list[Entry]:
    """The latest first; of entries at one moment the later said comes first."""
    roles, steps = organisation().roles, {step.code: step for step in path.steps}
    more = {
        "step_taken": lambda turn: steps[turn.step].name,
        "initialled": lambda turn: roles[steps[turn.step].actor].name,
    }
    told = [
        Entry(turn.what, turn.at, more[turn.what](turn) if turn.what in more else None)
        for turn in notice.moved.history
        if turn.what not in UNTOLD
    ]
    return [entry for _, entry in sorted(enumerate(told), key=lambda pair: (pair[1].at, pair[0]), reverse=True)]
