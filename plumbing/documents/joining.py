"""Several handed-in files as one paper: the pages of PDFs as they are, each picture on a page of its own.

JPEGs keep their bytes; nothing is made smaller. The same files in the same order give the same bytes.
"""

import io

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

from plumbing.documents.errors import DocumentError

A4 = (595.28, 841.89)  # points
TURNED = {3: 180, 6: 90, 8: 270}  # EXIF orientation: degrees clockwise to be shown by
ORIENTATION = 0x0112
MOST_PIXELS = 25_000_000  # of a picture that has to be unpacked: 75 MB
COLOURS = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}


def joined(papers: list[bytes]) -> bytes:
    """One PDF of all files in their order. DocumentError when one of them cannot be read."""
    with pikepdf.new() as whole:
        for paper in papers:
            try:
                _append(whole, paper)
            except (pikepdf.PdfError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as no:
                raise DocumentError(f"a file cannot be joined: {type(no).__name__}") from no
        made = io.BytesIO()
        whole.save(made, deterministic_id=True)
    return made.getvalue()


def _append(whole: pikepdf.Pdf, paper: bytes) -> None:
    if b"%PDF-" in paper[:1024]:
        with pikepdf.open(io.BytesIO(paper)) as opened:
            whole.pages.extend(opened.pages)
        return
    picture, turned = _picture(whole, paper)
    width, height = float(picture.Width), float(picture.Height)
    scale = min(A4[0] / min(width, height), A4[1] / max(width, height))
    width, height = width * scale, height * scale
    page = whole.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=picture))
    page.Contents = whole.make_stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Picture Do Q".encode())
    if turned:
        page.Rotate = turned


def _picture(whole: pikepdf.Pdf, paper: bytes) -> tuple[pikepdf.Stream, int]:
    """(the picture for a page, degrees the page is turned by)."""
    with Image.open(io.BytesIO(paper)) as image:
        orientation = image.getexif().get(ORIENTATION, 1)
        if image.format == "JPEG" and image.mode in COLOURS and orientation in (1, *TURNED):
            data, mode, (width, height), filtered = paper, image.mode, image.size, pikepdf.Name.DCTDecode
        else:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            flat = _flat(ImageOps.exif_transpose(image))
            data, mode, (width, height), filtered, orientation = flat.tobytes(), "RGB", flat.size, None, 1
    fields = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": width,
        "Height": height,
        "ColorSpace": pikepdf.Name(COLOURS[mode]),
        "BitsPerComponent": 8,
    }
    stream = pikepdf.Stream(whole, data, **fields)
    if filtered is not None:
        stream.Filter = filtered
    return stream, TURNED.get(orientation, 0)


def _flat(image: Image.Image) -> Image.Image:
    """The picture on white paper."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    plain = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", plain.size, "white"), plain).convert("RGB")
