"""What intake is asked: commands of applicants and counters, and where a file stands."""

from typing import Any, Literal

from pydantic import Field

from contracts.base import Command, Query, Words
from contracts.documents import Document, example
from contracts.intake.shapes import APPLICANT_EXAMPLE, APPLICATION, PLACE_EXAMPLE, Applicant, Attachment, Finding, Place


class SubmitApplication(Command):
    """Hand in an application, at a counter or on line. Answer: its `application_id`."""

    example = {
        "command_id": "c-00000001",
        "application_id": APPLICATION,
        "licence_type": "siup",
        "sub_kind": "kecil",
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
    transaction: str | None = Field(
        None,
        max_length=40,
        description="what is asked for; none: as the sub-kind says, otherwise a new licence",
    )
    licence_number: Words | None = Field(None, max_length=80, description="the licence that exists, as printed on it")
    parent: str | None = Field(None, max_length=64, description="application_id of the file this one depends on")
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


class TakeStep(Command):
    """End the step of a service at which a file stands, with one of its outcomes. Answer: where it stands then."""

    example = {
        "command_id": "c-00000009",
        "application_id": APPLICATION,
        "step": "division_disposition",
        "outcome": "passed_on",
        "note": "Mohon disiapkan",
    }
    application_id: str
    step: str = Field(max_length=60)
    outcome: str = Field(max_length=60)
    note: Words | None = Field(None, max_length=1000)
    requests: list[Finding] = Field(
        default_factory=list,
        max_length=60,
        description="what lacks, when the file goes back to the applicant",
    )


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


class WithdrawRequest(Command):
    """Take one request to the applicant back: it was a mistake, or the paper was found. The file goes on when none is
    left open."""

    example = {
        "command_id": "c-00000010",
        "application_id": APPLICATION,
        "requirement": "npwp",
        "reason": "NPWP ternyata sudah ada di berkas",
    }
    application_id: str
    requirement: str = Field(max_length=60)
    reason: Words = Field(min_length=3, max_length=500)


class LinkApplication(Command):
    """Name the file that this one depends on: it waits for that one's licence, stands still and goes on with it."""

    example = {
        "command_id": "c-00000011",
        "application_id": APPLICATION,
        "parent": "0191e2a4-7b6c-7d3e-8f10-0123456789ff",
    }
    application_id: str
    parent: str = Field(min_length=8, max_length=64)


class SuspendApplication(Command):
    """The head of the Bidang lets a file stand, with the reason; every file that depends on it stands with it."""

    example = {
        "command_id": "c-00000012",
        "application_id": APPLICATION,
        "reason": "Tanah dalam sengketa di pengadilan",
    }
    application_id: str
    reason: Words = Field(min_length=10, max_length=500)


class ReviveApplication(Command):
    """A suspended file goes on where it stood, and with it the files that depend on it."""

    example = {"command_id": "c-00000013", "application_id": APPLICATION, "reason": "Putusan pengadilan sudah tetap"}
    application_id: str
    reason: Words = Field(min_length=10, max_length=500)


class WithdrawApplication(Command):
    """The applicant takes the file back, at any time before the licence is signed."""

    example = {"command_id": "c-00000004", "application_id": APPLICATION, "reason": "Rencana dibatalkan"}
    application_id: str
    reason: Words = Field(min_length=3, max_length=500)


class RefuseApplication(Command):
    """The head of the Bidang refuses, with the reason the letter will state."""

    example = {
        "command_id": "c-00000005",
        "application_id": APPLICATION,
        "reason": "Lokasi tidak sesuai peruntukan ruang",
    }
    application_id: str
    reason: Words = Field(min_length=10, max_length=2000)


class FindApplication(Query):
    """Where is my file? By resi or by application id."""

    example = {"resi": "R-2016-000123-7"}
    application_id: str | None = None
    resi: str | None = None
