"""Awards by year and level: stacked columns, with the levels named beside the last one."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import format_count, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import spread
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import CONTEXT, PAPER, SECONDARY_TEXT, TEXT, TooManySeries

MAX_LEVELS = 4
NO_FIGURES = "no figures"
_EDGE = 0.36  # from the middle of a column to its edge; columns are 1 apart
_SHADES = {1: (3,), 2: (1, 4), 3: (1, 3, 5), 4: (0, 2, 3, 5)}  # steps of the ramp, light to dark


@dataclass(frozen=True)
class _Data:
    """Levels from the lowest up; for each, awards by year, None where not published."""

    years: list[int]
    levels: dict[str, list[float | None]]

    def total(self, i: int) -> float | None:
        """Of the year at place i; None if nothing is known."""
        known = [values[i] for values in self.levels.values() if values[i] is not None]
        return sum(v for v in known if v is not None) if known else None

    def total_words(self, i: int) -> str:
        """The total as it is written over the column."""
        total = self.total(i)
        if total is None:
            return NO_FIGURES
        return ("at least " if self.gaps(i) else "") + format_count(total)

    def gaps(self, i: int) -> bool:
        """Whether a level is not published in the year at place i."""
        return any(values[i] is None for values in self.levels.values())


def award_trend(rows: pd.DataFrame, frame: Frame) -> Chart:
    """Awards a year as columns from zero, stacked by level, lowest level at the foot.

    rows: award_year, level (at most four, as they are to read), level_order and awards. A level that
    has no row in a year had no awards; a missing figure is not published. A year between the first and
    the last without any figure says so.
    """
    data = _read(rows)
    canvas = Canvas(frame, [_note(data)])
    size, u = canvas.sizes.tick, canvas.u
    names, right = _names(data, canvas)
    above, below = size * 1.3 + 6 * u, size * 1.3 + 8 * u
    figure = go.Figure()
    _draw_columns(figure, data, canvas)
    top = max((data.total(i) or 0 for i in range(len(data.years))), default=0) or 1
    height = canvas.plot_height(above, below)
    _draw_names(figure, data, names, canvas, (top, height))
    figure.update_layout(barmode="stack", bargap=0.3)
    figure.update_xaxes(
        range=[-_EDGE, max(len(data.years) - 1, 0) + _EDGE], tickvals=list(range(len(data.years))),
        ticktext=[str(y) for y in data.years], ticklabelstandoff=int(3 * u),
        tickfont={"size": size, "color": TEXT},
    )  # fmt: skip
    figure.update_yaxes(range=[0, top], visible=False)
    figure.add_shape(name="baseline", type="line", xref="paper", x0=0, x1=1, y0=0, y1=0,
                     line={"color": CONTEXT, "width": u})  # fmt: skip
    alt = alt_text("Stacked columns", "awards a year by level", frame.title, _spoken(data))
    table = tables.display_table(rows, ["award_year", "level", "awards"])
    return canvas.finish(figure, left=canvas.pad, right=right, table=table, alt=alt, above=above, below=below)


def _read(rows: pd.DataFrame) -> _Data:
    keys = sorted({(number(o) or 0, str(n)) for o, n in zip(rows["level_order"], rows["level"], strict=True)})
    if len(keys) > MAX_LEVELS:
        raise TooManySeries(len(keys))
    found = sorted({int(y) for y in rows["award_year"]})
    years = list(range(found[0], found[-1] + 1)) if found else []
    given = {y: rows[rows["award_year"].astype(int) == y] if found else rows for y in years}
    levels: dict[str, list[float | None]] = {}
    for _, level in keys:
        levels[level] = []
        for part in given.values():
            cells = [number(v) for v in part.loc[part["level"].astype(str) == level, "awards"]]
            known = [v for v in cells if v is not None]
            nothing = cells != known or part["awards"].notna().sum() == 0
            levels[level].append(sum(known) if known else None if nothing else 0.0)
    return _Data(years, levels)


def _note(data: _Data) -> str:
    empty = [str(y) for i, y in enumerate(data.years) if data.total(i) is None]
    partial = any(data.gaps(i) for i in range(len(data.years)) if data.total(i) is not None)
    parts = [
        f"No figures for {', '.join(empty)}: not the same as no awards." if empty else "",
        "At least: a level is not published in that year." if partial else "",
    ]
    return " ".join(p for p in parts if p)


def _names(data: _Data, canvas: Canvas) -> tuple[dict[str, list[str]], float]:
    """The levels with their awards in the last year, wrapped, and the margin that they need."""
    size, u = canvas.sizes.tick, canvas.u
    width = (100 if canvas.frame.phone else 175) * u
    names = {}
    for level, values in data.levels.items():
        last = values[-1] if values else None
        words = "not published" if last is None else format_count(last) if last else "none"
        names[level] = wrap(f"{level}, {words}", width, size)
    widest = max((measure(t, size) for lines in names.values() for t in lines), default=0)
    return names, widest + 14 * u + canvas.pad


def _draw_columns(figure: go.Figure, data: _Data, canvas: Canvas) -> None:
    ramp, u = canvas.frame.palette.ramp, canvas.u
    steps = _SHADES.get(len(data.levels), ())
    for (level, values), step in zip(data.levels.items(), steps, strict=True):
        figure.add_bar(
            name=level, x=list(range(len(values))), y=values, width=2 * _EDGE, hoverinfo="text",
            hovertext=[hover(level, y, f"{format_count(v)} awards")
                       for y, v in zip(data.years, values, strict=True)],
            marker={"color": ramp[step], "line": {"color": PAPER, "width": 1.5 * u}},
        )  # fmt: skip
    size = canvas.sizes.tick
    room = canvas.plot_width(canvas.pad, _names(data, canvas)[1]) / max(len(data.years), 1) * 1.02
    for i in range(len(data.years)):
        total = data.total(i)
        figure.add_annotation(
            name="total", text=joined(wrap(data.total_words(i), room, size)), x=i, y=total or 0,
            yanchor="bottom", yshift=3 * u, showarrow=False, borderpad=0,
            font={"size": size, "color": SECONDARY_TEXT if total is None else TEXT},
        )  # fmt: skip


def _draw_names(
    figure: go.Figure,
    data: _Data,
    names: dict[str, list[str]],
    canvas: Canvas,
    scale: tuple[float, float],
) -> None:
    """Each level beside the middle of its part, moved only as far as the others need."""
    (top, height), u, size = scale, canvas.u, canvas.sizes.tick
    middles, at = [], 0.0
    for values in data.levels.values():
        part = (values[-1] if values else None) or 0
        middles.append(at + part / 2)
        at += part
    rooms = [block_height(len(lines), size) + 4 * u for lines in names.values()]
    wished = [m / top * height for m in middles]
    placed = spread(wished, rooms, (0, max(height, sum(rooms))), 0) or wished
    for lines, middle, wish, y in zip(names.values(), middles, wished, placed, strict=True):
        figure.add_annotation(
            name="level", text=joined(lines), x=len(data.years) - 1 + _EDGE, y=middle, xanchor="left",
            yanchor="middle", showarrow=True, ax=11 * u, ay=wish - y, arrowhead=0, arrowwidth=u,
            arrowcolor=CONTEXT, borderpad=0, align="left", font={"size": size, "color": TEXT},
        )  # fmt: skip


def _spoken(data: _Data) -> str:
    parts = [f"{y} {data.total_words(i)}" for i, y in enumerate(data.years)]
    last = {level: values[-1] for level, values in data.levels.items()} if data.years else {}
    parts += [f"{level} in {data.years[-1]} {format_count(v)}" for level, v in last.items()]
    return "; ".join(parts) or "No awards are published"
