"""What issuance is asked and what it says: drafts, initials (paraf), signature, number, handover."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field, field_validator

from contracts.base import Command, Event, Query, Words
from contracts.documents import Document, example
from contracts.intake import APPLICATION

ExceptionKind = Literal["urgent", "secret"]

# --- asked -----------------------------------------------------------------------------------------------------------


class InitialDraft(Command):
    """The next officer in the order of initials checks the draft and puts the paraf."""

    example = {"command_id": "c-00000030", "application_id": APPLICATION}
    application_id: str


class MarkDraft(Command):
    """The draft is urgent (mendesak) or secret (rahasia): the initials named by the exception in force are left out."""

    example = {
        "command_id": "c-00000033",
        "application_id": APPLICATION,
        "exception": "urgent",
        "reason": "Pemegang izin berangkat besok pagi; Kepala Bagian Tata Usaha sedang di luar kota",
    }
    application_id: str
    exception: ExceptionKind
    reason: Words = Field(min_length=10, max_length=300)


class SignLicence(Command):
    """The Head, or the Camat for what is delegated to them, signs under a recorded authority; the licence gets its
    number. A licence that was signed on paper by somebody who is no longer here (`on_paper_by`, the officer's id) is
    entered by whoever signs in that seat today, with the day on paper."""

    example = {"command_id": "c-00000031", "application_id": APPLICATION, "on_paper_by": None}
    application_id: str
    on_paper_by: str | None = Field(None, max_length=60)


class HandOverLicence(Command):
    """The collection counter hands the licence over to somebody whose identity was checked: the holder, or a proxy, who
    is named (`receiver_name`, as on their identity card)."""

    example = {
        "command_id": "c-00000032",
        "application_id": APPLICATION,
        "receiver": "proxy",
        "receiver_name": "Budi Santoso",
        "identity_checked": True,
    }
    application_id: str
    receiver: str = Field(pattern=r"^(holder|proxy)$")
    receiver_name: Words | None = Field(None, max_length=200)
    identity_checked: bool


class SuspendLicence(Command):
    """The head of the Bidang suspends a licence (pembekuan): it is not valid, nor is any that depends on it."""

    example = {
        "command_id": "c-00000033",
        "number": "503/Kep.12-BPPT/III/2016",
        "reason": "Kegiatan tidak sesuai dengan izin, surat peringatan ketiga",
    }
    number: Words = Field(max_length=80)
    reason: Words = Field(min_length=10, max_length=500)


class ReinstateLicence(Command):
    """A suspended licence is valid again, and with it those that depend on it."""

    example = {
        "command_id": "c-00000034",
        "number": "503/Kep.12-BPPT/III/2016",
        "reason": "Pelanggaran sudah diperbaiki menurut berita acara",
    }
    number: Words = Field(max_length=80)
    reason: Words = Field(min_length=10, max_length=500)


class FindLicence(Query):
    """Is this licence genuine? By verification code, by number, or (for officers) by application."""

    example = {"verification_code": "K7QF-3M2P-X9DA"}
    verification_code: str | None = None
    number: str | None = Field(None, max_length=60)
    application_id: str | None = None


class ShowDraft(Query):
    """The draft for those who initial and sign it: what it will say, whose turn it is; with `pdf` the paper itself."""

    example = {"application_id": APPLICATION, "pdf": False}
    application_id: str
    pdf: bool = False


Standing = Literal["valid", "run_out", "suspended", "replaced", "revoked"]


class SearchLicences(Query):
    """The register of licences: those issued, the latest signed first, by a number, words of a name, type, days and
    standing. The days are those of signing; for what has run out, the last days of validity. An answer that does not
    hold all says where the `next` one begins (`before`)."""

    example = {
        "number": None,
        "name": "Rahmawati",
        "licence_type": "siup",
        "since": "2016-01-01",
        "until": "2016-12-31",
        "standing": "valid",
        "before": None,
        "most": 50,
    }
    number: str | None = Field(None, max_length=80, description="of the licence or its resi")
    name: str | None = Field(None, max_length=120, description="whole words of the holder's name or the place's")
    licence_type: str | None = Field(None, max_length=40)
    since: date | None = None
    until: date | None = None
    standing: Standing | None = None
    before: str | None = Field(None, max_length=160, description="the `next` of the answer before")
    most: int = Field(50, ge=1, le=500)

    @field_validator("before")
    @classmethod
    def _begins_with_a_day(cls, before: str | None) -> str | None:
        if before is not None:
            day, mark, _ = before.partition("~")
            if not mark or date.fromisoformat(day).isoformat() != day:
                raise ValueError("no place in the register")
        return before


# --- said ------------------------------------------------------------------------------------------------------------


class LicenceInitialled(Event):
    """One of the initials (paraf) the draft needs was put, in its order."""

    example = {"application_id": APPLICATION, "role": "bidang_head", "initialled_at": "2016-03-09T09:00:00+07:00"}
    role: str
    initialled_at: AwareDatetime


class InitialsSkipped(Event):
    """The draft was declared urgent or secret: it goes on without these initials."""

    example = {
        "application_id": APPLICATION,
        "exception": "urgent",
        "roles": ["tata_usaha_head"],
        "reason": "Pemegang izin berangkat besok pagi; Kepala Bagian Tata Usaha sedang di luar kota",
        "decree": "Peraturan Walikota Bekasi Nomor 60 Tahun 2009",
        "marked_at": "2016-03-09T10:00:00+07:00",
    }
    exception: ExceptionKind
    roles: list[str]
    reason: str
    decree: str
    marked_at: AwareDatetime


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


class LicenceHandedOver(Event):
    example = {
        "application_id": APPLICATION,
        "number": "503/Kep.12-BPPT/III/2016",
        "receiver": "proxy",
        "receiver_name": "Budi Santoso",
        "handed_over_at": "2016-03-11T10:00:00+07:00",
    }
    number: str
    receiver: str
    receiver_name: str | None = None
    handed_over_at: AwareDatetime

    @property
    def noted(self) -> str:
        """To whom, as the history of a file has it: `holder`, or `proxy: Budi Santoso`."""
        return f"{self.receiver}: {self.receiver_name}" if self.receiver_name else self.receiver


class LicenceSuspended(Event):
    """A licence is not valid for the time being. `with_number`: the licence it depends on, when it stands with that."""

    example = {
        "application_id": APPLICATION,
        "number": "503/Kep.12-BPPT/III/2016",
        "reason": "Kegiatan tidak sesuai dengan izin, surat peringatan ketiga",
        "with_number": None,
        "at": "2016-06-10T10:00:00+07:00",
    }
    number: str
    reason: str
    with_number: str | None
    at: AwareDatetime


class LicenceReinstated(Event):
    """A suspended licence is valid again."""

    example = {
        "application_id": APPLICATION,
        "number": "503/Kep.12-BPPT/III/2016",
        "reason": "Pelanggaran sudah diperbaiki menurut berita acara",
        "at": "2016-07-01T10:00:00+07:00",
    }
    number: str
    reason: str
    at: AwareDatetime


class LicenceEnded(Event):
    """A licence was replaced by a later one, or revoked by a decision; `by` is the number of that paper. None: it was
    signed while its file was being closed, and never handed over."""

    example = {
        "application_id": APPLICATION,
        "number": "503/Kep.12-BPPT/III/2016",
        "how": "replaced",
        "by": "503/Kep.48-BPPT/II/2017",
        "at": "2017-02-03T10:00:00+07:00",
    }
    number: str
    how: Literal["replaced", "revoked"]
    by: str | None
    at: AwareDatetime
