"""How fresh each source is: a row with a dot at its release and a tick where the next one is due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.dates import When, month_words, when_of
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.rowlabels import GUTTER, Label, Rows, axis_height, draw_rows, fit_labels
from lmi.presentation.text import block_height, measure, plain, wrap
from lmi.presentation.theme import CONTEXT, GRID, PAPER, SECONDARY_TEXT, TEXT

MAX_ROWS = 20
_ROW = 22  # desk pixels of a row with one line
_LEAST_ROWS, _LEAST_PLOT, _WIDEST = 40, 130, 360  # desk pixels: all rows, the plot, the column of names
_BETWEEN = 12  # between the plot and the words, and between the two columns of words
_DOT = 11
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)  # months between the dates on the axis
_Pair = tuple[float, float]


@dataclass(frozen=True)
class _Source:
    """One row. at: where its dot stands, None without a date of release. fetched: False for a source of which
    nothing has been obtained yet."""

    name: str
    period: str
    released: When | None
    due: When | None
    late: bool
    at: date | None
    fetched: bool = True

    def words(self, *, exact: bool = False) -> tuple[str, str]:
        """The release and the next one."""
        if not self.fetched:
            return "not fetched yet", "no next date"
        released = f"released {self.released.words(exact=exact)}" if self.released else "release not dated"
        due = self.due.words(exact=exact) if self.due else ""
        if self.late:
            return released, f"overdue since {due}" if due else "overdue"
        return released, f"next due {due}" if due else "no next date"

    def hover(self) -> str:
        """All that is known of it, each date as exact as published."""
        dates = (words[0].upper() + words[1:] for words in self.words(exact=True))
        return hover(self.name, f"Describes {self.period}" if self.period else "", *dates)


def freshness_dots(sources: pd.DataFrame, frame: Frame) -> Chart:
    """One row per source, by the date its next release is due; so overdue ones, hollow, come first.

    sources: short_title, period, released and next_due (ISO day, month or year; missing if not known),
    overdue (bool); retrieved, if there, is empty where nothing has been fetched yet; as_of (ISO day), if
    there, is the day of the look, drawn as a line. A release stands in the middle of the month or year that
    is published, the next one at its end, when it is overdue.
    """
    today = _today(sources)
    read = [_read(row, today) for _, row in sources.iterrows()]
    order = sorted(range(len(read)), key=lambda i: _order(read[i]))
    every = [read[i] for i in order]
    columns = [c for c in ("short_title", "period", "released", "next_due", "overdue") if c in sources]
    table = tables.display_table(sources.iloc[order], columns)
    canvas, placed, right = _fit(every, frame, today)
    rows, left = every[: placed.shown], placed.left + (_DOT * canvas.u if frame.phone else 0)
    figure = go.Figure()
    _draw_axis(figure, rows, today, canvas, (left, right))
    _draw_marks(figure, rows, placed, canvas, today)
    draw_rows(figure, placed, canvas, gutter=left - placed.left)
    if not frame.phone:
        _draw_words(figure, rows, placed, canvas)
    alt = alt_text(
        f"Rows of dated dots, {counted(len(every), 'source')},", "release date and next due date",
        frame.title, _spoken(every),
    )  # fmt: skip
    above, below = _around(canvas, today)
    return canvas.finish(figure, left=left, right=right, table=table, alt=alt, above=above, below=below)


def _around(canvas: Canvas, today: date | None) -> _Pair:
    """Pixels over the rows for the day of the look, and under them for the axis."""
    return (10 * canvas.u if today else 0), axis_height(canvas)


def _read(row: pd.Series, today: date | None) -> _Source:
    released, due = when_of(row["released"]), when_of(row.get("next_due"))
    at = released.first + (released.last - released.first) / 2 if released else None
    if at and today and released and released.first <= today:
        at = min(at, today)
    period = row.get("period")
    fetched = row.get("retrieved") != ""
    due = due if fetched else None
    told = "" if period is None or pd.isna(period) or not fetched else str(period)
    late = bool(number(row.get("overdue"))) and fetched
    return _Source(str(row["short_title"]), told, released, due, late, at, fetched)


def _today(sources: pd.DataFrame) -> date | None:
    """The day of the look, if the rows carry it."""
    found = [when_of(value) for value in sources["as_of"]] if "as_of" in sources else []
    return next((when.last for when in found if when), None)


def _order(row: _Source) -> tuple[bool, date, date, str]:
    """Overdue first, longest first; then by the next date, oldest release first; undated last."""
    undated = date.min if row.late else date.max
    due = row.due.last if row.due else undated
    return not row.late, due, row.at or date.max, row.name


def _fit(rows: Sequence[_Source], frame: Frame, today: date | None) -> tuple[Canvas, Rows, float]:
    """A canvas as tall as its rows need, unless the frame asks for a height; rows; the right margin."""
    notes, kept = [_note(rows)], rows[:MAX_ROWS]
    canvas = Canvas(frame, notes)
    u, around = canvas.u, sum(_around(canvas, today))
    if frame.phone:
        labels = [Label(row.name, ", ".join(row.words()), row.late) for row in kept]
        canvas, placed = fit_labels(frame, labels, notes, total=len(rows), around=around, bar=_DOT)
        return canvas, placed, canvas.pad + _DOT * u
    right = sum(_words_widths(kept, canvas)) + 2 * _BETWEEN * u + canvas.pad
    widest = (canvas.plot_width(canvas.pad + (GUTTER + 2) * u, right) / u - _LEAST_PLOT) // 1
    widest = min(max(widest, 100), _WIDEST)
    if frame.height is None:
        size = canvas.sizes.tick
        sure = max(min(widest * u, 0.4 * canvas.min_width) - 15 * u, 100 * u)  # columns come in steps
        lines = [len(wrap(row.name, sure, size)) for row in kept]
        needed = sum(max(block_height(n, size) + 4 * u, _ROW * u) for n in lines)
        canvas = Canvas(frame, [*notes, "…"] if len(kept) < len(rows) else notes)
        needed = canvas.header + canvas.footer + around + max(needed, _LEAST_ROWS * u)
        frame = replace(frame, height=ceil(needed))
    canvas, placed = fit_labels(
        frame, [Label(row.name) for row in kept], notes, total=len(rows), around=around, bar=_ROW - 3.5,
        widest=widest,
    )  # fmt: skip
    return canvas, placed, right


def _note(rows: Sequence[_Source]) -> str:
    """What the marks mean, of those that are there."""
    parts = (
        "Dot: released." if any(row.at for row in rows) else "",
        "Tick: next release due." if any(row.due for row in rows) else "",
        "Hollow: overdue." if any(row.late for row in rows) else "",
    )
    return " ".join(part for part in parts if part)


def _words_widths(rows: Sequence[_Source], canvas: Canvas) -> _Pair:
    size, words = canvas.sizes.tick, [row.words() for row in rows]
    due = [measure(pair[1], size, bold=row.late) for row, pair in zip(rows, words, strict=True)]
    return max((measure(pair[0], size) for pair in words), default=0), max(due, default=0)


def _draw_words(figure: go.Figure, rows: Sequence[_Source], placed: Rows, canvas: Canvas) -> None:
    """Both dates in words, in two columns right of the plot; overdue ones bold."""
    first, gap = _words_widths(rows, canvas)[0], _BETWEEN * canvas.u
    for row, y in zip(rows, placed.centres, strict=True):
        for name, words, shift, bold in (
            ("released words", row.words()[0], gap, False),
            ("due words", row.words()[1], gap + first + gap, row.late),
        ):
            figure.add_annotation(
                name=name, text=plain(words), xref="paper", x=1, xanchor="left", xshift=shift, y=y,
                yanchor="middle", showarrow=False, borderpad=0,
                font={"size": canvas.sizes.tick, "color": TEXT if bold else SECONDARY_TEXT,
                      "weight": 700 if bold else 400},
            )  # fmt: skip


def _draw_axis(
    figure: go.Figure, rows: Sequence[_Source], today: date | None, canvas: Canvas, margins: _Pair
) -> None:
    """The axis of time under the rows, as long as the dates need, and the day of the look as a line."""
    days = [d.toordinal() for row in rows for d in (row.at, row.due.last if row.due else None) if d]
    days += [today.toordinal()] if today and rows else []
    if not days:
        figure.update_xaxes(range=[0, 1], visible=False)
        return
    pad = max((max(days) - min(days)) * 0.03, 15)
    low, high = min(days) - pad, max(days) + pad
    ticks = _ticks((low, high), canvas, margins)
    figure.update_xaxes(
        type="date", range=[_iso(low), _iso(high)], visible=True, side="bottom", tickangle=0,
        tickvals=[at.isoformat() for at, _ in ticks], ticktext=[words for _, words in ticks],
        tickfont={"size": canvas.sizes.tick, "color": SECONDARY_TEXT}, ticks="outside", ticklen=4 * canvas.u,
        tickcolor=CONTEXT, tickwidth=canvas.u,
    )  # fmt: skip
    if today:
        _draw_today(figure, today, canvas, late=2 * today.toordinal() > low + high)


def _draw_today(figure: go.Figure, today: date, canvas: Canvas, *, late: bool) -> None:
    """late: the day is in the right half, so that its words go to the left."""
    figure.add_shape(
        name="today", type="line", x0=today.isoformat(), x1=today.isoformat(), yref="paper", y0=0, y1=1,
        layer="between", line={"color": CONTEXT, "width": canvas.u},
    )  # fmt: skip
    figure.add_annotation(
        name="today", text=f"today, {today.day} {month_words(today)}", showarrow=False,
        x=today.isoformat(), xanchor="right" if late else "left", xshift=(5 if late else -5) * canvas.u,
        yref="paper", y=1, yanchor="bottom", yshift=canvas.u, borderpad=0,
        font={"size": canvas.sizes.source, "color": SECONDARY_TEXT},
    )  # fmt: skip


def _ticks(ends: _Pair, canvas: Canvas, margins: _Pair) -> list[tuple[date, str]]:
    """Beginnings of years, or of months on a short axis; words where they do not touch or leave the chart."""
    low, high = ends
    size, width = canvas.sizes.tick, canvas.plot_width(*margins)
    pixels = width / (high - low)
    month = 30.4 * pixels
    first, last = date.fromordinal(ceil(low)), date.fromordinal(int(high))
    word = next((s for s in _STEPS if s * month >= measure(_tick_words(first, s), size) + 5 * canvas.u), 0)
    line = next((s for s in _STEPS if s >= min(word, 12) and s * month >= 6 * canvas.u), _STEPS[-1])
    ticks = []
    for i in range(first.year * 12, last.year * 12 + 12):
        at = date(i // 12, i % 12 + 1, 1)
        words = _tick_words(at, word) if word and i % word == 0 else ""
        x, half = (at.toordinal() - low) * pixels, measure(words, size) / 2
        fits = half - margins[0] <= x <= width + margins[1] - half
        if first <= at <= last and (words or i % line == 0):
            ticks.append((at, words if fits else ""))
    return ticks


def _tick_words(at: date, step: int) -> str:
    return str(at.year) if step >= 12 else month_words(at)


def _iso(ordinal: float) -> str:
    return date.fromordinal(round(ordinal)).isoformat()


def _draw_marks(
    figure: go.Figure, rows: Sequence[_Source], placed: Rows, canvas: Canvas, today: date | None
) -> None:
    """Lines under ticks under dots. Lateness is a dotted line, if the day of the look is known."""
    u, accent = canvas.u, canvas.frame.palette.accent
    each = list(zip(rows, placed.centres, strict=True))
    for y in placed.centres:
        figure.add_shape(
            name="guide", type="line", xref="paper", x0=0, x1=1, y0=y, y1=y, layer="between",
            line={"color": GRID, "width": u},
        )  # fmt: skip
    for row, y in each:
        if row.at and row.due:
            _line(figure, "current", (row.at, row.due.last), y, {"color": CONTEXT, "width": 1.5 * u})
        if row.late and row.due and today and row.due.last < today:
            dotted = {"color": CONTEXT, "width": 1.5 * u, "dash": "dot"}
            _line(figure, "late", (row.due.last, today), y, dotted)
    colours = {"next due": (TEXT, CONTEXT), "released": (TEXT, accent)}
    for name, symbol in (("next due", "line-ns"), ("released", "circle")):
        dates = [row.at if name == "released" else row.due.last if row.due else None for row in rows]
        drawn = [(at, y, row) for at, (row, y) in zip(dates, each, strict=True) if at]
        edges = [colours[name][0 if row.late else 1] for _, _, row in drawn]
        figure.add_scatter(
            name=name, mode="markers", x=[at.isoformat() for at, _, _ in drawn], y=[y for _, y, _ in drawn],
            hoverinfo="text", hovertext=[row.hover() for _, _, row in drawn], cliponaxis=False,
            marker={"symbol": symbol, "size": _DOT * u, "opacity": 1,
                    "color": [PAPER if row.late else accent for _, _, row in drawn],
                    "line": {"width": 2 * u, "color": edges}},
        )  # fmt: skip


def _line(figure: go.Figure, name: str, ends: tuple[date, date], y: float, line: dict) -> None:
    figure.add_shape(
        name=name, type="line", x0=ends[0].isoformat(), x1=ends[1].isoformat(), y0=y, y1=y, layer="between",
        line=line,
    )  # fmt: skip


def _spoken(rows: Sequence[_Source]) -> str:
    """Which are overdue, and the oldest and the newest release."""
    late = [f"{row.name} ({row.words()[1]})" if row.due else row.name for row in rows if row.late]
    dated = sorted((row.at, row.name, row.words()[0]) for row in rows if row.at)
    ends = [f"{name} ({words})" for _, name, words in (dated[0], dated[-1])] if dated else []
    parts = [f"Overdue: {'; '.join(late)}" if late else "None is overdue"]
    parts += [f"Oldest release: {ends[0]}; newest: {ends[1]}"] if len(dated) > 1 else []
    return ". ".join(parts)
