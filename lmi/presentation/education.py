"""What education the people in a job have: ordered levels, never sorted by size."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from lmi.presentation import tables
from lmi.presentation.formats import format_pct, number
from lmi.presentation.frame import Chart, Frame, alt_text, hover
from lmi.presentation.rowlabels import (
    EndText,
    Label,
    draw_axis,
    draw_end_texts,
    draw_rows,
    fit_labels,
    side_room,
)


def education_bars(rows: pd.DataFrame, frame: Frame) -> Chart:
    """Bars in the order of `rows`, which is the order of the levels, with the share at each end.

    rows: category_label and share_pct (missing: 'not published', no bar).
    """
    names = [str(name) for name in rows["category_label"]]
    shares = [number(v) for v in rows["share_pct"]]
    notes = ["Not published does not mean zero."] if any(v is None for v in shares) else []
    canvas, plan = fit_labels(frame, [Label(name) for name in names], notes, grow=1.7)
    drawn = list(zip(names, shares, plan.centres, strict=False))
    axis = (0.0, max([v for _, v, _ in drawn if v is not None], default=0.0) or 1.0)
    texts = [EndText(i, v or 0, format_pct(v), grey=v is None) for i, (_, v, _) in enumerate(drawn)]
    _, right = side_room(texts, axis, plan, canvas)
    figure = go.Figure()
    draw_axis(figure, canvas, axis, [])
    known = [(name, v, y) for name, v, y in drawn if v is not None]
    figure.add_bar(
        name="share", orientation="h", x=[v for _, v, _ in known], y=[y for *_, y in known], width=plan.bar,
        marker={"color": frame.palette.accent, "line": {"width": 0}}, customdata=[n for n, *_ in known],
        hovertext=[hover(name, format_pct(v)) for name, v, _ in known], hoverinfo="text",
    )  # fmt: skip
    draw_rows(figure, plan, canvas)
    draw_end_texts(figure, texts, plan, canvas)
    alt = alt_text(
        f"Horizontal bar chart in order of level, {len(names)} levels,", "shares of workers", frame.title,
        _extremes(names, shares),
    )  # fmt: skip
    table = tables.display_table(rows, ["category_label", "share_pct"])
    return canvas.finish(figure, left=plan.left, right=right, table=table, alt=alt)


def _extremes(names: Sequence[str], shares: Sequence[float | None]) -> str:
    known = [(v, name) for name, v in zip(names, shares, strict=True) if v is not None]
    if not known:
        return "No share is published"
    most, least = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
    text = f"Largest: {most[1]}, {format_pct(most[0])}"
    return text if len(known) == 1 else f"{text}; smallest: {least[1]}, {format_pct(least[0])}"
