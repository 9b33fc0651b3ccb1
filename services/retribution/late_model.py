"""What follows the demand of a file: how it was claimed when it was late, and receipts of later money."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from values.rupiah import Rupiah


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StrdProposal(Record):
    """An STRD that is due and waits for the Head's signature. It ends with the STRD (`signed_as`, its number), or
    lapses when there is nothing late to claim any more."""

    proposed_at: AwareDatetime
    signed_as: str | None = None
    lapsed_at: AwareDatetime | None = None

    @property
    def open(self) -> bool:
        return self.signed_as is None and self.lapsed_at is None


class Receipt(Record):
    """The receipt of a payment that came after the one of the principal: what of it was principal, interest and too
    much, as it was counted when it came, and never changes. Whole rupiah."""

    number: str
    reference: str
    paid_at: AwareDatetime
    principal: Rupiah
    interest: Rupiah
    overpaid: Rupiah
    interest_left: Rupiah


class Claim(Record):
    """A debt that is late, claimed: a teguran, then an STRD, which the Head signs. The amounts are those of its day and
    never change."""

    kind: Literal["teguran", "strd"]
    number: str
    raised_at: AwareDatetime
    pay_by: date
    principal: Rupiah
    interest: Rupiah
    signed_by: str | None = None
