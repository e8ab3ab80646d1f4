"""The boxes of a pathway map: a job's title, its figures and its demand, in a frame that grows with them."""

from collections.abc import Mapping
from dataclasses import dataclass

from lmi.presentation.frame import Canvas
from lmi.presentation.pathway_sheet import Sheet
from lmi.presentation.pathway_words import Job, Story
from lmi.presentation.text import block_height, joined, measure, plain, wrap
from lmi.presentation.theme import CONTEXT, LAND, PAPER, SECONDARY_TEXT, TEXT

BAR = 7  # the bar of a job in demand, in desk pixels
_SIDE = 8  # between the frame (or the bar) and the text
_TOP = 8  # between the frame and the text above and below
_BETWEEN = 4  # between the title and the figures
_MARK = 15  # room of the mark of demand before the figures
_TARGET, _SHARES = 0.5, (0.0, -0.2, 0.2, -0.4, 0.4)  # of a box's width: tallest mark, where marks stand
_CLEAR = "rgba(0,0,0,0)"
_EDGE, _HEAVY, _RING = 1.25, 3.5, 3.0


@dataclass(frozen=True)
class Box:
    """A job as set: its lines, and the pixels of its height."""

    job: Job
    title: tuple[str, ...]
    figures: tuple[str, ...]
    height: float
    bold: bool = False


@dataclass(frozen=True)
class Grid:
    """Where layers stand: boxes keep their pixels, and a wider screen only adds room between them.

    box: pixels of a box's width. pitch: pixels from one layer to the next on the narrowest screen. before,
    after: pixels kept free beside the first and the last layer. stretch: one layer as wide as the plot;
    box is then its width on the narrowest screen. The plot reaches from the left side of the first layer
    to the right side of the last; across it, data are pixels of the narrowest screen.
    """

    layers: int
    box: float
    pitch: float
    before: float = 0.0
    after: float = 0.0
    stretch: bool = False

    @property
    def width(self) -> float:
        """Pixels of the plot on the narrowest screen."""
        if self.stretch:
            return self.box
        return max(self.layers - 1, 1) * self.pitch + self.box

    def across(self, layer: float) -> float:
        """The point of a layer, as a share of the plot, that lies in its boxes however wide the screen."""
        if self.stretch:
            return 0.0
        return layer / (self.layers - 1) if self.layers > 1 else 0.5

    def aside(self, layer: float) -> float:
        """Pixels from `across` to the middle of the layer's boxes."""
        return self.box * (0.5 - self.across(layer))

    def middle(self, layer: float) -> float:
        """The middle of a layer in pixels of the narrowest screen."""
        return self.across(layer) * self.width + self.aside(layer)


def text_room(width: float, canvas: Canvas, *, demand: bool) -> float:
    """Pixels that text has in a box of that width."""
    return width - inset(canvas, demand=demand) - _SIDE * canvas.u


def inset(canvas: Canvas, *, demand: bool) -> float:
    """Pixels from the left side of a box to its text, past the bar of demand."""
    return (_SIDE + (BAR if demand else 0)) * canvas.u


def set_box(job: Job, width: float, story: Story, canvas: Canvas, *, bold: bool = False) -> Box:
    """The job in a box of `width` pixels: wrapped, never cut, never smaller."""
    u, sizes, detail = canvas.u, canvas.sizes, story.detail
    room = text_room(width, canvas, demand=detail.demand)
    title = wrap(job.title, room, sizes.label, bold=bold)
    figures = _figures(job, room - (_MARK * u if detail.demand else 0), story, canvas)
    height = 2 * _TOP * u + block_height(len(title), sizes.label)
    if figures:
        height += _BETWEEN * u + block_height(len(figures), sizes.subtitle)
    return Box(job, tuple(title), tuple(figures), round(height, 2), bold)


def boxes_note(story: Story) -> str:
    """The sentence under a map that says what the figures in its boxes are; '' where they say it."""
    return f"In the boxes: {story.figures_note}." if story.figures_note else ""


def _figures(job: Job, room: float, story: Story, canvas: Canvas) -> list[str]:
    """Lines of a job's figures: as few as can be, and in words where these take no more of them."""
    size, found = canvas.sizes.subtitle, []
    for short in (False, True):
        words = job.figures(story.detail, short=short)
        if story.detail.demand and not words:
            words = [story.demand_words(job.in_demand)]
        if measure(" · ".join(words), size) <= room:
            words = [" · ".join(words)]
        found.append([line for each in words for line in wrap(each, room, size)])
    return min(found, key=len)


def draw_boxes(
    sheet: Sheet,
    boxes: Mapping[str, Box],
    at: Mapping[str, tuple[int, float]],
    grid: Grid,
    story: Story,
    canvas: Canvas,
    selected: str,
) -> None:
    """Frames, bars, marks and words, and a transparent mark that answers to pointer and click.

    at: soc -> layer and middle in pixels from the top of the plot.
    """
    for soc, box in boxes.items():
        layer, middle = at[soc]
        spot = _Spot(sheet, grid.across(layer), middle, canvas)
        left = grid.aside(layer) - grid.box / 2
        top = middle - box.height / 2
        _draw_frame(spot, box, left, grid, (soc == selected, story.detail.demand))
        inner = left + inset(canvas, demand=story.detail.demand)
        font = {"size": canvas.sizes.label, "color": TEXT, "weight": 700 if box.bold else 400}
        spot.text("job", box.title, (inner, top + _TOP * canvas.u), font)
        if box.figures:
            below = top + (_TOP + _BETWEEN) * canvas.u + block_height(len(box.title), canvas.sizes.label)
            size = canvas.sizes.subtitle
            mark = _MARK * canvas.u if story.detail.demand else 0
            spot.text("figures", box.figures, (inner + mark, below), {"size": size, "color": SECONDARY_TEXT})
            if story.detail.demand:
                spot.mark(box.job.in_demand, inner + 5 * canvas.u, below + size * 0.58)
    _draw_targets(sheet, boxes, at, story, canvas, grid)


@dataclass(frozen=True)
class _Spot:
    """Draws around one point: across by share of the plot, pixels right of it and from the top."""

    sheet: Sheet
    x: float
    y: float
    canvas: Canvas

    def shape(self, name: str, box: tuple[float, float, float, float], fill: str, **line: object) -> None:
        """A rectangle: left, right, top, bottom in pixels."""
        left, right, top, bottom = box
        self.sheet.add_shape(
            name=name, type="rect", xref="paper", xsizemode="pixel", xanchor=self.x, yref="paper",
            ysizemode="pixel", yanchor=1, x0=left, x1=right, y0=-top, y1=-bottom, fillcolor=fill, line=line,
        )  # fmt: skip

    def band(self, name: str, top: float, bottom: float, fill: str, **line: object) -> None:
        """A rectangle across the whole plot."""
        self.sheet.add_shape(
            name=name, type="rect", xref="paper", x0=0, x1=1, yref="paper", ysizemode="pixel", yanchor=1,
            y0=-top, y1=-bottom, fillcolor=fill, line=line,
        )  # fmt: skip

    def text(self, name: str, lines: tuple[str, ...], at: tuple[float, float], font: dict) -> None:
        """Lines of plain text; at: their upper left corner, pixels from the anchor and from the top."""
        self.sheet.add_annotation(
            name=name, text=joined(list(lines)), showarrow=False, borderpad=0, align="left",
            xref="paper", x=self.x, xanchor="left", xshift=at[0], yref="paper", y=1, yanchor="top",
            yshift=-at[1], font=font,
        )  # fmt: skip

    def mark(self, state: bool | None, x: float, y: float) -> None:
        """Demand by form: filled, hollow, or a question mark."""
        draw_mark(self.sheet, state, self.x, (x, y), self.canvas)


def draw_mark(
    sheet: Sheet, state: bool | None, anchor: float, at: tuple[float, float], canvas: Canvas, y: int = 1
) -> None:
    """Demand by form: filled, hollow, or a question mark, `at` pixels right of the anchor and below y."""
    u, accent = canvas.u, canvas.frame.palette.accent
    across, down = at
    if state is None:
        sheet.add_annotation(
            name="demand", text=plain("?"), showarrow=False, borderpad=0, xref="paper", x=anchor,
            xanchor="center", xshift=across, yref="paper", y=y, yanchor="middle", yshift=-down,
            font={"size": canvas.sizes.subtitle, "color": TEXT, "weight": 700},
        )  # fmt: skip
        return
    half = 4.5 * u
    sheet.add_shape(
        name="demand", type="circle", xref="paper", xsizemode="pixel", xanchor=anchor, yref="paper",
        ysizemode="pixel", yanchor=y, x0=across - half, x1=across + half, y0=-down - half, y1=-down + half,
        fillcolor=accent if state else PAPER,
        line={"color": accent if state else CONTEXT, "width": 1.5 * u},
    )  # fmt: skip


def _draw_frame(spot: _Spot, box: Box, left: float, grid: Grid, shown: tuple[bool, bool]) -> None:
    """shown: whether it is ringed, and whether the bar of demand is drawn."""
    selected, demand = shown
    u, job, accent = spot.canvas.u, box.job, spot.canvas.frame.palette.accent
    right, top = left + grid.box, spot.y - box.height / 2
    bottom = top + box.height
    fill, edge = (LAND, CONTEXT) if job.foreign else (PAPER, TEXT)
    width, out = (_HEAVY if job.target else _EDGE) * u, (_RING + 2) * u
    if grid.stretch:
        if selected:
            spot.band("selected", top - out, bottom + out, _CLEAR, color=accent, width=_RING * u)
        spot.band("box", top, bottom, fill, color=edge, width=width)
    else:
        if selected:
            ring = (left - out, right + out, top - out, bottom + out)
            spot.shape("selected", ring, _CLEAR, color=accent, width=_RING * u)
        spot.shape("box", (left, right, top, bottom), fill, color=edge, width=width)
    if job.in_demand and demand:
        spot.shape("bar", (left, left + BAR * u, top, bottom), accent, width=0)


def _draw_targets(
    sheet: Sheet,
    boxes: Mapping[str, Box],
    at: Mapping[str, tuple[int, float]],
    story: Story,
    canvas: Canvas,
    grid: Grid,
) -> None:
    """Transparent marks that cover the boxes on the narrowest screen; on wider ones they spread a little,
    and the pointer finds the nearest."""
    spots: list[tuple[float, float, float, Box]] = []
    for soc, box in boxes.items():
        layer, middle = at[soc]
        count = max(round(box.height / (grid.box * _TARGET)), 1)
        size = round(box.height / count, 2)
        for k in range(count):
            y = middle - box.height / 2 + box.height * (k + 0.5) / count
            spots += [(grid.middle(layer) + share * grid.box, y, size, box) for share in _SHARES]
    sheet.figure.add_scatter(
        name="jobs", mode="markers", x=[round(s[0], 2) for s in spots], y=[round(s[1], 2) for s in spots],
        customdata=[s[3].job.soc for s in spots], hoverinfo="text", cliponaxis=False,
        hovertext=[story.job_hover(s[3].job) for s in spots],
        marker={"symbol": "square", "size": [s[2] for s in spots], "opacity": 0, "color": PAPER},
        selected={"marker": {"opacity": 0}}, unselected={"marker": {"opacity": 0}},
    )  # fmt: skip
    sheet.figure.update_layout(hoverdistance=round(0.25 * grid.box))
