"""How to reach the applicant of a file, and what became of each message."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from values.resi import number_before_resi

Outcome = Literal["sent", "refused", "no_address"]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Contact(Record):
    """The applicant of a file as messages address them, and what the messages call the file."""

    id: str
    name: str
    email: str | None
    licence_name: str
    resi: str | None = None
    registered_on: str | None = None
    promised_on: str | None = None

    @property
    def file_number(self) -> str:
        """The resi, or before there is one the beginning of the file's id."""
        return self.resi or number_before_resi(self.id)


class Delivery(Record):
    """One message. `sent`: the mail server took it; `refused`: it said no for good. `to` says to whom."""

    id: str
    application_id: str
    turn: str
    channel: Literal["email"]
    to: Literal["applicant", "officer", "payee"]
    outcome: Outcome
    detail: str
    at: AwareDatetime
