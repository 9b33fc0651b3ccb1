"""Which work a file before retribution waits for, and since when: pure functions of the assessment."""

from datetime import UTC, datetime
from typing import NamedTuple

from contracts.retribution.work import Work
from services.retribution.model import Assessment


class Waiting(NamedTuple):
    """The next work and the moment from which it could be done."""

    what: Work
    since: datetime


def waiting(assessment: Assessment) -> Waiting | None:
    """What a person has to do next with the file; None when nothing is left (paid, free of charge, ended)."""
    nota, skrd = assessment.nota, assessment.skrd
    if assessment.closed:
        return None
    if nota is None:
        return Waiting("nota_to_prepare", assessment.since)
    if nota.signed_at is None:
        return Waiting("nota_to_sign", nota.prepared_at)
    if nota.total == 0:
        return None
    if skrd is None:
        return Waiting("skrd_to_issue", nota.signed_at)
    if skrd.signed_at is None:
        return Waiting("skrd_to_sign", skrd.numbered_at)
    return None if assessment.settled_at else Waiting("skrd_to_pay", skrd.signed_at)


def place_of(assessment: Assessment) -> str:
    """The place of a file on the list of what waits, in its order: `nota_to_sign.jasa_usaha/2016-03-08T...`.
    Empty when it waits for nobody. Nota belong to the Bidang of the file, SKRD to one desk of the office."""
    found = waiting(assessment)
    if found is None:
        return ""
    return f"{desk(found.what, assessment.bidang)}/{found.since.astimezone(UTC).isoformat()}"


def desk(what: Work, bidang: str | None) -> str:
    """The part of the list a kind of work stands on."""
    return f"{what}.{bidang}" if what.startswith("nota") else what
