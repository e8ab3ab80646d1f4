"""A pathway on a phone: stages one below the other, boxes as wide as the screen, in each where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from lmi.presentation.frame import Canvas, Chart, Frame, alt_text
from lmi.presentation.graph_layout import Edge, Node, layout
from lmi.presentation.pathway_boxes import Box, Grid, boxes_note, draw_boxes, inset, set_box, text_room
from lmi.presentation.pathway_keys import SAMPLE, Key, draw_keys, draw_sample, keys_of, place_keys
from lmi.presentation.pathway_sheet import Sheet
from lmi.presentation.pathway_table import map_table
from lmi.presentation.pathway_words import ROUGH_NOTE, Arrow, Story, counted, spoken
from lmi.presentation.text import block_height, joined, wrap
from lmi.presentation.theme import SECONDARY_TEXT, TEXT

_BETWEEN = 12  # between two boxes
_BEFORE_STAGE = 20
_AFTER_STAGE = 7
_LEADS = 6  # between the lines that say where a job leads
_LAST = 2  # more under the last of them
_UNDER = 18  # between the boxes and the legend
_TIME_NOTE = "After an arrow: the job it leads to, and typical months (mo) to get there."


@dataclass(frozen=True)
class _Lead:
    """One move as a line of the box it starts from. down: pixels from the top of the box."""

    arrow: Arrow
    lines: tuple[str, ...]
    down: float


@dataclass(frozen=True)
class _Stop:
    """A box with its moves; top: pixels from the top of the plot."""

    box: Box
    leads: tuple[_Lead, ...]
    top: float = 0.0


def phone_map(story: Story, frame: Frame, selected: str = "") -> Chart:
    """The same story as the map for a narrow screen, as tall as it has to be."""
    canvas = Canvas(frame, (boxes_note(story), _times_note(story)))
    u = canvas.u
    grid = Grid(1, canvas.text_width, canvas.text_width, stretch=True)
    sheet = Sheet()
    stops: list[_Stop] = []
    y = 0.0
    order = _order(story)
    for stage, header, sub in story.columns:
        y += _BEFORE_STAGE * u if stops else 0
        y = _draw_stage(sheet, header, sub, y, canvas)
        for soc in (soc for soc in order if story.by_soc[soc].stage == stage):
            stop = replace(_set_stop(story, soc, order, grid.box, canvas), top=y)
            stops.append(stop)
            y += stop.box.height + _BETWEEN * u
    at = {s.box.job.soc: (0, s.top + s.box.height / 2) for s in stops}
    draw_boxes(sheet, {s.box.job.soc: s.box for s in stops}, at, grid, story, canvas, selected)
    for stop in stops:
        _draw_leads(sheet, stop, story, canvas)
    keys = place_keys(keys_of(story, canvas), canvas)
    draw_keys(sheet, keys, canvas, left=canvas.pad, below=_UNDER * u)
    below = _UNDER * u + keys.height
    height = ceil(max(canvas.header + y + below + canvas.footer, frame.height or 0))
    canvas = Canvas(replace(frame, height=height), canvas.notes)
    sheet.figure.update_xaxes(range=[0, grid.width], visible=False)
    sheet.figure.update_yaxes(range=[canvas.plot_height(0, below), 0], visible=False)
    alt = alt_text("Stepped list", counted(story), frame.title, spoken(story))
    return canvas.finish(
        sheet.put(), left=canvas.pad, right=canvas.pad, table=map_table(story), alt=alt, below=below
    )


def _times_note(story: Story) -> str:
    told = story.detail.times and any(arrow.time for arrow in story.arrows)
    return f"{_TIME_NOTE}{f' {ROUGH_NOTE}' if story.estimated else ''}" if told else ""


def _order(story: Story) -> list[str]:
    """The occupations from the top, by stage and, within it, as they stand on the wide map."""
    nodes = [Node(job.soc, story.stage_order[job.stage], 1.0) for job in story.jobs]
    edges = [Edge(*arrow.pair) for arrow in story.arrows]
    placed = layout(nodes, edges, gap=1.0)
    return sorted(placed.y, key=lambda soc: (placed.layer[soc], placed.y[soc], soc))


def _set_stop(story: Story, soc: str, order: Sequence[str], width: float, canvas: Canvas) -> _Stop:
    """A job and the moves that start from it, in the order in which their goals stand."""
    u, size = canvas.u, canvas.sizes.tick
    box = set_box(story.by_soc[soc], width, story, canvas, bold=True)
    room = text_room(width, canvas, demand=story.detail.demand) - (SAMPLE + 6) * u
    own = sorted((a for a in story.arrows if a.start == soc), key=lambda a: (order.index(a.goal), a.status))
    leads = []
    down = box.height
    for arrow in own:
        time = f", {arrow.time}" if story.detail.times and arrow.time else ""
        lines = wrap(f"{story.by_soc[arrow.goal].title}{time}", room, size)
        leads.append(_Lead(arrow, tuple(lines), down))
        down += block_height(len(lines), size) + _LEADS * u
    return _Stop(replace(box, height=down + (_LAST * u if leads else 0)), tuple(leads))


def _draw_stage(sheet: Sheet, header: str, sub: str, top: float, canvas: Canvas) -> float:
    """The words over a stage; where the first box begins."""
    sizes = canvas.sizes
    for name, words, size, colour, weight in (
        ("stage", header, sizes.label, TEXT, 700),
        ("stage-about", sub, sizes.source, SECONDARY_TEXT, 400),
    ):
        lines = wrap(words, canvas.text_width, size, bold=weight > 400)
        if lines:
            sheet.add_annotation(
                name=name, text=joined(lines), showarrow=False, borderpad=0, align="left", xref="paper",
                x=0, xanchor="left", yref="paper", y=1, yanchor="top", yshift=-top,
                font={"size": size, "color": colour, "weight": weight},
            )  # fmt: skip
            top += block_height(len(lines), size) + 2 * canvas.u
    return top + _AFTER_STAGE * canvas.u


def _draw_leads(sheet: Sheet, stop: _Stop, story: Story, canvas: Canvas) -> None:
    """Where a job leads: the arrow's own form, then the job and the time."""
    u, size = canvas.u, canvas.sizes.tick
    left = inset(canvas, demand=story.detail.demand)
    for lead in stop.leads:
        top = stop.top + lead.down
        draw_sample(sheet, Key("move", "", arrow=lead.arrow), left, top + size * 0.58, canvas, y=1)
        sheet.add_annotation(
            name="lead", text=joined(list(lead.lines)), showarrow=False, borderpad=0, align="left",
            xref="paper", x=0, xanchor="left", xshift=left + (SAMPLE + 6) * u, yref="paper", y=1,
            yanchor="top", yshift=-top, font={"size": size, "color": TEXT},
        )  # fmt: skip
