"""The papers applicants hand in: real JPEGs and PDFs of scanned-looking sheets, no two with the same bytes.

A sheet is drawn once per requirement and kept; each applicant's copy differs by an id in a place both formats leave
free (a comment segment in the JPEG, an information entry of fixed length in the PDF), so copies cost next to nothing.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

from catalogue.licence_type import Requirement
from contracts.documents import Document

PHOTOS = {"ktp", "ktp_bekasi", "kk", "pasfoto", "foto_3", "foto_lokasi", "foto_gudang", "stnk", "npwp", "paspor"}
ID_LENGTH = 32
BLANK_ID = b"0" * ID_LENGTH
VARIANTS = 2


@dataclass(frozen=True)
class Paper:
    """One handed-in paper: its bytes, and how the messages speak of it."""

    data: bytes
    document: Document


def paper(requirement: Requirement, applicant_key: str) -> Paper:
    """The applicant's own copy for a requirement. The same key gives the same bytes, another key other bytes."""
    mark = hashlib.sha256(f"{applicant_key}/{requirement.code}".encode()).hexdigest()[:ID_LENGTH]
    variant = int(mark[:4], 16) % VARIANTS
    if requirement.code in PHOTOS:
        data, suffix, media_type = (
            _marked_jpeg(_sheet(requirement.code, requirement.name, variant), mark),
            "jpg",
            "image/jpeg",
        )
    else:
        data = _blank_pdf(requirement.code, requirement.name, variant).replace(BLANK_ID, mark.encode(), 1)
        suffix, media_type = "pdf", "application/pdf"
    document = Document(
        kind="attachment",
        name=f"{requirement.code}.{suffix}",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=media_type,
    )
    return Paper(data, document)


@cache
def _sheet(code: str, name: str, variant: int) -> bytes:
    """A scanned sheet as JPEG, 5 to 60 KB: paper tone, a title, lines of writing, a stamp, the noise of a scanner."""
    rng = Random(f"{code}/{variant}")
    width, height = rng.choice(((420, 594), (495, 700), (594, 420)))
    left, top = rng.randint(0, 100), rng.randint(0, 100)
    sheet = _paper_tone().crop((left, top, left + width, top + height))
    draw = ImageDraw.Draw(sheet)
    draw.text((36, 30), name.upper()[:46], fill=(30, 30, 40), font=_font(15))
    draw.text((36, 52), "CONTOH - BUKAN DOKUMEN SAH", fill=(150, 40, 40), font=_font(12))
    for top in range(90, height - 90, rng.choice((16, 18, 22))):
        draw.line((36, top, rng.randint(width // 2, width - 40), top), fill=(90, 90, 100), width=rng.choice((1, 2)))
    x, y = rng.randint(width // 2, width - 130), height - 120
    draw.ellipse((x, y, x + 84, y + 84), outline=(60, 60, 150), width=3)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=rng.randint(50, 80))
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


@cache
def _paper_tone() -> Image.Image:
    """Off-white paper with the grain a scanner leaves, larger than any sheet."""
    grain = Image.effect_noise((350, 400), 14).resize((700, 800))
    return Image.blend(Image.new("L", (700, 800), 244), grain, 0.06).convert("RGB")


def _marked_jpeg(jpeg: bytes, mark: str) -> bytes:
    comment = mark.encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


@cache
def _blank_pdf(code: str, name: str, variant: int) -> bytes:
    """One page that holds the sheet, with `BLANK_ID` where the copy's id goes."""
    sheet = _sheet(code, name, variant)
    width, height = Image.open(io.BytesIO(sheet)).size
    picture = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB "
        f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(sheet)} >>\nstream\n"
    ).encode()
    drawing = b"q 595 0 0 842 0 0 cm /S Do Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /S 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        picture + sheet + b"\nendstream",
        b"<< /Producer (demonstration) /Keywords (%s) >>" % BLANK_ID,
    ]
    body, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(body)
