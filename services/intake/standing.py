"""Where a file stands: one pure function of its path and of what has happened to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from catalogue.holds import Hold, hold
from catalogue.office import organisation
from catalogue.path import ARCHIVE, ARCHIVIST, REFUSED, WITHDRAWN, Act, Path
from catalogue.walk import position
from services.intake.items import Record
from values.happening import Happening

Status = Literal[
    "submitted",
    "waiting_for_applicant",
    "in_process",
    "in_verification",
    "in_retribution",
    "waiting_for_payment",
    "in_issuance",
    "issued",
    "refused",
    "withdrawn",
    "archived",
]

STATUS_OF: dict[Act, Status] = {
    "register": "submitted",
    "check_completeness": "submitted",
    "wait_for_applicant": "waiting_for_applicant",
    "technical_verification": "in_verification",
    "retribution": "in_retribution",
    "payment": "waiting_for_payment",
    "prepare": "in_process",
    "officer_check": "in_process",
    "disposition": "in_process",
    "initial": "in_issuance",
    "sign": "in_issuance",
    "number": "in_issuance",
    "deliver": "in_issuance",
    "publish": "in_issuance",
    "archive": "in_process",
}
DONE = "Selesai"


class Standing(Record):
    """Where a file stands: its step, who holds it since when, and how it was closed if it was.

    `holder` is a role of the organisation in words; a closed file is held by the archive until both sites have it.
    `hold` says why an open file does not go on although somebody has it.
    """

    status: Status
    step: str | None
    visit: int
    holder: str
    since: datetime
    outcome: Literal["issued", "refused", "withdrawn"] | None
    hold: Hold | None


def standing(path: Path, history: Sequence[Happening]) -> Standing:
    """The life of a file as one function of its path and history: one answer for tracking, work and reports."""
    here = position(path, history)
    archived = next((h for h in history if h.what == "archived"), None)
    in_archive = here.step is not None and here.step.puts_away
    if here.step is None or in_archive:
        outcome = here.end if here.end in (REFUSED, WITHDRAWN) else "issued"
        done = archived is not None and here.step is None
        step, status = (None, "archived") if done else (ARCHIVE, outcome)
    else:
        outcome, step, status = None, here.step.code, STATUS_OF[here.step.act]
    roles = organisation().roles
    holder = DONE if step is None else roles[here.step.actor if here.step else ARCHIVIST].name
    since = max(here.since, archived.at) if archived else here.since
    return Standing(
        status=status,
        step=step,
        visit=here.visit,
        holder=holder,
        since=since,
        outcome=outcome,
        hold=hold(history) if outcome is None else None,
    )
