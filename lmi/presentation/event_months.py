"""Jobs gained and lost by month: bars up and down from zero, and a diamond for what is left of both."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.dates import month_words
from lmi.presentation.event_style import (
    gain_colour,
    jobs_words,
    loss_colour,
    month_of,
    signed_jobs,
    sum_words,
    uncounted_sides,
)
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.legend import Key, draw_keys, place_keys
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import CONTEXT, PAPER, TEXT
from lmi.presentation.time_axis import axis_room, draw_time, month_number, month_start, month_ticks

_HEIGHT, _HEIGHT_PHONE = 360, 420
_SIDES = (("gains", 1), ("losses", -1))
_LEAST = 6  # months that the axis has at least, so that a lone bar is no wall
_NUMBERED = 3  # bars a side that carry their number where not all have room for it


@dataclass(frozen=True)
class _Month:
    """at: number of the month. None: not known. uncounted: gains and losses without a count of jobs."""

    at: int
    gains: float | None
    losses: float | None
    net: float | None
    uncounted: tuple[float, float]

    def hover(self) -> str:
        """The month and its three figures."""
        net = "not known" if self.net is None else signed_jobs(self.net)
        return hover(
            month_words(month_start(self.at)), f"Gained: {sum_words(self.gains, self.uncounted[0])}",
            f"Lost: {sum_words(self.losses, self.uncounted[1])}",
            f"Net{' of what is counted' if any(self.uncounted) else ''}: {net}",
        )  # fmt: skip


def event_months(frame: Frame, months: pd.DataFrame) -> Chart:
    """Gains upwards, losses hatched downwards, net as a diamond; the largest bars carry their number.

    months: month (a date, a timestamp or 'YYYY-MM'), gains and losses (jobs, not negative), net; what is
    missing is not known, and not drawn. A month without a row had no event. uncounted, gains_uncounted and
    losses_uncounted, if there: events of the month, and of each side, without a count of jobs.
    """
    read = sorted((_read(row) for row in months.to_dict("records")), key=lambda m: m.at)
    height = _HEIGHT_PHONE if frame.phone else _HEIGHT if frame.format.unit == 1 else None
    canvas = Canvas(frame, [_note(months)], height)
    size = canvas.sizes.tick
    first, last = (read[0].at, read[-1].at) if read else (0, _LEAST)
    more = max(_LEAST - (last - first + 1), 0) / 2 if read else 0
    ends = first - 0.6 - more, last + 0.6 + more
    width = canvas.plot_width(canvas.pad, canvas.pad)
    ticks = month_ticks(first, last, width / (ends[1] - ends[0]), size) if read else []
    keys = place_keys(_keys(canvas) if read else [], canvas)
    figure = go.Figure()
    scale = _scale(read, canvas.plot_height(keys.height, axis_room(ticks, canvas)), canvas)
    _draw_bars(figure, read, canvas)
    slot = width / (ends[1] - ends[0])
    _draw_numbers(figure, read, canvas, (ends[0], slot, width))
    _draw_net(figure, read, canvas, slot)
    draw_time(figure, canvas, ends, ticks, grid=False)
    figure.update_yaxes(range=list(scale), visible=False)
    figure.update_layout(barmode="overlay")
    draw_keys(figure, keys, canvas, left=canvas.pad, above=keys.height)
    alt = alt_text(
        f"Bars up and down, {counted(len(read), 'month')},", "jobs announced as gains and losses",
        frame.title, _extremes(read),
    )  # fmt: skip
    return canvas.finish(
        figure, left=canvas.pad, right=canvas.pad, table=_table(months), alt=alt, above=keys.height,
        below=axis_room(ticks, canvas),
    )  # fmt: skip


def _read(row: dict) -> _Month:
    gains, losses, net = (number(row[c]) for c in ("gains", "losses", "net"))
    return _Month(month_number(month_of(row["month"])), gains, losses, net, uncounted_sides(row))


def _keys(canvas: Canvas) -> list[Key]:
    palette = canvas.frame.palette
    return [
        Key("square", gain_colour(palette), "announced gains"),
        Key("hatched", loss_colour(palette), "announced losses"),
        Key("diamond", TEXT, "gains less losses"),
    ]  # fmt: skip


def _note(months: pd.DataFrame) -> str:
    without = [number(v) or 0 for v in months["uncounted"]] if "uncounted" in months else []
    n = round(sum(without))
    return f"At least: {counted(n, 'event')} without a count of jobs not in the bars." if n else ""


def _table(months: pd.DataFrame) -> pd.DataFrame:
    shown = months.assign(month=[month_of(m).isoformat()[:7] for m in months["month"]])
    columns = [c for c in ("month", "gains", "losses", "net", "uncounted") if c in shown]
    return tables.display_table(shown, columns)


def _scale(read: Sequence[_Month], height: float, canvas: Canvas) -> tuple[float, float]:
    """Ends of the vertical axis, with room for a number beyond the longest bar of each side."""
    most = max((m.gains or 0 for m in read), default=0)
    least = max((m.losses or 0 for m in read), default=0)
    words = 1.3 * canvas.sizes.tick + 5 * canvas.u
    room = [words if side else 6 * canvas.u for side in (least, most)]
    per = (most + least) / max(height - sum(room), 20 * canvas.u) or 1 / height
    return -(least + room[0] * per), most + room[1] * per


def _draw_bars(figure: go.Figure, read: Sequence[_Month], canvas: Canvas) -> None:
    palette, u = canvas.frame.palette, canvas.u
    colours = {"gains": gain_colour(palette), "losses": loss_colour(palette)}
    for name, sign in _SIDES:
        values = [m.gains if sign > 0 else m.losses for m in read]
        known = [(m, v) for m, v in zip(read, values, strict=True) if v]
        figure.add_bar(
            name=name, x=[m.at for m, _ in known], y=[sign * v for _, v in known], width=0.72,
            customdata=[month_start(m.at).isoformat()[:7] for m, _ in known], hoverinfo="text",
            hovertext=[m.hover() for m, _ in known],
            marker={"color": colours[name],
                    "line": {"color": colours[name], "width": u if sign < 0 else 0},
                    "pattern": {"shape": "/" if sign < 0 else "", "fgcolor": PAPER, "solidity": 0.3,
                                "bgcolor": colours[name], "size": 7 * u}},
        )  # fmt: skip
    figure.add_shape(name="zero", type="line", xref="paper", x0=0, x1=1, y0=0, y1=0,
                     line={"color": CONTEXT, "width": 1.5 * u})  # fmt: skip


def _draw_numbers(
    figure: go.Figure, read: Sequence[_Month], canvas: Canvas, across: tuple[float, float, float]
) -> None:
    """At the end of each bar if all have room, else of the largest that do not touch.

    across: the month at the left edge, pixels of a month, pixels of the plot.
    """
    size, u, (start, slot, width) = canvas.sizes.tick, canvas.u, across
    for _, sign in _SIDES:
        values = {m.at: (m.gains if sign > 0 else m.losses) or 0 for m in read}
        texts = {at: signed_jobs(sign * v) for at, v in values.items() if v}
        half = {at: (measure(t, size) + 8 * u) / 2 for at, t in texts.items()}
        middle = {  # of the words, moved from that of the bar where they would leave the figure
            at: min(max((at - start) * slot, h - canvas.pad), width + canvas.pad - h)
            for at, h in half.items()
        }
        most = len(texts) if 2 * max(half.values(), default=0) <= slot else _NUMBERED
        kept: list[int] = []
        for at in sorted(texts, key=lambda a: (-values[a], a)):
            if len(kept) < most and all(abs(middle[at] - middle[k]) >= half[at] + half[k] for k in kept):
                kept.append(at)
        for at in sorted(kept):
            figure.add_annotation(
                name="value", text=plain(texts[at]), x=at, y=sign * values[at], showarrow=False,
                borderpad=0, yanchor="bottom" if sign > 0 else "top", yshift=sign * 3 * u,
                xshift=middle[at] - (at - start) * slot, font={"size": size, "color": TEXT},
            )  # fmt: skip


def _draw_net(figure: go.Figure, read: Sequence[_Month], canvas: Canvas, slot: float) -> None:
    u, known = canvas.u, [m for m in read if m.net is not None]
    size = min(max(0.75 * slot, 5 * u), 9 * u)
    figure.add_scatter(
        name="net", mode="markers", x=[m.at for m in known], y=[m.net for m in known], cliponaxis=False,
        hoverinfo="text", hovertext=[m.hover() for m in known],
        marker={"symbol": "diamond", "size": size, "color": TEXT, "opacity": 1,
                "line": {"color": PAPER, "width": 1.5 * u}},
    )  # fmt: skip


def _extremes(read: Sequence[_Month]) -> str:
    parts = []
    for words, of in (("Largest gains", "gains"), ("largest losses", "losses")):
        known = [m for m in read if getattr(m, of)]
        if known:
            top = max(known, key=lambda m: (getattr(m, of), -m.at))
            parts.append(f"{words}: {jobs_words(getattr(top, of))} in {month_words(month_start(top.at))}")
    return "; ".join(parts) or "No jobs are counted in any month"
