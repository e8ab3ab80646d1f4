"""Labels for points: tried in a fixed order of places, left out rather than laid over one another.

A figure is drawn at any width and height between two canvases, while text keeps its size. A label is
kept only if it is clear of every other label on all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Box:
    """A rectangle that hangs on a point of the plot (x, y in 0–1, y upwards) by pixel offsets.

    far: it needs a line to its point.
    """

    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float
    far: bool = False

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
    wishes: Iterable[Wish],
    plot: Plot,
    *,
    obstacles: Sequence[Box] = (),
    marks: Sequence[tuple[Box, float]] = (),
    limit: float = inf,
) -> dict[str, Box]:
    """A box for every label that fits, in order of importance.

    obstacles, earlier labels and the points they name are never touched. marks: boxes and what
    covering each costs; the cheapest free place wins, ties go to the earlier in a fixed order, and
    a label that would cost more than `limit` is left out.
    """
    placed: dict[str, Box] = {}
    taken, named = list(obstacles), list[Box]()
    for wish in wishes:
        own = Box(wish.x, wish.y, -wish.radius, wish.radius, -wish.radius, wish.radius)
        if wish.key in placed or not all(plot.clear(own, box) for box in placed.values()):
            continue
        best, least = None, limit
        for box in _places(wish):
            if plot.inside(box) and all(plot.clear(box, other) for other in (*taken, *named)):
                cost = sum(weight for mark, weight in marks if not plot.clear(box, mark))
                cost += _FAR_COST if box.far else 0
                if cost < least or (best is None and cost <= limit):
                    best, least = box, cost
        if best is not None:
            placed[wish.key] = best
            taken.append(best)
            named.append(own)
    return placed


_FAR_COST = 0.3
_DISTANCES = (3, 24, 46)  # from mark to text, for a mark of 7 pixels


def _places(wish: Wish) -> list[Box]:
    return [box for distance in _DISTANCES for box in _ring(wish, distance * wish.radius / 7)]


def _ring(wish: Wish, distance: float) -> list[Box]:
    w, h, gap = wish.width, wish.height, wish.radius + distance
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
    far = distance > _DISTANCES[0] * wish.radius / 7
    return [Box(wish.x, wish.y, *corner, far=far) for corner in corners]


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


def spread(
    centres: Sequence[float], widths: Sequence[float], limits: tuple[float, float], gap: float
) -> list[float] | None:
    """Middles for texts side by side on one line, each as near to its centre as the others allow.

    None if they are too wide together. Moving them by the same pixels on a wider plot keeps them apart.
    """
    if sum(widths) + gap * (len(widths) - 1) > limits[1] - limits[0]:
        return None
    order = sorted(range(len(centres)), key=lambda k: (centres[k], k))
    offsets, at = [], limits[0]
    for i in order:
        offsets.append(at + widths[i] / 2)
        at += widths[i] + gap
    slack = limits[1] - (at - gap)
    blocks: list[list[float]] = []  # runs of texts that touch: mean shift and count
    for i, offset in zip(order, offsets, strict=True):
        blocks.append([centres[i] - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2:]
            blocks[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    shifts = [min(max(mean, 0), slack) for mean, count in blocks for _ in range(int(count))]
    result = [0.0] * len(centres)
    for i, offset, shift in zip(order, offsets, shifts, strict=True):
        result[i] = offset + shift
    return result
