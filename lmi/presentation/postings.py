"""The index of job postings over time: the area's line, the nation's beside it, and how far from 100."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

import pandas as pd
import plotly.graph_objects as go

from lmi.analysis.signals import OLD_DAYS, level
from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.corner import VEIL
from lmi.presentation.event_style import day_words
from lmi.presentation.event_words import change_words
from lmi.presentation.formats import format_count
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import spread
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import CONTEXT, GRID, SECONDARY_TEXT, TEXT, TooManySeries
from lmi.presentation.time_axis import axis_room, day_ticks, draw_time

MAX_LINES = 4
BASE, BASE_DAY = 100.0, date(2020, 2, 1)
_BASE_WORDS = "100 = 1 February 2020"
_HEIGHT, _HEIGHT_PHONE = 380, 420
_MOST_POINTS = 400  # of a line as drawn; all are in the table
_GAP_TIMES, _GAP_DAYS = 4, 10  # a gap longer than so many steps around it, and so many days, breaks the line
_AROUND = 5  # steps before and after a gap that tell what is usual there
_END = 128  # pixels that the words at the end of a line may take, at desk size


@dataclass(frozen=True)
class _Line:
    """One series by day as ordinal, ascending. old: it ended long ago. change: percent over 12 months."""

    name: str
    days: tuple[int, ...]
    values: tuple[float, ...]
    old: bool
    change: float | None

    def words(self) -> str:
        """Name, last value and change; or when it ended."""
        last = format_count(round(self.values[-1], 0))
        if self.old:
            return f"{self.name} {last}, ends {_full_month(self.days[-1])}"
        told = "" if self.change is None else f", {change_words(self.change)} over the year"
        return f"{self.name} {last}{told}"


def postings_line(frame: Frame, series: pd.DataFrame, *, old: Collection[str] = ()) -> Chart:
    """An index of postings by day, the first name in the accent and the others in grey as context.

    series: date (a timestamp or ISO text), value (1 February 2020 = 100; missing is a gap) and name, the
    area first. old: names whose data ended long ago, drawn dashed with their end in words; so is any line
    that ends 120 days before the newest. Long lines are thinned for drawing.
    """
    lines = _read(series, old)
    notes = ["Dashed: no longer published." if any(s.old for s in lines) else ""]
    height = _HEIGHT_PHONE if frame.phone else _HEIGHT if frame.format.unit == 1 else None
    canvas = Canvas(frame, notes, height)
    size, u = canvas.sizes.tick, canvas.u
    ends = [wrap(line.words(), _END * u * (0.8 if frame.phone else 1), size) for line in lines]
    right = max((measure(t, size, bold=True) for each in ends for t in each), default=0) + 14 * u + canvas.pad
    low, high = _range(lines)
    steps = _ticks(low, high)
    left = canvas.pad + max((measure(str(t), size) for t in steps), default=0) + 8 * u
    days = [d for line in lines for d in (line.days[0], line.days[-1])] or [BASE_DAY.toordinal()] * 2
    across = float(min(days)), float(max(max(days), min(days) + 1))
    ticks = day_ticks(*across, canvas.plot_width(left, right), size) if lines else []
    below = axis_room(ticks, canvas)
    figure = go.Figure()
    draw_time(figure, canvas, across, ticks, grid=False)
    figure.update_yaxes(
        range=[low, high], visible=True, tickvals=steps, ticktext=[str(t) for t in steps], showgrid=True,
        gridcolor=GRID, tickfont={"size": size, "color": SECONDARY_TEXT}, ticklabelstandoff=int(4 * u),
    )  # fmt: skip
    _draw_base(figure, canvas, lines, (low, high))
    _draw_lines(figure, lines, canvas)
    room = canvas.plot_height(0, below), canvas.plot_width(left, right)
    _draw_ends(figure, lines, ends, canvas, (low, high, *room))
    alt = alt_text(
        f"Line chart, {counted(len(lines), 'line')},", "the index of job postings (1 February 2020 = 100)",
        frame.title, "; ".join(line.words() for line in lines) or "No index is known",
    )  # fmt: skip
    return canvas.finish(figure, left=left, right=right, table=_table(series), alt=alt, below=below)


def _read(series: pd.DataFrame, old: Collection[str]) -> list[_Line]:
    known = series[series["value"].notna()]
    known = known.assign(date=pd.to_datetime(known["date"]))
    known = known.assign(_day=[d.toordinal() for d in known["date"]])
    names = list(dict.fromkeys(str(n) for n in known["name"]))
    if len(names) > MAX_LINES:
        raise TooManySeries(len(names))
    newest = max(known["_day"], default=0)
    lines = []
    for name in names:
        part = known[known["name"].astype(str) == name].sort_values("_day", kind="stable")
        days, values = tuple(int(d) for d in part["_day"]), tuple(float(v) for v in part["value"])
        stands = level(part, "%", monthly=False)
        late = name in old or newest - days[-1] > OLD_DAYS
        lines.append(_Line(name, days, values, late, stands.change_12m if stands else None))
    return lines


def _table(series: pd.DataFrame) -> pd.DataFrame:
    """The last value of each month and series, newest first: daily rows would be thousands."""
    shown = series.rename(columns={"name": "series", "value": "postings_index"})
    shown = shown.assign(_day=pd.to_datetime(shown["date"]))
    shown = shown.assign(date=shown["_day"].dt.strftime("%Y-%m-%d"), _month=shown["_day"].dt.to_period("M"))
    shown = shown.sort_values("_day", kind="stable").groupby(["_month", "series"], sort=False).tail(1)
    shown = shown.sort_values(["_day", "series"], ascending=[False, True], kind="stable")
    return tables.display_table(shown, ["date", "series", "postings_index"])


def _range(lines: Sequence[_Line]) -> tuple[float, float]:
    values = [v for line in lines for v in line.values] + [BASE]
    low, high = min(values), max(values)
    room = 0.06 * (high - low) or 5
    return low - room, high + room


def _ticks(low: float, high: float) -> list[int]:
    step = next((s for s in (5, 10, 20, 25, 50, 100, 200) if (high - low) / s <= 5), 500)
    return [t for t in range(0, int(high) + 1, step) if t >= low]


def _draw_base(figure: go.Figure, canvas: Canvas, lines: Sequence[_Line], ends: tuple[float, float]) -> None:
    """The line at 100 and its words, on the side where the first line leaves more room at the right."""
    u = canvas.u
    figure.add_shape(name="base", type="line", xref="paper", x0=0, x1=1, y0=BASE, y1=BASE, layer="below",
                     line={"color": CONTEXT, "width": 1.5 * u, "dash": "dot"})  # fmt: skip
    over = _room_over(lines, ends)
    figure.add_annotation(
        name="base", text=_BASE_WORDS, xref="paper", x=0 if over[1] else 1, y=BASE, showarrow=False,
        borderpad=0, xanchor="left" if over[1] else "right", yanchor="bottom" if over[0] else "top",
        xshift=(4 if over[1] else -4) * u, yshift=(3 if over[0] else -3) * u,
        font={"size": canvas.sizes.source, "color": SECONDARY_TEXT},
    )  # fmt: skip


def _room_over(lines: Sequence[_Line], ends: tuple[float, float]) -> tuple[bool, bool]:
    """Above or below the base, at the left or the right: where fewest points lie."""
    points = [(d, v) for line in lines for d, v in zip(line.days, line.values, strict=True)]
    if not points:
        return True, True
    first, last = min(d for d, _ in points), max(d for d, _ in points)
    third, tall = (last - first) / 3, 0.12 * (ends[1] - ends[0])
    found = {}
    for over in (True, False):
        for left in (False, True):
            level = (BASE, BASE + tall) if over else (BASE - tall, BASE)
            inside = [d <= first + third if left else d >= last - third for d, _ in points]
            found[over, left] = sum(
                here and level[0] <= v <= level[1] for here, (_, v) in zip(inside, points, strict=True)
            )
            if not ends[0] <= level[0] + 0.5 * tall <= ends[1]:
                found[over, left] = len(points) + 1
    return min(found, key=lambda key: found[key])


def _draw_lines(figure: go.Figure, lines: Sequence[_Line], canvas: Canvas) -> None:
    """Context first, so that the area's own line lies on top."""
    u = canvas.u
    for i, line in reversed(list(enumerate(lines))):
        points = _drawn(line)
        colour = canvas.frame.palette.accent if i == 0 else CONTEXT
        texts = [hover(line.name, day_words(date.fromordinal(d)), f"Index {v:.1f}") if v is not None else ""
                 for d, v in points]  # fmt: skip
        figure.add_scatter(
            name=line.name, mode="lines", x=[d for d, _ in points], y=[v for _, v in points],
            connectgaps=False, hoverinfo="text", hovertext=texts, cliponaxis=False,
            line={"color": colour, "width": (3 if i == 0 else 2) * u,
                  "dash": "dash" if line.old else "solid"},
        )  # fmt: skip
        figure.add_scatter(
            name="end", mode="markers", x=[line.days[-1]], y=[line.values[-1]], hoverinfo="skip",
            cliponaxis=False, marker={"size": 8 * u, "color": colour, "opacity": 1, "line": {"width": 0}},
        )  # fmt: skip


def _drawn(line: _Line) -> list[tuple[int, float | None]]:
    """Points a few days apart, with both ends, the highest and the lowest; None where values are missing."""
    n, least = len(line.days), (line.days[-1] - line.days[0]) / _MOST_POINTS
    breaks = _breaks([b - a for a, b in pairwise(line.days)])
    extremes = {line.values.index(max(line.values)), line.values.index(min(line.values))}
    sure = {0, n - 1, *extremes, *breaks, *(i - 1 for i in breaks)}
    points: list[tuple[int, float | None]] = []
    for i, (day, value) in enumerate(zip(line.days, line.values, strict=True)):
        if i in breaks:
            points.append((day - 1, None))
        if i in sure or day - points[-1][0] >= least:
            points.append((day, value))
    return points


def _breaks(gaps: Sequence[int]) -> set[int]:
    """Places of the points before which values are missing; gaps: days between neighbours."""
    found = set()
    for i, gap in enumerate(gaps):
        if gap > _GAP_DAYS:
            sides = gaps[max(i - _AROUND, 0) : i], gaps[i + 1 : i + 1 + _AROUND]
            usual = max((median(side) for side in sides if side), default=gap)
            if gap > _GAP_TIMES * usual:
                found.add(i + 1)
    return found


def _draw_ends(
    figure: go.Figure,
    lines: Sequence[_Line],
    ends: Sequence[list[str]],
    canvas: Canvas,
    scale: tuple[float, float, float, float],
) -> None:
    """The words beside the ends of the lines, moved only as far as the others need.

    scale: ends of the vertical axis, pixels of the plot upwards and across. A line that ended long ago
    has its words there.
    """
    (low, high, height, width), u, size = scale, canvas.u, canvas.sizes.tick
    wished = [(line.values[-1] - low) / (high - low) * height for line in lines]
    last, first = (f((d for s in lines for d in s.days), default=0) for f in (max, min))
    wide = [max(measure(t, size, bold=True) for t in words) + 30 * u for words in ends]
    early = [(last - s.days[-1]) / max(last - first, 1) * width > w for s, w in zip(lines, wide, strict=True)]
    late = [i for i, own in enumerate(early) if not own]
    rooms = [block_height(len(ends[i]), size) + 4 * u for i in late]
    placed = spread([wished[i] for i in late], rooms, (-20 * u, height + 20 * u), 0)
    at = dict(zip(late, placed, strict=True)) if placed else {}
    for i, (line, words) in enumerate(zip(lines, ends, strict=True)):
        figure.add_annotation(
            name="line", text=joined(words), x=line.days[-1] if early[i] else last, xanchor="left",
            xshift=9 * u, y=line.values[-1], yanchor="middle", yshift=at.get(i, wished[i]) - wished[i],
            showarrow=False, borderpad=0, align="left", bgcolor=VEIL if early[i] else None,
            font={"size": size, "color": TEXT, "weight": 700 if i == 0 else 400},
        )  # fmt: skip


def _full_month(day: int) -> str:
    return pd.Timestamp.fromordinal(day).strftime("%B %Y")
