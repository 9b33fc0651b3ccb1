"""One file from submission to archive, told as everyone who has to do with it lives it.

Each part waits for the fact that says whose turn it is, then lets that person act. Command ids follow from the run, the
file and the step, so that anything can be asked again; `acted_at` is the paper time of the file, which only goes on.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from contracts import archive, intake, issuance, retribution, technical_team
from contracts.base import Command, Event
from contracts.people import Actor
from ptsp.demo import words
from ptsp.demo.actors import Actors
from ptsp.demo.asking import Caller
from ptsp.demo.attachments import Paper, paper
from ptsp.demo.desk_diary import DeskDiary
from ptsp.demo.paper_clock import PaperClock
from ptsp.demo.scenario import FilePlan

HEARD: tuple[type[Event], ...] = (
    intake.ApplicationSubmitted,
    intake.PapersInspected,
    intake.ItemsRequested,
    intake.ApplicationRegistered,
    intake.VerificationDue,
    intake.AssessmentDue,
    intake.IssuanceDue,
    intake.ApplicationRefused,
    technical_team.TaskOffered,
    technical_team.AppointmentBooked,
    technical_team.BeritaAcaraFiled,
    retribution.NotaPerhitunganFiled,
    retribution.SkrdIssued,
    retribution.ReceiptIssued,
    issuance.LicenceIssued,
    archive.BundleReplicated,
)


@dataclass
class World:
    """What all files of one run share."""

    run: str  # 8 hexadecimal digits; every id of the run begins with them
    caller: Caller
    actors: Actors
    diary: DeskDiary
    keep: Callable[[list[bytes]], Awaitable[None]]  # puts papers into the primary store
    counter: asyncio.Semaphore  # how many files the counters have before them at one time

    def id_of(self, *parts: object) -> str:
        """A UUID that begins with the run and follows from the parts."""
        name = uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, ("ptsp-demo", self.run, *parts))))
        return self.run + str(name)[8:]


@dataclass
class Belief:
    """What the people of a file believe at its end; compared with what is on record."""

    outcome: str | None = None
    nota: int | None = None
    paid: int = 0
    late: bool = False
    repeats_said: int = 0  # times a payment was entered again under another command id
    handed_over: bool = False
    rounds: int = 0
    moved: int = 0


class Left(Exception):
    """The file was withdrawn or refused; only the archive remains."""


@dataclass
class Life:
    """The file itself: its plan, its paper time, what it has heard."""

    plan: FilePlan
    world: World
    step: str = "belum masuk"
    belief: Belief = field(default_factory=Belief)

    def __post_init__(self) -> None:
        self.id = self.world.id_of("file", self.plan.number)
        self.rng = Random(f"{self.plan.number}/{self.plan.applicant.nik}/{self.plan.applicant.email}")
        self.clock = PaperClock(self.plan.starts_at, self.rng)
        self._known: set[str] = set()
        self._inbox: list[Event] = []
        self._waiting: tuple[tuple[type[Event], ...], asyncio.Future] | None = None

    # --- hearing and asking ------------------------------------------------------------------------------------------

    def hear(self, event_id: str, event: Event) -> bool:
        """A fact about this file. False when it was heard before."""
        if event_id in self._known:
            return False
        self._known.add(event_id)
        if self._waiting and isinstance(event, self._waiting[0]) and not self._waiting[1].done():
            self._waiting[1].set_result(event)
        else:
            self._inbox.append(event)
        return True

    async def until(self, *kinds: type[Event]) -> Any:
        """The next fact of one of these kinds, whether it was already heard or is still to come."""
        for event in self._inbox:
            if isinstance(event, kinds):
                self._inbox.remove(event)
                return event
        self._waiting = (kinds, asyncio.get_running_loop().create_future())
        try:
            return await self._waiting[1]
        finally:
            self._waiting = None

    async def ask(self, kind: type[Command], actor: Actor, step: str, /, **fields: Any) -> Any:
        """Let the actor do it, at the paper time it is now. `step` names the act within the file, once."""
        fields.setdefault("acted_at", self.clock.now)
        if kind is not retribution.RecordPayment:
            fields["application_id"] = self.id
        command = kind(command_id=self.world.id_of(self.plan.number, step), **fields)
        twice = step.split(":")[0] == self.plan.double_click
        return await self.world.caller.ask(command, actor, clicks=2 if twice else 1)

    def officer(self, role: str, unit: str | None = None) -> Actor:
        """Whoever of that role (and unit) sits there on the paper day it is now."""
        return self.world.actors.officer(role, unit, self.clock.now.date())

    @property
    def account(self) -> Actor:
        """Who speaks for the applicant: they themselves on line, the counter when they came in person."""
        if self.plan.channel == "online":
            return self.world.actors.applicant(f"warga-{self.world.run}-{self.plan.number}")
        return self.officer("setda_counter" if self.plan.way else "counter")

    @property
    def bidang(self) -> str:
        return self.plan.type.bidang

    # --- ways out ----------------------------------------------------------------------------------------------------

    async def leave_if(self, stage: str) -> None:
        """Withdraw here when that is the file's fate."""
        if self.plan.withdrawn_at != stage:
            return
        self.clock.days(0, 3)
        reason = self.rng.choice(words.WITHDRAWN)
        await self.ask(intake.WithdrawApplication, self.account, "withdraw", reason=reason)
        self.belief.outcome = "withdrawn"
        raise Left

    async def refuse_if_due(self) -> None:
        """The head of the Bidang refuses, when that is the file's fate."""
        if self.plan.ending != "refused_by_bidang":
            return
        self.clock.days(1, 4)
        head = self.officer("bidang_head", self.bidang)
        await self.ask(intake.RefuseApplication, head, "refuse", reason=self.rng.choice(words.REFUSED))
        self.belief.outcome = "refused"
        raise Left

    def papers(self, codes: list[str], again: str = "") -> dict[str, Paper]:
        """Copies of the papers asked for under these codes; `again` makes other copies than before."""
        required = self.plan.type.required(sub_kind=self.plan.kind[1])
        return {r.code: paper(r, f"{self.id}{again}") for r in required if r.code in codes}
