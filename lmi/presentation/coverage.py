"""How much of an area is covered: by count of occupations and by jobs, against the aim."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from lmi.domain.figures import NOT_PUBLISHED
from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_pct, number
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text, hover
from lmi.presentation.rowplan import RowPlan, draw_labels, left_out
from lmi.presentation.text import block_height, measure, plain, wrap
from lmi.presentation.theme import GRID, SECONDARY_TEXT, TEXT

_KINDS = {"by_count_pct": "of occupations", "by_employment_pct": "of jobs"}
_LABEL = 220  # width of the column of labels in desk pixels


@dataclass(frozen=True)
class _Row:
    label: str
    shares: tuple[float | None, ...]
    aim: float | None
    kinds: tuple[str, ...] = tuple(_KINDS.values())

    @property
    def words(self) -> list[str]:
        """What stands beside each bar."""
        return [
            f"{kind}: {NOT_PUBLISHED}" if v is None else f"{_pct(v)} {kind}"
            for v, kind in zip(self.shares, self.kinds, strict=True)
        ]


def coverage_bars(rows: pd.DataFrame, frame: Frame) -> Chart:
    """Two thin bars a measure, of occupations over of jobs, from 0 to 100%, with a tick for the aim.

    The aim is on the share of jobs, so the tick crosses that bar only.

    rows: measure, by_count_pct, by_employment_pct and aim_pct; each may be missing. count_of and
    weight_of, if there, say what the bars are shares of where it is not occupations and jobs.
    """
    read = [
        _Row(_label(row), (number(row["by_count_pct"]), number(row["by_employment_pct"])),
             number(row["aim_pct"]), _kinds(row))
        for _, row in rows.iterrows()
    ]  # fmt: skip
    canvas, plan = _fit(read, frame)
    drawn = read[: plan.shown]
    figure = go.Figure()
    _draw_bars(figure, drawn, plan, canvas)
    _draw_aims(figure, drawn, plan, canvas)
    draw_labels(figure, plan, canvas)
    size = canvas.sizes.tick
    right = max((measure(w, size) for r in drawn for w in r.words), default=0) + 10 * canvas.u + canvas.pad
    figure.update_xaxes(range=[0, 100], visible=False)
    alt = alt_text(
        f"Paired bars, {counted(len(read), 'measure')},", "coverage in percent", frame.title,
        "; ".join(f"{r.label}: {', '.join(r.words)}" for r in read) or "No measure is known",
    )  # fmt: skip
    table = tables.display_table(rows, ["measure", *_KINDS, "aim_pct"])
    return canvas.finish(figure, left=plan.left, right=right, table=table, alt=alt)


def _kinds(row: pd.Series) -> tuple[str, ...]:
    named = (row.get("count_of"), row.get("weight_of"))
    given = zip(named, _KINDS.values(), strict=True)
    return tuple(f"of {name}" if isinstance(name, str) and name else usual for name, usual in given)


def _pct(value: float) -> str:
    return format_pct(value, decimals=0 if value in (0, 100) else 1)


def _label(row: pd.Series) -> str:
    aim = number(row["aim_pct"])
    return str(row["measure"]) + ("" if aim is None else f" (aim {format_pct(aim, decimals=0)})")


def _notes(rows: list[_Row], shown: int) -> list[str]:
    aims = any(r.aim is not None for r in rows)
    return [
        "Upright line: the aim, which is on the lower bar of a pair." if aims else "",
        left_out(len(rows), shown),
    ]


def _fit(rows: list[_Row], frame: Frame) -> tuple[Canvas, RowPlan]:
    """Rows high enough for two lines of words; the figure is as high as they need."""
    canvas = Canvas(frame, _notes(rows, len(rows)))
    plan = _place(rows, canvas)
    if frame.height is None:
        used = canvas.header + canvas.footer + plan.total
        canvas = Canvas(frame, canvas.notes, round(max(used, 0 if frame.phone else 200 * canvas.u)))
        return canvas, plan
    shown = sum(c + plan.bar * 1.6 <= canvas.plot_height() for c in plan.centres)
    canvas = Canvas(frame, _notes(rows, max(shown, 1)))
    return canvas, RowPlan(
        plan.lines[: max(shown, 1)], plan.centres[: max(shown, 1)], canvas.plot_height(), plan.left, plan.bar,
        max(shown, 1),
    )  # fmt: skip


def _place(rows: list[_Row], canvas: Canvas) -> RowPlan:
    """The middle of each pair of bars; `bar` is half the height of a pair."""
    size, u, phone = canvas.sizes.tick, canvas.u, canvas.frame.phone
    lines = [wrap(r.label, canvas.text_width if phone else _LABEL * u, size) for r in rows]
    line, y, centres = size * 1.4, 0.0, []
    for each in lines:
        text = block_height(len(each), size)
        if phone:
            y += text + 2 * u
            centres.append(y + line)
            y += 2 * line + 10 * u
        else:
            height = max(text, 2 * line) + 14 * u
            centres.append(y + height / 2)
            y += height
    widest = max((measure(t, size) for each in lines for t in each), default=0)
    left = canvas.pad + (0 if phone else widest + 12 * u)
    return RowPlan(tuple(map(tuple, lines)), tuple(centres), max(y, 1), left, 2 * line, len(rows))


def _draw_bars(figure: go.Figure, rows: list[_Row], plan: RowPlan, canvas: Canvas) -> None:
    u, size, half = canvas.u, canvas.sizes.tick, plan.bar / 4
    fills = (canvas.frame.palette.accent, canvas.frame.palette.muted)
    for i, (kind, fill) in enumerate(zip(_KINDS.values(), fills, strict=True)):
        side = half * (2 * i - 1)
        ys = [c + side for c in plan.centres]
        for y in ys:
            figure.add_shape(
                name="track", type="rect", x0=0, x1=100, y0=y - 4 * u, y1=y + 4 * u, layer="below",
                fillcolor=GRID, line={"width": 0},
            )  # fmt: skip
        known = [(r, y) for r, y in zip(rows, ys, strict=True) if r.shares[i] is not None]
        figure.add_bar(
            name=kind, orientation="h", x=[r.shares[i] for r, _ in known], y=[y for _, y in known],
            width=8 * u, marker={"color": fill, "line": {"width": 0}}, hoverinfo="text",
            hovertext=[hover(r.label, r.words[i]) for r, _ in known],
        )  # fmt: skip
        for r, y in zip(rows, ys, strict=True):
            figure.add_annotation(
                name="value text", text=plain(r.words[i]), xref="paper", x=1, y=y, xanchor="left",
                yanchor="middle", xshift=8 * u, showarrow=False, borderpad=0,
                font={"size": size, "color": SECONDARY_TEXT if r.shares[i] is None else TEXT},
            )  # fmt: skip
    figure.update_layout(barmode="overlay")


def _draw_aims(figure: go.Figure, rows: list[_Row], plan: RowPlan, canvas: Canvas) -> None:
    """A tick over the bar of jobs, which the aim is on."""
    reach = 8 * canvas.u
    for r, centre in zip(rows, plan.centres, strict=True):
        y = centre + plan.bar / 4
        if r.aim is not None:
            figure.add_shape(
                name="aim", type="line", x0=r.aim, x1=r.aim, y0=y - reach, y1=y + reach,
                line={"color": TEXT, "width": 2 * canvas.u},
            )  # fmt: skip
