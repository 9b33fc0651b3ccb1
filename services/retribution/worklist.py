"""What waits, for whom: the worklists of nota and SKRD, by the role and the Bidang of who asks."""

from contracts import retribution
from contracts.people import Actor
from plumbing.messaging.book import Reader
from services.retribution import store
from services.retribution.model import Assessment
from services.retribution.waiting import desk, waiting
from values.refusal import Refusal

OWN = {
    "bidang_officer": ("nota_to_prepare",),
    "bidang_head": ("nota_to_sign",),
    "administration_officer": ("skrd_to_issue",),
    "head": ("skrd_to_sign",),
    "treasurer": ("skrd_to_pay",),
}
# What a role looks after beside its own: it may ask for these by name.
LOOKED_AFTER = {
    "bidang_officer": ("nota_to_prepare", "nota_to_sign"),
    "bidang_head": ("nota_to_prepare", "nota_to_sign"),
    "administration_officer": ("skrd_to_issue", "skrd_to_sign"),
    "head": ("skrd_to_issue", "skrd_to_sign", "skrd_to_pay"),
    "treasurer": ("skrd_to_issue", "skrd_to_sign", "skrd_to_pay"),
}


def work_of(reader: Reader, question: retribution.WorkOf, actor: Actor) -> dict:
    """The files that wait for this role in this unit, the oldest first."""
    if question.what and question.what not in LOOKED_AFTER[actor.role]:
        raise Refusal("not_concerned", "Pekerjaan ini bukan urusan jabatan Anda.", field="what")
    wanted = (question.what,) if question.what else OWN[actor.role]
    desks = [desk(what, actor.unit) for what in wanted]
    found = [each for name in desks for each in store.on_desk(reader, name, question.limit + 1)]
    found.sort(key=lambda each: waiting(each).since)
    return {"work": [_line(each) for each in found[: question.limit]], "more": len(found) > question.limit}


def _line(assessment: Assessment) -> dict:
    """One line of a worklist. Amounts are whole rupiah, None before there is one."""
    now, nota, skrd = waiting(assessment), assessment.nota, assessment.skrd
    return {
        "application_id": assessment.id,
        "resi": assessment.resi,
        "licence_type": assessment.licence_type,
        "licence_name": assessment.licence_name,
        "bidang": assessment.bidang,
        "payer": assessment.payer.name,
        "what": now.what,
        "since": now.since.isoformat(),
        "nota_number": nota and nota.number,
        "skrd_number": skrd and skrd.number,
        "payment_code": skrd and skrd.payment_code,
        "amount": nota and nota.total,
        "paid": assessment.paid,
        "due_on": skrd and skrd.due_on and skrd.due_on.isoformat(),
    }
