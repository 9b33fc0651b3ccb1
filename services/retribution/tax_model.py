"""The tax side of a file: notes that the Bidang draws up beside it. Nothing of it is retribution."""

from datetime import date
from typing import Any

from pydantic import AwareDatetime, Field

from contracts.documents import Document
from contracts.intake import Place, TaxNoteDue
from contracts.retribution import Advertisement
from services.retribution.late_model import Record
from values.happening import Happening
from values.rupiah import Rupiah


class TaxNote(Record):
    """A nota perhitungan pajak daerah: what was declared, how the tax is found from it. Signed, it is never edited."""

    number: str | None = None
    advertisements: list[Advertisement]
    legal_basis: str
    account_code: str
    computed_on: date
    computed: dict[str, Any]
    total: Rupiah
    replaces: str | None = None
    prepared_by: str
    prepared_at: AwareDatetime
    signed_by: str | None = None
    signed_at: AwareDatetime | None = None


class TaxFile(Record):
    """One file that carries a tax, with its notes; the last is the one that counts."""

    id: str
    resi: str
    licence_type: str
    edition: str
    licence_name: str
    bidang: str
    payer: TaxNoteDue.Payer
    place: Place
    since: AwareDatetime
    notes: list[TaxNote] = Field(default_factory=list)
    documents: list[Document] = Field(default_factory=list)
    history: list[Happening] = Field(default_factory=list)

    @property
    def last(self) -> TaxNote | None:
        return self.notes[-1] if self.notes else None
