"""Openings against awards: the line where there are as many of either, and what is far from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.balance_ground import (
    REFS,
    Dot,
    Ground,
    draw_axes,
    draw_ground,
    draw_halves,
    ground_under,
    least_of,
    room_above,
    scale_of,
)
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.naming import DISC, Name, Spot, draw_names, fit_key, key_lines, plan_names
from lmi.presentation.placement import Plot
from lmi.presentation.scales import Scale
from lmi.presentation.text import block_height, measure
from lmi.presentation.theme import MUTED, PAPER, TEXT

MAX_LABELS = 10
_HEIGHTS = {"desk": 600}  # a projector gives no more; a phone, what is needed
_ROUNDS = 5  # of placing names: each name moved to the key takes room from the plot
_KEY = "Large dots: in demand by the rule. Small dots: other occupations."
_UPPER = "Awards count for every occupation that the program leads to: an upper bound."
_OPENINGS = "openings_per_year"


@dataclass(frozen=True)
class _Plan:
    """Where everything lies. numbered: titles of the discs in the order of their numbers, by soc."""

    ground: Ground
    plot: Plot
    names: list[Name]
    numbered: dict[str, str]
    margins: tuple[float, float, float]  # left, above, below
    key: list[str]


def balance_scatter(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    selected: Collection[str] = (),
    labels: Sequence[str] | None = None,
    upper: bool = False,
    label: str = "title",
    completions: str = "completions",
) -> Chart:
    """Awards over openings a year, one dot per occupation, with the line of balance.

    rows: soc, label, openings_per_year, the completions column (0, or missing where no program leads
    to it) and in_demand (bool). Both axes have the same limits. Where they are logarithmic, completions
    of 0 have a band of their own. Rows without both figures are counted in a note. labels: soc codes in
    order of importance; by default the selected, then the in-demand with the widest gaps. A dot whose
    name has no room gets a number and a place in the key. upper: awards are counted once for every
    occupation a program leads to, and a note says so.
    """
    dots = _read(rows, selected, label, completions)
    least = least_of(dots) if scale_of(dots).log else 1
    idle = [d for d in dots if scale_of(dots).log and d.openings <= 0]
    tiny = [d for d in dots if least > 1 and d.openings < least and not d.chosen and d not in idle]
    dots = [d for d in dots if d not in idle and d not in tiny]
    scale = scale_of(dots, least)
    notes = [_note(rows, completions, len(idle), upper, (len(tiny), least))]
    wanted = list(labels if labels is not None else _important(dots))[:MAX_LABELS]
    canvas, plan = _plan(dots, wanted, (scale, least), frame, notes)
    left, above, below = plan.margins
    figure = _draw(dots, plan, canvas)
    alt = alt_text(
        f"Scatter chart, {counted(len(dots), 'occupation')},", "awards a year against openings a year",
        frame.title, _extremes(dots),
    )  # fmt: skip
    table = tables.display_table(
        rows, [c for c in ("soc", label, _OPENINGS, completions, "in_demand") if c in rows]
    )
    return canvas.finish(figure, left=left, right=canvas.pad, table=table, alt=alt, above=above, below=below)


def _draw(dots: Sequence[Dot], plan: _Plan, canvas: Canvas) -> go.Figure:
    figure = go.Figure()
    draw_ground(figure, plan.ground, canvas)
    draw_axes(figure, plan.ground, canvas, plan.margins[0], plan.key)
    _draw_dots(figure, dots, plan, canvas)
    discs = [_spot(d, plan.ground, canvas).box(DISC * canvas.u) for d in dots if d.soc in plan.numbered]
    named = [*discs, *(box for n in plan.names for box in n.room)]
    covered = [*_marks(dots, plan.ground, canvas), *((box, 9.0) for box in named)]
    draw_halves(figure, plan.ground, canvas, plan.plot, covered)
    draw_names(figure, plan.names, canvas, REFS)
    return figure


def _read(rows: pd.DataFrame, selected: Collection[str], label: str, completions: str) -> list[Dot]:
    dots = []
    for _, row in rows.iterrows():
        openings, done = number(row[_OPENINGS]), number(row[completions])
        if openings is not None and done is not None:
            soc, hot = str(row["soc"]), bool(number(row.get("in_demand")))
            dots.append(Dot(soc, str(row[label]), openings, done, hot, soc in selected))
    return dots


def _note(
    rows: pd.DataFrame, completions: str, idle: int, upper: bool, tiny: tuple[int, int] = (0, 1)
) -> str:
    openings = rows[_OPENINGS].isna()
    unlinked = int((~openings & rows[completions].isna()).sum())
    parts = [
        f"{counted(int(openings.sum()), 'occupation')} without published openings" if openings.any() else "",
        f"{counted(unlinked, 'occupation')} that no program leads to" if unlinked else "",
        f"{counted(idle, 'occupation')} with no openings" if idle else "",
        f"{counted(tiny[0], 'occupation')} with fewer than {tiny[1]:,} openings" if tiny[0] else "",
    ]  # fmt: skip
    said = "; ".join(p for p in parts if p)
    hidden = f"Not shown: {said}." if said else ""
    return " ".join(p for p in (_KEY if len(rows) else "", hidden, _UPPER if upper else "") if p)


def _important(dots: Sequence[Dot]) -> list[str]:
    """The chosen, then the in-demand with the widest gaps."""
    hot = sorted((d for d in dots if d.hot), key=lambda d: (-d.gap, d.soc))
    return list(dict.fromkeys(d.soc for d in [*(d for d in dots if d.chosen), *hot]))


def _plan(
    dots: Sequence[Dot],
    wanted: Sequence[str],
    scaled: tuple[Scale, int],
    frame: Frame,
    notes: Sequence[str],
) -> tuple[Canvas, _Plan]:
    """Names where they have room; every round moves those that have none to the key."""
    scale, least = scaled
    by_soc = {d.soc: d for d in dots}
    wanted = [s for s in wanted if s in by_soc]
    titles: dict[str, str] = {}
    for _ in range(_ROUNDS):
        canvas = Canvas(frame, notes, _HEIGHTS.get(frame.format.name))
        key = key_lines(list(titles.values()), canvas)
        margins = _margins(canvas, scale, key)
        if frame.phone:
            canvas = Canvas(frame, notes, round(canvas.header + canvas.footer + sum(margins[1:]) + 330))
        plot = _plot(canvas, *margins)
        ground = ground_under(dots, scale, plot, canvas, wanted, least)
        spots = [_spot(by_soc[s], ground, canvas) for s in wanted]
        names, missed = plan_names(spots, list(titles), canvas, plot, _marks(dots, ground, canvas))
        if not missed:
            break
        titles = fit_key([s for s in spots if s.key in titles or s.key in missed], canvas, plot)
        wanted = [s for s in wanted if s not in missed or s in titles]
    return canvas, _Plan(ground, plot, names, titles, margins, key)


def _margins(canvas: Canvas, scale: Scale, key: Sequence[str]) -> tuple[float, float, float]:
    """Pixels left of the plot, above and below it."""
    size, u = canvas.sizes.tick, canvas.u
    below = size * 2.6 + 6 * u + (block_height(len(key), size) + 6 * u if key else 0)
    return measure("under 1,000", size) + canvas.pad + 8 * u, room_above(canvas, scale), below


def _plot(canvas: Canvas, left: float, above: float, below: float) -> Plot:
    narrow = canvas.plot_width(left, canvas.pad)
    widest = 1.25 * canvas.min_width if canvas.frame.phone else max(1600, 1.1 * canvas.sizes.width)
    low = max(canvas.plot_height(above, below), 80 * canvas.u)
    return Plot((narrow, max(widest - left - canvas.pad, narrow)), (low, max(620 * canvas.u, low)))


def _marks(dots: Sequence[Dot], ground: Ground, canvas: Canvas) -> list[tuple]:
    marks = [(_spot(d, ground, canvas).box(), 1.0 if d.hot or d.chosen else 0.06) for d in dots]
    return [*marks, *ground.line()]


def _spot(dot: Dot, ground: Ground, canvas: Canvas) -> Spot:
    unit = ground.unit(dot)
    return Spot(dot.soc, dot.title, unit, unit, dot.radius(canvas.u), dot.soc in ground.lanes)


def _draw_dots(figure: go.Figure, dots: Sequence[Dot], plan: _Plan, canvas: Canvas) -> None:
    """The others first, the discs last and on top; completions of 0 on an axis of their own."""
    lanes, numbers = plan.ground.lanes, {s: n for n, s in enumerate(plan.numbered, 1)}
    kinds = {"other": [d for d in dots if not d.hot], "in demand": [d for d in dots if d.hot]}
    kinds = {k: [d for d in part if d.soc not in numbers] for k, part in kinds.items()}
    kinds["number"] = [d for d in dots if d.soc in numbers]
    for name, part in kinds.items():
        for floor in (True, False):
            these = [d for d in part if (d.soc in lanes) == floor]
            if floor and not these:
                continue
            figure.add_scatter(
                name=name + (", 0 awards" if floor else ""), cliponaxis=False, hoverinfo="text",
                mode="markers+text" if name == "number" else "markers", x=[d.openings for d in these],
                y=[lanes[d.soc] if floor else d.done for d in these], yaxis="y2" if floor else "y",
                customdata=[d.soc for d in these], hovertext=[_hover(d) for d in these],
                text=[str(numbers[d.soc]) for d in these] if name == "number" else None,
                textfont={"size": canvas.sizes.source, "color": TEXT, "weight": 700},
                marker=_marker(name, these, canvas),
            )  # fmt: skip


def _marker(name: str, dots: Sequence[Dot], canvas: Canvas) -> dict[str, object]:
    u, accent = canvas.u, canvas.frame.palette.accent
    if name == "number":
        lines = [TEXT if d.chosen else accent if d.hot else MUTED for d in dots]
        return {"color": PAPER, "size": 2 * DISC * u, "opacity": 1, "line": {"color": lines, "width": 2 * u}}
    hot = name == "in demand"
    return {
        "color": accent if hot else MUTED, "opacity": 1 if hot else 0.6,
        "size": [2 * d.radius(u) - 2 * u for d in dots],
        "line": {"color": [TEXT if d.chosen else PAPER for d in dots],
                 "width": [(2.5 if d.chosen else 1) * u for d in dots]},
    }  # fmt: skip


def _hover(dot: Dot) -> str:
    return hover(
        dot.title, f"{format_count(dot.openings)} openings a year",
        f"{format_count(dot.done)} awards a year", "In demand by the rule" if dot.hot else "",
    )  # fmt: skip


def _extremes(dots: Sequence[Dot]) -> str:
    if not dots:
        return "No occupation has both figures"
    fewer = sum(d.done < d.openings for d in dots)
    far = max(dots, key=lambda d: (d.openings - d.done, d.soc))
    return (
        f"Fewer awards than openings in {fewer} of {len(dots)}; widest gap: {far.title}, "
        f"{format_count(far.openings)} openings and {format_count(far.done)} awards"
    )
