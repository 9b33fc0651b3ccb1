"""When a debt that is late is claimed next: pure functions of the assessment."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from catalogue.late_rules import late_notices
from services.retribution.model import Assessment
from values.dates import office_date


class Ahead(NamedTuple):
    """The next claim and the first day on which it may go out."""

    kind: Literal["teguran", "strd"]
    on: date


def next_claim(assessment: Assessment) -> Ahead | None:
    """A teguran some days after the due date of the oldest part that is not paid, then an STRD; None when nothing will
    be owed on that day.

    What was already over when the SKRD was entered from paper is not news: such a debt is shown, not claimed.
    """
    entered = next((h.recorded_at for h in assessment.history if h.what == "skrd_signed"), None)
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
    return ahead if ahead and assessment.owed(ahead.on).total_left else None
