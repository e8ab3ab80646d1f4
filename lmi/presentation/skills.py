"""What a job asks for: importance of skills, and the levels to gain on the way to another job."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.legend import Key, draw_keys, place_keys
from lmi.presentation.rowlabels import (
    EndText,
    Label,
    Rows,
    axis_height,
    draw_axis,
    draw_end_texts,
    draw_rows,
    fit_labels,
    side_room,
)
from lmi.presentation.theme import CONTEXT, MUTED, TEXT, tint

MAX_BARS = 15
MAX_GAPS = 12
NOT_RATED = "not rated"
IMPORTANCE = (1.0, 5.0)
LEVEL = (0.0, 7.0)
_SCALE = {1: "1 not important", 3: "3 important", 5: "5 extremely"}
_RADIUS = 6.5


def rating(value: object) -> str:
    """An O*NET rating with one decimal, or 'not rated'."""
    n = number(value)
    return NOT_RATED if n is None else f"{n:.1f}".replace("-", "−")


def element_labels(rows: pd.DataFrame) -> list[str]:
    """Names of the elements; with their kind where there are several ('Mathematics · knowledge')."""
    names = [str(name) for name in rows["element_name"]]
    kinds = [str(k).lower() for k in rows["kind"]] if "kind" in rows else []
    if len(set(kinds)) < 2:
        return names
    return [f"{name} · {kind}" for name, kind in zip(names, kinds, strict=True)]


@dataclass(frozen=True)
class _Bar:
    name: str
    value: float | None
    mean: float | None
    distinct: bool

    @property
    def end(self) -> float:
        """How far bar and tick reach."""
        return max(v for v in (self.value, self.mean, IMPORTANCE[0]) if v is not None)

    @property
    def text(self) -> str:
        """The value as it stands at the end of the row."""
        return rating(self.value) + (" ◆ distinguishing" if self.distinct and self.value is not None else "")


def importance_bars(rows: pd.DataFrame, frame: Frame) -> Chart:
    """Importance from 1 to 5 as bars, with a tick for the mean of all occupations.

    rows, in the order to draw: element_name, kind, importance, mean_importance and distinct (bool: the
    element sets the occupation apart; said in words and in the accent). The first 15 are drawn.
    """
    first = rows.head(MAX_BARS)
    bars = [_bar(name, row) for name, (_, row) in zip(element_labels(first), first.iterrows(), strict=True)]
    bare = Canvas(frame)
    named = any(b.mean is not None for b in bars)
    keys = place_keys([Key("tick", TEXT, "mean of all occupations")] if named else [], bare)
    above, below = keys.height, axis_height(bare)
    notes = [_rating_note([b.value for b in bars])]
    canvas, plan = fit_labels(
        frame, [Label(b.name) for b in bars], notes, total=len(rows), around=above + below, grow=1.7
    )
    bars = bars[: plan.shown]
    texts = [EndText(i, b.end, b.text, grey=b.value is None) for i, b in enumerate(bars)]
    _, right = side_room(texts, IMPORTANCE, plan, canvas, 2 * canvas.u)
    figure = go.Figure()
    draw_axis(figure, canvas, IMPORTANCE, [(t, str(t)) for t in range(1, 6)])
    _draw_bars(figure, bars, plan, canvas)
    draw_rows(figure, plan, canvas)
    draw_end_texts(figure, texts, plan, canvas, 2 * canvas.u)
    draw_keys(figure, keys, canvas, left=plan.left, above=above)
    alt = alt_text(
        f"Horizontal bar chart from 1 to 5, {len(bars)} elements,", "importance", frame.title,
        _ends([(b.name, b.text) for b in bars if b.value is not None]),
    )  # fmt: skip
    columns = [c for c in ("element_name", "kind", "importance", "mean_importance", "distinct") if c in rows]
    table = tables.display_table(rows, columns)
    return canvas.finish(figure, left=plan.left, right=right, table=table, alt=alt, above=above, below=below)


def _bar(name: str, row: pd.Series) -> _Bar:
    distinct = bool(number(row.get("distinct")))
    return _Bar(name, number(row.get("importance")), number(row.get("mean_importance")), distinct)


def _rating_note(values: Sequence[float | None]) -> str:
    scale = "Importance: 1 not important, 3 important, 5 extremely important."
    missing = any(v is None for v in values)
    return f"{scale} Not rated: O*NET gives no rating, which is not the lowest." if missing else scale


def _ends(named: Sequence[tuple[str, str]]) -> str:
    if not named:
        return "No rating is published"
    text = f"First: {named[0][0]}, {named[0][1]}"
    return text if len(named) == 1 else f"{text}; last shown: {named[-1][0]}, {named[-1][1]}"


def _draw_bars(figure: go.Figure, bars: Sequence[_Bar], plan: Rows, canvas: Canvas) -> None:
    palette, u = canvas.frame.palette, canvas.u
    known = [(b, y, b.value) for b, y in zip(bars, plan.centres, strict=True) if b.value is not None]
    some = any(b.distinct for b in bars)
    figure.add_bar(
        name="importance", orientation="h", base=IMPORTANCE[0], width=plan.bar,
        x=[v - IMPORTANCE[0] for *_, v in known], y=[y for _, y, _ in known],
        marker={"color": [palette.accent if b.distinct or not some else palette.muted for b, *_ in known],
                "line": {"width": 0}},
        hovertext=[hover(b.name, f"Importance {b.text}", f"Mean of all occupations {rating(b.mean)}")
                   for b, *_ in known],
        hoverinfo="text", customdata=[b.name for b, *_ in known],
    )  # fmt: skip
    half = plan.bar / 2 + 2 * u
    for bar, y in zip(bars, plan.centres, strict=True):
        if bar.mean is not None:
            figure.add_shape(
                name="mean", type="line", x0=bar.mean, x1=bar.mean, y0=y - half, y1=y + half,
                line={"color": TEXT, "width": 2.5 * u},
            )  # fmt: skip


@dataclass(frozen=True)
class _Gap:
    name: str
    start: float | None
    goal: float | None
    importance: float | None
    contribution: float | None

    @property
    def known(self) -> list[float]:
        """The levels that are rated."""
        return [v for v in (self.start, self.goal) if v is not None]

    @property
    def rises(self) -> bool:
        """Whether the goal asks for a higher level than the start."""
        return self.start is not None and self.goal is not None and self.goal > self.start


def skill_gap_bars(rows: pd.DataFrame, frame: Frame, *, start: str, goal: str) -> Chart:
    """From the level of one occupation to the level of another, the largest contribution first.

    rows, in any order: element_name, level_from, level_to (0–7), importance_to and contribution
    (importance x levels to gain); kind where elements of several kinds meet. start, goal: titles of
    the two occupations. The first 12 are drawn; an element that needs no gain points left, in grey.
    """
    keys_of = [c for c in ("contribution", "element_name") if c in rows]
    rows = rows.sort_values(keys_of, ascending=[c != "contribution" for c in keys_of], na_position="last")
    first = rows.head(MAX_GAPS)
    gaps = [_gap(name, row) for name, (_, row) in zip(element_labels(first), first.iterrows(), strict=True)]
    bare = Canvas(frame)
    keys = place_keys([Key("hollow", CONTEXT, start), Key("arrow", frame.palette.accent, goal)], bare)
    above, below = keys.height, axis_height(bare)
    labels = [Label(g.name) for g in gaps]
    canvas, plan = fit_labels(frame, labels, [_gap_note(gaps)], total=len(rows), around=above + below)
    gaps = gaps[: plan.shown]
    texts = [text for i, g in enumerate(gaps) for text in _gap_texts(i, g)]
    radius = 1.1 * _RADIUS * canvas.u
    extra, right = side_room(texts, LEVEL, plan, canvas, radius)
    figure = go.Figure()
    draw_axis(figure, canvas, LEVEL, [(t, str(t)) for t in range(8)])
    _draw_gaps(figure, gaps, plan, canvas)
    draw_rows(figure, plan, canvas, gutter=extra)
    draw_end_texts(figure, texts, plan, canvas, radius)
    draw_keys(figure, keys, canvas, left=plan.left + extra, above=above)
    alt = alt_text(
        f"Arrow chart from 0 to 7, {len(gaps)} elements,", f"levels from {start} to {goal}", frame.title,
        _ends([(g.name, f"{rating(g.start)} to {rating(g.goal)}") for g in gaps if len(g.known) == 2]),
    )  # fmt: skip
    columns = ("element_name", "kind", "level_from", "level_to", "importance_to", "contribution")
    table = tables.display_table(rows, [c for c in columns if c in rows])
    left = plan.left + extra
    return canvas.finish(figure, left=left, right=right, table=table, alt=alt, above=above, below=below)


def _gap(name: str, row: pd.Series) -> _Gap:
    fields = ("level_from", "level_to", "importance_to", "contribution")
    return _Gap(name, *(number(row.get(c)) for c in fields))


def _gap_note(gaps: Sequence[_Gap]) -> str:
    text = "Level needed, 0 to 7. Order: importance × levels to gain, largest first."
    if any(len(g.known) == 2 and not g.rises for g in gaps):
        text += " Grey, pointing left: nothing to gain."
    return text + (" Not rated: O*NET gives no level." if any(len(g.known) < 2 for g in gaps) else "")


def _gap_texts(i: int, gap: _Gap) -> list[EndText]:
    if not gap.known:
        return [EndText(i, LEVEL[0], NOT_RATED, grey=True)]
    if len(gap.known) == 1:
        which = "start" if gap.start is None else "goal"
        return [EndText(i, gap.known[0], f"{rating(gap.known[0])} ({which} {NOT_RATED})")]
    low, high = sorted(gap.known)
    return [EndText(i, low, rating(low), left=True), EndText(i, high, rating(high))]


def _draw_gaps(figure: go.Figure, gaps: Sequence[_Gap], plan: Rows, canvas: Canvas) -> None:
    accent, u = canvas.frame.palette.accent, canvas.u
    colours = [accent if g.rises or len(g.known) < 2 else MUTED for g in gaps]
    for gap, y, colour in zip(gaps, plan.centres, colours, strict=True):
        if len(gap.known) == 2:
            figure.add_shape(
                name="gain", type="line", x0=gap.start, x1=gap.goal, y0=y, y1=y, layer="below",
                line={"color": tint(colour, 0.45), "width": 5 * u},
            )  # fmt: skip
    for name in ("start", "goal"):
        known = [
            (g, y, v, c)
            for g, y, c in zip(gaps, plan.centres, colours, strict=True)
            if (v := g.start if name == "start" else g.goal) is not None
        ]
        goal = name == "goal"
        symbols = ["triangle-right" if g.rises or g.start is None else "triangle-left" for g, *_ in known]
        figure.add_scatter(
            name=name, mode="markers", x=[v for _, _, v, _ in known], y=[y for _, y, *_ in known],
            customdata=[g.name for g, *_ in known], cliponaxis=False, hoverinfo="text",
            hovertext=[hover(g.name, f"Level {rating(g.start)} to {rating(g.goal)}",
                             f"Importance {rating(g.importance)}", f"Contribution {rating(g.contribution)}")
                       for g, *_ in known],
            marker={"size": 2 * _RADIUS * u, "opacity": 1, "symbol": symbols if goal else "circle",
                    "color": [c if goal else "#FFFFFF" for *_, c in known],
                    "line": {"width": 0 if goal else 2 * u, "color": CONTEXT}},
        )  # fmt: skip
