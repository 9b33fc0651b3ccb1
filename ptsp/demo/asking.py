"""Commands to the rooms, asked until they are answered.

A command keeps its id through every repeat, so that asking again is safe whatever was lost on the way. A person who is
told *not yet* tries again a moment later; a clear no is passed on.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from contracts.base import Command
from contracts.people import Actor
from plumbing.messaging.calls import Away, Fault, Office
from ptsp.demo.actors import Actors
from values.refusal import Refusal

ANSWER_SECONDS = 10.0
AWAY_PAUSE = 0.5
EARLY = ("not_yet_inspected", "unknown_application", "unknown_case", "unknown_assessment", "unknown_draft")
EARLY_PATIENCE = 300.0  # seconds: longer than the watch over the whole run waits
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 3.0  # seconds


class Caller:
    """Asks on behalf of any actor. `counts` says how often something had to be repeated, and why."""

    def __init__(self, broker_url: str, actors: Actors, moved: Callable[[], None]):
        self._office, self.actors, self._moved = Office(broker_url), actors, moved
        self._sender = ThreadPoolExecutor(1, "sender")  # a broker that is away must not stop the loop
        self.counts: Counter[str] = Counter()
        self._usual = dict.fromkeys(EARLY, SHORTEST_PAUSE)  # seconds until what was early is there

    async def ask(self, command: Command, actor: Actor, clicks: int = 1) -> Any:
        """The room's answer; `clicks` sends the same command so many times at once and expects one answer.

        Raises `Refusal`, and `Fault` when the room failed over it.
        """
        if clicks == 1:
            return await self._ask(command, actor)
        self.counts["clicked_again"] += clicks - 1
        answers = await asyncio.gather(*(self._ask(command, actor) for _ in range(clicks)))
        if any(answer != answers[0] for answer in answers):
            raise Fault(command.command_id, f"{type(command).__name__} was answered differently when repeated")
        return answers[0]

    async def _ask(self, command: Command, actor: Actor) -> Any:
        clock = asyncio.get_running_loop().time
        began, code = clock(), ""
        while True:
            try:
                answer = await self._once(command, actor)
            except Away:
                self.counts["away"] += 1
                await asyncio.sleep(AWAY_PAUSE)
            except Refusal as refusal:
                if refusal.code not in EARLY or clock() - began > EARLY_PATIENCE:
                    raise
                self.counts["early"] += 1
                await asyncio.sleep(self._pause(refusal.code, again=bool(code)))
                code = refusal.code
            else:
                if code:
                    self._usual[code] += 0.2 * (clock() - began - self._usual[code])
                self.counts["answered"] += 1
                self._moved()
                return answer

    def _pause(self, code: str, again: bool) -> float:
        """As long as it usually takes, then in smaller steps: asking more often would only slow the office down."""
        usual = self._usual[code] * (0.25 if again else 0.75)
        return min(max(usual, SHORTEST_PAUSE), LONGEST_PAUSE)

    async def _once(self, command: Command, actor: Actor) -> Any:
        loop = asyncio.get_running_loop()
        future: Future = await loop.run_in_executor(self._sender, self._send, command, actor)
        try:
            await asyncio.wait_for(asyncio.wrap_future(future), ANSWER_SECONDS)
        except TimeoutError:
            raise Away("no answer in time") from None
        return self._office.result(future)

    def _send(self, command: Command, actor: Actor) -> Future:
        return self._office.send(command, self.actors.statement(actor), ANSWER_SECONDS)

    def close(self) -> None:
        """Hang up. What is still asked is not answered any more."""
        self._sender.shutdown(wait=False, cancel_futures=True)
        self._office.close()
