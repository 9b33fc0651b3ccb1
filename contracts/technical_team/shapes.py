"""What messages of the technical team are made of."""

from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, Field, model_validator

from contracts.base import Shape, Words
from contracts.documents import Document

Recommendation = Literal["recommended", "correction", "refused"]
Attendance = Literal["present", "represented", "absent"]


class Observation(Shape):
    """One point that was looked at, on paper or on site."""

    point: Words = Field(min_length=2, max_length=200)
    fits: bool
    note: Words = Field("", max_length=500)


class Photo(Shape):
    """A photo taken on site: when and where. `read_from_photo`: the camera wrote the time; otherwise a person
    said so.

    Position as the camera wrote it, in degrees (WGS 84), north and east; both or neither.
    """

    document: Document
    taken_at: AwareDatetime
    place: Words = Field(min_length=3, max_length=200, description="where it was taken, in words")
    latitude: Decimal | None = Field(None, ge=-90, le=90, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, decimal_places=6)
    read_from_photo: bool = False
    caption: Words = Field("", max_length=200)

    @model_validator(mode="after")
    def _both_or_neither(self) -> "Photo":
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude belong together")
        if self.document.kind != "photo" or self.document.media_type == "application/pdf":
            raise ValueError("a photo is a picture of the kind photo")
        return self


PHOTO_EXAMPLE = {
    "document": {
        "kind": "photo",
        "name": "foto.jpg",
        "sha256": "0f" * 32,
        "size": 412_337,
        "media_type": "image/jpeg",
        "number": None,
    },
    "taken_at": "2016-03-09T09:20:00+07:00",
    "place": "Jl. Melati No. 12, sisi depan",
    "latitude": "-6.238270",
    "longitude": "106.975573",
    "read_from_photo": True,
    "caption": "Garis sempadan depan",
}
