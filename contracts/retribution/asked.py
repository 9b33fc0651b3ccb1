"""What retribution is asked: nota, SKRD, payment, and what is known of them."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.base import Command, Query, Words
from contracts.documents import Document
from contracts.intake import APPLICATION
from values.rupiah import Rupiah


class PrepareNota(Command):
    """The Bidang's officer draws up the nota perhitungan from the quantities that were verified."""

    example = {"command_id": "c-00000020", "application_id": APPLICATION}
    application_id: str


class SignNota(Command):
    """The head of the Bidang signs the nota."""

    example = {"command_id": "c-00000021", "application_id": APPLICATION}
    application_id: str


class IssueSkrd(Command):
    """Administration numbers the SKRD; its amount is recomputed and must agree with the nota. `together`: the files of
    the same payer whose notas this one SKRD demands as well."""

    example = {"command_id": "c-00000022", "application_id": APPLICATION}
    application_id: str
    together: tuple[str, ...] = Field((), max_length=50)


class SignSkrd(Command):
    """The Head signs the SKRD; it is due in 30 days."""

    example = {"command_id": "c-00000023", "application_id": APPLICATION}
    application_id: str


class SignStrd(Command):
    """The Head signs the STRD that is proposed for a late debt; it claims what is owed on that day."""

    example = {"command_id": "c-00000060", "application_id": APPLICATION}
    application_id: str


class RecordPayment(Command):
    """The treasurer enters that money came in; the bank itself notifies. `bank_reference` makes it one payment however
    often it is said. `proof`: the slip or receipt, as a paper."""

    example = {
        "command_id": "c-00000024",
        "payment_code": "201603000123",
        "amount": 187_625,
        "bank_reference": "BJB-20160315-000981",
        "paid_at": "2016-03-15T11:20:00+07:00",
        "channel": "bank",
    }
    payment_code: str = Field(pattern=r"^[0-9]{6,20}$")
    amount: Rupiah = Field(gt=0, le=100_000_000_000)
    bank_reference: Words = Field(min_length=4, max_length=60)
    paid_at: AwareDatetime
    channel: Literal["bank", "treasurer"] = "bank"
    proof: Document | None = None


class FindAssessment(Query):
    """What was computed, demanded and paid, and what is owed (principal and interest) at the end of the day `on`."""

    example = {"application_id": APPLICATION, "on": "2016-05-20"}
    application_id: str
    on: date | None = Field(default=None, ge=date(2000, 1, 1), le=date(2100, 12, 31), description="Empty: today.")


class RecomputeNota(Query):
    """Compute every note signed in a month again, and say which does not give the same rupiah."""

    example = {"month": "2016-03"}
    month: str = Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")


class WhatIf(Query):
    """Which open files would cost something else under these tariff rows (in the shape of the catalogue's), on `on`."""

    example = {"rows": [], "on": "2016-06-01"}
    rows: list[dict[str, Any]] = Field(max_length=5_000)
    on: date | None = Field(default=None, ge=date(2000, 1, 1), le=date(2100, 12, 31), description="Empty: today.")
