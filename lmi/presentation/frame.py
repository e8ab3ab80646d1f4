"""What stands around every picture: title, subtitle, notes and source, inside the figure itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import theme
from lmi.presentation.text import block_height, joined, plain, wrap
from lmi.presentation.theme import DEFAULT_PALETTE, DESK, PHONE, TEMPLATE, Palette, Sizes

_PAD = 14  # between the edge of the image and anything in it
_GAP = 12  # between blocks
_TITLE_SHRINK = (1.0, 0.91, 0.82)  # tried in turn to keep a title within two lines
_OTHER_BUTTONS = (
    "zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d",
    "zoomInGeo", "zoomOutGeo", "resetGeo", "hoverClosestGeo", "hoverClosestCartesian",
    "hoverCompareCartesian", "toggleSpikelines", "toggleHover", "resetViews", "sendChartToCloud",
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """The words and the format of one chart. All words are plain text.

    title: the finding. subtitle: the selection sentence. phone: narrow layout, labels above marks.
    height: pixels on screen; the default is the format's own. width: the narrowest screen it will
    stand on; a chart that always has the full page fits more rows when this is raised.
    """

    title: str
    subtitle: str
    source: str
    filename: str
    phone: bool = False
    sizes: Sizes = DESK
    palette: Palette = DEFAULT_PALETTE
    height: int | None = None
    width: int | None = None

    @property
    def format(self) -> Sizes:
        """The sizes in force: those of the phone on a phone."""
        return PHONE if self.phone else self.sizes


@dataclass(frozen=True)
class Chart:
    """A figure and all that goes with it. table: the same rows under headings for people."""

    figure: go.Figure
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame
    source: str
    filename: str
    height: int


class Canvas:
    """Room for one picture: header and footer measured, the plot between them in known pixels."""

    def __init__(self, frame: Frame, notes: Sequence[str] = (), default_height: int | None = None) -> None:
        self.frame, self.sizes = frame, frame.format
        self.notes = tuple(note for note in notes if note)
        self.u = self.sizes.unit
        self._default_height = default_height

    @property
    def min_width(self) -> int:
        """Pixels of the narrowest screen this has to fit."""
        return self.frame.width or self.sizes.min_width

    @cached_property
    def text_width(self) -> float:
        """Width that running text may take on the narrowest screen."""
        return self.min_width - 2 * _PAD * self.u

    @cached_property
    def title(self) -> tuple[list[str], float]:
        """Lines of the title and their size: two lines if any permitted size can do it."""
        lines: list[str] = []
        for share in _TITLE_SHRINK:
            size = round(self.sizes.title * share)
            lines = wrap(self.frame.title, self.text_width, size, bold=True)
            if len(lines) <= 2:
                break
        return lines, size

    @cached_property
    def _subtitle(self) -> list[str]:
        return wrap(self.frame.subtitle, self.text_width, self.sizes.subtitle)

    @cached_property
    def _footer(self) -> list[str]:
        texts = (*self.notes, self.frame.source)
        return [line for t in texts for line in wrap(t, self.text_width, self.sizes.source)]

    @cached_property
    def header(self) -> float:
        """Pixels from the top edge to the plot."""
        lines, size = self.title
        gap = 6 * self.u if lines and self._subtitle else 0
        used = block_height(len(lines), size) + gap
        used += block_height(len(self._subtitle), self.sizes.subtitle)
        return _PAD * self.u + used + (_GAP * self.u if used else 0)

    @cached_property
    def footer(self) -> float:
        """Pixels from the plot to the bottom edge."""
        used = block_height(len(self._footer), self.sizes.source)
        return 10 * self.u + used + (_GAP * self.u if used else 0)

    @property
    def height(self) -> int:
        """Height of the figure on screen."""
        return int(self.frame.height or self._default_height or self.sizes.height)

    def plot_height(self, above: float = 0, below: float = 0) -> float:
        """Pixels left for the plot itself."""
        return max(self.height - self.header - self.footer - above - below, 40 * self.u)

    def plot_width(self, left: float, right: float) -> float:
        """Pixels left for the plot on the narrowest screen."""
        return max(self.min_width - left - right, 60 * self.u)

    @property
    def pad(self) -> float:
        """Margin at the edges."""
        return _PAD * self.u

    def finish(
        self,
        figure: go.Figure,
        *,
        left: float,
        right: float,
        table: pd.DataFrame,
        alt: str,
        above: float = 0,
        below: float = 0,
    ) -> Chart:
        """The figure with its words set around it, as a Chart."""
        margin = {
            "l": left, "r": right, "t": self.header + above, "b": self.footer + below, "pad": 0,
        }  # fmt: skip
        figure.update_layout(template=TEMPLATE, margin=margin, height=self.height, autosize=True)
        figure.update_layout(font_size=self.sizes.tick, hoverlabel_font_size=self.sizes.tick)
        self._write(figure, left, margin["t"], margin["b"])
        f = self.frame
        return Chart(figure, f.title, f.subtitle, alt, table, f.source, f.filename, self.height)

    def _write(self, figure: go.Figure, left: float, top: float, bottom: float) -> None:
        lines, size = self.title
        gap = 6 * self.u if lines else 0
        below_title = self.pad + block_height(len(lines), size) + gap
        bold = {"size": size, "color": theme.TEXT, "weight": 700}
        small = {"size": self.sizes.subtitle, "color": theme.SECONDARY_TEXT}
        self._edge_text(figure, "title", lines, (left, top - self.pad), bold)
        self._edge_text(figure, "subtitle", self._subtitle, (left, top - below_title), small)
        small = {"size": self.sizes.source, "color": theme.SECONDARY_TEXT}
        self._edge_text(figure, "source", self._footer, (left, 10 * self.u - bottom), small)

    def _edge_text(
        self, figure: go.Figure, name: str, lines: list[str], at: tuple[float, float], font: dict
    ) -> None:
        """Text at the left edge; `at` is the left margin and pixels above (below) the plot."""
        if not lines:
            return
        top = name != "source"
        figure.add_annotation(
            name=name, text=joined(lines), showarrow=False, align="left", borderpad=0, font=font,
            xref="paper", x=0, xanchor="left", xshift=self.pad - at[0],
            yref="paper", y=1 if top else 0, yanchor="top" if top else "bottom", yshift=at[1],
        )  # fmt: skip


def plot_config(
    filename: str,
    *,
    svg: bool = False,
    sizes: Sizes = DESK,
    height: int | None = None,
    static: str = "./app/static",
) -> dict[str, object]:
    """Plotly's settings: only the download button; nothing is fetched from outside.

    The image is 1920 x 1080 pixels at desk and present sizes; height (a chart's own) replaces the
    540 of the desk for a chart that is much shorter or taller. Phone charts are exported through
    their desk version. SVG is drawn at the same layout without scaling.
    """
    return {
        "displaylogo": False, "displayModeBar": True, "responsive": True, "typesetMath": False,
        "scrollZoom": False, "doubleClick": False, "showTips": False,
        "topojsonURL": f"{static}/topo/",
        "modeBarButtonsToRemove": list(_OTHER_BUTTONS),
        "toImageButtonOptions": {
            "format": "svg" if svg else "png", "filename": filename, "width": sizes.width,
            "height": height or sizes.height, "scale": 1 if svg else sizes.scale,
        },
    }  # fmt: skip


def hover(*lines: object) -> str:
    """Lines of a hover text, escaped."""
    return "<br>".join(plain(line) for line in lines if str(line))


def alt_text(kind: str, measure: str, finding: str, extremes: str) -> str:
    """The text alternative of a figure: kind of chart, measure, finding, extremes."""
    parts = (f"{kind} of {measure}".strip(), finding, extremes)
    return " ".join(p.strip().rstrip(".") + "." for p in parts if p.strip())
