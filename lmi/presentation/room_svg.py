"""A figure as one SVG that grows with the screen: for the projector, whose height nobody knows beforehand.

It draws what the two charts of a convening are made of: horizontal bars, lines, shapes in pixels and texts.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from lmi.presentation.frame import Chart
from lmi.presentation.theme import FONT, PAPER, TEXT

_LINE = 1.3  # of a text's size, from one line to the next
_BASE = 1.0  # from the upper edge of a line to where its letters stand
_TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")
_NO_XML = re.compile("[\ufffe\uffff]")  # signs that would break the whole picture
_DASHES = {"dash": 9.0, "dot": 3.0, "solid": 0.0}


def image(chart: Chart, width: int, beside: int = 0) -> str:
    """The chart as an <img> with its text alternative; what is in it cannot be markup. See svg."""
    data = b64encode(svg(chart, width, beside).encode("utf-8")).decode("ascii")
    alt = escape(chart.alt, quote=True)
    return f'<img class="lmi-chart" alt="{alt}" src="data:image/svg+xml;base64,{data}">'


def svg(chart: Chart, width: int, beside: int = 0) -> str:
    """The figure as SVG, laid out for `width` pixels; beside: pixels left free to the right of it, into which
    the words over a last column may reach."""
    layout = chart.figure.layout.to_plotly_json()
    plot = _Plot(layout, width, chart.height)
    shapes = layout.get("shapes") or ()
    below = [_shape(each, plot) for each in shapes if each.get("layer") == "below"]
    above = [_shape(each, plot) for each in shapes if each.get("layer") != "below"]
    traces = [_trace(each.to_plotly_json(), plot) for each in chart.figure.data]
    texts = [_text(each, plot) for each in layout.get("annotations") or ()]
    whole = width + beside
    font = escape(FONT, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {chart.height}" width="{whole}" '
        f'height="{chart.height}" font-family="{font}"><rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{''.join([*below, *traces, *above, *texts])}</svg>"
    )


class _Plot:
    """From the figure's coordinates to pixels from the upper left corner."""

    def __init__(self, layout: dict[str, Any], width: int, height: int) -> None:
        margin = layout["margin"]
        self.left, self.top = float(margin["l"]), float(margin["t"])
        self.wide, self.tall = width - self.left - margin["r"], height - self.top - margin["b"]
        self._x = layout.get("xaxis", {}).get("range") or (0, 1)
        self._y = layout.get("yaxis", {}).get("range") or (0, 1)

    def x(self, value: float, ref: str) -> float:
        """ref: 'paper' (0 to 1) or an axis."""
        low, high = (0, 1) if ref == "paper" else self._x
        return self.left + (value - low) / (high - low) * self.wide

    def y(self, value: float, ref: str) -> float:
        """As x; paper counts from below."""
        low, high = (0, 1) if ref == "paper" else self._y
        return self.top + self.tall - (value - low) / (high - low) * self.tall

    def of_shape(self, shape: dict[str, Any], x: float, y: float) -> tuple[float, float]:
        """A point of a shape: in pixels beside its anchor, or in the coordinates of what it refers to."""
        ref_x, ref_y = shape.get("xref", "x"), shape.get("yref", "y")
        across = (
            self.x(shape["xanchor"], ref_x) + x if shape.get("xsizemode") == "pixel" else self.x(x, ref_x)
        )
        down = self.y(shape["yanchor"], ref_y) - y if shape.get("ysizemode") == "pixel" else self.y(y, ref_y)
        return across, down


def _shape(shape: dict[str, Any], plot: _Plot) -> str:
    look = _look(shape.get("line") or {}, shape.get("fillcolor"))
    if shape["type"] == "path":
        return f'<path d="{_path(shape, plot)}" {look}/>'
    x0, y0 = plot.of_shape(shape, shape["x0"], shape["y0"])
    x1, y1 = plot.of_shape(shape, shape["x1"], shape["y1"])
    if shape["type"] == "line":
        return f'<path d="M{x0:.1f},{y0:.1f}L{x1:.1f},{y1:.1f}" {look}/>'
    left, top, wide, tall = min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)
    if shape["type"] == "circle":
        return (
            f'<ellipse cx="{left + wide / 2:.1f}" cy="{top + tall / 2:.1f}" rx="{wide / 2:.1f}" '
            f'ry="{tall / 2:.1f}" {look}/>'
        )
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}" {look}/>'


def _path(shape: dict[str, Any], plot: _Plot) -> str:
    """The path with its points in pixels; its commands take pairs only (M, L, Q, C, Z)."""
    out, pair = [], []
    for token in _TOKEN.findall(shape["path"]):
        if token.isalpha():
            out.append(token)
            continue
        pair.append(float(token))
        if len(pair) == 2:
            x, y = plot.of_shape(shape, pair[0], pair[1])
            out.append(f"{x:.1f},{y:.1f} ")
            pair = []
    return "".join(out)


def _trace(trace: dict[str, Any], plot: _Plot) -> str:
    if trace["type"] == "bar":
        return _bars(trace, plot)
    if "lines" not in str(trace.get("mode", "")):
        return ""  # invisible marks that only answer to the pointer
    runs, run = [], list[str]()
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None or y is None or x != x or y != y:
            runs.append(run)
            run = []
        else:
            run.append(f"{plot.x(x, 'x'):.1f},{plot.y(y, 'y'):.1f}")
    path = "".join(f"M{'L'.join(each)}" for each in [*runs, run] if each)
    return f'<path d="{path}" {_look(trace.get("line") or {}, None)}/>'


def _bars(trace: dict[str, Any], plot: _Plot) -> str:
    marker = trace.get("marker") or {}
    colours: Sequence[str] = marker.get("color") or ()
    half = trace["width"] / 2
    return "".join(
        f'<rect x="{plot.x(0, "x"):.1f}" y="{plot.y(y - half, "y"):.1f}" '
        f'width="{plot.x(value, "x") - plot.x(0, "x"):.1f}" '
        f'height="{abs(plot.y(y + half, "y") - plot.y(y - half, "y")):.1f}" fill="{colour}"/>'
        for value, y, colour in zip(trace["x"], trace["y"], colours, strict=True)
    )


def _look(line: dict[str, Any], fill: str | None) -> str:
    width, dash = float(line.get("width", 2)), str(line.get("dash") or "solid")
    steps = [_DASHES[dash] * max(width, 2) / 2] if dash in _DASHES else []
    steps = steps or [float(n) for n in re.findall(r"\d+(?:\.\d+)?", dash)]
    dashes = f' stroke-dasharray="{" ".join(f"{n:g}" for n in steps)}"' if any(steps) else ""
    stroke = line.get("color") or TEXT
    inside = fill or "none"
    return f'fill="{inside}" stroke="{stroke}" stroke-width="{width:g}"{dashes}'


def _text(note: dict[str, Any], plot: _Plot) -> str:
    """Lines of text, placed by their anchors."""
    font = note.get("font") or {}
    size = float(font.get("size", 14))
    lines = [unescape(re.sub(r"<[^>]+>", "", each)) for each in re.split(r"<br\s*/?>", str(note["text"]))]
    x = plot.x(note["x"], note.get("xref", "x")) + float(note.get("xshift") or 0)
    y = plot.y(note["y"], note.get("yref", "y")) - float(note.get("yshift") or 0)
    tall = len(lines) * _LINE * size
    y -= {"top": 0.0, "middle": tall / 2, "bottom": tall}[note.get("yanchor", "middle")]
    anchor = {"left": "start", "right": "end"}.get(note.get("xanchor", "center"), "middle")
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{y + (i * _LINE + _BASE) * size:.1f}">{escape(_NO_XML.sub("", line))}</tspan>'
        for i, line in enumerate(lines)
    )
    colour, weight = font.get("color") or TEXT, font.get("weight") or 400
    look = f'text-anchor="{anchor}" font-size="{size:g}" font-weight="{weight}" fill="{colour}"'
    return f"<text {look}>{spans}</text>"
