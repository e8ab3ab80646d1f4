"""Horizontal bars in a given order, each with words at its end: what several charts have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from lmi.presentation.frame import Canvas, Frame, hover
from lmi.presentation.rowplan import RowPlan, draw_baseline, draw_labels, fit_rows
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import PAPER, SECONDARY_TEXT, TEXT

_WORDS_WIDTH, _WORDS_PHONE = 200, 125  # of the words at the end of a bar, in desk pixels
_LABEL_WIDTH = 180


@dataclass(frozen=True)
class PlainBar:
    """One row. value None: no bar, only the words. accent: what matters now. hatched: of another kind."""

    label: str
    value: float | None
    words: str
    accent: bool = True
    hatched: bool = False


@dataclass(frozen=True)
class Drawn:
    """A figure of bars, the canvas it is made for, and its margins left and right."""

    figure: go.Figure
    canvas: Canvas
    left: float
    right: float


def plain_bars(bars: Sequence[PlainBar], frame: Frame, notes: Sequence[str] = ()) -> Drawn:
    """Draw the bars from zero in the order given; those that do not fit are counted in a note.

    Without a height given, the figure is as high as its rows. On a phone, words that would need two
    lines stand with the label, over the bar.
    """
    size, u = frame.format.tick, frame.format.unit
    if frame.phone and any(measure(b.words, size) > _WORDS_PHONE for b in bars):
        bars = [replace(b, label=f"{b.label}: {b.words}", words="") for b in bars]
    labels = [b.label for b in bars]
    width = max(_WORDS_WIDTH * u, Canvas(frame).min_width * 0.3)
    lines = [wrap(b.words, width, size) for b in bars]
    beside = [len(text) for text in lines]
    canvas, plan = fit_rows(_sized(frame, labels, notes, beside), labels, notes, beside=beside)
    shown, lines = bars[: plan.shown], lines[: plan.shown]
    longest = max((b.value for b in shown if b.value), default=0) or 1
    needs = [
        max((measure(t, size) for t in text), default=0) + 10 * u - (1 - (b.value or 0) / longest) * 110 * u
        for b, text in zip(shown, lines, strict=True)
    ]
    figure = go.Figure()
    _draw(figure, shown, lines, plan, canvas)
    figure.update_xaxes(range=[0, longest * 1.01], visible=False)
    draw_labels(figure, plan, canvas)
    draw_baseline(figure, plan, canvas)
    return Drawn(figure, canvas, plan.left, max([*needs, 0]) + canvas.pad)


def _sized(frame: Frame, labels: Sequence[str], notes: Sequence[str], beside: Sequence[int]) -> Frame:
    """The frame with the height that its rows need, up to that of the format."""
    if frame.phone or frame.height is not None:
        return frame
    canvas = Canvas(frame, notes)
    lines = [len(wrap(label, _LABEL_WIDTH * canvas.u, canvas.sizes.tick)) for label in labels]
    lines = [max(n, m) for n, m in zip(lines, beside, strict=True)]
    rows = sum(block_height(n, canvas.sizes.tick) + 20 * canvas.u for n in lines)
    return replace(frame, height=round(min(canvas.header + canvas.footer + rows, canvas.sizes.height)))


def _draw(
    figure: go.Figure, bars: Sequence[PlainBar], lines: Sequence[list[str]], plan: RowPlan, canvas: Canvas
) -> None:
    palette, size = canvas.frame.palette, canvas.sizes.tick
    known = [(b, y) for b, y in zip(bars, plan.centres, strict=False) if b.value is not None]
    fills = [palette.accent if b.accent else palette.muted for b, _ in known]
    figure.add_bar(
        name="value", orientation="h", x=[b.value for b, _ in known], y=[y for _, y in known],
        width=plan.bar, hoverinfo="text", hovertext=[hover(b.label, b.words) for b, _ in known],
        marker={"color": fills,
                "line": {"color": fills, "width": [canvas.u if b.hatched else 0 for b, _ in known]},
                "pattern": {"shape": ["/" if b.hatched else "" for b, _ in known], "fgcolor": PAPER,
                            "bgcolor": fills, "solidity": 0.25}},
    )  # fmt: skip
    for b, text, y in zip(bars, lines, plan.centres, strict=False):
        if not text:
            continue
        figure.add_annotation(
            name="value text", text=joined(text), x=b.value or 0, y=y, xanchor="left", yanchor="middle",
            xshift=6 * canvas.u, showarrow=False, borderpad=0, align="left",
            font={"size": size, "color": SECONDARY_TEXT if b.value is None else TEXT},
        )  # fmt: skip
