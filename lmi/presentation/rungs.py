"""Shares over the rungs of a ladder: who is found where, from the first job to the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables, theme
from lmi.presentation.formats import format_count, format_pct, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.legend import Heads, Key, Symbol, draw_keys, fit_heads, place_keys, signed_heads
from lmi.presentation.placement import spread
from lmi.presentation.rowlabels import share_axis
from lmi.presentation.text import block_height, joined, measure, plain, wrap
from lmi.presentation.theme import CONTEXT, GRID, PAPER, SECONDARY_TEXT, TEXT, series_colours

_SYMBOLS: tuple[Symbol, ...] = ("circle", "square", "diamond", "triangle")
_PLOTLY = {"triangle": "triangle-up"}
_NUMBERS = tuple(str(n) for n in range(1, 31))
_NAME = 112  # pixels that a name at the end of a line may take
_MARK = 11


@dataclass(frozen=True)
class _Line:
    name: str
    values: tuple[float | None, ...]
    baseline: float | None
    colour: str
    symbol: Symbol

    @property
    def known(self) -> list[tuple[int, float]]:
        """Rung and value wherever it is published."""
        return [(i, v) for i, v in enumerate(self.values) if v is not None]

    @property
    def marker(self) -> str:
        """Plotly's name of the symbol."""
        return _PLOTLY.get(self.symbol, self.symbol)


@dataclass(frozen=True)
class _Room:
    """The plot: margins in pixels, the ends of both axes, and a rung's width on the narrowest screen."""

    left: float
    right: float
    start: float
    pitch: float
    top: float
    tall: float = 0


def ladder_lines(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    groups: Sequence[tuple[str, str]],
    baseline: Mapping[str, float] | None = None,
    baseline_name: str = "all employed",
) -> Chart:
    """One line per group over the rungs, named at its end, with its first and last value.

    rows, from the first rung up: rung (its name), jobs, and <id>_pct per group; missing values break
    the line and are named in a note. groups: id and name, four at most. baseline: each group's share
    of baseline_name, a dotted line. On a phone the names stand above the plot.
    """
    lines = _read(rows, groups, baseline or {})
    drawn = [line for line in lines if line.known]
    bare, names = Canvas(frame), [str(name) for name in rows["rung"]]
    keys = place_keys([Key(s.symbol, s.colour, s.name) for s in drawn] if frame.phone else [], bare)
    ends = [_end_name(line, bare) for line in drawn]
    reach = [v for line in drawn for v in (line.baseline, *line.values) if v is not None]
    axis, ticks = share_axis(reach)
    room = _room(drawn, ends, [] if frame.phone else ticks, len(rows), bare, axis[1] * 1.04)
    heads, jobs = _rung_heads(names, [_jobs(v) for v in rows.get("jobs", [None] * len(rows))], room, bare)
    above = keys.height + 4 * bare.u
    below = heads.height + (1.3 * bare.sizes.source if jobs else 0) + 10 * bare.u
    canvas = Canvas(frame, [_note(names, lines, baseline_name), heads.note])
    figure = go.Figure()
    _draw_grid(figure, room, ticks, canvas, len(rows))
    _draw_lines(figure, drawn, names, canvas)
    _draw_ends(figure, drawn, ends, room, canvas, canvas.plot_height(above, below))
    _draw_rungs(figure, heads, jobs, canvas)
    draw_keys(figure, keys, canvas, left=room.left, above=above)
    alt = alt_text(
        f"Line chart, {len(drawn)} groups over {len(rows)} rungs,", "shares of jobs", frame.title,
        _spoken(drawn, names),
    )  # fmt: skip
    return canvas.finish(
        figure, left=room.left, right=room.right, table=_table(rows, groups), alt=alt, above=above,
        below=below,
    )  # fmt: skip


def _read(
    rows: pd.DataFrame, groups: Sequence[tuple[str, str]], baseline: Mapping[str, float]
) -> list[_Line]:
    colours = series_colours(len(groups))
    lines = []
    for (key, name), colour, symbol in zip(groups, colours, _SYMBOLS, strict=False):
        column = rows[f"{key}_pct"] if f"{key}_pct" in rows else [None] * len(rows)
        values = tuple(number(v) for v in column)
        lines.append(_Line(name, values, number(baseline.get(key)), colour, symbol))
    return lines


def _jobs(value: object) -> str:
    count = number(value)
    return "jobs not published" if count is None else f"{format_count(count)} jobs"


def _end_name(line: _Line, canvas: Canvas) -> list[str]:
    """What stands at the right end of a line: name and last value; only the value on a phone."""
    last = "" if line.values[-1] is None else format_pct(line.values[-1])
    words = last if canvas.frame.phone else f"{line.name} {last}"
    return wrap(words, _NAME * canvas.u, canvas.sizes.tick)


def _room(
    lines: Sequence[_Line],
    ends: Sequence[Sequence[str]],
    ticks: Sequence[tuple[float, str]],
    rungs: int,
    canvas: Canvas,
    top: float,
) -> _Room:
    """Rungs as wide as possible beside the texts at both ends of the lines."""
    u, size = canvas.u, canvas.sizes.tick
    scale = max((measure(words, size) + 8 * u for _, words in ticks), default=0)
    first = [measure(format_pct(s.values[0]), size) for s in lines if s.values[0] is not None]
    before = max(first, default=0) + 20 * u
    after = max((measure(t, size) for each in ends for t in each), default=0) + 22 * u
    total = canvas.text_width - scale
    low, high = 1.0, total
    while high - low > 0.5:
        pitch = (low + high) / 2
        used = max(pitch / 2, before) + (rungs - 1) * pitch + max(pitch / 2, after)
        low, high = (pitch, high) if used <= total else (low, pitch)
    right = canvas.pad + max(after - low / 2, 0)
    return _Room(canvas.pad + scale, right, -max(0.5, before / low), low, top)


def _rung_heads(
    names: Sequence[str], jobs: list[str], room: _Room, canvas: Canvas
) -> tuple[Heads, list[str]]:
    """Names of the rungs and their jobs; numbers, and both in a note, where they do not fit."""
    slot = room.pitch - 8 * canvas.u
    heads = fit_heads(names, slot, canvas, signs=_NUMBERS)
    if not heads.note and all(measure(each, canvas.sizes.source) <= slot for each in jobs):
        return heads, jobs
    both = [f"{name}, {many}" for name, many in zip(names, jobs, strict=True)]
    return signed_heads(both, canvas, signs=_NUMBERS), []


def _note(names: Sequence[str], lines: Sequence[_Line], baseline_name: str) -> str:
    missing = []
    for line in lines:
        where = [names[i] for i, v in enumerate(line.values) if v is None]
        if where:
            missing.append(f"{line.name} ({'all rungs' if len(where) == len(names) else ', '.join(where)})")
    parts = [f"Not published: {'; '.join(missing)}."] if missing else []
    if any(line.known and line.baseline is not None for line in lines):
        parts.insert(0, f"Dotted, with the hollow mark: the group's share of {baseline_name}.")
    return " ".join(parts)


def _draw_grid(
    figure: go.Figure, room: _Room, ticks: Sequence[tuple[float, str]], canvas: Canvas, rungs: int
) -> None:
    phone = canvas.frame.phone
    figure.update_xaxes(range=[room.start, max(rungs, 1) - 0.5], visible=False)
    figure.update_yaxes(
        range=[0, room.top], visible=True, showgrid=True, gridcolor=GRID, tickvals=[at for at, _ in ticks],
        ticktext=[plain(words) for _, words in ticks], showticklabels=not phone,
        tickfont={"size": canvas.sizes.tick, "color": SECONDARY_TEXT},
    )  # fmt: skip
    figure.add_shape(
        name="zero", type="line", xref="paper", x0=0, x1=1, y0=0, y1=0, layer="below",
        line={"color": CONTEXT, "width": canvas.u},
    )  # fmt: skip


def _draw_lines(figure: go.Figure, lines: Sequence[_Line], names: Sequence[str], canvas: Canvas) -> None:
    u, last = canvas.u, len(names) - 1
    for line in lines:
        if line.baseline is not None:
            figure.add_scatter(
                name="baseline", mode="lines+markers", x=[0, min(0.5, last), last], y=[line.baseline] * 3,
                line={"color": line.colour, "width": 1.5 * u, "dash": "dot"}, hoverinfo="text",
                hovertext=hover(f"{line.name}, comparison: {format_pct(line.baseline)}"),
                marker={"symbol": line.marker, "color": PAPER, "size": [0, 0.8 * _MARK * u, 0],
                        "opacity": [0, 1, 0], "line": {"color": line.colour, "width": 1.5 * u}},
            )  # fmt: skip
    for line in lines:
        figure.add_scatter(
            name="share", mode="lines+markers", x=list(range(len(names))), y=list(line.values),
            connectgaps=False, cliponaxis=False, line={"color": line.colour, "width": 2.5 * u},
            marker={"symbol": line.marker, "size": _MARK * u, "color": line.colour, "opacity": 1},
            hoverinfo="text",
            hovertext=[hover(name, f"{line.name}: {format_pct(v)}")
                       for name, v in zip(names, line.values, strict=True)],
        )  # fmt: skip


def _draw_ends(
    figure: go.Figure,
    lines: Sequence[_Line],
    ends: Sequence[list[str]],
    room: _Room,
    canvas: Canvas,
    tall: float,
) -> None:
    """First values left of the first rung, names and last values right of the last, none on another."""
    size, u = canvas.sizes.tick, canvas.u
    last = len(lines[0].values) - 1 if lines else 0
    starts = [(v, [format_pct(v)], True) for line in lines if last and (v := line.values[0]) is not None]
    finishes = [
        (line.known[-1][1], words, line.values[-1] is not None)
        for line, words in zip(lines, ends, strict=True)
        if words
    ]
    for name, x, side, texts in (("first", 0, -1, starts), ("last", last, 1, finishes)):
        at = [tall * (1 - value / room.top) for value, *_ in texts]
        heights = [block_height(len(words), size) for _, words, _ in texts]
        middles = spread(at, heights, (-4 * u, tall + 4 * u), 2 * u) or at
        for (value, words, reaches), y, middle in zip(texts, at, middles, strict=True):
            leader = reaches and abs(middle - y) > 2 * u
            figure.add_annotation(
                name=name, text=joined(words), x=x, y=value, ax=side * 18 * u, ay=middle - y,
                showarrow=True, arrowhead=0, arrowwidth=u, standoff=7 * u, borderpad=0,
                arrowcolor=CONTEXT if leader else theme.tint(PAPER, 0),
                xanchor="left" if side > 0 else "right", align="left" if side > 0 else "right",
                font={"size": size, "color": TEXT if reaches else SECONDARY_TEXT},
            )  # fmt: skip


def _draw_rungs(figure: go.Figure, heads: Heads, jobs: Sequence[str], canvas: Canvas) -> None:
    """Names of the rungs under the plot, each with its jobs in small type."""
    u = canvas.u
    for i, words in enumerate(heads.lines):
        figure.add_annotation(
            name="rung", text=joined(list(words)), x=i, yref="paper", y=0, yanchor="top", yshift=-8 * u,
            showarrow=False, borderpad=0, font={"size": heads.size, "color": TEXT},
        )  # fmt: skip
    for i, many in enumerate(jobs):
        figure.add_annotation(
            name="jobs", text=plain(many), x=i, yref="paper", y=0, yanchor="top", showarrow=False,
            yshift=-8 * u - heads.height - 3 * u, borderpad=0,
            font={"size": canvas.sizes.source, "color": SECONDARY_TEXT},
        )  # fmt: skip


def _spoken(lines: Sequence[_Line], names: Sequence[str]) -> str:
    parts = []
    for line in lines:
        (first, low), (last, high) = line.known[0], line.known[-1]
        ends = f"{format_pct(low)} at {names[first]}"
        parts.append(
            f"{line.name} {ends}" + (f", {format_pct(high)} at {names[last]}" if last > first else "")
        )
    return "; ".join(parts) or "No share is published"


def _table(rows: pd.DataFrame, groups: Sequence[tuple[str, str]]) -> pd.DataFrame:
    columns = [c for c in ("rung", "jobs") if c in rows]
    table = rows[columns].copy()
    for key, _ in groups:
        table[f"{key}_pct"] = rows.get(f"{key}_pct", pd.NA)
    shown = tables.display_table(table, list(table.columns))
    shown.columns = pd.Index([*shown.columns[: len(columns)], *(f"{name} (%)" for _, name in groups)])
    return shown
