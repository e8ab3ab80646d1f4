"""The pay of one occupation: from the 10th to the 90th percentile, with what it is compared to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import format_money, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import spread
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import CONTEXT, PAPER, TEXT, tint

POINTS = ("p10", "p25", "median", "p75", "p90")
_NAMES = {"p10": "10th", "p25": "25th", "median": "Median", "p75": "75th", "p90": "90th"}
_EDGE = 34  # pixels beside the plot that texts and the open arrow may use
_LONG = {"p10": "10th percentile", "p25": "25th percentile", "median": "median",
         "p75": "75th percentile", "p90": "90th percentile"}  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """An amount that pay is compared to. strong: a line through the box; otherwise a small mark.

    value is None where it is not published; the note then says so.
    """

    label: str
    value: float | None
    strong: bool = True


@dataclass(frozen=True)
class _Tag:
    """A text and the amount it points to."""

    x: float
    lines: tuple[str, ...]
    bold: bool = False
    strong: bool = False


@dataclass(frozen=True)
class _Placed:
    """Texts side by side: their shifts from where they point, and the pixels they take."""

    tags: tuple[_Tag, ...]
    shifts: tuple[float, ...]
    height: float
    key: str = ""


def wage_distribution(
    wages: Mapping[str, object] | pd.Series,
    frame: Frame,
    *,
    references: Sequence[Reference] = (),
    per: str = "year",
) -> Chart:
    """p10–p90 as a line, p25–p75 as a box, the median as a mark, each with its dollars.

    wages: wage_p10_usd_year … wage_p90_usd_year (or _hour) and top_coded. A top-coded end is an open
    arrow with '≥'. Missing points are left out and named in a note, as are missing references.
    """
    values = {p: number(wages.get(f"wage_{p}_usd_{per}")) for p in POINTS}
    capped = _capped(wages, per)
    known = {p: v for p, v in values.items() if v is not None}
    given = [r for r in references if r.value is not None]
    canvas = Canvas(frame)
    side = canvas.pad + _EDGE * canvas.u
    ends = _ends([*known.values(), *(r.value for r in given if r.value is not None)])
    width = canvas.plot_width(side, side)
    tops = _place_points(known, capped, ends, width, canvas)
    feet = _place_references(given, ends, width, canvas)
    box, u = 15 * canvas.u, canvas.u
    above, below = box + tops.height + 12 * u, box + (feet.height + 22 * u if feet.tags else 6 * u)
    notes = [_note(values, references), feet.key]
    head = Canvas(frame, notes)
    canvas = Canvas(frame, notes, round(head.header + head.footer + above + below))
    figure = go.Figure()
    _draw_references(figure, feet, canvas, box)
    _draw_box(figure, known, capped, canvas, box)
    _draw_texts(figure, tops, canvas, box + 2 * u, 1)
    figure.update_xaxes(range=list(ends), visible=False)
    figure.update_yaxes(range=[-below, above], visible=False)
    alt = alt_text("Box chart", f"wages, US dollars per {per}", frame.title, _spoken(known, capped, given))
    table = _table(values, capped, references, per)
    return canvas.finish(figure, left=side, right=side, table=table, alt=alt)


def _ends(amounts: Sequence[float]) -> tuple[float, float]:
    low, high = min(amounts, default=0), max(amounts, default=1)
    room = 0.03 * (high - low) or max(0.1 * high, 1)
    return low - room, high + room


def _capped(wages: Mapping[str, object] | pd.Series, per: str) -> set[str]:
    text = wages.get("top_coded")
    limited = text.split() if isinstance(text, str) else []
    return {p for p in POINTS if f"wage_{p}_usd_{per}" in limited}


def _place_points(
    known: Mapping[str, float], capped: set[str], ends: tuple[float, float], width: float, canvas: Canvas
) -> _Placed:
    """The percentiles; those at the publisher's limit share one text. Short dollars where room is scarce."""
    limit = [p for p in known if p in capped]
    groups = [[p] for p in known if p not in capped] + ([limit] if limit else [])
    placed: _Placed | None = None
    for short in (False, True):
        tags = []
        for group in groups:
            money = _thousands(known[group[0]]) if short else format_money(known[group[0]])
            money = f"≥ {money}" if group[0] in capped else money
            names = ", ".join(_NAMES[p] for p in group)
            tags.append(_Tag(known[group[0]], (names, money), "median" in group))
        placed = placed or _beside(tags, ends, width, canvas)
    return placed or _Placed((), (), 0)


def _thousands(value: float) -> str:
    return f"${value / 1000:.1f}k" if value >= 1000 else format_money(value)


def _place_references(
    given: Sequence[Reference], ends: tuple[float, float], width: float, canvas: Canvas
) -> _Placed:
    """The references' texts; letters that a note explains where the texts do not fit side by side."""
    size, u = canvas.sizes.tick, canvas.u
    choices = []
    for column in (160, 125, 100, 85):
        tags = [
            _Tag(r.value, (*wrap(r.label, column * u, size), format_money(r.value)), False, r.strong)
            for r in given
            if r.value is not None
        ]
        choices.append(_beside(tags, ends, width, canvas))
    fitting = [c for c in choices if c]
    if fitting:  # texts stay near what they name, but not at the price of many lines
        return min(fitting, key=lambda c: max(map(abs, c.shifts), default=0) + 2 * c.height)
    letters = [_Tag(t.x, (chr(65 + i),), True, t.strong) for i, t in enumerate(tags)]
    placed = _beside(letters, ends, width, canvas) or _Placed((), (), 0)
    key = "; ".join(f"{chr(65 + i)}: {r.label} {format_money(r.value)}" for i, r in enumerate(given))
    return replace(placed, key=f"{key}.")


def _beside(tags: Sequence[_Tag], ends: tuple[float, float], width: float, canvas: Canvas) -> _Placed | None:
    size, edge = canvas.sizes.tick, _EDGE * canvas.u
    at = [(t.x - ends[0]) / (ends[1] - ends[0]) * width for t in tags]
    widths = [max(measure(line, size, bold=t.bold) for line in t.lines) for t in tags]
    middles = spread(at, widths, (-edge, width + edge), 10 * canvas.u)
    if middles is None:
        return None
    height = block_height(max((len(t.lines) for t in tags), default=0), size)
    return _Placed(tuple(tags), tuple(m - x for m, x in zip(middles, at, strict=True)), height)


def _draw_texts(figure: go.Figure, placed: _Placed, canvas: Canvas, start: float, side: int) -> None:
    """Texts above (side 1) or below (-1), each with a line to the amount it names."""
    u = canvas.u
    for tag, shift in zip(placed.tags, placed.shifts, strict=True):
        line = 1.5 if tag.strong else 1
        figure.add_annotation(
            name="wage", text=joined(list(tag.lines)), x=tag.x, y=side * start, borderpad=0, align="center",
            showarrow=True, arrowhead=0, arrowwidth=line * u, arrowcolor=TEXT if tag.strong else CONTEXT,
            ax=shift, ay=-side * (8 if side > 0 else 16) * u, yanchor="bottom" if side > 0 else "top",
            font={"size": canvas.sizes.tick, "color": TEXT, "weight": 700 if tag.bold else 400},
        )  # fmt: skip


def _draw_references(figure: go.Figure, feet: _Placed, canvas: Canvas, box: float) -> None:
    u = canvas.u
    for tag in feet.tags:
        top = box + 3 * u if tag.strong else -box
        figure.add_scatter(
            name="reference", mode="lines", x=[tag.x, tag.x], y=[-box - 4 * u, top], hoverinfo="text",
            line={"color": TEXT, "width": 1.5 * u, "dash": "dot" if tag.strong else "solid"},
            hovertext=hover(*tag.lines),
        )  # fmt: skip
    _draw_texts(figure, feet, canvas, box + 4 * u, -1)


def _draw_box(
    figure: go.Figure, known: Mapping[str, float], capped: set[str], canvas: Canvas, box: float
) -> None:
    accent, u = canvas.frame.palette.accent, canvas.u
    if "p25" in known and "p75" in known:
        x0, x1 = known["p25"], known["p75"]
        outline = ([x1, x0, x0, x1], [box, box, -box, -box])
        if "p75" not in capped:
            outline = ([*outline[0], x1], [*outline[1], box])
        figure.add_scatter(
            name="p25 to p75", mode="lines", x=outline[0], y=outline[1], hoverinfo="skip", fill="toself",
            fillcolor=tint(accent, 0.25), line={"color": accent, "width": 1.5 * u},
        )  # fmt: skip
    if len(known) > 1:
        figure.add_scatter(
            name="range", mode="lines", x=[min(known.values()), max(known.values())], y=[0, 0],
            hoverinfo="skip", line={"color": accent, "width": 3 * u},
        )  # fmt: skip
    points = [p for p in known if p != "median"]
    boxed = "p25" in known and "p75" in known
    hidden = [p in capped or (boxed and p in {"p25", "p75"}) for p in points]
    figure.add_scatter(
        name="wage points", mode="markers", x=[known[p] for p in points], y=[0] * len(points),
        cliponaxis=False, hoverinfo="text", hovertext=[_point_hover(p, known, capped) for p in points],
        marker={"size": 9 * u, "color": accent, "opacity": [0 if h else 1 for h in hidden]},
    )  # fmt: skip
    if "median" in known:
        _draw_median(figure, known, capped, canvas, box)
    if capped & set(known):
        _draw_open_end(figure, max(known[p] for p in capped & set(known)), canvas)


def _draw_median(
    figure: go.Figure, known: Mapping[str, float], capped: set[str], canvas: Canvas, box: float
) -> None:
    u, x = canvas.u, [known["median"]] * 2
    for name, colour, width in (("median halo", PAPER, 8 * u), ("median", TEXT, 4 * u)):
        figure.add_scatter(
            name=name, mode="lines", x=x, y=[-box - 2 * u, box + 2 * u], hoverinfo="text",
            line={"color": colour, "width": width}, hovertext=_point_hover("median", known, capped),
        )  # fmt: skip


def _draw_open_end(figure: go.Figure, at: float, canvas: Canvas) -> None:
    """An arrow that leaves the limit to the right: nobody knows how far."""
    u = canvas.u
    figure.add_annotation(
        name="open end", text="", x=at, y=0, xshift=32 * u, ax=-28 * u, ay=0, showarrow=True,
        arrowhead=4, arrowsize=1, arrowwidth=2.5 * u, arrowcolor=canvas.frame.palette.accent,
    )  # fmt: skip


def _point_hover(point: str, known: Mapping[str, float], capped: set[str]) -> str:
    return hover(_LONG[point].capitalize(), format_money(known[point], top_coded=point in capped))


def _note(values: Mapping[str, float | None], references: Sequence[Reference]) -> str:
    missing = [_LONG[p] for p, v in values.items() if v is None]
    missing += [r.label for r in references if r.value is None]
    return f"Not published: {', '.join(missing)}." if missing else ""


def _spoken(known: Mapping[str, float], capped: set[str], references: Sequence[Reference]) -> str:
    if not known:
        return "No wage is published"
    parts = [f"{_LONG[p]} {format_money(v, top_coded=p in capped)}" for p, v in known.items()]
    parts += [f"{r.label} {format_money(r.value)}" for r in references]
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _table(
    values: Mapping[str, float | None], capped: set[str], references: Sequence[Reference], per: str
) -> pd.DataFrame:
    rows = [(_LONG[p].capitalize(), v, p in capped) for p, v in values.items()]
    rows += [(r.label, r.value, False) for r in references]
    frame = pd.DataFrame(rows, columns=["percentile", "value", "at_or_above"])
    frame["value"] = pd.to_numeric(frame["value"]).astype("Float64")
    table = tables.display_table(frame, list(frame.columns))
    return table.rename(columns={"Value": f"USD per {per}"})
