"""What hiring events do to occupations: arrows from before to after, for openings and for ranks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.event_style import gain_colour, loss_colour, signed_jobs
from lmi.presentation.formats import format_count, number
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
from lmi.presentation.theme import CONTEXT, GRID, PAPER, Palette

MAX_MOVES, MAX_RANKS = 10, 12
HELD = "°"  # after the title of an occupation whose jobs are held back in part
_HELD_NOTE = f"{HELD} Less than the events announce: the projection already holds part of it."
_ALIGNED = "Arrows start at the openings without events and are as long as the change."
_RADIUS, _HEAD = 5, 7  # half of the mark at the start and of the head, in desk pixels
_NAMED = 3  # occupations without openings that the note names


@dataclass(frozen=True)
class Arrow:
    """One row. start, end: on the axis. better: openings or a place gained. texts: at start and head."""

    soc: str
    label: str
    start: float
    end: float
    better: bool
    texts: tuple[str, str]
    hover: str


def events_move(frame: Frame, rows: pd.DataFrame) -> Chart:
    """The ten occupations whose openings events move most, as arrows with the openings before and after.

    rows: soc, title, openings_per_year and with_events (openings / year without and with the events;
    missing where not known here), jobs_net and guarded (jobs / year of it that the projection already
    holds). All arrows start at one line, so that their lengths can be compared. Occupations without
    openings are named in a note; those that do not move are left out.
    """
    known = rows[rows["openings_per_year"].notna() & rows["with_events"].notna()]
    change = known["with_events"].astype(float) - known["openings_per_year"].astype(float)
    known = known.assign(_size=change.abs(), _change=change)
    known = known[known["_size"].round(1) > 0].sort_values(["_size", "soc"], ascending=[False, True])
    arrows = [_move(row) for row in known.head(MAX_MOVES).to_dict("records")]
    held = any(a.label.endswith(HELD) for a in arrows)
    notes = [_ALIGNED if arrows else "", _HELD_NOTE if held else "", _unknown(rows)]
    keys = [Key("hollow", CONTEXT, "openings a year without events"), _head_key(frame, "with events")]
    reach = [a.end for a in arrows]
    axis = min([0.0, *reach]), max([0.0, *reach])
    drawn = _Drawing(frame, arrows, axis if axis[0] < axis[1] else (-1.0, 1.0), keys, notes, len(known))
    columns = ["soc", "title", "openings_per_year", "with_events", "jobs_net", "guarded"]
    table = tables.display_table(_ordered(rows), [c for c in columns if c in rows])
    alt = alt_text(
        f"Arrows, {counted(len(arrows), 'occupation')},", "openings a year without and with hiring events",
        frame.title, "; ".join(f"{a.label.removesuffix(HELD)} from {a.texts[0]} to {a.texts[1]}"
                               for a in arrows[:3]) or "No occupation is moved",
    )  # fmt: skip
    return drawn.chart(table, alt)


def ranks_move(frame: Frame, rows: pd.DataFrame) -> Chart:
    """Where occupations stand in the ranking before and after events; the twelve that move most.

    rows: soc, title, rank_before, rank_after (1 = highest demand) and jobs_net. Those that keep their
    rank, or have none, are left out. The highest rank is at the left.
    """
    known = rows[rows["rank_before"].notna() & rows["rank_after"].notna()]
    moved = known["rank_after"].astype(float) - known["rank_before"].astype(float)
    known = known.assign(_size=moved.abs())[moved != 0]
    known = known.sort_values(["_size", "rank_after", "soc"], ascending=[False, True, True])
    arrows = [_rank(row) for row in known.head(MAX_RANKS).to_dict("records")]
    last = max([2.0, *(v for a in arrows for v in (a.start, a.end))])
    before = Key("hollow", CONTEXT, "rank without events (1 = highest demand)")
    keys = [before, _head_key(frame, "with events")]
    drawn = _Drawing(frame, arrows, (1.0, last), keys, [], len(known), _rank_ticks(last))
    columns = ["soc", "title", "rank_before", "rank_after", "jobs_net"]
    table = tables.display_table(known, [c for c in columns if c in known])
    alt = alt_text(
        f"Arrows, {counted(len(arrows), 'occupation')},", "demand rank without and with hiring events",
        frame.title, "; ".join(f"{a.label} from rank {a.texts[0]} to {a.texts[1]}" for a in arrows[:3])
        or "No rank moves",
    )  # fmt: skip
    return drawn.chart(table, alt)


def _move(row: dict) -> Arrow:
    before, after, change = (float(row[c]) for c in ("openings_per_year", "with_events", "_change"))
    held = round(number(row.get("guarded")) or 0, 1) != 0
    moved = signed_jobs(round(change) if before >= 10 and abs(change) >= 1 else change)
    words = f"{format_count(after)} ({moved})"
    told = hover(
        row["title"], f"{format_count(before)} openings a year without events",
        f"{format_count(after)} with them ({moved})",
        f"Jobs by events: {signed_jobs(row['jobs_net'])} a year",
        f"Already in the projection: {signed_jobs(row.get('guarded'))}" if held else "",
    )  # fmt: skip
    label = str(row["title"]) + (HELD if held else "")
    return Arrow(str(row["soc"]), label, 0.0, change, change > 0, (format_count(before), words), told)


def _rank(row: dict) -> Arrow:
    before, after = round(row["rank_before"]), round(row["rank_after"])
    way = f"{'up' if after < before else 'down'} {abs(after - before)}"
    told = hover(row["title"], f"Rank {before} without events, {after} with them",
                 f"Jobs by events: {signed_jobs(row.get('jobs_net'))} a year")  # fmt: skip
    return Arrow(str(row["soc"]), str(row["title"]), before, after, after < before,
                 (str(before), f"{after}, {way}"), told)  # fmt: skip


def _unknown(rows: pd.DataFrame) -> str:
    """Occupations that events touch and whose openings are not known here."""
    hidden = rows[rows["with_events"].isna() & rows["jobs_net"].notna()]
    hidden = hidden.assign(_size=hidden["jobs_net"].astype(float).abs()).sort_values(
        ["_size", "soc"], ascending=[False, True]
    )
    if hidden.empty:
        return ""
    first = hidden.head(_NAMED).to_dict("records")
    named = [f"{row['title']} ({signed_jobs(row['jobs_net'])} jobs)" for row in first]
    more = len(hidden) - len(named)
    rest = f" and {counted(more, 'other')}" if more else ""
    return f"Openings not published here: {'; '.join(named)}{rest}."


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """The most moved first, those without openings last."""
    size = (rows["with_events"].astype("Float64") - rows["openings_per_year"].astype("Float64")).abs()
    return rows.assign(_size=size).sort_values(
        ["_size", "soc"], ascending=[False, True], na_position="last", kind="stable"
    )


def _head_key(frame: Frame, words: str) -> Key:
    return Key("arrow", gain_colour(frame.palette), words)


def _rank_ticks(last: float) -> list[tuple[float, str]]:
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200) if last / s <= 8), 500)
    start = 1 + step if step <= 2 else step
    return [(1.0, "1"), *[(float(t), str(t)) for t in range(start, int(last) + 1, step)]]


@dataclass(frozen=True)
class _Drawing:
    """Arrows in rows. ticks: of a numbered axis under them; without, one line that all start from."""

    frame: Frame
    arrows: Sequence[Arrow]
    axis: tuple[float, float]
    keys: Sequence[Key]
    notes: Sequence[str]
    total: int
    ticks: Sequence[tuple[float, str]] = ()

    def chart(self, table: pd.DataFrame, alt: str) -> Chart:
        """The figure with its words."""
        bare = Canvas(self.frame)
        keys = place_keys(self.keys if self.arrows else [], bare)
        below = axis_height(bare) if self.ticks and self.arrows else 0.0
        labels = [Label(a.label) for a in self.arrows]
        canvas, plan = fit_labels(
            self.frame, labels, list(self.notes), total=self.total, around=keys.height + below
        )
        arrows, radius = self.arrows[: plan.shown], _HEAD * canvas.u
        texts = [text for i, a in enumerate(arrows) for text in _texts(i, a)]
        extra, right = side_room(texts, self.axis, plan, canvas, radius)
        extra, right = max(extra, radius + 2), max(right, canvas.pad + radius)
        figure = go.Figure()
        if self.ticks and arrows:
            draw_axis(figure, canvas, self.axis, self.ticks)
        else:
            figure.update_xaxes(range=list(self.axis), visible=False)
            _draw_line(figure, canvas)
        _draw_arrows(figure, arrows, plan, canvas)
        draw_rows(figure, plan, canvas, gutter=extra)
        draw_end_texts(figure, texts, plan, canvas, radius)
        draw_keys(figure, keys, canvas, left=plan.left + extra, above=keys.height)
        return canvas.finish(
            figure, left=plan.left + extra, right=right, table=table, alt=alt, above=keys.height, below=below
        )


def _texts(i: int, arrow: Arrow) -> list[EndText]:
    """Before behind the start, after beyond the head."""
    left = arrow.end < arrow.start
    return [EndText(i, arrow.start, arrow.texts[0], left=not left),
            EndText(i, arrow.end, arrow.texts[1], left=left)]  # fmt: skip


def _draw_line(figure: go.Figure, canvas: Canvas) -> None:
    figure.add_shape(name="start", type="line", x0=0, x1=0, yref="paper", y0=0, y1=1, layer="below",
                     line={"color": GRID, "width": 1.5 * canvas.u})  # fmt: skip


def _colour(arrow: Arrow, palette: Palette) -> str:
    return gain_colour(palette) if arrow.better else loss_colour(palette)


def _draw_arrows(figure: go.Figure, arrows: Sequence[Arrow], plan: Rows, canvas: Canvas) -> None:
    """Shafts under hollow starts under heads, so that a very short arrow still shows its head."""
    u, palette = canvas.u, canvas.frame.palette
    colours = [_colour(a, palette) for a in arrows]
    for arrow, y, colour in zip(arrows, plan.centres, colours, strict=True):
        figure.add_shape(
            name="shaft", type="line", x0=arrow.start, x1=arrow.end, y0=y, y1=y, layer="below",
            line={"color": colour, "width": 3 * u},
        )  # fmt: skip
    common = {"cliponaxis": False, "hoverinfo": "text", "hovertext": [a.hover for a in arrows],
              "customdata": [a.soc for a in arrows], "mode": "markers", "y": plan.centres}  # fmt: skip
    figure.add_scatter(
        name="before", x=[a.start for a in arrows], **common,
        marker={"symbol": "circle", "size": 2 * _RADIUS * u, "color": PAPER, "opacity": 1,
                "line": {"color": CONTEXT, "width": 2 * u}},
    )  # fmt: skip
    sides: list[Literal["left", "right"]] = ["left" if a.end < a.start else "right" for a in arrows]
    figure.add_scatter(
        name="after", x=[a.end for a in arrows], **common,
        marker={"symbol": [f"triangle-{side}" for side in sides], "size": 2 * _HEAD * u, "opacity": 1,
                "color": colours, "line": {"color": PAPER, "width": u}},
    )  # fmt: skip
