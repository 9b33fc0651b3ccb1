"""What the technical team says: tasks offered, appointments, berita acara and what was added to it."""

from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.base import Event
from contracts.documents import Document, example
from contracts.intake import APPLICATION
from contracts.technical_team.shapes import Recommendation


class TaskOffered(Event):
    """An officer of an SKPD is invited to the technical team of a file."""

    example = {
        "application_id": APPLICATION,
        "skpd": "dinas_tata_kota",
        "officer_id": "dtk-1",
        "licence_name": "Izin Mendirikan Bangunan (IMB)",
        "resi": "R-2016-000123-7",
    }
    skpd: str
    officer_id: str
    licence_name: str
    resi: str


class AppointmentBooked(Event):
    example = {
        "application_id": APPLICATION,
        "kind": "visit",
        "starts_at": "2016-03-09T09:00:00+07:00",
        "ends_at": "2016-03-09T10:00:00+07:00",
        "place": "Jl. Melati No. 12",
        "officers": ["dtk-1"],
        "moved": False,
        "formerly_at": None,
    }
    kind: Literal["meeting", "visit"]
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str
    officers: list[str]
    moved: bool
    formerly_at: AwareDatetime | None = Field(None, description="when it was to be before it was moved")


class BeritaAcaraVerified(Event):
    """Every SKPD has signed and the Bidang has verified; the paper can be printed."""

    example = {"application_id": APPLICATION, "number": "BA-2016-00045", "outcome": "recommended", "round": 1}
    number: str
    outcome: Recommendation
    round: int


class BeritaAcaraFiled(Event):
    """The berita acara exists as a paper. `outcome` is the strictest recommendation of the SKPD."""

    example = {
        "application_id": APPLICATION,
        "document": example("berita_acara", "BA-2016-00045"),
        "outcome": "recommended",
        "opinions": ["Sesuai rencana tata ruang"],
        "verified_at": "2016-03-09T15:00:00+07:00",
    }
    document: Document
    outcome: Recommendation
    opinions: list[str]
    verified_at: AwareDatetime
    photos: list[Document] = Field(default_factory=list, description="taken on site; part of the file")


class AddendumSigned(Event):
    """A member added something after the berita acara was verified; the paper can be printed."""

    example = {"application_id": APPLICATION, "number": "BA-2016-00045/T1"}
    number: str


class AddendumFiled(Event):
    """The addendum exists as a paper."""

    example = {
        "application_id": APPLICATION,
        "document": example("addendum", "BA-2016-00045/T1"),
        "signed_at": "2016-03-12T15:00:00+07:00",
    }
    document: Document
    signed_at: AwareDatetime
