"""How fresh each source is: a dot where it was released, on one line of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import stagger
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import CONTEXT, GRID, PAPER, SECONDARY_TEXT, TEXT

_SOME_DAY = pd.Timestamp("2026-01-01").toordinal()  # the empty axis of no sources


def freshness_dots(sources: pd.DataFrame, frame: Frame) -> Chart:
    """One line of time with a dot where each source was released; overdue ones hollow and named.

    sources: short_title, period, released and next_due (ISO date or month), overdue (bool). Names
    that find no room stay in the table and the hover; overdue ones always find room.
    """
    groups = _groups(sources)
    canvas = Canvas(frame)
    left = right = canvas.pad + 10 * canvas.u
    width = canvas.plot_width(left, right)
    days = [g[0].toordinal() for g in groups] or [_SOME_DAY]
    low, high = min(days), max(days)
    pad = max((high - low) * 0.04, 20)
    ends = (low - pad, high + pad)
    placed = _place_names(groups, canvas, ends, width)
    size, u = canvas.sizes.tick, canvas.u
    months = [g[0] for g in groups for _ in g[1]]
    stack = max((months.count(m) for m in months), default=1)
    above, below = 8 * u + stack * 15 * u, _level_tops(placed, canvas)[-1]
    ticks_room = size * 1.3 + 6 * u
    hidden = sum(len(g[1]) for i, g in enumerate(groups) if i not in placed)
    notes = [f"{hidden} more named in the table." if hidden else "", "Hollow: next release is overdue."]
    notes = notes if any(g[2] for g in groups) else notes[:1]
    head = Canvas(frame, notes)
    canvas = Canvas(frame, notes, round(head.header + head.footer + above + below + ticks_room))
    figure = go.Figure()
    _draw_names(figure, groups, placed, canvas)
    _draw_dots(figure, groups, canvas)
    figure.update_yaxes(range=[-below, above], visible=False)
    figure.update_xaxes(
        type="date", range=[_day(ends[0]), _day(ends[1])], tickfont={"size": size, "color": SECONDARY_TEXT},
        tickformat="%b %Y", nticks=5, side="top",
    )  # fmt: skip
    columns = [c for c in ("short_title", "period", "released", "next_due", "overdue") if c in sources]
    alt = alt_text(f"Dated dots, {len(sources)} sources,", "release date", frame.title, _late(sources))
    table = tables.display_table(sources, columns)
    return canvas.finish(figure, left=left, right=right, table=table, alt=alt, above=ticks_room)


Group = tuple[pd.Timestamp, list[pd.Series], bool]


def _groups(sources: pd.DataFrame) -> list[Group]:
    """Sources released in one month together, oldest first; each overdue one by itself."""
    found: dict[tuple[str, bool, str], list[pd.Series]] = {}
    for _, row in sources.iterrows():
        if isinstance(row["released"], str) and row["released"]:
            late = bool(number(row.get("overdue")))
            key = (row["released"][:7], late, str(row["short_title"]) if late else "")
            found.setdefault(key, []).append(row)
    return [(pd.Timestamp(key[0]), rows, key[1]) for key, rows in sorted(found.items(), key=lambda g: g[0])]


def _name(group: Group) -> str:
    text = ", ".join(str(row["short_title"]) for row in group[1])
    due = group[1][0].get("next_due")
    return f"{text}: overdue" + (f", due {due}" if isinstance(due, str) and due else "") if group[2] else text


@dataclass(frozen=True)
class _Named:
    """The text of a group: its lines, its shift from the dot and the pixels below the line of time."""

    lines: tuple[str, ...]
    shift: float
    level: int


def _place_names(
    groups: Sequence[Group], canvas: Canvas, ends: tuple[float, float], width: float
) -> dict[int, _Named]:
    """The names that find room within a few levels; overdue names come first and always do."""
    size, most = canvas.sizes.tick, 6 if canvas.frame.phone else 4
    order = sorted(range(len(groups)), key=lambda i: (not groups[i][2], i))
    result: dict[int, _Named] = {}
    for i in order:
        trial = [*result, i]
        at = [(groups[k][0].toordinal() - ends[0]) / (ends[1] - ends[0]) * width for k in trial]
        lines = [_lines(groups[k], canvas, width) for k in trial]
        widths = [_widest(each, groups[k][2], size) for k, each in zip(trial, lines, strict=True)]
        places = stagger(at, widths, (0, width), 12 * canvas.u)
        if groups[i][2] or max(level for _, level in places) < most:
            result = {
                k: _Named(tuple(ls), m - x, level)
                for k, ls, (m, level), x in zip(trial, lines, places, at, strict=True)
            }
    return result


def _widest(lines: Sequence[str], bold: bool, size: float) -> float:
    return max(measure(line, size, bold=bold) for line in lines)


def _lines(group: Group, canvas: Canvas, width: float) -> list[str]:
    return wrap(_name(group), min(width, 420 * canvas.u), canvas.sizes.tick, bold=group[2])


def _level_tops(placed: Mapping[int, _Named], canvas: Canvas) -> list[float]:
    """Pixels below the line of time where each level starts, and where the last ends."""
    tops = [10 * canvas.u]
    for level in range(1 + max((n.level for n in placed.values()), default=0)):
        lines = max((len(n.lines) for n in placed.values() if n.level == level), default=1)
        tops.append(tops[-1] + block_height(lines, canvas.sizes.tick) + 5 * canvas.u)
    return tops


def _draw_dots(figure: go.Figure, groups: Sequence[Group], canvas: Canvas) -> None:
    u, accent = canvas.u, canvas.frame.palette.accent
    figure.add_shape(
        name="time", type="line", xref="paper", x0=0, x1=1, y0=0, y1=0, layer="below",
        line={"color": CONTEXT, "width": u},
    )  # fmt: skip
    each = [(g[0], row, g[2]) for g in groups for row in g[1]]
    heights = [sum(other[0] == dot[0] for other in each[:i]) for i, dot in enumerate(each)]
    dots = [(d[0], n * 15 * u, d[1], d[2]) for d, n in zip(each, heights, strict=True)]
    figure.add_scatter(
        name="released", mode="markers", x=[d[0] for d in dots], y=[d[1] for d in dots], cliponaxis=False,
        hoverinfo="text",
        hovertext=[
            hover(d[2]["short_title"], f"Describes {d[2].get('period', '')}", f"Released {d[2]['released']}",
                  f"Next due {d[2].get('next_due', '')}", "Overdue" if d[3] else "")
            for d in dots
        ],
        marker={"size": 12 * u, "symbol": ["diamond" if d[3] else "circle" for d in dots],
                "color": [PAPER if d[3] else accent for d in dots],
                "line": {"width": 2 * u, "color": [TEXT if d[3] else accent for d in dots]}},
    )  # fmt: skip


def _draw_names(
    figure: go.Figure, groups: Sequence[Group], placed: Mapping[int, _Named], canvas: Canvas
) -> None:
    tops = _level_tops(placed, canvas)
    for i, name in placed.items():
        group, y = groups[i], -tops[name.level]
        figure.add_annotation(
            name="source name", text=joined(list(name.lines)), x=group[0], y=y, xshift=name.shift,
            yanchor="top", showarrow=False, borderpad=0, bgcolor=PAPER, align="center",
            font={"size": canvas.sizes.tick, "color": TEXT, "weight": 700 if group[2] else 400},
        )  # fmt: skip
        if name.level:
            figure.add_scatter(
                name="leader", mode="lines", x=[group[0]] * 2, y=[0, y], hoverinfo="skip",
                line={"color": GRID, "width": canvas.u},
            )  # fmt: skip


def _day(ordinal: float) -> str:
    return pd.Timestamp.fromordinal(round(ordinal)).strftime("%Y-%m-%d")


def _late(sources: pd.DataFrame) -> str:
    late = [str(row["short_title"]) for _, row in sources.iterrows() if number(row.get("overdue"))]
    return f"Overdue: {', '.join(late)}" if late else "None is overdue"
