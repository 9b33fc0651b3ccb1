"""What demands: notas, the letters drawn from them, and the notas of other files that one letter demands too."""

from datetime import date, timedelta
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from catalogue.exchange import ExchangeRate
from catalogue.nota_lines import Line
from services.retribution.late_model import Record
from values.rupiah import Rupiah

Ended = Literal["withdrawn", "refused"]
DUE_WITHIN = timedelta(days=30)  # from the day the SKRD is signed


class Nota(Record):
    """A nota perhitungan retribusi: signed, it is never edited. A correction is another nota, which names the one it
    replaces, why, and the quantities it was computed from. `rate`: by which dollars became rupiah. `formula` and
    `inputs` give its lines again; a nota kept by a version that did not keep them has its lines alone."""

    number: str | None = None
    replaces: str | None = None
    reason: str | None = None
    quantities: dict[str, Any] | None = None
    rate: ExchangeRate | None = None
    legal_basis: str
    account_code: str
    computed_on: date
    formula: str | None = None
    inputs: dict[str, Any] | None = None
    lines: list[Line]
    workings: list[Line] = Field(default_factory=list)
    remarks: list[str] = Field(default_factory=list)
    total: Rupiah
    prepared_by: str
    prepared_at: AwareDatetime
    signed_by: str | None = None
    signed_at: AwareDatetime | None = None


class Drawn(Record):
    """A nota that a letter is drawn from, as it was then: of which file, and what it came to."""

    application_id: str
    resi: str
    nota: str
    total: Rupiah


class Skrd(Record):
    """A surat ketetapan retribusi daerah: the demand, numbered per account code and year. An SKRDKB demands what a
    corrected nota has more, an SKRDLB lowers the demand to it; `nota` is the number of the note it is drawn from.
    `drawn_from`: all its notas, when it demands for several files."""

    kind: Literal["skrd", "skrdkb", "skrdlb"] = "skrd"
    nota: str | None = None
    number: str
    serial: int
    account_code: str
    amount: Rupiah
    payment_code: str
    numbered_at: AwareDatetime
    signed_by: str | None = None
    signed_at: AwareDatetime | None = None
    due_on: date | None = None
    drawn_from: list[Drawn] = Field(default_factory=list)


class Joined(Record):
    """Another file of the same payer, whose nota the SKRD of this one demands too. `left`: that file ended before it
    was paid, and its nota counts no longer."""

    application_id: str
    resi: str
    sub_kind: str | None
    nota: Nota
    left: Ended | None = None


class JoinedTo(Record):
    """The file that keeps the account of a joint SKRD."""

    application_id: str
    resi: str
