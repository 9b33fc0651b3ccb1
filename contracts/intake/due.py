"""What intake says to the room whose turn it is: everything that room needs of the file."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.base import Event, Shape
from contracts.documents import Document, example
from contracts.intake.shapes import APPLICANT_EXAMPLE, APPLICATION, PLACE_EXAMPLE, Applicant, Place


class VerificationDue(Event):
    """The file stands before the technical team of its SKPD. `round` grows when it comes back corrected."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "licence_type": "imb",
        "edition": "2016-11",
        "licence_name": "Izin Mendirikan Bangunan (IMB)",
        "sub_kind": "rumah_tinggal",
        "transaction": "new",
        "bidang": "jasa_usaha",
        "skpd": ["dinas_tata_kota"],
        "kind": "visit",
        "applicant_name": "Siti Rahmawati",
        "place": PLACE_EXAMPLE,
        "round": 1,
        "since": "2016-03-07T09:15:00+07:00",
    }
    resi: str
    licence_type: str
    edition: str
    licence_name: str
    sub_kind: str | None = None
    transaction: str = Field("new", description="code of what is asked for: it decides which papers are looked at")
    bidang: str
    skpd: list[str]
    kind: Literal["meeting", "visit"]
    applicant_name: str
    place: Place
    round: int
    since: AwareDatetime


class AssessmentDue(Event):
    """The retribution of the file is to be computed. `account`: whose file it is, when it was applied for on line."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "licence_type": "imb",
        "edition": "2016-11",
        "licence_name": "Izin Mendirikan Bangunan (IMB)",
        "sub_kind": "rumah_tinggal",
        "bidang": "jasa_usaha",
        "quantities": {"luas_m2": "72.50"},
        "payer": {"name": "Siti Rahmawati", "address": "Jl. Melati No. 12", "npwp": None},
        "place": PLACE_EXAMPLE,
        "since": "2016-03-09T10:00:00+07:00",
        "account": None,
    }

    class Payer(Shape):
        name: str
        address: str
        npwp: str | None = None

    resi: str
    licence_type: str
    edition: str
    licence_name: str
    sub_kind: str | None
    bidang: str
    quantities: dict[str, Any]
    payer: Payer
    place: Place
    since: AwareDatetime
    account: str | None = None


class TaxNoteDue(Event):
    """The file carries a local tax: its Bidang is to draw up the tax note, beside the path."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "licence_type": "reklame",
        "edition": "2016-11",
        "licence_name": "Izin Reklame",
        "bidang": "tertentu",
        "payer": {"name": "Siti Rahmawati", "address": "Jl. Melati No. 12", "npwp": None},
        "place": PLACE_EXAMPLE,
        "since": "2016-03-07T09:15:00+07:00",
    }

    class Payer(Shape):
        name: str
        address: str
        npwp: str | None = None

    resi: str
    licence_type: str
    edition: str
    licence_name: str
    bidang: str
    payer: Payer
    place: Place
    since: AwareDatetime


class IssuanceDue(Event):
    """The licence is to be drafted, initialled and signed."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "licence_type": "siup",
        "edition": "2016-11",
        "sub_kind": "kecil",
        "holder": APPLICANT_EXAMPLE,
        "place": PLACE_EXAMPLE,
        "quantities": {},
        "transaction": "new",
        "licence_number": None,
        "parent": None,
        "since": "2016-03-09T10:00:00+07:00",
    }
    resi: str
    licence_type: str
    edition: str
    sub_kind: str | None
    holder: Applicant
    place: Place
    quantities: dict[str, Any]
    transaction: str
    licence_number: str | None = Field(description="the licence it is about, as printed on it")
    parent: str | None = Field(description="application_id of the file whose licence this one depends on")
    since: AwareDatetime


class ArchivingDue(Event):
    """The file is closed with this outcome; everything it consists of is to be sealed and stored on both sites."""

    example = {
        "application_id": APPLICATION,
        "resi": "R-2016-000123-7",
        "outcome": "issued",
        "documents": [example("resi", "R-2016-000123-7")],
        "record": {"licence_type": "siup", "history": []},
        "closed_at": "2016-03-10T10:00:00+07:00",
    }
    resi: str | None
    outcome: Literal["issued", "refused", "withdrawn"]
    documents: list[Document]
    record: dict[str, Any] = Field(description="the whole record of the file, with its history")
    closed_at: AwareDatetime
