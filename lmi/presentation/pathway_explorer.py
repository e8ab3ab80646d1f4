"""The pathway network to explore: drawn by pyvis and vis-network in a document of our own, offline."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise

import pandas as pd
from pyvis.network import Network  # type: ignore[import-untyped]

from lmi.domain.settings import MapDetail
from lmi.presentation import explorer_times, explorer_words, theme
from lmi.presentation.explorer_page import Look, document, look_of
from lmi.presentation.explorer_words import LABEL, label_lines
from lmi.presentation.graph_layout import Edge, Node, Placement, layout
from lmi.presentation.pathway_words import SUGGESTED, Arrow, Job, Story, read_story, spoken
from lmi.presentation.text import measure

_LINE = 1.0  # of the label size, between lines: vis-network sets them so
_UNDER = 10  # pixels between a mark and its label
_LAYERS = 6  # as many as a page of 1,000 pixels shows at a readable size
_PITCH, _COLUMN_GAP, _GAP = 160.0, 16.0, 24.0
_LARGEST, _SMALLEST = 28.0, 6.0  # radius of a mark
_ASIDE = 76.0  # pixels from the middle of a layer to a move that stays in it
_EDGE = 12.0  # pixels of the outer columns beyond what stands in them
_ROOT = math.sqrt(math.pi) / 2  # half the side of a square as large as a dot of radius 1
_DASHES: Mapping[str, object] = {"validated": False, "proposed": [9, 5], "suggested": [2, 4]}
_AHEAD: Mapping[str, object] = {
    "enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": explorer_times.BEND,
}  # fmt: skip
_OUT: Mapping[str, object] = {"enabled": True, "type": "horizontal", "roundness": 1}  # to beside a layer
_BACK: Mapping[str, object] = {"enabled": True, "type": "vertical", "roundness": 1}  # and back into it
_OPTIONS: Mapping[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "dragNodes": True, "dragView": True, "zoomView": True, "zoomSpeed": 0.6,
                    "selectConnectedEdges": False, "hoverConnectedEdges": False, "keyboard": False},
    "nodes": {"chosen": False},
    "edges": {"chosen": False, "arrowStrikethrough": False, "selectionWidth": 0, "hoverWidth": 0},
}  # fmt: skip
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class _Drawing:
    """What is drawn and where. radius, height: of each job's mark and of mark and label, by soc."""

    story: Story
    radius: Mapping[str, float]
    height: Mapping[str, float]
    placed: Placement

    def x(self, layer: int) -> float:
        """Middle of a layer in pixels; layers of two columns stand a little further apart."""
        return layer * _PITCH + len(set(self.placed.columns[: layer + 1])) * _COLUMN_GAP

    def mark(self, soc: str) -> tuple[float, float]:
        """Middle of a job's mark."""
        top = self.placed.y[soc] - self.height[soc] / 2
        return self.x(self.placed.layer[soc]), top + self.radius[soc]

    def points(self, arrow: Arrow) -> list[tuple[float, float]]:
        """Where a move begins, bends and ends; within a layer it goes down on the right, up on the left."""
        start, goal = self.mark(arrow.start), self.mark(arrow.goal)
        if self.beside(arrow):
            side = _ASIDE if start[1] < goal[1] else -_ASIDE
            return [start, (start[0] + side, (start[1] + goal[1]) / 2), goal]
        return [start, *((self.x(n), y) for n, y in self.placed.bends.get(arrow.pair, ())), goal]

    def beside(self, arrow: Arrow) -> bool:
        """Whether a move stays within a layer."""
        return self.placed.layer[arrow.start] == self.placed.layer[arrow.goal]

    @cached_property
    def times(self) -> list[tuple[float, float] | None]:
        """Where the time of each move stands, if it is told and there is room for it."""
        arrows, told = self.story.arrows, self.story.detail.times
        times = [arrow.time if told and not self.beside(arrow) else "" for arrow in arrows]
        boxes = [(left, right, top, bottom) for left, top, right, bottom in self.boxes]
        return explorer_times.place_times(times, [self.points(arrow) for arrow in arrows], boxes)

    @cached_property
    def boxes(self) -> list[Box]:
        """What marks and labels take: two boxes for every job."""
        out = []
        for job in self.story.jobs:
            (x, y), r = self.mark(job.soc), self.radius[job.soc]
            lines = label_lines(job, self.story)
            half = max(measure(line, LABEL) for line in lines) / 2
            bottom = self.placed.y[job.soc] + self.height[job.soc] / 2
            out += [(x - r, y - r, x + r, y + r), (x - half, y + r, x + half, bottom)]
        return out


def explorer_html(
    nodes: pd.DataFrame,
    moves: pd.DataFrame,
    *,
    columns: Sequence[tuple[str, str, str]],
    words: Mapping[str, str],
    detail: MapDetail,
    links: Mapping[str, str],
    accent: str,
    dark: bool = False,
    title: str,
    filename: str,
    caption: Sequence[str] = (),
) -> str:
    """The network as a whole HTML document that fetches nothing, for an inline frame of any size.

    nodes, moves, columns, words: as for lmi.presentation.pathway_map.pathway_map, with the same refusals.
    links: soc -> address relative to the page around the frame. filename: of the image, without extension.
    caption: lines under the image when it is saved, such as selection and source; not shown on the page.
    All texts are plain text. BadInput for an accent that is not #RRGGBB.
    """
    story = read_story(nodes, moves, columns, words, detail)
    drawing = _draw(story)
    look = look_of(accent, dark)
    data = _network(drawing, look) | _told(drawing, links)
    data |= {"look": asdict(look), "title": explorer_words.flat(title), "filename": filename}
    data["caption"] = [line for line in map(explorer_words.flat, caption) if line]
    data["alt"] = f"{data['title']}. Network, {len(story.jobs)} jobs. {spoken(story)}."
    if dark:
        bright = look_of(accent, dark=False)
        data["print"] = {**_network(drawing, bright), "look": asdict(bright)}
    return document(data, look, dark)


def _told(drawing: _Drawing, links: Mapping[str, str]) -> dict[str, object]:
    """What the network says: tips, headers and legend, and how much room it takes."""
    story = drawing.story
    return {
        "jobs": {
            job.soc: explorer_words.job_tip(job, story) | {"href": links.get(job.soc, "")}
            for job in story.jobs
        },
        "moves": [explorer_words.move_tip(arrow, story) for arrow in story.arrows],
        "columns": _spans(drawing),
        "box": _box(drawing),
        "legend": explorer_words.legend(story, _least([job.openings for job in story.jobs])),
        "font": theme.FONT,
    }


def _draw(story: Story) -> _Drawing:
    radius = dict(zip(story.by_soc, _radii([job.openings for job in story.jobs]), strict=True))
    height = {
        job.soc: 2 * radius[job.soc] + _UNDER + _LINE * LABEL * len(label_lines(job, story))
        for job in story.jobs
    }
    placed = layout(
        [Node(job.soc, story.stage_order[job.stage], height[job.soc]) for job in story.jobs],
        [Edge(*arrow.pair, 0.5 if arrow.status == SUGGESTED else 1.0) for arrow in story.arrows],
        gap=_GAP, most_layers=_LAYERS,
    )  # fmt: skip
    return _Drawing(story, radius, height, placed)


def _least(openings: Sequence[float | None]) -> float:
    """Openings below which a mark would be too small to see and keeps the smallest size."""
    return max([n for n in openings if n is not None], default=0.0) * (_SMALLEST / _LARGEST) ** 2


def _radii(openings: Sequence[float | None]) -> list[float]:
    """Radii with areas in proportion to the openings; a small one where they are withheld."""
    most = max([n for n in openings if n is not None], default=0.0) or 1.0
    return [
        _SMALLEST if n is None else max(_SMALLEST, _LARGEST * math.sqrt(max(n, 0.0) / most)) for n in openings
    ]


def _network(drawing: _Drawing, look: Look) -> dict[str, object]:
    """Nodes, edges and options as vis-network reads them, made by pyvis."""
    net = Network(directed=True, cdn_resources="in_line")
    net.set_options(json.dumps(_OPTIONS))
    for job in drawing.story.jobs:
        _add_job(net, job, drawing, look)
    for i, arrow in enumerate(drawing.story.arrows):
        _add_move(net, i, arrow, drawing, look)
    for i, spot in enumerate(drawing.times):
        if spot:
            net.add_node(
                f"{i}/time", label=drawing.story.arrows[i].time, shape="text", x=spot[0], y=spot[1],
                fixed=True, move=i, font=_font(explorer_times.SIZE, look), color=look.paper,
            )  # fmt: skip
    return {"nodes": net.nodes, "edges": net.edges, "options": net.options}


def _add_job(net: Network, job: Job, drawing: _Drawing, look: Look) -> None:
    """A dot; a square for another pathway's job, a diamond where openings are not published.

    It never gets pyvis's title, which would be read as markup.
    """
    (x, y), r = drawing.mark(job.soc), drawing.radius[job.soc]
    told = drawing.story.detail.demand
    full = told and job.in_demand is True
    unknown = told and job.in_demand is None
    border = look.text if job.target or not (full or unknown) else look.accent if full else look.quiet
    shape = "diamond" if job.openings is None else "square" if job.foreign else "dot"
    width = 4 if job.target else 2
    net.add_node(
        job.soc, label="\n".join(label_lines(job, drawing.story)), shape=shape, x=x, y=y,
        level=drawing.placed.layer[job.soc], size=r * (_ROOT if shape == "square" else 1),
        color={"background": look.accent if full and job.openings is not None else look.paper,
               "border": border},
        borderWidth=width, borderWidthSelected=width,
        shapeProperties={"borderDashes": [4, 3] if unknown else False}, font=_font(LABEL, look),
    )  # fmt: skip


def _font(size: int, look: Look) -> dict[str, object]:
    return {"size": size, "face": theme.FONT, "color": look.text, "strokeWidth": 4,
            "strokeColor": look.paper, "background": look.paper, "multi": False}  # fmt: skip


def _add_move(net: Network, i: int, arrow: Arrow, drawing: _Drawing, look: Look) -> None:
    """One edge; or, over several layers, one through unseen points that keep it clear of other jobs."""
    points = drawing.points(arrow)
    beside, light = drawing.beside(arrow), arrow.status == SUGGESTED
    inner = [f"{i}/{at}" for at in range(1, len(points) - 1)]
    for name, (x, y) in zip(inner, points[1:-1], strict=True):
        net.add_node(name, label=" ", shape="dot", size=0, borderWidth=0, x=x, y=y, fixed=True,
                     color=look.paper)  # fmt: skip
    pairs = list(pairwise([arrow.start, *inner, arrow.goal]))
    for at, (one, other) in enumerate(pairs):
        net.add_edge(
            one, other, id=f"{i}/{at}", move=i, dashes=_DASHES[arrow.status],
            smooth=(_OUT, _BACK)[at] if beside else _AHEAD, width=1 if light or arrow.crossover else 2,
            color={"color": look.quiet if light else look.line, "inherit": False},
            arrows={"to": {"enabled": at == len(pairs) - 1, "scaleFactor": 0.8,
                           "type": "vee" if arrow.lateral else "arrow"}},
        )  # fmt: skip


def _spans(drawing: _Drawing) -> list[dict[str, object]]:
    """Header, subheader and extent of the columns that are drawn."""
    out: list[dict[str, object]] = []
    edge, half = _box(drawing), (_PITCH + _COLUMN_GAP) / 2
    for column in sorted(set(drawing.placed.columns)):
        layers = [i for i, c in enumerate(drawing.placed.columns) if c == column]
        _, head, under = drawing.story.columns[column]
        left = max(drawing.x(layers[0]) - half, edge["left"] - _EDGE)
        right = min(drawing.x(layers[-1]) + half, edge["right"] + _EDGE)
        out.append({"head": explorer_words.flat(head), "sub": explorer_words.flat(under),
                    "left": left, "right": right})  # fmt: skip
    return out


def _box(drawing: _Drawing) -> dict[str, float]:
    """The extent of everything drawn, in pixels."""
    bends = [(x, y, x, y) for arrow in drawing.story.arrows for x, y in drawing.points(arrow)]
    left, top, right, bottom = zip(*(drawing.boxes or [(0.0, 0.0, 1.0, 1.0)]), *bends, strict=True)
    return {"left": min(left), "top": min(top), "right": max(right), "bottom": max(bottom)}
