"""Jobs gained and lost by industry: bars to both sides of zero, sorted by what is left of both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.industries import NOT_GIVEN_TITLE
from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.event_style import (
    gain_colour,
    jobs_words,
    loss_colour,
    signed_jobs,
    sum_words,
    told,
    uncounted_sides,
)
from lmi.presentation.formats import number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.legend import Key, draw_keys, place_keys
from lmi.presentation.rowlabels import EndText, Label, Rows, draw_end_texts, draw_rows, fit_labels, side_room
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import CONTEXT, MUTED, PAPER, SECONDARY_TEXT, TEXT

MAX_ROWS = 15
_NET, NO_COUNT = "net", "no count"


@dataclass(frozen=True)
class _Sector:
    """None: no event tells a count. sides: gains and losses without a count."""

    title: str
    gains: float | None
    losses: float | None
    net: float | None
    uncounted: int
    sides: tuple[float, float]

    @property
    def given(self) -> bool:
        """Whether the industry is known."""
        return self.title != NOT_GIVEN_TITLE

    @property
    def net_words(self) -> str:
        """Net jobs, or that no event of the industry has a count."""
        return NO_COUNT if self.net is None else signed_jobs(self.net)

    @property
    def row_words(self) -> str:
        """Title and net."""
        return f"{self.title}, {'' if self.net_words == NO_COUNT else 'net '}{self.net_words}"


def event_industries(frame: Frame, sectors: pd.DataFrame) -> Chart:
    """Gains to the right, losses hatched to the left, the net in words; at most 15 rows.

    sectors: title, gains and losses (jobs, not negative), net, missing where no event tells a count;
    uncounted, if there: events without a count of jobs. Sorted by the size of the net; 'Industry not given'
    comes last, in grey.
    """
    every = sorted(map(_read, sectors.to_dict("records")), key=lambda s: (-abs(s.net or 0), s.title))
    kept = _first(every)
    keys = place_keys(_keys(frame) if kept else [], Canvas(frame))
    labels = [Label(s.row_words if frame.phone else s.title) for s in kept]
    canvas, plan = fit_labels(frame, labels, [_note(every)], total=len(every), around=keys.height, bar=14)
    kept = kept[: plan.shown]
    texts = _texts(kept)
    axis = (-max([s.losses or 0 for s in kept], default=0), max([s.gains or 0 for s in kept], default=0))
    axis = axis if axis[0] < axis[1] else (-1.0, 1.0)
    column = 0.0 if frame.phone or not kept else _net_room(kept, canvas)
    extra, right = side_room(texts, axis, replace(plan, left=plan.left + column), canvas)
    figure = go.Figure()
    _draw_bars(figure, kept, plan, canvas)
    draw_rows(figure, plan, canvas, gutter=extra)
    draw_end_texts(figure, texts, plan, canvas)
    figure.update_xaxes(range=list(axis), visible=False)
    figure.add_shape(name="zero", type="line", x0=0, x1=0, yref="paper", y0=0, y1=1,
                     line={"color": CONTEXT, "width": 1.5 * canvas.u})  # fmt: skip
    if column:
        _draw_net(figure, kept, plan, canvas, right - canvas.pad + column)
    draw_keys(figure, keys, canvas, left=plan.left + extra, above=keys.height)
    alt = alt_text(
        f"Bars to both sides, {counted(len(kept), 'row')},", "jobs announced as gains and losses",
        frame.title, _extremes(every),
    )  # fmt: skip
    return canvas.finish(
        figure, left=plan.left + extra, right=right + column, table=_table(sectors), alt=alt,
        above=keys.height,
    )  # fmt: skip


def _read(row: dict) -> _Sector:
    gains, losses, net = (number(row[c]) for c in ("gains", "losses", "net"))
    uncounted = round(number(row.get("uncounted")) or 0)
    return _Sector(told(row["title"]), gains, losses, net, uncounted, uncounted_sides(row))


def _first(every: Sequence[_Sector]) -> list[_Sector]:
    """The first 15, always with the jobs whose industry is not given."""
    last = [s for s in every if not s.given]
    return [*[s for s in every if s.given][: MAX_ROWS - len(last)], *last]


def _keys(frame: Frame) -> list[Key]:
    """The sides, each as its bars are drawn."""
    palette = frame.palette
    return [Key("hatched", loss_colour(palette), "announced losses"), Key("square", gain_colour(palette),
                                                                   "announced gains")]  # fmt: skip


def _note(every: Sequence[_Sector]) -> str:
    n = sum(s.uncounted for s in every)
    return f"At least: {counted(n, 'event')} without a count of jobs not in the bars." if n else ""


def _table(sectors: pd.DataFrame) -> pd.DataFrame:
    shown = sectors.rename(columns={"title": "industry"})
    size = shown["net"].abs().fillna(0)
    shown = shown.assign(_last=shown["industry"] == NOT_GIVEN_TITLE, _size=-size)
    shown = shown.sort_values(["_last", "_size", "industry"], kind="stable")
    columns = [c for c in ("industry", "gains", "losses", "net", "events", "uncounted") if c in shown]
    return tables.display_table(shown, columns)


def _texts(kept: Sequence[_Sector]) -> list[EndText]:
    texts = []
    for i, s in enumerate(kept):
        grey = not s.given
        if s.gains:
            texts.append(EndText(i, s.gains, signed_jobs(s.gains), grey=grey))
        if s.losses:
            texts.append(EndText(i, -s.losses, signed_jobs(-s.losses), left=True, grey=grey))
    return texts


def _net_room(kept: Sequence[_Sector], canvas: Canvas) -> float:
    """Pixels of the column of nets."""
    size = canvas.sizes.tick
    return max(measure(t, size, bold=True) for t in (_NET, *(s.net_words for s in kept))) + 14 * canvas.u


def _draw_bars(figure: go.Figure, kept: Sequence[_Sector], plan: Rows, canvas: Canvas) -> None:
    palette, u = canvas.frame.palette, canvas.u
    for name, sign, colour in (("gains", 1, gain_colour(palette)), ("losses", -1, loss_colour(palette))):
        every = [
            (s, (s.gains if sign > 0 else s.losses) or 0.0, y)
            for s, y in zip(kept, plan.centres, strict=True)
        ]
        these = [each for each in every if each[1]]
        fills = [colour if s.given else MUTED for s, *_ in these]
        figure.add_bar(
            name=name, orientation="h", x=[sign * v for _, v, _ in these], y=[y for *_, y in these],
            width=plan.bar, customdata=[s.title for s, *_ in these], hoverinfo="text",
            hovertext=[_hover(s) for s, *_ in these],
            marker={"color": fills, "line": {"color": fills, "width": u if sign < 0 else 0},
                    "pattern": {"shape": "/" if sign < 0 else "", "fgcolor": PAPER, "bgcolor": fills,
                                "solidity": 0.3, "size": 7 * u}},
        )  # fmt: skip
    figure.update_layout(barmode="overlay")


def _hover(s: _Sector) -> str:
    without = f"{counted(s.uncounted, 'event')} without a count of jobs" if s.uncounted else ""
    return hover(s.title, f"Gained: {sum_words(s.gains, s.sides[0])}",
                 f"Lost: {sum_words(s.losses, s.sides[1])}", f"Net: {s.net_words}", without)  # fmt: skip


def _draw_net(figure: go.Figure, kept: Sequence[_Sector], plan: Rows, canvas: Canvas, shift: float) -> None:
    """The nets in a column at the right edge, with its head over the first."""
    common = {
        "showarrow": False, "borderpad": 0, "xref": "paper", "x": 1, "xanchor": "right", "xshift": shift,
    }  # fmt: skip
    for s, y in zip(kept, plan.centres, strict=True):
        figure.add_annotation(
            name="net", text=plain(s.net_words), y=y, yanchor="middle", **common,
            font={"size": canvas.sizes.tick, "color": TEXT if s.given else SECONDARY_TEXT, "weight": 700},
        )  # fmt: skip
    figure.add_annotation(
        name="head", text=_NET, yref="paper", y=1, yanchor="bottom", yshift=2 * canvas.u, **common,
        font={"size": canvas.sizes.tick, "color": SECONDARY_TEXT},
    )  # fmt: skip


def _extremes(every: Sequence[_Sector]) -> str:
    known = [(s.net or 0.0, s.title) for s in every if s.given]
    parts = []
    for words, sign in (("Largest net gain", 1), ("largest net loss", -1)):
        side = [(net * sign, title) for net, title in known if net * sign > 0]
        if side:
            net, title = max(side)
            parts.append(f"{words}: {title}, {jobs_words(net)}")
    return "; ".join(parts) or "No industry gains or loses jobs on balance"
