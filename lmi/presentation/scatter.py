"""Pay against openings, with the reader's two lines and the corner where both are met."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.corner import VEIL, Axes, draw_lines
from lmi.presentation.formats import format_count, format_money, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import Box, Plot, Wish, place_labels
from lmi.presentation.scales import scale_over
from lmi.presentation.text import block_height, joined, measure, plain, wrap
from lmi.presentation.theme import CONTEXT, GRID, MUTED, SECONDARY_TEXT, TEXT

LOG_FROM = 50  # a range of openings wider than this many times gets a logarithmic axis
MAX_LABELS = 10
_CANDIDATES = 24  # names tried, most important first
_LOG_PAY_FROM = 8  # the same for pay: a few very high wages would press all others together
_COVER_LIMIT = 1.9  # a name is left out rather than laid over more: in-demand points 1, others 0.06
_OPENINGS, _WAGE = "openings_per_year", "wage_median_usd_year"


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
    axes = _axes(known, wage_line, openings_line)
    drawn = known[known[_OPENINGS].astype(float) > 0] if axes.x.log else known
    canvas = Canvas(frame, [_note(rows, known, drawn)], 560 if frame.phone else None)
    left, above = measure("$000k", canvas.sizes.tick) + canvas.pad + 8 * canvas.u, 24 * canvas.u
    below = canvas.sizes.tick * 2.6 + 6 * canvas.u
    plot = _plot(canvas, left, above, below)
    figure = go.Figure()
    _draw_axes(figure, axes, canvas)
    names, strokes = draw_lines(figure, axes, canvas, wage_line, openings_line)
    _draw_points(figure, drawn, canvas, selected, label)
    wanted = list(labels) if labels is not None else _important(drawn, selected)
    _draw_names(figure, drawn, wanted, axes, canvas, plot, (names, strokes), label)
    table = tables.display_table(
        rows, [c for c in ("soc", label, _OPENINGS, _WAGE, "in_demand", "top_coded") if c in rows]
    )
    alt = alt_text(
        f"Scatter chart, {len(drawn)} occupations,", "median pay a year against openings a year",
        frame.title, _extremes(drawn, label),
    )  # fmt: skip
    return canvas.finish(figure, left=left, right=canvas.pad, table=table, alt=alt, above=above, below=below)


def _axes(known: pd.DataFrame, wage_line: float | None, openings_line: float | None) -> Axes:
    xs = [float(v) for v in known[_OPENINGS]] + ([] if openings_line is None else [openings_line])
    ys = [float(v) for v in known[_WAGE]] + ([] if wage_line is None else [wage_line])
    x = scale_over(xs, log_from=LOG_FROM, zero=True)
    return Axes(x, scale_over(ys, log_from=_LOG_PAY_FROM, zero=False))


def _plot(canvas: Canvas, left: float, above: float, below: float) -> Plot:
    narrow = canvas.plot_width(left, canvas.pad)
    wide = narrow if canvas.frame.phone else 1600 * canvas.u - left - canvas.pad
    used = canvas.header + canvas.footer + above + below
    low = min(canvas.height, canvas.sizes.height) - used
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


def _draw_axes(figure: go.Figure, axes: Axes, canvas: Canvas) -> None:
    font = {"size": canvas.sizes.tick, "color": SECONDARY_TEXT}
    names = ["Openings a year", "Median pay a year"]
    for scale, update, name, sign in (
        (axes.x, figure.update_xaxes, 0, ""), (axes.y, figure.update_yaxes, 1, "$"),
    ):  # fmt: skip
        update(range=[scale.low, scale.high], showgrid=True, gridcolor=GRID, tickfont=font, nticks=6,
               zeroline=False, tickprefix=sign, tickformat="~s")  # fmt: skip
        if scale.log:
            ticks = scale.ticks()
            text = [plain(f"{sign}{_short(v)}") for v in ticks]
            update(type="log", tickvals=ticks, ticktext=text, tickprefix="")
            names[name] += ", log scale"
    figure.update_xaxes(title={"text": names[0], "font": font, "standoff": 8 * canvas.u})
    figure.update_yaxes(ticklabelstandoff=int(4 * canvas.u))
    figure.add_annotation(
        name="y title", text=plain(names[1]), showarrow=False, font=font, borderpad=0,
        xref="paper", yref="paper", x=0, y=1, xanchor="left", yanchor="bottom", yshift=6 * canvas.u,
        xshift=-measure("$000k", canvas.sizes.tick) - 8 * canvas.u,
    )  # fmt: skip


def _short(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"


def _draw_points(
    figure: go.Figure, rows: pd.DataFrame, canvas: Canvas, selected: Collection[str], label: str
) -> None:
    flags = [bool(number(v)) for v in rows["in_demand"]] if "in_demand" in rows else [True] * len(rows)
    for name, want in (("other", False), ("in demand", True)):
        part = rows.iloc[[i for i, flag in enumerate(flags) if flag == want]]
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
    return list(dict.fromkeys([*chosen, *mixed]))[: len(chosen) + _CANDIDATES]


def _draw_names(
    figure: go.Figure,
    rows: pd.DataFrame,
    wanted: Sequence[str],
    axes: Axes,
    canvas: Canvas,
    plot: Plot,
    lines: tuple[Sequence[Box], Sequence[Box]],
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
    marks = _marks(points, axes, set(wanted), 5 * u) + [(stroke, 1.0) for stroke in lines[1]]
    most = 5 if canvas.frame.phone else MAX_LABELS
    placed = place_labels(wishes, plot, obstacles=lines[0], marks=marks, limit=_COVER_LIMIT)
    for soc, box in list(placed.items())[:most]:
        x, y, _ = points[soc]
        across, up = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        figure.add_annotation(
            name="point", text=joined(texts[soc]), borderpad=0, align="left", bgcolor=VEIL,
            x=axes.x.drawn(x), y=axes.y.drawn(y), xanchor="center", yanchor="middle",
            showarrow=box.far, arrowhead=0, arrowwidth=u, arrowcolor=CONTEXT, standoff=6 * u,
            ax=across, ay=-up, xshift=0 if box.far else across, yshift=0 if box.far else up,
            font={"size": size, "color": TEXT},
        )  # fmt: skip


def _marks(
    points: Mapping[str, tuple[float, float, str]], axes: Axes, wanted: Collection[str], reach: float
) -> list[tuple[Box, float]]:
    """Each point as a box and what covering it costs."""
    return [
        (Box(*axes.at(x, y), -reach, reach, -reach, reach), 1.0 if soc in wanted else 0.06)
        for soc, (x, y, _) in points.items()
    ]


def _extremes(rows: pd.DataFrame, label: str) -> str:
    if rows.empty:
        return "No occupation has both figures published"
    most = rows.loc[rows[_OPENINGS].astype(float).idxmax()]
    best = rows.loc[rows[_WAGE].astype(float).idxmax()]
    return (
        f"Most openings: {most[label]}, {format_count(most[_OPENINGS])}; highest pay: {best[label]}, "
        f"{format_money(best[_WAGE], top_coded=_capped(best))}"
    )
