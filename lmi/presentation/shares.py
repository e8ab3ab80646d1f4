"""Who works in an occupation: a group's share as a dot, and how far it lies from what it is compared to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.figures import NOT_PUBLISHED
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
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import PAPER, TEXT, tint

MAX_ROWS = 15
_RADIUS = 6.5
MATCH_WORDS = {
    "own": "this occupation",
    "joined": "several published occupations, joined",
    "wider": "a wider occupation",
    "group": "its group of occupations",
}


_WIDER = ("wider", "group")
WIDER_MARK = "\u00a0°"
WIDER_NOTE = "° The share is published for a wider group of occupations."


def is_wider(row: pd.Series) -> bool:
    """Whether the share of this row is published for more than its own occupation."""
    return str(row.get("match", "own")) in _WIDER


@dataclass(frozen=True)
class _Dot:
    soc: str
    title: str
    share: float | None
    low: float | None
    high: float | None
    baseline: float | None
    gap: float | None
    published_for: str
    hollow: bool
    colour: str
    picked: bool

    @property
    def end(self) -> float:
        """How far anything in the row reaches."""
        return max([v for v in (self.share, self.high, self.baseline) if v is not None], default=0.0)

    @property
    def text(self) -> str:
        """The value as it stands at the end of the row."""
        if self.share is None or self.gap is None:
            return format_pct(self.share)
        return f"{format_pct(self.share)} ({signed(self.gap)} points)"


def share_dots(
    rows: pd.DataFrame,
    frame: Frame,
    *,
    group_name: str,
    baseline_name: str,
    selected: Collection[str] = (),
) -> Chart:
    """A group's share of each occupation, with its distance from the baseline and its 90% interval.

    rows, in the order to draw: soc, title, share_pct, share_low, share_high, baseline_pct, gap_pp,
    published_for and match ('own', 'joined', 'wider' or 'group'; the last two are hollow). The first
    15 with a share are drawn, the table holds all. One baseline for all rows is one labelled line, several
    are a tick in each row. selected: soc codes in the accent with bold titles; the rest step back.
    """
    told, untold = _published(rows)
    dots = [_read(row, frame, set(selected)) for _, row in told.head(MAX_ROWS).iterrows()]
    level = _one_level(dots)
    several = level is None and any(d.baseline is not None for d in dots)
    bare = Canvas(frame)
    keys = place_keys([Key("tick", TEXT, baseline_name)] if several else [], bare)
    above = keys.height + (bare.sizes.tick * 1.15 + 6 * bare.u if level is not None else 4 * bare.u)
    below = axis_height(bare)
    labels = [Label(d.title, f"Published for: {d.published_for}" if d.hollow else "", d.picked) for d in dots]
    canvas, plan = fit_labels(frame, labels, _notes(dots, untold), total=len(told), around=above + below)
    dots, radius = dots[: plan.shown], _RADIUS * canvas.u
    axis, ticks = share_axis([d.end for d in dots], most=4)
    texts = [EndText(i, d.end, d.text, grey=d.share is None) for i, d in enumerate(dots)]
    _, right = side_room(texts, axis, plan, canvas, radius)
    figure = go.Figure()
    draw_axis(figure, canvas, axis, ticks)
    _draw_dots(figure, dots, plan, canvas, (group_name, baseline_name))
    _draw_baseline(figure, dots, level, plan, canvas)
    draw_rows(figure, plan, canvas)
    draw_end_texts(figure, texts, plan, canvas, radius)
    draw_keys(figure, keys, canvas, left=plan.left, above=above)
    if level is not None:
        _name_baseline(figure, baseline_name, level, canvas, (axis[1], plan.left, right))
    alt, table = _alt(dots, frame, group_name, baseline_name), _table(rows, group_name, baseline_name)
    return canvas.finish(figure, left=plan.left, right=right, table=table, alt=alt, above=above, below=below)


def _published(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Rows that have a share, and how many have none; all rows where none has one."""
    known = [number(v) is not None for v in rows["share_pct"]]
    return (rows[known], known.count(False)) if any(known) else (rows, 0)


def _alt(dots: Sequence[_Dot], frame: Frame, group_name: str, baseline_name: str) -> str:
    measured = f"{group_name} as a share of each occupation, compared with {baseline_name}"
    kind = f"Dot plot with 90% intervals, {len(dots)} rows,"
    return alt_text(kind, measured, frame.title, _extremes(dots))


def signed(points: object) -> str:
    """A difference in points with its sign and one decimal: '−43.6', '+2.0', '0.0'."""
    return format_pct(points, signed=True).removesuffix("%")


def _read(row: pd.Series, frame: Frame, selected: set[str]) -> _Dot:
    share, low, high, baseline, gap = (
        number(row.get(c)) for c in ("share_pct", "share_low", "share_high", "baseline_pct", "gap_pp")
    )
    soc = str(row.get("soc", row["title"]))
    if low is None or high is None or share is None:
        low = high = None
    named = row.get("published_for")
    published_for = "" if named is None or pd.isna(named) else str(named)
    picked = soc in selected
    colour = frame.palette.accent if picked or not selected else frame.palette.muted
    return _Dot(
        soc, str(row["title"]), share, low, high, baseline, gap, published_for, is_wider(row), colour, picked
    )


def _one_level(dots: Sequence[_Dot]) -> float | None:
    """The baseline if all rows share it."""
    known = {d.baseline for d in dots if d.baseline is not None}
    return known.pop() if len(known) == 1 else None


def _notes(dots: Sequence[_Dot], untold: int) -> list[str]:
    parts = []
    if any(d.low is not None for d in dots):
        parts.append("Thin line: 90% interval.")
    if any(d.hollow for d in dots):
        parts.append("Hollow: the share is published for a wider group of occupations.")
    if untold:
        parts.append(f"{counted(untold, 'row')} without a published share: in the table.")
    if untold or any(d.share is None for d in dots):
        parts.append("Not published does not mean zero.")
    return [" ".join(parts)]


def _draw_dots(
    figure: go.Figure, dots: Sequence[_Dot], plan: Rows, canvas: Canvas, names: tuple[str, str]
) -> None:
    u = canvas.u
    known = [(d, y, d.share) for d, y in zip(dots, plan.centres, strict=True) if d.share is not None]
    between = [(d, y, share, d.baseline) for d, y, share in known if d.baseline is not None]
    figure.add_bar(
        name="gap", orientation="h", base=[base for *_, base in between], width=6 * u,
        x=[share - base for _, _, share, base in between], y=[y for _, y, *_ in between],
        marker={"color": [tint(d.colour, 0.35) for d, *_ in between], "line": {"width": 0}},
        hoverinfo="skip", customdata=[d.soc for d, *_ in between],
    )  # fmt: skip
    figure.add_scatter(
        name="share", mode="markers", x=[share for *_, share in known], y=[y for _, y, _ in known],
        customdata=[d.soc for d, *_ in known], cliponaxis=False, hoverinfo="text",
        hovertext=[_hover(d, names) for d, *_ in known],
        marker={"size": 2 * _RADIUS * u, "opacity": 1,
                "color": [PAPER if d.hollow else d.colour for d, *_ in known],
                "line": {"color": [d.colour for d, *_ in known], "width": 2.5 * u}},
        error_x={"type": "data", "symmetric": False, "thickness": 1.5 * u, "width": 3.5 * u, "color": TEXT,
                 "array": [None if d.high is None else d.high - share for d, _, share in known],
                 "arrayminus": [None if d.low is None else share - d.low for d, _, share in known]},
    )  # fmt: skip


def _hover(dot: _Dot, names: tuple[str, str]) -> str:
    group, baseline = names
    interval = (
        f"; 90% interval {format_pct(dot.low)} to {format_pct(dot.high)}" if dot.low is not None else ""
    )
    compared = f"{baseline}: {format_pct(dot.baseline)}" if dot.baseline is not None else ""
    published = f"Published for: {dot.published_for}" if dot.published_for else ""
    return hover(dot.title, f"{group}: {dot.text}{interval}", compared, published)


def _draw_baseline(
    figure: go.Figure, dots: Sequence[_Dot], level: float | None, plan: Rows, canvas: Canvas
) -> None:
    """One line through all rows, or a tick in each."""
    line = {"color": TEXT, "width": 1.5 * canvas.u}
    if level is not None:
        figure.add_shape(name="baseline", type="line", x0=level, x1=level, yref="paper", y0=0, y1=1,
                         line=line, layer="below")  # fmt: skip
        return
    half = plan.bar / 2 + 1
    for dot, y in zip(dots, plan.centres, strict=True):
        if dot.baseline is not None:
            figure.add_shape(
                name="baseline", type="line", x0=dot.baseline, x1=dot.baseline, y0=y - half, y1=y + half,
                line={**line, "width": 2.5 * canvas.u},
            )  # fmt: skip


def _name_baseline(
    figure: go.Figure, name: str, level: float, canvas: Canvas, room: tuple[float, float, float]
) -> None:
    """Its name over the line, moved inwards where it would leave the narrowest screen."""
    words = f"{name} {format_pct(level)}"
    top, left, right = room
    half = measure(words, canvas.sizes.tick) / 2
    at = left + level / top * canvas.plot_width(left, right)
    low, high = canvas.pad + half, canvas.min_width - canvas.pad - half
    figure.add_annotation(
        name="baseline", text=plain(words), x=level, yref="paper", y=1, yanchor="bottom", borderpad=0,
        yshift=3 * canvas.u, xshift=max(min(at, high), low) - at, showarrow=False,
        font={"size": canvas.sizes.tick, "color": TEXT},
    )  # fmt: skip


def _extremes(dots: Sequence[_Dot]) -> str:
    known = [d for d in dots if d.share is not None]
    if not known:
        return f"No share is published ({NOT_PUBLISHED})"
    first, last = known[0], known[-1]
    text = f"First: {first.title}, {first.text}"
    return text if len(known) == 1 else f"{text}; last shown: {last.title}, {last.text}"


def _table(rows: pd.DataFrame, group_name: str, baseline_name: str) -> pd.DataFrame:
    """All rows, also those not drawn; the columns name the group and the comparison."""
    columns = (
        "soc", "title", "share_pct", "share_low", "share_high", "baseline_pct", "gap_pp", "parity",
        "employment", "people_short", "published_for", "group_title", "group_share_pct",
    )  # fmt: skip
    table = tables.display_table(rows, [c for c in columns if c in rows])
    if "match" in rows:
        words = [MATCH_WORDS.get(str(m), NOT_PUBLISHED) for m in rows["match"]]
        table[tables.heading("match")] = pd.Series(words, dtype="str")
    renamed = table.rename(
        columns={tables.heading("share_pct"): f"{group_name} (%)",
                 tables.heading("baseline_pct"): f"{baseline_name} (%)",
                 tables.heading("employment"): "Jobs here"}
    )  # fmt: skip
    return renamed if renamed.columns.is_unique else table
