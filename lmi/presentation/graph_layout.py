"""A layered layout: columns from left to right, few crossings, long edges kept straight.

Four phases, each a function: layers are assigned, long edges are split by a helper point on every layer
crossed, crossings are reduced (lmi.presentation.graph_order), and everything is placed in pixels. The
same nodes and edges give the same picture, in whatever order they come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np

from lmi.presentation.graph_order import Layered, Order, reduce_crossings

_HELPER_GAP = 0.6  # share of the gap that a helper point keeps from what is beside it
_STRAIGHT = (1.0, 2.0, 8.0)  # pull of a segment by how many of its ends are helper points
_ROUNDS, _FEW_ROUNDS, _MANY = 24, 4, 1500  # of placing; fewer where there are many vertices
_REST = 1e-3  # how hard a box without edges holds on to where it is


@dataclass(frozen=True)
class Node:
    """One box. column: its stage, 0 and up; height: pixels."""

    id: str
    column: int
    height: float


@dataclass(frozen=True)
class Edge:
    """One arrow between two nodes; heavier edges are kept straighter."""

    start: str
    goal: str
    weight: float = 1.0

    @property
    def pair(self) -> tuple[str, str]:
        """Start and goal."""
        return self.start, self.goal


@dataclass(frozen=True)
class Placement:
    """Where everything stands.

    layer: id -> layer, 0 = leftmost; the layers of a column are consecutive. y: id -> middle of the box in
    pixels from the top. bends: (start, goal) -> (layer, y) of the helper points of a long edge, from start
    to goal. columns: layer -> its column. height: pixels from the top of the highest to the bottom of the
    lowest box or helper point. crossings: of the segments between neighbouring layers, now and in the
    starting order (by id).
    """

    layer: Mapping[str, int]
    y: Mapping[str, float]
    bends: Mapping[tuple[str, str], tuple[tuple[int, float], ...]]
    columns: tuple[int, ...]
    height: float
    crossings: int
    crossings_at_start: int


def layout(nodes: Sequence[Node], edges: Sequence[Edge], *, gap: float, most_layers: int = 0) -> Placement:
    """Boxes in layers, `gap` pixels apart, with as few crossings as found.

    An edge to a later column never points back; within a column an edge leads to a later layer, unless it
    closes a circle or most_layers (if above 0; columns are never merged) asks for fewer layers: then both
    ends may share one. An edge to an earlier column is laid out as it is. Edges from a node to itself
    are left out. KeyError for an edge whose end is no node, ValueError for an id that comes twice.
    """
    ordered, weights, pairs = _numbered(nodes, edges)
    layers, columns = assign_layers([n.column for n in ordered], pairs, most_layers)
    graph, chains = split_long_edges(layers, len(columns), pairs, list(weights.values()))
    order, fewest, at_start = reduce_crossings(graph)
    heights = np.array([n.height for n in ordered] + [0.0] * (graph.size - len(ordered)))
    y, total = place(graph, order, heights, len(ordered), gap)
    bends = {
        pair: tuple((layer, float(y[v])) for layer, v in chain)
        for pair, chain in zip(weights, chains, strict=True)
        if chain
    }
    return Placement(
        {n.id: layers[i] for i, n in enumerate(ordered)},
        {n.id: float(y[i]) for i, n in enumerate(ordered)},
        bends, columns, total, fewest, at_start,
    )  # fmt: skip


def layers_of(
    nodes: Sequence[Node], edges: Sequence[Edge], *, most_layers: int = 0
) -> tuple[dict[str, int], tuple[int, ...]]:
    """The layers and columns that `layout` gives, without the rest: id -> layer, layer -> column."""
    ordered, _, pairs = _numbered(nodes, edges)
    layers, columns = assign_layers([n.column for n in ordered], pairs, most_layers)
    return {n.id: layers[i] for i, n in enumerate(ordered)}, columns


def _numbered(
    nodes: Sequence[Node], edges: Sequence[Edge]
) -> tuple[list[Node], dict[tuple[str, str], float], list[tuple[int, int]]]:
    """Nodes by id, edges by their ends with their weights, and these ends as numbers of nodes."""
    ordered = sorted(nodes, key=lambda n: n.id)
    at = {node.id: i for i, node in enumerate(ordered)}
    if len(at) < len(ordered):
        raise ValueError("An id comes twice.")
    weights: dict[tuple[str, str], float] = {}
    for edge in sorted(edges, key=lambda e: (e.pair, e.weight)):
        if edge.start != edge.goal:
            weights[edge.pair] = weights.get(edge.pair, 0.0) + edge.weight
    return ordered, weights, [(at[start], at[goal]) for start, goal in weights]


def assign_layers(
    column: Sequence[int], pairs: Sequence[tuple[int, int]], most_layers: int = 0
) -> tuple[list[int], tuple[int, ...]]:
    """The layer of each vertex, and the column of each layer.

    Within a column the longest way decides; vertices on a circle share a layer. Above most_layers the
    column with most layers is folded first.
    """
    inner: nx.DiGraph = nx.DiGraph()
    inner.add_nodes_from(range(len(column)))
    inner.add_edges_from(pair for pair in pairs if column[pair[0]] == column[pair[1]])
    depth = [0] * len(column)
    circles = nx.condensation(inner)
    for level, generation in enumerate(nx.topological_generations(circles)):
        for circle in generation:
            for vertex in circles.nodes[circle]["members"]:
                depth[vertex] = level
    deep = {c: 1 + max(d for d, own in zip(depth, column, strict=True) if own == c) for c in set(column)}
    kept = dict(deep)
    while most_layers and sum(kept.values()) > max(most_layers, len(kept)):
        kept[max(kept, key=lambda c: (kept[c], c))] -= 1
    columns = tuple(c for c in sorted(kept) for _ in range(kept[c]))
    first = {c: columns.index(c) for c in kept}
    return [first[c] + d * kept[c] // deep[c] for c, d in zip(column, depth, strict=True)], columns


def split_long_edges(
    layers: Sequence[int], count: int, pairs: Sequence[tuple[int, int]], weights: Sequence[float]
) -> tuple[Layered, list[list[tuple[int, int]]]]:
    """The graph with a helper vertex on every layer an edge crosses, and per edge its (layer, helper) from
    start to goal."""
    members: list[list[int]] = [[] for _ in range(count)]
    for vertex, layer in enumerate(layers):
        members[layer].append(vertex)
    size = len(layers)
    segments: list[list[tuple[int, int, float]]] = [[] for _ in range(max(count - 1, 0))]
    chains: list[list[tuple[int, int]]] = []
    ties: list[tuple[int, int]] = []
    for (start, goal), pull in zip(pairs, weights, strict=True):
        one, other = layers[start], layers[goal]
        step = 1 if other > one else -1
        between = [] if one == other else range(one + step, other, step)
        chain = [(layer, size + k) for k, layer in enumerate(between)]
        size += len(chain)
        chains.append(chain)
        for layer, helper in chain:
            members[layer].append(helper)
        if one == other:
            ties.append((start, goal))
            continue
        for (near, a), (far, b) in pairwise([(one, start), *chain, (other, goal)]):
            segments[min(near, far)].append((a, b, pull) if near < far else (b, a, pull))
    left = [np.array([s[0] for s in gap], dtype=np.int64) for gap in segments]
    right = [np.array([s[1] for s in gap], dtype=np.int64) for gap in segments]
    weight = [np.array([s[2] for s in gap], dtype=float) for gap in segments]
    return Layered(members, left, right, weight, ties), chains


def place(
    graph: Layered, order: Order, heights: np.ndarray, real: int, gap: float
) -> tuple[np.ndarray, float]:
    """Middles in pixels from the top, and the height of it all. real: vertices from there on are helpers.

    In turn every layer is moved to where its neighbours pull it, in its order and without overlaps; no
    layer leaves the height of the tallest one.
    """
    if not graph.size:
        return np.zeros(0), 0.0
    offsets = [_offsets(np.array(layer), heights, real, gap) for layer in order]
    ends = [(heights[layer[0]] / 2, heights[layer[-1]] / 2) for layer in order]
    tall = max(top + o[-1] + bottom for o, (top, bottom) in zip(offsets, ends, strict=True))
    y = np.zeros(graph.size)
    for layer, o, (top, bottom) in zip(order, offsets, ends, strict=True):
        y[layer] = o + top + (tall - top - o[-1] - bottom) / 2
    near, far, pull = _pulls(graph, real)
    mass = np.bincount(near, pull, minlength=graph.size)
    by_layer = _rows_by_layer(order, near, graph.size)
    for turn in range(_ROUNDS if graph.size < _MANY else _FEW_ROUNDS):
        for index in range(len(order)) if turn % 2 == 0 else reversed(range(len(order))):
            layer, rows, o, (top, bottom) = order[index], by_layer[index], offsets[index], ends[index]
            summed = np.bincount(near[rows], pull[rows] * y[far[rows]], minlength=graph.size)
            want = (summed[layer] + _REST * y[layer]) / (mass[layer] + _REST)
            spare = np.clip(_rising(want - o, mass[layer] + _REST), top, tall - bottom - o[-1])
            y[layer] = spare + o
    highest, lowest = (y - heights / 2).min(), (y + heights / 2).max()
    return y - highest, float(lowest - highest)


def _offsets(layer: np.ndarray, heights: np.ndarray, real: int, gap: float) -> np.ndarray:
    """Least distance of each middle from the first one's."""
    room = np.where(layer < real, gap, gap * _HELPER_GAP)
    apart = (heights[layer][:-1] + heights[layer][1:]) / 2 + np.minimum(room[:-1], room[1:])
    return np.concatenate([[0.0], np.cumsum(apart)])


def _pulls(graph: Layered, real: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each segment from both of its ends: vertex, the other one, how hard it pulls."""
    if not graph.left:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    left, right = np.concatenate(graph.left), np.concatenate(graph.right)
    helpers = (left >= real).astype(int) + (right >= real).astype(int)
    pull = np.concatenate(graph.weight) * np.array(_STRAIGHT)[helpers]
    return np.concatenate([left, right]), np.concatenate([right, left]), np.concatenate([pull, pull])


def _rows_by_layer(order: Order, near: np.ndarray, size: int) -> list[np.ndarray]:
    layer_of = np.zeros(size, dtype=np.int64)
    for index, layer in enumerate(order):
        layer_of[layer] = index
    return [np.flatnonzero(layer_of[near] == index) for index in range(len(order))]


def _rising(want: np.ndarray, mass: np.ndarray) -> np.ndarray:
    """The nearest rising sequence (least squares): neighbours that would swap stand at their mean."""
    blocks: list[list[float]] = []  # mean, mass, count
    for value, weight in zip(want.tolist(), mass.tolist(), strict=True):
        blocks.append([value, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, more, count = blocks.pop()
            last = blocks[-1]
            both = last[1] + more
            blocks[-1] = [(last[0] * last[1] + mean * more) / both, both, last[2] + count]
    return np.repeat([b[0] for b in blocks], [int(b[2]) for b in blocks])
