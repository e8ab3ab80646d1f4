"""The map of a career pathway: stages as columns, occupations as boxes, moves as arrows; made for print."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

import pandas as pd

from lmi.domain.settings import MapDetail
from lmi.presentation.frame import Canvas, Chart, Frame, alt_text
from lmi.presentation.graph_layout import Edge, Node, Placement, layers_of, layout
from lmi.presentation.pathway_arrows import arc_room, dock_room, draw_arrows, route_all
from lmi.presentation.pathway_boxes import Box, Grid, boxes_note, draw_boxes, set_box, text_room
from lmi.presentation.pathway_keys import draw_keys, keys_of, place_keys
from lmi.presentation.pathway_phone import phone_map
from lmi.presentation.pathway_sheet import Sheet
from lmi.presentation.pathway_table import map_table
from lmi.presentation.pathway_times import draw_times
from lmi.presentation.pathway_words import ROUGH_NOTE, SUGGESTED, Story, counted, read_story, spoken
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import GRID, SECONDARY_TEXT, TEXT

_LETTER = 0.535  # width of an average letter, in em
_LETTERS = 18  # of a title in one line
_SIDES = 34  # of a box beside its text
_FEWEST_LETTERS = 13  # in one line; fewer only where the screen leaves no choice
_TIGHT, _ROOMY, _WIDEST = 22, 44, 96  # between two columns: at least, aimed at without times, at most
_BESIDE_TIME = 20  # of an arrow, beside its time
_GAP = 15  # between two boxes
_STRETCH = 2.2  # the gap grows at most so much where there is height to spare
_OVER, _UNDER = 12, 16  # between the heads of the columns and the boxes, and between these and the legend
_HEAD_GAP = 3  # between a header and its subheader
_TIME_NOTE = "On the arrows: typical months (mo) to the next job; times without room are in the table."
_TABLE_NOTE = "Typical times of the moves are in the table."
_THICK_NOTE = "Thicker arrows: more organizations support the move."


@dataclass(frozen=True)
class _Head:
    """Words over the layers of one stage."""

    layer: int
    header: tuple[str, ...]
    sub: tuple[str, ...]


@dataclass(frozen=True)
class _Plan:
    """All that is known before anything is drawn."""

    story: Story
    frame: Frame
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    most: int
    columns: tuple[int, ...]
    grid: Grid
    boxes: Mapping[str, Box]

    def place(self, gap: float) -> Placement:
        """Everything placed, boxes at least `gap` pixels apart."""
        return layout(self.nodes, self.edges, gap=gap, most_layers=self.most)


def pathway_map(
    nodes: pd.DataFrame,
    moves: pd.DataFrame,
    frame: Frame,
    *,
    columns: Sequence[tuple[str, str, str]],
    words: Mapping[str, str],
    detail: MapDetail,
    selected: str = "",
) -> Chart:
    """Occupations in the columns of their stages, and the moves between them; all that is given is drawn.

    nodes: one row per occupation: soc, title, stage, pay (USD / year, NaN), pay_top_coded, openings (per
    year, NaN), in_demand (True, False, None), target, origin ('pathway' or 'neighbour'). moves: start,
    goal, status ('proposed', 'validated', 'suggested'), reading, kind, pay_ratio, pay_area, months_low,
    months_high, credential, license, organisations, crossover; where known also months_estimated (the time
    is a rough estimate) and pay_at_least (the ratio is a lower bound). columns: (stage, header, subheader)
    from the left; those without occupations are left out. words: terms of lmi.domain.audience_words.
    selected: the soc that is ringed. The order of rows does not matter. ValueError for a stage without a
    column or a soc that comes twice, KeyError for a move whose end is no row.
    """
    story = read_story(nodes, moves, columns, words, detail)
    if frame.phone:
        return phone_map(story, frame, selected)
    return _layered_map(story, frame, selected)


def _layered_map(story: Story, frame: Frame, selected: str) -> Chart:
    plan = _plan(story, frame)
    canvas = Canvas(plan.frame, _notes(plan))
    heads = _heads(plan, canvas)
    above = max((_tall(head, canvas) for head in heads), default=0) + _OVER * canvas.u
    keys = place_keys(keys_of(story, canvas), canvas)
    below = _UNDER * canvas.u + keys.height
    placement, canvas = _fit(plan, canvas, above, below)
    sheet = Sheet()
    tall = canvas.plot_height(above, below)
    routes = route_all(story.arrows, placement, plan.boxes, plan.grid, canvas.u)
    draw_arrows(sheet, routes, story, plan.grid, canvas)
    at = {soc: (placement.layer[soc], placement.y[soc]) for soc in plan.boxes}
    draw_boxes(sheet, plan.boxes, at, plan.grid, story, canvas, selected)
    if any(note.startswith(_TIME_NOTE) for note in canvas.notes):
        draw_times(sheet, routes, plan.grid, canvas)
    _draw_heads(sheet, heads, placement.columns, plan.grid, canvas, above)
    _draw_axes(sheet, plan.grid, tall)
    left, right = canvas.pad + plan.grid.before, canvas.pad + plan.grid.after
    draw_keys(sheet, keys, canvas, left=left, below=_UNDER * canvas.u)
    return canvas.finish(
        sheet.put(), left=left, right=right, table=map_table(story), alt=_alt(story, frame), above=above,
        below=below,
    )  # fmt: skip


def _notes(plan: _Plan) -> list[str]:
    story, room = plan.story, plan.grid.pitch - plan.grid.box
    told = story.detail.times and any(arrow.time for arrow in story.arrows)
    drawn = told and _between(story, Canvas(plan.frame)) <= room
    rough = f" {ROUGH_NOTE}" if drawn and story.estimated else ""
    times = f"{_TIME_NOTE if drawn else _TABLE_NOTE}{rough}" if told else ""
    thick = any(len(arrow.organisations) > 1 for arrow in story.arrows)
    return [boxes_note(story), times, _THICK_NOTE if thick else ""]


def _alt(story: Story, frame: Frame) -> str:
    return alt_text("Layered map", counted(story), frame.title, spoken(story))


def _plan(story: Story, frame: Frame) -> _Plan:
    """Layers, the width of boxes and the room between them on the narrowest screen."""
    canvas = Canvas(frame)
    u, room, letter = canvas.u, canvas.text_width, _LETTER * canvas.sizes.label
    nodes = tuple(Node(job.soc, story.stage_order[job.stage], 1.0) for job in story.jobs)
    edges = tuple(Edge(*arrow.pair, 0.25 if arrow.status == SUGGESTED else 1.0) for arrow in story.arrows)
    best, least = (letters * letter + _SIDES * u for letters in (_LETTERS, _FEWEST_LETTERS))
    between = _between(story, canvas)
    most = max(int((room + between) // (least + between)), 1)
    layer_of, columns = layers_of(nodes, edges, most_layers=most)
    layers = max(len(columns), 1)
    before, after = _beside(story, layer_of, layers, u)
    box = (room - before - after - (layers - 1) * between) / layers
    roomiest = (room - before - after - (layers - 1) * _ROOMY * u) / layers
    box = min(max(box, _longest_word(story, canvas)), best, roomiest)
    if box < least:
        before, after = (0.0, 0.0) if layers > 1 else (before, after)
        box = min(least, (room - (layers - 1) * _TIGHT * u) / layers)
    width = min(room - before - after, layers * box + (layers - 1) * max(between, _WIDEST * u))
    width = max(width, canvas.sizes.min_width - 2 * canvas.pad - before - after)
    grid = Grid(layers, box, (width - box) / max(layers - 1, 1), before, after)
    boxes = {job.soc: set_box(job, box, story, canvas) for job in story.jobs}
    for soc, least_height in dock_room(story.arrows, layer_of, grid, u).items():
        boxes[soc] = replace(boxes[soc], height=max(boxes[soc].height, least_height))
    nodes = tuple(replace(node, height=boxes[node.id].height) for node in nodes)
    frame = replace(frame, width=ceil(width + before + after + 2 * canvas.pad))
    return _Plan(story, frame, nodes, edges, most, columns, grid, boxes)


def _longest_word(story: Story, canvas: Canvas) -> float:
    """Pixels of a box in which no word of a title is broken."""
    words = (word for job in story.jobs for word in re.findall(r"[^\s/-]+[/-]*", job.title))
    widest = max((measure(word, canvas.sizes.label) for word in words), default=0)
    return widest + 1 - text_room(0, canvas, demand=story.detail.demand)


def _beside(story: Story, layer_of: Mapping[str, int], layers: int, u: float) -> tuple[float, float]:
    """Pixels for arcs to the left of the first layer and to the right of the last."""
    arcs = Counter(layer_of[a.start] for a in story.arrows if layer_of[a.start] == layer_of[a.goal])
    first, last = (arc_room(arcs[layer]) * u for layer in (0, layers - 1))
    return (first if layers > 1 else 0.0), last


def _between(story: Story, canvas: Canvas) -> float:
    """Pixels wanted between two columns: the longest time and its arrow, or just an arrow."""
    times = [arrow.time for arrow in story.arrows if arrow.time] if story.detail.times else []
    widest = max((measure(time, canvas.sizes.source) for time in times), default=0)
    return widest + _BESIDE_TIME * canvas.u if times else _ROOMY * canvas.u


def _heads(plan: _Plan, canvas: Canvas) -> list[_Head]:
    """Header and subheader of every stage, as wide as its layers and a little of the room beside."""
    out = []
    grid, sizes, columns = plan.grid, canvas.sizes, plan.columns
    spare = min((grid.pitch - grid.box) * 0.7, 60 * canvas.u) if grid.layers > 1 else 60 * canvas.u
    for column, (_, header, sub) in enumerate(plan.story.columns):
        width = (columns.count(column) - 1) * grid.pitch + grid.box + spare
        lines = wrap(header, width, sizes.label, bold=True)
        out.append(_Head(columns.index(column), tuple(lines), tuple(wrap(sub, width, sizes.source))))
    return out


def _tall(head: _Head, canvas: Canvas) -> float:
    sizes = canvas.sizes
    between = _HEAD_GAP * canvas.u if head.header and head.sub else 0
    return block_height(len(head.header), sizes.label) + between + block_height(len(head.sub), sizes.source)


def _fit(plan: _Plan, canvas: Canvas, above: float, below: float) -> tuple[Placement, Canvas]:
    """Boxes spread over the height that a 16:9 image needs; more height where they ask for it.

    The height is a multiple of 9, so that an image of it has whole pixels and is never narrower than the
    map.
    """
    u = canvas.u
    least = max(plan.frame.height or 0, ceil(canvas.min_width / 16) * 9)
    around = canvas.header + above + below + canvas.footer
    placement = plan.place(_GAP * u)
    count = max(Counter(placement.layer.values()).values(), default=1)
    spare = least - around - placement.height
    if spare > 0 and count > 1:
        gap = min(_GAP * u + spare / (count - 1), _STRETCH * _GAP * u)
        placement = plan.place(gap)
    height = ceil(max(around + placement.height, least) / 9) * 9
    down = (height - around - placement.height) / 2
    return _shifted(placement, down), Canvas(replace(canvas.frame, height=height), canvas.notes)


def _shifted(placement: Placement, down: float) -> Placement:
    y = {soc: at + down for soc, at in placement.y.items()}
    bends = {pair: tuple((layer, at + down) for layer, at in each) for pair, each in placement.bends.items()}
    return replace(placement, y=y, bends=bends)


def _draw_heads(
    sheet: Sheet,
    heads: Sequence[_Head],
    columns: Sequence[int],
    grid: Grid,
    canvas: Canvas,
    above: float,
) -> None:
    """Words over the first layer of each stage, and a thin line between stages."""
    sizes, u = canvas.sizes, canvas.u
    for head in heads:
        top = above
        for name, lines, size, colour, weight in (
            ("stage", head.header, sizes.label, TEXT, 700),
            ("stage-about", head.sub, sizes.source, SECONDARY_TEXT, 400),
        ):
            if lines:
                sheet.add_annotation(
                    name=name, text=joined(list(lines)), showarrow=False, borderpad=0, align="left",
                    xref="paper", x=grid.across(head.layer), xanchor="left",
                    xshift=grid.aside(head.layer) - grid.box / 2, yref="paper", y=1, yanchor="top",
                    yshift=top, font={"size": size, "color": colour, "weight": weight},
                )  # fmt: skip
                top -= block_height(len(lines), size) + _HEAD_GAP * u
    for layer in range(1, len(columns)):
        if columns[layer] != columns[layer - 1]:
            aside = grid.aside(layer - 0.5)
            sheet.add_shape(
                name="between", type="line", layer="below", xref="paper", xsizemode="pixel",
                xanchor=grid.across(layer - 0.5), x0=aside, x1=aside, yref="paper", y0=0, y1=1,
                line={"color": GRID, "width": u},
            )  # fmt: skip


def _draw_axes(sheet: Sheet, grid: Grid, tall: float) -> None:
    """Across: pixels of the narrowest screen; down: pixels from the upper edge of the plot."""
    sheet.figure.update_xaxes(range=[0, round(grid.width, 2)], visible=False)
    sheet.figure.update_yaxes(range=[tall, 0], visible=False)
