"""When a debt that is late is claimed next, and whether a proposed STRD stands: pure functions of the assessment."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from catalogue.late_rules import late_notices
from services.retribution.model import Assessment, StrdProposal
from values.dates import office_date


class Ahead(NamedTuple):
    """What is done next about a late debt, and the first day on which it may be: a teguran, the proposal of an STRD, or
    that a proposal lapses."""

    kind: Literal["teguran", "strd", "lapse"]
    on: date


def next_claim(assessment: Assessment) -> Ahead | None:
    """A teguran some days after the due date of the oldest part that is not paid, then an STRD, which waits for the
    Head's signature; None when nothing will be owed on that day.

    What was already over when the SKRD was entered from paper is not news: such a debt is shown, not claimed.
    """
    entered = next((h.recorded_at for h in assessment.history if h.what == "skrd_signed"), None)
    if (waits := proposed(assessment)) is not None:
        return None if to_sign(assessment) else Ahead("lapse", office_date(waits.proposed_at))
    if entered is None or assessment.closed:
        return None
    notices, due_on = late_notices(), assessment.account.due_on
    raised = {claim.kind: claim for claim in assessment.claims if office_date(claim.raised_at) > due_on}
    if "teguran" not in raised:
        on = due_on + timedelta(days=notices.teguran.days)
        ahead = Ahead("teguran", on) if on > office_date(entered) else None
    elif "strd" not in raised:
        ahead = Ahead("strd", raised["teguran"].pay_by + timedelta(days=1))
    else:
        return None
    return ahead if ahead and assessment.account.total_left and assessment.owed(ahead.on).total_left else None


def proposed(assessment: Assessment) -> StrdProposal | None:
    """The STRD that waits, whether or not there still is something to claim."""
    return next((each for each in assessment.strd_proposals if each.open), None)


def to_sign(assessment: Assessment) -> StrdProposal | None:
    """The STRD that waits for the Head: something is owed, and it was due before the STRD was proposed."""
    waits, account = proposed(assessment), assessment.account
    if waits is None or assessment.closed or account is None or not account.total_left:
        return None
    return waits if office_date(waits.proposed_at) > account.due_on else None
