"""A path as SVG: readable on paper and on a screen, with no font, script or file from elsewhere."""

from collections.abc import Mapping
from html import escape

from catalogue.path import Path
from catalogue.wording import ENDS
from ptsp.catalogue.arrows import Arrow
from ptsp.catalogue.layout import BOX, LABEL, LANE, LINE, NAME, PILL_HEIGHT, SMALL, TITLE, Box, Layout, layout
from ptsp.catalogue.letters import width_of

INK, GREY, BACK = "#1b2733", "#5a6670", "#b3541e"
OFFICE, APPLICANT, ENDING = ("#eef4fb", "#2f5d8a"), ("#fdf1d9", "#b07a1e"), ("#f1f3f5", "#68737d")
ROUND = 8
LEGEND = (("langkah petugas", OFFICE), ("langkah pemohon", APPLICANT), ("akhir", ENDING))


def svg(title: str, path: Path, role_names: Mapping[str, str]) -> str:
    """The drawing as one SVG document: steps downward, ways around at the left (back: dashed), ends at the right."""
    plan = layout(title, path, role_names)
    parts = [*_heading(plan)]
    parts += [_around(plan, arrow, lane) for arrow, lane in plan.lanes.items()]
    parts += [part for number, arrow in enumerate(plan.downs) for part in _down(plan, arrow, number)]
    for box in plan.boxes:
        parts += _box(plan, box)
        parts += [part for arrow in box.ends for part in _end(plan, box, arrow)]
    parts += _legend(plan)
    size = f'width="{plan.width:.0f}" height="{plan.height:.0f}" viewBox="0 0 {plan.width:.0f} {plan.height:.0f}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="Arial, Helvetica, sans-serif">',
            f"<title>{escape(title)}</title>",
            f"<defs>{_tip('tip', GREY)}{_tip('tip-back', BACK)}</defs>",
            f'<rect width="{plan.width:.0f}" height="{plan.height:.0f}" fill="#ffffff"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _heading(plan: Layout) -> list[str]:
    left = plan.width / 2
    return [
        _text(line, left, 24 + TITLE + number * (TITLE + 6), TITLE, bold=True, anchor="middle")
        for number, line in enumerate(plan.title)
    ]


def _box(plan: Layout, box: Box) -> list[str]:
    fill, stroke = APPLICANT if box.applicants else OFFICE
    text = len(box.name) * LINE + len(box.below) * (LINE - 1)
    y = box.y + (box.height - text) / 2 + NAME
    middle = plan.x + BOX / 2
    parts = [_rect(plan.x, box.y, BOX, box.height, 5, fill, stroke)]
    for line in box.name:
        parts.append(_text(line, middle, y, NAME, bold=True, anchor="middle"))
        y += LINE
    for line in box.below:
        parts.append(_text(line, middle, y, SMALL, fill=GREY, anchor="middle"))
        y += LINE - 1
    return parts


def _down(plan: Layout, arrow: Arrow, number: int) -> list[str]:
    box, middle = plan.box(arrow.source), plan.x + BOX / 2
    start = box.y + box.height
    if arrow.target in ENDS:
        finish, parts = plan.finish_y, _pill(middle - plan.end_width / 2, plan.finish_y, plan.end_width, arrow.target)
    else:
        finish, parts = plan.box(arrow.target).y, []
    line = _line(f"M {middle:.1f} {start:.1f} V {finish - 1:.1f}")
    return [*parts, line, _text(arrow.words, middle + 9, (start + finish) / 2 + 3, LABEL, fill=GREY)]


def _around(plan: Layout, arrow: Arrow, lane: int) -> str:
    """From the left edge of a box into its lane, along it, and back to the left edge of the other box."""
    source, target = plan.box(arrow.source), plan.box(arrow.target)
    x = plan.lane_x - LANE * lane
    start, finish = source.port(arrow), target.port(arrow)
    if source is target:
        start, finish = start - 6, finish + 6
    turn = ROUND if finish > start else -ROUND
    way = (
        f"M {plan.x:.1f} {start:.1f} H {x + ROUND:.1f} Q {x:.1f} {start:.1f} {x:.1f} {start + turn:.1f} "
        f"V {finish - turn:.1f} Q {x:.1f} {finish:.1f} {x + ROUND:.1f} {finish:.1f} H {plan.x - 1:.1f}"
    )
    back = arrow.way == "back"
    words = _text(arrow.words, plan.x - 9, start - 5, LABEL, fill=BACK if back else GREY, anchor="end")
    return _line(way, back=back) + words


def _end(plan: Layout, box: Box, arrow: Arrow) -> list[str]:
    y, right = box.end(arrow), plan.x + BOX
    return [
        _line(f"M {right:.1f} {y:.1f} H {plan.end_x - 1:.1f}"),
        _text(arrow.words, right + 9, y - 5, LABEL, fill=GREY),
        *_pill(plan.end_x, y - PILL_HEIGHT / 2, plan.end_width, arrow.target),
    ]


def _pill(x: float, y: float, width: float, end: str) -> list[str]:
    fill, stroke = ENDING
    shape = _rect(x, y, width, PILL_HEIGHT, PILL_HEIGHT / 2, fill, stroke)
    return [shape, _text(ENDS[end], x + width / 2, y + PILL_HEIGHT / 2 + 4.5, SMALL, anchor="middle")]


def _legend(plan: Layout) -> list[str]:
    x, y = 24.0, plan.height - 22
    parts = []
    for words, (fill, stroke) in LEGEND:
        parts += [_rect(x, y - 10, 16, 12, 3, fill, stroke), _text(words, x + 22, y, LABEL, fill=GREY)]
        x += width_of(words, LABEL) + 44
    if any(arrow.way == "back" for arrow in plan.lanes):
        parts += [_line(f"M {x:.1f} {y - 4:.1f} h 24", back=True), _text("kembali", x + 32, y, LABEL, fill=GREY)]
    return parts


def _rect(x: float, y: float, width: float, height: float, corner: float, fill: str, stroke: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {place} rx="{corner:g}" fill="{fill}" stroke="{stroke}" stroke-width="1.4"/>'


def _text(
    text: str, x: float, y: float, size: float, *, bold: bool = False, fill: str = INK, anchor: str = "start"
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}"{weight}>{escape(text)}</text>'


def _line(way: str, *, back: bool = False) -> str:
    colour, tip, dash = (BACK, "tip-back", ' stroke-dasharray="5 3"') if back else (GREY, "tip", "")
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="1.4"{dash} marker-end="url(#{tip})"/>'


def _tip(name: str, colour: str) -> str:
    place = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"'
    return f'<marker id="{name}" {place}><path d="M 0 0 L 8 4 L 0 8 z" fill="{colour}"/></marker>'
