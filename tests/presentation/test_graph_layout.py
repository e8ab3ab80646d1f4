"""The layered layout: nothing overlaps, nothing points back, crossings only fall, same input same picture."""

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.presentation import graph_order
from lmi.presentation.graph_layout import Edge, Node, Placement, layout

GAP = 15.0
IDS = "abcdefghijklmnop"


@st.composite
def graphs(draw, most: int = 14):
    """Nodes in up to four columns and edges of every kind: forward, backward, within, to itself."""
    count = draw(st.integers(0, most))
    column = st.integers(0, 3)
    height = st.sampled_from([40.0, 62.5, 120.0])
    nodes = [Node(IDS[i], draw(column), draw(height)) for i in range(count)]
    ends = st.sampled_from(IDS[:count]) if count else st.nothing()
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=2 * count)) if count else []
    return nodes, [Edge(start, goal) for start, goal in dict.fromkeys(pairs)]


def segments(placed: Placement, edges) -> list[tuple[int, float, float]]:
    """Every piece of every edge between two neighbouring layers: left layer, y there, y to the right."""
    found = []
    for edge in edges:
        if edge.start == edge.goal or placed.layer[edge.start] == placed.layer[edge.goal]:
            continue
        stops = [
            (placed.layer[edge.start], placed.y[edge.start]),
            *placed.bends.get(edge.pair, ()),
            (placed.layer[edge.goal], placed.y[edge.goal]),
        ]
        for one, other in pairwise(stops):
            (layer, y0), (after, y1) = sorted((one, other))
            assert after == layer + 1
            found.append((layer, y0, y1))
    return found


def brute(placed: Placement, edges) -> int:
    return sum(
        a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < -1e-9
        for a, b in combinations(segments(placed, edges), 2)
    )


@given(graphs())
def test_every_node_is_placed_once_in_a_layer_of_its_column(graph):
    nodes, edges = graph
    placed = layout(nodes, edges, gap=GAP)
    assert set(placed.layer) == set(placed.y) == {n.id for n in nodes}
    assert all(placed.columns[placed.layer[n.id]] == n.column for n in nodes)
    assert list(placed.columns) == sorted(placed.columns)
    assert set(placed.columns) == {n.column for n in nodes}
    assert set(placed.layer.values()) == set(range(len(placed.columns)))


@given(graphs(), st.integers(0, 6))
def test_boxes_and_helper_points_keep_apart(graph, most):
    nodes, edges = graph
    placed = layout(nodes, edges, gap=GAP, most_layers=most)
    for layer in range(len(placed.columns)):
        boxes = [(placed.y[n.id], n.height) for n in nodes if placed.layer[n.id] == layer]
        helpers = [y for each in placed.bends.values() for at, y in each if at == layer]
        for (y0, h0), (y1, h1) in combinations(boxes, 2):
            assert abs(y0 - y1) >= (h0 + h1) / 2 + GAP - 1e-6
        for y0, h0 in boxes:
            assert all(abs(y0 - y) >= h0 / 2 + GAP / 2 for y in helpers)
        assert all(abs(one - other) >= GAP / 2 for one, other in combinations(helpers, 2))


@given(graphs())
def test_no_edge_to_a_later_column_points_back_and_none_within_one_does_without_a_circle(graph):
    nodes, edges = graph
    column = {n.id: n.column for n in nodes}
    straight = [e for e in edges if column[e.start] < column[e.goal]]
    climbing = [e for e in edges if column[e.start] == column[e.goal] and e.start < e.goal]  # no circle
    placed = layout(nodes, straight + climbing, gap=GAP)
    assert all(placed.layer[e.start] < placed.layer[e.goal] for e in straight + climbing)
    placed = layout(nodes, edges, gap=GAP)
    assert all(placed.layer[e.start] < placed.layer[e.goal] for e in straight)


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(graph, chance):
    nodes, edges = graph
    first = layout(nodes, edges, gap=GAP)
    nodes, edges = list(nodes), list(edges)
    chance.shuffle(nodes)
    chance.shuffle(edges)
    assert layout(nodes, edges, gap=GAP) == first


@given(graphs(), st.integers(0, 6))
def test_crossings_are_counted_right_and_never_more_than_at_the_start(graph, most):
    nodes, edges = graph
    placed = layout(nodes, edges, gap=GAP, most_layers=most)
    assert placed.crossings <= placed.crossings_at_start
    assert placed.crossings == brute(placed, edges)


@given(graphs())
def test_the_height_reaches_from_the_highest_to_the_lowest(graph):
    nodes, edges = graph
    placed = layout(nodes, edges, gap=GAP)
    tops = [placed.y[n.id] - n.height / 2 for n in nodes]
    bottoms = [placed.y[n.id] + n.height / 2 for n in nodes]
    helpers = [y for each in placed.bends.values() for _, y in each]
    assert min(tops + helpers, default=0) == pytest.approx(0, abs=1e-6)
    assert max(bottoms + helpers, default=0) == pytest.approx(placed.height, abs=1e-6)


def test_crossings_that_can_be_avoided_are():
    """Three ladders whose names run against each other: by name each pair crosses, in fact none has to."""
    nodes = [Node(f"{side}{i}", "xyz".index(side), 40) for side in "xyz" for i in range(3)]
    edges = [Edge(f"x{i}", f"y{2 - i}") for i in range(3)] + [Edge(f"y{i}", f"z{i}") for i in range(3)]
    placed = layout(nodes, edges, gap=GAP)
    assert (placed.crossings_at_start, placed.crossings) == (3, 0)


def test_sweeps_that_make_it_worse_are_not_kept(monkeypatch):
    """Whatever a sweep does to the order, the best order seen is the one that is used."""

    def turned(graph, order, *, leftward):
        """Every other layer upside down."""
        return [layer[::-1] if k % 2 == leftward else layer for k, layer in enumerate(order)]

    monkeypatch.setattr(graph_order, "_sweep", turned)
    monkeypatch.setattr(graph_order, "_switched", lambda graph, order: order)
    for seed in range(20):
        pick = random.Random(seed)
        nodes = [Node(f"{i:02}", i // 6, 40) for i in range(18)]
        pairs = {(a, b) for a in range(12) for b in range(6 * (a // 6 + 1), 18) if pick.random() < 0.2}
        placed = layout(nodes, [Edge(f"{a:02}", f"{b:02}") for a, b in sorted(pairs)], gap=GAP)
        assert placed.crossings <= placed.crossings_at_start


def test_a_crossing_that_cannot_be_avoided_stays():
    """Each of two jobs leads to each of two others: one crossing, whatever the order."""
    nodes = [Node(i, "ab".index(i[0]), 40) for i in ("a1", "a2", "b1", "b2")]
    edges = [Edge(a, b) for a in ("a1", "a2") for b in ("b1", "b2")]
    assert layout(nodes, edges, gap=GAP).crossings == 1


def test_a_chain_is_drawn_as_a_straight_line():
    nodes = [Node(i, k, 40 + 20 * k) for k, i in enumerate("abc")]
    placed = layout(nodes, [Edge("a", "b"), Edge("b", "c")], gap=GAP)
    assert placed.y["a"] == pytest.approx(placed.y["b"]) == pytest.approx(placed.y["c"])


def test_the_heavier_edge_is_the_straighter():
    """One goal, two starts: it stands nearer to the one whose edge is heavier."""
    nodes = [Node("a", 0, 40), Node("b", 0, 40), Node("c", 1, 40)]
    placed = layout(nodes, [Edge("a", "c", 9), Edge("b", "c", 1)], gap=GAP)
    assert abs(placed.y["a"] - placed.y["c"]) < abs(placed.y["b"] - placed.y["c"])


def test_a_long_edge_has_a_point_on_every_layer_it_crosses():
    nodes = [Node("a", 0, 40), Node("b", 1, 40), Node("c", 2, 40), Node("d", 3, 40)]
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("c", "d"), Edge("a", "d"), Edge("d", "a")]
    placed = layout(nodes, edges, gap=GAP)
    assert [layer for layer, _ in placed.bends["a", "d"]] == [1, 2]
    assert [layer for layer, _ in placed.bends["d", "a"]] == [2, 1]
    assert ("a", "b") not in placed.bends


def test_inner_layers_are_folded_where_fewer_are_asked_for_but_columns_are_kept():
    nodes = [Node("a", 0, 40), Node("b", 0, 40), Node("c", 0, 40), Node("d", 2, 40)]
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("c", "d")]
    assert layout(nodes, edges, gap=GAP).columns == (0, 0, 0, 2)
    folded = layout(nodes, edges, gap=GAP, most_layers=3)
    assert folded.columns == (0, 0, 2)
    assert folded.layer["a"] <= folded.layer["b"] <= folded.layer["c"] < folded.layer["d"]
    assert layout(nodes, edges, gap=GAP, most_layers=1).columns == (0, 2)


def test_a_circle_shares_a_layer_and_both_ways_do_not_fail():
    nodes = [Node("a", 1, 40), Node("b", 1, 40), Node("c", 1, 40)]
    placed = layout(nodes, [Edge("a", "b"), Edge("b", "a"), Edge("b", "c")], gap=GAP)
    assert placed.layer == {"a": 0, "b": 0, "c": 1}


def test_jobs_tied_within_a_layer_stand_side_by_side():
    nodes = [Node(i, 0, 40) for i in "abcd"]
    placed = layout(nodes, [Edge("a", "d"), Edge("d", "a")], gap=GAP)
    between = [
        i for i in "bc" if min(placed.y["a"], placed.y["d"]) < placed.y[i] < max(placed.y["a"], placed.y["d"])
    ]
    assert between == []


def test_no_node_one_node_and_separate_parts():
    empty = layout([], [], gap=GAP)
    assert (empty.layer, empty.columns, empty.height) == ({}, (), 0)
    one = layout([Node("a", 3, 50)], [], gap=GAP)
    assert (one.layer, one.y, one.columns, one.height) == ({"a": 0}, {"a": 25}, (3,), 50)
    parts = layout([Node(i, k % 2, 40) for k, i in enumerate("abcd")], [Edge("a", "b")], gap=GAP)
    assert parts.height == 95


def test_what_cannot_be_laid_out_is_refused():
    with pytest.raises(ValueError, match="twice"):
        layout([Node("a", 0, 40), Node("a", 1, 40)], [], gap=GAP)
    with pytest.raises(KeyError):
        layout([Node("a", 0, 40)], [Edge("a", "b")], gap=GAP)
