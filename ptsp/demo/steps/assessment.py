"""Money: nota perhitungan, SKRD, and a payment that is sometimes entered twice."""

import asyncio

from contracts import intake, retribution
from ptsp.demo.life import Life


async def assessment(life: Life) -> None:
    """Nota perhitungan, SKRD, payment. A nota of zero asks for nothing."""
    life.step = "penetapan retribusi"
    await life.until(intake.AssessmentDue)
    await life.refuse_if_due()
    life.clock.minutes(20, 200)
    await life.ask(retribution.PrepareNota, life.officer("bidang_officer", life.bidang), "prepare_nota")
    life.clock.minutes(20, 200)
    await life.ask(retribution.SignNota, life.officer("bidang_head", life.bidang), "sign_nota")
    nota = await life.until(retribution.NotaPerhitunganFiled)
    life.belief.nota = nota.total
    if nota.total == 0:
        return
    life.clock.minutes(20, 200)
    await life.ask(retribution.IssueSkrd, life.officer("administration_officer"), "issue_skrd")
    life.clock.minutes(20, 300)
    await life.ask(retribution.SignSkrd, life.officer("head"), "sign_skrd")
    skrd = await life.until(retribution.SkrdIssued)
    life.step = "menunggu pembayaran"
    await life.leave_if("payment")
    await _pay(life, skrd)
    await life.until(retribution.ReceiptIssued)


async def _pay(life: Life, skrd: retribution.SkrdIssued) -> None:
    """The treasurer enters what came in at the bank; sometimes again, in the same words and in a new message."""
    plan = life.plan
    life.clock.days(plan.days_to_pay, plan.days_to_pay)
    treasurer = life.officer("treasurer")
    fields = {
        "payment_code": skrd.payment_code,
        "amount": skrd.amount,
        "bank_reference": f"BJB-{life.world.run}-{plan.number:06d}",
        "paid_at": life.clock.now,
        "channel": "bank",
    }
    said = [life.ask(retribution.RecordPayment, treasurer, "pay", **fields)]
    if plan.payment_repeats:
        said.append(life.ask(retribution.RecordPayment, treasurer, "pay", **fields))
        others = range(1, plan.payment_repeats)
        said += [life.ask(retribution.RecordPayment, treasurer, f"pay_again:{n}", **fields) for n in others]
        life.belief.repeats_said = len(others)
    await asyncio.gather(*said)
    life.belief.paid = skrd.amount
    life.belief.late = life.clock.now.date() > skrd.due_on
