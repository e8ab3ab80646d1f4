"""Pathways: the network of an area, suggested moves, routes, and the layout of a large graph."""

from functools import partial
from random import Random

import lmi.answers.pathway as pathway_answers
from bench import areas, children
from bench.desks import open_stage_desk
from bench.questions import AIM_MS, milliseconds
from bench.report import Row
from bench.stage import DEFAULT_AREA, Stage
from lmi.answers.desk import Desk
from lmi.answers.pathways import Network, network
from lmi.answers.routes import neighbours, routes
from lmi.presentation.graph_layout import Edge, Node, layout
from lmi.warehouse import queries

PAIRS_OF_EACH_AREA = 10
NODES, EDGES, COLUMNS = 500, 1_500, 4
GAP = 24.0
LAYOUT_AIM_MS = 1_000.0
NEXT = ["-m", "lmi", "pathways", "next", "31-1131", "--area", DEFAULT_AREA, "--json"]
LIST = ["-m", "lmi", "pathways", "list", "--area", DEFAULT_AREA, "--json"]


def measure(stage: Stage) -> list[Row]:
    """Answers at a desk of its own, the layout, and two commands from the shell."""
    desk = open_stage_desk(stage)
    chosen = areas.choose(queries.areas(desk.warehouse), stage.areas)
    first, _ = milliseconds(lambda: network(desk, DEFAULT_AREA).suggested)  # ratings, cut, related pairs
    rows = [Row("pathways: first network of a desk", (first,), note="with skills and related occupations")]
    rows += _answers(desk, chosen)
    desk.warehouse.close()
    nodes, edges = large_graph(NODES, EDGES)
    spent = [milliseconds(partial(layout, nodes, edges, gap=GAP))[0] for _ in range(stage.repeats(7))]
    rows.append(
        Row(f"layout of {NODES} occupations", tuple(spent), aim=LAYOUT_AIM_MS, note=f"{EDGES:,} moves")
    )
    for name, command in (("next", NEXT), ("list", LIST)):
        children.run(command, stage.environment)
        seconds = [children.run(command, stage.environment).seconds for _ in range(stage.repeats(5))]
        rows.append(Row(f"shell: lmi pathways {name}", tuple(seconds), "s"))
    return rows


def _answers(desk: Desk, codes: list[str]) -> list[Row]:
    """Everything that is asked of an area, nothing cached but what belongs to the desk."""
    made, suggested, walks, ways, near, every = [], [], [], [], [], []
    for number, code in enumerate(codes):
        spent, found = milliseconds(partial(network, desk, code))
        made.append(spent)
        suggested.append(milliseconds(lambda found=found: found.suggested)[0])
        walks.append(milliseconds(lambda found=found: found.walk.graph.graph)[0])
        for start, goal in pairs(list(found.nodes.index), PAIRS_OF_EACH_AREA, number):
            ways.append(milliseconds(partial(routes, found, start, goal))[0])
            near.append(milliseconds(partial(neighbours, found, start))[0])
        every.append(milliseconds(partial(_pathways, found))[0])
    return [
        Row("pathways: network of an area", tuple(made), note="figures, demand, curated moves; uncached"),
        Row("pathways: suggested moves", tuple(suggested), note="once an area"),
        Row("pathways: ready for routes", tuple(walks), note="once an area"),
        Row(
            "pathways: routes, all three orders", tuple(ways), aim=AIM_MS, note="between any two occupations"
        ),
        Row("pathways: what is one move away", tuple(near), aim=AIM_MS),
        Row(
            "pathways: every pathway of an area", tuple(every), note=f"{len(desk.pathways.pathways)} pathways"
        ),
    ]


def _pathways(found: Network) -> list[pathway_answers.PathwayAnswer]:
    return [pathway_answers.pathway_answer(found, pathway) for pathway in found.map.pathways]


def pairs(socs: list[str], count: int, seed: int) -> list[tuple[str, str]]:
    """Pairs of two different occupations; the same for the same seed."""
    random = Random(seed)
    found = (random.sample(socs, 2) for _ in range(count))
    return [(start, goal) for start, goal in found]


def large_graph(count: int, moves: int, seed: int = 1) -> tuple[list[Node], list[Edge]]:
    """A graph of so many occupations in four columns with so many moves to later or the same columns;
    the same for the same seed."""
    random = Random(seed)
    nodes = [
        Node(f"{i:04}", random.randrange(COLUMNS), random.choice((44.0, 62.0, 80.0))) for i in range(count)
    ]
    column = {node.id: node.column for node in nodes}
    found: set[tuple[str, str]] = set()
    while len(found) < moves:
        start, goal = random.sample(sorted(column), 2)
        if column[start] <= column[goal] and (goal, start) not in found:
            found.add((start, goal))
    return nodes, [Edge(start, goal) for start, goal in sorted(found)]
