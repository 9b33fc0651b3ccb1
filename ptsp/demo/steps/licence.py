"""The licence: initials in order, the signature, the handover at the counter."""

from catalogue.office import organisation
from contracts import intake, issuance
from ptsp.demo.life import Life

PROXY = "Budi Santoso"


async def licence(life: Life) -> None:
    """Initials in the order of the type, the Head's signature, the licence. What a head signed who has left since is
    entered from paper by the present one."""
    life.step = "paraf dan tanda tangan"
    await life.until(intake.IssuanceDue)
    await life.refuse_if_due()
    for role in life.plan.type.initials:
        life.clock.minutes(20, 300)
        officer = life.officer(role, life.bidang if role == "bidang_head" else None)
        await life.ask(issuance.InitialDraft, officer, f"initial:{role}")
        await life.leave_if("issuance")
    life.clock.minutes(30, 400)
    role = life.plan.type.signed_by
    signer, here = life.officer(role), life.world.actors.officer(role)
    gone = not organisation().in_office(signer.id, life.world.actors.today)
    by = {"on_paper_by": signer.id} if gone else {}
    await life.ask(issuance.SignLicence, here if gone else signer, "sign_licence", **by)
    await life.until(issuance.LicenceIssued)


async def hand_over(life: Life) -> None:
    """Collected at the counter with an identity that was checked."""
    life.step = "penyerahan"
    life.clock.days(0, 4)
    counter = life.officer("counter")
    receiver = life.plan.receiver
    name = {"receiver_name": PROXY} if receiver == "proxy" else {}
    await life.ask(issuance.HandOverLicence, counter, "hand_over", receiver=receiver, identity_checked=True, **name)
    life.belief.handed_over = True
