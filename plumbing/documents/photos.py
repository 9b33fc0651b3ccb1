"""Pictures that people took: what the camera wrote in them, and how they stand on a paper.

Both are done in the process that makes papers: a stranger's picture is never opened in a room or on the web.
"""

import base64
import io
import warnings
from datetime import datetime

from PIL import ExifTags, Image, ImageOps

from plumbing.documents.camera import Camera
from plumbing.documents.errors import DocumentError
from values.dates import JAKARTA

LONGEST_SIDE = 1100  # pixels on a paper: 10 cm at 280 dots per inch
QUALITY = 78
MOST_PIXELS = 80_000_000


def read_camera(picture: bytes) -> Camera:
    """What is written in a picture; nothing where it says nothing or nonsense. `DocumentError`: it is no picture."""
    exif = _opened(picture).getexif()
    written = exif.get_ifd(ExifTags.IFD.Exif)
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    north = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    east = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    both = north is not None and east is not None
    return Camera(_moment(written), north if both else None, east if both else None)


def for_paper(picture: bytes) -> str:
    """The picture upright, at a size fit for print and without what the camera wrote, as an SVG that holds it."""
    with _opened(picture) as opened:
        try:
            upright = ImageOps.exif_transpose(opened).convert("RGB")
        except (OSError, SyntaxError, ValueError) as error:
            raise DocumentError(f"a photo cannot be read: {error}") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    with io.BytesIO() as out:
        upright.save(out, "JPEG", quality=QUALITY)
        held = base64.b64encode(out.getvalue()).decode()
    width, height = upright.size
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
    if opened.width * opened.height > MOST_PIXELS:
        raise DocumentError("a photo has too many pixels")
    return opened


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
