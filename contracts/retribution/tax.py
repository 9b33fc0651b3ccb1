"""What retribution is asked and says about tax notes: the Bidang's calculation of a local tax, beside the file.

The tax itself is assessed elsewhere, by a `surat_ketetapan_pajak`; nothing here is retribution, and none of it is in
its sums.
"""

from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.base import Command, Event, Query, Shape, Words
from contracts.documents import Document, example
from contracts.intake import APPLICATION
from values.rupiah import Rupiah


class Advertisement(Shape):
    """One advertisement: what it says, the area of a side, and how long it stands on a road of which class."""

    text: Words = Field(min_length=1, max_length=120)
    area_m2: Decimal = Field(gt=0, le=10_000, decimal_places=2)
    sides: int = Field(ge=1, le=8)
    count: int = Field(ge=1, le=10_000)
    days: int = Field(ge=1, le=366)
    road: Literal["khusus", "kelas_1", "kelas_2", "kelas_3"]


ADVERTISEMENT = {"text": "Toko Melati", "area_m2": "24.00", "sides": 2, "count": 1, "days": 365, "road": "kelas_2"}


class PrepareTaxNote(Command):
    """The Bidang's officer draws up the tax note. After a signed one: another, which names the one it replaces."""

    example = {"command_id": "c-00000042", "application_id": APPLICATION, "advertisements": [ADVERTISEMENT]}
    application_id: str
    advertisements: list[Advertisement] = Field(min_length=1, max_length=50)


class SignTaxNote(Command):
    """The head of the Bidang signs the tax note; the file goes on whether it is signed or not."""

    example = {"command_id": "c-00000043", "application_id": APPLICATION}
    application_id: str


class FindTaxNote(Query):
    """The tax notes of a file, the one that counts last."""

    example = {"application_id": APPLICATION}
    application_id: str


class TaxNoteSigned(Event):
    """The Bidang signed its calculation of the tax; it is not yet printed."""

    example = {"application_id": APPLICATION, "number": "NPPD-2016-00004", "total": 48_180_000}
    number: str
    total: Rupiah


class TaxNoteFiled(Event):
    """The tax note exists as a paper. It demands nothing: the tax is assessed by a `surat_ketetapan_pajak`."""

    example = {
        "application_id": APPLICATION,
        "document": example("nota_pajak", "NPPD-2016-00004"),
        "resi": "R-2016-000123-7",
        "total": 48_180_000,
        "signed_at": "2016-03-10T09:00:00+07:00",
    }
    document: Document
    resi: str
    total: Rupiah
    signed_at: AwareDatetime
