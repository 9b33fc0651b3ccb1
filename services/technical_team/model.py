"""A case before the technical team: who is asked, when they meet, what they found, who signed."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from contracts.documents import Document
from contracts.intake import Place
from contracts.technical_team import Attendance, Observation, Photo, Recommendation
from values.happening import Happening

TaskState = Literal["offered", "accepted", "found", "signed"]
SLOT = timedelta(minutes=30)
LONGEST = timedelta(hours=8)  # of a meeting or visit
FARTHEST = timedelta(days=366)  # ahead of its booking
MOST_PHOTOS = 12  # of one SKPD
STRICTNESS: dict[Recommendation, int] = {"recommended": 0, "correction": 1, "refused": 2}


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Proposal(Record):
    """Another time that a member asks for."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    reason: str
    made_at: AwareDatetime


class Addendum(Record):
    """What a member added after signing. `number` counts within the case; `of` is the berita acara it was added to,
    None when that had no number yet and prints it itself."""

    number: int
    round: int
    of: str | None
    skpd: str
    officer: str
    text: str
    signed_at: AwareDatetime

    @property
    def paper_number(self) -> str:
        """`BA-2016-00045/T1`, of a paper of its own."""
        return f"{self.of}/T{self.number}"


class Task(Record):
    """What one SKPD has to do on the case, and the officer who does it now; in this state `since` then."""

    skpd: str
    officer: str
    since: AwareDatetime
    state: TaskState = "offered"
    declined_by: list[str] = Field(default_factory=list)
    observations: list[Observation] = Field(default_factory=list)
    recommendation: Recommendation | None = None
    opinion: str = ""
    attendance: Attendance = "present"
    represented_by: str = ""
    photos: list[Photo] = Field(default_factory=list)
    proposal: Proposal | None = None
    dissent: str = ""
    signed_at: AwareDatetime | None = None
    void_at: AwareDatetime | None = Field(None, description="since when an earlier signature is void")

    def void(self, moment: datetime) -> None:
        """The signature no longer counts: what was signed has changed. It is to be given again."""
        self.state, self.signed_at, self.dissent = "found", None, ""
        self.since, self.void_at = max(self.since, moment), moment


class Appointment(Record):
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str
    slots: list[str] = Field(description="calendar places held: one per officer and half hour")


class Case(Record):
    """One file before the team; a corrected file comes back as a further `round` of the same case."""

    id: str
    resi: str
    licence_type: str
    edition: str
    licence_name: str
    sub_kind: str | None = None
    transaction: str = "new"
    bidang: str
    kind: Literal["meeting", "visit"]
    applicant_name: str
    object: Place
    round: int
    since: AwareDatetime
    tasks: list[Task]
    appointment: Appointment | None = None
    number: str | None = None
    outcome: Recommendation | None = None
    closed: Literal["verified", "withdrawn", "refused"] | None = None
    addenda: list[Addendum] = Field(default_factory=list)
    documents: list[Document] = Field(default_factory=list)
    history: list[Happening] = Field(default_factory=list)

    def task(self, skpd: str) -> Task | None:
        return next((task for task in self.tasks if task.skpd == skpd), None)

    def without_findings(self) -> list[str]:
        """The SKPD that have not recorded what they found: until there are none, nothing can be concluded or signed."""
        return [task.skpd for task in self.tasks if task.recommendation is None]

    def verified_at(self) -> datetime | None:
        """When the Bidang verified this round; None while it has not."""
        if self.number is None:
            return None
        return next(h.at for h in reversed(self.history) if h.what == "berita_acara_verified")


def strictest(recommendations: list[Recommendation]) -> Recommendation:
    """The outcome of a berita acara: one SKPD that refuses or asks for correction is not outvoted."""
    return max(recommendations, key=STRICTNESS.__getitem__)


def slots_between(starts_at: datetime, ends_at: datetime) -> list[str]:
    """The half hours an appointment touches, as UTC text: the unit in which nobody is booked twice."""
    first = starts_at.timestamp() // SLOT.total_seconds()
    last = -(-ends_at.timestamp() // SLOT.total_seconds())
    seconds = int(SLOT.total_seconds())
    half_hours = (datetime.fromtimestamp(n * seconds, UTC) for n in range(int(first), int(last)))
    return [moment.strftime("%Y-%m-%dT%H:%M") for moment in half_hours]


def slots_after(slots: list[str], moment: datetime) -> list[str]:
    """Of the places an appointment holds, those that have not begun at that moment: a case that is closed frees them.
    The others tell where the officer was."""
    now = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return [slot for slot in slots if f"{slot.rpartition('/')[2]}:00" > now]
