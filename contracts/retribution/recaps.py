"""What retribution is asked about all files together, and what it says of its recaps: sums, cash book, deposits."""

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.base import Command, Event, Query, Words
from contracts.documents import Document, example
from values.periods import PATTERN
from values.rupiah import Rupiah

By = Literal["licence_type", "account_code", "bidang", "day", "month", "quarter", "year"]
Opened = Literal[
    *("assessed", "received", "principal", "interest", "overpaid", "unassigned", "promised", "refunded"),
    *("compensated", "reduced", "written_off", "outstanding"),
]
Period = Field(pattern=PATTERN, description="`2016`, `2016-Q1`, `2016-03` or `2016-03-15`")


class RecapOf(Query):
    """Sums of a period, a row per type, account code, Bidang, or shorter period; of all or of those that are named."""

    example = {"period": "2016-03", "by": "licence_type", "bidang": "jasa_usaha"}
    period: str = Period
    by: By = "licence_type"
    licence_type: str | None = Field(None, max_length=60)
    account_code: str | None = Field(None, max_length=40)
    bidang: str | None = Field(None, max_length=40)


class SkrdsOf(Query):
    """The SKRDs that one figure of a recap is made of, some at a time: `after` is the `next` of the answer before."""

    example = {"period": "2016-03", "opened": "received", "licence_type": "imb"}
    period: str = Period
    opened: Opened
    licence_type: str | None = Field(None, max_length=60)
    account_code: str | None = Field(None, max_length=40)
    bidang: str | None = Field(None, max_length=40)
    after: str = Field("", max_length=120)
    most: int = Field(50, ge=1, le=500)


class CashBookOf(Query):
    """The cash book of one day: what was at hand, each receipt and deposit in order, what is at hand then."""

    example = {"day": "2016-03-15"}
    day: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))


class PrintRecap(Query):
    """The recap of a period as a file: signed when it was, else a draft that says so. Refused when the sums do not
    agree with the payments."""

    example = {"period": "2016-03", "form": "pdf"}
    period: str = Period
    form: Literal["pdf", "xlsx"] = "pdf"


class RecordDeposit(Command):
    """The treasurer paid cash into the regional treasury. `reference` is the bank's: it makes it one deposit, however
    often it is entered. `proof` is the stamped slip."""

    example = {
        "command_id": "c-00000040",
        "day": "2016-03-15",
        "amount": 187_625,
        "reference": "STS-BJB-20160315-001",
        "proof": example("attachment"),
    }
    day: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    amount: Rupiah = Field(gt=0, le=1_000_000_000_000)
    reference: Words = Field(min_length=4, max_length=60)
    proof: Document


class SignRecap(Command):
    """The Head signs the recap of a period that is over: its figures are kept as they are, under a number."""

    example = {"command_id": "c-00000041", "period": "2016-03"}
    period: str = Period


RECAP = "recap-2016-03"


class RecapSigned(Event):
    """The figures of a period are signed and not yet printed. It is about no file: `application_id` names the recap."""

    example = {"application_id": RECAP, "number": "REKAP-2016-00003"}
    number: str


class RecapIssued(Event):
    """The recap exists as a paper, for the Mayor with a copy to the agencies concerned."""

    example = {"application_id": RECAP, "document": example("recap", "REKAP-2016-00003")}
    document: Document
