"""Names for points: beside the point where that is beyond doubt, else on an upright line, else by number.

A numbered point becomes a disc, and its name stands in a key under the plot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from lmi.presentation.corner import VEIL
from lmi.presentation.frame import Canvas
from lmi.presentation.placement import Box, Plot, Wish, place_labels
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import CONTEXT, TEXT

Marks = Sequence[tuple[Box, float]]
DISC = 9  # radius of a numbered point, in desk pixels
_WIDTHS = (170, 250)  # of a line of a name, in desk pixels, tried in turn
_MOST_LINES = 3
_LIMIT = 0.8  # no name is laid over marks that cost more in all
_DOUBT = 6  # a name closer than this to another mark, in desk pixels, could be its name
_STEMS = range(12, 85, 8)  # lengths of the line under a name, in desk pixels
_GLUE = "\ue000"  # a space that no line is broken at; a private character, never shown
_STEM_COST = 0.004  # per pixel: the shorter the better


@dataclass(frozen=True)
class Spot:
    """A point that is to be named.

    unit: its place in the plot as `placement` counts it. at: the same in the units of the axes.
    radius: of its mark, in pixels. flag: its name may stand on a line only.
    """

    key: str
    text: str
    unit: tuple[float, float]
    at: tuple[float, float]
    radius: float
    flag: bool = False

    def box(self, radius: float | None = None) -> Box:
        """The room of the mark."""
        r = self.radius if radius is None else radius
        return Box(*self.unit, -r, r, -r, r)


@dataclass(frozen=True)
class Name:
    """A name and where it stands. stem: the line that joins it to its point."""

    spot: Spot
    lines: tuple[str, ...]
    box: Box
    stem: Box | None = None

    @property
    def room(self) -> list[Box]:
        """All that it takes."""
        return [self.box] if self.stem is None else [self.box, self.stem]


def plan_names(
    spots: Sequence[Spot], numbered: Sequence[str], canvas: Canvas, plot: Plot, marks: Marks
) -> tuple[list[Name], list[str]]:
    """Names for the spots that are not numbered, the first first; and the keys of those without room.

    marks: boxes and what covering each costs, 1 for one that must stay in sight. No name touches
    another, a point that has a name or a disc.
    """
    points = {s.key: s.box(max(s.radius, DISC * canvas.u) if s.key in numbered else None) for s in spots}
    rooms, names, missed = list[Box](), list[Name](), list[str]()
    for spot in spots:
        if spot.key in numbered:
            continue
        name = None
        if all(plot.clear(spot.box(), box) for box in rooms):
            taken = [*rooms, *(box for key, box in points.items() if key != spot.key)]
            name = _find(spot, canvas, plot, taken, _near(spot, marks, plot, canvas))
        if name is None:
            missed.append(spot.key)
        else:
            names.append(name)
            rooms += name.room
    return names, missed


def _near(spot: Spot, marks: Marks, plot: Plot, canvas: Canvas) -> Marks:
    """The marks that a name of the spot can touch; not its own."""
    across = (_WIDTHS[-1] + 60) * canvas.u / plot.widths[0]
    up = (_STEMS[-1] + 80) * canvas.u / plot.heights[0]
    return [
        (box, cost) for box, cost in marks
        if abs(box.x - spot.unit[0]) < across and abs(box.y - spot.unit[1]) < up
        and (box.x, box.y) != spot.unit
    ]  # fmt: skip


def _find(spot: Spot, canvas: Canvas, plot: Plot, taken: Sequence[Box], marks: Marks) -> Name | None:
    """A free place for the name, beside its mark or on a line from it."""
    size, u = canvas.sizes.tick, canvas.u
    wide = [_grown(mark, _DOUBT * u) for mark in marks]
    for width in _WIDTHS:
        lines = tuple(wrap(spot.text, width * u, size))
        if not lines or len(lines) > _MOST_LINES:
            continue
        room = (max(measure(t, size) for t in lines) + 4 * u, block_height(len(lines), size) + 2 * u)
        if not spot.flag:
            wish = Wish(spot.key, *spot.unit, *room, spot.radius + 2 * u)
            placed = place_labels([wish], plot, obstacles=taken, marks=wide, limit=_LIMIT)
            box = placed.get(spot.key)
            if box and not box.far:
                return Name(spot, lines, box)
        flag = _flag(spot, room, plot, taken, marks, u)
        if flag:
            return Name(spot, lines, *flag)
    return None


def _grown(mark: tuple[Box, float], by: float) -> tuple[Box, float]:
    box, cost = mark
    by = by if cost >= _LIMIT else 0
    return Box(box.x, box.y, box.left - by, box.right + by, box.bottom - by, box.top + by), cost


def _flag(
    spot: Spot, room: tuple[float, float], plot: Plot, taken: Sequence[Box], marks: Marks, u: float
) -> tuple[Box, Box] | None:
    """The cheapest text and line that are free."""
    best, least = None, _LIMIT
    for length in _STEMS:
        if length * _STEM_COST >= least:
            break
        for text, stem in _flags(spot, room, length, u):
            if not plot.inside(text) or not all(plot.clear(b, t) for b in (text, stem) for t in taken):
                continue
            cost = length * _STEM_COST + sum(
                weight for m, weight in marks if not plot.clear(text, m) or not plot.clear(stem, m)
            )
            if cost < least:
                best, least = (text, stem), cost
    return best


def _flags(spot: Spot, room: tuple[float, float], length: float, u: float) -> Iterator[tuple[Box, Box]]:
    """Texts over and under the point, and the lines that join them to it."""
    (w, h), r = room, spot.radius
    reach = r + length * u
    for left in (-w / 2, -w + 6 * u, -6 * u, -0.75 * w, -0.25 * w):
        ends = left, left + w
        yield Box(*spot.unit, *ends, reach, reach + h), Box(*spot.unit, -2 * u, 2 * u, r, reach)
        yield Box(*spot.unit, *ends, -reach - h, -reach), Box(*spot.unit, -2 * u, 2 * u, -reach, -r)


def draw_names(
    figure: go.Figure, names: Sequence[Name], canvas: Canvas, refs: tuple[str, str] = ("x", "y")
) -> None:
    """Write the names, with the lines of those that stand off."""
    for name in names:
        spot, box, stem = name.spot, name.box, name.stem
        place = {"xref": refs[0], "x": spot.at[0], "yref": refs[1], "y": spot.at[1]}
        if stem:
            figure.add_annotation(
                name="stem", text="", showarrow=True, arrowhead=0, arrowwidth=canvas.u, arrowcolor=CONTEXT,
                standoff=spot.radius, ax=0, ay=-stem.top if stem.top > 0 else -stem.bottom, **place,
            )  # fmt: skip
        figure.add_annotation(
            name="point", text=joined(list(name.lines)), showarrow=False, borderpad=0, align="left",
            bgcolor=VEIL, xanchor="center", yanchor="middle", xshift=(box.left + box.right) / 2,
            yshift=(box.bottom + box.top) / 2, font={"size": canvas.sizes.tick, "color": TEXT}, **place,
        )  # fmt: skip


def key_lines(names: Sequence[str], canvas: Canvas) -> list[str]:
    """The key of the numbered points, as lines; no number stands at the end of one."""
    text = "; ".join(f"{n}{_GLUE}{words}" for n, words in enumerate(names, 1))
    lines = wrap(text, canvas.text_width, canvas.sizes.tick)
    return [line.replace(_GLUE, " ") for line in lines]


def fit_key(spots: Sequence[Spot], canvas: Canvas, plot: Plot) -> dict[str, str]:
    """Names for the key by key of their spot: as many as a short key holds, the first first.

    A spot whose disc would hide another is left out too.
    """
    most, kept = (8 if canvas.frame.phone else 3), list[Spot]()
    r = 0.65 * DISC * canvas.u
    for spot in spots:
        lines = key_lines([*(s.text for s in kept), spot.text], canvas)
        if len(lines) <= most and all(plot.clear(spot.box(r), s.box(r)) for s in kept):
            kept.append(spot)
    return {s.key: s.text for s in kept}
