"""Routes from one occupation to another: the best few by time, by pay on the way, by fewest steps."""

import heapq
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

BY = ("time", "pay", "steps")
MOST_STEPS = 8
_TINY = 1e-6
_BOUNDS = (1.0, 0.9, 0.8, 0.6, 0.0)


@dataclass(frozen=True)
class Network:
    """Moves as they can be walked. next: occupation -> where it leads -> months (NaN = not known).
    pay: USD / year, missing where not published."""

    next: Mapping[str, Mapping[str, float]]
    pay: Mapping[str, float]

    def reversed(self) -> dict[str, dict[str, float]]:
        """Occupation -> where people come from -> months."""
        back: dict[str, dict[str, float]] = {}
        for start, goals in self.next.items():
            for goal, months in goals.items():
                back.setdefault(goal, {})[start] = months
        return back


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


def best_routes(network: Network, start: str, goal: str, by: str, count: int = 3) -> list[Route]:
    """The best routes, best first; none if there is none of at most eight steps. Every route visits an
    occupation once.

    by 'time': fewest months in all, a move without a known time counting as the longest known one;
    'pay': the lowest pay after the first job as high as can be, then fewest steps; 'steps': fewest
    moves, then the least time. Ties by code.
    """
    if start == goal:
        return []
    if by == "pay":
        return _by_pay(network, start, goal, count)
    longest = _longest(network)

    def cost(months: float) -> float:
        time = longest if math.isnan(months) else months
        return 1 + time * _TINY if by == "steps" else time + _TINY

    return _cheapest(network, start, goal, cost, count, lambda _: True)


def _longest(network: Network) -> float:
    known = [m for goals in network.next.values() for m in goals.values() if not math.isnan(m)]
    return max(known, default=1.0)


def _by_pay(network: Network, start: str, goal: str, count: int) -> list[Route]:
    """Ways on which pay never falls below the highest bound that can be kept; then, to fill up, ways
    below that bound by a tenth, a fifth, two fifths, or at all."""
    widest = _widest(network, start, goal)
    if math.isnan(widest):
        return []
    found: dict[tuple[str, ...], Route] = {}
    for share in _BOUNDS:
        bound = widest * share
        for route in _cheapest(
            network, start, goal, lambda months: 1 + (0 if math.isnan(months) else months) * _TINY, count,
            lambda soc, bound=bound: network.pay.get(soc, math.nan) >= bound,  # type: ignore[misc]
        ):  # fmt: skip
            found.setdefault(route.stops, route)
        if len(found) >= count:
            break
    best = sorted(found.values(), key=lambda r: (-r.lowest_pay, r.steps, r.unknown, r.months, r.stops))
    return best[:count]


def _widest(network: Network, start: str, goal: str) -> float:
    """The highest bound on pay at which the goal can be reached; NaN if it cannot."""
    best = {start: math.inf}
    heap = [(-math.inf, start)]
    while heap:
        wide, soc = heapq.heappop(heap)
        if soc == goal:
            return -wide
        if -wide < best[soc]:
            continue
        for following in network.next.get(soc, {}):
            pay = network.pay.get(following, math.nan)
            width = min(-wide, pay)
            if not math.isnan(pay) and width > best.get(following, -math.inf):
                best[following] = width
                heapq.heappush(heap, (-width, following))
    return math.nan


def _cheapest(
    network: Network,
    start: str,
    goal: str,
    cost: Callable[[float], float],
    count: int,
    allowed: Callable[[str], bool],
) -> list[Route]:
    """The cheapest ways in order: best first search with the exact distance to the goal as its guide."""
    left = _distances(network, goal, cost, allowed, start)
    if start not in left:
        return []
    heap: list[tuple[float, int, tuple[str, ...], float]] = [(left[start], 0, (start,), 0.0)]
    out: list[Route] = []
    while heap and len(out) < count:
        _, _, stops, spent = heapq.heappop(heap)
        if stops[-1] == goal:
            out.append(_route(network, stops))
            continue
        if len(stops) > MOST_STEPS:
            continue
        for following, months in network.next.get(stops[-1], {}).items():
            if following in left and following not in stops:
                total = spent + cost(months)
                heapq.heappush(
                    heap, (round(total + left[following], 9), -len(stops), (*stops, following), total)
                )
    return out


def _distances(
    network: Network, goal: str, cost: Callable[[float], float], allowed: Callable[[str], bool], start: str
) -> dict[str, float]:
    """What it costs to come to the goal from wherever that is possible."""
    back = network.reversed()
    best: dict[str, float] = {goal: 0.0} if allowed(goal) else {}
    heap = [(0.0, goal)] if best else []
    while heap:
        spent, soc = heapq.heappop(heap)
        if spent > best[soc]:
            continue
        for before, months in back.get(soc, {}).items():
            total = spent + cost(months)
            if (before == start or allowed(before)) and total < best.get(before, math.inf):
                best[before] = total
                heapq.heappush(heap, (total, before))
    return best


def _route(network: Network, stops: tuple[str, ...]) -> Route:
    months = [network.next[a][b] for a, b in pairwise(stops)]
    known = [m for m in months if not math.isnan(m)]
    pays = [network.pay.get(soc, math.nan) for soc in stops[1:]]
    lowest = math.nan if any(math.isnan(p) for p in pays) else min(pays)
    return Route(stops, float(sum(known)), len(months) - len(known), lowest)
