"""Which work a file before retribution waits for, and since when: pure functions of the assessment."""

from datetime import UTC, datetime
from typing import NamedTuple

from contracts.retribution.work import Work
from services.retribution.lateness import to_sign
from services.retribution.letters import called_for, unsigned
from services.retribution.model import Assessment

TO_DECIDE = "change_to_decide"
STRD_TO_SIGN = "strd_to_sign"


class Waiting(NamedTuple):
    """The next work and the moment from which it could be done."""

    what: Work
    since: datetime


def waiting(assessment: Assessment) -> Waiting | None:
    """What a person has to do next with the file; None when nothing is left (paid, free of charge, ended) or another
    file leads its SKRD."""
    nota, correction = assessment.nota, assessment.correction
    if assessment.closed:
        return None
    if correction is not None:
        return Waiting("nota_to_sign", correction.prepared_at)
    if nota is None:
        return Waiting("nota_to_prepare", assessment.since)
    if nota.signed_at is None:
        return Waiting("nota_to_sign", nota.prepared_at)
    if assessment.joined_to:
        return None
    if called_for(assessment):
        return Waiting("skrd_to_issue", nota.signed_at)
    if letter := unsigned(assessment):
        return Waiting("skrd_to_sign", letter.numbered_at)
    account = assessment.account
    if account is None or account.principal_left == 0:
        return None
    return Waiting("skrd_to_pay", assessment.signed_letters[-1].signed_at)


def to_decide(assessment: Assessment) -> Waiting | None:
    """The oldest change that waits for the Head; None when none does."""
    if assessment.closed:
        return None
    return next((Waiting(TO_DECIDE, change.proposed_at) for change in assessment.changes if change.open), None)


def strd_to_sign(assessment: Assessment) -> Waiting | None:
    """The STRD that waits for the Head; None when none does, or nothing late is left to claim."""
    waits = to_sign(assessment)
    return Waiting(STRD_TO_SIGN, waits.proposed_at) if waits else None


def place_of(assessment: Assessment) -> str:
    """The place of a file on the list of what waits, in its order: `nota_to_sign.jasa_usaha/2016-03-08T...`.
    Empty when it waits for nobody. Nota belong to the Bidang of the file, SKRD to one desk of the office."""
    found = waiting(assessment)
    if found is None:
        return ""
    return f"{desk(found.what, assessment.bidang)}/{found.since.astimezone(UTC).isoformat()}"


def place_of_decision(assessment: Assessment) -> str:
    """The place among the changes that wait for the Head; empty when none does."""
    return _place(to_decide(assessment))


def place_of_strd(assessment: Assessment) -> str:
    """The place among the STRD that wait for the Head; empty when none does."""
    return _place(strd_to_sign(assessment))


def _place(found: Waiting | None) -> str:
    return f"{found.what}/{found.since.astimezone(UTC).isoformat()}" if found else ""


def desk(what: Work, bidang: str | None) -> str:
    """The part of the list a kind of work stands on."""
    return f"{what}.{bidang}" if what.startswith("nota") else what
