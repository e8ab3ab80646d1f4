"""What the benchmark of pathways asks is always the same, and of the size that it names."""

import pytest

from bench import pathways
from bench.pathways import EDGES, NODES


def test_the_large_graph_is_of_the_size_named_and_the_same_every_time():
    nodes, edges = pathways.large_graph(NODES, EDGES)
    assert (len({node.id for node in nodes}), len({(e.start, e.goal) for e in edges})) == (500, 1_500)
    assert pathways.large_graph(NODES, EDGES) == (nodes, edges)
    assert pathways.large_graph(NODES, EDGES, seed=2) != (nodes, edges)
    column = {node.id: node.column for node in nodes}
    assert set(column.values()) == {0, 1, 2, 3}
    assert all(column[edge.start] <= column[edge.goal] for edge in edges)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_pairs_are_of_two_different_occupations_and_the_same_for_a_seed(seed):
    socs = [f"{i:02}" for i in range(40)]
    found = pathways.pairs(socs, 10, seed)
    assert len(found) == 10
    assert all(start != goal for start, goal in found)
    assert found == pathways.pairs(socs, 10, seed)
    assert found != pathways.pairs(socs, 10, seed + 1)
