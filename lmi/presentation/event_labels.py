"""Names for circles on the line of time: beside them, else on an upright line that runs behind the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from lmi.presentation.corner import VEIL
from lmi.presentation.frame import Canvas
from lmi.presentation.placement import Box, Plot
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import CONTEXT, TEXT

_WIDTHS = (150, 210)  # of a line of a name, in desk pixels, tried in turn
_MOST_LINES = 3
_LIMIT = 0.4  # no name covers more; a circle that must stay in sight costs 1
_DOUBT = 5  # a name closer than this to another circle, in desk pixels, could be its name
_STEMS = range(10, 180, 8)  # lengths of the line to a name, in desk pixels
_STEM_COST = 0.002  # per pixel: the shorter the better
_BEHIND = 0.03  # for each circle that the line runs behind
_SMALLER = 0.55  # of the radius of the named circle: a larger one is not run behind
_ACROSS = 260  # desk pixels beyond which a circle cannot touch a name


@dataclass(frozen=True)
class Point:
    """A circle to be named. unit: its place in the plot, 0 to 1; at: in the units of the axes.

    sign: the side on which its name may stand on a line: up (1) or down (-1).
    """

    key: str
    text: str
    unit: tuple[float, float]
    at: tuple[float, float]
    radius: float
    sign: int

    def box(self) -> Box:
        """The room of the circle."""
        return Box(*self.unit, -self.radius, self.radius, -self.radius, self.radius)


@dataclass(frozen=True)
class Label:
    """A name and where it stands. stem: from the middle of its circle to the end of its line, or 0.

    At the end of a line the name hangs on that end, so that it keeps its order among the circles on a
    taller picture; stem is in the units of the vertical axis, which are pixels of the lowest picture.
    """

    point: Point
    lines: tuple[str, ...]
    box: Box
    stem: float = 0.0

    @property
    def room(self) -> list[Box]:
        """All that it takes."""
        half = sorted((0.0, self.stem / 2))
        line = [Box(*self.point.unit, -3, 3, half[0], half[1]),
                Box(self.box.x, self.box.y, -3, 3, -half[1], -half[0])]  # fmt: skip
        return [self.box, *(line if self.stem else [])]


def place_names(
    points: Sequence[Point],
    canvas: Canvas,
    plot: Plot,
    marks: Sequence[tuple[Box, float]],
    most: int,
) -> list[Label]:
    """Names for as many as `most` points, the first first. marks: circles and what covering each costs."""
    placed: list[Label] = []
    for point in points:
        if len(placed) == most:
            break
        reach = _ACROSS * canvas.u / plot.widths[0]
        near = [(b, c) for b, c in marks if abs(b.x - point.unit[0]) < reach and (b.x, b.y) != point.unit]
        taken = [box for label in placed for box in (*label.room, label.point.box())]
        own = point.box()
        if all(plot.clear(own, box) for label in placed for box in label.room):
            label = _find(point, canvas, plot, near, taken)
            placed += [label] if label else []
    return placed


def _find(
    point: Point,
    canvas: Canvas,
    plot: Plot,
    marks: Sequence[tuple[Box, float]],
    taken: Sequence[Box],
) -> Label | None:
    """The cheapest free place of a name."""
    size, u = canvas.sizes.tick, canvas.u
    best: Label | None = None
    least = _LIMIT
    for turn, width in enumerate(_WIDTHS):
        lines = tuple(wrap(point.text, width * u, size))
        if not lines or len(lines) > _MOST_LINES:
            continue
        room = max(measure(t, size) for t in lines) + 4 * u, block_height(len(lines), size) + 2 * u
        for label, base in _places(point, lines, room, (u, plot.heights[0])):
            cost = base + 0.02 * turn
            if cost >= least or not plot.inside(label.box):
                continue
            if not all(plot.clear(b, t) for b in label.room for t in taken):
                continue
            cost += _cover(label, plot, marks, u, least - cost)
            if cost < least:
                best, least = label, cost
    return best


def _places(
    point: Point, lines: tuple[str, ...], room: tuple[float, float], scale: tuple[float, float]
) -> Iterator[tuple[Label, float]]:
    """Places beside the circle, then on lines away from the line of time; and what each costs."""
    (w, h), (u, tall), s = room, scale, point.sign
    r = point.radius + 3 * u
    beside = [(r, r + w, -h / 2, h / 2), (-r - w, -r, -h / 2, h / 2)]
    beside.append((-w / 2, w / 2, r, r + h) if s > 0 else (-w / 2, w / 2, -r - h, -r))
    for n, sides in enumerate(beside):
        yield Label(point, lines, Box(*point.unit, *sides)), 0.005 * n
    for length in _STEMS:
        reach = point.radius + length * u
        for left in (-w / 2, -w + 6 * u, -6 * u, -0.75 * w, -0.25 * w):
            low, high = sorted((0.0, s * h))
            box = Box(point.unit[0], point.unit[1] + s * reach / tall, left, left + w, low, high)
            yield Label(point, lines, box, s * reach), 0.03 + length * _STEM_COST


def _cover(label: Label, plot: Plot, marks: Sequence[tuple[Box, float]], u: float, least: float) -> float:
    """What the name covers, counted until it is `least`.

    A line is never led behind a circle that it could seem to come from.
    """
    text, *line = label.room
    by, cost = 0 if line else _DOUBT * u, 0.0
    text = Box(text.x, text.y, text.left - by, text.right + by, text.bottom, text.top)
    for box, weight in marks:
        if line and not all(plot.clear(part, box) for part in line):
            cost += _BEHIND if box.right < _SMALLER * label.point.radius else _LIMIT
        if cost < least and not plot.clear(text, box):
            cost += weight
        if cost >= least:
            break
    return cost


def draw_labels(figure: go.Figure, labels: Sequence[Label], canvas: Canvas) -> None:
    """Write the names; their lines run behind all circles."""
    for label in labels:
        (x, y), box = label.point.at, label.box
        if label.stem:
            figure.add_shape(
                name="stem", type="line", layer="below", x0=x, x1=x, y0=y, y1=y + label.stem,
                line={"color": CONTEXT, "width": canvas.u},
            )  # fmt: skip
        figure.add_annotation(
            name="point", text=joined(list(label.lines)), showarrow=False, borderpad=0, align="left",
            bgcolor=VEIL, x=x, y=y + label.stem, xanchor="center", yanchor="middle",
            xshift=(box.left + box.right) / 2, yshift=(box.bottom + box.top) / 2,
            font={"size": canvas.sizes.tick, "color": TEXT},
        )  # fmt: skip
