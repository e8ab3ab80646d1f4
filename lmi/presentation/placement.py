"""Labels for points: tried in a fixed order of places, left out rather than laid over one another.

A figure is drawn at any width and height between two canvases, while text keeps its size. A label is
kept only if it is clear of every other label on all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle that hangs on a point of the plot (x, y in 0–1, y upwards) by pixel offsets."""

    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float

    def span(self, size: float, *, vertical: bool) -> tuple[float, float]:
        """Extent in pixels on a plot of the given width (or height)."""
        at, low, high = (self.y, self.bottom, self.top) if vertical else (self.x, self.left, self.right)
        return at * size + low, at * size + high


@dataclass(frozen=True)
class Plot:
    """The smallest and the largest plot, in pixels, that a placement must hold for."""

    widths: tuple[float, float]
    heights: tuple[float, float]

    def clear(self, one: Box, other: Box) -> bool:
        """Whether two boxes stay apart on every plot between the two."""
        return _apart(one, other, self.widths, False) or _apart(one, other, self.heights, True)

    def inside(self, box: Box) -> bool:
        """Whether the box stays within the plot."""
        return all(
            low >= 0 and high <= size
            for vertical, sizes in ((False, self.widths), (True, self.heights))
            for size in sizes
            for low, high in [box.span(size, vertical=vertical)]
        )


@dataclass(frozen=True)
class Wish:
    """A label to place: its point (0–1), its size in pixels, and how far the mark reaches."""

    key: str
    x: float
    y: float
    width: float
    height: float
    radius: float


def place_labels(
    wishes: Iterable[Wish], plot: Plot, *, obstacles: Sequence[Box] = (), marks: Sequence[Box] = ()
) -> dict[str, Box]:
    """A box for every label that fits, in order of importance.

    obstacles and earlier labels are never touched. Of the free places the one that covers the fewest
    marks wins; ties go to the earlier place in a fixed order.
    """
    placed: dict[str, Box] = {}
    for wish in wishes:
        taken = [*obstacles, *placed.values()]
        free = [
            box
            for box in _places(wish)
            if plot.inside(box) and all(plot.clear(box, other) for other in taken)
        ]
        if free and wish.key not in placed:
            placed[wish.key] = min(
                free, key=lambda b: sum(not plot.clear(b, m) for m in marks)
            )  # min keeps the first of equals
    return placed


def _places(wish: Wish) -> list[Box]:
    w, h, gap = wish.width, wish.height, wish.radius + 3
    near, half = gap * 0.7, h / 2
    corners = [
        (gap, gap + w, -half, half),  # right
        (near, near + w, near, near + h),  # above right
        (near, near + w, -near - h, -near),  # below right
        (-w / 2, w / 2, gap, gap + h),  # above
        (-w / 2, w / 2, -gap - h, -gap),  # below
        (-gap - w, -gap, -half, half),  # left
        (-near - w, -near, near, near + h),  # above left
        (-near - w, -near, -near - h, -near),  # below left
    ]
    return [Box(wish.x, wish.y, *corner) for corner in corners]


def _apart(one: Box, other: Box, sizes: tuple[float, float], vertical: bool) -> bool:
    spans = [(one.span(s, vertical=vertical), other.span(s, vertical=vertical)) for s in sizes]
    before = all(a[1] <= b[0] for a, b in spans)
    return before or all(b[1] <= a[0] for a, b in spans)


def stagger(
    centres: Sequence[float], widths: Sequence[float], limits: tuple[float, float], gap: float
) -> list[tuple[float, int]]:
    """Middles and levels (0 nearest) for texts along one line, so that none overlaps another.

    A text keeps its middle unless it would leave the limits; then it is moved just inside.
    """
    ends: list[float] = []
    result: list[tuple[float, int]] = [(0.0, 0)] * len(centres)
    for i in sorted(range(len(centres)), key=lambda k: (centres[k], k)):
        middle = min(max(centres[i], limits[0] + widths[i] / 2), limits[1] - widths[i] / 2)
        start = middle - widths[i] / 2
        level = next((n for n, end in enumerate(ends) if end + gap <= start), len(ends))
        ends[level : level + 1] = [middle + widths[i] / 2]
        result[i] = (middle, level)
    return result
