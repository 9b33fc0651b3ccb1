"""A service of the secretariat: step after step along the file's way, each by whoever's step it is."""

from datetime import timedelta

from catalogue.office_calendar import office_hours
from catalogue.path import APPLICANT, FINISHED, REFUSED, Step
from catalogue.standard import ServiceStandard
from contracts import intake
from contracts.people import Actor
from ptsp.demo.every_offering import minutes_of
from ptsp.demo.life import Life
from ptsp.demo.steps.completeness import hand_in

OUTCOME = {FINISHED: "issued", REFUSED: "refused"}
PACE = (0.35, 0.85)  # of an even share of the limit, that a step takes
ANSWER_DAYS = (1, 3)


async def service(life: Life) -> None:
    """Handed in, then every move of its way; the last one ends it."""
    standard = life.plan.type
    async with life.world.counter:
        await hand_in(life, [r.code for r in standard.required()])
    straight = len([step for step in standard.path.steps if step.actor != APPLICANT])
    share = minutes_of(standard.allowed) / straight
    for n, (code, outcome) in enumerate(life.plan.way, start=1):
        step = standard.path[code]
        life.step = "langkah layanan"
        if step.actor == APPLICANT:
            life.clock.days(*ANSWER_DAYS)
        elif n > 1:
            passed = timedelta(seconds=60 * share * life.rng.uniform(*PACE))
            life.clock.reach(office_hours().open_after(life.clock.now, passed))
        await life.ask(intake.TakeStep, _actor(life, standard, step), f"take:{n}", step=code, outcome=outcome)
    last, outcome = life.plan.way[-1]
    life.belief.outcome = OUTCOME[standard.path[last].outcomes[outcome]]


def _actor(life: Life, standard: ServiceStandard, step: Step) -> Actor:
    if step.actor == APPLICANT:
        return life.account
    return life.officer(step.actor, standard.unit_of(step.actor))
