"""An axis of time: months with their years under them where there is room, else years."""

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from lmi.presentation.dates import month_words
from lmi.presentation.frame import Canvas
from lmi.presentation.text import measure
from lmi.presentation.theme import GRID, SECONDARY_TEXT

_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)  # months between words
Tick = tuple[float, str]


def month_number(day: date) -> int:
    """Months since the year 0, so that neighbours differ by 1."""
    return day.year * 12 + day.month - 1


def month_start(month: int) -> date:
    """The first day of a month by its number."""
    return date(month // 12, month % 12 + 1, 1)


def month_ticks(first: int, last: int, pixels: float, size: float) -> list[Tick]:
    """Words for months by number, first to last. pixels: width of a month; size: of the words.

    'Jan' with '2025' under it; the first tick and each January carry the year. Where months have no
    room, 'every third', 'every sixth' and at last years only.
    """
    need = max(measure("2025", size), measure("May", size)) + 12
    step = next((s for s in _STEPS if s * pixels >= need), _STEPS[-1])
    found = [m for m in range(first, last + 1) if m % step == 0]
    if not found and first <= last:
        step, found = 1, [first]
    ticks, year = [], None
    for m in found:
        at = month_start(m)
        words = str(at.year) if step >= 12 else month_words(at)[:3]
        if step < 12 and at.year != year:
            words += f"<br>{at.year}"
        ticks.append((float(m), words))
        year = at.year
    return ticks


def day_ticks(low: float, high: float, pixels: float, size: float) -> list[Tick]:
    """Words for the beginnings of months between two days as ordinals; a short time says its first day.

    pixels: width of the whole axis.
    """
    a, b = date.fromordinal(int(-(-low // 1))), date.fromordinal(int(high))
    first = month_number(a) if a.day == 1 else month_number(a) + 1
    per_month = pixels / max(high - low, 1) * 30.4
    if first > month_number(b):
        middle = a + timedelta(days=(b - a).days // 2)
        return [(float(middle.toordinal()), f"{middle.day} {month_words(middle)}")]
    ticks = month_ticks(first, month_number(b), per_month, size)
    return [(float(month_start(int(m)).toordinal()), words) for m, words in ticks]


def axis_room(ticks: Sequence[Tick], canvas: Canvas) -> float:
    """Pixels that the words take under the plot."""
    lines = 2 if any("<br>" in words for _, words in ticks) else 1
    return canvas.sizes.tick * (1.15 + 1.3 * (lines - 1)) + 8 * canvas.u


def draw_time(
    figure: go.Figure, canvas: Canvas, ends: tuple[float, float], ticks: Sequence[Tick], *, grid: bool = True
) -> None:
    """The axis under the plot, with faint upright lines where grid."""
    figure.update_xaxes(
        range=list(ends), visible=True, side="bottom", tickangle=0, showgrid=grid, gridcolor=GRID,
        tickvals=[at for at, _ in ticks], ticktext=[words for _, words in ticks],
        ticklabelstandoff=int(3 * canvas.u), tickfont={"size": canvas.sizes.tick, "color": SECONDARY_TEXT},
    )  # fmt: skip
