"""Where people can train: a map of institutions, each a circle as large as its awards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor, log10, sqrt

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.naming import DISC, Name, Spot, draw_names, fit_key, key_lines, plan_names
from lmi.presentation.outlines import Geo
from lmi.presentation.provider_map import (
    Level,
    MapPlot,
    Place,
    Sheet,
    draw_land,
    hold_circles,
    sheet_for,
)
from lmi.presentation.text import block_height, joined, measure
from lmi.presentation.theme import PAPER, TEXT

MAX_POINTS = 400  # the largest; all are in the table
MAX_NAMES = 8
_LARGEST, _SMALLEST = 22, 3.5  # radius of a circle in desk pixels
_FEW = 40  # more circles than this are drawn smaller
_ROUNDS = 6  # of placing names: each name moved to the key takes room from the map
_WHERE = "Circles stand at the reporting office, wherever people learn."


@dataclass(frozen=True)
class _Plan:
    canvas: Canvas
    sheet: Sheet
    plot: MapPlot
    places: list[Place]
    names: list[Name]
    numbered: dict[str, str]
    sizes: list[tuple[float, float]]  # awards and radius in the key of sizes

    @property
    def below(self) -> float:
        """Pixels under the map for both keys."""
        key, size = key_lines(list(self.numbered.values()), self.canvas), self.canvas.sizes.tick
        return (
            block_height(len(key), size)
            + (6 * self.canvas.u if key else 0)
            + _size_room(self.sizes, self.canvas)
        )


def providers_map(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    area_code: str | Sequence[str],
    level: Level,
    metros: Geo | None = None,
    states: Geo | None = None,
) -> Chart:
    """Institutions on a map of the area; the area of a circle is in proportion to its awards.

    rows: unitid, institution_name, city, longitude, latitude, awards. area_code: of the area, or of all
    members of a region, metropolitan areas and states; level: 'metro' if one of them is one. metros,
    states: the bundled boundaries as parsed GeoJSON (static/geo); without them, or without a boundary of
    the area, the circles stand on plain ground. Names without room become numbers with a key. Clicks
    give unitid.
    """
    found, codes = _read(rows), [area_code] if isinstance(area_code, str) else list(area_code)
    sheet = sheet_for(found, codes, level, metros, states)
    shown, notes = _choose(found, sheet, len(rows), level)
    plan = _plan(shown, sheet, frame, notes)
    canvas, figure = plan.canvas, go.Figure()
    draw_land(figure, plan.sheet, level, (metros, states), canvas)
    _draw_circles(figure, plan)
    draw_names(figure, plan.names, canvas)
    _draw_keys(figure, plan)
    alt = alt_text(
        f"Map, {counted(len(shown), 'institution')},", "awards a year", frame.title, _extremes(shown)
    )
    ordered = rows.assign(_order=[-(number(a) or 0) for a in rows["awards"]])
    ordered = ordered.sort_values(["_order", "unitid"], kind="stable")
    table = tables.display_table(ordered, ["unitid", "institution_name", "city", "awards"])
    return canvas.finish(figure, left=canvas.pad, right=canvas.pad, table=table, alt=alt, below=plan.below)


def _read(rows: pd.DataFrame) -> list[Place]:
    """Institutions that have a place and awards, largest first."""
    places = []
    for _, row in rows.iterrows():
        lon, lat, awards = (number(row[c]) for c in ("longitude", "latitude", "awards"))
        if lon is not None and lat is not None and awards is not None and awards > 0:
            city = "" if pd.isna(row["city"]) else str(row["city"])
            places.append(Place(str(row["unitid"]), str(row["institution_name"]), city, (lon, lat), awards))
    return sorted(places, key=lambda p: (-p.awards, p.unitid))


def _choose(found: list[Place], sheet: Sheet, total: int, level: Level) -> tuple[list[Place], list[str]]:
    """The places on the map, and the notes on those that are not."""
    inside = []
    for place in found:
        at = sheet.projection.at(*place.lonlat)
        if at is not None and sheet.window.holds(at):
            inside.append(replace(place, at=at))
    missing, away = total - len(found), len(found) - len(inside)
    parts = [
        f"{counted(missing, 'institution')} without a known place or awards" if missing else "",
        f"{counted(away, 'institution')} outside the map" if away else "",
        f"{counted(len(inside) - MAX_POINTS, 'institution')} with fewer awards"
        if len(inside) > MAX_POINTS else "",
    ]  # fmt: skip
    said = "; ".join(p for p in parts if p)
    notes = [
        _WHERE if inside else "No institution with a known place and awards.",
        "" if sheet.whole or level == "nation"
        else f"No boundary is known for {'part of ' if sheet.outlined else ''}this area.",
        f"Not on the map: {said}; all are in the table." if said else "",
    ]  # fmt: skip
    return inside[:MAX_POINTS], notes


def _plan(places: list[Place], sheet: Sheet, frame: Frame, notes: Sequence[str]) -> _Plan:
    """Names where they have room; every round moves those that have none to the key."""
    u = frame.format.unit
    largest = _LARGEST * u * min((_FEW / max(len(places), 1)) ** 0.35, 0.75 if frame.phone else 1)
    largest = min(largest, Canvas(frame, notes, 520 if frame.phone else None).plot_height() / 8)
    smallest = min(_SMALLEST * u, largest / 4)
    most = places[0].awards if places else 1.0
    if any(largest * sqrt(p.awards / most) < smallest for p in places):
        notes = [*notes, "Very small ones are drawn larger than in proportion."]
    sized = [replace(p, radius=max(largest * sqrt(p.awards / most), smallest)) for p in places]
    sizes = [(a, largest * sqrt(a / most)) for a in _round_sizes(places)]
    wanted, titles = [p.unitid for p in sized[: 6 if frame.phone else MAX_NAMES]], dict[str, str]()
    crowded = "Circles at one place are drawn side by side."
    for _ in range(_ROUNDS):
        canvas = Canvas(frame, [" ".join(n for n in notes if n)], 520 if frame.phone else None)
        plan = _Plan(canvas, sheet, MapPlot((1, 1), (1, 1)), sized, [], titles, sizes)
        held, plot, spread, moved = hold_circles(sized, sheet, canvas, plan.below)
        if moved and crowded not in notes:  # the note takes room: place all once more
            notes = [*notes, crowded]
            continue
        spots = {p.unitid: _spot(p, held) for p in spread}
        marks = [(s.box(), 1.0 if key in wanted else 0.25) for key, s in spots.items()]
        names, missed = plan_names([spots[k] for k in wanted], list(titles), canvas, plot, marks)
        plan = replace(plan, sheet=held, plot=plot, places=spread, names=names)
        if not missed:
            break
        titles = fit_key([spots[k] for k in wanted if k in titles or k in missed], canvas, plot)
        wanted = [k for k in wanted if k not in missed or k in titles]
    return plan


def _spot(place: Place, sheet: Sheet) -> Spot:
    text = f"{place.name}, {format_count(place.awards)}"
    return Spot(place.unitid, text, sheet.unit(place.at), place.at, place.radius)


def _draw_circles(figure: go.Figure, plan: _Plan) -> None:
    """The largest first, so that a small one lies on top; then the numbers."""
    u, accent = plan.canvas.u, plan.canvas.frame.palette.accent
    figure.add_scatter(
        name="institutions", mode="markers", cliponaxis=False, x=[p.at[0] for p in plan.places],
        y=[p.at[1] for p in plan.places], customdata=[p.unitid for p in plan.places], hoverinfo="text",
        hovertext=[hover(p.name, p.city, f"{format_count(p.awards)} awards a year") for p in plan.places],
        marker={"color": accent, "opacity": 0.75, "size": [2 * p.radius for p in plan.places],
                "line": {"color": PAPER, "width": u}},
    )  # fmt: skip
    by_id, n = {p.unitid: p for p in plan.places}, range(1, len(plan.numbered) + 1)
    discs = [by_id[k] for k in plan.numbered]
    figure.add_scatter(
        name="number", mode="markers+text", cliponaxis=False, x=[p.at[0] for p in discs],
        y=[p.at[1] for p in discs], customdata=[p.unitid for p in discs],
        text=[str(i) for i in n], hoverinfo="text",
        hovertext=[hover(p.name, p.city, f"{format_count(p.awards)} awards a year") for p in discs],
        textfont={"size": plan.canvas.sizes.source, "color": TEXT, "weight": 700},
        marker={"color": PAPER, "opacity": 1, "size": 2 * DISC * u,
                "line": {"color": accent, "width": 2 * u}},
    )  # fmt: skip


def _round_sizes(places: Sequence[Place]) -> list[float]:
    """Round numbers of awards near the most and the fewest drawn, these not under a tenth of the most."""
    if not places:
        return []
    most, fewest = places[0].awards, places[-1].awards
    return list(dict.fromkeys(_round(v) for v in (most, max(fewest, most / 10))))


def _round(value: float) -> float:
    """The nearest number of one digit, or of one and a half."""
    if value < 1:
        return value
    ten = 10 ** floor(log10(value))
    steps = [s * ten for s in (1, 1.5, 2, 2.5, *range(3, 11)) if (s * ten) % 1 == 0]
    return float(min(steps, key=lambda step: abs(step - value)))


def _size_room(sizes: Sequence[tuple[float, float]], canvas: Canvas) -> float:
    most = max((r for _, r in sizes), default=0)
    return max(2 * most, canvas.sizes.tick * 1.3) + 12 * canvas.u if sizes else 0


def _draw_keys(figure: go.Figure, plan: _Plan) -> None:
    """Under the map: how large a circle stands for how many awards, and the names of the numbers."""
    canvas, u, size = plan.canvas, plan.canvas.u, plan.canvas.sizes.tick
    room = _size_room(plan.sizes, canvas)
    x, y = 0.0, -room / 2
    for i, (awards, r) in enumerate(plan.sizes):
        figure.add_shape(
            name="size", type="circle", xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel",
            xanchor=0, yanchor=0, x0=x, x1=x + 2 * r, y0=y - r, y1=y + r, opacity=0.75,
            fillcolor=canvas.frame.palette.accent, line={"color": PAPER, "width": u},
        )  # fmt: skip
        text = format_count(awards) + (" awards a year" if i == 0 else "")
        _below(figure, "size", [text], canvas, (x + 2 * r + 6 * u, y), "middle")
        x += 2 * r + 6 * u + measure(text, size) + 20 * u
    lines = key_lines(list(plan.numbered.values()), canvas)
    if lines:
        _below(figure, "key", lines, canvas, (0, -room), "top")


def _below(
    figure: go.Figure, name: str, lines: list[str], canvas: Canvas, at: tuple[float, float], anchor: str
) -> None:
    figure.add_annotation(
        name=name, text=joined(lines), showarrow=False, borderpad=0, align="left", xref="paper", yref="paper",
        x=0, y=0, xanchor="left", yanchor=anchor, xshift=at[0], yshift=at[1],
        font={"size": canvas.sizes.tick, "color": TEXT},
    )  # fmt: skip


def _extremes(places: Sequence[Place]) -> str:
    if not places:
        return "No institution is on the map"
    first, last = places[0], places[-1]
    text = f"Most awards: {first.name}, {first.city}, {format_count(first.awards)}"
    return text if first is last else f"{text}; fewest: {last.name}, {format_count(last.awards)}"
