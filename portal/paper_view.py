"""A paper that somebody checks: whether it is ours, what it is, and whether it still counts. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from catalogue.offering import Offering, offering
from contracts.noticeboard import Notice, Paper
from values.dates import office_date

Standing = Literal["valid", "expired", "suspended", "replaced", "revoked", "genuine"]


@dataclass(frozen=True)
class PaperView:
    """A paper of the office. `standing`: what a licence is worth; any other paper is just genuine. `ended`: the day on
    which it was suspended, replaced or revoked; `ended_by`: the paper that did."""

    paper: Paper
    standing: Standing
    kind: Offering | None
    line: str | None
    holder: str | None
    kecamatan: str | None
    signed: date | None
    valid_until: date | None
    ended: date | None
    ended_by: str | None
    number_for_tracking: str | None


def paper_view(paper: Paper, notice: Notice | None, today: date) -> PaperView:
    """What anyone may know of it. Without the notice of its file only that it exists."""
    moved, licence = (notice.moved, notice.licence) if notice else (None, None)
    kind = offering(moved.licence_type, moved.edition) if moved else None
    its_own = licence is not None and licence.verification_code == paper.id
    return PaperView(
        paper=paper,
        standing=_standing(paper, notice, today),
        kind=kind,
        line=next((line.name for line in kind.lines if line.code == moved.sub_kind), None) if kind else None,
        holder=moved.applicant if moved else None,
        kecamatan=moved.kecamatan if moved else None,
        signed=office_date(licence.signed_at) if its_own else None,
        valid_until=licence.valid_until if its_own else None,
        ended=_ended(notice),
        ended_by=notice.ended.by if notice and notice.ended else None,
        number_for_tracking=notice.resi if notice else None,
    )


def _ended(notice: Notice | None) -> date | None:
    if notice is None or not (notice.ended or notice.suspended):
        return None
    return office_date(notice.ended.at if notice.ended else notice.suspended_at)


def _standing(paper: Paper, notice: Notice | None, today: date) -> Standing:
    if paper.kind != "licence" or notice is None:
        return "genuine"
    if notice.ended is not None:
        return notice.ended.how
    if notice.suspended:
        return "suspended"
    until = notice.licence.valid_until if notice.licence else None
    return "expired" if until is not None and today > until else "valid"
