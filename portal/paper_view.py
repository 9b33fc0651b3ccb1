"""A paper that somebody checks: whether it is ours, what it is, and whether it still counts. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from catalogue.offering import Offering, offering
from contracts.noticeboard import Notice, Paper
from values.dates import office_date

Standing = Literal["valid", "expired", "revoked", "genuine"]


@dataclass(frozen=True)
class PaperView:
    """A paper of the office. `standing`: a licence is valid, expired or revoked; any other paper is just genuine."""

    paper: Paper
    standing: Standing
    kind: Offering | None
    line: str | None
    holder: str | None
    kecamatan: str | None
    signed: date | None
    valid_until: date | None
    revoked: date | None
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
        revoked=office_date(notice.revoked_at) if notice and notice.revoked_at else None,
        number_for_tracking=notice.resi if notice else None,
    )


def _standing(paper: Paper, notice: Notice | None, today: date) -> Standing:
    if paper.kind != "licence" or notice is None:
        return "genuine"
    if notice.revoked_at is not None:
        return "revoked"
    until = notice.licence.valid_until if notice.licence else None
    return "expired" if until is not None and today > until else "valid"
