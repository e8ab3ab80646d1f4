"""The look as data: colours, sizes and the house template. The theme can refuse."""

import re
from dataclasses import dataclass, replace

import plotly.graph_objects as go
import plotly.io as pio

from lmi.domain.errors import BadInput

CATEGORICAL: tuple[str, ...] = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")  # a subset of Okabe–Ito
CONTEXT = "#6E6E6E"
TEXT = "#1A1A1A"
SECONDARY_TEXT = "#555555"
MUTED = "#73879C"  # grey-blue of marks that are not the point
GRID = "#E4E4E4"
PAPER = "#FFFFFF"
LAND = "#F5F5F5"
NOT_PUBLISHED_FILL = "#DDDDDD"
RAMP: tuple[str, ...] = ("#BFD9EC", "#8DBBDC", "#5598C8", "#2274AD", "#0B4F84", "#08305A")
FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif'
TEMPLATE = "lmi"
MIN_CONTRAST = 3.0


class TooManySeries(BadInput):
    """More series than there are colours that stay apart."""

    def __init__(self, n: int) -> None:
        super().__init__(
            f"{n} series in one chart.",
            f"Only {len(CATEGORICAL)} colours stay apart for every reader.",
            "Grey out all but those the title names, or use small multiples.",
        )


@dataclass(frozen=True)
class Sizes:
    """Text sizes in pixels and the canvas they are made for.

    unit scales every gap and mark; min_width is the narrowest canvas the text is wrapped for; an
    exported image is width x height x scale pixels.
    """

    name: str
    title: int
    label: int
    tick: int
    subtitle: int
    source: int
    unit: float
    width: int
    height: int
    min_width: int
    scale: int


DESK = Sizes("desk", 22, 16, 14, 14, 12, 1.0, 960, 540, 620, 2)
PRESENT = Sizes("present", 40, 28, 28, 26, 22, 2.0, 1920, 1080, 1500, 1)
PHONE = Sizes("phone", 18, 14, 14, 13, 12, 1.0, 360, 600, 344, 3)


@dataclass(frozen=True)
class Palette:
    """Colours a chart draws with. accent marks what matters now; the rest steps back."""

    accent: str = CATEGORICAL[0]
    muted: str = MUTED
    context: str = CONTEXT
    ramp: tuple[str, ...] = RAMP


DEFAULT_PALETTE = Palette()


def series_colours(n: int) -> list[str]:
    """The first n categorical colours; refuses more than there are."""
    if n > len(CATEGORICAL):
        raise TooManySeries(n)
    return list(CATEGORICAL[:n])


def relative_luminance(colour: str) -> float:
    """WCAG relative luminance of a #RRGGBB colour, 0 (black) to 1 (white)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str = PAPER) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_accent(colour: str) -> str:
    """The colour in upper case, if it is #RRGGBB and stands out on white by 3:1; raises otherwise."""
    ratio = contrast(colour)
    if ratio < MIN_CONTRAST:
        raise BadInput(
            f"Accent colour {colour}.",
            f"Its contrast on white is {ratio:.1f}:1; charts need at least {MIN_CONTRAST:g}:1.",
            "Choose a darker colour.",
        )
    return colour.upper()


def with_accent(colour: str, palette: Palette = DEFAULT_PALETTE) -> Palette:
    """The palette with an organisation's own accent, which must pass `check_accent`."""
    return replace(palette, accent=check_accent(colour))


def tint(colour: str, share: float) -> str:
    """The colour as rgba text with the given opacity."""
    red, green, blue = (round(c * 255) for c in _rgb(colour))
    return f"rgba({red},{green},{blue},{share:g})"


def _rgb(colour: str) -> tuple[float, float, float]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise BadInput(
            f"Colour {colour!r}.", "A colour is written as # and six hex digits.", "Write it like #0072B2."
        )
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _template() -> go.layout.Template:
    axis = {
        "showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True,
        "automargin": False, "gridcolor": GRID, "tickfont": {"size": DESK.tick, "color": TEXT},
    }  # fmt: skip
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": DESK.tick, "color": TEXT},
            "paper_bgcolor": PAPER, "plot_bgcolor": PAPER, "colorway": list(CATEGORICAL),
            "showlegend": False, "hovermode": "closest", "dragmode": False,
            "xaxis": axis, "yaxis": axis, "bargap": 0.3,
            "hoverlabel": {"bgcolor": PAPER, "bordercolor": CONTEXT, "align": "left",
                           "font": {"family": FONT, "size": DESK.tick, "color": TEXT}},
            "uniformtext": {"mode": False},
        }
    )  # fmt: skip


pio.templates[TEMPLATE] = _template()
