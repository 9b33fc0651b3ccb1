"""Where everything of a path stands in its drawing: boxes in one column, ways around at the left, ends at the right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue.path import Path, Step
from catalogue.wording import ENDS, time_words
from ptsp.catalogue.arrows import Arrow, arrows, is_applicants
from ptsp.catalogue.letters import width_of, wrapped

NAME, SMALL, LABEL, TITLE = 14, 12.5, 12, 17  # pixels of type
BOX, INSIDE, LINE = 360, 16, 18  # width of a box, its margin, height of a line of text
GAP, PORT, PILL, LANE, EDGE = 44, 20, 34, 18, 24  # between boxes, ports, ends, lanes; around the drawing
PILL_HEIGHT, PILL_ROOM = 26, 28


@dataclass
class Box:
    """A step in the column. `left`: ways around that begin or end here, from top to bottom; `ends`: at the right."""

    step: Step
    applicants: bool
    name: list[str]
    below: list[str]
    left: list[Arrow] = field(default_factory=list)
    ends: list[Arrow] = field(default_factory=list)
    y: float = 0
    height: float = 0

    def port(self, arrow: Arrow) -> float:
        """The height at which a way around leaves or enters."""
        first = self.y + (self.height - PORT * (len(self.left) - 1)) / 2
        return first + PORT * self.left.index(arrow) + (LABEL / 3 if len(self.left) == 1 else 0)

    def end(self, arrow: Arrow) -> float:
        """The height of the middle of an end beside the box."""
        return self.y + (self.height - PILL * (len(self.ends) - 1)) / 2 + PILL * self.ends.index(arrow)


@dataclass
class Layout:
    """The whole drawing, in pixels. `lanes` says in which lane a way around runs, the innermost being 0."""

    title: list[str]
    boxes: list[Box]
    downs: list[Arrow]
    lanes: dict[Arrow, int]
    x: float
    lane_x: float
    end_x: float
    end_width: float
    width: float
    height: float
    finish_y: float | None

    def box(self, code: str) -> Box:
        """The box of a step."""
        return next(box for box in self.boxes if box.step.code == code)


def layout(title: str, path: Path, role_names: Mapping[str, str]) -> Layout:
    """Place everything. Boxes grow with their text and with what leaves them; overlapping ways get further lanes."""
    drawn = arrows(path)
    around = [arrow for arrow in drawn if arrow.way in ("ahead", "back")]
    place = {step.code: number for number, step in enumerate(path.steps)}
    lanes = _lanes(around, place)
    boxes = [_box(step, role_names) for step in path.steps]
    for number, box in enumerate(boxes):
        here = [arrow for arrow in around if box.step.code in (arrow.source, arrow.target)]
        box.left = sorted(here, key=lambda arrow: _rank(arrow, number, place, lanes[arrow]))
        box.ends = [arrow for arrow in drawn if arrow.way == "end" and arrow.source == box.step.code]
        text = len(box.name) * LINE + len(box.below) * (LINE - 1)
        box.height = max(text + 2 * 12, PORT * len(box.left) + 12, PILL * len(box.ends) + 6)

    labels = max((width_of(arrow.words, LABEL) for arrow in around), default=0)
    lane_x = EDGE + LANE * (max(lanes.values(), default=-1) + 1)
    x = lane_x + labels + 22 if around else EDGE
    ends = [arrow for box in boxes for arrow in box.ends]
    end_width = max(width_of(word, SMALL) for word in ENDS.values()) + PILL_ROOM
    end_x = x + BOX + max((width_of(arrow.words, LABEL) for arrow in ends), default=0) + 40
    width = (end_x + end_width if ends else x + BOX) + EDGE
    heading = wrapped(title, width - 2 * EDGE, TITLE, bold=True)

    y = EDGE + len(heading) * (TITLE + 6) + 14
    for box in boxes:
        box.y, y = y, y + box.height + GAP
    finished = any(arrow.way == "next" and arrow.target in ENDS for arrow in drawn)
    finish_y = y if finished else None
    y = y + PILL_HEIGHT if finished else y - GAP
    downs = [arrow for arrow in drawn if arrow.way == "next"]
    return Layout(heading, boxes, downs, lanes, x, lane_x, end_x, end_width, width, y + 64, finish_y)


def _box(step: Step, role_names: Mapping[str, str]) -> Box:
    room = BOX - 2 * INSIDE
    below = wrapped(role_names[step.actor], room, SMALL)
    if limit := time_words(step):
        together = f"{role_names[step.actor]} · {limit}"
        fits = width_of(together, SMALL) <= room
        below = [together] if fits else [*below, *wrapped(limit, room, SMALL)]
    return Box(step, is_applicants(step), wrapped(step.name, room, NAME, bold=True), below)


def _lanes(around: list[Arrow], place: Mapping[str, int]) -> dict[Arrow, int]:
    """The shortest ways run innermost; two that pass the same stretch of the column never share a lane."""
    taken: list[list[tuple[int, int]]] = []
    lanes: dict[Arrow, int] = {}
    for arrow in sorted(around, key=lambda arrow: abs(place[arrow.source] - place[arrow.target])):
        low, high = sorted((place[arrow.source], place[arrow.target]))
        fitting = (
            number for number, lane in enumerate(taken) if all(high <= a or low >= b for a, b in lane) and high > low
        )
        number = next(fitting, len(taken))
        if number == len(taken):
            taken.append([])
        taken[number].append((low, high))
        lanes[arrow] = number
    return lanes


def _rank(arrow: Arrow, number: int, place: Mapping[str, int], lane: int) -> tuple[int, int]:
    """Ways from or to above first, inner lanes on top; then those below, inner lanes last: so they do not cross."""
    other = arrow.target if place[arrow.source] == number else arrow.source
    return (0, lane) if place[other] <= number else (1, -lane)
