"""What the technical team is asked and what it says: tasks, appointments, findings, berita acara."""

from contracts.technical_team.asked import (
    AcceptTask,
    AddAddendum,
    AttachPhoto,
    BookAppointment,
    DeclineTask,
    HandTask,
    ProposeSlot,
    RecordFindings,
    RemovePhoto,
    SignBeritaAcara,
    VerifyBeritaAcara,
)
from contracts.technical_team.questions import (
    CalendarOf,
    FindCase,
    ReadBeritaAcara,
    TasksOf,
    WorkOf,
)
from contracts.technical_team.said import (
    AddendumFiled,
    AddendumSigned,
    AppointmentBooked,
    BeritaAcaraFiled,
    BeritaAcaraVerified,
    TaskOffered,
)
from contracts.technical_team.shapes import (
    PHOTO_EXAMPLE,
    Attendance,
    Observation,
    Photo,
    Recommendation,
)

__all__ = [
    "PHOTO_EXAMPLE",
    "AcceptTask",
    "AddAddendum",
    "AddendumFiled",
    "AddendumSigned",
    "AppointmentBooked",
    "AttachPhoto",
    "Attendance",
    "BeritaAcaraFiled",
    "BeritaAcaraVerified",
    "BookAppointment",
    "CalendarOf",
    "DeclineTask",
    "FindCase",
    "HandTask",
    "Observation",
    "Photo",
    "ProposeSlot",
    "ReadBeritaAcara",
    "Recommendation",
    "RecordFindings",
    "RemovePhoto",
    "SignBeritaAcara",
    "TaskOffered",
    "TasksOf",
    "VerifyBeritaAcara",
    "WorkOf",
]
