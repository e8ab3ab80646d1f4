"""Pay against openings, with the reader's two lines and the corner where both are met."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import format_count, format_money, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import Box, Plot, Wish, place_labels
from lmi.presentation.text import block_height, joined, measure, plain, wrap
from lmi.presentation.theme import GRID, MUTED, SECONDARY_TEXT, TEXT, tint

LOG_FROM = 50  # a range of openings wider than this many times gets a logarithmic axis
MAX_LABELS = 10
_OPENINGS, _WAGE = "openings_per_year", "wage_median_usd_year"


@dataclass(frozen=True)
class _Axes:
    """Ranges in drawing units: log10 of openings where log, dollars upwards."""

    x: tuple[float, float]
    y: tuple[float, float]
    log: bool

    def at(self, openings: float, wage: float) -> tuple[float, float]:
        x = log10(openings) if self.log else openings
        return (x - self.x[0]) / (self.x[1] - self.x[0]), (wage - self.y[0]) / (self.y[1] - self.y[0])


def pay_openings_scatter(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    wage_line: float | None = None,
    openings_line: float | None = None,
    selected: Collection[str] = (),
    labels: Sequence[str] | None = None,
    label: str = "title",
) -> Chart:
    """Median pay over openings a year, one point per occupation; the in-demand corner is tinted.

    rows: soc, label, openings_per_year, wage_median_usd_year, in_demand (bool) and, if known,
    top_coded. Rows without either value are not drawn but counted in a note. labels: soc codes in
    order of importance; by default the selected, then the in-demand with most openings and most pay.
    """
    known = rows[rows[_OPENINGS].notna() & rows[_WAGE].notna()]
    known = known[known[_OPENINGS].astype(float) >= 0]
    axes = _axes(known, wage_line, openings_line)
    drawn = known[known[_OPENINGS].astype(float) > 0] if axes.log else known
    canvas = Canvas(frame, [_note(rows, known, drawn)], 560 if frame.phone else None)
    left, above = measure("$000k", canvas.sizes.tick) + canvas.pad + 8 * canvas.u, 24 * canvas.u
    below = canvas.sizes.tick * 2.6 + 6 * canvas.u
    plot = _plot(canvas, left, above, below)
    figure = go.Figure()
    _draw_axes(figure, axes, canvas)
    lines = _draw_lines(figure, axes, canvas, wage_line, openings_line)
    _draw_points(figure, drawn, canvas, selected, label)
    wanted = list(labels) if labels is not None else _important(drawn, selected)
    _draw_names(figure, drawn, wanted, axes, canvas, plot, lines, label)
    table = tables.display_table(
        rows, [c for c in ("soc", label, _OPENINGS, _WAGE, "in_demand", "top_coded") if c in rows]
    )
    alt = alt_text(
        f"Scatter chart, {len(drawn)} occupations,", "median pay a year against openings a year",
        frame.title, _extremes(drawn, label),
    )  # fmt: skip
    return canvas.finish(figure, left=left, right=canvas.pad, table=table, alt=alt, above=above, below=below)


def _axes(known: pd.DataFrame, wage_line: float | None, openings_line: float | None) -> _Axes:
    xs = [float(v) for v in known[_OPENINGS]] + [v for v in (openings_line,) if v is not None]
    ys = [float(v) for v in known[_WAGE]] + [v for v in (wage_line,) if v is not None]
    positive = [x for x in xs if x > 0]
    log = bool(positive) and max(positive) / min(positive) > LOG_FROM
    if log:
        low, high = log10(min(positive)), log10(max(positive))
    else:
        low, high = 0.0, max(xs, default=1) or 1
    pad = 0.05 * (high - low)
    bottom, top = min(ys, default=0), max(ys, default=1)
    step = 20_000 if top - bottom > 60_000 else 10_000
    y = (max(0.0, floor((bottom - 1) / step) * step), ceil((top + 1) / step) * step)
    return _Axes((low - (pad if log else 0), high + pad), y, log)


def _plot(canvas: Canvas, left: float, above: float, below: float) -> Plot:
    narrow = canvas.plot_width(left, canvas.pad)
    wide = narrow if canvas.frame.phone else 1600 * canvas.u - left - canvas.pad
    used = canvas.header + canvas.footer + above + below
    low = min(430 * canvas.u, canvas.height) - used
    return Plot((narrow, max(wide, narrow)), (max(low, 80 * canvas.u), 620 * canvas.u))


def _note(rows: pd.DataFrame, known: pd.DataFrame, drawn: pd.DataFrame) -> str:
    hidden, none = len(rows) - len(known), len(known) - len(drawn)
    parts = []
    if hidden:
        parts.append(f"Not shown: {hidden} occupation{'s' if hidden > 1 else ''} without published figures.")
    if none:
        parts.append(f"{none} with no openings cannot stand on this axis.")
    if any(_capped(row) for _, row in drawn.iterrows()):
        parts.append("Triangle: pay at or above the value shown.")
    return " ".join(parts)


def _capped(row: pd.Series) -> bool:
    limits = row.get("top_coded")
    return isinstance(limits, str) and _WAGE in limits.split()


def _draw_axes(figure: go.Figure, axes: _Axes, canvas: Canvas) -> None:
    ticks = [v for v in (1, 10, 100, 1_000, 10_000, 100_000) if axes.x[0] <= log10(v) <= axes.x[1]]
    steps = {"tickvals": ticks, "ticktext": [_short(v) for v in ticks], "type": "log"} if axes.log else {}
    font = {"size": canvas.sizes.tick, "color": SECONDARY_TEXT}
    figure.update_xaxes(
        range=list(axes.x), showgrid=True, gridcolor=GRID, tickfont=font, nticks=6, zeroline=False,
        title={"text": "Openings a year" + (" (each step is ten times more)" if axes.log else ""),
               "font": font, "standoff": 8 * canvas.u},
        **({"tickformat": "~s"} | steps),
    )  # fmt: skip
    figure.update_yaxes(
        range=list(axes.y), showgrid=True, gridcolor=GRID, tickfont=font, nticks=6,
        tickprefix="$", tickformat="~s", ticklabelstandoff=int(4 * canvas.u),
    )  # fmt: skip
    figure.add_annotation(
        name="y title", text=plain("Median pay a year"), showarrow=False, font=font, borderpad=0,
        xref="paper", yref="paper", x=0, y=1, xanchor="left", yanchor="bottom", yshift=6 * canvas.u,
        xshift=-measure("$000k", canvas.sizes.tick) - 8 * canvas.u,
    )  # fmt: skip


def _short(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"


def _draw_lines(
    figure: go.Figure, axes: _Axes, canvas: Canvas, wage: float | None, openings: float | None
) -> list[Box]:
    """The two lines, their names and the corner; returns the room that the names take."""
    size, u = canvas.sizes.tick, canvas.u
    boxes, style = [], {"color": TEXT, "width": 1.5 * u, "dash": "dot"}
    if wage is not None and openings is not None:
        figure.add_shape(
            name="corner", type="rect", x0=openings, x1=10 ** axes.x[1] if axes.log else axes.x[1],
            y0=wage, y1=axes.y[1], fillcolor=tint(canvas.frame.palette.accent, 0.07),
            line={"width": 0}, layer="below",
        )  # fmt: skip
    common = {"showarrow": False, "font": {"size": size, "color": TEXT}, "borderpad": 0}
    if wage is not None:
        text = f"Pay line {format_money(wage)}"
        figure.add_shape(
            name="wage line", type="line", xref="paper", x0=0, x1=1, y0=wage, y1=wage, line=style
        )
        figure.add_annotation(
            name="wage line", text=plain(text), xref="paper", x=1, y=wage, xanchor="right",
            yanchor="top", yshift=-3 * u, **common,
        )  # fmt: skip
        at = (wage - axes.y[0]) / (axes.y[1] - axes.y[0])
        boxes.append(Box(1, at, -measure(text, size) - 4, 0, -size * 1.3 - 3 * u, 2))
    if openings is not None:
        text = f"Openings line {format_count(openings)}"
        at = axes.at(openings or 10 ** axes.x[0], axes.y[0])[0]
        figure.add_shape(
            name="openings line", type="line", x0=openings, x1=openings, yref="paper", y0=0, y1=1, line=style
        )
        figure.add_annotation(
            name="openings line", text=plain(text), x=log10(openings) if axes.log else openings,
            yref="paper", y=0, yanchor="bottom", xanchor="right" if at > 0.5 else "left",
            xshift=(-4 if at > 0.5 else 4) * u, yshift=2 * u, **common,
        )  # fmt: skip
        reach = measure(text, size) + 8
        side = (-reach, 0.0) if at > 0.5 else (0.0, reach)
        boxes.append(Box(at, 0, side[0], side[1], 0, size * 1.3 + 2 * u))
    return boxes


def _draw_points(
    figure: go.Figure, rows: pd.DataFrame, canvas: Canvas, selected: Collection[str], label: str
) -> None:
    flags = [bool(number(v)) for v in rows["in_demand"]] if "in_demand" in rows else [True] * len(rows)
    for name, want in (("other", False), ("in demand", True)):
        part = rows[[flag == want for flag in flags]]
        socs = [str(s) for s in part["soc"]]
        marked = [s in selected for s in socs]
        capped = [_capped(row) for _, row in part.iterrows()]
        figure.add_scatter(
            name=name, mode="markers", x=[float(v) for v in part[_OPENINGS]],
            y=[float(v) for v in part[_WAGE]], customdata=socs, cliponaxis=False, hoverinfo="text",
            hovertext=[_hover(row, label) for _, row in part.iterrows()],
            marker={
                "color": canvas.frame.palette.accent if want else MUTED,
                "opacity": 1 if want else 0.6,
                "size": [(15 if m else 10 if want else 6.5) * canvas.u for m in marked],
                "symbol": ["triangle-up" if c else "circle" for c in capped],
                "line": {"color": [TEXT if m else "#FFFFFF" for m in marked],
                         "width": [(2.5 if m else 1) * canvas.u for m in marked]},
            },
        )  # fmt: skip


def _hover(row: pd.Series, label: str) -> str:
    return hover(
        row[label],
        f"{format_count(row[_OPENINGS])} openings a year",
        f"Median pay {format_money(row[_WAGE], top_coded=_capped(row))}",
    )


def _important(rows: pd.DataFrame, selected: Collection[str]) -> list[str]:
    flags = rows["in_demand"].map(lambda v: bool(number(v))) if "in_demand" in rows else rows["soc"].notna()
    target = rows[flags] if flags.any() else rows
    by_openings = target.sort_values([_OPENINGS, "soc"], ascending=[False, True])["soc"]
    by_pay = target.sort_values([_WAGE, "soc"], ascending=[False, True])["soc"]
    mixed = [str(s) for pair in zip(by_openings, by_pay, strict=True) for s in pair]
    chosen = [s for s in rows["soc"].astype(str) if s in selected]
    return list(dict.fromkeys([*chosen, *mixed]))[: 3 * MAX_LABELS]


def _draw_names(
    figure: go.Figure,
    rows: pd.DataFrame,
    wanted: Sequence[str],
    axes: _Axes,
    canvas: Canvas,
    plot: Plot,
    lines: Sequence[Box],
    label: str,
) -> None:
    size, u = canvas.sizes.tick, canvas.u
    points = {
        str(row["soc"]): (float(row[_OPENINGS]), float(row[_WAGE]), str(row[label]))
        for _, row in rows.iterrows()
    }
    texts = {s: wrap(points[s][2], 170 * u, size) for s in wanted if s in points}
    wishes = [
        Wish(
            s, *axes.at(*points[s][:2]), max(measure(t, size) for t in text) + 4 * u,
            block_height(len(text), size) + 2 * u, 7 * u,
        )
        for s, text in texts.items()
    ]  # fmt: skip
    marks = [Box(*axes.at(x, y), -5 * u, 5 * u, -5 * u, 5 * u) for x, y, _ in points.values()]
    most = 5 if canvas.frame.phone else MAX_LABELS
    placed = place_labels(wishes, plot, obstacles=lines, marks=marks)
    for soc, box in list(placed.items())[:most]:
        x, y, _ = points[soc]
        figure.add_annotation(
            name="point", text=joined(texts[soc]), showarrow=False, borderpad=0, align="left",
            x=log10(x) if axes.log else x, y=y, xanchor="center", yanchor="middle",
            xshift=(box.left + box.right) / 2, yshift=(box.bottom + box.top) / 2,
            font={"size": size, "color": TEXT}, bgcolor="rgba(255,255,255,0.7)",
        )  # fmt: skip


def _extremes(rows: pd.DataFrame, label: str) -> str:
    if rows.empty:
        return "No occupation has both figures published"
    most = rows.loc[rows[_OPENINGS].astype(float).idxmax()]
    best = rows.loc[rows[_WAGE].astype(float).idxmax()]
    return (
        f"Most openings: {most[label]}, {format_count(most[_OPENINGS])}; highest pay: {best[label]}, "
        f"{format_money(best[_WAGE], top_coded=_capped(best))}"
    )
