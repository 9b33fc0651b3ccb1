"""What intake says: a file came in, is complete, is due at a step, was closed."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.base import Event, Shape
from contracts.documents import Document, example
from contracts.intake.shapes import (
    APPLICANT_EXAMPLE,
    APPLICATION,
    PLACE_EXAMPLE,
    Applicant,
    Attachment,
    Place,
    RequestedItem,
)


class ApplicationSubmitted(Event):
    """A file came in. It has no resi yet: that is given when it is complete."""

    example = {
        "application_id": APPLICATION,
        "licence_type": "siup",
        "edition": "2016-11",
        "licence_name": "Izin Perdagangan (SIUP)",
        "sub_kind": "perusahaan_kecil",
        "applicant": APPLICANT_EXAMPLE,
        "attachments": [{"requirement": "ktp", "document": example("attachment")}],
    }
    licence_type: str
    edition: str
    licence_name: str
    sub_kind: str | None
    applicant: Applicant
    attachments: list[Attachment]


class PapersInspected(Event):
    """The papers handed in were looked at: they are in the store, whole, and what they say they are, or they are not.

    `handed_in` tells the first submission from a later answer to a request.
    """

    example = {
        "application_id": APPLICATION,
        "handed_in": "submission",
        "unreadable": [{"requirement": "ktp", "name": "Kartu Tanda Penduduk", "note": "PDF terkunci kata sandi"}],
    }
    handed_in: Literal["submission", "answer"]
    unreadable: list[RequestedItem]


class ItemsRequested(Event):
    """Something is missing or wrong; the applicant is asked for it, item by item."""

    example = {
        "application_id": APPLICATION,
        "items": [{"requirement": "npwp", "name": "NPWP perusahaan", "note": "Belum dilampirkan"}],
        "stage": "completeness",
        "answer_by": "2016-03-16",
    }
    items: list[RequestedItem]
    stage: Literal["completeness", "verification"]
    answer_by: date = Field(description="the last day to answer; then the file is closed")


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
        "edition": "2016-11",
        "licence_name": "Izin Mendirikan Bangunan (IMB)",
        "bidang": "jasa_usaha",
        "skpd": ["dinas_tata_kota"],
        "kind": "visit",
        "applicant_name": "Siti Rahmawati",
        "place": PLACE_EXAMPLE,
        "round": 1,
        "since": "2016-03-07T09:15:00+07:00",
    }
    resi: str
    licence_type: str
    edition: str
    licence_name: str
    bidang: str
    skpd: list[str]
    kind: Literal["meeting", "visit"]
    applicant_name: str
    place: Place
    round: int
    since: AwareDatetime


class AssessmentDue(Event):
    """The retribution of the file is to be computed."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "licence_type": "imb",
        "edition": "2016-11",
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
    edition: str
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
        "edition": "2016-11",
        "sub_kind": "perusahaan_kecil",
        "holder": APPLICANT_EXAMPLE,
        "place": PLACE_EXAMPLE,
        "quantities": {},
        "since": "2016-03-09T10:00:00+07:00",
    }
    resi: str
    licence_type: str
    edition: str
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
    """Taken back by the applicant, or closed because what was asked for did not come in time (`lapsed`)."""

    example = {"application_id": APPLICATION, "reason": "Rencana usaha dibatalkan", "lapsed": False}
    reason: str
    lapsed: bool = False


class StepTaken(Event):
    """Somebody ended a step of a service; whose turn it is now, or that it is done. `number`: given by this step."""

    example = {
        "application_id": APPLICATION,
        "step": "division_disposition",
        "step_name": "Mendisposisikan kepada Sub Bagian Protokol",
        "outcome": "passed_on",
        "number": None,
        "next_step": "subdivision_disposition",
        "next_name": "Mendisposisikan kepada pelaksana",
        "next_role": "subdivision_head",
        "finished": False,
    }
    step: str
    step_name: str
    outcome: str
    number: str | None
    next_step: str | None
    next_name: str | None
    next_role: str | None
    finished: bool


class ReminderRaised(Event):
    """A limit draws near: of a step (`step`), or of the whole file (`step` None). Said to whoever holds the file."""

    example = {
        "application_id": APPLICATION,
        "step": "verification",
        "step_name": "Verifikasi teknis",
        "role": "technical_officer",
        "bidang": "jasa_usaha",
        "due_at": "2016-03-10T23:59:59+07:00",
    }
    step: str | None
    step_name: str
    role: str
    bidang: str
    due_at: AwareDatetime


class EscalationRaised(Event):
    """A limit is reached (`level` 1, to the head of the Bidang) or passed by a working day (2, to the head)."""

    example = ReminderRaised.example | {"level": 1}
    step: str | None
    step_name: str
    role: str
    bidang: str
    due_at: AwareDatetime
    level: Literal[1, 2]


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
