"""What the API says of a file and of what is to be paid on it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from catalogue.path import Limit, Unit
from contracts.noticeboard import Appointment
from portal.api.offer_shapes import Answer, Named

TOLD_AT = Field(description="when the last fact about it was taken in: what is said here is so old")


class Described(Answer):
    """A stable code, and what it is called."""

    code: str
    words: str


class OfferedThing(Answer):
    """What was applied for, in the edition the file began under."""

    kind: Literal["licence_type", "service"]
    code: str
    name: str
    edition: str


class Holder(Answer):
    """Who holds the file: role and unit, nobody's name."""

    name: str
    unit: str | None


class ClockAnswer(Answer):
    """The clock of the whole file. `left` is never below zero; `due` is the last day; `ended`: it runs no more."""

    unit: Unit
    limit: int = Field(ge=1)
    used: int | str = Field(description="whole, or for hours and months a decimal as text", examples=[2, "1.25"])
    left: int | str = Field(description="as `used`", examples=[5])
    due: date
    overdue: bool
    running: bool
    ended: bool


class Standstill(Answer):
    """Why the clock stands. `declared`: the words of a decree of force majeure."""

    code: Literal["applicant", "payment", "force_majeure", "suspended", "parent"]
    words: str
    declared: str | None


class LicenceOfFile(Answer):
    """The licence of a file; what it is worth today is told at `address`."""

    number: str
    code: str
    signed_on: date
    valid_until: date | None
    address: str


class StopAnswer(Answer):
    """A step on the way, and whether it is behind or ahead."""

    name: str
    actor: str
    limit: Limit | None
    state: Literal["done", "here", "ahead"]
    ended_at: datetime | None


class Happened(Answer):
    """One thing that happened. `more`: which step, or whose initial, where that says more."""

    code: str
    words: str
    at: datetime
    more: str | None


class PaymentAnswer(Answer):
    """What an SKRD asks, in whole rupiah, and when it was received (null: not yet)."""

    payment_code: str
    skrd: str = Field(description="number of the SKRD")
    amount: int = Field(ge=0)
    due_on: date
    paid_at: datetime | None
    to_pay: bool = Field(description="false once it was received, and when its file ended before")
    overdue: bool
    files: int = Field(ge=1, description="how many files this one SKRD demands for; it is paid once")
    resi: str | None
    told_at: datetime = TOLD_AT


class FileAnswer(Answer):
    """One file, as anyone who holds its number may know it."""

    number: str
    resi: str | None
    offering: OfferedThing
    sub_kind: Named | None
    transaction: str
    status: Described
    outcome: Literal["issued", "refused", "withdrawn"] | None
    holder: Holder
    since: datetime = Field(description="since when the file is where it is")
    step: Named | None = Field(description="the step it is at; null: its way is over")
    clock: ClockAnswer | None = Field(description="null: the file is not registered yet")
    standstill: Standstill | None = Field(description="why the clock stands; null: it does not, or it has ended")
    answer_by: date | None = Field(description="until when the applicant is waited for")
    registered_at: datetime | None
    promised_on: date | None = Field(description="the day printed on the resi")
    applicant: str = Field(description="first letters only", examples=["S*** R***"])
    kecamatan: str
    appointment: Appointment | None
    payment: PaymentAnswer | None
    licence: LicenceOfFile | None
    way: list[StopAnswer]
    timeline: list[Happened] = Field(description="the latest first")
    told_at: datetime = TOLD_AT


def exact(amount: Decimal | int) -> int | str:
    """A whole number as a number, any other as text, so that no figure is rounded on its way."""
    return int(amount) if amount == int(amount) else str(amount)


class FileMoved(Answer):
    """What a webhook is told: `id` is the same on every attempt, `file` as `GET /files/{number}` answers it."""

    id: str
    type: Literal["file.moved"]
    file: FileAnswer
