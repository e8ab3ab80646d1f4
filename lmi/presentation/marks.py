"""Small marks in rows and columns: which rule each occupation passes, how fresh each source is."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import stagger
from lmi.presentation.rowplan import RowPlan, draw_labels, left_out, phone_height, plan_rows
from lmi.presentation.text import block_height, joined, measure, plain, wrap
from lmi.presentation.theme import CONTEXT, GRID, PAPER, SECONDARY_TEXT, TEXT

MAX_ROWS = 20
_NOTE = "Filled: passes. Hollow: fails. ?: not known, a figure is not published."
_WORDS = {True: "passes", False: "fails", None: "not known"}


def rule_marks(rows: pd.DataFrame, frame: Frame, *, rules: Mapping[str, str], label: str = "title") -> Chart:
    """Occupations down the side, rules across the top; the mark's form, not its colour, tells.

    rows: soc, label and one column per rule holding True (pass), False (fail) or missing (unknown).
    rules: column -> the words at its head.
    """
    rows = rows.head(MAX_ROWS)
    canvas, plan, above, heads = _plan_marks(rows, frame, rules, label)
    figure = go.Figure()
    draw_labels(figure, plan, canvas)
    drawn = rows.head(plan.shown)
    _draw_marks(figure, drawn, plan, canvas, rules, label)
    for i, lines in enumerate(heads):
        figure.add_annotation(
            name="rule", text=joined(lines), x=i, yref="paper", y=1, yanchor="bottom", yshift=4 * canvas.u,
            showarrow=False, borderpad=0, font={"size": canvas.sizes.tick, "color": SECONDARY_TEXT},
        )  # fmt: skip
    figure.update_xaxes(range=[-0.5, len(rules) - 0.5], visible=False)
    table = rows[[c for c in ("soc", label) if c in rows]].copy()
    for column in rules:
        table[column] = [_WORDS[_state(v)] for v in rows[column]]
    table = tables.display_table(table, list(table.columns)).rename(
        columns={tables.heading(c): words for c, words in rules.items()}
    )
    alt = alt_text(
        f"Table of marks, {len(rows)} occupations by {len(rules)} rules,", "rules passed", frame.title,
        _passes(rows, rules),
    )  # fmt: skip
    return canvas.finish(figure, left=plan.left, right=canvas.pad, table=table, alt=alt, above=above)


def _state(value: object) -> bool | None:
    n = number(value)
    return None if n is None else bool(n)


def _plan_marks(
    rows: pd.DataFrame, frame: Frame, rules: Mapping[str, str], label: str
) -> tuple[Canvas, RowPlan, float, list[list[str]]]:
    labels = [str(t) for t in rows[label]]
    note, above, heads = _NOTE, 0.0, [[""]]
    canvas = Canvas(frame, [note])
    plan = plan_rows(labels, canvas, above=40 * canvas.u)
    for _ in range(2):
        column = canvas.plot_width(plan.left, canvas.pad) / max(len(rules), 1) - 8 * canvas.u
        heads = [wrap(words, column, canvas.sizes.tick) for words in rules.values()]
        above = block_height(max(map(len, heads), default=1), canvas.sizes.tick) + 12 * canvas.u
        plan = plan_rows(labels, canvas, above=above)
        if plan.shown < len(labels):
            canvas = Canvas(frame, [note, left_out(len(labels), plan.shown)])
            plan = plan_rows(labels, canvas, above=above)
    if frame.phone and frame.height is None:
        canvas = Canvas(frame, [note], phone_height(plan, canvas, above))
    return canvas, plan, above, heads


def _draw_marks(
    figure: go.Figure,
    rows: pd.DataFrame,
    plan: RowPlan,
    canvas: Canvas,
    rules: Mapping[str, str],
    label: str,
) -> None:
    u, accent = canvas.u, canvas.frame.palette.accent
    for y in plan.centres:
        figure.add_shape(
            name="guide", type="line", xref="paper", x0=0, x1=1, y0=y, y1=y, layer="below",
            line={"color": GRID, "width": u},
        )  # fmt: skip
    cells = [
        (i, y, _state(row[column]), str(row.get("soc", "")), _mark_hover(row[label], words, row[column]))
        for (_, row), y in zip(rows.iterrows(), plan.centres, strict=True)
        for i, (column, words) in enumerate(rules.items())
    ]  # fmt: skip
    for name, state in (("pass", True), ("fail", False), ("unknown", None)):
        these = [c for c in cells if c[2] is state]
        figure.add_scatter(
            name=name, mode="text" if state is None else "markers", x=[c[0] for c in these],
            y=[c[1] for c in these], customdata=[c[3] for c in these], hoverinfo="text",
            hovertext=[c[4] for c in these], cliponaxis=False,
            text=["?"] * len(these) if state is None else None,
            textfont={"size": canvas.sizes.tick, "color": TEXT},
            marker={"size": 13 * u, "symbol": "circle", "color": accent if state else PAPER,
                    "line": {"width": 2 * u, "color": accent if state else CONTEXT}},
        )  # fmt: skip


def _mark_hover(label: object, words: str, value: object) -> str:
    return hover(label, f"{words}: {_WORDS[_state(value)]}")


def _passes(rows: pd.DataFrame, rules: Mapping[str, str]) -> str:
    states = [[_state(row[c]) for c in rules] for _, row in rows.iterrows()]
    every = sum(all(s is True for s in each) for each in states)
    unknown = sum(s is None for each in states for s in each)
    text = f"{every} of {len(rows)} pass every rule"
    return f"{text}; {unknown} marks are not known" if unknown else text


def freshness_dots(sources: pd.DataFrame, frame: Frame) -> Chart:
    """One line of time with a dot where each source was released; overdue ones hollow and named.

    sources: short_title, period, released and next_due (ISO date or month), overdue (bool). Names
    that find no room stay in the table and the hover; overdue ones always find room.
    """
    groups = _groups(sources)
    canvas = Canvas(frame)
    left = right = canvas.pad + 10 * canvas.u
    width = canvas.plot_width(left, right)
    days = [g[0].toordinal() for g in groups]
    low, high = min(days, default=0), max(days, default=1)
    pad = max((high - low) * 0.04, 20)
    ends = (low - pad, high + pad)
    placed, levels = _place_names(groups, canvas, ends, width)
    size, u = canvas.sizes.tick, canvas.u
    stack = max((len(g[1]) for g in groups), default=1)
    line = block_height(1, size) + 5 * u
    above, below = 8 * u + stack * 15 * u, 10 * u + levels * line
    ticks_room = size * 1.3 + 6 * u
    hidden = sum(len(g[1]) for i, g in enumerate(groups) if i not in placed)
    notes = [f"{hidden} more named in the table." if hidden else "", "Hollow: next release is overdue."]
    notes = notes if any(g[2] for g in groups) else notes[:1]
    head = Canvas(frame, notes)
    canvas = Canvas(frame, notes, round(head.header + head.footer + above + below + ticks_room))
    figure = go.Figure()
    _draw_dots(figure, groups, canvas)
    _draw_names(figure, groups, placed, canvas, line)
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
    """Sources of one month and state together, oldest first."""
    found: dict[tuple[str, bool], list[pd.Series]] = {}
    for _, row in sources.iterrows():
        if isinstance(row["released"], str) and row["released"]:
            late = bool(number(row.get("overdue")))
            found.setdefault((row["released"][:7], late), []).append(row)
    return [
        (pd.Timestamp(month), rows, late) for (month, late), rows in sorted(found.items(), key=lambda g: g[0])
    ]


def _name(group: Group) -> str:
    text = ", ".join(str(row["short_title"]) for row in group[1])
    due = group[1][0].get("next_due")
    return f"{text}: overdue" + (f", due {due}" if isinstance(due, str) and due else "") if group[2] else text


def _place_names(
    groups: Sequence[Group], canvas: Canvas, ends: tuple[float, float], width: float
) -> tuple[dict[int, tuple[float, int]], int]:
    """Shift and level of each name that finds room within three levels; overdue names come first."""
    size, most = canvas.sizes.tick, 6 if canvas.frame.phone else 3
    order = sorted(range(len(groups)), key=lambda i: (not groups[i][2], i))
    kept: list[int] = []
    result: dict[int, tuple[float, int]] = {}
    for i in order:
        trial = [*kept, i]
        at = [(groups[k][0].toordinal() - ends[0]) / (ends[1] - ends[0]) * width for k in trial]
        widths = [measure(_name(groups[k]), size) for k in trial]
        places = stagger(at, widths, (0, width), 12 * canvas.u)
        if groups[i][2] or max(level for _, level in places) < most:
            kept = trial
            result = {k: (m - x, lev) for k, (m, lev), x in zip(trial, places, at, strict=True)}
    return result, 1 + max((lev for _, lev in result.values()), default=0)


def _draw_dots(figure: go.Figure, groups: Sequence[Group], canvas: Canvas) -> None:
    u, accent = canvas.u, canvas.frame.palette.accent
    figure.add_shape(
        name="time", type="line", xref="paper", x0=0, x1=1, y0=0, y1=0, layer="below",
        line={"color": CONTEXT, "width": u},
    )  # fmt: skip
    dots = [(g[0], n * 15 * u, row, g[2]) for g in groups for n, row in enumerate(g[1])]
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
    figure: go.Figure,
    groups: Sequence[Group],
    placed: Mapping[int, tuple[float, int]],
    canvas: Canvas,
    line: float,
) -> None:
    for i, (shift, level) in placed.items():
        group = groups[i]
        figure.add_annotation(
            name="source name", text=plain(_name(group)), x=group[0], y=-10 * canvas.u - level * line,
            xshift=shift, yanchor="top", showarrow=False, borderpad=0,
            font={"size": canvas.sizes.tick, "color": TEXT, "weight": 700 if group[2] else 400},
        )  # fmt: skip
        if level:
            figure.add_scatter(
                name="leader", mode="lines", x=[group[0]] * 2, y=[0, -10 * canvas.u - level * line],
                line={"color": GRID, "width": canvas.u}, hoverinfo="skip",
            )  # fmt: skip


def _day(ordinal: float) -> str:
    return pd.Timestamp.fromordinal(round(ordinal)).strftime("%Y-%m-%d")


def _late(sources: pd.DataFrame) -> str:
    late = [str(row["short_title"]) for _, row in sources.iterrows() if number(row.get("overdue"))]
    return f"Overdue: {', '.join(late)}" if late else "None is overdue"
