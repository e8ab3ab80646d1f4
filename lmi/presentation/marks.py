"""Small marks in rows and columns: which rule each occupation passes."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.rowplan import RowPlan, draw_labels, fit_rows
from lmi.presentation.text import block_height, joined, measure, wrap
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
    head_size = canvas.sizes.source if frame.phone else canvas.sizes.tick
    for i, lines in enumerate(heads):
        figure.add_annotation(
            name="rule", text=joined(lines), x=i, yref="paper", y=1, yanchor="bottom", yshift=4 * canvas.u,
            showarrow=False, borderpad=0, font={"size": head_size, "color": SECONDARY_TEXT},
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
    """Rows, and the heads of the columns wrapped so that no word is broken where room allows."""
    labels, form = [str(t) for t in rows[label]], frame.format
    u, size = form.unit, form.source if frame.phone else form.tick
    words = [w for text in rules.values() for w in text.replace("-", "- ").split()]
    least = (max((measure(w, size) for w in words), default=0) + 10 * u) * len(rules)
    canvas = Canvas(frame, [_NOTE])
    widest = (canvas.text_width - 12 * u - least) / u
    above = 40 * u
    for _ in range(2):
        canvas, plan = fit_rows(frame, labels, [_NOTE], above=above, widest=widest)
        column = canvas.plot_width(plan.left, canvas.pad) / max(len(rules), 1) - 8 * u
        heads = [wrap(text, column, size) for text in rules.values()]
        above = block_height(max(map(len, heads), default=1), size) + 12 * u
    canvas, plan = fit_rows(frame, labels, [_NOTE], above=above, widest=widest)
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
            name=name, mode="markers+text" if state is None else "markers", x=[c[0] for c in these],
            y=[c[1] for c in these], customdata=[c[3] for c in these], hoverinfo="text",
            hovertext=[c[4] for c in these], cliponaxis=False,
            text=["?"] * len(these) if state is None else None,
            textfont={"size": canvas.sizes.tick, "color": TEXT},
            marker={"size": (17 if state is None else 13) * u, "opacity": 1,
                    "color": accent if state else PAPER,
                    "line": {"width": 0 if state is None else 2 * u,
                             "color": accent if state else CONTEXT}},
        )  # fmt: skip


def _mark_hover(label: object, words: str, value: object) -> str:
    return hover(label, f"{words}: {_WORDS[_state(value)]}")


def _passes(rows: pd.DataFrame, rules: Mapping[str, str]) -> str:
    states = [[_state(row[c]) for c in rules] for _, row in rows.iterrows()]
    every = sum(all(s is True for s in each) for each in states)
    unknown = sum(s is None for each in states for s in each)
    text = f"{every} of {len(rows)} pass every rule"
    return f"{text}; {unknown} marks are not known" if unknown else text
