"""All files of one run together: started in the order of their paper dates, so many at a time, never unwatched."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

from contracts.base import Event
from plumbing.messaging.calls import Fault
from plumbing.object_store import ObjectStore, StoreAway
from ptsp.demo.actors import Actors
from ptsp.demo.asking import Caller
from ptsp.demo.desk_diary import DeskDiary
from ptsp.demo.ears import Ears
from ptsp.demo.life import HEARD, Life, World
from ptsp.demo.scenario import FilePlan
from ptsp.demo.steps import live
from values.refusal import Refusal

AT_ONCE = 96  # files on their way at one time
AT_COUNTER = 32  # of these before the counters: more would only press for papers that are still being looked at
UPLOADS = 4
STANDSTILL = 120.0  # seconds without any answer or fact after which the run is given up
STORE_PAUSE = 0.5


@dataclass(frozen=True)
class Access:
    """How the run reaches the office: as the portal would, and with no more."""

    broker_url: str
    statement_key: str
    store: ObjectStore


@dataclass
class Run:
    """One run: what the people believe at its end, and what went wrong on the way."""

    id: str
    lives: list[Life]
    counts: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)  # application id: what happened to it
    standstill: bool = False

    @property
    def finished(self) -> int:
        return sum(life.step == "selesai" for life in self.lives)

    def by_step(self) -> Counter[str]:
        """How many files stand where now."""
        return Counter(life.step for life in self.lives)

    def unfinished(self) -> list[Life]:
        return [life for life in self.lives if life.step != "selesai"]


def drive(plans: list[FilePlan], run_id: str, access: Access, show: Callable[[Run], None], today: date) -> Run:
    """Take every file through the office. Returns when all are archived, or when nothing has moved for two minutes."""
    return asyncio.run(_Driver(plans, run_id, access, show, today).drive())


class _Driver:
    def __init__(self, plans: list[FilePlan], run_id: str, access: Access, show: Callable[[Run], None], today: date):
        self._access, self._show = access, show
        self._uploads = ThreadPoolExecutor(UPLOADS, "upload")
        self._caller = Caller(access.broker_url, Actors(access.statement_key, today), self._note_movement)
        world = World(run_id, self._caller, self._caller.actors, DeskDiary(), self._keep, asyncio.Semaphore(AT_COUNTER))
        self.run = Run(run_id, [Life(plan, world) for plan in plans], self._caller.counts)
        self._by_id = {life.id: life for life in self.run.lives}
        self._moved_at = time.monotonic()

    def _note_movement(self) -> None:
        self._moved_at = time.monotonic()

    async def drive(self) -> Run:
        loop = asyncio.get_running_loop()

        def heard(event_id: str, event: Event) -> None:
            loop.call_soon_threadsafe(self._hand_on, event_id, event)

        ears = Ears(self._access.broker_url, self.run.id, HEARD, heard)
        await loop.run_in_executor(None, ears.open)
        try:
            await self._until_all_live(ears)
        finally:
            self._caller.close()
            self._uploads.shutdown(wait=False, cancel_futures=True)
            await loop.run_in_executor(None, ears.close)
        self.run.counts["ears_reconnected"] = ears.interruptions
        return self.run

    async def _until_all_live(self, ears: Ears) -> None:
        places = asyncio.Semaphore(AT_ONCE)
        tasks = []

        async def one(life: Life) -> None:
            async with places:
                try:
                    await live(life)
                except (Refusal, Fault) as no:
                    self.run.failures[life.id] = f"{life.step}: {no}"

        for life in self.run.lives:
            tasks.append(asyncio.create_task(one(life), name=life.id))
        while pending := [task for task in tasks if not task.done()]:
            await asyncio.wait(pending, timeout=0.5)
            self._show(self.run)
            for task in tasks:
                if task.done() and not task.cancelled() and task.exception():
                    _cancel(tasks)
                    raise task.exception()
            if ears.failure:
                _cancel(tasks)
                raise ears.failure
            if time.monotonic() - self._moved_at > STANDSTILL:
                self.run.standstill = True
                _cancel(tasks)
                await asyncio.gather(*tasks, return_exceptions=True)
        self._show(self.run)

    def _hand_on(self, event_id: str, event: Event) -> None:
        life = self._by_id.get(event.application_id)
        if life is None:
            raise KeyError(f"a fact about {event.application_id}, which this run never submitted")
        if life.hear(event_id, event):
            self._note_movement()
        else:
            self.run.counts["heard_again"] += 1

    async def _keep(self, papers: list[bytes]) -> None:
        """Put papers into the primary store, as an upload does; again when the store is away."""
        loop = asyncio.get_running_loop()
        while papers:
            try:
                await loop.run_in_executor(self._uploads, self._put_all, papers)
                return
            except StoreAway:
                self.run.counts["store_away"] += 1
                await asyncio.sleep(STORE_PAUSE)

    def _put_all(self, papers: list[bytes]) -> None:
        for data in papers:
            self._access.store.put(data)


def _cancel(tasks: list[asyncio.Task]) -> None:
    for task in tasks:
        task.cancel()
