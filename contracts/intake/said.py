"""What intake says: a file came in, is complete, lacks something, stands still, goes on, was closed."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.base import Event
from contracts.documents import Document, example
from contracts.intake.shapes import (
    APPLICANT_EXAMPLE,
    APPLICATION,
    Applicant,
    Attachment,
    RequestedItem,
)


class ApplicationSubmitted(Event):
    """A file came in. It has no resi yet: that is given when it is complete."""

    example = {
        "application_id": APPLICATION,
        "licence_type": "siup",
        "edition": "2016-11",
        "licence_name": "Izin Perdagangan (SIUP)",
        "sub_kind": "kecil",
        "transaction": "new",
        "applicant": APPLICANT_EXAMPLE,
        "attachments": [{"requirement": "ktp", "document": example("attachment")}],
    }
    licence_type: str
    edition: str
    licence_name: str
    sub_kind: str | None
    transaction: str
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
    stage: Literal["completeness", "verification", "service"]
    answer_by: date = Field(description="the last day to answer; then the file is closed")


class ItemAnswered(Event):
    """The applicant handed in one requested item; the paper is still to be looked at."""

    example = {"application_id": APPLICATION, "requirement": "npwp", "document": example("attachment")}
    requirement: str
    document: Document


class RequestWithdrawn(Event):
    """One request was taken back; the applicant need not answer it. `open`: the requirements still asked for."""

    example = {
        "application_id": APPLICATION,
        "item": {"requirement": "npwp", "name": "NPWP perusahaan", "note": ""},
        "reason": "NPWP ternyata sudah ada di berkas",
        "open": [],
    }
    item: RequestedItem
    reason: str
    open: list[str]


class ApplicationRegistered(Event):
    """The file is complete: it has its resi and its promised date, and the clock of the office runs.

    `standard_on` is the day by which the standard holds the office to it; `promised_on` is later when the queue ahead
    (`queue_ahead` files) is longer than the office gets through by then.
    """

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "registered_at": "2016-03-07T09:15:00+07:00",
        "promised_on": "2016-03-16",
        "standard_on": "2016-03-16",
        "queue_ahead": 0,
        "licence_type": "siup",
        "licence_name": "Izin Perdagangan (SIUP)",
    }
    resi: str
    registered_at: AwareDatetime
    promised_on: date
    standard_on: date
    queue_ahead: int
    licence_type: str
    licence_name: str


class ResiIssued(Event):
    example = {"application_id": APPLICATION, "document": example("resi", "R-2016-000123-7")}
    document: Document


class ApplicationWithdrawn(Event):
    """Taken back by the applicant, or closed because what was asked for did not come in time (`lapsed`)."""

    example = {"application_id": APPLICATION, "reason": "Rencana usaha dibatalkan", "lapsed": False}
    reason: str
    lapsed: bool = False


class ApplicationSuspended(Event):
    """The file stands still, its clock with it. `lapses_on`: the day it is closed unless another parent is named, when
    it stands because the file it depends on was closed without a licence."""

    example = {
        "application_id": APPLICATION,
        "reason": "Tanah dalam sengketa di pengadilan",
        "parent": None,
        "lapses_on": None,
        "turn": 1,
    }
    reason: str
    parent: str | None = Field(description="application_id of the file it depends on and stands with")
    lapses_on: date | None
    turn: int = Field(description="how often the file was suspended or revived by now: the higher is the later")


class ApplicationRevived(Event):
    """A file that stood still goes on where it stood."""

    example = {"application_id": APPLICATION, "reason": "Putusan pengadilan sudah tetap", "turn": 2}
    reason: str
    turn: int = Field(description="how often the file was suspended or revived by now: the higher is the later")


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
        "asked": [],
    }
    step: str | None
    step_name: str
    role: str
    bidang: str
    due_at: AwareDatetime
    asked: list[str] = Field(description="names of what the applicant is still asked for")


class EscalationRaised(Event):
    """A limit is reached (`level` 1, to the head of the Bidang) or passed by a working day (2, to the head)."""

    example = {k: v for k, v in ReminderRaised.example.items() if k != "asked"} | {"level": 1}
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
