"""What the technical team is asked to do: tasks, appointments, findings, photos, signatures."""

from pydantic import AwareDatetime, Field

from contracts.base import Command, Words
from contracts.documents import Sha256
from contracts.intake import APPLICATION
from contracts.technical_team.shapes import PHOTO_EXAMPLE, Attendance, Observation, Photo, Recommendation


class AcceptTask(Command):
    """The member takes the task their agency was offered."""

    example = {"command_id": "c-00000010", "application_id": APPLICATION, "skpd": "dinas_tata_kota"}
    application_id: str
    skpd: str


class DeclineTask(Command):
    """The officer cannot take it; it is offered to the next one of the same SKPD."""

    example = AcceptTask.example | {"reason": "Sedang bertugas di luar kota"}
    application_id: str
    skpd: str
    reason: Words = Field(min_length=5, max_length=300)


class HandTask(Command):
    """The Bidang gives a task to another member of the same SKPD, who is asked anew; possible until findings are
    recorded. An appointment stays: the other member must be free then."""

    example = AcceptTask.example | {"officer_id": "tim-distako-2", "reason": "Anggota yang ditunjuk sedang sakit"}
    application_id: str
    skpd: str
    officer_id: str = Field(min_length=1, max_length=80)
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
    outside_hours_because: Words = Field(
        "", max_length=300, description="why it must be on a day off or outside opening hours; refused without it"
    )


class ProposeSlot(Command):
    """A member asks the Bidang for another time of the meeting or visit, with the reason."""

    example = {
        "command_id": "c-00000015",
        "application_id": APPLICATION,
        "skpd": "dinas_tata_kota",
        "starts_at": "2016-03-10T09:00:00+07:00",
        "ends_at": "2016-03-10T10:00:00+07:00",
        "reason": "Ada rapat dinas pada hari itu",
    }
    application_id: str
    skpd: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    reason: Words = Field(min_length=5, max_length=300)


class AttachPhoto(Command):
    """A member adds a photo taken on site, before signing."""

    example = {
        "command_id": "c-00000016",
        "application_id": APPLICATION,
        "skpd": "dinas_tata_kota",
        "photo": PHOTO_EXAMPLE,
    }
    application_id: str
    skpd: str
    photo: Photo


class RemovePhoto(Command):
    """A member takes a photo of their own out again, before signing."""

    example = {
        "command_id": "c-00000018",
        "application_id": APPLICATION,
        "skpd": "dinas_tata_kota",
        "sha256": "0f" * 32,
    }
    application_id: str
    skpd: str
    sha256: str = Sha256


class RecordFindings(Command):
    """What one SKPD found. Until it has signed, it may record its findings anew."""

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
    attendance: Attendance = "present"
    represented_by: Words = Field("", max_length=120, description="who came instead, when `represented`")


class SignBeritaAcara(Command):
    """An SKPD signs, once every SKPD has recorded its findings; findings that change later make the signature void.

    `dissent`: it signs that it was there and does not agree with the conclusion, and says why.
    """

    example = {"command_id": "c-00000013", "application_id": APPLICATION, "skpd": "dinas_tata_kota", "dissent": ""}
    application_id: str
    skpd: str
    dissent: Words = Field("", max_length=1000)


class AddAddendum(Command):
    """A member who has signed adds something to the berita acara; what was signed stays as it is."""

    example = AcceptTask.example | {"command_id": "c-00000017", "text": "Sumur resapan sudah dibangun pada 12 Maret"}
    application_id: str
    skpd: str
    text: Words = Field(min_length=10, max_length=2000)


class VerifyBeritaAcara(Command):
    """The head of the Bidang verifies; possible only when every SKPD concerned has signed."""

    example = {"command_id": "c-00000014", "application_id": APPLICATION}
    application_id: str
