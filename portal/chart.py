"""Bars of a chart, worked out here so that the page carries a drawing and no program. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 8, 20, 34
WIDEST = 64.0
GRID = 4


@dataclass(frozen=True)
class Bar:
    """One bar: its value, its label (empty where there is no room for one), its place in the drawing."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Chart:
    """Bars and the lines behind them: (value, height in the drawing)."""

    bars: list[Bar]
    grid: list[tuple[int, float]]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    left: int = LEFT


def chart(values: Sequence[tuple[str, int]], labels: int = 12) -> Chart:
    """A bar for each (label, value); at most about so many labels are written."""
    most = _top(max((value for _, value in values), default=0))
    room, floor = WIDTH - LEFT - RIGHT, HEIGHT - BOTTOM
    slot = room / max(1, len(values))
    width = min(WIDEST, slot * 0.72)
    every = max(1, -(-len(values) // labels))
    bars = []
    for n, (label, value) in enumerate(values):
        height = round((floor - TOP) * value / most, 1)
        x = round(LEFT + slot * n + (slot - width) / 2, 1)
        bars.append(Bar(label if n % every == 0 else "", value, x, round(floor - height, 1), round(width, 1), height))
    lines = [(most * n // GRID, round(floor - (floor - TOP) * n / GRID, 1)) for n in range(GRID + 1)]
    return Chart(bars, lines)


def _top(most: int) -> int:
    """A round number not below the largest value, that the grid divides evenly."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if (top := GRID * factor * step) >= most and top > 0:
                return top
        step *= 10
