"""Rows with a title and, where there is room, a smaller second line; texts at the ends of marks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from lmi.presentation.frame import Canvas, Frame
from lmi.presentation.rowplan import left_out
from lmi.presentation.text import block_height, joined, measure, plain, wrap
from lmi.presentation.theme import CONTEXT, GRID, PAPER, SECONDARY_TEXT, TEXT

_COLUMNS = tuple(
    float(w) for w in range(150, 361, 15)
)  # widths tried for the column of labels, in desk pixels
_COLUMN_SHARE = 0.42
_LOOSEST = 1.7  # rows are spread out at most so much
_LEAST_ROOM = 40  # pixels of a plot without rows
_GAP = 3.5  # between rows, in desk pixels
_BETWEEN = 2  # between a title and its second line
_ABOVE_MARK = 3  # between a label and the mark under it, on a phone
GUTTER = 10  # between a label and the plot


@dataclass(frozen=True)
class Label:
    """The words of one row. second: a small line under the title, left out where room is short."""

    text: str
    second: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Row:
    """One row as placed: its lines, and the middle of its mark in pixels from the top."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    centre: float
    height: float
    bold: bool = False


@dataclass(frozen=True)
class Rows:
    """All rows as placed. left: margin that the labels need; bar: thickness of a mark; used: of total."""

    rows: tuple[Row, ...]
    total: float
    left: float
    bar: float
    used: float

    @property
    def centres(self) -> list[float]:
        """Middles of the marks."""
        return [row.centre for row in self.rows]

    @property
    def shown(self) -> int:
        """How many rows fit."""
        return len(self.rows)


def fit_labels(
    frame: Frame,
    labels: Sequence[Label],
    notes: Sequence[str] = (),
    *,
    total: int | None = None,
    around: float = 0,
    bar: float = 15,
    grow: float = 1.0,
    widest: float = _COLUMNS[-1],
) -> tuple[Canvas, Rows]:
    """A canvas and a place for each row; first second lines, then rows are left out until it fits.

    total: rows of the whole table, of which `labels` are the first; a note counts what is not drawn.
    around: pixels above and below the rows together. bar, widest: thickness of a mark and limit of
    the column of labels, in desk pixels. grow: how much thicker than `bar` a mark may get where rows
    are few. The canvas is as tall as its format, less if few rows leave room, and on a phone as the
    rows need.
    """
    count = len(labels) if total is None else total
    need = _Need(around, bar * frame.format.unit, grow, widest)
    if frame.phone:
        canvas = _canvas(frame, notes, count, len(labels))
        rows = _stacked(labels, canvas, need)
        height = round(canvas.header + canvas.footer + rows.total + around)
        return Canvas(frame, canvas.notes, height), rows
    kept = list(labels)
    if _beside(kept, _canvas(frame, notes, count, len(kept)), need).shown < len(kept):
        kept = [Label(label.text, "", label.bold) for label in kept]
    while True:
        canvas = _canvas(frame, notes, count, len(kept))
        rows = _beside(kept, canvas, need)
        if rows.shown == len(kept):
            return _closed_up(canvas, rows, around)
        kept = kept[: rows.shown]


def _closed_up(canvas: Canvas, rows: Rows, around: float) -> tuple[Canvas, Rows]:
    """Without the empty room under a few rows, unless the frame asks for a height."""
    used = max(rows.used, _LEAST_ROOM * canvas.u)
    if canvas.frame.height is not None or used >= rows.total:
        return canvas, rows
    height = round(canvas.header + canvas.footer + used + around)
    return Canvas(canvas.frame, canvas.notes, height), replace(rows, total=used)


@dataclass(frozen=True)
class _Need:
    """Pixels above and below the rows, thickness of a mark, limit of the labels in desk pixels."""

    around: float
    bar: float
    grow: float
    widest: float


def _canvas(frame: Frame, notes: Sequence[str], total: int, shown: int) -> Canvas:
    """With all notes in one running text, which takes the fewest lines."""
    return Canvas(frame, [" ".join(note for note in (*notes, left_out(total, shown)) if note)])


def _wrapped(label: Label, width: float, canvas: Canvas) -> Row:
    first = wrap(label.text, width, canvas.sizes.tick, bold=label.bold)
    second = wrap(label.second, width, canvas.sizes.source)
    height = block_height(len(first), canvas.sizes.tick)
    height += block_height(len(second), canvas.sizes.source) + (_BETWEEN * canvas.u if second else 0)
    return Row(tuple(first), tuple(second), 0.0, height, label.bold)


def _beside(labels: Sequence[Label], canvas: Canvas, need: _Need) -> Rows:
    """Labels left of the marks, in the narrowest column that lets all rows fit."""
    room = canvas.plot_height(need.around)
    rows, heights = _in_columns(labels, canvas, need, room)
    while len(rows) > 1 and sum(heights) > room + 1:
        rows, heights = rows[:-1], heights[:-1]
    tallest = max(heights, default=0)
    if tallest * len(heights) <= room:  # equal distances, where there is room for them
        heights = [tallest] * len(heights)
    spread = min(max(room / max(sum(heights), 1), 1), _LOOSEST)
    placed, y = [], 0.0
    for row, height in zip(rows, heights, strict=True):
        placed.append(replace(row, centre=y + height * spread / 2))
        y += height * spread
    column = max((_width(row, canvas) for row in rows), default=0)
    left = canvas.pad + column + (GUTTER + 2) * canvas.u
    lowest = min(heights, default=0) * spread
    bar = min(max(need.bar, 0.5 * lowest), need.grow * need.bar)
    return Rows(tuple(placed), max(room, y), left, bar, y)


def _in_columns(
    labels: Sequence[Label], canvas: Canvas, need: _Need, room: float
) -> tuple[list[Row], list[float]]:
    """Wrapped rows with their heights: the narrowest column of at most two lines, else the first to fit."""
    u, widest = canvas.u, need.widest
    if canvas.frame.width:  # a chart made for a narrow place keeps most of it for the marks
        widest = min(widest, _COLUMN_SHARE * canvas.min_width / u)
    fitting: tuple[list[Row], list[float]] | None = None
    for width in [w for w in _COLUMNS if w <= widest] or [widest]:
        rows = [_wrapped(label, width * u, canvas) for label in labels]
        heights = [max(row.height, need.bar) + _GAP * u for row in rows]
        if sum(heights) <= room:
            fitting = fitting or (rows, heights)
            if all(len(row.first) <= 2 for row in rows):
                return rows, heights
    return fitting or (rows, heights)


def _width(row: Row, canvas: Canvas) -> float:
    first = [measure(t, canvas.sizes.tick, bold=row.bold) for t in row.first]
    return max([*first, *(measure(t, canvas.sizes.source) for t in row.second)], default=0)


def _stacked(labels: Sequence[Label], canvas: Canvas, need: _Need) -> Rows:
    """Labels above the marks."""
    u, bar, y = canvas.u, need.bar, 0.0
    placed = []
    for label in labels:
        row = _wrapped(label, canvas.text_width, canvas)
        y += row.height + _ABOVE_MARK * u
        placed.append(replace(row, centre=y + bar / 2))
        y += bar + 9 * u
    return Rows(tuple(placed), max(y, 20 * u), canvas.pad, bar, y)


def draw_rows(figure: go.Figure, rows: Rows, canvas: Canvas, *, gutter: float = 0) -> None:
    """Write the labels and set the vertical axis. gutter: extra pixels between labels and plot."""
    phone, u = canvas.frame.phone, canvas.u
    for row in rows.rows:
        top = rows.bar / 2 + _ABOVE_MARK * u + row.height if phone else row.height / 2
        for name, lines, size in (
            ("row", row.first, canvas.sizes.tick), ("row note", row.second, canvas.sizes.source),
        ):  # fmt: skip
            if not lines:
                continue
            main, tall = name == "row", block_height(len(lines), size)
            figure.add_annotation(
                name=name, text=joined(list(lines)), showarrow=False, borderpad=0, xref="paper", x=0,
                yref="y", y=row.centre, yshift=top - tall / 2, yanchor="middle",
                xshift=-gutter if phone else -GUTTER * u - gutter,
                xanchor="left" if phone else "right", align="left" if phone else "right",
                bgcolor=PAPER if phone else None,  # lines of the plot stop behind the words
                font={"size": size, "color": TEXT if main else SECONDARY_TEXT,
                      "weight": 700 if row.bold and main else 400},
            )  # fmt: skip
            top -= tall + _BETWEEN * u
    figure.update_yaxes(range=[rows.total, 0], visible=False)


@dataclass(frozen=True)
class EndText:
    """A text beside a mark: to the right of x, or, where `left`, before it."""

    row: int
    x: float
    text: str
    left: bool = False
    grey: bool = False


def side_room(
    texts: Sequence[EndText], axis: tuple[float, float], rows: Rows, canvas: Canvas, radius: float = 0
) -> tuple[float, float]:
    """Margins (extra left, right) that hold every text on the narrowest screen."""
    size, gap = canvas.sizes.tick, radius + 6 * canvas.u
    longest = {True: 0.0, False: 0.0}
    for each in texts:
        longest[each.left] = max(longest[each.left], measure(each.text, size) + gap)
    plot = canvas.plot_width(rows.left + longest[True], longest[False] + canvas.pad)
    need = {True: 0.0, False: 0.0}
    for each in texts:
        more = measure(each.text, size) + gap - _distance(each, axis) * plot
        need[each.left] = max(need[each.left], more)
    return need[True], need[False] + canvas.pad


def _distance(text: EndText, axis: tuple[float, float]) -> float:
    """From the text's point to the edge it runs towards, as a share of the plot."""
    low, high = axis
    return ((text.x - low) if text.left else (high - text.x)) / (high - low)


def draw_end_texts(
    figure: go.Figure, texts: Sequence[EndText], rows: Rows, canvas: Canvas, radius: float = 0
) -> None:
    """Values at the ends of the marks; radius: how far the mark reaches from its point."""
    for each in texts:
        gap = radius + 6 * canvas.u
        figure.add_annotation(
            name="value", text=plain(each.text), x=each.x, y=rows.rows[each.row].centre, showarrow=False,
            borderpad=0, xanchor="right" if each.left else "left", xshift=-gap if each.left else gap,
            yanchor="middle", bgcolor=PAPER,
            font={"size": canvas.sizes.tick, "color": SECONDARY_TEXT if each.grey else TEXT},
        )  # fmt: skip


def axis_height(canvas: Canvas) -> float:
    """Pixels that the numbers under a horizontal axis take."""
    return canvas.sizes.tick * 1.15 + 8 * canvas.u


def draw_axis(
    figure: go.Figure, canvas: Canvas, axis: tuple[float, float], ticks: Sequence[tuple[float, str]]
) -> None:
    """Numbers under the rows, faint lines up from them, and the line that the measure starts from."""
    figure.update_xaxes(
        range=list(axis), visible=True, side="bottom", showgrid=True, gridcolor=GRID,
        tickvals=[at for at, _ in ticks], ticktext=[plain(words) for _, words in ticks],
        tickfont={"size": canvas.sizes.tick, "color": SECONDARY_TEXT}, tickangle=0,
    )  # fmt: skip
    figure.add_shape(
        name="start", type="line", x0=axis[0], x1=axis[0], yref="paper", y0=0, y1=1, layer="below",
        line={"color": CONTEXT, "width": canvas.u},
    )  # fmt: skip


def share_axis(
    values: Sequence[float], *, most: int = 6
) -> tuple[tuple[float, float], list[tuple[float, str]]]:
    """An axis of percentages from 0 to just past the largest, never past 100, with `most` ticks or so."""
    top = min(max([1.0, *values]) * 1.03, 100.0)
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50) if top / s <= most)
    return (0.0, top), [(float(t), f"{t}%") for t in range(0, int(top) + 1, step)]
