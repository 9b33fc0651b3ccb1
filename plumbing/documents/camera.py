"""What a camera wrote in a picture, as it is told by the process that reads it."""

from datetime import datetime
from typing import NamedTuple


class Camera(NamedTuple):
    """What a camera wrote: when (its own clock, in Jakarta's time where it says no other) and where, in degrees."""

    taken_at: datetime | None
    latitude: str | None
    longitude: str | None
