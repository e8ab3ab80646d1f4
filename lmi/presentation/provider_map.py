"""The ground of maps with circles: which part of the country, at what scale, with which boundaries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin
from typing import Literal

import plotly.graph_objects as go

from lmi.presentation.frame import Canvas
from lmi.presentation.outlines import (
    Geo,
    National,
    Point,
    Projection,
    Window,
    lines_in,
    local_projection,
    rings,
    window_around,
)
from lmi.presentation.placement import Box, Plot
from lmi.presentation.theme import LAND, MUTED, TEXT, tint

Level = Literal["metro", "state", "nation"]
_CLOSE = 2  # circles whose middles are closer than this, in desk pixels, are moved apart
_LEAST = 0.006  # side of the smallest window, in radii of the Earth: about 40 km
_TURNS = 8  # of widening the window for circles that reach out of it
_COUNTRY = Window(-0.42, 0.42, -0.28, 0.23)


@dataclass(frozen=True)
class Place:
    """An institution: where it is and how large its circle is, in pixels. at: on the flat map."""

    unitid: str
    name: str
    city: str
    lonlat: Point
    awards: float
    radius: float = 0.0
    at: Point = (0.0, 0.0)


@dataclass(frozen=True)
class MapPlot(Plot):
    """A plot for placing names whose units are those of the map, from the middle of the window.

    widths and heights hold the smallest and the largest scale, in pixels a unit; the picture between
    them may be wider or higher than the window. views: scale, width and height of each extreme.
    """

    views: tuple[tuple[float, float, float], ...] = ()

    def inside(self, box: Box) -> bool:
        """Whether the box stays within the picture."""
        return all(
            abs(edge) <= room / 2
            for scale, width, height in self.views
            for vertical, room in ((False, width), (True, height))
            for edge in box.span(scale, vertical=vertical)
        )


@dataclass(frozen=True)
class Sheet:
    """What the map shows. codes: of the area, or of its members. outlined: whether a boundary is known.

    whole: whether that of every member is known.
    """

    projection: Projection
    window: Window
    codes: tuple[str, ...]
    outlined: bool
    whole: bool

    def unit(self, point: Point) -> Point:
        """A place as `MapPlot` counts it."""
        w = self.window
        return point[0] - (w.left + w.right) / 2, point[1] - (w.bottom + w.top) / 2

    def plot(self, narrow: Point, wide: Point) -> MapPlot:
        """For pictures between the two widths and heights."""
        sizes = [(w, h) for w in (narrow[0], wide[0]) for h in (narrow[1], wide[1])]
        scales = [min(w / self.window.width, h / self.window.height) for w, h in sizes]
        ends = min(scales), max(scales)
        views = tuple((scale, *size) for scale, size in zip(scales, sizes, strict=True))
        return MapPlot(ends, ends, views)

    def around(self, places: Sequence["Place"], scale: float, slack: float) -> "Sheet":
        """With a window that holds all of every circle. slack: pixels beyond one that reaches out of it."""
        w = self.window
        left, right, bottom, top = w.left, w.right, w.bottom, w.top
        for place in places:
            (x, y), r, more = place.at, place.radius / scale, (place.radius + slack) / scale
            left, right = x - more if x - r < left else left, x + more if x + r > right else right
            bottom, top = y - more if y - r < bottom else bottom, y + more if y + r > top else top
        return replace(self, window=Window(left, right, bottom, top))

    def filling(self, width: float, height: float) -> "Sheet":
        """As wide as a picture of that size shows at the same scale: more of the neighbours."""
        more = max(self.window.height * width / height - self.window.width, 0) / 2
        return replace(self, window=replace(self.window, left=self.window.left - more,
                                            right=self.window.right + more))  # fmt: skip


def sheet_for(
    places: Sequence[Place], codes: Sequence[str], level: Level, metros: Geo | None, states: Geo | None
) -> Sheet:
    """The area in the middle: the boundaries of all its members where they are known, else the institutions.

    codes: metropolitan areas and states, in any mixture.
    """
    if level == "nation":
        known = states is not None
        return Sheet(National(), _COUNTRY, (), known, known)
    lines = [line for geo in (metros, states) for line in rings(geo, codes)]
    whole = {code for code, _ in lines} == set(codes)
    border, spots = [p for _, ring in lines for p in ring], [p.lonlat for p in places]
    if not whole:  # a member without a boundary has its institutions only
        border, spots = border + spots, spots if not lines else []
    if not border:
        return Sheet(National(), _COUNTRY, (), False, False)
    projection = local_projection(border)
    window = window_around([projection.at(*p) for p in border])
    if lines:  # an office just over the border still belongs in the picture
        near = [at for p in spots if window.grown(0.25).holds(at := projection.at(*p))]
        window = window_around([(window.left, window.bottom), (window.right, window.top), *near])
    lack = max(_LEAST - max(window.width, window.height), 0) / 2
    window = Window(window.left - lack, window.right + lack, window.bottom - lack, window.top + lack)
    return Sheet(projection, window.grown(0.05), tuple(codes), bool(lines), whole)


def draw_land(
    figure: go.Figure, sheet: Sheet, level: Level, geo: tuple[Geo | None, Geo | None], canvas: Canvas
) -> None:
    """Boundaries: states on light ground, neighbouring metros as fine lines, the area marked.

    The picture is never larger than the window: Plotly keeps a range that it has widened for a wide
    screen when the screen becomes narrow again, until the area is a speck; it forgets a domain.
    """
    metros, states = geo
    u, accent = canvas.u, canvas.frame.palette.accent
    if states is None:
        figure.add_shape(name="ground", type="rect", xref="paper", yref="paper", x0=0, x1=1, y0=0, y1=1,
                         fillcolor=LAND, line={"width": 0}, layer="below")  # fmt: skip
    layers: list[tuple[str, Geo | None, str, str, float, tuple[str, ...]]]
    layers = [("states", states, LAND, tint(MUTED, 0.7), 1.2 * u, ())]
    if level == "metro":
        layers.append(("neighbours", metros, tint(MUTED, 0.1), tint(MUTED, 0.6), 0.8 * u, sheet.codes))
    if sheet.outlined and sheet.codes:
        every = [f for own in (states, metros) for f in (own or {}).get("features", ())]
        chosen = {"features": [f for f in every if str(f.get("id")) in sheet.codes]}
        layers.append(("area", chosen, tint(accent, 0.1), TEXT, 1.8 * u, ()))
    for name, source, fill, line, width, without in layers:
        xs, ys = lines_in(source, sheet.projection, sheet.window, without)
        figure.add_scatter(
            name=name, x=xs, y=ys, mode="lines", fill="toself", fillcolor=fill, hoverinfo="skip",
            line={"color": line, "width": width},
        )  # fmt: skip
    window = sheet.window
    figure.update_xaxes(range=[window.left, window.right], visible=False, constrain="domain")
    figure.update_yaxes(
        range=[window.bottom, window.top], visible=False, scaleanchor="x", scaleratio=1, constrain="domain"
    )


def hold_circles(
    sized: Sequence[Place], sheet: Sheet, canvas: Canvas, around: float
) -> tuple[Sheet, MapPlot, list[Place], bool]:
    """The window that holds every circle whole on the smallest picture, and the circles set apart on it.

    sized: places with their radius, largest first. around: pixels above and below the map.
    """
    for _ in range(_TURNS):
        plot = _plot(canvas, sheet, around)
        spread, moved = set_apart(sized, plot.widths[0], canvas.u)
        wider = sheet.around(spread, plot.widths[0], 3 * canvas.u)
        if wider == sheet:
            break
        sheet = wider
    sheet = sheet.filling(*plot.views[0][1:])
    return sheet, _plot(canvas, sheet, around), spread, moved


def _plot(canvas: Canvas, sheet: Sheet, around: float) -> MapPlot:
    widest = 1.25 * canvas.min_width if canvas.frame.phone else max(1600, 1.1 * canvas.sizes.width)
    low = canvas.plot_height(0, around)
    narrow = canvas.plot_width(canvas.pad, canvas.pad)
    return sheet.plot((narrow, low), (max(widest - 2 * canvas.pad, narrow), max(620 * canvas.u, low)))


def set_apart(places: Sequence[Place], scale: float, u: float) -> tuple[list[Place], bool]:
    """Places of which one would hide the other, moved to the rim of the largest of them.

    places: largest first. scale: pixels a unit of the map on the smallest picture.
    """
    heads: list[Place] = []
    groups: dict[str, list[Place]] = {}
    for place in places:
        head = next((h for h in heads if _apart(h, place) * scale < _CLOSE * u), None)
        if head is None:
            heads.append(place)
        groups.setdefault((head or place).unitid, []).append(place)
    at: dict[str, Point] = {}
    for head in heads:
        others = groups[head.unitid][1:]
        for i, other in enumerate(others):
            turn = 2 * pi * i / len(others) + 0.6
            reach = max(head.radius, other.radius + 3 * u) / scale
            at[other.unitid] = head.at[0] + reach * cos(turn), head.at[1] + reach * sin(turn)
    return [replace(p, at=at.get(p.unitid, p.at)) for p in places], bool(at)


def _apart(one: Place, other: Place) -> float:
    return hypot(one.at[0] - other.at[0], one.at[1] - other.at[1])
