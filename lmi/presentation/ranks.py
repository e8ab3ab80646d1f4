"""The demand ranking with its uncertainty: a dot for the rank, a line for the ranks it may have."""

from collections.abc import Collection, Sequence

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.figures import NOT_PUBLISHED
from lmi.presentation import tables
from lmi.presentation.formats import format_range, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.rowplan import RowPlan, draw_labels, fit_rows
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import GRID, SECONDARY_TEXT, TEXT

MAX_ROWS = 20
_NOTE = "Dot: rank. Line: 90% rank interval; where lines overlap, the order is not certain."


def rank_ranges(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    rank: str = "demand_rank",
    low: str = "rank_low",
    high: str = "rank_high",
    label: str = "title",
    highlight: Collection[str] | None = None,
    mark_note: str = "",
) -> Chart:
    """Occupations in rank order; x is the rank, 1 (highest demand) at the left.

    rows: soc, label, rank, low and high, in rank order. A row without an interval has its dot only,
    and one without a rank says 'not published'. highlight as in `bars_with_intervals`. mark_note explains a
    sign that labels carry.
    """
    rows = rows.head(MAX_ROWS)
    labels = [str(t) for t in rows[label]]
    above = frame.format.tick * 1.2 + 10 * frame.format.unit
    canvas, plan = fit_rows(frame, labels, [f"{_NOTE} {mark_note}".strip()], above=above)
    drawn = rows.head(plan.shown)
    spans = [_span(row, rank, low, high) for _, row in drawn.iterrows()]
    figure = go.Figure()
    _draw(figure, drawn, spans, plan, canvas, highlight, label)
    draw_labels(figure, plan, canvas)
    _axis(figure, spans, canvas)
    size = canvas.sizes.tick
    right = max((measure(text, size) for *_, text in spans), default=0) + 14 * canvas.u + canvas.pad
    alt = alt_text(
        f"Dot and line chart, {len(rows)} rows,", "demand rank with 90% rank interval", frame.title,
        _extremes(labels, spans),
    )  # fmt: skip
    columns = [c for c in ("soc", label, rank, low, high) if c in rows]
    table = tables.display_table(rows, columns)
    left = plan.left + (6 * canvas.u if canvas.frame.phone else 0)
    return canvas.finish(figure, left=left, right=right, table=table, alt=alt, above=above)


Span = tuple[float | None, float | None, float | None, str]


def _span(row: pd.Series, rank: str, low: str, high: str) -> Span:
    at, lo, hi = (number(row.get(c)) for c in (rank, low, high))
    if at is None:
        return None, None, None, NOT_PUBLISHED
    if lo is None or hi is None:
        return at, None, None, f"{at:g}, range unknown"
    return at, lo, hi, format_range(lo, hi)


def _draw(
    figure: go.Figure,
    rows: pd.DataFrame,
    spans: Sequence[Span],
    plan: RowPlan,
    canvas: Canvas,
    highlight: Collection[str] | None,
    label: str,
) -> None:
    palette, u = canvas.frame.palette, canvas.u
    socs = [str(s) for s in rows["soc"]] if "soc" in rows else [str(t) for t in rows[label]]
    colours = [palette.accent if highlight is None or s in highlight else palette.muted for s in socs]
    for (at, lo, hi, _), y, colour, soc in zip(spans, plan.centres, colours, socs, strict=True):
        if at is not None and lo is not None:
            figure.add_scatter(
                name="interval", mode="lines", x=[lo, hi], y=[y, y], customdata=[soc, soc],
                line={"color": colour, "width": 3 * u}, hoverinfo="skip",
            )  # fmt: skip
    known = [i for i, span in enumerate(spans) if span[0] is not None]
    titles = [str(t) for t in rows[label]]
    figure.add_scatter(
        name="rank", mode="markers", x=[spans[i][0] for i in known], y=[plan.centres[i] for i in known],
        customdata=[socs[i] for i in known], cliponaxis=False, hoverinfo="text",
        hovertext=[hover(titles[i], f"Rank {spans[i][0]:g}; 90% interval {spans[i][3]}") for i in known],
        marker={"size": 12 * u, "color": [colours[i] for i in known], "line": {"width": 0}},
    )  # fmt: skip
    figure.add_scatter(
        name="rank text", mode="text", cliponaxis=False, hoverinfo="skip",
        x=[max((v for v in s[:3] if v is not None), default=1) for s in spans], y=list(plan.centres),
        text=[_gap(s) + plain(s[3]) for s in spans], textposition="middle right",
        textfont={"size": canvas.sizes.tick, "color": [TEXT if s[0] else SECONDARY_TEXT for s in spans]},
    )  # fmt: skip


def _gap(span: Span) -> str:
    """Space before the text: more where it stands beside a dot than at the end of a line."""
    at, _, high, _ = span
    return "&nbsp;" * (4 if high is None or at == high else 2)


def _axis(figure: go.Figure, spans: Sequence[Span], canvas: Canvas) -> None:
    """Ticks for the ranks above the rows, always with the first."""
    last = max((v for s in spans for v in s[:3] if v is not None), default=1)
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if last / s <= 8), 200)
    start = 1 + step if step <= 2 else step
    ticks = [1, *range(start, int(last) + 1, step)]
    phone, font = canvas.frame.phone, {"size": canvas.sizes.tick, "color": SECONDARY_TEXT}
    figure.update_xaxes(
        range=[1 - 0.01 * last, max(last, 2)], side="top", tickvals=ticks, showgrid=True, gridcolor=GRID,
        tickfont=font, visible=True,
        ticktext=[f"Rank {t}" if t == 1 and phone else str(t) for t in ticks],
    )  # fmt: skip
    if not phone:
        figure.add_annotation(
            name="rank", text="Rank (1 = highest demand)", showarrow=False, font=font, borderpad=0,
            xref="paper", x=0, xanchor="right", xshift=-10 * canvas.u, yref="paper", y=1,
            yanchor="bottom", yshift=3 * canvas.u,
        )  # fmt: skip


def _extremes(labels: Sequence[str], spans: Sequence[Span]) -> str:
    known = [(t, s) for t, s in zip(labels, spans, strict=False) if s[0] is not None]
    if not known:
        return "No rank is published"
    (first, at), (last, end) = known[0], known[-1]
    return (
        f"First: {first}, rank {at[0]:g}, interval {at[3]}; "
        f"last shown: {last}, rank {end[0]:g}, interval {end[3]}"
    )
