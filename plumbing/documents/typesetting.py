"""A template and its data become a PDF/A-2b: tagged, archivable, and the same bytes for the same data.

Only the fonts beside this file are used, so a paper looks the same on every machine and in ten years. The compiler
and its fonts are kept warm: the first document of a process costs about 50 ms, the next ones a few.
"""

import base64
import io
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import segno
import typst

from plumbing.documents import data_contract
from plumbing.documents.errors import DocumentDataWrong, DocumentError
from plumbing.documents.photos import for_paper

PROJECT_ROOT = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).with_name("fonts")


@dataclass(frozen=True)
class Typeset:
    """A rendered document and where its signature belongs: (page counted from 0, x1, y1, x2, y2 in points from
    the lower left corner), or None for a document without a place for an electronic signature."""

    pdf: bytes
    signature_box: tuple[int, float, float, float, float] | None


def render(template: Path, data: dict) -> bytes:
    """The PDF/A-2b of one document.

    `template` is an absolute path inside the project. `data` follows `<name>.example.json`; its `document_date`
    (ISO instant with offset) dates the file, and every key that ends in `_qr` holds the text of a QR code, every
    key that ends in `_photo` a JPEG or PNG as base64.
    Raises `DocumentDataWrong` naming the key, `DocumentError` for anything else.
    """
    return typeset(template, data).pdf


def typeset(template: Path, data: dict) -> Typeset:
    """As `render`, together with the place of the signature."""
    data_contract.check(template, data)
    prepared = json.dumps(_with_pictures(data), ensure_ascii=False)
    try:
        pdf, warnings = _compiler().compile_with_warnings(
            input=str(template),
            sys_inputs={"data": prepared},
            pdf_standards=["a-2b"],
            timestamp=_instant(template, data["document_date"]),
        )
    except typst.TypstError as error:
        # The diagnostic quotes lines of the template, never the data.
        raise DocumentError(f"document {template.stem}: {getattr(error, 'diagnostic', '') or error}") from error
    if warnings:
        raise DocumentError(f"document {template.stem}: {'; '.join(warning.message for warning in warnings)}")
    return Typeset(pdf, _signature_box())


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        root=str(PROJECT_ROOT),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )


def _signature_box() -> tuple[int, float, float, float, float] | None:
    found = json.loads(_compiler().query("<signature-box>", field="value"))
    if not found:
        return None
    box = {name: float(str(value).removesuffix("pt")) for name, value in found[0].items()}
    top = box["paper_height"] - box["y"]
    return int(box["page"]) - 1, box["x"], top - box["height"], box["x"] + box["width"], top


def _with_pictures(value):
    if isinstance(value, dict):
        return {key: _drawn(key, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_pictures(part) for part in value]
    return value


def _drawn(key: str, part):
    if key.endswith("_qr"):
        return _qr_code(part)
    return for_paper(base64.b64decode(part)) if key.endswith("_photo") else _with_pictures(part)


def _qr_code(text: str) -> dict:
    picture = io.BytesIO()
    # A fixed mask: any reader reads any mask, and choosing among the eight takes five times as long.
    segno.make(text, error="m", micro=False, mask=3).save(picture, kind="svg", border=0, xmldecl=False, svgns=True)
    return {"text": text, "svg": picture.getvalue().decode()}


def _instant(template: Path, text: str) -> int:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise DocumentDataWrong(template.stem, "document_date", "must be an ISO date and time") from None
    if instant.tzinfo is None:
        raise DocumentDataWrong(template.stem, "document_date", "must carry its offset from UTC")
    return int(instant.timestamp())
