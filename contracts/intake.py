"""What intake is asked and what it says: the file from submission to its closing."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.base import Command, Event, Query, Shape
from contracts.documents import Document, example

APPLICATION = "0191e2a4-7b6c-7d3e-8f10-0123456789ab"


class Applicant(Shape):
    """The person or firm that applies. Personal data: never logged, encrypted where it rests in object storage."""

    name: str = Field(min_length=2, max_length=120)
    nik: str = Field(pattern=r"^\d{16}$", description="identity number on the KTP")
    address: str = Field(min_length=5, max_length=300)
    phone: str = Field(pattern=r"^\+?\d{8,15}$")
    email: str | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=200)
    npwp: str | None = Field(None, pattern=r"^\d{15,16}$")


class Place(Shape):
    """What and where the licence is about."""

    name: str = Field(min_length=1, max_length=160, description="the shop, building, vehicle, grave …")
    address: str = Field(min_length=5, max_length=300)
    kecamatan: str = Field(min_length=3, max_length=60)
    kelurahan: str | None = Field(None, max_length=60)
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)


class Attachment(Shape):
    """A paper the applicant handed in, and the requirement of the type it answers."""

    requirement: str = Field(min_length=1, max_length=60)
    document: Document


class Finding(Shape):
    """The counter's tick for one requirement."""

    requirement: str = Field(min_length=1, max_length=60)
    verdict: Literal["complete", "missing", "wrong"]
    note: str = Field("", max_length=500)


class RequestedItem(Shape):
    requirement: str
    name: str
    note: str = ""


APPLICANT_EXAMPLE = {
    "name": "Siti Rahmawati",
    "nik": "3275010101800001",
    "address": "Jl. Melati No. 12, Bekasi Timur",
    "phone": "081200000001",
    "email": "siti@warga.example",
    "npwp": None,
}
PLACE_EXAMPLE = {
    "name": "Toko Sumber Rezeki",
    "address": "Jl. Ir. H. Juanda No. 5",
    "kecamatan": "Bekasi Timur",
    "kelurahan": None,
    "latitude": None,
    "longitude": None,
}


# --- asked -----------------------------------------------------------------------------------------------------------


class SubmitApplication(Command):
    """Hand in an application, at a counter or on line. Answer: its `application_id`."""

    example = {
        "command_id": "c-00000001",
        "application_id": APPLICATION,
        "licence_type": "siup",
        "sub_kind": "perusahaan_kecil",
        "channel": "counter",
        "applicant": APPLICANT_EXAMPLE,
        "place": PLACE_EXAMPLE,
        "attachments": [{"requirement": "ktp", "document": example("attachment")}],
    }
    application_id: str = Field(
        min_length=8, max_length=64, description="made by the sender, so that it can attach to it"
    )
    licence_type: str = Field(max_length=60)
    sub_kind: str | None = Field(None, max_length=60)
    channel: Literal["counter", "online", "car_free_day"]
    applicant: Applicant
    place: Place
    quantities: dict[str, Any] = Field(default_factory=dict, max_length=40)
    attachments: list[Attachment] = Field(default_factory=list, max_length=60)


class CheckCompleteness(Command):
    """The counter's check, item by item. All complete: the file is registered and the answer holds its resi."""

    example = {
        "command_id": "c-00000002",
        "application_id": APPLICATION,
        "findings": [{"requirement": "ktp", "verdict": "complete"}],
    }
    application_id: str
    findings: list[Finding] = Field(min_length=1, max_length=60)


class AnswerItem(Command):
    """The applicant hands in what was asked for."""

    example = {
        "command_id": "c-00000003",
        "application_id": APPLICATION,
        "requirement": "npwp",
        "document": example("attachment"),
    }
    application_id: str
    requirement: str = Field(max_length=60)
    document: Document


class WithdrawApplication(Command):
    """The applicant takes the file back, at any time before the licence is signed."""

    example = {"command_id": "c-00000004", "application_id": APPLICATION, "reason": "Rencana dibatalkan"}
    application_id: str
    reason: str = Field(min_length=3, max_length=500)


class RefuseApplication(Command):
    """The head of the Bidang refuses, with the reason the letter will state."""

    example = {
        "command_id": "c-00000005",
        "application_id": APPLICATION,
        "reason": "Lokasi tidak sesuai peruntukan ruang",
    }
    application_id: str
    reason: str = Field(min_length=10, max_length=2000)


class FindApplication(Query):
    """Where is my file? By resi or by application id."""

    example = {"resi": "R-2016-000123-7"}
    application_id: str | None = None
    resi: str | None = None


# --- said ------------------------------------------------------------------------------------------------------------


class ApplicationSubmitted(Event):
    """A file came in. It has no resi yet: that is given when it is complete."""

    example = {
        "application_id": APPLICATION,
        "licence_type": "siup",
        "licence_name": "Izin Perdagangan (SIUP)",
        "sub_kind": "perusahaan_kecil",
        "applicant": APPLICANT_EXAMPLE,
        "attachments": [{"requirement": "ktp", "document": example("attachment")}],
    }
    licence_type: str
    licence_name: str
    sub_kind: str | None
    applicant: Applicant
    attachments: list[Attachment]


class ItemsRequested(Event):
    """Something is missing or wrong; the applicant is asked for it, item by item."""

    example = {
        "application_id": APPLICATION,
        "items": [{"requirement": "npwp", "name": "NPWP perusahaan", "note": "Belum dilampirkan"}],
        "stage": "completeness",
    }
    items: list[RequestedItem]
    stage: Literal["completeness", "verification"]


class ItemAnswered(Event):
    """The applicant handed in one requested item; the paper is still to be looked at."""

    example = {"application_id": APPLICATION, "requirement": "npwp", "document": example("attachment")}
    requirement: str
    document: Document


class ApplicationRegistered(Event):
    """The file is complete: it has its resi and its promised date, and the clock of the office runs."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "registered_at": "2016-03-07T09:15:00+07:00",
        "promised_on": "2016-03-16",
        "licence_type": "siup",
        "licence_name": "Izin Perdagangan (SIUP)",
    }
    resi: str
    registered_at: AwareDatetime
    promised_on: date
    licence_type: str
    licence_name: str


class ResiIssued(Event):
    example = {"application_id": APPLICATION, "document": example("resi", "R-2016-000123-7")}
    document: Document


class VerificationDue(Event):
    """The file stands before the technical team of its SKPD. `round` grows when it comes back corrected."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "licence_type": "imb",
        "licence_name": "Izin Mendirikan Bangunan (IMB)",
        "bidang": "jasa_usaha",
        "skpd": ["dinas_tata_kota"],
        "kind": "visit",
        "place": PLACE_EXAMPLE,
        "round": 1,
        "since": "2016-03-07T09:15:00+07:00",
    }
    resi: str
    licence_type: str
    licence_name: str
    bidang: str
    skpd: list[str]
    kind: Literal["meeting", "visit"]
    place: Place
    round: int
    since: AwareDatetime


class AssessmentDue(Event):
    """The retribution of the file is to be computed."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "licence_type": "imb",
        "licence_name": "Izin Mendirikan Bangunan (IMB)",
        "sub_kind": "rumah_tinggal",
        "bidang": "jasa_usaha",
        "quantities": {"luas_m2": "72.50"},
        "payer": {"name": "Siti Rahmawati", "address": "Jl. Melati No. 12", "npwp": None},
        "place": PLACE_EXAMPLE,
        "since": "2016-03-09T10:00:00+07:00",
    }

    class Payer(Shape):
        name: str
        address: str
        npwp: str | None = None

    resi: str
    licence_type: str
    licence_name: str
    sub_kind: str | None
    bidang: str
    quantities: dict[str, Any]
    payer: Payer
    place: Place
    since: AwareDatetime


class IssuanceDue(Event):
    """The licence is to be drafted, initialled and signed."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "licence_type": "siup",
        "sub_kind": "perusahaan_kecil",
        "holder": APPLICANT_EXAMPLE,
        "place": PLACE_EXAMPLE,
        "quantities": {},
        "since": "2016-03-09T10:00:00+07:00",
    }
    resi: str
    licence_type: str
    sub_kind: str | None
    holder: Applicant
    place: Place
    quantities: dict[str, Any]
    since: AwareDatetime


class ArchivingDue(Event):
    """The file is closed with this outcome; everything it consists of is to be sealed and stored on both sites."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "outcome": "issued",
        "documents": [example("resi", "R-2016-000123-7")],
        "record": {"licence_type": "siup", "history": []},
        "closed_at": "2016-03-10T10:00:00+07:00",
    }
    resi: str | None
    outcome: Literal["issued", "refused", "withdrawn"]
    documents: list[Document]
    record: dict[str, Any] = Field(description="the whole record of the file, with its history")
    closed_at: AwareDatetime


class ApplicationWithdrawn(Event):
    example = {"application_id": APPLICATION, "reason": "Rencana usaha dibatalkan"}
    reason: str


class ApplicationRefused(Event):
    example = {
        "application_id": APPLICATION,
        "reason": "Lokasi tidak sesuai peruntukan ruang",
        "refused_at": "2016-03-10T10:00:00+07:00",
        "refused_by": "kabid-jasa-usaha",
    }
    reason: str
    refused_at: AwareDatetime
    refused_by: str | None


class RefusalLetterIssued(Event):
    example = {"application_id": APPLICATION, "document": example("surat_penolakan", "503/1/TOLAK-BPPT/III/2016")}
    document: Document
