"""Notas and SKRDs compared: the sheet of a Bidang and month, agreed on by both who make them."""

from pydantic import Field

from contracts.base import Command, Event, Query, Words
from contracts.documents import Document, example

Month = Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")
AGREEMENT = "pencocokan-jasa_usaha-2016-03"


class AgreementOf(Query):
    """The sheet of a Bidang and month: each nota signed in it beside its SKRD, what differs, and who agreed to it."""

    example = {"bidang": "jasa_usaha", "month": "2016-03"}
    bidang: str = Field(min_length=2, max_length=40)
    month: str = Month
    after: str = Field("", max_length=64, description="the file after which the rows begin")
    most: int = Field(200, ge=1, le=1000)


class AgreementsOf(Query):
    """How far each Bidang is with each month of a year."""

    example = {"year": 2016}
    year: int = Field(ge=2000, le=2100)


class SignAgreement(Command):
    """The head of the Bidang, or of administration, agrees to the sheet as it was seen (`digest`). Where something
    differs, `explanation` says why it may stand."""

    example = {"command_id": "c-00000071", "bidang": "jasa_usaha", "month": "2016-03", "digest": "0f" * 32}
    bidang: str = Field(min_length=2, max_length=40)
    month: str = Month
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    explanation: Words | None = Field(None, min_length=10, max_length=1000)


class AgreementSigned(Event):
    """Both sides agreed; the record is not yet printed. It is about no file: `application_id` names the sheet."""

    example = {"application_id": AGREEMENT, "number": "BAP-2016-00003"}
    number: str


class AgreementIssued(Event):
    """The record of what both sides agreed on exists as a paper."""

    example = {"application_id": AGREEMENT, "document": example("pencocokan", "BAP-2016-00003")}
    document: Document
