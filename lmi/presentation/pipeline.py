"""Who is in training here against who does the job: two marks per occupation and the way between."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_pct, number
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
    share_axis,
    side_room,
)
from lmi.presentation.shares import WIDER_MARK, WIDER_NOTE, is_wider
from lmi.presentation.theme import CONTEXT, TEXT

MAX_ROWS = 15
_RADIUS = 6.5
_LEAST_PLOT = 0.6  # of the room beside the labels, that the values leave for the marks
_TRAINING, _JOB = "in training here", "in the job, nationally"


@dataclass(frozen=True)
class _Pair:
    soc: str
    title: str
    program: float | None
    job: float | None
    awards: str
    wider: bool = False

    @property
    def known(self) -> list[float]:
        """The shares that are published."""
        return [v for v in (self.program, self.job) if v is not None]


def pipeline_dots(rows: pd.DataFrame, frame: Frame) -> Chart:
    """A circle for the share in training, a diamond for the share in the job, a bar between them.

    rows, in the order to draw: soc, title, program_pct (women's share of local completions), job_pct
    (women's share of the occupation, national) and awards; and, if known, match: '°' marks those whose
    share is published for a wider group ('wider' or 'group'). The first 15 rows are drawn. Where the
    marks nearly meet, the values say which is which.
    """
    pairs = [_read(row) for _, row in rows.head(MAX_ROWS).iterrows()]
    bare = Canvas(frame)
    colours = (frame.palette.accent, TEXT)
    keys = place_keys(
        [Key("circle", colours[0], f"women {_TRAINING}"), Key("diamond", colours[1], f"women {_JOB}")], bare
    )
    above, below = keys.height, axis_height(bare)
    labels = [Label(p.title + (WIDER_MARK if p.wider else ""), p.awards) for p in pairs]
    canvas, plan = fit_labels(frame, labels, [_note(pairs)], total=len(rows), around=above + below)
    pairs = pairs[: plan.shown]
    axis, ticks = share_axis([v for p in pairs for v in p.known], most=4 if frame.phone else 6)
    radius = 1.1 * _RADIUS * canvas.u
    near = 2 * radius / (_LEAST_PLOT * canvas.plot_width(plan.left, canvas.pad)) * axis[1]
    texts = [text for i, p in enumerate(pairs) for text in _texts(i, p, near)]
    extra, right = side_room(texts, axis, plan, canvas, radius)
    figure = go.Figure()
    draw_axis(figure, canvas, axis, ticks)
    _draw_pairs(figure, pairs, plan, canvas, colours)
    draw_rows(figure, plan, canvas, gutter=extra)
    draw_end_texts(figure, texts, plan, canvas, radius)
    draw_keys(figure, keys, canvas, left=plan.left + extra, above=above)
    alt = alt_text(
        f"Dot plot of pairs, {len(pairs)} occupations,",
        "women's share of local completions and of the job nationally", frame.title, _extremes(pairs),
    )  # fmt: skip
    columns = [c for c in ("soc", "title", "program_pct", "job_pct", "awards") if c in rows]
    table = tables.display_table(rows, columns)
    return canvas.finish(
        figure, left=plan.left + extra, right=right, table=table, alt=alt, above=above, below=below
    )


def _read(row: pd.Series) -> _Pair:
    program, job, awards = (number(row.get(c)) for c in ("program_pct", "job_pct", "awards"))
    many = "" if awards is None else counted(round(awards), "award")
    return _Pair(
        str(row.get("soc", row["title"])),
        str(row["title"]),
        program,
        job,
        many,
        job is not None and is_wider(row),
    )


def _note(pairs: Sequence[_Pair]) -> str:
    lone = any(len(p.known) == 1 for p in pairs)
    none = any(not p.known for p in pairs)
    text = "One mark alone: the other share is not published, which is not zero." if lone else ""
    text = text or ("Not published does not mean zero." if none else "")
    return " ".join(t for t in (text, WIDER_NOTE if any(p.wider for p in pairs) else "") if t)


def _texts(i: int, pair: _Pair, near: float) -> list[EndText]:
    """Values at both ends, or after a lone mark; in words, training first, where the marks nearly meet."""
    if not pair.known:
        return [EndText(i, 0, format_pct(None), grey=True)]
    if len(pair.known) == 2:
        low, high = sorted(pair.known)
        if high - low < near:
            here, job = format_pct(pair.program), format_pct(pair.job)
            return [EndText(i, low, f"{here} here", left=True), EndText(i, high, f"{job} job")]
        return [EndText(i, low, format_pct(low), left=True), EndText(i, high, format_pct(high))]
    return [EndText(i, pair.known[0], format_pct(pair.known[0]))]


def _draw_pairs(
    figure: go.Figure, pairs: Sequence[_Pair], plan: Rows, canvas: Canvas, colours: tuple[str, str]
) -> None:
    u = canvas.u
    for pair, y in zip(pairs, plan.centres, strict=True):
        if len(pair.known) == 2:
            figure.add_shape(
                name="between", type="line", x0=pair.program, x1=pair.job, y0=y, y1=y, layer="below",
                line={"color": CONTEXT, "width": 3 * u},
            )  # fmt: skip
    marks = (  # the diamond, drawn last, is small enough for a circle at the same place to show
        ("program", "circle", colours[0], _TRAINING, 2.2 * _RADIUS),
        ("job", "diamond", colours[1], _JOB, 1.6 * _RADIUS),
    )
    for name, symbol, colour, words, size in marks:
        known = [
            (p, y, v)
            for p, y in zip(pairs, plan.centres, strict=True)
            if (v := p.program if name == "program" else p.job) is not None
        ]
        figure.add_scatter(
            name=name, mode="markers", x=[v for *_, v in known], y=[y for _, y, _ in known],
            customdata=[p.soc for p, *_ in known], cliponaxis=False, hoverinfo="text",
            hovertext=[hover(p.title, f"Women {words}: {format_pct(v)}", p.awards) for p, _, v in known],
            marker={"size": size * u, "symbol": symbol, "color": colour, "opacity": 1,
                    "line": {"width": 0}},
        )  # fmt: skip


def _extremes(pairs: Sequence[_Pair]) -> str:
    both = [(p.program - p.job, p) for p in pairs if p.program is not None and p.job is not None]
    if not both:
        return "No occupation has both shares published"
    widest = max(both, key=lambda each: abs(each[0]))[1]
    return (
        f"Widest difference: {widest.title}, {format_pct(widest.program)} {_TRAINING}, "
        f"{format_pct(widest.job)} {_JOB}"
    )
