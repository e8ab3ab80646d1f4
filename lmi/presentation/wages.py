"""The pay of one occupation: from the 10th to the 90th percentile, with what it is compared to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import format_money, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.placement import stagger
from lmi.presentation.text import block_height, measure, plain
from lmi.presentation.theme import CONTEXT, PAPER, SECONDARY_TEXT, TEXT, tint

POINTS = ("p10", "p25", "median", "p75", "p90")
_NAMES = {"p10": "10th", "p25": "25th", "median": "Median", "p75": "75th", "p90": "90th"}
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
    """A text on a leader: where it points (dollars), its lines, and how it is drawn."""

    x: float
    lines: tuple[str, ...]
    bold: bool = False
    strong: bool = True


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
    canvas = Canvas(frame, [_note(values, references)])
    left = right = canvas.pad + 22 * canvas.u
    spread = [*known.values(), *(r.value for r in given if r.value is not None)]
    low, high = min(spread, default=0), max(spread, default=1)
    room = 0.04 * (high - low) or max(0.1 * high, 1)
    ends = (low - room, high + room)
    width = canvas.plot_width(left, right)
    tags = [
        _Tag(v, (_NAMES[p], format_money(v, top_coded=p in capped)), p == "median") for p, v in known.items()
    ]
    tops = _merge_capped(tags, known, capped)
    feet = [_Tag(r.value, (r.label, format_money(r.value)), False, r.strong) for r in given if r.value]
    up, down = (_levels(each, ends, width, canvas) for each in (tops, feet))
    box, height = 15 * canvas.u, block_height(2, canvas.sizes.tick) + 9 * canvas.u
    above = box + 8 * canvas.u + height * (1 + max((n for _, n in up), default=-1))
    below = box + 10 * canvas.u + height * (1 + max((n for _, n in down), default=-1))
    canvas = Canvas(frame, canvas.notes, round(canvas.header + canvas.footer + above + below))
    figure = go.Figure()
    _draw_tags(figure, feet, down, canvas, box, height, -1)
    _draw_box(figure, known, capped, canvas, box)
    _draw_tags(figure, tops, up, canvas, box, height, 1)
    figure.update_xaxes(range=list(ends), visible=False)
    figure.update_yaxes(range=[-below, above], visible=False)
    alt = alt_text(
        "Box chart of pay,", f"wages, US dollars per {per}", frame.title, _spoken(known, capped, given)
    )
    table = _table(values, capped, references, per)
    return canvas.finish(figure, left=left, right=right, table=table, alt=alt)


def _capped(wages: Mapping[str, object] | pd.Series, per: str) -> set[str]:
    text = wages.get("top_coded")
    limited = text.split() if isinstance(text, str) else []
    return {p for p in POINTS if f"wage_{p}_usd_{per}" in limited}


def _merge_capped(tags: Sequence[_Tag], known: Mapping[str, float], capped: set[str]) -> list[_Tag]:
    """Top-coded points all lie at the limit: one text names them together."""
    at_limit = [p for p in known if p in capped]
    if len(at_limit) < 2:
        return list(tags)
    names = ", ".join(_NAMES[p] for p in at_limit)
    kept = [t for p, t in zip(known, tags, strict=True) if p not in capped]
    value = known[at_limit[0]]
    return [*kept, _Tag(value, (names, format_money(value, top_coded=True)), "median" in at_limit)]


def _levels(
    tags: Sequence[_Tag], ends: tuple[float, float], width: float, canvas: Canvas
) -> list[tuple[float, int]]:
    """Shift in pixels and level of each text, so that none overlaps on the narrowest screen."""
    at = [(t.x - ends[0]) / (ends[1] - ends[0]) * width for t in tags]
    size = canvas.sizes.tick
    widths = [max(measure(line, size, bold=t.bold) for line in t.lines) for t in tags]
    edge = 22 * canvas.u
    placed = stagger(at, widths, (-edge, width + edge), 10 * canvas.u)
    return [(middle - x, level) for (middle, level), x in zip(placed, at, strict=True)]


def _draw_tags(
    figure: go.Figure,
    tags: Sequence[_Tag],
    places: Sequence[tuple[float, int]],
    canvas: Canvas,
    box: float,
    height: float,
    side: int,
) -> None:
    u = canvas.u
    for tag, (shift, level) in zip(tags, places, strict=True):
        foot = side * (box + 5 * u + level * height)
        inner = box if side > 0 else (-box if tag.strong else box)
        if side < 0 or level:
            figure.add_scatter(
                name="leader", mode="lines", x=[tag.x, tag.x], y=[side * inner, foot], hoverinfo="skip",
                line={"color": TEXT if side < 0 and tag.strong else CONTEXT,
                      "width": (2 if side < 0 and tag.strong else 1) * u,
                      "dash": "dot" if side < 0 and tag.strong else "solid"},
            )  # fmt: skip
        if side < 0 and not tag.strong:
            figure.add_scatter(
                name="reference", mode="markers", x=[tag.x], y=[-box], hoverinfo="skip",
                marker={"symbol": "triangle-up", "size": 9 * u, "color": CONTEXT},
            )  # fmt: skip
        figure.add_annotation(
            name="wage", showarrow=False, borderpad=0, align="center", x=tag.x, y=foot + side * 2 * u,
            text="<br>".join(plain(line) for line in tag.lines), xshift=shift,
            yanchor="bottom" if side > 0 else "top",
            font={"size": canvas.sizes.tick, "color": TEXT if side > 0 else SECONDARY_TEXT,
                  "weight": 700 if tag.bold else 400},
        )  # fmt: skip


def _draw_box(
    figure: go.Figure, known: Mapping[str, float], capped: set[str], canvas: Canvas, box: float
) -> None:
    accent, u = canvas.frame.palette.accent, canvas.u
    if "p10" in known and "p90" in known:
        figure.add_scatter(
            name="p10 to p90", mode="lines", x=[known["p10"], known["p90"]], y=[0, 0], hoverinfo="skip",
            line={"color": accent, "width": 3 * u},
        )  # fmt: skip
    if "p25" in known and "p75" in known:
        x0, x1 = known["p25"], known["p75"]
        figure.add_scatter(
            name="p25 to p75", mode="lines", x=[x0, x1, x1, x0, x0], y=[-box, -box, box, box, -box],
            fill="toself", fillcolor=tint(accent, 0.25), hoverinfo="skip",
            line={"color": accent, "width": 1.5 * u},
        )  # fmt: skip
    single = [p for p in known if p != "median"]
    figure.add_scatter(
        name="wage points", mode="markers", x=[known[p] for p in single], y=[0] * len(single),
        cliponaxis=False, hoverinfo="text",
        hovertext=[hover(_LONG[p], format_money(known[p], top_coded=p in capped)) for p in single],
        marker={
            "symbol": ["triangle-right-open" if p in capped else "circle" for p in single],
            "size": [(17 if p in capped else 8) * u for p in single], "color": accent,
            "line": {"width": 2 * u, "color": accent},
        },
    )  # fmt: skip
    if "median" in known:
        figure.add_scatter(
            name="median halo", mode="lines", x=[known["median"]] * 2, y=[-box - 3 * u, box + 3 * u],
            line={"color": PAPER, "width": 8 * u}, hoverinfo="skip",
        )  # fmt: skip
        figure.add_scatter(
            name="median", mode="lines", x=[known["median"]] * 2, y=[-box - 3 * u, box + 3 * u],
            line={"color": TEXT, "width": 4 * u}, hoverinfo="text",
            hovertext=hover("median", format_money(known["median"], top_coded="median" in capped)),
        )  # fmt: skip


def _note(values: Mapping[str, float | None], references: Sequence[Reference]) -> str:
    missing = [_LONG[p] for p, v in values.items() if v is None]
    missing += [r.label for r in references if r.value is None]
    return f"Not published: {', '.join(missing)}." if missing else ""


def _spoken(known: Mapping[str, float], capped: set[str], references: Sequence[Reference]) -> str:
    if not known:
        return "No wage is published"
    parts = [f"{_LONG[p]} {format_money(v, top_coded=p in capped)}" for p, v in known.items()]
    parts += [f"{r.label} {format_money(r.value)}" for r in references]
    return "; ".join(parts).capitalize()


def _table(
    values: Mapping[str, float | None], capped: set[str], references: Sequence[Reference], per: str
) -> pd.DataFrame:
    rows = [(_LONG[p].capitalize(), v, p in capped) for p, v in values.items()]
    rows += [(r.label, r.value, False) for r in references]
    frame = pd.DataFrame(rows, columns=["percentile", "value", "at_or_above"])
    frame["value"] = pd.to_numeric(frame["value"]).astype("Float64")
    table = tables.display_table(frame, list(frame.columns))
    return table.rename(columns={"Value": f"USD per {per}"})
