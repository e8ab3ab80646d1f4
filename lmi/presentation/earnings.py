"""What programs pay: one dot a program, sorted, against a line for comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.figures import NOT_PUBLISHED
from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_money, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.rowplan import RowPlan, draw_labels, fit_rows
from lmi.presentation.text import block_height, joined, measure, plain, wrap
from lmi.presentation.theme import GRID, SECONDARY_TEXT, TEXT

MAX_ROWS = 15
USUAL_YEARS = 4  # after completion; other years are triangles and say so


@dataclass(frozen=True)
class _Dot:
    program: str
    earnings: float | None
    years: float | None

    @property
    def usual(self) -> bool:
        """Whether it needs no words of its own."""
        return self.years is None or self.years == USUAL_YEARS

    @property
    def words(self) -> str:
        """What stands beside the dot."""
        if self.earnings is None:
            return NOT_PUBLISHED
        after = "" if self.usual else f", {counted(int(self.years or 0), 'year')} after"
        return format_money(self.earnings) + after


def earnings_dots(
    rows: pd.DataFrame, frame: Frame, *, reference: float | None = None, reference_name: str = ""
) -> Chart:
    """Median earnings of completers, highest first, with a line for what they are compared to.

    rows: program, earnings_usd_year and years_after (4, or another year, which is a triangle with its
    words). At most 15 are drawn; those without published earnings come last.
    """
    dots = _read(rows)
    above = _above(frame, reference, reference_name)
    notes = [_note(dots), _more(len(dots))]
    canvas, plan = fit_rows(frame, [d.program for d in dots[:MAX_ROWS]], notes, above=above)
    drawn = dots[: plan.shown]
    ends = _ends([d.earnings for d in drawn], reference)
    figure = go.Figure()
    _draw_guides(figure, plan, canvas)
    if reference is not None:
        _draw_reference(figure, reference, reference_name, ends, plan, canvas)
    _draw_dots(figure, drawn, plan, canvas)
    draw_labels(figure, plan, canvas)
    figure.update_xaxes(range=list(ends), visible=False)
    size, u = canvas.sizes.tick, canvas.u
    right = max((measure(d.words, size) for d in drawn), default=0) + 12 * u + canvas.pad
    alt = alt_text(
        f"Dot chart, {counted(len(drawn), 'program')},", "median earnings of completers, US dollars a year",
        frame.title, _extremes(dots, reference, reference_name),
    )  # fmt: skip
    table = tables.display_table(rows, ["program", "earnings_usd_year", "years_after"])
    return canvas.finish(figure, left=plan.left, right=right, table=table, alt=alt, above=above)


def _read(rows: pd.DataFrame) -> list[_Dot]:
    dots = [
        _Dot(str(row["program"]), number(row["earnings_usd_year"]), number(row["years_after"]))
        for _, row in rows.iterrows()
    ]
    return sorted(dots, key=lambda d: (-d.earnings if d.earnings is not None else 1.0, d.program))


def _note(dots: Sequence[_Dot]) -> str:
    parts = []
    if any(d.earnings is not None and not d.usual for d in dots):
        parts.append(f"Dot: {USUAL_YEARS} years after completion. Triangle: measured in another year.")
    if any(d.earnings is None for d in dots):
        parts.append("Not published: too few completers, not zero.")
    return " ".join(parts)


def _more(count: int) -> str:
    return f"Highest {MAX_ROWS} of {count} programs; all are in the table." if count > MAX_ROWS else ""


def _above(frame: Frame, reference: float | None, name: str) -> float:
    if reference is None:
        return 0
    form = frame.format
    return block_height(len(_name_lines(frame, reference, name)), form.tick) + 8 * form.unit


def _name_lines(frame: Frame, reference: float, name: str) -> list[str]:
    width = Canvas(frame).text_width * (1 if frame.phone else 0.5)
    return wrap(f"{'Line: ' * frame.phone}{name} {format_money(reference)}", width, frame.format.tick)


def _ends(values: Sequence[float | None], reference: float | None) -> tuple[float, float]:
    known = [v for v in (*values, reference) if v is not None] or [0.0, 1.0]
    room = 0.06 * (max(known) - min(known)) or 0.1 * max(known[0], 1)
    return min(known) - room, max(known) + room


def _draw_guides(figure: go.Figure, plan: RowPlan, canvas: Canvas) -> None:
    for y in plan.centres:
        figure.add_shape(
            name="guide", type="line", xref="paper", x0=0, x1=1, y0=y, y1=y, layer="below",
            line={"color": GRID, "width": canvas.u},
        )  # fmt: skip


def _draw_reference(
    figure: go.Figure, reference: float, name: str, ends: tuple[float, float], plan: RowPlan, canvas: Canvas
) -> None:
    """The line with its name over it; on a phone it is interrupted where the labels stand."""
    phone, half = canvas.frame.phone, plan.bar / 2
    spans = [(c - half, c + half) for c in plan.centres] if phone else [(0.0, plan.total)]
    for start, end in spans:
        figure.add_shape(
            name="reference", type="line", x0=reference, x1=reference, y0=start, y1=end, layer="below",
            line={"color": TEXT, "width": 1.5 * canvas.u, "dash": "solid" if phone else "dot"},
        )  # fmt: skip
    lines = _name_lines(canvas.frame, reference, name)
    at = (reference - ends[0]) / (ends[1] - ends[0])
    place = {"xref": "paper", "x": 0} if phone else {"x": reference}
    figure.add_annotation(
        name="reference", text=joined(lines), yref="paper", y=1, yanchor="bottom", align="left",
        xanchor="left" if phone or at < 0.35 else "right" if at > 0.65 else "center", yshift=3 * canvas.u,
        showarrow=False, borderpad=0, font={"size": canvas.sizes.tick, "color": TEXT}, **place,
    )  # fmt: skip


def _draw_dots(figure: go.Figure, dots: Sequence[_Dot], plan: RowPlan, canvas: Canvas) -> None:
    u, size = canvas.u, canvas.sizes.tick
    known = [(d, y) for d, y in zip(dots, plan.centres, strict=False) if d.earnings is not None]
    figure.add_scatter(
        name="earnings", mode="markers", x=[d.earnings for d, _ in known], y=[y for _, y in known],
        cliponaxis=False, hoverinfo="text", hovertext=[hover(d.program, d.words) for d, _ in known],
        marker={"color": canvas.frame.palette.accent, "opacity": 1, "line": {"width": 0},
                "size": [(12 if d.usual else 14) * u for d, _ in known],
                "symbol": ["circle" if d.usual else "triangle-up" for d, _ in known]},
    )  # fmt: skip
    for d, y in zip(dots, plan.centres, strict=False):
        figure.add_annotation(
            name="value text", text=plain(d.words), xref="paper", x=1, y=y, xanchor="left", yanchor="middle",
            xshift=6 * u, showarrow=False, borderpad=0,
            font={"size": size, "color": SECONDARY_TEXT if d.earnings is None else TEXT},
        )  # fmt: skip


def _extremes(dots: Sequence[_Dot], reference: float | None, name: str) -> str:
    known = [d for d in dots if d.earnings is not None]
    if not known:
        return "No earnings are published"
    text = f"Highest: {known[0].program}, {known[0].words}; lowest: {known[-1].program}, {known[-1].words}"
    return text if reference is None else f"{text}; {name} {format_money(reference)}"
