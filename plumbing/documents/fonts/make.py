"""How the fonts beside this file were made from Liberation 2.1; run by hand with `fonttools` when they are renewed.

    python plumbing/documents/fonts/make.py /usr/share/fonts/truetype/liberation

Instructions for screens of few pixels are taken out: on paper and on today's screens they change nothing, and each
document would carry 6 to 9 kB of them per font. The licence (OFL 1.1) asks that a changed font has a name of its own.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FAMILIES = {"Liberation Serif": "Kantor Serif", "Liberation Sans": "Kantor Sans"}
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
FOR_SCREENS = ("fpgm", "prep", "cvt ", "hdmx", "LTSH", "VDMX", "gasp")


def make(source: Path, target: Path, family: str, own: str) -> None:
    """One font without its screen instructions, under its own family name."""
    font = TTFont(source)
    for table in FOR_SCREENS:
        if table in font:
            del font[table]
    for glyph in font["glyf"].keys():  # noqa: SIM118 - a table, not a dict
        font["glyf"][glyph].removeHinting()
    font["maxp"].maxSizeOfInstructions = 0
    for record in font["name"].names:
        text = record.toUnicode().replace(family, own).replace(family.replace(" ", ""), own.replace(" ", ""))
        record.string = text
    font.save(target)


if __name__ == "__main__":
    for family, own in FAMILIES.items():
        for style in STYLES:
            source = Path(sys.argv[1]) / f"{family.replace(' ', '')}-{style}.ttf"
            if source.exists():
                make(source, HERE / f"{own.replace(' ', '')}-{style}.ttf", family, own)
