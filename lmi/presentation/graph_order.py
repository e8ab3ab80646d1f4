"""The order of a layered graph's vertices within their layers: as few crossings as sweeps can reach."""

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

Order = list[list[int]]  # per layer, its vertices from the top
Cost = tuple[int, int]  # crossings, then how far vertices tied within a layer stand apart

_SWEEPS = 12
_PATIENCE = 4  # sweeps without a gain before giving up
_SWITCHED = 160  # graphs of up to so many vertices are improved by exchanging neighbours, too
_ROUNDS = 6


@dataclass(frozen=True)
class Layered:
    """Vertices 0, 1, 2… in layers, and segments that each join two neighbouring layers.

    layers: per layer, its vertices in the starting order. left, right, weight: per gap between two
    layers, its segments. ties: pairs of vertices of one layer that want to be close.
    """

    layers: Sequence[Sequence[int]]
    left: Sequence[np.ndarray]
    right: Sequence[np.ndarray]
    weight: Sequence[np.ndarray]
    ties: Sequence[tuple[int, int]] = ()
    size: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", sum(map(len, self.layers)))


def crossings(graph: Layered, order: Order) -> int:
    """Pairs of segments that cross; segments that share an end do not."""
    place = _places(graph, order)
    return sum(_crossings_of_gap(graph, gap, place) for gap in range(len(graph.left)))


def reduce_crossings(graph: Layered) -> tuple[Order, int, int]:
    """The best order found, its crossings, and those of the starting order, which it never exceeds."""
    start = [list(layer) for layer in graph.layers]
    best, least = start, _cost(graph, start)
    at_start = least[0]
    for first in _beginnings(graph, start):
        for leftward in (False, True):
            order, cost = _swept(graph, first, leftward)
            if cost < least:
                best, least = order, cost
        if least == (0, 0):
            break
    return best, least[0], at_start


def _beginnings(graph: Layered, start: Order) -> list[Order]:
    """The starting order; for small graphs also upside down, and with neighbours walked one by one."""
    if graph.size > _SWITCHED:
        return [start]
    return [start, [layer[::-1] for layer in start], _walked(graph, start)]


def _walked(graph: Layered, start: Order) -> Order:
    """Vertices in the order in which a walk along the segments meets them."""
    beside: dict[int, list[int]] = {v: [] for layer in start for v in layer}
    for left, right in zip(graph.left, graph.right, strict=True):
        for a, b in zip(left.tolist(), right.tolist(), strict=True):
            beside[a].append(b)
            beside[b].append(a)
    met: dict[int, int] = {}
    for root in (v for layer in start for v in layer):
        stack = [root]
        while stack:
            vertex = stack.pop()
            if vertex not in met:
                met[vertex] = len(met)
                stack += sorted(beside[vertex], reverse=True)
    return [sorted(layer, key=met.__getitem__) for layer in start]


def _swept(graph: Layered, first: Order, leftward: bool) -> tuple[Order, Cost]:
    order = [list(layer) for layer in first]
    best, least, idle = order, _cost(graph, order), 0
    for turn in range(_SWEEPS):
        order = _sweep(graph, order, leftward=leftward ^ bool(turn % 2))
        if graph.size <= _SWITCHED:
            order = _switched(graph, order)
        cost = _cost(graph, order)
        idle = 0 if cost < least else idle + 1
        if cost < least:
            best, least = [list(layer) for layer in order], cost
        if least == (0, 0) or idle == _PATIENCE:
            break
    return best, least


def _sweep(graph: Layered, order: Order, *, leftward: bool) -> Order:
    """Every layer sorted by the weighted mean place of its neighbours in the layer before it."""
    out = [list(layer) for layer in order]
    place = _places(graph, out)
    gaps = range(len(graph.left))
    for gap in reversed(gaps) if leftward else gaps:
        moved, fixed = graph.right[gap], graph.left[gap]
        layer = gap + 1
        if leftward:
            moved, fixed, layer = fixed, moved, gap
        mass = np.bincount(moved, graph.weight[gap], minlength=graph.size)
        pull = np.bincount(moved, graph.weight[gap] * place[fixed], minlength=graph.size)
        row = np.array(out[layer])
        held = mass[row] > 0
        tied = row[held]
        row[held] = tied[np.argsort(pull[tied] / mass[tied], kind="stable")]
        out[layer] = row.tolist()
        place[row] = np.arange(len(row))
    return out


def _switched(graph: Layered, order: Order) -> Order:
    """Neighbours exchanged as long as that leaves fewer crossings, or as many and less between ties."""
    out = [list(layer) for layer in order]
    for _ in range(_ROUNDS):
        gained = False
        for index, layer in enumerate(out):
            for at in range(len(layer) - 1):
                before = _cost_around(graph, out, index)
                layer[at], layer[at + 1] = layer[at + 1], layer[at]
                if _cost_around(graph, out, index) < before:
                    gained = True
                else:
                    layer[at], layer[at + 1] = layer[at + 1], layer[at]
        if not gained:
            break
    return out


def _cost(graph: Layered, order: Order) -> Cost:
    return crossings(graph, order), _span(graph, _places(graph, order))


def _cost_around(graph: Layered, order: Order, layer: int) -> Cost:
    """What a change within one layer can change."""
    place = _places(graph, order)
    gaps = [gap for gap in (layer - 1, layer) if 0 <= gap < len(graph.left)]
    return sum(_crossings_of_gap(graph, gap, place) for gap in gaps), _span(graph, place)


def _span(graph: Layered, place: np.ndarray) -> int:
    return int(sum(abs(place[a] - place[b]) - 1 for a, b in graph.ties))


def _places(graph: Layered, order: Order) -> np.ndarray:
    place = np.zeros(graph.size, dtype=np.int64)
    for layer in order:
        place[layer] = np.arange(len(layer))
    return place


def _crossings_of_gap(graph: Layered, gap: int, place: np.ndarray) -> int:
    left, right = place[graph.left[gap]], place[graph.right[gap]]
    ends = right[np.lexsort((right, left))].tolist()
    if all(a <= b for a, b in pairwise(ends)):
        return 0
    seen: list[int] = []
    count = 0
    for end in ends:
        count += len(seen) - bisect_right(seen, end)
        insort(seen, end)
    return count
