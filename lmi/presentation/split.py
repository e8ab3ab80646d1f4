"""What openings are made of: net growth, people leaving work, people changing occupation."""

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import format_count, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import stagger
from lmi.presentation.text import measure, plain
from lmi.presentation.theme import CONTEXT, MUTED, PAPER, TEXT


def openings_split(
    growth: float | None,
    exits: float | None,
    transfers: float | None,
    frame: Frame,
    *,
    significant: int | None = None,
) -> Chart:
    """One thin bar of three labelled parts, per year.

    Negative growth lies left of zero and is called a decline; a part that is missing is named in a
    note and never drawn. An empty title and subtitle make a bare bar for use under a tile.
    """
    amounts = {"Growth": number(growth), "Exits": number(exits), "Transfers": number(transfers)}
    canvas = Canvas(frame, _notes(amounts))
    known = {name: v for name, v in amounts.items() if v is not None}
    starts, end = _starts(known)
    low, high = min(0.0, known.get("Growth", 0.0)), max(end, 1e-9)
    left = right = canvas.pad
    width = canvas.plot_width(left, right)
    texts = {n: _text(n, v, significant) for n, v in known.items()}
    size, u = canvas.sizes.tick, canvas.u
    middles = [(starts[n] + v / 2 - low) / (high - low) * width for n, v in known.items()]
    widths = [measure(t, size) for t in texts.values()]
    places = stagger(middles, widths, (0, width), 14 * u)
    step, bar = size * 1.3 + 3 * u, 18 * u
    above = step * (1 + max((level for _, level in places), default=0)) + 4 * u
    canvas = Canvas(frame, canvas.notes, round(canvas.header + canvas.footer + above + bar + 6 * u))
    figure = go.Figure()
    _draw_parts(figure, known, starts, texts, canvas, bar)
    spots = {n: (starts[n] + v / 2, m - at, lev) for (n, v), (m, lev), at in zip(
        known.items(), places, middles, strict=True)}  # fmt: skip
    _draw_names(figure, texts, spots, canvas, (bar, step))
    figure.add_shape(name="zero", type="line", x0=0, x1=0, y0=-4 * u, y1=bar + 3 * u,
                     line={"color": TEXT, "width": 1.5 * u})  # fmt: skip
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(range=[low, high], visible=False)
    figure.update_yaxes(range=[-6 * u, bar + above], visible=False)
    alt = alt_text("Stacked bar", "openings a year by part", frame.title, "; ".join(texts.values()))
    return canvas.finish(figure, left=left, right=right, table=_table(amounts), alt=alt)


def _notes(amounts: dict[str, float | None]) -> list[str]:
    notes = []
    missing = [n.lower() for n, v in amounts.items() if v is None]
    if missing:
        notes.append(f"Not published: {', '.join(missing)}.")
    if (amounts["Growth"] or 0) < 0:
        notes.append("The decline, left of zero, is already taken off: openings are the sum of the parts.")
    return notes


def _starts(known: dict[str, float]) -> tuple[dict[str, float], float]:
    starts, at = {}, 0.0
    for name, value in known.items():
        starts[name] = at
        at += max(value, 0)
    return starts, at


def _text(name: str, value: float, significant: int | None) -> str:
    return f"{'Decline' if value < 0 else name} {format_count(value, significant=significant)}"


def _draw_parts(
    figure: go.Figure,
    known: dict[str, float],
    starts: dict[str, float],
    texts: dict[str, str],
    canvas: Canvas,
    bar: float,
) -> None:
    fills = {"Growth": canvas.frame.palette.accent, "Exits": CONTEXT, "Transfers": MUTED}
    for name, value in known.items():
        hatch = "/" if name == "Transfers" or value < 0 else ""
        figure.add_bar(
            name=name, orientation="h", x=[value], base=[starts[name]], y=[bar / 2], width=bar,
            marker={"color": fills[name], "line": {"color": PAPER, "width": 1.5 * canvas.u},
                    "pattern": {"shape": hatch, "fgcolor": PAPER, "bgcolor": fills[name], "solidity": 0.2}},
            hovertext=hover(texts[name], "per year"), hoverinfo="text",
        )  # fmt: skip


def _draw_names(
    figure: go.Figure,
    texts: dict[str, str],
    spots: dict[str, tuple[float, float, int]],
    canvas: Canvas,
    heights: tuple[float, float],
) -> None:
    """Names over their parts. spots: where a part's middle is, the shift and the level of its name."""
    u, (bar, step) = canvas.u, heights
    for name, (x, shift, level) in spots.items():
        y = bar + 4 * u + level * step
        figure.add_annotation(
            name="part", text=plain(texts[name]), x=x, y=y, xshift=shift, yanchor="bottom",
            showarrow=False, borderpad=0, font={"size": canvas.sizes.tick, "color": TEXT},
        )  # fmt: skip
        if level:
            figure.add_shape(
                name="leader", type="line", x0=x, x1=x, y0=bar, y1=y, line={"color": CONTEXT, "width": u}
            )


def _table(amounts: dict[str, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame({"part": list(amounts), "people_per_year": list(amounts.values())})
    frame["people_per_year"] = pd.to_numeric(frame["people_per_year"]).astype("Float64")
    return tables.display_table(frame, ["part", "people_per_year"])
