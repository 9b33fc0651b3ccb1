"""What waits, for whom: the worklists of nota and SKRD, by the role and the Bidang of who asks."""

from datetime import date

from contracts import retribution
from contracts.people import Actor
from plumbing.messaging.book import Reader
from services.retribution import store
from services.retribution.letters import called_for, unsigned
from services.retribution.model import Assessment
from services.retribution.waiting import STRD_TO_SIGN, TO_DECIDE, Waiting, desk, strd_to_sign, to_decide, waiting
from values.dates import office_date
from values.refusal import Refusal

OWN = {
    "bidang_officer": ("nota_to_prepare",),
    "bidang_head": ("nota_to_sign",),
    "administration_officer": ("skrd_to_issue",),
    "head": ("skrd_to_sign", "strd_to_sign", "change_to_decide"),
    "treasurer": ("skrd_to_pay",),
}
READ = {TO_DECIDE: to_decide, STRD_TO_SIGN: strd_to_sign}  # else by `waiting`
# What a role looks after beside its own: it may ask for these by name.
LOOKED_AFTER = {
    "bidang_officer": ("nota_to_prepare", "nota_to_sign"),
    "bidang_head": ("nota_to_prepare", "nota_to_sign"),
    "administration_officer": ("skrd_to_issue", "skrd_to_sign", "strd_to_sign", "change_to_decide"),
    "head": ("skrd_to_issue", "skrd_to_sign", "skrd_to_pay", "strd_to_sign", "change_to_decide"),
    "treasurer": ("skrd_to_issue", "skrd_to_sign", "skrd_to_pay", "strd_to_sign"),
}


def work_of(reader: Reader, question: retribution.WorkOf, actor: Actor) -> dict:
    """The files that wait for this role in this unit, the oldest first."""
    if question.what and question.what not in LOOKED_AFTER[actor.role]:
        raise Refusal("not_concerned", "Pekerjaan ini bukan urusan jabatan Anda.", field="what")
    wanted = (question.what,) if question.what else OWN[actor.role]
    today = office_date(reader.now)
    desks = [desk(what, actor.unit) for what in wanted]
    found = [
        (READ.get(name, waiting)(each), each)
        for name in desks
        for each in store.on_desk(reader, name, question.limit + 1)
    ]
    found.sort(key=lambda each: each[0].since)
    return {"work": [_line(*each, today) for each in found[: question.limit]], "more": len(found) > question.limit}


def _line(now: Waiting, assessment: Assessment, today: date) -> dict:
    """One line of a worklist. Amounts are whole rupiah, None before there is one: of the letter that is to be issued or
    signed, else of the nota; of an STRD what it would claim if it were signed today, `interest` being its part."""
    nota, letter = assessment.correction or assessment.nota, unsigned(assessment)
    skrd, wanted = letter or assessment.skrd, called_for(assessment)
    amount = wanted.amount if wanted else letter.amount if letter else nota and nota.total
    claimed = assessment.owed(today) if now.what == STRD_TO_SIGN else None
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
        "amount": claimed.total_left if claimed else amount,
        "interest": claimed and claimed.interest_left,
        "paid": assessment.paid,
        "due_on": _day(claimed.due_on if claimed else skrd and skrd.due_on),
    }


def _day(day: date | None) -> str | None:
    return day and day.isoformat()
