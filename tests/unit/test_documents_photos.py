"""Pictures: what the camera wrote is read, nonsense is passed over, and a paper holds the picture upright."""

import base64
import io
import re
from datetime import UTC, datetime

import pytest
from PIL import ExifTags, Image

from plumbing.documents.errors import DocumentError
from plumbing.documents.photos import LONGEST_SIDE, for_paper, read_camera, reduced
from tests.people import a_pdf
from values.dates import JAKARTA

GPS, BASE = ExifTags.GPS, ExifTags.Base


def taken(exif: dict | None = None, gps: dict | None = None, size=(40, 20), orientation: int | None = None) -> bytes:
    """A JPEG with what a camera would have written."""
    image, written = Image.new("RGB", size, (10, 120, 90)), Image.Exif()
    if exif:
        written.get_ifd(ExifTags.IFD.Exif).update(exif)
    if gps:
        written.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    if orientation:
        written[BASE.Orientation] = orientation
    with io.BytesIO() as out:
        image.save(out, "JPEG", exif=written)
        return out.getvalue()


BEKASI = {
    GPS.GPSLatitudeRef: "S",
    GPS.GPSLatitude: (6.0, 14.0, 17.772),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (106.0, 58.0, 32.0628),
}


def test_time_and_place_are_read_as_the_camera_wrote_them():
    camera = read_camera(taken({BASE.DateTimeOriginal: "2016:03:09 09:20:00"}, BEKASI))
    assert camera.taken_at == datetime(2016, 3, 9, 9, 20, tzinfo=JAKARTA)
    assert (camera.latitude, camera.longitude) == ("-6.238270", "106.975573")


def test_a_camera_that_says_its_zone_is_believed():
    camera = read_camera(taken({BASE.DateTimeOriginal: "2016:03:09 02:20:00", BASE.OffsetTimeOriginal: "+00:00"}))
    assert camera.taken_at == datetime(2016, 3, 9, 2, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("exif", "gps"),
    [
        (None, None),
        ({BASE.DateTimeOriginal: "0000:00:00 00:00:00"}, None),
        ({BASE.DateTimeOriginal: "    "}, BEKASI | {GPS.GPSLatitude: (600.0, 0.0, 0.0)}),
        ({BASE.DateTimeOriginal: "2016:03:09 09:20:00", BASE.OffsetTimeOriginal: "dekat"}, {GPS.GPSLatitudeRef: "S"}),
    ],
)
def test_what_a_camera_wrote_wrongly_or_not_at_all_is_not_known(exif, gps):
    assert read_camera(taken(exif, gps)) == (None, None, None)


def test_on_a_paper_a_picture_stands_upright_small_and_without_what_the_camera_wrote():
    drawn = for_paper(taken({BASE.DateTimeOriginal: "2016:03:09 09:20:00"}, BEKASI, (3000, 1500), orientation=6))
    held = Image.open(io.BytesIO(base64.b64decode(re.search(r"base64,([^\"]+)", drawn).group(1))))
    assert held.size == (LONGEST_SIDE // 2, LONGEST_SIDE) and not dict(held.getexif())


def test_a_picture_that_was_cut_off_is_said_to_be_none_before_it_has_to_be_printed():
    whole = taken(size=(400, 300))
    assert read_camera(whole) == (None, None, None)
    with pytest.raises(DocumentError):
        read_camera(whole[: len(whole) // 2])


def test_a_picture_made_fit_for_print_stays_as_it_is():
    once = reduced(taken({BASE.DateTimeOriginal: "2016:03:09 09:20:00"}, BEKASI, (3000, 1500)))
    assert reduced(once) == once and base64.b64encode(once).decode() in for_paper(once)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff broken", a_pdf("no picture"), b"GIF89a" + bytes(40)])
def test_what_is_no_picture_is_said_to_be_none(data):
    for act in (read_camera, for_paper):
        with pytest.raises(DocumentError):
            act(data)
