"""Where jobs are gained and lost: a circle for each county, gains in its upper half, losses in its lower."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin, sqrt

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.codes import NATION
from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.event_style import (
    gain_colour,
    jobs_words,
    loss_colour,
    signed_jobs,
    sum_words,
    told,
    uncounted_sides,
)
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.legend import Key, Legend, draw_keys, place_keys
from lmi.presentation.naming import Name, Spot, draw_names, plan_names
from lmi.presentation.outlines import Geo
from lmi.presentation.provider_map import Level, MapPlot, Place, Sheet, draw_land, hold_circles, sheet_for
from lmi.presentation.scales import round_under
from lmi.presentation.theme import CONTEXT, PAPER, tint

MAX_COUNTIES = 150  # those with most jobs; all are in the table
MAX_NAMES = 8
_LARGEST, _LEAST, _KEY = 44, 3.0, 12  # radii in desk pixels
_FEW = 12  # more counties than this are drawn smaller
_WHERE = "Half circles stand in the middle of the county."
_CORNERS = 24  # of a drawn half circle


@dataclass(frozen=True)
class _County:
    """What events do in one county; name without 'County' where it is written beside its circle.

    gains, losses: None where no event tells a count. sides: how many of each do not.
    """

    place: Place
    gains: float | None
    losses: float | None
    events: int
    uncounted: int
    sides: tuple[float, float]

    @property
    def jobs(self) -> float:
        """Of the larger half."""
        return max(self.gains or 0, self.losses or 0)

    @property
    def words(self) -> str:
        """Both halves in numbers."""
        parts = [signed_jobs(v) for v in (self.gains or 0, -(self.losses or 0)) if v]
        return " ".join(parts) or "no count"


@dataclass(frozen=True)
class _Plan:
    """Where everything lies. factor: pixels of the radius for the root of a job."""

    canvas: Canvas
    sheet: Sheet
    counties: list[_County]
    names: list[Name]
    keys: Legend
    factor: float


def event_map(
    frame: Frame,
    places: pd.DataFrame,
    metros: Geo | None = None,
    states: Geo | None = None,
    *,
    area_codes: Sequence[str],
    elsewhere: int = 0,
) -> Chart:
    """Counties on a map of the area; the area of each half circle is in proportion to its jobs.

    places: county_fips, name, longitude, latitude (degrees), gains and losses (jobs, not negative; missing
    where not told), events; uncounted, gains_uncounted and losses_uncounted, if there: events without a count
    of jobs. metros, states: the bundled boundaries as parsed GeoJSON. area_codes: of the members of the area.
    elsewhere: events without a county. Counties whose events have no count are small hollow rings. Clicks
    give county_fips.
    """
    found, level = _read(places), _level(area_codes)
    sheet = sheet_for([c.place for c in found], list(area_codes), level, metros, states)
    shown, notes = _choose(found, sheet, len(places), level)
    notes.append(f"{counted(elsewhere, 'event')} without a county not on the map." if elsewhere else "")
    plan = _plan(shown, sheet, frame, notes)
    canvas, figure = plan.canvas, go.Figure()
    draw_land(figure, plan.sheet, level, (metros, states), canvas)
    _draw_halves(figure, plan)
    _draw_marks(figure, plan)
    draw_names(figure, plan.names, canvas)
    draw_keys(figure, plan.keys, canvas, left=canvas.pad, above=plan.keys.height)
    alt = alt_text(
        f"Map, {counted(len(shown), 'county', 'counties')},", "jobs announced as gains and losses",
        frame.title, _extremes(shown),
    )  # fmt: skip
    return canvas.finish(
        figure, left=canvas.pad, right=canvas.pad, table=_table(places), alt=alt, above=plan.keys.height
    )


def _level(codes: Sequence[str]) -> Level:
    """The nation; or 'metro' where one of the members is smaller than a state."""
    if NATION in codes:
        return "nation"
    return "state" if all(len(code) == 2 for code in codes) else "metro"


def _read(places: pd.DataFrame) -> list[_County]:
    """Counties with a known place, most jobs first."""
    found = []
    for row in places.to_dict("records"):
        lon, lat = number(row["longitude"]), number(row["latitude"])
        if lon is None or lat is None:
            continue
        gains, losses = number(row["gains"]), number(row["losses"])
        events, without = (round(number(row.get(c)) or 0) for c in ("events", "uncounted"))
        size = (gains or 0) + (losses or 0)
        place = Place(str(row["county_fips"]), told(row["name"]), "", (lon, lat), size)
        found.append(_County(place, gains, losses, events, without, uncounted_sides(row)))
    return sorted(found, key=lambda c: (-c.jobs, c.place.unitid))


def _choose(
    found: Sequence[_County], sheet: Sheet, total: int, level: Level
) -> tuple[list[_County], list[str]]:
    """The counties on the map, and the notes on those that are not."""
    inside = []
    for county in found:
        at = sheet.projection.at(*county.place.lonlat)
        if at is not None and sheet.window.grown(0.25).holds(at):
            inside.append(replace(county, place=replace(county.place, at=at)))
    missing, small = total - len(inside), max(len(inside) - MAX_COUNTIES, 0)
    parts = [
        f"{counted(missing, 'county', 'counties')} outside it or without a known place" if missing else "",
        f"{counted(small, 'county', 'counties')} with fewer jobs" if small else "",
    ]  # fmt: skip
    said = "; ".join(p for p in parts if p)
    without = sum(c.uncounted for c in inside)
    notes = [
        _WHERE if inside else "No county with events.",
        f"At least: {counted(without, 'event')} without a count of jobs." if without else "",
        "" if sheet.whole or level == "nation"
        else f"No boundary is known for {'part of ' if sheet.outlined else ''}this area.",
        f"Not on the map: {said}; all are in the table." if said else "",
    ]  # fmt: skip
    return inside[:MAX_COUNTIES], notes


def _plan(counties: list[_County], sheet: Sheet, frame: Frame, notes: Sequence[str]) -> _Plan:
    u = frame.format.unit
    canvas = Canvas(frame, [" ".join(n for n in notes if n)], 480 if frame.phone else None)
    largest = _LARGEST * u * min((_FEW / max(len(counties), 1)) ** 0.4, 0.75 if frame.phone else 1)
    largest = min(largest, canvas.plot_height() / 6)
    factor = largest / sqrt(max((c.jobs for c in counties), default=0) or 1)
    keys = place_keys(_keys(counties, factor, frame), canvas)
    sized = [replace(c.place, radius=max(factor * sqrt(c.jobs), _LEAST * u)) for c in counties]
    held, plot, spread, _ = hold_circles(sized, sheet, canvas, keys.height)
    placed = [replace(c, place=p) for c, p in zip(counties, spread, strict=True)]
    return _Plan(canvas, held, placed, _names(placed, held, canvas, plot), keys, factor)


def _names(counties: Sequence[_County], sheet: Sheet, canvas: Canvas, plot: MapPlot) -> list[Name]:
    spots = [
        Spot(c.place.unitid, f"{c.place.name.removesuffix(' County')} {c.words}", sheet.unit(c.place.at),
             c.place.at, c.place.radius)
        for c in counties
    ]  # fmt: skip
    wanted = spots[: 5 if canvas.frame.phone else MAX_NAMES]
    marks = [(s.box(), 1.0 if s in wanted else 0.3) for s in spots]
    return plan_names(wanted, [], canvas, plot, marks)[0]


def _keys(counties: Sequence[_County], factor: float, frame: Frame) -> list[Key]:
    """The halves, and the half circle of a round number of jobs."""
    palette, keys = frame.palette, list[Key]()
    if any(c.jobs for c in counties):
        most = max(c.jobs for c in counties)
        jobs = round_under(min(most, (_KEY * frame.format.unit / factor) ** 2))
        keys = [
            Key("upper", gain_colour(palette), "announced gains"),
            Key("lower", loss_colour(palette), "announced losses"),
            Key("upper", CONTEXT, jobs_words(jobs), factor * sqrt(jobs) / frame.format.unit),
        ]  # fmt: skip
    if any(not c.jobs for c in counties):
        keys.append(Key("hollow", CONTEXT, "no count of jobs", _LEAST))
    return keys


def _draw_halves(figure: go.Figure, plan: _Plan) -> None:
    """Half circles of true size at every scale; gains filled, losses light with a strong outline."""
    u, palette = plan.canvas.u, plan.canvas.frame.palette
    gain, loss = gain_colour(palette), loss_colour(palette)
    halves = []
    for county in plan.counties:
        for name, sign, jobs, line in (("gains", 1, county.gains, gain), ("losses", -1, county.losses, loss)):
            r = max(plan.factor * sqrt(jobs or 0), 0.6 * _LEAST * u)
            halves += [] if not jobs else [
                {"name": name, "type": "path", "path": _half_circle(sign * r), "xsizemode": "pixel",
                 "ysizemode": "pixel", "xanchor": county.place.at[0], "yanchor": county.place.at[1],
                 "fillcolor": tint(line, 0.85) if sign > 0 else PAPER,
                 "line": {"color": line, "width": 2 * u}}
            ]  # fmt: skip
    figure.update_layout(shapes=[*figure.layout.shapes, *halves])  # one by one takes seconds


def _half_circle(radius: float) -> str:
    """Its outline in pixels around the middle of the whole circle; a negative radius hangs down."""
    turns = [pi * i / _CORNERS for i in range(_CORNERS + 1)]
    corners = "L".join(f"{radius * cos(t):.1f},{radius * sin(t):.1f}" for t in turns)
    return f"M{corners}Z"


def _draw_marks(figure: go.Figure, plan: _Plan) -> None:
    """What the pointer meets: unseen circles over the halves, rings where no count is known."""
    u = plan.canvas.u
    bare = [not c.jobs for c in plan.counties]
    figure.add_scatter(
        name="counties", mode="markers", cliponaxis=False, x=[c.place.at[0] for c in plan.counties],
        y=[c.place.at[1] for c in plan.counties], customdata=[c.place.unitid for c in plan.counties],
        hoverinfo="text", hovertext=[_hover(c) for c in plan.counties],
        marker={"size": [2 * c.place.radius for c in plan.counties], "opacity": 1,
                "color": [PAPER if b else "rgba(0,0,0,0)" for b in bare],
                "line": {"width": [2 * u if b else 0 for b in bare], "color": CONTEXT}},
    )  # fmt: skip


def _hover(county: _County) -> str:
    without = county.uncounted
    return hover(
        county.place.name, counted(county.events, "event"),
        f"Gained: {sum_words(county.gains, county.sides[0])}",
        f"Lost: {sum_words(county.losses, county.sides[1])}",
        f"{counted(without, 'event')} without a count of jobs" if without else "",
    )  # fmt: skip


def _table(places: pd.DataFrame) -> pd.DataFrame:
    shown = places.rename(columns={"name": "county"})
    shown = shown.assign(_jobs=-(shown["gains"].fillna(0) + shown["losses"].fillna(0)))
    shown = shown.sort_values(["_jobs", "county_fips"], kind="stable")
    columns = ("county", "county_fips", "gains", "losses", "net", "events", "uncounted")
    return tables.display_table(shown, [c for c in columns if c in shown])


def _extremes(counties: Sequence[_County]) -> str:
    parts = []
    for words, of in (("Largest gains", "gains"), ("largest losses", "losses")):
        known = [c for c in counties if getattr(c, of)]
        if known:
            top = max(known, key=lambda c: (getattr(c, of), c.place.unitid))
            parts.append(f"{words}: {top.place.name}, {jobs_words(getattr(top, of))}")
    return "; ".join(parts) or "No jobs are counted in any county"
