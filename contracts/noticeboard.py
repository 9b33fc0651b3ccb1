"""What the noticeboard keeps for the public: the shapes in its database, which the portal reads. It says nothing."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.base import Shape
from contracts.documents import Kind, Sha256
from contracts.intake import ApplicationMoved
from values.rupiah import Rupiah

ENDED_UNPAID = ("withdrawn", "refused")  # outcomes after which a file asks for no money


class Skrd(Shape):
    """What is to be paid on a file, and when it was. `covers`: the resi of all files, when it demands for several."""

    number: str
    amount: Rupiah
    due_on: date
    payment_code: str
    paid_at: AwareDatetime | None = None
    covers: tuple[str, ...] = ()


class Refund(Shape):
    """Money that goes back to who paid too much, with the city's interest (`compensation`): until when, and on which
    day it went."""

    number: str
    amount: Rupiah
    compensation: Rupiah = 0
    pay_by: date | None = None
    paid_on: date | None = None


class Appointment(Shape):
    """The last meeting or visit that was booked. Where it is, is between office and applicant."""

    kind: Literal["meeting", "visit"]
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class Licence(Shape):
    """The licence of a file."""

    number: str
    verification_code: str
    sha256: str = Sha256
    signed_at: AwareDatetime
    valid_until: date | None


class Ended(Shape):
    """How a licence came to its end before its last day, by which paper (None: it was never handed over), and when."""

    how: Literal["replaced", "revoked"]
    by: str | None
    at: AwareDatetime


class Notice(Shape):
    """One file, as anyone may know it. Each part comes by a fact of its own, in any order.

    `resi` and `handle` (the number letters carry before there is a resi), `payment_code` are what it is looked up by;
    `account` is whose it is, for that person's own pages.
    `desks` are those on which the file lies (`catalogue.desks`), for officers' lists.
    `counted` are the things it has been counted as; `told_at` when the last fact about it was taken in.
    """

    id: str
    told_at: AwareDatetime
    handle: str
    resi: str | None = None
    account: str | None = None
    desks: list[str] = Field(default_factory=list)
    payment_code: str | None = None
    moved: ApplicationMoved | None = None
    skrd_numbered_at: AwareDatetime | None = None
    skrd: Skrd | None = None
    demand_ended_at: AwareDatetime | None = None
    refunds: list[Refund] = Field(default_factory=list)
    appointment: Appointment | None = None
    licence: Licence | None = None
    ended: Ended | None = None
    suspended_at: AwareDatetime | None = None
    reinstated_at: AwareDatetime | None = None
    counted: list[Literal["received", "finished", "in_time", "issued"]] = Field(default_factory=list)

    @property
    def to_pay(self) -> Skrd | None:
        """The SKRD as long as something of it is asked for. A file that ended before `DemandEnded` was
        said shows it by its outcome."""
        ended = self.moved is not None and self.moved.outcome in ENDED_UNPAID
        alone = self.skrd is not None and not self.skrd.covers
        if self.skrd is None or self.skrd.paid_at or self.demand_ended_at or (ended and alone):
            return None
        return self.skrd

    @property
    def suspended(self) -> bool:
        """Whether its licence is suspended: the later of the two facts counts, in whatever order they came."""
        return self.suspended_at is not None and (self.reinstated_at is None or self.reinstated_at < self.suspended_at)


class Paper(Shape):
    """A paper of the office that anyone can check: `id` is its verification code."""

    id: str
    kind: Kind
    number: str | None
    sha256: str = Sha256
    application_id: str


class Day(Shape):
    """What the office did on one day: files taken in, files closed, how many of those by the promised day, licences by
    type. `in_time` counts files closed since it is counted."""

    id: date
    received: int = 0
    finished: int = 0
    in_time: int = 0
    issued: dict[str, int] = Field(default_factory=dict)


class Heartbeat(Shape):
    """When the noticeboard was last seen at work."""

    id: Literal["noticeboard"] = "noticeboard"
    at: AwareDatetime
