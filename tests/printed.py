"""Reading a typeset PDF back: its text, and where it stands on the page."""

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pikepdf


@dataclass(frozen=True)
class Line:
    """A run of text on a page, with its left and right edge in points."""

    page: int
    left: float
    right: float
    bottom: float
    text: str


def read(pdf: bytes) -> list[Line]:
    """All text of a PDF in the order it was written, upright text only as far as the edges are concerned."""
    lines = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            fonts = {str(name): _font(font) for name, font in page.Resources.Font.items()}
            stack, ctm = [], pikepdf.Matrix()
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        stack.append(ctm)
                    case "Q":
                        ctm = stack.pop()
                    case "cm":
                        ctm = pikepdf.Matrix(*operands) @ ctm
                    case "Tf":
                        letters, widths = fonts[str(operands[0])]
                        size = float(operands[1])
                    case "Tm":
                        place = pikepdf.Matrix(*operands) @ ctm
                    case "Tj" | "TJ":
                        parts = operands if str(operator) == "Tj" else operands[0]
                        text, width = _shown(parts, letters, widths)
                        end = (pikepdf.Matrix(1, 0, 0, 1, width * size / 1000, 0) @ place).e
                        lines.append(Line(number, place.e, end, place.f, text))
    return lines


def _font(font) -> tuple[dict[int, str], dict[int, float]]:
    letters = {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<(\w{4})> <(\w+)>", font.ToUnicode.read_bytes().decode("ascii", "replace"))
    }
    listed, widths = list(font.DescendantFonts[0].W), {}
    while listed:
        first, second = int(listed[0]), listed[1]
        if isinstance(second, pikepdf.Array):
            widths.update((first + step, float(width)) for step, width in enumerate(second))
            listed = listed[2:]
        else:
            widths.update((code, float(listed[2])) for code in range(first, int(second) + 1))
            listed = listed[3:]
    return letters, widths


def _shown(parts, letters, widths) -> tuple[str, float]:
    """The text of one showing, and its width up to its last visible letter (a blank may hang over the margin)."""
    text, width, visible = "", 0.0, 0.0
    for part in parts:
        if isinstance(part, (int, float, Decimal)):
            width -= float(part)
            continue
        raw = bytes(part)
        for code in (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)):
            text += letters.get(code, "")
            width += widths[code]
            visible = visible if text.endswith(" ") else width
    return text, visible


def letters_of(text: str) -> str:
    """A text without blanks and line-end hyphens, for comparing what was given with what was printed."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", text)


@cache
def printed(pdf: bytes) -> str:
    return letters_of("".join(line.text for line in read(pdf)))


def texts_of(value, path=""):
    if isinstance(value, dict):
        for key, part in value.items():
            yield from texts_of(part, f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from texts_of(part, f"{path}.{position}")
    else:
        yield path, value
