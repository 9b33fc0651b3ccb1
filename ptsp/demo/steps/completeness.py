"""Counter and applicant: a file is handed in, checked item by item, completed and registered."""

from contracts import intake
from contracts.intake import Attachment, Finding
from ptsp.demo import words
from ptsp.demo.life import Life


async def completeness(life: Life) -> None:
    """Handed in, ticked item by item, completed when something lacks, registered."""
    plan = life.plan
    life.step = "pemeriksaan kelengkapan"
    required = [r.code for r in plan.type.required(sub_kind=plan.kind[1])]
    async with life.world.counter:
        await hand_in(life, required)
        await life.leave_if("counter")
        life.clock.minutes(10, 90)
        await _check(life, "check:1", required)
    if plan.missing or plan.wrong:
        requested = await life.until(intake.ItemsRequested)
        await life.leave_if("requests")
        codes = [item.requirement for item in requested.items]
        await answer(life, codes, "1")
        for _ in codes:
            await life.until(intake.PapersInspected)
        life.clock.minutes(30, 240)
        await _check(life, "check:2", codes, all_complete=True)
    await life.until(intake.ApplicationRegistered)


async def hand_in(life: Life, required: list[str]) -> None:
    """The applicant's papers are put in the store, the file is submitted, and the papers are looked at."""
    plan = life.plan
    papers = life.papers([code for code in required if code not in plan.missing])
    await life.world.keep([paper.data for paper in papers.values()])
    await life.ask(
        intake.SubmitApplication,
        life.account,
        "submit",
        licence_type=plan.kind[0],
        sub_kind=plan.kind[1],
        channel=plan.channel,
        applicant=plan.applicant,
        place=plan.place,
        quantities=plan.quantities,
        licence_number=_earlier_licence(life),
        attachments=[Attachment(requirement=code, document=paper.document) for code, paper in papers.items()],
    )
    await life.until(intake.PapersInspected)


def _earlier_licence(life: Life) -> str | None:
    """What is asked about a licence that exists names it; these were issued on paper, before there was a register."""
    plan = life.plan
    if not plan.type.transaction(None, plan.kind[1]).about_a_licence:
        return None
    return f"{plan.type.classification}/Kep.{int(plan.applicant.nik[-4:])}-BPPT/VI/2013"


async def _check(life: Life, step: str, codes: list[str], all_complete: bool = False) -> None:
    def finding(code: str) -> Finding:
        if code in life.plan.missing and not all_complete:
            return Finding(requirement=code, verdict="missing", note=words.MISSING)
        if code in life.plan.wrong and not all_complete:
            return Finding(requirement=code, verdict="wrong", note=life.rng.choice(words.WRONG))
        return Finding(requirement=code, verdict="complete")

    counter = life.officer("counter")
    await life.ask(intake.CheckCompleteness, counter, step, findings=[finding(code) for code in codes])


async def answer(life: Life, codes: list[str], round_: str) -> None:
    """The applicant brings everything that was asked for, on one day."""
    life.clock.days(2, 7)
    papers = life.papers(codes, again=f"/{round_}")
    await life.world.keep([paper.data for paper in papers.values()])
    account = life.account
    for code, paper in papers.items():
        life.clock.minutes(1, 5)
        step = f"answer:{round_}:{code}"
        await life.ask(intake.AnswerItem, account, step, requirement=code, document=paper.document)
