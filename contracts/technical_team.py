"""What the technical team is asked and what it says: tasks, appointments, findings, berita acara."""

from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.base import Command, Event, Query, Shape, Words
from contracts.documents import Document, example
from contracts.intake import APPLICATION

Recommendation = Literal["recommended", "correction", "refused"]


class Observation(Shape):
    """One point that was looked at, on paper or on site."""

    point: Words = Field(min_length=2, max_length=200)
    fits: bool
    note: Words = Field("", max_length=500)


# --- asked -----------------------------------------------------------------------------------------------------------


class AcceptTask(Command):
    example = {"command_id": "c-00000010", "application_id": APPLICATION, "skpd": "dinas_tata_kota"}
    application_id: str
    skpd: str


class DeclineTask(Command):
    """The officer cannot take it; it is offered to the next one of the same SKPD."""

    example = AcceptTask.example | {"reason": "Sedang bertugas di luar kota"}
    application_id: str
    skpd: str
    reason: Words = Field(min_length=5, max_length=300)


class BookAppointment(Command):
    """Set the meeting or visit for all members. Booking again moves it; nobody is booked twice at one time."""

    example = {
        "command_id": "c-00000011",
        "application_id": APPLICATION,
        "starts_at": "2016-03-09T09:00:00+07:00",
        "ends_at": "2016-03-09T10:00:00+07:00",
        "place": "Ruang rapat BPPT",
    }
    application_id: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: Words = Field(min_length=3, max_length=300)


class RecordFindings(Command):
    example = {
        "command_id": "c-00000012",
        "application_id": APPLICATION,
        "skpd": "dinas_tata_kota",
        "observations": [{"point": "Garis sempadan bangunan", "fits": True}],
        "recommendation": "recommended",
        "opinion": "Sesuai rencana tata ruang",
    }
    application_id: str
    skpd: str
    observations: list[Observation] = Field(min_length=1, max_length=60)
    recommendation: Recommendation
    opinion: Words = Field(min_length=3, max_length=2000)


class SignBeritaAcara(Command):
    example = {"command_id": "c-00000013", "application_id": APPLICATION, "skpd": "dinas_tata_kota"}
    application_id: str
    skpd: str


class VerifyBeritaAcara(Command):
    """The head of the Bidang verifies; possible only when every SKPD concerned has signed."""

    example = {"command_id": "c-00000014", "application_id": APPLICATION}
    application_id: str


class FindCase(Query):
    example = {"application_id": APPLICATION}
    application_id: str


class TasksOf(Query):
    """The open tasks of the officer who asks."""

    example = {}


# --- said ------------------------------------------------------------------------------------------------------------


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
