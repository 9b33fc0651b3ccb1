"""How wide text will be in a drawing, and where it breaks.

Widths lie between those of Arial and of the broader DejaVu Sans, and the margin of a box is wider than the difference:
whichever font a screen has, text stays in its box.
"""

NARROW, SPACE, SMALL, FIGURE, CAPITAL, WIDE = 0.3, 0.32, 0.58, 0.62, 0.72, 0.94
BOLD = 1.08  # bold letters are that much wider
KINDS = (("iljI.,;:'|!", NARROW), ("tfr()[]-/", 0.4), ("mwMW@%—→", WIDE), ("0123456789", FIGURE))
WIDTHS = {letter: width for letters, width in KINDS for letter in letters} | {" ": SPACE}


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` set at `size` pixels in a sans serif, in pixels."""
    ems = sum(WIDTHS.get(letter, CAPITAL if letter.isupper() else SMALL) for letter in text)
    return ems * size * (BOLD if bold else 1)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """`text` in as few lines as `room` pixels allow, of about one length; a word too long by itself is broken."""
    lines = _filled(text, room, size, bold)
    while len(lines) > 1 and len(narrower := _filled(text, room - size, size, bold)) == len(lines):
        lines, room = narrower, room - size
    return lines


def _filled(text: str, room: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in (piece for each in text.split() for piece in _pieces(each, room, size, bold)):
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, bold=bold) > room:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and width_of(piece + letter, size, bold=bold) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
