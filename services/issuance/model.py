"""A draft on its way to being a licence: initials in order, signature under an authority, number, handover."""

import re
from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from catalogue.transactions import NEW, transaction
from contracts.documents import Document
from contracts.intake import Applicant, Place
from values.dates import office_date
from values.happening import Happening


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Paraf(Record):
    """An initial: which role must put it, and who did, when; or by which exception it was left out."""

    role: str
    officer: str | None = None
    at: AwareDatetime | None = None
    skipped: str | None = Field(None, description="id of the exception by which the paper goes on without it")


class Draft(Record):
    """The licence of one file, from its draft to its handover."""

    id: str
    resi: str
    licence_type: str
    edition: str
    sub_kind: str | None
    bidang: str
    holder: Applicant
    place: Place
    quantities: dict[str, Any]
    transaction: str = NEW
    licence_number: str | None = Field(None, description="the licence that exists and that it is about")
    parent: str | None = Field(None, description="the file whose licence this one depends on")
    children: list[str] = Field(default_factory=list, description="files whose licences depend on this one")
    since: AwareDatetime
    initials: list[Paraf]
    authority: str | None = Field(None, description="id of the authority under which it was signed")
    exception: str | None = Field(None, description="id of the exception under which some initials were left out")
    signed_by: str | None = None
    signed_in: str | None = Field(None, description="the unit in whose seat it was signed")
    entered_by: str | None = Field(None, description="who entered a signature that somebody else gave on paper")
    signed_at: AwareDatetime | None = None
    number: str | None = None
    verification_code: str | None = None
    valid_until: date | None = None
    document: Document | None = None
    handed_over_at: AwareDatetime | None = None
    receiver: str | None = None
    receiver_name: str | None = None
    closed: Literal["withdrawn", "refused", "replaced", "revoked"] | None = None
    ended_by: str | None = Field(None, description="the file whose paper replaced or revoked this licence")
    suspended: str | None = Field(None, description="why the licence is not valid for the time being")
    halted: str | None = Field(None, description="why its file stands still, before there is a licence")
    history: list[Happening] = Field(default_factory=list)
    signed_on: date | None = Field(None, description="the day under which the register lists it, once it was issued")
    found_by: list[str] = Field(
        default_factory=list, description="numbers and, with the year, words of names: `siti/2016`"
    )
    listed_in: list[str] = Field(default_factory=list, description="`siup/2016-03`, `suspended/2016-03`: shorter lists")

    def next_paraf(self) -> Paraf | None:
        """The initial that is due now; None when all are put or left out."""
        return next((paraf for paraf in self.initials if paraf.officer is None and paraf.skipped is None), None)

    def unit_of(self, role: str) -> str | None:
        """The unit whose officer in that role is concerned: of the heads of Bidang, the file's. None: there is one."""
        return self.bidang if role == "bidang_head" else None


def valid_until(signed_on: date, years: int | None) -> date | None:
    """The last day of validity: the day before the same date `years` on. None when the licence does not run out."""
    if years is None:
        return None
    try:
        anniversary = signed_on.replace(year=signed_on.year + years)
    except ValueError:  # 29 February
        anniversary = date(signed_on.year + years, 3, 1)
    return date.fromordinal(anniversary.toordinal() - 1)


def listing(draft: Draft) -> dict[str, Any]:
    """How the register lists a draft: not before it is issued; a copy or a revocation is no licence of its own."""
    if draft.document is None or transaction(draft.transaction).licence not in ("none", "replaced"):
        return {"signed_on": None, "found_by": [], "listed_in": []}
    day = office_date(draft.signed_at)
    names = (f"{word}/{day:%Y}" for word in names_in(draft))
    standing = draft.closed and ("replaced" if draft.closed == "replaced" else "revoked")
    standing = standing or ("suspended" if draft.suspended else None)
    return {
        "signed_on": day,
        "found_by": sorted({draft.number.upper(), draft.resi.upper(), *names}),
        "listed_in": [f"{key}/{day:%Y-%m}" for key in (draft.licence_type, standing) if key],
    }


def names_in(draft: Draft) -> set[str]:
    """The words by which a licence is looked for: of its holder's name and of the place's."""
    return set(words_of(f"{draft.holder.name} {draft.place.name}"))


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared: small letters, no marks, none of a single letter."""
    return [word for word in re.findall(r"\w+", name.lower()) if len(word) > 1]
