"""QR codes as drawings that stand in the page itself: no request, no inline style. Pure."""

import io

import segno
from markupsafe import Markup


def qr(text: str, label: str) -> Markup:
    """The QR code of a text as SVG, as large as its place allows; `label` is read to who cannot see it."""
    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", border=4, xmldecl=False, svgns=False, omitsize=True, svgclass="qr", light="#fff")
    svg = Markup(drawn.getvalue().decode())
    return svg.replace("<svg ", Markup('<svg role="img" aria-label="{}" ').format(label), 1)
