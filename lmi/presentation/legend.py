"""What marks mean, said once above the plot: a mark and its words; heads of columns that always fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal

import plotly.graph_objects as go

from lmi.presentation.frame import Canvas
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import PAPER, SECONDARY_TEXT, TEXT

Symbol = Literal[
    "circle", "hollow", "struck", "diamond", "square", "hatched", "triangle",
    "upper", "lower", "arrow", "tick", "line",
]  # fmt: skip
_HALF_TURN = tuple((cos(pi * i / 16), sin(pi * i / 16)) for i in range(17))
_POINTS: dict[str, tuple[tuple[float, float], ...]] = {  # half a mark = 1, y upwards
    "diamond": ((0, 1.2), (1.2, 0), (0, -1.2), (-1.2, 0)),
    "square": ((-0.9, 0.9), (0.9, 0.9), (0.9, -0.9), (-0.9, -0.9)),
    "hatched": ((-0.9, 0.9), (0.9, 0.9), (0.9, -0.9), (-0.9, -0.9)),
    "triangle": ((0, 1.1), (1.1, -0.9), (-1.1, -0.9)),
    "upper": _HALF_TURN,
    "lower": tuple((x, -y) for x, y in _HALF_TURN),
    "arrow": ((-0.9, 1.1), (1.1, 0), (-0.9, -1.1)),
}
_MOST_LINES = 5  # of a head over a column
_LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True)
class Key:
    """A mark and what it means. half: half its width in desk pixels."""

    symbol: Symbol
    colour: str
    words: str
    half: float = 6.0

    @property
    def width(self) -> float:
        """Of the mark and the gap after it, in desk pixels."""
        return 2 * self.half + 8


@dataclass(frozen=True)
class _Spot:
    key: Key
    x: float
    line: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Legend:
    """Keys in lines from the left edge; height and width: pixels they take."""

    spots: tuple[_Spot, ...]
    height: float
    width: float = 0.0


def place_keys(keys: Sequence[Key], canvas: Canvas) -> Legend:
    """Keys one after the other, on a new line where the narrowest screen asks for it."""
    size, u = canvas.sizes.tick, canvas.u
    gap, x, y, tall, widest = 22 * u, 0.0, 0.0, 0.0, 0.0
    spots = []
    for key in keys:
        mark = key.width * u
        lines = wrap(key.words, canvas.text_width - mark, size)
        width = mark + max((measure(line, size) for line in lines), default=0)
        if x and x + width > canvas.text_width:
            x, y, tall = 0.0, y + tall + 4 * u, 0.0
        spots.append(_Spot(key, x, y, tuple(lines)))
        tall = max(tall, block_height(len(lines), size))
        widest = max(widest, x + width)
        x += width + gap
    return Legend(tuple(spots), y + tall + 8 * u if keys else 0.0, widest)


def draw_keys(figure: go.Figure, legend: Legend, canvas: Canvas, *, left: float, above: float) -> None:
    """Write the keys. left: margin of the plot; above: pixels from its upper edge to the first line."""
    size, u = canvas.sizes.tick, canvas.u
    start = canvas.pad - left
    for spot in legend.spots:
        top = above - spot.line
        _draw_mark(figure, spot.key, start + spot.x + (spot.key.half + 1) * u, top - size * 0.58, u)
        figure.add_annotation(
            name="key", text=joined(list(spot.lines)), showarrow=False, borderpad=0, align="left",
            xref="paper", x=0, xanchor="left", xshift=start + spot.x + spot.key.width * u,
            yref="paper", y=1, yanchor="top", yshift=top, font={"size": size, "color": TEXT},
        )  # fmt: skip


def _draw_mark(figure: go.Figure, key: Key, x: float, y: float, u: float) -> None:
    hollow = key.symbol in ("hollow", "struck")
    common = {
        "name": "key", "xref": "paper", "xsizemode": "pixel", "xanchor": 0, "yref": "paper",
        "ysizemode": "pixel", "yanchor": 1, "fillcolor": PAPER if hollow else key.colour,
        "line": {"color": key.colour, "width": 2 * u if hollow else 0},
    }  # fmt: skip
    half = key.half * u
    if key.symbol in ("circle", "hollow", "struck"):
        figure.add_shape(type="circle", x0=x - half, x1=x + half, y0=y - half, y1=y + half, **common)
        for way in (1, -1) if key.symbol == "struck" else ():
            ends = {"x0": x - 0.7 * half, "x1": x + 0.7 * half, "y0": y - 0.7 * way * half,
                    "y1": y + 0.7 * way * half}  # fmt: skip
            figure.add_shape(type="line", **common | ends)
    elif key.symbol in ("tick", "line"):
        wide, tall = (0.0, 8 * u) if key.symbol == "tick" else (half, 0.0)
        common["line"] = {"color": key.colour, "width": 2.5 * u}
        figure.add_shape(type="line", x0=x - wide, x1=x + wide, y0=y - tall, y1=y + tall, **common)
    else:
        corners = [f"{x + a * half:.2f},{y + b * half:.2f}" for a, b in _POINTS[key.symbol]]
        figure.add_shape(type="path", path=f"M{'L'.join(corners)}Z", **common)
        for at in (-0.35, 0.35) if key.symbol == "hatched" else ():
            ends = {"x0": x + (at - 0.45) * half, "x1": x + (at + 0.45) * half, "y0": y - 0.9 * half,
                    "y1": y + 0.9 * half}  # fmt: skip
            white = {"line": {"color": PAPER, "width": 1.5 * u}}
            figure.add_shape(type="line", **common | ends | white)


@dataclass(frozen=True)
class Heads:
    """Words over (or under) columns; signs that `note` explains where words would be broken."""

    lines: tuple[tuple[str, ...], ...]
    size: float
    note: str = ""

    @property
    def height(self) -> float:
        """Pixels of the tallest head."""
        return block_height(max(map(len, self.lines), default=0), self.size)


def fit_heads(
    words: Sequence[str], width: float, canvas: Canvas, *, signs: Sequence[str] = _LETTERS
) -> Heads:
    """The words in columns of `width` pixels, in small type if need be; signs if a word would break."""
    for size in (canvas.sizes.tick, canvas.sizes.source):
        lines = [wrap(text, width, size) for text in words]
        whole = all(measure(w, size) <= width for text in words for w in _unbroken(text))
        if whole and max(map(len, lines), default=0) <= _MOST_LINES:
            return Heads(tuple(map(tuple, lines)), size)
    return signed_heads(words, canvas, signs=signs)


def signed_heads(words: Sequence[str], canvas: Canvas, *, signs: Sequence[str] = _LETTERS) -> Heads:
    """A sign for each column, and the note that says what it stands for."""
    named = [f"{sign}: {text}" for sign, text in zip(signs, words, strict=False)]
    return Heads(tuple((sign,) for sign in signs[: len(words)]), canvas.sizes.tick, "; ".join(named) + ".")


def _unbroken(text: str) -> list[str]:
    return text.replace("-", "- ").replace("/", "/ ").split()


def draw_heads(figure: go.Figure, heads: Heads, canvas: Canvas) -> None:
    """Write the heads over columns at x = 0, 1, 2…"""
    for i, lines in enumerate(heads.lines):
        figure.add_annotation(
            name="head", text=joined(list(lines)), x=i, yref="paper", y=1, yanchor="bottom",
            yshift=5 * canvas.u, showarrow=False, borderpad=0,
            font={"size": heads.size, "color": SECONDARY_TEXT},
        )  # fmt: skip
