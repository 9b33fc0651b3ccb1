"""What intake says for those who follow a file: the public, by way of the noticeboard."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.base import Event, Shape
from contracts.documents import Kind, Sha256
from contracts.intake.shapes import APPLICATION


class Turn(Shape):
    """One thing that happened to a file, as anyone may know it: no name, no note."""

    what: str
    at: AwareDatetime
    step: str | None = None
    outcome: str | None = None


class PaperShown(Shape):
    """A paper the office made on a file: which, its number, and the hash by which it is known again."""

    kind: Kind
    number: str | None
    sha256: str = Sha256


class ApplicationMoved(Event):
    """What happened to a file so far and where it stands, for whoever follows it.

    It tells the whole anew each time, so the one with the highest `revision` says everything. Nobody can be
    recognised by it: `applicant` is masked, `account` says nothing outside the portal.
    """

    example = {
        "application_id": APPLICATION,
        "revision": 4,
        "resi": "R-2016-000123-7",
        "licence_type": "siup",
        "edition": "2016-11",
        "sub_kind": "kecil",
        "transaction": "new",
        "applicant": "S*** R***",
        "kecamatan": "Bekasi Timur",
        "promised_on": "2016-03-16",
        "status": "in_issuance",
        "step": "initial_bidang_head",
        "since": "2016-03-07T09:15:00+07:00",
        "outcome": None,
        "history": [
            {"what": "submitted", "at": "2016-03-07T09:00:00+07:00"},
            {"what": "complete", "at": "2016-03-07T09:15:00+07:00", "step": "completeness", "outcome": "complete"},
            {"what": "registered", "at": "2016-03-07T09:15:00+07:00"},
        ],
        "papers": [{"kind": "resi", "number": "R-2016-000123-7", "sha256": "0f" * 32}],
    }
    revision: int = Field(ge=1)
    resi: str | None
    licence_type: str
    edition: str
    sub_kind: str | None
    transaction: str
    applicant: str
    kecamatan: str
    promised_on: date | None
    status: str
    account: str | None = Field(
        None, max_length=64, description="whose file it is: the opaque id of an account; shown to nobody else"
    )
    step: str | None
    since: AwareDatetime
    outcome: Literal["issued", "refused", "withdrawn"] | None
    history: list[Turn] = Field(min_length=1)
    papers: list[PaperShown]
