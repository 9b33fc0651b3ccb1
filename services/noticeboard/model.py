"""What counts as what, and which papers a move of a file makes checkable: pure rules."""

from collections.abc import Iterator
from datetime import date

from catalogue.desks import TO_COLLECT, desks_of
from catalogue.offering import offering
from contracts.intake import ApplicationMoved
from contracts.noticeboard import Notice, Paper
from values.dates import office_date
from values.verification_code import verification_code

SIGNED = frozenset({"licence_issued", "revocation_issued"})


def uncounted(notice: Notice) -> Iterator[tuple[str, date]]:
    """What the file can now be counted as and was not yet, with the day it belongs to."""
    moved, licence = notice.moved, notice.licence
    if moved is not None and "received" not in notice.counted:
        yield from (("received", office_date(turn.at)) for turn in moved.history if turn.what == "registered")
    if moved is not None and moved.resi and moved.outcome and "finished" not in notice.counted:
        yield "finished", office_date(moved.since)
        if moved.promised_on and office_date(moved.since) <= moved.promised_on:
            yield "in_time", office_date(moved.since)
    if moved is not None and licence is not None and "issued" not in notice.counted:
        yield "issued", office_date(licence.signed_at)


def desks(moved: ApplicationMoved) -> list[str]:
    """On whose desks the file lies now; until it is handed over, what was signed lies with the counters too."""
    kind, told = offering(moved.licence_type, moved.edition), {turn.what for turn in moved.history}
    found = desks_of(kind, kind.path_for(moved.transaction)[moved.step] if moved.step else None)
    return [*found, TO_COLLECT] if SIGNED & told and "handed_over" not in told else found


def papers_of(moved: ApplicationMoved) -> list[Paper]:
    """The papers of a file under the codes that are printed on them."""
    return [
        Paper(
            id=verification_code(moved.application_id, paper.kind, paper.number),
            kind=paper.kind,
            number=paper.number,
            sha256=paper.sha256,
            application_id=moved.application_id,
        )
        for paper in moved.papers
    ]
