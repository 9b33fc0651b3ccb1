"""Pictures that people took: what the camera wrote in them, and how they stand on a paper.

Both are done in the process that makes papers: a stranger's picture is never opened in a room or on the web.
"""

import base64
import io
import struct
import warnings
import zlib
from datetime import datetime

from PIL import ExifTags, Image, ImageOps

from plumbing.documents.camera import Camera
from plumbing.documents.errors import DocumentError
from values.dates import JAKARTA

LONGEST_SIDE = 1100  # pixels on a paper: 10 cm at 280 dots per inch
QUALITY = 78
MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 20_000_000}  # a JPEG is read at the size that is needed


def read_camera(picture: bytes) -> Camera:
    """What is written in a picture; nothing where it says nothing or nonsense.

    `DocumentError`: it is no picture, or not a whole one, so that what is taken in today can be printed tomorrow.
    """
    with _opened(picture) as opened:
        exif = opened.getexif()
        _read_whole(opened)
    written = exif.get_ifd(ExifTags.IFD.Exif)
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    north = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    east = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    both = north is not None and east is not None
    return Camera(_moment(written), north if both else None, east if both else None)


def reduced(picture: bytes) -> bytes:
    """The picture upright, as a JPEG of a size fit for print and without what the camera wrote. One that is all this
    already stays as it is."""
    with _opened(picture) as opened:
        if opened.format == "JPEG" and max(opened.size) <= LONGEST_SIDE and not dict(opened.getexif()):
            return picture
        _read_whole(opened)
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    with io.BytesIO() as out:
        upright.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()


def for_paper(picture: bytes) -> str:
    """The reduced picture within an SVG, which is what the typesetter reads out of data."""
    data = reduced(picture)
    with _opened(data) as opened:
        width, height = opened.size
    held = base64.b64encode(data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
        f'height="{height}"><image width="{width}" height="{height}" xlink:href="data:image/jpeg;base64,{held}"/></svg>'
    )


def _opened(picture: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(picture), formats=("JPEG", "PNG"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DocumentError(f"a photo cannot be read: {type(error).__name__}") from error
    if opened.width * opened.height > MOST_PIXELS[opened.format]:
        raise DocumentError("a photo has too many pixels")
    return opened


def _read_whole(opened: Image.Image) -> None:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    try:
        opened.load()
    except (OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
        raise DocumentError(f"a photo cannot be read: {type(error).__name__}") from error


def _moment(written: dict) -> datetime | None:
    said = written.get(ExifTags.Base.DateTimeOriginal) or written.get(ExifTags.Base.DateTimeDigitized)
    zone = str(written.get(ExifTags.Base.OffsetTimeOriginal) or "")
    try:
        taken = datetime.strptime(str(said).strip("\0 "), "%Y:%m:%d %H:%M:%S")
        return datetime.fromisoformat(f"{taken.isoformat()}{zone}") if zone else taken.replace(tzinfo=JAKARTA)
    except ValueError:  # cameras write blanks, zeros and worse when nobody has set their clock
        return None


def _degrees(gps: dict, value: int, side: int, negative: str, most: int) -> str | None:
    parts = gps.get(value)
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if not 0 <= found <= most:  # also when it is no number
        return None
    return f"{-found if str(gps.get(side, '')).upper().startswith(negative) else found:.6f}"
