"""The bundle of a closed file: what it consists of, sealed, and where it was proven."""

import re
from datetime import date, datetime
from typing import Any, Literal

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.documents import Document
from contracts.intake import ArchivingDue
from values.dates import office_date
from values.happening import Happening

Site = Literal["primary", "second"]
FORMAT = "ptsp-bundle/1"


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Wrong(Record):
    """An object that is not what it should be: the manifest, or a paper by its hash."""

    name: str
    why: Literal["missing", "damaged"]


class Check(Record):
    """One site as last verified: how many objects were read there, and which were wrong. `away`: it did not answer."""

    site: Site
    at: AwareDatetime
    objects: int
    wrong: list[Wrong] = Field(default_factory=list)
    away: bool = False

    @property
    def good(self) -> bool:
        """Everything is there, whole."""
        return not self.away and not self.wrong


class Bundle(Record):
    """One sealed state of a file. A paper that comes after sealing makes a further bundle; none is ever changed."""

    manifest: str = Field(description="name of the manifest on both sites")
    manifest_sha256: str
    objects: list[str] = Field(description="SHA-256 of every paper, plain")
    outcome: Literal["issued", "refused", "withdrawn"]
    sealed_at: AwareDatetime
    replicated_at: AwareDatetime | None = None
    checks: list[Check] = Field(default_factory=list, description="of each site the last one")


class ArchivedFile(Record):
    """A closed file. `found_by` are the words and numbers it is looked for by, `type_month` and `closed_on` the times;
    `proven`: the second site holds all its bundles."""

    id: str
    resi: str | None
    licence_type: str | None = None
    applicant: str | None = None
    closed_on: date | None = None
    type_month: str | None = None
    found_by: list[str] = Field(default_factory=list)
    proven: bool = False
    bundles: list[Bundle] = Field(default_factory=list)
    documents: list[Document] = Field(default_factory=list)
    history: list[Happening] = Field(default_factory=list)


def known_by(event: ArchivingDue) -> dict[str, Any]:
    """What a file is looked for by, from its record and the numbers on its papers."""
    applicant = (event.record.get("applicant") or {}).get("name")
    kind, day = event.record.get("licence_type"), office_date(event.closed_at)
    numbers = [event.resi, *(document.number for document in event.documents)]
    return {
        "licence_type": kind,
        "applicant": applicant,
        "closed_on": day,
        "type_month": f"{kind}/{day:%Y-%m}",
        "found_by": sorted({number.upper() for number in numbers if number} | set(words_of(applicant or ""))),
    }


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared: small letters, no marks, none of a single letter."""
    return [word for word in re.findall(r"\w+", name.lower()) if len(word) > 1]


def manifest_of(event: ArchivingDue) -> dict[str, Any]:
    """What a bundle says of itself: every paper with its hash, and the record of the file.

    Nothing in it depends on when or how often it is made, so a repeated attempt makes the same bytes.
    """
    return {
        "format": FORMAT,
        "application_id": event.application_id,
        "resi": event.resi,
        "outcome": event.outcome,
        "closed_at": event.closed_at.isoformat(),
        "documents": [document.model_dump(mode="json") for document in event.documents],
        "record": event.record,
    }


def manifest_name(event: ArchivingDue) -> str:
    """Spread over months, since listing one long folder is slow; the number of papers tells states of a file apart."""
    closed: datetime = event.closed_at
    return f"bundles/{closed:%Y/%m}/{event.application_id}-{len(event.documents)}.json"


def to_bytes(sealed: dict[str, Any]) -> bytes:
    """One spelling for one content: keys sorted."""
    return orjson.dumps(sealed, option=orjson.OPT_SORT_KEYS)
