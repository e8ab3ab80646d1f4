"""How fresh each source is: a row with a dot at its release and a tick where the next one is due."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.rowlabels import GUTTER, Label, Rows, axis_height, draw_rows, fit_labels
from lmi.presentation.text import block_height, measure, plain, wrap
from lmi.presentation.theme import CONTEXT, GRID, PAPER, SECONDARY_TEXT, TEXT

MAX_ROWS = 20
_ROW = 22  # desk pixels of a row with one line
_LEAST_ROWS, _LEAST_PLOT, _WIDEST = 40, 130, 360  # desk pixels: all rows, the plot, the column of names
_BETWEEN = 14  # between the plot and the words, and between the two columns of words
_DOT = 11
_TODAY = "today"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)  # months between the dates on the axis


@dataclass(frozen=True)
class _When:
    """A day, a month or a year, as published."""

    first: date
    last: date

    @property
    def middle(self) -> date:
        return self.first + (self.last - self.first) / 2

    @property
    def words(self) -> str:
        """The year, with the month where it is known: 'May 2026'."""
        whole_year = self.last - self.first > timedelta(days=31)
        return str(self.first.year) if whole_year else f"{_MONTHS[self.first.month - 1]} {self.first.year}"


@dataclass(frozen=True)
class _Source:
    """One row. at: where its dot stands, None without a date of release."""

    name: str
    period: str
    released: _When | None
    due: _When | None
    late: bool
    at: date | None

    @property
    def released_words(self) -> str:
        return f"released {self.released.words}" if self.released else "release not dated"

    @property
    def due_words(self) -> str:
        if self.late:
            return f"overdue since {self.due.words}" if self.due else "overdue"
        return f"next due {self.due.words}" if self.due else "no next date"

    @property
    def hover(self) -> str:
        words = (self.released_words, self.due_words)
        return hover(
            self.name, f"Describes {self.period}" if self.period else "", *(w[0].upper() + w[1:] for w in words)
        )  # fmt: skip


def freshness_dots(sources: pd.DataFrame, frame: Frame) -> Chart:
    """One row per source, by the date its next release is due; so overdue ones, hollow, come first.

    sources: short_title, period, released and next_due (ISO day, month or year; missing if not known),
    overdue (bool); as_of (ISO day), if there, is the day of the look, drawn as a line. A release stands
    in the middle of the month or year that is published, the next one at its end, when it is overdue.
    """
    today = _today(sources)
    order = sorted(range(len(sources)), key=lambda i: _order(_read(sources.iloc[i], today)))
    rows = [_read(sources.iloc[i], today) for i in order]
    columns = [c for c in ("short_title", "period", "released", "next_due", "overdue") if c in sources]
    table = tables.display_table(sources.iloc[order], columns)
    canvas, placed, right = _fit(rows, frame, today)
    rows, left = rows[: placed.shown], placed.left + (_DOT * canvas.u if frame.phone else 0)
    width = canvas.plot_width(left, right)
    figure = go.Figure()
    axis = _draw_axis(figure, rows, today, canvas, width)
    _draw_marks(figure, rows, placed, canvas, today if axis else None)
    draw_rows(figure, placed, canvas, gutter=left - placed.left)
    if not frame.phone:
        _draw_words(figure, rows, placed, canvas)
    alt = alt_text(
        f"Rows of dated dots, {counted(len(sources), 'source')},", "release date and next due date",
        frame.title, _spoken([_read(row, today) for _, row in sources.iterrows()]),
    )  # fmt: skip
    return canvas.finish(figure, left=left, right=right, table=table, alt=alt, below=axis_height(canvas))


def _read(row: pd.Series, today: date | None) -> _Source:
    released, due = _when(row["released"]), _when(row.get("next_due"))
    at = released.middle if released else None
    if today and released and released.first <= today:
        at = min(released.middle, today)
    period = row.get("period")
    told = "" if period is None or pd.isna(period) else str(period)
    return _Source(str(row["short_title"]), told, released, due, bool(number(row.get("overdue"))), at)


def _when(value: object) -> _When | None:
    """The day, month or year written as ISO; None for anything else."""
    text = value if isinstance(value, str) else ""
    if not re.fullmatch(r"(19|20)\d\d(-\d\d){0,2}", text.strip(), re.ASCII):
        return None
    parts = [int(p) for p in text.split("-")]
    try:
        first = date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    month = first.month if len(parts) > 1 else 12
    day = first.day if len(parts) > 2 else monthrange(first.year, month)[1]
    return _When(first, date(first.year, month, day))


def _today(sources: pd.DataFrame) -> date | None:
    """The day of the look, if the rows carry it."""
    found = [_when(value) for value in sources["as_of"]] if "as_of" in sources else []
    return next((when.last for when in found if when), None)


def _order(row: _Source) -> tuple[bool, date, date, str]:
    """Overdue first, longest first; then by the next date, oldest release first; undated last."""
    undated = date.min if row.late else date.max
    due = row.due.last if row.due else undated
    return not row.late, due, row.at or date.max, row.name


def _fit(rows: Sequence[_Source], frame: Frame, today: date | None) -> tuple[Canvas, Rows, float]:
    """A canvas as tall as its rows need, unless the frame asks for a height; rows; the right margin."""
    notes, kept = [_note(rows, today)], rows[:MAX_ROWS]
    canvas = Canvas(frame, notes)
    u, around = canvas.u, axis_height(canvas)
    if frame.phone:
        labels = [Label(row.name, f"{row.released_words}, {row.due_words}") for row in kept]
        canvas, placed = fit_labels(frame, labels, notes, total=len(rows), around=around, bar=_DOT)
        return canvas, placed, canvas.pad + _DOT * u
    right = sum(_words_widths(kept, canvas)) + 2 * _BETWEEN * u + canvas.pad
    widest = (canvas.plot_width(canvas.pad + (GUTTER + 2) * u, right) / u - _LEAST_PLOT) // 1
    widest = min(max(widest, 100), _WIDEST)
    if frame.height is None:
        size, gap = canvas.sizes.tick, 4 * u
        heights = [max(block_height(len(wrap(r.name, widest * u, size)), size) + gap, _ROW * u) for r in kept]
        canvas = Canvas(frame, [*notes, "…"] if len(kept) < len(rows) else notes)
        room = max(sum(heights), _LEAST_ROWS * u)
        frame = replace(frame, height=ceil(canvas.header + canvas.footer + around + room))
    canvas, placed = fit_labels(
        frame, [Label(row.name) for row in kept], notes, total=len(rows), around=around, bar=_ROW - 3.5,
        widest=widest,
    )  # fmt: skip
    return canvas, placed, right


def _note(rows: Sequence[_Source], today: date | None) -> str:
    """What the marks mean, of those that are there."""
    parts = (
        "Dot: released." if any(row.at for row in rows) else "",
        "Tick: next release due." if any(row.due for row in rows) else "",
        "Hollow, dotted: overdue." if any(row.late for row in rows) else "",
        f"Line: {_TODAY}, {today.day} {_MONTHS[today.month - 1]} {today.year}." if today and rows else "",
    )
    return " ".join(part for part in parts if part)


def _words_widths(rows: Sequence[_Source], canvas: Canvas) -> tuple[float, float]:
    size = canvas.sizes.tick
    released = max((measure(row.released_words, size) for row in rows), default=0)
    return released, max((measure(row.due_words, size, bold=row.late) for row in rows), default=0)


def _draw_words(figure: go.Figure, rows: Sequence[_Source], placed: Rows, canvas: Canvas) -> None:
    """Both dates in words, in two columns right of the plot; overdue ones bold."""
    first, gap = _words_widths(rows, canvas)[0], _BETWEEN * canvas.u
    for row, y in zip(rows, placed.centres, strict=True):
        for name, words, shift, bold in (
            ("released words", row.released_words, gap, False),
            ("due words", row.due_words, gap + first + gap, row.late),
        ):
            figure.add_annotation(
                name=name, text=plain(words), xref="paper", x=1, xanchor="left", xshift=shift, y=y,
                yanchor="middle", showarrow=False, borderpad=0,
                font={"size": canvas.sizes.tick, "color": TEXT if bold else SECONDARY_TEXT,
                      "weight": 700 if bold else 400},
            )  # fmt: skip


def _draw_axis(
    figure: go.Figure, rows: Sequence[_Source], today: date | None, canvas: Canvas, width: float
) -> bool:
    """The axis of time under the rows, as long as the dates need; whether there is one."""
    days = [d.toordinal() for row in rows for d in (row.at, row.due.last if row.due else None) if d]
    if not days:
        figure.update_xaxes(range=[0, 1], visible=False)
        return False
    days += [today.toordinal()] if today else []
    pad = max((max(days) - min(days)) * 0.03, 15)
    low, high = min(days) - pad, max(days) + pad
    ticks = _ticks((low, high), today, canvas, width)
    figure.update_xaxes(
        type="date", range=[_iso(low), _iso(high)], visible=True, side="bottom", showgrid=True, gridcolor=GRID,
        tickvals=[at.isoformat() for at, _ in ticks], ticktext=[words for _, words in ticks], tickangle=0,
        tickfont={"size": canvas.sizes.tick, "color": SECONDARY_TEXT},
    )  # fmt: skip
    return True


def _ticks(
    ends: tuple[float, float], today: date | None, canvas: Canvas, width: float
) -> list[tuple[date, str]]:
    """Years, or months where time is short, as many as do not touch one another or the word for today."""
    low, high = ends
    size, gap = canvas.sizes.tick, 14 * canvas.u
    pixels = width / (high - low)
    fixed = [(today, _TODAY)] if today else []
    for step in _STEPS:
        months = range(date.fromordinal(ceil(low)).year * 12, date.fromordinal(int(high)).year * 12 + 12)
        dates = [date(m // 12, m % 12 + 1, 1) for m in months if m % step == 0]
        ticks = [
            (d, str(d.year) if step >= 12 else f"{_MONTHS[d.month - 1]} {d.year}")
            for d in dates
            if low <= d.toordinal() <= high
        ]
        room = step * 30.4 * pixels
        if all(measure(words, size) + gap <= room for _, words in ticks):
            break
    reach = measure(_TODAY, size) / 2 + gap / 2
    clear = [
        (d, words)
        for d, words in ticks
        if not today or abs((d - today).days) * pixels > reach + measure(words, size) / 2
    ]
    return [*clear, *fixed]


def _iso(ordinal: float) -> str:
    return date.fromordinal(round(ordinal)).isoformat()


def _draw_marks(
    figure: go.Figure, rows: Sequence[_Source], placed: Rows, canvas: Canvas, today: date | None
) -> None:
    """Lines first, then ticks, then dots, so that a dot is never crossed."""
    u, accent = canvas.u, canvas.frame.palette.accent
    each = list(zip(rows, placed.centres, strict=True))
    if today:
        figure.add_shape(name=_TODAY, type="line", x0=today.isoformat(), x1=today.isoformat(), yref="paper",
                         y0=0, y1=1, layer="below", line={"color": CONTEXT, "width": u})  # fmt: skip
    for row, y in each:
        if row.at and row.due:
            _line(figure, "current", (row.at, row.due.last), y, {"color": CONTEXT, "width": 1.5 * u})
        if row.late and row.due and today and row.due.last < today:
            dotted = {"color": CONTEXT, "width": 1.5 * u, "dash": "dot"}
            _line(figure, "late", (row.due.last, today), y, dotted)
    ticks = [(row.due.last, y, row) for row, y in each if row.due]
    dots = [(row.at, y, row) for row, y in each if row.at]
    figure.add_scatter(
        name="next due", mode="markers", x=[d.isoformat() for d, _, _ in ticks], y=[y for _, y, _ in ticks],
        hoverinfo="text", hovertext=[row.hover for _, _, row in ticks], cliponaxis=False,
        marker={"symbol": "line-ns", "size": 11 * u, "opacity": 1,
                "line": {"width": 2 * u, "color": [TEXT if row.late else CONTEXT for _, _, row in ticks]}},
    )  # fmt: skip
    figure.add_scatter(
        name="released", mode="markers", x=[d.isoformat() for d, _, _ in dots], y=[y for _, y, _ in dots],
        hoverinfo="text", hovertext=[row.hover for _, _, row in dots], cliponaxis=False,
        marker={"symbol": "circle", "size": _DOT * u, "opacity": 1,
                "color": [PAPER if row.late else accent for _, _, row in dots],
                "line": {"width": 2 * u, "color": [TEXT if row.late else accent for _, _, row in dots]}},
    )  # fmt: skip


def _line(figure: go.Figure, name: str, ends: tuple[date, date], y: float, line: dict) -> None:
    figure.add_shape(
        name=name, type="line", x0=ends[0].isoformat(), x1=ends[1].isoformat(), y0=y, y1=y, layer="below",
        line=line,
    )  # fmt: skip


def _spoken(rows: Sequence[_Source]) -> str:
    """Which are overdue, and the oldest and the newest release."""
    late = [f"{row.name} ({row.due_words})" if row.due else row.name for row in rows if row.late]
    dated = sorted((row.at, row.name, row.released_words) for row in rows if row.at)
    ends = [f"{name} ({words})" for _, name, words in (dated[0], dated[-1])] if dated else []
    parts = [f"Overdue: {'; '.join(late)}" if late else "None is overdue"]
    parts += [f"Oldest release: {ends[0]}; newest: {ends[1]}"] if len(dated) > 1 else []
    return ". ".join(parts)
