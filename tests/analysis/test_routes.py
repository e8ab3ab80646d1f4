"""Routes are routes: known answers by hand, and every order against brute force on small random graphs."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis.routes import BY, MOST_STEPS, Network, best_routes

NAN = math.nan
# From A to D: A-B-D 12 + 12 months, over B at 30; A-C-D 6 + 30, over C at 50; A-D 60; A-B-C-D 12 + 3 + 30.
SMALL = Network(
    {"A": {"B": 12, "C": 6, "D": 60}, "B": {"C": 3, "D": 12}, "C": {"D": 30}, "E": {"A": 1}},
    {"A": 20, "B": 30, "C": 50, "D": 70, "E": 10},
)


def stops(routes):
    return ["".join(route.stops) for route in routes]


def test_by_time_by_hand():
    found = best_routes(SMALL, "A", "D", "time", 9)
    assert stops(found) == ["ABD", "ACD", "ABCD", "AD"]
    assert [route.months for route in found] == [24, 36, 45, 60]


def test_by_pay_by_hand():
    """A-D keeps 70, A-C-D 50; the two over B keep 30, the shorter first."""
    found = best_routes(SMALL, "A", "D", "pay", 9)
    assert stops(found) == ["AD", "ACD", "ABD", "ABCD"]
    assert [route.lowest_pay for route in found] == [70, 50, 30, 30]


def test_by_steps_by_hand():
    """Of the two with two moves the quicker comes first."""
    found = best_routes(SMALL, "A", "D", "steps", 9)
    assert stops(found) == ["AD", "ABD", "ACD", "ABCD"]
    assert [route.steps for route in found] == [1, 2, 2, 3]


@pytest.mark.parametrize("by", BY)
def test_the_count_bounds_and_never_reorders(by):
    every = stops(best_routes(SMALL, "A", "D", by, 9))
    for count in (1, 2, 3):
        assert stops(best_routes(SMALL, "A", "D", by, count)) == every[:count]


@pytest.mark.parametrize("by", BY)
def test_no_route_where_there_is_none(by):
    assert best_routes(SMALL, "D", "A", by) == []  # nothing leads on from D
    assert best_routes(SMALL, "A", "E", by) == []  # nothing leads to E
    assert best_routes(SMALL, "A", "A", by) == []
    assert best_routes(SMALL, "A", "X", by) == []
    assert best_routes(SMALL, "X", "D", by) == []
    apart = Network({"A": {"B": 1}, "C": {"D": 1}}, {})
    assert best_routes(apart, "A", "D", by) == []
    assert best_routes(Network({}, {}), "A", "B", by) == []
    assert best_routes(Network({"A": {}, "B": {}}, {}), "A", "B", by) == []


@pytest.mark.parametrize("by", BY)
def test_a_single_move_is_a_route(by):
    (found,) = best_routes(Network({"A": {"B": 4}}, {"B": 9.0}), "A", "B", by)
    assert (found.stops, found.months, found.unknown, found.lowest_pay) == (("A", "B"), 4, 0, 9)


def test_an_unknown_time_counts_as_the_longest_known_one_and_is_told():
    graph = Network({"A": {"B": NAN, "C": 20}, "B": {"D": 1}, "C": {"D": 5}}, {})
    found = best_routes(graph, "A", "D", "time")
    # over B: 20 (unknown) + 1 = 21; over C: 20 + 5 = 25.
    assert stops(found) == ["ABD", "ACD"]
    assert [(route.months, route.unknown) for route in found] == [(1, 1), (25, 0)]


def test_without_any_known_time_the_fewest_steps_come_first():
    graph = Network({"A": {"B": NAN, "D": NAN}, "B": {"D": NAN}}, {})
    assert stops(best_routes(graph, "A", "D", "time")) == ["AD", "ABD"]


def test_pay_that_is_not_published_comes_last_and_is_not_0():
    graph = Network(
        {"A": {"B": 1, "C": 1, "D": 1}, "B": {"G": 1}, "C": {"G": 1}, "D": {"G": 1}},
        {"B": NAN, "C": 15.0, "D": 25.0, "G": 90.0},
    )
    found = best_routes(graph, "A", "G", "pay")
    assert stops(found) == ["ADG", "ACG", "ABG"]
    assert [route.lowest_pay for route in found[:2]] == [25, 15]
    assert math.isnan(found[2].lowest_pay)
    nowhere = Network({"A": {"B": 1}, "B": {"G": 1}}, {})
    assert stops(best_routes(nowhere, "A", "G", "pay")) == ["ABG"], "a way without any pay is still a way"


def test_what_was_paid_before_counts_for_what_is_left_of_a_way():
    """All keep 10: M-P-G in two moves, then by code M-N-O-G and M-P-C-G, though C alone would keep 50."""
    graph = Network(
        {"M": {"P": 1, "N": 1}, "P": {"G": 1, "C": 1}, "C": {"G": 1}, "N": {"O": 1}, "O": {"G": 1}},
        {"P": 10.0, "N": 10.0, "O": 90.0, "C": 50.0, "G": 90.0},
    )
    assert stops(best_routes(graph, "M", "G", "pay")) == ["MPG", "MNOG", "MPCG"]


def test_ties_go_by_code():
    graph = Network({"A": {"C": 1, "B": 1}, "B": {"D": 1}, "C": {"D": 1}}, {"B": 1, "C": 1, "D": 1})
    for by in BY:
        assert stops(best_routes(graph, "A", "D", by)) == ["ABD", "ACD"]


def test_a_way_of_seven_moves_is_none():
    chain = "ABCDEFGH"
    graph = Network({a: {b: 1.0} for a, b in pairwise(chain)}, {})
    assert len(chain) == MOST_STEPS + 2
    for by in BY:
        assert stops(best_routes(graph, "A", "G", by)) == ["ABCDEFG"]
        assert best_routes(graph, "A", "H", by) == []


@pytest.mark.parametrize("by", BY)
def test_a_detour_that_makes_seven_moves_is_no_second_way(by):
    moves = {a: {b: 1.0} for a, b in pairwise("ABCDEFG")}
    moves["D"]["X"], moves["X"] = 1.0, {"E": 1.0}
    assert stops(best_routes(Network(moves, {}), "A", "G", by)) == ["ABCDEFG"]


def test_a_quick_way_of_seven_moves_gives_way_to_a_slower_one_of_six():
    chain = "ABCDEFGH"
    moves = {a: {b: 1.0} for a, b in pairwise(chain)}
    moves["A"]["C"] = 50.0
    assert stops(best_routes(Network(moves, {}), "A", "H", "time")) == ["ACDEFGH"]


def test_a_rough_time_counts_six_months_more_in_the_order_and_not_in_the_sum():
    moves = {"A": {"B": 10.0, "C": 5.0}, "B": {"D": 1.0}, "C": {"D": 1.0}}
    graph = Network(moves, {}, frozenset({("A", "C")}))
    assert stops(best_routes(Network(moves, {}), "A", "D", "time")) == ["ACD", "ABD"]
    found = best_routes(graph, "A", "D", "time")
    assert stops(found) == ["ABD", "ACD"]  # 11 against 6 + 6
    assert [way.months for way in found] == [11, 6]


@pytest.mark.parametrize("by", BY)
def test_a_way_that_only_adds_stops_is_left_out_where_detours_are(by):
    moves = {"A": {"B": 1.0, "X": 1.0, "C": 9.0}, "X": {"B": 1.0}, "B": {"D": 1.0}, "C": {"D": 9.0}}
    pay = dict.fromkeys("ABCDX", 10.0)
    graph = Network(moves, pay, frozenset({("A", "X")}))
    assert set(stops(best_routes(graph, "A", "D", by))) == {"ABD", "AXBD", "ACD"}
    assert stops(best_routes(graph, "A", "D", by, detours=False)) == ["ABD", "ACD"]
    told = Network(moves, pay)  # a step that somebody wrote down is no detour
    assert set(stops(best_routes(told, "A", "D", by, detours=False))) == {"ABD", "AXBD", "ACD"}


# Brute force -------------------------------------------------------------------------------------

CODES = "abcdef"
months = st.one_of(st.just(NAN), st.integers(0, 8).map(lambda half: half / 2))
graphs = st.builds(
    Network,
    st.dictionaries(
        st.sampled_from(CODES), st.dictionaries(st.sampled_from(CODES), months, max_size=6), max_size=6
    ),
    st.dictionaries(st.sampled_from(CODES), st.one_of(st.just(NAN), st.sampled_from([10.0, 20.0, 30.0]))),
)


def simple_ways(graph, start, goal):
    """Every way that visits an occupation once, by trying all."""
    ways, open_ = [], [(start,)]
    while open_:
        way = open_.pop()
        if way[-1] == goal:
            ways.append(way)
        elif len(way) <= MOST_STEPS:
            open_ += [(*way, following) for following in graph.next.get(way[-1], {}) if following not in way]
    return ways


def rank(graph, way, by):
    known = [m for goals in graph.next.values() for m in goals.values() if not math.isnan(m)]
    longest = max(known, default=1.0)
    times = [graph.next[a][b] for a, b in pairwise(way)]
    months = sum(longest if math.isnan(t) else t for t in times)
    pays = [graph.pay.get(soc, NAN) for soc in way[1:]]
    lowest = -1 if any(math.isnan(p) for p in pays) else min(pays)
    return {
        "time": (months, len(way), way), "steps": (len(way), months, way),
        "pay": (-lowest, len(way), months, way),
    }[by]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(graphs, st.sampled_from(BY), st.integers(1, 6))
def test_the_best_are_those_of_brute_force_in_that_order(graph, by, count):
    expected = sorted(simple_ways(graph, "a", "f"), key=lambda way: rank(graph, way, by))[:count]
    assert [route.stops for route in best_routes(graph, "a", "f", by, count)] == expected


@settings(max_examples=200, deadline=None)
@given(graphs, st.sampled_from(BY))
def test_a_route_starts_and_ends_right_uses_moves_that_exist_and_visits_nothing_twice(graph, by):
    for route in best_routes(graph, "a", "f", by, 5):
        assert (route.stops[0], route.stops[-1]) == ("a", "f")
        assert all(b in graph.next[a] for a, b in pairwise(route.stops))
        assert len(set(route.stops)) == len(route.stops) == route.steps + 1 <= MOST_STEPS + 1
        times = [graph.next[a][b] for a, b in pairwise(route.stops)]
        assert route.unknown == sum(math.isnan(t) for t in times)
        assert route.months == pytest.approx(sum(t for t in times if not math.isnan(t)))


@settings(deadline=None)
@given(graphs)
def test_reversing_all_moves_turns_every_way_round(graph):
    back: dict[str, dict[str, float]] = {}
    for start, goals in graph.next.items():
        for goal, time in goals.items():
            back.setdefault(goal, {})[start] = time
    there = best_routes(graph, "a", "f", "time", 500)
    again = best_routes(Network(back, graph.pay), "f", "a", "time", 500)
    assert {route.stops for route in there} == {route.stops[::-1] for route in again}


@settings(deadline=None)
@given(graphs, st.sampled_from(BY), st.randoms(use_true_random=False))
def test_the_order_in_which_moves_are_written_changes_nothing(graph, by, random):
    rows = [(start, list(goals.items())) for start, goals in graph.next.items()]
    random.shuffle(rows)
    for _, goals in rows:
        random.shuffle(goals)
    other = Network({start: dict(goals) for start, goals in rows}, graph.pay)
    first, second = best_routes(graph, "a", "f", by), best_routes(other, "a", "f", by)
    assert [route.stops for route in first] == [route.stops for route in second]
