"""Sorted horizontal bars with their 90% intervals: the chart the room looks at longest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.figures import NOT_PUBLISHED
from lmi.presentation import tables
from lmi.presentation.formats import format_count, format_range, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.rowplan import RowPlan, draw_baseline, draw_labels, fit_rows
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import PAPER, SECONDARY_TEXT, TEXT

MAX_BARS = 15
LOW_PRECISION_RSE = 30.0
_WHISKER = 1.5


@dataclass(frozen=True)
class _Bar:
    soc: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    text: str
    vague: bool
    tied: bool
    accent: bool

    @property
    def end(self) -> float:
        """How far the bar or its whisker reaches."""
        return max(v for v in (self.value, self.high, 0.0) if v is not None)


def bars_with_intervals(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    value: str = "openings_per_year",
    low: str | None = "openings_low",
    high: str | None = "openings_high",
    label: str = "title",
    measure_name: str = "openings a year",
    highlight: Collection[str] | None = None,
    significant: int | None = None,
    mark_note: str = "",
) -> Chart:
    """Bars in the order of `rows`, largest first, with 90% whiskers and values at their ends.

    rows: soc, the label, value, low and high columns, and employment_rse_pct if known (above 30:
    hollow and 'low precision'). highlight: soc codes in the accent; without it, all are. At most
    15 rows. Rows without a value say 'not published' and have no bar. Neighbours whose values read
    the same are bracketed as tied. mark (text, optional): a sign after the value, such as '▲', which
    mark_note explains.
    """
    rows = rows.head(MAX_BARS)
    bars = _read(rows, (value, low, high, label), highlight, significant)
    notes = [" ".join(part for part in (_reading_note(bars), mark_note) if part)]
    canvas, plan = fit_rows(frame, [b.label for b in bars], notes)
    drawn = bars[: plan.shown]
    right = _right_margin([(b.end, b.text) for b in drawn], canvas)
    figure = go.Figure()
    _draw_bars(figure, drawn, plan, canvas)
    _draw_ties(figure, drawn, plan, canvas)
    draw_labels(figure, plan, canvas)
    draw_baseline(figure, plan, canvas)
    columns = [c for c in ("soc", label, value, low, high, "employment_rse_pct") if c and c in rows]
    alt = alt_text(
        f"Horizontal bar chart with 90% intervals, {len(bars)} rows,",
        measure_name, frame.title, _extremes([(b.label, b.text) for b in bars if b.value is not None]),
    )  # fmt: skip
    table = tables.display_table(rows, columns)
    return canvas.finish(figure, left=plan.left, right=right, table=table, alt=alt)


def category_bars(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    value: str = "openings_per_year",
    label: str = "title",
    count: str = "occupations",
    highlight: Collection[str] | None = None,
    significant: int | None = None,
) -> Chart:
    """Openings added up by category (such as the SOC major group), with the count of occupations.

    rows: label, value and count columns, largest first; soc or the label identifies a row for
    highlight. at_least (bool, optional) marks sums with withheld parts: 'at least 480'.
    """
    rows = rows.head(MAX_BARS)
    known = rows.drop(columns="employment_rse_pct", errors="ignore")  # a sum has no published error
    bars = _read(known, (value, None, None, label), highlight, significant)
    bars = [_counted(b, row, count) for b, (_, row) in zip(bars, rows.iterrows(), strict=True)]
    canvas, plan = fit_rows(frame, [b.label for b in bars])
    drawn = bars[: plan.shown]
    figure = go.Figure()
    _draw_bars(figure, drawn, plan, canvas)
    draw_labels(figure, plan, canvas)
    draw_baseline(figure, plan, canvas)
    columns = [c for c in ("soc", label, value, count, "at_least") if c in rows]
    alt = alt_text(
        f"Horizontal bar chart, {len(bars)} categories,", "openings a year", frame.title,
        _extremes([(b.label, b.text) for b in bars if b.value is not None]),
    )  # fmt: skip
    right = _right_margin([(b.end, b.text) for b in drawn], canvas)
    table = tables.display_table(rows, columns)
    return canvas.finish(figure, left=plan.left, right=right, table=table, alt=alt)


def _read(
    rows: pd.DataFrame,
    columns: tuple[str, str | None, str | None, str],
    highlight: Collection[str] | None,
    significant: int | None,
) -> list[_Bar]:
    value, low, high, label = columns
    shown = [format_count(v, significant=significant) for v in rows[value]]
    bars = []
    for i, (_, row) in enumerate(rows.iterrows()):
        v, lo, hi = (number(row[c]) if c and c in rows else None for c in (value, low, high))
        soc = str(row.get("soc", row[label]))
        tied = v is not None and shown[i] in (shown[max(i - 1, 0) : i] + shown[i + 1 : i + 2])
        rse = number(row.get("employment_rse_pct"))
        vague = v is not None and rse is not None and rse > LOW_PRECISION_RSE
        interval = f" ({format_range(lo, hi, significant=significant)})" if v is not None and low else ""
        if lo is None or hi is None:
            interval = ""
        text = shown[i] + interval + (", low precision" if vague else "") + (", tied" if tied else "")
        text += f" {row['mark']}" if row.get("mark") else ""
        accent = highlight is None or soc in highlight
        bars.append(_Bar(soc, str(row[label]), v, lo, hi, text, vague, tied, accent))
    return bars


def _counted(bar: _Bar, row: pd.Series, count: str) -> _Bar:
    n = number(row.get(count))
    text = bar.text.removesuffix(", tied")
    if bar.value is not None and bool(number(row.get("at_least"))):
        text = f"at least {text}"
    if n is not None:
        text += f" in {format_count(n)} occupation{'' if n == 1 else 's'}"
    return _Bar(bar.soc, bar.label, bar.value, None, None, text, False, False, bar.accent)


def _reading_note(bars: Sequence[_Bar]) -> str:
    parts = []
    if any(b.low is not None and b.high is not None for b in bars):
        parts.append("Thin line and figures in parentheses: 90% interval.")
    if any(b.vague for b in bars):
        parts.append(f"Hollow: relative standard error above {LOW_PRECISION_RSE:g}%.")
    if any(b.value is None for b in bars):
        parts.append("Not published: withheld by the publisher, not zero.")
    return " ".join(parts)


def _right_margin(ends: Sequence[tuple[float, str]], canvas: Canvas) -> float:
    """Enough for every text that starts at its bar's end, on the narrowest screen."""
    longest = max((end for end, _ in ends), default=0) or 1
    plot = 120 * canvas.u
    size = canvas.sizes.tick
    need = [measure(text, size) + 8 * canvas.u - (1 - end / longest) * plot for end, text in ends]
    return max([*need, 0]) + canvas.pad


def _draw_bars(figure: go.Figure, bars: Sequence[_Bar], plan: RowPlan, canvas: Canvas) -> None:
    palette, u = canvas.frame.palette, canvas.u
    known = [(b, y) for b, y in zip(bars, plan.centres, strict=True) if b.value is not None]
    colours = [palette.accent if b.accent else palette.muted for b, _ in known]
    figure.add_bar(
        name="value", orientation="h", x=[b.value for b, _ in known], y=[y for _, y in known],
        width=plan.bar, customdata=[b.soc for b, _ in known],
        marker={
            "color": [PAPER if b.vague else c for (b, _), c in zip(known, colours, strict=True)],
            "line": {"color": colours, "width": [2 * u if b.vague else 0 for b, _ in known]},
            "pattern": {"shape": ["/" if b.vague else "" for b, _ in known], "fgcolor": colours,
                        "bgcolor": PAPER, "fillmode": "overlay", "solidity": 0.12},
        },
        error_x=_whiskers([b for b, _ in known], u),
        hovertext=[hover(b.label, b.text) for b, _ in known], hoverinfo="text",
    )  # fmt: skip
    figure.add_scatter(
        name="value text", mode="text", cliponaxis=False, hoverinfo="skip",
        x=[b.end for b in bars], y=list(plan.centres), textposition="middle right",
        text=["&nbsp;" + plain(b.text) for b in bars],
        textfont={"size": canvas.sizes.tick,
                  "color": [SECONDARY_TEXT if b.value is None else TEXT for b in bars]},
    )  # fmt: skip
    least = min([0.0, *(b.value for b in bars if b.value is not None)])
    figure.update_xaxes(range=[least, _reach(bars)], visible=False)


def _reach(bars: Sequence[_Bar]) -> float:
    return 1.012 * max([b.end for b in bars], default=0) or 1  # room for the whisker's cap


def _whiskers(bars: Sequence[_Bar], u: float) -> dict[str, object]:
    return {
        "type": "data", "symmetric": False, "thickness": _WHISKER * u, "width": 3.5 * u, "color": TEXT,
        "visible": any(b.high is not None for b in bars),
        "array": [b.high - b.value if b.high is not None and b.value is not None else None for b in bars],
        "arrayminus": [b.value - b.low if b.low is not None and b.value is not None else None for b in bars],
    }  # fmt: skip


def _draw_ties(figure: go.Figure, bars: Sequence[_Bar], plan: RowPlan, canvas: Canvas) -> None:
    for i in range(1, len(bars)):
        same = bars[i].text.split(" (")[0] == bars[i - 1].text.split(" (")[0]
        if bars[i].tied and bars[i - 1].tied and same:
            figure.add_shape(
                name="tie", type="line", xref="paper", xsizemode="pixel", xanchor=0, yref="y",
                x0=-5 * canvas.u, x1=-5 * canvas.u, y0=plan.centres[i - 1], y1=plan.centres[i],
                line={"color": TEXT, "width": 2 * canvas.u},
            )  # fmt: skip


def _extremes(named: Sequence[tuple[str, str]]) -> str:
    if not named:
        return f"No value is published ({NOT_PUBLISHED})"
    first, last = named[0], named[-1]
    text = f"Largest: {first[0]}, {first[1]}"
    return text if len(named) == 1 else f"{text}; smallest shown: {last[0]}, {last[1]}"
