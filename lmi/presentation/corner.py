"""The reader's two lines on a chart of pay against openings, and the corner where both are met."""

from dataclasses import dataclass

import plotly.graph_objects as go

from lmi.presentation.formats import format_count, format_money
from lmi.presentation.frame import Canvas
from lmi.presentation.placement import Box
from lmi.presentation.scales import Scale
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import TEXT, tint

VEIL = "rgba(255,255,255,0.75)"  # behind text that may lie on points
_EVERYWHERE = 1e5


@dataclass(frozen=True)
class Axes:
    """Openings across, pay upwards."""

    x: Scale
    y: Scale

    def at(self, openings: float, wage: float) -> tuple[float, float]:
        """The place of a point in the plot, 0 to 1 each way."""
        return self.x.unit(openings), self.y.unit(wage)


def draw_lines(
    figure: go.Figure, axes: Axes, canvas: Canvas, wage: float | None, openings: float | None
) -> tuple[list[Box], list[Box]]:
    """Draw the lines, their names and the corner; returns the room of the names and of the strokes."""
    if openings is not None and openings <= 0 and axes.x.log:
        openings = None
    if wage is not None and openings is not None:
        figure.add_shape(
            name="corner", type="rect", x0=openings, x1=axes.x.end, y0=wage, y1=axes.y.end, layer="below",
            fillcolor=tint(canvas.frame.palette.accent, 0.07), line={"width": 0},
        )  # fmt: skip
    names, strokes = [], []
    if wage is not None:
        names.append(_wage_line(figure, axes, canvas, wage))
        strokes.append(Box(0, axes.y.unit(wage), -_EVERYWHERE, _EVERYWHERE, -1, 1))
    if openings is not None:
        names.append(_openings_line(figure, axes, canvas, openings))
        strokes.append(Box(axes.x.unit(openings), 0, -1, 1, -_EVERYWHERE, _EVERYWHERE))
    return names, strokes


def _wage_line(figure: go.Figure, axes: Axes, canvas: Canvas, wage: float) -> Box:
    text, size, u = f"Pay line {format_money(wage)}", canvas.sizes.tick, canvas.u
    figure.add_shape(
        name="wage line", type="line", xref="paper", x0=0, x1=1, y0=wage, y1=wage, line=_stroke(u)
    )
    figure.add_annotation(
        name="wage line", text=plain(text), xref="paper", x=1, y=axes.y.drawn(wage), xanchor="right",
        yanchor="top", yshift=-3 * u, **_style(size),
    )  # fmt: skip
    return Box(1, axes.y.unit(wage), -measure(text, size) - 4 * u, 0, -size * 1.3 - 3 * u, 2)


def _openings_line(figure: go.Figure, axes: Axes, canvas: Canvas, openings: float) -> Box:
    text, size, u = f"Openings line {format_count(openings)}", canvas.sizes.tick, canvas.u
    at = axes.x.unit(openings)
    side = -1 if at > 0.5 else 1
    figure.add_shape(
        name="openings line", type="line", x0=openings, x1=openings, yref="paper", y0=0, y1=1, line=_stroke(u)
    )
    figure.add_annotation(
        name="openings line", text=plain(text), x=axes.x.drawn(openings), yref="paper", y=1, yanchor="top",
        xanchor="right" if side < 0 else "left", xshift=4 * side * u, yshift=-3 * u, **_style(size),
    )  # fmt: skip
    reach = side * (measure(text, size) + 8 * u)
    return Box(at, 1, min(reach, 0), max(reach, 0), -size * 1.3 - 3 * u, 0)


def _stroke(u: float) -> dict[str, object]:
    return {"color": TEXT, "width": 1.5 * u, "dash": "dot"}


def _style(size: float) -> dict[str, object]:
    return {"showarrow": False, "font": {"size": size, "color": TEXT}, "borderpad": 0, "bgcolor": VEIL}
