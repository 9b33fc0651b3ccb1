"""The technical team: tasks accepted or declined, a time for all, findings, signatures, the berita acara verified."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, islice

from contracts import intake, technical_team
from contracts.technical_team import Observation
from ptsp.demo import words
from ptsp.demo.desk_diary import HALF_HOUR, LENGTH
from ptsp.demo.life import Left, Life
from ptsp.demo.steps.completeness import answer
from values.refusal import Refusal

SLOTS_TRIED = 200


async def verification(life: Life) -> None:
    """The team of every SKPD concerned meets or visits; once more when it asked for a correction."""
    for round_ in count(1):
        life.step = "menunggu tim teknis"
        due = await life.until(intake.VerificationDue)
        await life.refuse_if_due()
        officers = await _offers(life, due, round_)
        held_at = await _book(life, due, list(officers.values()), round_)
        await life.leave_if("verification")
        life.step = "pemeriksaan tim teknis"
        await _examine(life, officers, held_at, round_)
        life.belief.rounds = round_
        filed = await life.until(technical_team.BeritaAcaraFiled)
        if filed.outcome == "recommended":
            return
        if filed.outcome == "refused":
            await life.until(intake.ApplicationRefused)
            life.belief.outcome = "refused"
            raise Left
        requested = await life.until(intake.ItemsRequested)
        await answer(life, [item.requirement for item in requested.items], f"correction-{round_}")


async def _offers(life: Life, due: intake.VerificationDue, round_: int) -> dict[str, str]:
    """Every SKPD's officer accepts, some only after a colleague has declined. Returns who goes, by SKPD."""
    officers: dict[str, str] = {}
    declined: dict[str, int] = {due.skpd[0]: life.plan.declined if round_ == 1 else 0}
    life.clock.minutes(30, 300)
    while len(officers) < len(due.skpd):
        offer = await life.until(technical_team.TaskOffered)
        officer = life.world.actors.named(offer.officer_id)
        if declined.get(offer.skpd, 0):
            declined[offer.skpd] -= 1
            life.clock.minutes(20, 200)
            step = f"decline:{round_}:{offer.skpd}:{declined[offer.skpd]}"
            reason = life.rng.choice(words.DECLINED)
            await life.ask(technical_team.DeclineTask, officer, step, skpd=offer.skpd, reason=reason)
        else:
            await life.ask(technical_team.AcceptTask, officer, f"accept:{round_}:{offer.skpd}", skpd=offer.skpd)
            officers[offer.skpd] = offer.officer_id
    return officers


async def _book(life: Life, due: intake.VerificationDue, officers: list[str], round_: int) -> datetime:
    """A time at which all can come; another one when somebody cannot, and a later one when it is moved."""
    place = words.MEETING_ROOM if due.kind == "meeting" else f"{due.place.address}, {due.place.kecamatan}"
    tries = (f"book:{round_}:{n}" for n in count())
    life.clock.minutes(30, 200)
    if life.plan.clash and round_ == 1:
        taken = life.world.diary.somebody_taken(officers, life.clock.now, life.id)
        if taken and await _booked(life, officers, taken, place, next(tries)):
            return taken
    held_at = await _first_free(life, officers, life.clock.now + timedelta(days=1), place, tries)
    if life.plan.moved and round_ == 1:
        life.clock.minutes(60, 400)
        life.world.diary.give_back(officers, held_at, life.id)
        held_at = await _first_free(life, officers, held_at + timedelta(days=1), place, tries)
        life.belief.moved += 1
    return held_at


async def _first_free(life: Life, officers: list[str], after: datetime, place: str, tries: Iterator[str]) -> datetime:
    after = max(after, life.clock.now)
    for starts_at in islice(life.world.diary.free(officers, after, life.rng), SLOTS_TRIED):
        if await _booked(life, officers, starts_at, place, next(tries)):
            return starts_at
    raise Refusal("double_booking", f"tidak ada waktu kosong dari {SLOTS_TRIED} yang dicoba sejak {after:%Y-%m-%d}")


async def _booked(life: Life, officers: list[str], starts_at: datetime, place: str, step: str) -> bool:
    """Whether the room gave that hour to the file; only a double booking is a no."""
    officer = life.officer("bidang_officer", life.bidang)
    ends_at = starts_at + LENGTH * HALF_HOUR
    life.world.diary.take(officers, starts_at, life.id)
    try:
        await life.ask(technical_team.BookAppointment, officer, step, starts_at=starts_at, ends_at=ends_at, place=place)
    except Refusal as refusal:
        if refusal.code != "double_booking":
            raise
        life.world.caller.counts["double_booking_refused"] += 1
        return False
    await life.until(technical_team.AppointmentBooked)
    return True


async def _examine(life: Life, officers: dict[str, str], held_at: datetime, round_: int) -> None:
    """Findings of every SKPD, side by side, then every signature; then the head of the Bidang verifies."""
    verdict = "recommended"
    if life.plan.ending == "refused_by_team":
        verdict = "refused"
    elif life.plan.correction and round_ == 1:
        verdict = "correction"
    life.clock.reach(held_at + timedelta(minutes=life.rng.randint(30, 55)))
    found_at = life.clock.now
    signed_at = life.clock.minutes(20, 240)
    strict = life.rng.choice(list(officers))

    async def find(skpd: str, officer_id: str, points: list[str]) -> None:
        officer = life.world.actors.named(officer_id)
        own = verdict if skpd == strict else "recommended"
        observations = [Observation(point=p, fits=own == "recommended" or i > 0) for i, p in enumerate(points)]
        await life.ask(
            technical_team.RecordFindings,
            officer,
            f"findings:{round_}:{skpd}",
            skpd=skpd,
            observations=observations,
            recommendation=own,
            opinion=words.OPINIONS[own],
            acted_at=found_at,
        )

    async def sign(skpd: str, officer_id: str) -> None:
        officer = life.world.actors.named(officer_id)
        step = f"sign_ba:{round_}:{skpd}"
        await life.ask(technical_team.SignBeritaAcara, officer, step, skpd=skpd, acted_at=signed_at)

    drawn = {skpd: life.rng.sample(words.POINTS, life.rng.randint(2, 4)) for skpd in officers}
    await asyncio.gather(*(find(skpd, officer_id, drawn[skpd]) for skpd, officer_id in officers.items()))
    await asyncio.gather(*(sign(skpd, officer_id) for skpd, officer_id in officers.items()))
    life.clock.days(0, 2)
    head = life.officer("bidang_head", life.bidang)
    await life.ask(technical_team.VerifyBeritaAcara, head, f"verify:{round_}")
