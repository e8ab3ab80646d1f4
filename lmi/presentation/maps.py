"""Areas in a few steps of one blue; what is not published has its own grey and its own name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, isclose, log10
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.figures import NOT_PUBLISHED
from lmi.presentation import tables
from lmi.presentation.formats import format_count, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import CONTEXT, LAND, NOT_PUBLISHED_FILL, PAPER, TEXT

Level = Literal["metro", "state"]
Geo = str | Mapping[str, object]
METROS_URL = "./app/static/geo/metros.geojson"
STATES_URL = "./app/static/geo/states.geojson"
STATE_CODES = tuple(code for code in POSTAL_BY_FIPS if code not in {"66", "72", "78"})
_FILLS = (NOT_PUBLISHED_FILL, 0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Bins:
    """Five steps: four cut points, ascending; a value equal to a cut belongs to the step above."""

    cuts: tuple[float, float, float, float]
    labels: tuple[str, str, str, str, str]

    def index(self, value: float) -> int:
        """Number of the step, 0 to 4."""
        return sum(value >= cut for cut in self.cuts)


LQ_BINS = Bins((0.5, 0.8, 1.2, 2.0), ("under 0.5", "0.5–0.8", "0.8–1.2", "1.2–2", "2 or more"))


def round_bins(values: Sequence[object], words: Callable[[object], str] = format_count) -> Bins:
    """Five steps that hold about equally many areas, cut at round numbers."""
    known = sorted(v for v in (number(x) for x in values) if v is not None)
    if not known:
        known = [0.0, 1.0]
    cuts: list[float] = []
    for share in (0.2, 0.4, 0.6, 0.8):
        cut = _rounded(known[min(int(share * len(known)), len(known) - 1)])
        if cuts and (cut <= cuts[-1] or isclose(cut, cuts[-1])):
            cut = cuts[-1] + (10 ** floor(log10(abs(cuts[-1]))) if cuts[-1] else 1)
        cuts.append(cut)
    a, b, c, d = (words(cut) for cut in cuts)
    labels = (f"under {a}", f"{a}–{b}", f"{b}–{c}", f"{c}–{d}", f"{d} or more")
    return Bins((cuts[0], cuts[1], cuts[2], cuts[3]), labels)


def area_map(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    level: Level = "metro",
    value: str = "location_quotient",
    name: str = "short_name",
    measure_name: str = "location quotient",
    bins: Bins = LQ_BINS,
    selected: str | None = None,
    words: Callable[[object], str] | None = None,
    geojson: Geo | None = None,
    states: Geo = STATES_URL,
) -> Chart:
    """A map of the areas of `rows` in five steps; the selected area has a dark outline.

    rows: area_code, name and value. geojson: a URL under the app's static folder, or the GeoJSON
    itself for images made on the server; its feature ids are area codes. Clicks give area_code.
    """
    words = words or (lambda v: f"{float(v):.2f}")  # type: ignore[arg-type]
    boundaries = geojson if geojson is not None else (METROS_URL if level == "metro" else STATES_URL)
    canvas = Canvas(frame, default_height=430 if frame.phone else None)
    figure = go.Figure()
    if level == "metro":
        figure.add_trace(_flat(states, STATE_CODES, LAND, "#C4C4C4", 0.8 * canvas.u, "states"))
    steps = [None if number(v) is None else bins.index(float(v)) for v in rows[value]]
    figure.add_trace(_areas(rows, boundaries, steps, canvas, (value, name, measure_name), words))
    if selected is not None:
        figure.add_trace(_flat(boundaries, (selected,), "rgba(0,0,0,0)", TEXT, 2.5 * canvas.u, "selected"))
    figure.update_layout(
        geo={"scope": "usa", "projection": {"type": "albers usa"}, "visible": False, "bgcolor": PAPER,
             "domain": {"x": [0, 1], "y": [0, 1]}}
    )  # fmt: skip
    below = _legend(figure, bins, canvas)
    alt = alt_text(
        f"Map of the United States, {len(rows)} {level} areas,", measure_name, frame.title,
        _extremes(rows, value, name, words),
    )  # fmt: skip
    table = tables.display_table(rows, [c for c in ("area_code", name, value) if c in rows])
    return canvas.finish(figure, left=canvas.pad, right=canvas.pad, table=table, alt=alt, below=below)


def _flat(geo: Geo, codes: Sequence[str], fill: str, line: str, width: float, name: str) -> go.Choropleth:
    return go.Choropleth(
        name=name, geojson=geo, featureidkey="id", locations=list(codes), z=[0] * len(codes), zmin=0, zmax=1,
        colorscale=[[0, fill], [1, fill]], showscale=False, hoverinfo="skip",
        marker={"line": {"color": line, "width": width}},
    )  # fmt: skip


def _areas(
    rows: pd.DataFrame,
    geo: Geo,
    steps: Sequence[int | None],
    canvas: Canvas,
    columns: tuple[str, str, str],
    words: Callable[[object], str],
) -> go.Choropleth:
    value, name, measure_name = columns
    fills = _fills(canvas)
    scale = [[edge / 6, fill] for i, fill in enumerate(fills) for edge in (i, i + 1)]
    texts = [NOT_PUBLISHED if number(v) is None else words(v) for v in rows[value]]
    codes = [str(c) for c in rows["area_code"]]
    return go.Choropleth(
        name="areas", geojson=geo, featureidkey="id", locations=codes, customdata=codes,
        z=[0.5 if step is None else step + 1.5 for step in steps], zmin=0, zmax=6, colorscale=scale,
        showscale=False, hoverinfo="text",
        text=[hover(n, f"{measure_name}: {t}") for n, t in zip(rows[name], texts, strict=True)],
        marker={"line": {"color": PAPER, "width": 0.5 * canvas.u}},
    )  # fmt: skip


def _fills(canvas: Canvas) -> list[str]:
    ramp = canvas.frame.palette.ramp
    return [f if isinstance(f, str) else ramp[f] for f in _FILLS]


def _legend(figure: go.Figure, bins: Bins, canvas: Canvas) -> float:
    """Swatches with their words between map and source; returns the pixels they take."""
    size, u = canvas.sizes.tick, canvas.u
    swatch, line = 16 * u, size * 1.3 + 7 * u
    entries = list(zip(_fills(canvas)[1:], bins.labels, strict=True))
    entries.append((NOT_PUBLISHED_FILL, NOT_PUBLISHED))
    x, row, places = 0.0, 0, []
    for _, label in entries:
        width = swatch + 6 * u + measure(label, size) + 16 * u
        if x and x + width - 16 * u > canvas.text_width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += width
    for (fill, label), (at, n) in zip(entries, places, strict=True):
        top = -6 * u - n * line
        figure.add_shape(
            name="legend", type="rect", xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel",
            xanchor=0, yanchor=0, x0=at, x1=at + swatch, y0=top - swatch, y1=top,
            fillcolor=fill, line={"color": CONTEXT, "width": 0.5 * u},
        )  # fmt: skip
        figure.add_annotation(
            name="legend", text=plain(label), showarrow=False, borderpad=0, xref="paper", yref="paper",
            x=0, y=0, xanchor="left", yanchor="middle", xshift=at + swatch + 6 * u, yshift=top - swatch / 2,
            font={"size": size, "color": TEXT},
        )  # fmt: skip
    return 6 * u + line * (row + 1)


def _rounded(value: float) -> float:
    """To two significant digits."""
    return round(value, 1 - floor(log10(abs(value)))) if value else 0.0


def _extremes(rows: pd.DataFrame, value: str, name: str, words: Callable[[object], str]) -> str:
    known = rows[rows[value].notna()]
    hidden = len(rows) - len(known)
    if known.empty:
        return "No area has a published value"
    order = known[value].astype(float)
    top, end = known.loc[order.idxmax()], known.loc[order.idxmin()]
    text = f"Highest: {top[name]}, {words(top[value])}; lowest: {end[name]}, {words(end[value])}"
    return f"{text}; {NOT_PUBLISHED} in {hidden}" if hidden else text
