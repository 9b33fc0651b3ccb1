"""The bundle of a closed file: what it consists of, sealed, and where it was proven."""

from datetime import datetime
from typing import Any, Literal

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.documents import Document
from contracts.intake import ArchivingDue
from values.happening import Happening

FORMAT = "ptsp-bundle/1"


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Bundle(Record):
    """One sealed state of a file. A paper that comes after sealing makes a further bundle; none is ever changed."""

    manifest: str = Field(description="name of the manifest on both sites")
    manifest_sha256: str
    objects: list[str] = Field(description="SHA-256 of every paper, plain")
    outcome: Literal["issued", "refused", "withdrawn"]
    sealed_at: AwareDatetime
    replicated_at: AwareDatetime | None = None


class ArchivedFile(Record):
    id: str
    resi: str | None
    bundles: list[Bundle] = Field(default_factory=list)
    documents: list[Document] = Field(default_factory=list)
    history: list[Happening] = Field(default_factory=list)


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
