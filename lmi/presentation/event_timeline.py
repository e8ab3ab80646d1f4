"""What was announced and when: jobs gained above the line of time, jobs lost below it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.events import EVENT_TYPES, STATUSES
from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.corner import VEIL
from lmi.presentation.event_circles import Circle, Stack, circles_of, dated, marks_of, pack
from lmi.presentation.event_labels import Label, Point, draw_labels, place_names
from lmi.presentation.event_style import colour_of, day_words, jobs_words, told
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text
from lmi.presentation.legend import Key, Legend, draw_keys, place_keys
from lmi.presentation.placement import Box, Plot
from lmi.presentation.scales import round_under
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import CONTEXT, PAPER, TEXT, tint
from lmi.presentation.time_axis import Tick, axis_room, day_ticks, draw_time

MAX_CIRCLES = 150  # larger events that stand alone; smaller ones are put together by month
MAX_LABELS = 10
_HEIGHT, _HEIGHT_PHONE = 400, 480
_LARGEST, _LEAST, _MARK = 40, 2.5, 4  # radii in desk pixels
_KEY = 13  # radius of the largest circle in the key, in desk pixels
_LARGE = 9  # a circle of this radius in desk pixels is never covered by a name
_FULL = 0.8  # share of its side that the tallest stack may take
_SHRINK = (1.0, 0.85, 0.72, 0.6, 0.5, 0.42, 0.35, 0.28, 0.22, 0.16, 0.1)
_SIDES = {1: "Announced gains", -1: "Announced losses"}
Day = str | date
By = Literal["announced", "happens"]


@dataclass(frozen=True)
class _Plan:
    """Where everything lies. up, down: pixels above and below the line of time; scale: pixels a day."""

    canvas: Canvas
    stack: Stack
    marks: list[Circle]
    keys: Legend
    ticks: list[Tick]
    ends: tuple[float, float]
    up: float
    down: float

    def unit(self, circle: Circle) -> tuple[float, float]:
        """Place of a circle in the plot, 0 to 1 each way."""
        low, high = self.ends
        return (circle.day - low) / (high - low), (circle.y + self.down) / (self.up + self.down)


def event_timeline(
    frame: Frame,
    rows: pd.DataFrame,
    since: Day,
    until: Day,
    *,
    by: By = "announced",
    selected: Collection[str] = (),
) -> Chart:
    """Events from `since` to `until` as circles whose area is their jobs; a name on those that matter.

    rows: as the log of events has them (event_id, announced, happens, effective, employer, event_type,
    jobs, sign, status, county, city, source_name). by: the date that places them. Hollow: rumored;
    struck out and grey: cancelled; small triangles on the line: without a count of jobs. Where there are
    very many, the small ones of a month are one pale circle. Clicks give event_id ('' for several).
    """
    low, high = (float(pd.Timestamp(d).toordinal()) for d in (since, until))
    given = dated(rows, by)
    given = given[(given["day"] >= low) & (given["day"] <= high)]
    plan = _fit(given, frame, (low, max(high, low + 1)), len(rows) - len(given))
    figure = go.Figure()
    _draw_ground(figure, plan)
    _draw_circles(figure, plan, selected)
    _draw_marks(figure, plan)
    draw_labels(figure, _names(plan, selected), plan.canvas)
    canvas = plan.canvas
    draw_keys(figure, plan.keys, canvas, left=canvas.pad, above=plan.keys.height)
    alt = alt_text(
        f"Timeline, {counted(len(given), 'hiring event')}, gains above the line and losses below it,",
        "jobs by date", frame.title, _extremes(given),
    )  # fmt: skip
    return canvas.finish(
        figure, left=canvas.pad, right=canvas.pad, table=event_table(given), alt=alt,
        above=plan.keys.height, below=axis_room(plan.ticks, canvas),
    )  # fmt: skip


def event_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Events under headings for people, newest first: dates as ISO text, kinds and statuses in words."""
    ordered = rows.sort_values(["announced", "event_id"], ascending=[False, True], kind="stable")
    shown = ordered.assign(
        announced=ordered["announced"].dt.strftime("%Y-%m-%d"),
        effective=ordered["effective"].dt.strftime("%Y-%m-%d"),
        event_type=ordered["event_type"].map(lambda t: EVENT_TYPES.get(t, t)),
        status=ordered["status"].map(lambda s: STATUSES.get(s, s)),
    )
    columns = ["announced", "effective", "employer", "event_type", "jobs", "status", "county", "source_name"]
    return tables.display_table(shown, columns)


def _fit(given: pd.DataFrame, frame: Frame, ends: tuple[float, float], hidden: int) -> _Plan:
    """Circles as large as lets every stack stay in its half; where that makes dust, more put together."""
    told_rows, bare = given[given["count"].notna()], given[given["count"].isna()]
    marks = marks_of(bare, MAX_CIRCLES)
    most = 50 if frame.phone else MAX_CIRCLES
    for alone in (most, most // 2, most // 5):
        circles = circles_of(told_rows, alone)
        for share in _SHRINK if alone == most // 5 else _SHRINK[:7]:
            plan = _arranged(circles, marks, frame, ends, (share, hidden))
            if plan.stack.up <= _FULL * plan.up and plan.stack.down <= _FULL * plan.down:
                return plan
    return plan


def _arranged(
    circles: Sequence[Circle],
    marks: Sequence[Circle],
    frame: Frame,
    ends: tuple[float, float],
    trial: tuple[float, int],
) -> _Plan:
    """The plan with circles at a share of their full size; keys and notes take their room first."""
    share, hidden = trial
    height = _HEIGHT_PHONE if frame.phone else _HEIGHT if frame.format.unit == 1 else None
    bare = Canvas(frame, default_height=height)
    u, together = bare.u, any(c.together > 1 for c in circles)
    notes = [_note(hidden, together)]
    canvas = Canvas(frame, [" ".join(n for n in notes if n)], height)
    largest = share * u * min(_LARGEST * (0.8 if frame.phone else 1), canvas.plot_height() / u / 9)
    width, least = canvas.plot_width(canvas.pad, canvas.pad), min(_LEAST * u, largest)
    pixels = (width - 2 * largest - 4 * u) / (ends[1] - ends[0])
    axis = ends[0] - (largest + 2 * u) / pixels, ends[1] + (largest + 2 * u) / pixels
    start = (2 * _MARK + 3) * u if marks else 2 * u
    stack = pack(circles, pixels, largest, least, start)
    ticks = day_ticks(*ends, width - 2 * largest, canvas.sizes.tick)
    keys = place_keys(_keys(stack, marks, frame), canvas)
    room = canvas.plot_height(keys.height, axis_room(ticks, canvas))
    words = 1.3 * canvas.sizes.tick + start
    up, down = max(stack.up, words), max(stack.down, words)
    above = room * min(max(up / (up + down), 0.22), 0.78)
    placed = [_on_line(m, u) for m in marks]
    return _Plan(canvas, stack, placed, keys, ticks, axis, above, room - above)


def _on_line(mark: Circle, u: float) -> Circle:
    """A mark without a count, just off the line on its own side."""
    return Circle(**(vars(mark) | {"radius": _MARK * u, "y": mark.sign * (_MARK + 1) * u}))


def _note(hidden: int, together: bool) -> str:
    parts = (
        "Pale: small events of one time together." if together else "",
        f"{counted(hidden, 'event')} outside these dates not shown." if hidden else "",
    )
    return " ".join(part for part in parts if part)


def _keys(stack: Stack, marks: Sequence[Circle], frame: Frame) -> list[Key]:
    """A circle of a round number of jobs, and what the other marks mean, of those that are there."""
    u, colour = frame.format.unit, CONTEXT
    keys: list[Key] = []
    sized = max(stack.circles, key=lambda c: c.jobs or 0, default=None)
    if sized is not None and sized.jobs:
        largest = round_under(sized.jobs * min(_KEY * u / sized.radius, 1) ** 2)
        for jobs in (largest, round_under(largest / 5)):
            half = sized.radius * (jobs / sized.jobs) ** 0.5 / u
            if half >= 2 and all(k.half > half for k in keys):
                keys.append(Key("circle", colour, jobs_words(jobs) if not keys else f"{jobs:,.0f}", half))
    looks = {c.look for c in [*stack.circles, *marks]}
    keys += [Key("hollow", colour, "rumored")] if "hollow" in looks else []
    keys += [Key("struck", colour, "cancelled")] if "struck" in looks else []
    return keys + ([Key("triangle", colour, "no count of jobs", _MARK)] if marks else [])


def _draw_ground(figure: go.Figure, plan: _Plan) -> None:
    """The axis of time, the line, and what its two sides mean."""
    canvas, u = plan.canvas, plan.canvas.u
    draw_time(figure, canvas, plan.ends, plan.ticks)
    figure.update_yaxes(range=[-plan.down, plan.up], visible=False)
    figure.add_shape(name="line", type="line", xref="paper", x0=0, x1=1, y0=0, y1=0, layer="below",
                     line={"color": CONTEXT, "width": 1.5 * u})  # fmt: skip
    for sign, words in _SIDES.items():
        figure.add_annotation(
            name="side", text=plain(words), showarrow=False, borderpad=0, xref="paper", x=0, xanchor="left",
            yref="paper", y=1 if sign > 0 else 0, yanchor="top" if sign > 0 else "bottom", bgcolor=VEIL,
            font={"size": canvas.sizes.tick, "color": TEXT, "weight": 700},
        )  # fmt: skip


def _draw_circles(figure: go.Figure, plan: _Plan, selected: Collection[str]) -> None:
    """One trace a side; the largest first, so that a small one would lie on top."""
    u, palette = plan.canvas.u, plan.canvas.frame.palette
    for name, sign in (("gains", 1), ("losses", -1)):
        these = [c for c in plan.stack.circles if c.sign == sign]
        lines = [colour_of(sign, c.look, palette) for c in these]
        fills = [
            PAPER if c.look != "solid" else tint(line, 0.35) if c.together > 1 else line
            for c, line in zip(these, lines, strict=True)
        ]
        figure.add_scatter(
            name=name, mode="markers", x=[c.day for c in these], y=[c.y for c in these], cliponaxis=False,
            customdata=[c.key for c in these], hoverinfo="text", hovertext=[c.hover for c in these],
            marker={
                "size": [2 * c.radius for c in these], "color": fills, "opacity": 1,
                "symbol": ["circle-x" if c.look == "struck" else "circle" for c in these],
                "line": {"color": [TEXT if c.key in selected else at for c, at in zip(these, lines,
                                                                                     strict=True)],
                         "width": [2.5 * u if c.key in selected else _edge(c) * u for c in these]},
            },
        )  # fmt: skip


def _edge(circle: Circle) -> float:
    """Width of the outline in desk pixels."""
    return 1.0 if circle.look == "solid" else min(1.75, max(circle.radius / 3, 1.0))


def _draw_marks(figure: go.Figure, plan: _Plan) -> None:
    """Events without a count: triangles on the line that point up for gains and down for losses."""
    u, palette = plan.canvas.u, plan.canvas.frame.palette
    colours = [colour_of(m.sign, m.look, palette) for m in plan.marks]
    figure.add_scatter(
        name="no count", mode="markers", x=[m.day for m in plan.marks], y=[m.y for m in plan.marks],
        customdata=[m.key for m in plan.marks], cliponaxis=False, hoverinfo="text",
        hovertext=[m.hover for m in plan.marks],
        marker={"symbol": ["triangle-up" if m.sign > 0 else "triangle-down" for m in plan.marks],
                "size": 2 * _MARK * u, "opacity": 1, "line": {"width": u, "color": colours},
                "color": [c if m.look == "solid" else PAPER for m, c in zip(plan.marks, colours,
                                                                            strict=True)]},
    )  # fmt: skip


def _names(plan: _Plan, selected: Collection[str]) -> list[Label]:
    """The largest of each side in turn, where they have room; cancelled ones last."""
    canvas, u = plan.canvas, plan.canvas.u
    most = 5 if canvas.frame.phone else MAX_LABELS
    single = [c for c in plan.stack.circles if c.key and c.look != "struck"]
    single.sort(key=lambda c: (c.key not in selected, -(c.jobs or 0), c.key))
    sure = [c for sign in (1, -1) for c in [s for s in single if s.sign == sign][:3]]
    wanted = sorted([*sure, *[c for c in single if c not in sure][: 2 * most]], key=lambda c: (
        c not in sure, single.index(c)))  # fmt: skip
    height = plan.up + plan.down
    narrow = canvas.plot_width(canvas.pad, canvas.pad)
    wide = 1.25 * narrow if canvas.frame.phone else max(1600 * u, 1.1 * canvas.sizes.width)
    plot = Plot((narrow, max(wide, narrow)), (height, max(620 * u, height)))
    points = [Point(c.key, c.label, plan.unit(c), (c.day, c.y), c.radius, c.sign) for c in wanted]
    return place_names(points, canvas, plot, _taken(plan), most)


def _taken(plan: _Plan) -> list[tuple[Box, float]]:
    """What a name may not, or only just, lie over."""
    canvas = plan.canvas
    marks = []
    for c in [*plan.stack.circles, *plan.marks]:
        cost = min((c.radius / (_LARGE * canvas.u)) ** 2, 1.0)
        marks.append((Box(*plan.unit(c), -c.radius, c.radius, -c.radius, c.radius), cost))
    line = plan.down / (plan.up + plan.down)
    marks += [(Box(i / 40, line, -20 * canvas.u, 20 * canvas.u, -1, 1), 0.5) for i in range(41)]
    for sign, words in _SIDES.items():
        size, width = canvas.sizes.tick, measure(words, canvas.sizes.tick, bold=True) + 6 * canvas.u
        ends = (-1.3 * size, 0.0) if sign > 0 else (0.0, 1.3 * size)
        marks.append((Box(0, 1 if sign > 0 else 0, 0, width, *ends), 9.0))
    return marks


def _extremes(given: pd.DataFrame) -> str:
    parts = []
    for sign, words in ((1, "Largest gain"), (-1, "largest loss")):
        side = given[(given["sign"] == sign) & given["count"].notna()]
        if len(side):
            first = side.iloc[0]
            when = day_words(first["announced"])
            parts.append(f"{words}: {told(first['employer'])}, {jobs_words(first['jobs'])}, {when}")
    without = int(given["count"].isna().sum())
    parts += [f"{counted(without, 'event')} without a count of jobs"] if without else []
    return "; ".join(parts) or "No event in this time"
