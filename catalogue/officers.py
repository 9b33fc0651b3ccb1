"""The people and the places of the office: units, roles, officers, and who acts in a seat that is not their own."""

from datetime import date
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from catalogue.reading import Entry

AppointmentKind = Literal["Plh.", "Plt."]
AbsenceReason = Literal["cuti", "dinas_luar", "sakit", "pensiun", "kosong"]

# Plh.: the holder is away for a time. Plt.: there is no holder. UU 30/2014 art. 14(2) tells them apart in this way.
REASONS: dict[AppointmentKind, tuple[AbsenceReason, ...]] = {
    "Plh.": ("cuti", "dinas_luar", "sakit"),
    "Plt.": ("pensiun", "kosong"),
}


class Dated(Entry):
    """Something that holds from one day up to and including another; `until` empty means still holding."""

    since: date = Field(alias="from")
    until: date | None = None

    @field_validator("until")
    @classmethod
    def _runs_forward(cls, until: date | None, info: ValidationInfo) -> date | None:
        since = info.data.get("since")
        if until is not None and since is not None and until < since:
            raise ValueError(f"{until} is before {since}, its first day")
        return until

    def holds_on(self, on: date) -> bool:
        """Whether `on` lies within the period, both ends included."""
        return self.since <= on and (self.until is None or on <= self.until)

    def overlaps(self, other: "Dated") -> bool:
        """Whether there is a day on which both hold."""
        return self.holds_on(other.since) or other.holds_on(self.since)

    def covers_period(self, other: "Dated") -> bool:
        """Whether this holds on every day on which `other` does."""
        ends_in_time = self.until is None or (other.until is not None and other.until <= self.until)
        return self.since <= other.since and ends_in_time


class Decree(Entry):
    """The decision or letter of assignment that something rests on."""

    number: str = Field(min_length=1)
    date: date
    issued_by: str
    about: str


class Unit(Entry):
    """A unit of the office (kepala, bagian, bidang), an agency outside it (skpd), a district of the city (kecamatan) or
    the bank of the city's cash."""

    code: str
    name: str
    abbreviation: str | None = None
    kind: Literal["kepala", "bagian", "bidang", "skpd", "kecamatan", "bank", "publik"]
    source: str
    mail_domain: str | None = None


class Role(Entry):
    """What somebody may do here. `name` is what the person's screen and papers say."""

    code: str
    name: str


class Officer(Dated):
    """A person in one role in one unit for a period. Every one in this catalogue is fictional, NIP included."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    nip: str | None = Field(default=None, pattern=r"^\d{18}$")
    rank: str | None = None
    position: str | None = None
    role: str
    unit: str
    competence: str | None = None


class Appointment(Dated):
    """An officer acts in another seat: as Plh. while its holder is away, as Plt. while it has none."""

    id: str
    kind: AppointmentKind
    officer: str
    role: str
    unit: str
    reason: AbsenceReason
    note: str = ""
    decree: Decree
    source: str
    until: date

    @model_validator(mode="after")
    def _reason_fits(self) -> "Appointment":
        if self.reason not in REASONS[self.kind]:
            raise ValueError(f"a {self.kind} acts for one of {', '.join(REASONS[self.kind])}, not for {self.reason}")
        if self.decree.date > self.since:
            raise ValueError(f"the letter of {self.decree.date} is younger than the first day, {self.since}")
        return self


class ActingOfficer(Officer):
    """An officer as they stand in a seat that is not their own: its role, unit and position, their own name and NIP."""

    appointment: Appointment
