"""Where groups are under- and over-represented at a glance: occupations by groups, gaps in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables, theme
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.legend import Heads, Key, Legend, draw_heads, draw_keys, fit_heads, place_keys
from lmi.presentation.rowlabels import Label, Rows, draw_rows, fit_labels
from lmi.presentation.shares import WIDER_MARK, WIDER_NOTE, is_wider, signed
from lmi.presentation.theme import CATEGORICAL, NOT_PUBLISHED_FILL, PAPER, SECONDARY_TEXT, TEXT

MAX_ROWS = 15
BELOW, ABOVE = CATEGORICAL[1], CATEGORICAL[0]
MISSING = "n.p."
_BOUNDS = (5, 10, 15, 20, 30)
_FAINTEST, _STRONGEST = 0.04, 0.78  # share of the colour at parity and at the bound
_CELL = 21  # pixels of a cell on a phone, where a finger has to meet it


@dataclass(frozen=True)
class _Cell:
    soc: str
    column: int
    y: float
    gap: float | None
    hover: str


def gap_heat(rows: pd.DataFrame, frame: Frame, *, groups: Sequence[tuple[str, str]]) -> Chart:
    """Gaps in percentage points as numbers on a colour from orange (below parity) to blue (above).

    rows, in the order to draw: soc, title and gap_<id> for each group (missing: not published, grey,
    'n.p.'). groups: id and short name, in the order of the columns. The first 15 rows are drawn. Rows may
    carry match: '°' marks those whose share is published for a wider group ('wider' or 'group').
    """
    drawn = rows.head(MAX_ROWS)
    gaps = [g for c in _columns(groups) if c in drawn for v in drawn[c] if (g := number(v)) is not None]
    bound = round_bound(gaps)
    names = [name for _, name in groups]
    keys = place_keys(_keys(bound), Canvas(frame))
    canvas, plan, heads, above = _plan(drawn, frame, names, _missing_note(drawn, groups), keys, len(rows))
    drawn = drawn.head(plan.shown)
    figure = go.Figure()
    _draw_cells(figure, _cells(drawn, groups, plan), plan, canvas, bound)
    draw_rows(figure, plan, canvas)
    draw_heads(figure, heads, canvas)
    draw_keys(figure, keys, canvas, left=plan.left, above=above)
    figure.update_xaxes(range=[-0.5, max(len(groups), 1) - 0.5], visible=False)
    alt = alt_text(
        f"Table of coloured cells, {len(drawn)} occupations by {len(groups)} groups,",
        "gaps between a group's share and its comparison, in percentage points", frame.title,
        _extremes(drawn, groups),
    )  # fmt: skip
    return canvas.finish(
        figure, left=plan.left, right=canvas.pad, table=_table(rows, groups), alt=alt, above=above,
        below=2 * canvas.u,
    )  # fmt: skip


def _plan(
    drawn: pd.DataFrame, frame: Frame, names: Sequence[str], note: str, keys: Legend, total: int
) -> tuple[Canvas, Rows, Heads, float]:
    """Rows, heads of columns, and pixels over the cells: keys stand beside the heads if they can."""
    wider = [is_wider(row) for _, row in drawn.iterrows()]
    labels = [Label(f"{t}{WIDER_MARK if w else ''}") for t, w in zip(drawn["title"], wider, strict=True)]
    note = " ".join([note, WIDER_NOTE] if any(wider) else [note])
    heads, above = Heads((), 0), keys.height
    bar, u = _CELL if frame.phone else frame.format.tick * 1.15 / frame.format.unit, frame.format.unit
    for _ in range(3):
        canvas, plan = fit_labels(
            frame, labels, [note, heads.note], total=total, around=above + 2 * u, bar=bar, widest=300
        )
        column = canvas.plot_width(plan.left, canvas.pad) / max(len(names), 1) - 8 * u
        heads = fit_heads(names, column, canvas)
        over = heads.height + 10 * u
        above = max(over, keys.height) if keys.width <= plan.left - canvas.pad else over + keys.height
    return canvas, plan, heads, above


def round_bound(gaps: Sequence[float]) -> int:
    """The gap from which the colour is full: the smallest round one that holds four cells of five."""
    sizes = sorted(abs(g) for g in gaps)
    typical = sizes[int(0.8 * (len(sizes) - 1))] if sizes else 0
    return next((b for b in _BOUNDS if typical <= b), _BOUNDS[-1])


def cell_colour(gap: float | None, bound: float) -> str:
    """The fill of a cell as #RRGGBB: the same strength for the same distance on either side."""
    if gap is None:
        return NOT_PUBLISHED_FILL
    reach = min(abs(gap) / bound, 1)
    share = _FAINTEST + (_STRONGEST - _FAINTEST) * reach if reach else 0
    return _blend(BELOW if gap < 0 else ABOVE, share)


def text_colour(fill: str) -> str:
    """Near-black or white, whichever stands out more."""
    return max((TEXT, PAPER), key=lambda colour: theme.contrast(fill, colour))


def _blend(colour: str, share: float) -> str:
    parts = (round(255 + (int(colour[i : i + 2], 16) - 255) * share) for i in (1, 3, 5))
    return "#" + "".join(f"{p:02X}" for p in parts)


def _columns(groups: Sequence[tuple[str, str]]) -> list[str]:
    return [f"gap_{key}" for key, _ in groups]


def _keys(bound: int) -> list[Key]:
    return [
        Key("square", cell_colour(-bound, bound), "− below parity"),
        Key("square", cell_colour(bound, bound), "+ above parity"),
    ]


def _missing_note(rows: pd.DataFrame, groups: Sequence[tuple[str, str]]) -> str:
    text = "Numbers: percentage points."
    missing = any(c not in rows or rows[c].isna().any() for c in _columns(groups)) and len(rows)
    return f"{text} {MISSING}: not published." if missing else text


def _cells(rows: pd.DataFrame, groups: Sequence[tuple[str, str]], plan: Rows) -> list[_Cell]:
    cells = []
    for (_, row), y in zip(rows.iterrows(), plan.centres, strict=True):
        for i, (key, name) in enumerate(groups):
            gap = number(row.get(f"gap_{key}"))
            words = f"{name}: not published" if gap is None else f"{name}: {signed(gap)} points"
            cells.append(_Cell(str(row.get("soc", row["title"])), i, y, gap, hover(row["title"], words)))
    return cells


def _draw_cells(figure: go.Figure, cells: Sequence[_Cell], plan: Rows, canvas: Canvas, bound: float) -> None:
    """Cells as tall as their row allows, each a bar so that all of it can be pointed at."""
    tall = _heights(plan, canvas)
    figure.add_bar(
        name="cell", orientation="h", base=[c.column - 0.49 for c in cells], x=[0.98] * len(cells),
        y=[c.y for c in cells], width=[tall[c.y] for c in cells], customdata=[c.soc for c in cells],
        marker={"color": [cell_colour(c.gap, bound) for c in cells], "line": {"width": 0}},
        hovertext=[c.hover for c in cells], hoverinfo="text",
    )  # fmt: skip
    middle = 0.1 * canvas.sizes.tick  # Plotly sets the middle of its text a little high
    figure.add_scatter(
        name="gap", mode="text", x=[c.column for c in cells], y=[c.y + middle for c in cells],
        text=[MISSING if c.gap is None else signed(c.gap) for c in cells], hoverinfo="skip",
        textfont={"size": canvas.sizes.tick, "color": [_ink(c, bound) for c in cells]}, cliponaxis=False,
    )  # fmt: skip
    figure.update_layout(barmode="overlay")


def _heights(plan: Rows, canvas: Canvas) -> dict[float, float]:
    """Pixels of the cells by the middle of their row."""
    centres = plan.centres
    if canvas.frame.phone:
        return dict.fromkeys(centres, plan.bar)
    pitch = [b - a for a, b in pairwise(centres)]
    near = [min([*pitch[max(i - 1, 0) : i + 1], 2 * y, 2.2 * plan.bar]) for i, y in enumerate(centres)]
    return {y: each - 2 * canvas.u for y, each in zip(centres, near, strict=True)}


def _ink(cell: _Cell, bound: float) -> str:
    return SECONDARY_TEXT if cell.gap is None else text_colour(cell_colour(cell.gap, bound))


def _extremes(rows: pd.DataFrame, groups: Sequence[tuple[str, str]]) -> str:
    known = [
        (gap, str(row["title"]), name)
        for _, row in rows.iterrows()
        for key, name in groups
        if (gap := number(row.get(f"gap_{key}"))) is not None
    ]
    if not known:
        return "No gap is published"
    (low, at, whose), (high, where, who) = min(known), max(known)
    return f"Lowest: {whose} in {at}, {signed(low)}; highest: {who} in {where}, {signed(high)}"


def _table(rows: pd.DataFrame, groups: Sequence[tuple[str, str]]) -> pd.DataFrame:
    table = rows[[c for c in ("soc", "title") if c in rows]].copy()
    for key, _ in groups:
        table[f"gap_{key}"] = rows.get(f"gap_{key}", pd.NA)
    shown = tables.display_table(table, list(table.columns))
    heads = [*shown.columns[: len(shown.columns) - len(groups)], *(f"{n} (points)" for _, n in groups)]
    shown.columns = pd.Index(heads)
    return shown
