"""Routes from one occupation to another: the best few by time, by pay on the way, by fewest steps."""

import heapq
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BY = ("time", "pay", "steps")
MOST_STEPS = 6
ROUGH_MONTHS = 6.0  # that a rough time counts more in the order by time: what was read goes first
_MOST_TRIED = 12  # of ways, when those that only go round are left out
_PER_MONTH = 100  # times are compared in hundredths of a month, so that sums are exact
_STEP = 10**8  # more than the time of any route
_NO_WAY = np.int64(2**60)
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Network:
    """Moves as they can be walked. next: occupation -> where it leads -> months (NaN = not known).
    pay: USD / year, NaN or missing where not published. rough: moves whose time is a rough estimate."""

    next: Mapping[str, Mapping[str, float]]
    pay: Mapping[str, float]
    rough: Set[tuple[str, str]] = frozenset()

    @cached_property
    def graph(self) -> "_Graph":
        """The same as arrays, made once for all routes."""
        return _graph(self)


@dataclass(frozen=True)
class _Graph:
    """Nodes numbered in the order of their codes; edges sorted by tail, then head. first: tail -> its
    first edge (one more at the end). time: of each edge, a move without a known time as the longest
    known one. pay: of each node, -1 where not published."""

    codes: tuple[str, ...]
    number: Mapping[str, int]
    first: Ints
    head: Ints
    time: Ints
    pay: Floats

    def costs(self, by: str) -> Ints:
        """What each edge costs: time and then steps, or steps and then time."""
        return self.time * _PER_MONTH + 1 if by == "time" else _STEP + self.time


def _graph(network: Network) -> _Graph:
    ends = {goal for goals in network.next.values() for goal in goals}
    codes = tuple(sorted({*network.next, *ends}))
    number = {code: i for i, code in enumerate(codes)}
    first, head, months, extra = [0], [], [], []
    for code in codes:
        for goal, time in sorted(network.next.get(code, {}).items()):
            head.append(number[goal])
            months.append(time)
            extra.append(ROUGH_MONTHS if (code, goal) in network.rough else 0.0)
        first.append(len(head))
    known = np.array(months, dtype=float)
    longest = float(np.nanmax(known)) if (~np.isnan(known)).any() else 1.0
    counted = np.where(np.isnan(known), longest, known) + np.array(extra, dtype=float)
    time = np.rint(counted * _PER_MONTH).astype(np.int64)
    pay = np.array([network.pay.get(code, math.nan) for code in codes], dtype=float)
    return _Graph(
        codes, number, np.array(first), np.array(head, dtype=np.int64), time, np.where(np.isnan(pay), -1, pay)
    )


@dataclass(frozen=True)
class Route:
    """One way. months: of the moves whose time is known; unknown: how many have none. lowest_pay: the
    lowest pay of the jobs after the first; NaN where one of them is not published."""

    stops: tuple[str, ...]
    months: float
    unknown: int
    lowest_pay: float

    @property
    def steps(self) -> int:
        """How many moves it takes."""
        return len(self.stops) - 1


@dataclass(frozen=True)
class _Part:
    """All ways that begin with `root` and then do not go to one of `barred`, with the best of them."""

    rank: tuple[float, int]
    way: tuple[int, ...]
    root: tuple[int, ...]
    barred: frozenset[int]

    def __lt__(self, other: "_Part") -> bool:
        return (self.rank, self.way) < (other.rank, other.way)


def best_routes(
    network: Network, start: str, goal: str, by: str, count: int = 3, detours: bool = True
) -> list[Route]:
    """The best routes, best first; none if there is none of at most six steps. Every route visits an
    occupation once. detours: whether a route may be a better one with stops put in by rough moves; without
    them fewer than `count` may be found.

    by 'time': fewest months in all, a move without a known time counting as the longest known one and a
    rough time as six months more, then fewest steps; 'pay': the lowest pay after the first job as high as
    can be (ways with a job whose pay is not published come last), then fewest steps, then least time;
    'steps': fewest moves, then the least time. Ties by code.
    """
    graph = network.graph
    if start == goal or not {start, goal} <= graph.number.keys() or not len(graph.head):
        return []
    search = _Search(graph, by, graph.number[goal])
    whole = search.best((graph.number[start],), frozenset())
    heap, ways = [whole] if whole else [], list[tuple[int, ...]]()
    for _ in range(count if detours else max(count, _MOST_TRIED)):
        if not heap:
            break
        part = heapq.heappop(heap)
        if detours or not (_rough(network, part.way) and any(_within(way, part.way) for way in ways)):
            ways.append(part.way)
        if len(ways) == count:
            break
        for i in range(len(part.root), len(part.way)):
            barred = part.barred if i == len(part.root) else frozenset()
            found = search.best(part.way[:i], barred | {part.way[i]})
            if found:
                heapq.heappush(heap, found)
    return [_route(network, tuple(graph.codes[i] for i in way)) for way in ways]


def _rough(network: Network, way: tuple[int, ...]) -> bool:
    """Whether the time of any move of a way is a rough estimate."""
    codes = network.graph.codes
    return any((codes[a], codes[b]) in network.rough for a, b in pairwise(way))


def _within(way: Sequence[int], longer: Sequence[int]) -> bool:
    """Whether all stops of a way stand in another in the same order."""
    rest = iter(longer)
    return all(stop in rest for stop in way)


class _Search:
    """The best ways to one goal by one order, with what is worked out once for all parts of the ways."""

    def __init__(self, graph: _Graph, by: str, goal: int) -> None:
        self.graph, self.by, self.goal = graph, by, goal
        self.cost = graph.costs(by)
        self.left: dict[float, list[Ints]] = {}  # by the bound that pay must keep
        self.width: list[Floats] = _widest(graph, goal, MOST_STEPS, None) if by == "pay" else []

    def best(self, root: tuple[int, ...], barred: frozenset[int]) -> "_Part | None":
        """The best way of a part (Lawler's partition of all ways); None where it holds none.

        First without regard to what the root has visited: if the way found does not come back to it, no
        other can be better. Otherwise once more with the root closed.
        """
        graph, here, hops = self.graph, root[-1], MOST_STEPS - len(root) + 1
        out = np.arange(graph.first[here], graph.first[here + 1])
        out = out[~np.isin(graph.head[out], [*root, *barred])]
        found = self._onward(root, out, hops, None)
        if found and set(found[1]) & set(root):
            found = self._onward(root, out, hops, np.isin(graph.head, root))
        if found is None:
            return None
        bound, onward = found
        way = (*root, *onward)
        spent = sum(int(self.cost[_edge(graph, a, b)]) for a, b in pairwise(way))
        return _Part((-bound, spent), way, root, barred)

    def _onward(
        self, root: tuple[int, ...], out: Ints, hops: int, closed: Mask | None
    ) -> tuple[float, list[int]] | None:
        """The bound that pay keeps, and the best way to the goal that begins with one of the edges `out`
        and takes none that are closed; None where there is none."""
        if not len(out):
            return None
        width = self.width
        if self.by == "pay" and closed is not None:
            width = _widest(self.graph, self.goal, hops, closed)
        bound = self._bound(width, out, hops, root)
        if bound == -math.inf:
            return None
        is_open = np.ones(len(self.graph.head), dtype=bool) if closed is None else ~closed
        if self.by == "pay":
            is_open &= self.graph.pay[self.graph.head] >= bound
        if closed is not None:
            left = _least(self.graph, self.cost, is_open, self.goal, hops)
        else:
            if bound not in self.left:
                self.left[bound] = _least(self.graph, self.cost, is_open, self.goal, MOST_STEPS)
            left = self.left[bound]
        way = self._walk(left, is_open, out, hops)
        return None if way is None else (bound, way)

    def _bound(self, width: list[Floats], out: Ints, hops: int, root: tuple[int, ...]) -> float:
        """The highest bound that the pay of all jobs of a way can keep; 0 where pay does not matter."""
        if not width:
            return 0.0
        heads = self.graph.head[out]
        onward = float(np.minimum(self.graph.pay[heads], width[hops - 1][heads]).max())
        return min([onward, *(float(self.graph.pay[i]) for i in root[1:])])

    def _walk(self, left: list[Ints], is_open: Mask, out: Ints, hops: int) -> list[int] | None:
        """The cheapest way, the first by code where several are. left: see _least."""
        graph, stops, here = self.graph, [], -1
        while here != self.goal:
            out = out[is_open[out]]
            total = self.cost[out] + left[hops - 1][graph.head[out]]
            if not len(total) or total.min() >= _NO_WAY:
                return None
            here = int(graph.head[out[int(np.argmin(total))]])
            stops.append(here)
            out = np.arange(graph.first[here], graph.first[here + 1])
            hops -= 1
        return stops


def _edge(graph: _Graph, tail: int, head: int) -> int:
    low, high = graph.first[tail], graph.first[tail + 1]
    return int(low + np.searchsorted(graph.head[low:high], head))


def _least(graph: _Graph, cost: Ints, is_open: Mask, goal: int, hops: int) -> list[Ints]:
    """What it costs to come to the goal from each node in at most 0, 1, ... hops. A cheapest way never
    visits a node twice, as every move costs something."""
    tails = np.flatnonzero(np.diff(graph.first))
    price = np.where(is_open, cost, _NO_WAY)
    left = [np.full(len(graph.codes), _NO_WAY)]
    left[0][goal] = 0
    for _ in range(hops):
        through = np.minimum.reduceat(price + left[-1][graph.head], graph.first[tails])
        following = left[-1].copy()
        following[tails] = np.minimum(following[tails], through)
        left.append(following)
    return left


def _widest(graph: _Graph, goal: int, hops: int, closed: Mask | None) -> list[Floats]:
    """The highest bound that the pay of all jobs to come can keep, from each node in at most 0, 1, ...
    hops; minus infinity where the goal cannot be reached. closed: edges that may not be taken."""
    tails = np.flatnonzero(np.diff(graph.first))
    pay = graph.pay[graph.head]
    if closed is not None:
        pay = np.where(closed, -math.inf, pay)
    width = [np.full(len(graph.codes), -math.inf)]
    width[0][goal] = math.inf
    for _ in range(hops):
        through = np.maximum.reduceat(np.minimum(pay, width[-1][graph.head]), graph.first[tails])
        following = width[-1].copy()
        following[tails] = np.maximum(following[tails], through)
        width.append(following)
    return width


def _route(network: Network, stops: tuple[str, ...]) -> Route:
    months = [network.next[a][b] for a, b in pairwise(stops)]
    known = [m for m in months if not math.isnan(m)]
    pays = [network.pay.get(soc, math.nan) for soc in stops[1:]]
    lowest = math.nan if any(math.isnan(p) for p in pays) else min(pays)
    return Route(stops, float(sum(known)), len(months) - len(known), lowest)
