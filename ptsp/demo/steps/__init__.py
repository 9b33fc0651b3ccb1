"""What is done in each step of a file's path, and by whom."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from contracts import archive
from ptsp.demo.life import Left, Life
from ptsp.demo.steps.assessment import assessment
from ptsp.demo.steps.completeness import completeness
from ptsp.demo.steps.licence import hand_over, licence
from ptsp.demo.steps.service import service
from ptsp.demo.steps.verification import verification

STEPS: dict[str, Callable[[Life], Awaitable[None]]] = {
    "technical_verification": verification,
    "retribution": assessment,
    "issuance": licence,
}


async def live(life: Life) -> None:
    """From submission until the second site holds everything."""
    with suppress(Left):
        await (service(life) if life.plan.way else _licence(life))
    life.step = "pengarsipan"
    await life.until(archive.BundleReplicated)
    life.step = "selesai"


async def _licence(life: Life) -> None:
    await completeness(life)
    for step in life.plan.type.stretches[1:-1]:
        await STEPS[step](life)
    life.belief.outcome = "issued"
    await hand_over(life)
