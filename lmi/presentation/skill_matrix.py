"""Skills of up to four occupations side by side: the larger and darker the dot, the more important."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.legend import Heads, draw_heads, fit_heads
from lmi.presentation.rowlabels import Label, Rows, draw_rows, fit_labels
from lmi.presentation.skills import IMPORTANCE, NOT_RATED, element_labels, rating
from lmi.presentation.theme import GRID, SECONDARY_TEXT, TEXT, TooManySeries

MAX_ROWS = 15
MAX_OCCUPATIONS = 4
_SMALLEST, _LARGEST = 4, 17  # diameters of a dot at 1 and at 5
_NOTE = "Importance from 1 (not important) to 5 (extremely): larger and darker is more."


@dataclass(frozen=True)
class _Cell:
    soc: str
    column: int
    y: float
    value: float | None
    hover: str


def skill_matrix(rows: pd.DataFrame, frame: Frame, *, occupations: Sequence[tuple[str, str]]) -> Chart:
    """Elements down the side, occupations across the top; a dot and its number in each cell.

    rows, in the order to draw: element_name, kind if there are several, and importance_<soc> for each
    occupation (missing: 'not rated'). occupations: soc and title, four at most. 15 rows are drawn.
    """
    if len(occupations) > MAX_OCCUPATIONS:
        raise TooManySeries(len(occupations))
    drawn = rows.head(MAX_ROWS)
    labels = [Label(text) for text in element_labels(drawn)]
    heads, above = Heads((), 0), 0.0
    for _ in range(3):
        canvas, plan = fit_labels(
            frame, labels, [_NOTE, heads.note], total=len(rows), around=above, bar=_LARGEST, widest=260
        )
        column = canvas.plot_width(plan.left, canvas.pad) / max(len(occupations), 1) - 8 * canvas.u
        heads = fit_heads([title for _, title in occupations], column, canvas)
        above = heads.height + 10 * canvas.u
    drawn = drawn.head(plan.shown)
    figure = go.Figure()
    _draw_cells(figure, _cells(drawn, occupations, plan), plan, canvas)
    draw_rows(figure, plan, canvas)
    draw_heads(figure, heads, canvas)
    figure.update_xaxes(range=[-0.5, max(len(occupations), 1) - 0.5], visible=False)
    alt = alt_text(
        f"Table of dots, {len(drawn)} elements by {len(occupations)} occupations,", "importance",
        frame.title, _highest(drawn, occupations),
    )  # fmt: skip
    table = _table(rows, occupations)
    return canvas.finish(figure, left=plan.left, right=canvas.pad, table=table, alt=alt, above=above)


def _cells(rows: pd.DataFrame, occupations: Sequence[tuple[str, str]], plan: Rows) -> list[_Cell]:
    cells = []
    for (_, row), y in zip(rows.iterrows(), plan.centres, strict=True):
        for i, (soc, title) in enumerate(occupations):
            value = number(row.get(f"importance_{soc}"))
            words = hover(row["element_name"], f"{title}: {rating(value)}")
            cells.append(_Cell(soc, i, y, value, words))
    return cells


def _draw_cells(figure: go.Figure, cells: Sequence[_Cell], plan: Rows, canvas: Canvas) -> None:
    u, ramp, size = canvas.u, canvas.frame.palette.ramp, canvas.sizes.tick
    for y in plan.centres:
        figure.add_shape(
            name="guide", type="line", xref="paper", x0=0, x1=1, y0=y, y1=y, layer="below",
            line={"color": GRID, "width": u},
        )  # fmt: skip
    known = [(c, c.value) for c in cells if c.value is not None]
    figure.add_scatter(
        name="importance", mode="markers", x=[c.column for c, _ in known], y=[c.y for c, _ in known],
        customdata=[c.soc for c, _ in known], hovertext=[c.hover for c, _ in known], hoverinfo="text",
        cliponaxis=False,
        marker={"size": [diameter(v) * u for _, v in known], "opacity": 1,
                "color": [ramp[_step(v, len(ramp))] for _, v in known],
                "line": {"width": u, "color": ramp[-2]}},
    )  # fmt: skip
    for cell in cells:
        shift = 0.0 if cell.value is None else (_LARGEST / 2 + 5) * u
        figure.add_annotation(
            name="value", text=rating(cell.value), x=cell.column, y=cell.y, showarrow=False, borderpad=2,
            xanchor="left" if shift else "center", yanchor="middle", xshift=shift, bgcolor="#FFFFFF",
            font={"size": size if shift else canvas.sizes.source,
                  "color": TEXT if shift else SECONDARY_TEXT},
        )  # fmt: skip


def _part(value: float) -> float:
    low, high = IMPORTANCE
    return min(max((value - low) / (high - low), 0), 1)


def diameter(value: float) -> float:
    """Desk pixels of a dot; its area grows evenly with importance."""
    part = _part(value)
    return float((_SMALLEST**2 + (_LARGEST**2 - _SMALLEST**2) * part) ** 0.5)


def _step(value: float, steps: int) -> int:
    return min(int(_part(value) * steps), steps - 1)


def _highest(rows: pd.DataFrame, occupations: Sequence[tuple[str, str]]) -> str:
    parts = []
    for soc, title in occupations:
        known = [
            (v, str(row["element_name"]))
            for _, row in rows.iterrows()
            if (v := number(row.get(f"importance_{soc}"))) is not None
        ]
        best = max(known, key=lambda k: k[0], default=None)
        parts.append(f"{title}: {NOT_RATED}" if best is None else f"{title}: {best[1]} {rating(best[0])}")
    return f"Highest for {'; '.join(parts)}" if parts else "No occupation is chosen"


def _table(rows: pd.DataFrame, occupations: Sequence[tuple[str, str]]) -> pd.DataFrame:
    columns = [c for c in ("element_name", "kind") if c in rows]
    table = rows[columns].copy()
    for soc, _ in occupations:
        table[f"importance_{soc}"] = rows.get(f"importance_{soc}", pd.NA)
    shown = tables.display_table(table, list(table.columns))
    shown.columns = pd.Index([*shown.columns[: len(columns)], *(f"{t} (1–5)" for _, t in occupations)])
    return shown
