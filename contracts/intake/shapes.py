"""What files are made of, as intake speaks of them: applicant, place, attachment."""

from typing import Literal

from pydantic import Field

from contracts.base import Shape, Words
from contracts.documents import Document

EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
APPLICATION = "0191e2a4-7b6c-7d3e-8f10-0123456789ab"


class Applicant(Shape):
    """The person or firm that applies. Personal data: never logged, encrypted where it rests in object storage."""

    name: Words = Field(min_length=2, max_length=120)
    nik: str = Field(pattern=r"^[0-9]{16}$", description="identity number on the KTP")
    address: Words = Field(min_length=5, max_length=300)
    phone: str = Field(pattern=r"^\+?[0-9]{8,15}$")
    email: str | None = Field(None, pattern=EMAIL, max_length=200)
    npwp: str | None = Field(None, pattern=r"^[0-9]{15,16}$")


class Place(Shape):
    """What and where the licence is about."""

    name: Words = Field(min_length=1, max_length=160, description="the shop, building, vehicle, grave …")
    address: Words = Field(min_length=5, max_length=300)
    kecamatan: Words = Field(min_length=3, max_length=60)
    kelurahan: Words | None = Field(None, max_length=60)
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)

    @property
    def lies_at(self) -> str:
        """Where it is, as papers write it."""
        kelurahan = f"Kelurahan {self.kelurahan}, " if self.kelurahan else ""
        return f"{self.address}, {kelurahan}Kecamatan {self.kecamatan}"


class Attachment(Shape):
    """A paper the applicant handed in, and the requirement of the type it answers."""

    requirement: str = Field(min_length=1, max_length=60)
    document: Document


class Finding(Shape):
    """The counter's tick for one requirement. `not_applicable`: this file does not need it; `note` says why (what is
    asked of those who build on another's land)."""

    requirement: str = Field(min_length=1, max_length=60)
    verdict: Literal["complete", "missing", "wrong", "not_applicable"]
    note: Words = Field("", max_length=500)


class RequestedItem(Shape):
    requirement: str
    name: str
    note: str = ""


APPLICANT_EXAMPLE = {
    "name": "Siti Rahmawati",
    "nik": "3275010101800001",
    "address": "Jl. Melati No. 12, Bekasi Timur",
    "phone": "081200000001",
    "email": "siti@warga.example",
    "npwp": None,
}
PLACE_EXAMPLE = {
    "name": "Toko Sumber Rezeki",
    "address": "Jl. Ir. H. Juanda No. 5",
    "kecamatan": "Bekasi Timur",
    "kelurahan": None,
    "latitude": None,
    "longitude": None,
}
