"""What issuance is asked and what it says: drafts, initials (paraf), signature, number, handover."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.base import Command, Event, Query
from contracts.documents import Document, example
from contracts.intake import APPLICATION

# --- asked -----------------------------------------------------------------------------------------------------------


class InitialDraft(Command):
    """The next officer in the order of initials checks the draft and puts the paraf."""

    example = {"command_id": "c-00000030", "application_id": APPLICATION}
    application_id: str


class SignLicence(Command):
    """The Head signs under a recorded authority; the licence gets its number."""

    example = {"command_id": "c-00000031", "application_id": APPLICATION}
    application_id: str


class HandOverLicence(Command):
    """The collection counter hands the licence over to somebody whose identity was checked."""

    example = {
        "command_id": "c-00000032",
        "application_id": APPLICATION,
        "receiver": "holder",
        "identity_checked": True,
    }
    application_id: str
    receiver: str = Field(pattern=r"^(holder|proxy)$")
    identity_checked: bool


class FindLicence(Query):
    """Is this licence genuine? By verification code, by number, or (for officers) by application."""

    example = {"verification_code": "K7QF-3M2P-X9DA"}
    verification_code: str | None = None
    number: str | None = Field(None, max_length=60)
    application_id: str | None = None


# --- said ------------------------------------------------------------------------------------------------------------


class LicenceInitialled(Event):
    """One of the initials (paraf) the draft needs was put, in its order."""

    example = {"application_id": APPLICATION, "role": "bidang_head", "initialled_at": "2016-03-09T09:00:00+07:00"}
    role: str
    initialled_at: AwareDatetime


class LicenceSigned(Event):
    example = {"application_id": APPLICATION, "number": "503/Kep.12-BPPT/III/2016"}
    number: str


class LicenceIssued(Event):
    """The licence exists as a signed PDF/A that anyone can check by its code."""

    example = {
        "application_id": APPLICATION,
        "document": example("licence", "503/Kep.12-BPPT/III/2016"),
        "verification_code": "K7QF-3M2P-X9DA",
        "valid_until": "2021-03-10",
        "signed_at": "2016-03-10T10:00:00+07:00",
    }
    document: Document
    verification_code: str
    valid_until: date | None
    signed_at: AwareDatetime


class LicenceRevoked(Event):
    """A licence that was signed is none any more: its file ended otherwise before it was handed over."""

    example = {
        "application_id": APPLICATION,
        "number": "503/Kep.12-BPPT/III/2016",
        "why": "withdrawn",
        "revoked_at": "2016-03-11T09:00:00+07:00",
    }
    number: str
    why: Literal["withdrawn", "refused"]
    revoked_at: AwareDatetime


class LicenceHandedOver(Event):
    example = {
        "application_id": APPLICATION,
        "number": "503/Kep.12-BPPT/III/2016",
        "receiver": "holder",
        "handed_over_at": "2016-03-11T10:00:00+07:00",
    }
    number: str
    receiver: str
    handed_over_at: AwareDatetime
