"""The arrows of a pathway map: from box to box in smooth curves, each with a place of its own to dock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lmi.presentation.frame import Canvas
from lmi.presentation.graph_layout import Placement
from lmi.presentation.pathway_boxes import Box, Grid
from lmi.presentation.pathway_sheet import Sheet
from lmi.presentation.pathway_words import SUGGESTED, VALIDATED, Arrow, Story
from lmi.presentation.theme import CONTEXT, PAPER, SECONDARY_TEXT, TEXT

HEAD = 9  # length of an arrow head, in desk pixels
_LEAD = 3  # of straight line before a curve and before a head
_PORT = 13  # between two arrows at one side of a box, at most
_CLOSEST = 10  # at least
_MARGIN = 10  # at the corners of a box, free of arrows
_SAMPLES = 24  # points of a curve
_THIN, _STEP, _MOST = 1.7, 0.9, 5  # width of a line: no organisation, each one, counted up to
_BULGE = 15  # of an arc between two boxes of one layer
_ARCS = (32, 4, 64)  # room beside the first or last layer: for up to four arcs, for each more, at most

Point = tuple[float, float]  # pixels from the left side of the first layer on the narrowest screen; down


@dataclass(frozen=True)
class Look:
    """How a line is drawn: dash in Plotly's words, colour, width in pixels."""

    dash: str
    colour: str
    width: float


@dataclass(frozen=True)
class Route:
    """The way of one arrow: curves as points, and its tip. arc: within one layer. sign: 1 leads right."""

    arrow: Arrow
    pieces: tuple[tuple[Point, ...], ...]
    goal_layer: int
    tip: float
    sign: int
    arc: bool = False


def arc_room(arcs: int) -> float:
    """Desk pixels to keep free beside the first or the last layer for so many arcs."""
    few, more, most = _ARCS
    return float(min(few + more * max(arcs - 4, 0), most)) if arcs else 0.0


def look(arrow: Arrow, canvas: Canvas) -> Look:
    """Proposed: dashed. Validated: solid, darker. Suggested: dotted, grey. Thicker with each organisation."""
    u = canvas.u
    width = (_THIN + _STEP * min(len(arrow.organisations), _MOST)) * u
    if arrow.status == VALIDATED:
        return Look("solid", TEXT, width)
    if arrow.status == SUGGESTED:
        return Look(f"{1.6 * u:g}px,{4 * u:g}px", CONTEXT, width)
    return Look(f"{7 * u:g}px,{4 * u:g}px", SECONDARY_TEXT, width)


def dock_room(arrows: Sequence[Arrow], layer_of: Mapping[str, int], grid: Grid, u: float) -> dict[str, float]:
    """soc -> pixels that its box is tall at least, so that the heads at its busier side do not overlap."""
    sides = [_arc_side(layer, arrows, layer_of, grid) for layer in range(grid.layers)]
    docked: Counter[tuple[str, int]] = Counter()
    for arrow in arrows:
        start, goal = layer_of[arrow.start], layer_of[arrow.goal]
        sign = 1 if goal > start else -1
        here, there = (sides[start],) * 2 if start == goal else (sign, -sign)
        docked.update([(arrow.start, here), (arrow.goal, there)])
    out: dict[str, float] = {}
    for (soc, _), count in docked.items():
        out[soc] = max(out.get(soc, 0.0), (2 * _MARGIN + (count - 1) * _CLOSEST) * u)
    return out


def route_all(
    arrows: Sequence[Arrow], placement: Placement, boxes: Mapping[str, Box], grid: Grid, u: float
) -> list[Route]:
    """The way of every arrow, docked where it crosses its neighbours least."""
    sides = [_arc_side(layer, arrows, placement.layer, grid) for layer in range(grid.layers)]
    reach = _arc_reach(arrows, placement)
    ports = _ports(arrows, placement, boxes, sides, u)
    routes = []
    for arrow in arrows:
        start, goal = placement.layer[arrow.start], placement.layer[arrow.goal]
        out, into = ports[arrow.pair, "out"], ports[arrow.pair, "in"]
        if start == goal:
            routes.append(_arc(arrow, (start, sides[start]), (out, into), reach[start], grid, u))
            continue
        sign = 1 if goal > start else -1
        stops = [(start, out), *placement.bends.get(arrow.pair, ()), (goal, into)]
        pieces = [
            _curve(a, b, grid, u, sign, last=k == len(stops) - 2) for k, (a, b) in enumerate(pairwise(stops))
        ]
        routes.append(Route(arrow, tuple(pieces), goal, into, sign))
    return routes


def _arc_side(layer: int, arrows: Sequence[Arrow], layer_of: Mapping[str, int], grid: Grid) -> int:
    """On which side of a layer its arcs stand: outside of the first and the last one, where room is kept
    for them, else where fewer arrows dock. -1: left, 1: right."""
    first, last = layer == 0, layer == grid.layers - 1
    if (first and grid.before) or (last and grid.after):
        return -1 if first and grid.before else 1
    if first or last:
        return 1 if first else -1
    ends = [(layer_of[a.start], layer_of[a.goal]) for a in arrows]
    right = sum(layer in pair and max(pair) > layer for pair in ends)
    left = sum(layer in pair and min(pair) < layer for pair in ends)
    return -1 if left < right else 1


def _arc_reach(arrows: Sequence[Arrow], placement: Placement) -> dict[int, float]:
    """Layer -> how far apart the ends of its longest arc stand, in pixels."""
    out: dict[int, float] = {}
    for arrow in arrows:
        layer = placement.layer[arrow.start]
        if layer == placement.layer[arrow.goal]:
            far = abs(placement.y[arrow.start] - placement.y[arrow.goal])
            out[layer] = max(out.get(layer, 0.0), far)
    return out


def _ports(
    arrows: Sequence[Arrow],
    placement: Placement,
    boxes: Mapping[str, Box],
    sides: Sequence[int],
    u: float,
) -> dict[tuple[tuple[str, str], str], float]:
    """Where each arrow leaves ('out') and arrives ('in'): side by side, in the order of where they go."""
    docked: dict[tuple[str, int], list[tuple[int, float, tuple[str, str], str]]] = {}
    for arrow in arrows:
        one, other = arrow.pair
        start, goal = placement.layer[one], placement.layer[other]
        if start == goal:
            for soc, far, way in ((one, other, "out"), (other, one, "in")):
                away = placement.y[far] - placement.y[soc]
                key = (1 if away > 0 else -1, -away, arrow.pair, way)  # the nearer, the farther outside
                docked.setdefault((soc, sides[start]), []).append(key)
            continue
        bends = placement.bends.get(arrow.pair, ())
        sign = 1 if goal > start else -1
        after = bends[0][1] if bends else placement.y[other]
        before = bends[-1][1] if bends else placement.y[one]
        docked.setdefault((one, sign), []).append((0, after, arrow.pair, "out"))
        docked.setdefault((other, -sign), []).append((0, before, arrow.pair, "in"))
    out = {}
    for (soc, _), ends in docked.items():
        room = boxes[soc].height - 2 * _MARGIN * u
        step = min(_PORT * u, room / max(len(ends) - 1, 1))
        for k, (_, _, pair, way) in enumerate(sorted(ends)):
            out[pair, way] = placement.y[soc] + (k - (len(ends) - 1) / 2) * step
    return out


def _curve(
    a: tuple[int, float], b: tuple[int, float], grid: Grid, u: float, sign: int, *, last: bool
) -> tuple[Point, ...]:
    """From the middle of one layer to the next: straight along the boxes, a smooth bend between them."""
    along = np.linspace(0, 1, _SAMPLES)
    near = grid.middle(a[0]) + sign * (grid.box / 2 + _LEAD * u)
    far = grid.middle(b[0]) - sign * (grid.box / 2 + (_LEAD + (HEAD if last else 0)) * u)
    x = near + along * (far - near)
    y = a[1] + (b[1] - a[1]) * along**2 * (3 - 2 * along)
    first, final = ((grid.across(layer) * grid.width, down) for layer, down in (a, b))
    return (first, *zip(x.tolist(), y.tolist(), strict=True), final)


def _arc(arrow: Arrow, at: tuple[int, int], ports: Point, reach: float, grid: Grid, u: float) -> Route:
    """A bow beside a layer, wider the farther its ends stand apart. at: layer and side; reach: of the
    layer's longest."""
    (layer, side), (out, into) = at, ports
    kept = grid.before if side < 0 else grid.after
    outside = (layer == 0 and side < 0) or (layer == grid.layers - 1 and side > 0)
    widest = kept - 4 * u if outside and kept else max((grid.pitch - grid.box) * 0.45, 12 * u)
    widest = min(widest, (_BULGE * u + 0.06 * reach))
    bulge = widest * (0.4 + 0.6 * min(abs(into - out) / reach, 1.0))
    angle = np.linspace(0, np.pi, _SAMPLES)
    y = out + (into - out) * (1 - np.cos(angle)) / 2
    x = side * (grid.box / 2 + np.maximum(bulge * np.sin(angle) ** 0.6, HEAD * u * (angle > np.pi / 2)))
    points = tuple(zip((x + grid.middle(layer)).tolist(), y.tolist(), strict=True))
    return Route(arrow, (points,), layer, into, -side, arc=True)


def draw_arrows(sheet: Sheet, routes: Sequence[Route], story: Story, grid: Grid, canvas: Canvas) -> None:
    """Lines under the boxes, heads at their sides, and points that answer to the pointer."""
    groups: dict[Look, list[Route]] = {}
    for route in routes:
        groups.setdefault(look(route.arrow, canvas), []).append(route)
    for style in sorted(groups, key=lambda g: (g.dash, g.width)):
        x: list[float | None] = []
        y: list[float | None] = []
        for route in groups[style]:
            if route.arc:
                _draw_arc(sheet, route, style, grid)
                continue
            for piece in route.pieces:
                x += [*(round(across, 2) for across, _ in piece), None]
                y += [*(round(down, 2) for _, down in piece), None]
        if x:
            sheet.figure.add_scatter(
                name="move", mode="lines", x=x, y=y, hoverinfo="skip", connectgaps=False, cliponaxis=False,
                line={"dash": style.dash, "color": style.colour, "width": style.width},
            )  # fmt: skip
    for route in routes:
        _draw_head(sheet, route, look(route.arrow, canvas), grid, canvas.u)
    _draw_points(sheet, routes, story, grid)


def _draw_arc(sheet: Sheet, route: Route, style: Look, grid: Grid) -> None:
    """An arc keeps its form however wide the screen: its pixels count from its layer."""
    middle = grid.middle(route.goal_layer) - grid.aside(route.goal_layer)
    path = "L".join(f"{x - middle:.2f},{-y:.2f}" for x, y in route.pieces[0][:-1])
    sheet.add_shape(
        name="arc", type="path", path=f"M{path}", xref="paper", xsizemode="pixel",
        xanchor=grid.across(route.goal_layer), yref="paper", ysizemode="pixel", yanchor=1,
        line={"dash": style.dash, "color": style.colour, "width": style.width},
    )  # fmt: skip


def _draw_head(sheet: Sheet, route: Route, style: Look, grid: Grid, u: float) -> None:
    hollow = route.arrow.lateral
    half = (HEAD * 0.5 + style.width * 0.4 / u) * u
    tip = grid.aside(route.goal_layer) - route.sign * (grid.box / 2 + u)
    back = tip - route.sign * HEAD * u
    corners = ((tip, -route.tip), (back, half - route.tip), (back, -half - route.tip))
    sheet.add_shape(
        name="head", type="path", path="M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in corners) + "Z",
        xref="paper", xsizemode="pixel", xanchor=grid.across(route.goal_layer), yref="paper",
        ysizemode="pixel", yanchor=1, fillcolor=PAPER if hollow else style.colour,
        line={"color": style.colour, "width": 1.4 * u if hollow else 0},
    )  # fmt: skip


def _draw_points(sheet: Sheet, routes: Sequence[Route], story: Story, grid: Grid) -> None:
    """The middle of every curve tells the pointer of the move; of an arc beside the plot, its start."""
    points = []
    for route in routes:
        for piece in route.pieces:
            x, y = piece[len(piece) // 2]
            if not 0 <= x <= grid.width:
                x, y = min(max(x, 0.0), grid.width), piece[0][1]
            points.append(((round(x, 2), round(y, 2)), route.arrow))
    sheet.figure.add_scatter(
        name="moves", mode="markers", x=[p[0] for p, _ in points], y=[p[1] for p, _ in points],
        hoverinfo="text", cliponaxis=False, hovertext=[story.arrow_hover(arrow) for _, arrow in points],
        marker={"size": 6, "opacity": 0, "color": PAPER},
        selected={"marker": {"opacity": 0}}, unselected={"marker": {"opacity": 0}},
    )  # fmt: skip
