"""What lies under the dots of the balance chart: one scale for both axes, the line, its two sides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from lmi.presentation.corner import VEIL
from lmi.presentation.frame import Canvas
from lmi.presentation.naming import DISC, Marks
from lmi.presentation.placement import Box, Plot
from lmi.presentation.scales import Scale, scale_over
from lmi.presentation.text import joined, measure, plain
from lmi.presentation.theme import CONTEXT, GRID, SECONDARY_TEXT, TEXT, tint

LOG_FROM = 20  # figures wider apart than this many times get logarithmic axes
BALANCED, FEWER, MORE = (
    "as many awards as openings", "fewer awards than openings", "more awards than openings",
)  # fmt: skip
_LANES = {True: (11, 30), False: (44, 53)}  # of dots of 0, in desk pixels from the top of their band
_BAND = 61
_FEW_BELOW = 0.15  # of the in-demand's completions
REFS = ("paper", "paper")


@dataclass(frozen=True)
class Dot:
    """One occupation. hot: in demand. chosen: selected by the reader."""

    soc: str
    title: str
    openings: float
    done: float
    hot: bool
    chosen: bool

    @property
    def gap(self) -> float:
        """How far the two figures are apart."""
        return abs(self.openings - self.done)

    def radius(self, u: float) -> float:
        """Of its mark, in pixels."""
        return (8 if self.chosen else 6 if self.hot else 3.5) * u


@dataclass(frozen=True)
class Ground:
    """One scale for both axes. floor: the share of the height below it, for completions of 0.

    lanes: where in that band its dots lie, 0 to 1, so that they stay apart. name: of the band; shares
    of a graduate that an apportionment leaves lie there too.
    """

    scale: Scale
    floor: float
    lanes: dict[str, float]
    name: str = "0"

    def unit(self, dot: Dot) -> tuple[float, float]:
        """The place of a dot in the whole plot, 0 to 1 each way."""
        x = self.scale.unit(dot.openings)
        if dot.soc in self.lanes:
            return x, self.floor * self.lanes[dot.soc]
        return x, self.floor + (1 - self.floor) * self.scale.unit(dot.done)

    def line(self) -> Marks:
        """The line of balance as a row of small marks: names rather stand clear of it."""
        steps = [n / 30 for n in range(31)]
        return [(Box(t, self.floor + (1 - self.floor) * t, -2, 2, -2, 2), 0.15) for t in steps]


def least_of(dots: Sequence[Dot]) -> int:
    """Where a logarithmic scale may begin: the largest power of ten that no opening of the in-demand lies
    under, and at most 15% of their completions above 0. Below it lie single people and a long empty axis."""
    hot = [d for d in dots if d.hot]
    done = [d.done for d in hot if d.done > 0]
    least = 1
    while hot and least * 10 <= min(d.openings for d in hot):
        if sum(value < least * 10 for value in done) > _FEW_BELOW * len(done):
            break
        least *= 10
    return least


def scale_of(dots: Sequence[Dot], least: int = 1) -> Scale:
    """The scale that holds both figures of all dots; if logarithmic, completions from `least` on."""
    known = [v for d in dots for v in (d.openings, d.done)]
    scale = scale_over(known, log_from=LOG_FROM, zero=True)
    if not scale.log:
        return scale
    return scale_over(
        [d.openings for d in dots] + [d.done for d in dots if d.done >= least], log_from=0, zero=True
    )


def ground_under(
    dots: Sequence[Dot], scale: Scale, plot: Plot, canvas: Canvas, wanted: Collection[str], least: int = 1
) -> Ground:
    """The scale, and for completions of 0 a band with the in-demand above the others.

    wanted: dots that may become discs and need more room.
    """
    u, lanes = canvas.u, dict[str, float]()
    zeros = [d for d in dots if scale.log and d.done < least]
    for hot, depths in _LANES.items():
        ends = dict.fromkeys(depths, -1.0)
        for dot in sorted((d for d in zeros if d.hot == hot), key=lambda d: (d.openings, d.soc)):
            at = scale.unit(dot.openings) * plot.widths[0]
            reach = DISC * u if dot.soc in wanted else dot.radius(u)
            free = [depth for depth, end in ends.items() if end <= at - reach]
            depth = free[0] if free else min(ends, key=lambda n: ends[n])
            ends[depth] = at + reach
            lanes[dot.soc] = 1 - depth / _BAND
    name = f"under {least:,}" if any(d.done > 0 for d in zeros) else "0"
    return Ground(scale, _BAND * u / plot.heights[0] if zeros else 0, lanes, name)


def _titles(canvas: Canvas, scale: Scale) -> tuple[str, bool]:
    """The name of the vertical axis, and whether the name of the line has room beside it."""
    size, name = canvas.sizes.tick, "Awards a year" + (", log scale" if scale.log else "")
    both = measure(name, size) + measure(BALANCED, size) + 24 * canvas.u
    return name, both <= canvas.text_width


def room_above(canvas: Canvas, scale: Scale) -> float:
    """Pixels over the plot for the names of the axis and of the line."""
    return (24 if _titles(canvas, scale)[1] else 44) * canvas.u


def draw_ground(figure: go.Figure, ground: Ground, canvas: Canvas) -> None:
    """The half with fewer awards, tinted, and the line of balance over it."""
    scale, u, floor = ground.scale, canvas.u, ground.floor
    figure.add_shape(
        name="fewer", type="path", xref="paper", yref="paper", path=f"M0,0 L0,{floor} L1,1 L1,0 Z",
        fillcolor=tint(canvas.frame.palette.accent, 0.07), line={"width": 0}, layer="below",
    )  # fmt: skip
    if floor:
        figure.add_shape(
            name="floor", type="line", xref="paper", yref="paper", x0=0, x1=1, y0=floor, y1=floor,
            line={"color": CONTEXT, "width": u}, layer="below",
        )  # fmt: skip
    ends = [10**scale.low, 10**scale.high] if scale.log else [scale.low, scale.high]
    figure.add_scatter(
        name="balance", mode="lines", x=ends, y=ends, hoverinfo="skip", cliponaxis=False,
        line={"color": TEXT, "width": 1.5 * u, "dash": "dash"},
    )  # fmt: skip


def draw_axes(figure: go.Figure, ground: Ground, canvas: Canvas, left: float, key: list[str]) -> None:
    """Both axes with the same limits, their names, the name of the line, and the key of the discs."""
    scale, u = ground.scale, canvas.u
    font = {"size": canvas.sizes.tick, "color": SECONDARY_TEXT}
    axis = {"range": [scale.low, scale.high], "showgrid": True, "gridcolor": GRID, "tickfont": font}
    if scale.log:
        ticks = scale.ticks()
        axis |= {"type": "log", "tickvals": ticks, "ticktext": [_short(v) for v in ticks]}
    else:
        axis |= {"nticks": 6, "tickformat": "~s"}
    figure.update_layout(
        xaxis={**axis, "anchor": "free", "position": 0},
        yaxis={**axis, "domain": [ground.floor, 1], "ticklabelstandoff": int(4 * u)},
    )
    if ground.floor:
        zero = {"domain": [0, ground.floor], "range": [0, 1], "tickvals": [0.5], "ticktext": [ground.name]}
        figure.update_layout(yaxis2={**zero, "tickfont": font, "ticklabelstandoff": int(4 * u)})
    name, beside = _titles(canvas, scale)
    deep = canvas.sizes.tick * 1.3 + 6 * u
    for part, text, colour, x, y, shift in (
        ("y title", [name], SECONDARY_TEXT, 0, 1, ((6 if beside else 26) * u, canvas.pad - left)),
        ("balance", [BALANCED], TEXT, 1, 1, (5 * u, 0)),
        ("x title", [name.replace("Awards", "Openings")], SECONDARY_TEXT, 0.5, 0, (-deep, 0)),
        ("key", key, TEXT, 0, 0, (-deep - 1.6 * canvas.sizes.tick, canvas.pad - left)),
    ):
        if text:
            figure.add_annotation(
                name=part, text=joined(text), showarrow=False, borderpad=0, align="left",
                xref="paper", yref="paper", x=x, y=y, font={"size": canvas.sizes.tick, "color": colour},
                xanchor="left" if x == 0 else "right" if x == 1 else "center",
                yanchor="bottom" if y else "top", yshift=shift[0], xshift=shift[1],
            )  # fmt: skip


def _short(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"


def draw_halves(figure: go.Figure, ground: Ground, canvas: Canvas, plot: Plot, marks: Marks) -> None:
    """Name both sides of the line where the least is covered."""
    size, u, floor = canvas.sizes.tick, canvas.u, ground.floor
    tall = plot.heights[0] * (1 - floor)
    for name, text in (("more", MORE), ("fewer", FEWER)):
        width, height = measure(text, size) + 8 * u, size * 1.3 + 6 * u
        lower = name == "fewer"
        if lower:
            places = [(x, y) for y in (0.0, 0.1, 0.2, 0.3, 0.4) for x in (1.0, 0.85, 0.7, 0.55)]
            below = [(x, y) for x, y in places if y + height / tall <= x - width / plot.widths[0]]
            places = below or places[:1]
        else:
            places = [(x, y) for x in (0.0, 0.1, 0.2) for y in (1.0, 0.9, 0.8, 0.7)]
        boxes = [
            Box(x, floor + (1 - floor) * y, -width if lower else 0, 0 if lower else width,
                0 if lower else -height, height if lower else 0)
            for x, y in places
        ]  # fmt: skip
        box = min(boxes, key=lambda b: sum(cost for mark, cost in marks if not plot.clear(b, mark)))
        figure.add_annotation(
            name=name, text=plain(text), showarrow=False, borderpad=0, bgcolor=VEIL,
            font={"size": size, "color": SECONDARY_TEXT}, xref="paper", yref="paper", x=box.x, y=box.y,
            xanchor="right" if lower else "left", yanchor="bottom" if lower else "top",
            xshift=(-4 if lower else 4) * u, yshift=(3 if lower else -3) * u,
        )  # fmt: skip
