"""Where the rows of a horizontal chart lie when their labels take one line or several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from lmi.presentation.frame import Canvas, Frame
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import CONTEXT, TEXT

_COLUMNS = range(150, 361, 15)  # widths tried for the column of labels, in desk pixels
_COLUMN_SHARE = 0.42
_LOOSEST = 1.7  # rows are spread out at most so much


@dataclass(frozen=True)
class RowPlan:
    """Rows in pixels from the top. left: margin that the labels need; bar: thickness of a mark.

    centres are the middles of the marks. shown: how many rows fit; the rest stay in the table.
    """

    lines: tuple[tuple[str, ...], ...]
    centres: tuple[float, ...]
    total: float
    left: float
    bar: float
    shown: int


def fit_rows(
    frame: Frame,
    labels: Sequence[str],
    notes: Sequence[str] = (),
    *,
    above: float = 0,
    widest: float = _COLUMNS[-1],
    beside: Sequence[int] = (),
) -> tuple[Canvas, RowPlan]:
    """A canvas and a place for each row. Rows that do not fit are left out, and a note says so.

    On a phone the canvas is as tall as the rows need. above: pixels taken over the rows. widest:
    limit of the column of labels, in desk pixels. beside: lines of the words at the end of each row.
    """
    shown = len(labels)
    for _ in range(4):
        canvas = Canvas(frame, [*notes, left_out(len(labels), shown)])
        plan = plan_rows(labels, canvas, above=above, widest=widest, beside=beside)
        if plan.shown >= shown:
            break
        shown = plan.shown
    if frame.phone and frame.height is None:
        canvas = Canvas(frame, notes, round(canvas.header + canvas.footer + plan.total + above))
    return canvas, plan if plan.shown <= shown else _first(plan, shown)


def _first(plan: RowPlan, n: int) -> RowPlan:
    return replace(plan, lines=plan.lines[:n], centres=plan.centres[:n], shown=n)


def plan_rows(
    labels: Sequence[str],
    canvas: Canvas,
    *,
    above: float = 0,
    widest: float = _COLUMNS[-1],
    beside: Sequence[int] = (),
) -> RowPlan:
    """Place one row per label; the narrowest column of labels that lets all rows fit is taken."""
    if canvas.frame.phone:
        return _stacked(labels, canvas)
    room = canvas.plot_height(above)
    size, u = canvas.sizes.tick, canvas.u
    lines: list[list[str]] = []
    heights: list[float] = []
    if canvas.frame.width:  # a chart made for a narrow place keeps most of it for the marks
        widest = min(widest, _COLUMN_SHARE * canvas.min_width / u)
    for width in [w for w in _COLUMNS if w <= widest] or [_COLUMNS[0]]:
        lines = [wrap(label, width * u, size) for label in labels]
        most = [max(len(each), n) for each, n in zip(lines, beside or [0] * len(lines), strict=True)]
        heights = [block_height(n, size) + 3.5 * u for n in most]
        if sum(heights) <= room:
            break
    shown = _that_fit(heights, room)
    heights, lines = heights[:shown], lines[:shown]
    widest = max((measure(t, size) for each in lines for t in each), default=0)
    spread = min(max(room / max(sum(heights), 1), 1), _LOOSEST)
    centres, y = [], 0.0
    for height in heights:
        centres.append(y + height * spread / 2)
        y += height * spread
    return RowPlan(
        tuple(map(tuple, lines)), tuple(centres), max(room, y), canvas.pad + widest + 12 * u, 15 * u, shown
    )


def _stacked(labels: Sequence[str], canvas: Canvas) -> RowPlan:
    size, u = canvas.sizes.tick, canvas.u
    lines = [wrap(label, canvas.text_width, size) for label in labels]
    bar, centres, y = 13 * u, [], 0.0
    for each in lines:
        y += block_height(len(each), size) + 2 * u
        centres.append(y + bar / 2)
        y += bar + 10 * u
    return RowPlan(tuple(map(tuple, lines)), tuple(centres), y, canvas.pad, bar, len(labels))


def _that_fit(heights: Sequence[float], room: float) -> int:
    used = 0.0
    for i, height in enumerate(heights):
        used += height
        if used > room + 1:
            return max(i, 1)
    return len(heights)


def draw_labels(figure: go.Figure, plan: RowPlan, canvas: Canvas) -> None:
    """Write the row labels: left of the marks, or above them on a phone; set the vertical axis."""
    phone = canvas.frame.phone
    for lines, centre in zip(plan.lines, plan.centres, strict=True):
        figure.add_annotation(
            name="row", text=joined(list(lines)), showarrow=False, borderpad=0, xref="paper", x=0,
            yref="y", y=centre - plan.bar / 2 - 1 if phone else centre,
            xanchor="left" if phone else "right", xshift=0 if phone else -10 * canvas.u,
            yanchor="bottom" if phone else "middle", align="left" if phone else "right",
            font={"size": canvas.sizes.tick, "color": TEXT},
        )  # fmt: skip
    figure.update_yaxes(range=[plan.total, 0], visible=False)


def draw_baseline(figure: go.Figure, plan: RowPlan, canvas: Canvas, x: float = 0) -> None:
    """The line that bars start from."""
    end = plan.centres[-1] + plan.bar if plan.centres else plan.total
    figure.add_shape(
        name="baseline", type="line", xref="x", x0=x, x1=x, yref="y", y0=0, y1=min(end, plan.total),
        line={"color": CONTEXT, "width": canvas.u}, layer="above",
    )  # fmt: skip


def left_out(total: int, shown: int) -> str:
    """The note for rows that did not fit."""
    return f"First {shown} of {total} rows; all are in the table." if shown < total else ""
