"""Matrices: each cell is what networkx says, whatever the side that is searched from."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from routing.oracles import SEARCHED, random_case, road_case

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import UNREACHABLE, ArcGraph, WeightedGraph, cost_matrix

ALWAYS, NEVER = 0, 10**9


@pytest.mark.parametrize("draw", [lambda seed: random_case(seed, 1), road_case])
def test_every_cell_is_what_networkx_says_plain_and_compiled_alike(draw) -> None:
    for seed in range(SEARCHED // (40 if draw is road_case else 4)):
        case, rng = draw(seed), np.random.default_rng(seed)
        starts, ends = (rng.integers(0, case.n_nodes, rng.integers(0, 6)) for _ in range(2))
        matrices = [
            cost_matrix(
                WeightedGraph.of(case.graph, case.costs[:, 0], small=small), starts, ends, threads=2
            )
            for small in (NEVER, ALWAYS)
        ]
        graph = case.networkx()
        known = [
            nx.single_source_dijkstra_path_length(graph, start, weight="cost")
            for start in starts.tolist()
        ]
        expected = [[row.get(end, UNREACHABLE) for end in ends.tolist()] for row in known]
        for matrix in matrices:
            assert matrix.dtype == np.int64
            assert matrix.shape == (len(starts), len(ends))
            assert matrix.tolist() == expected, f"seed {seed}"


def test_many_searches_on_the_roads_that_decide_change_no_cell() -> None:
    """Ends inside chains, up dead ends, apart from all others; one-way parts and several pieces."""
    for seed in range(SEARCHED // 40):
        case, rng = road_case(seed), np.random.default_rng(seed)
        starts, ends = (rng.permutation(case.n_nodes)[:count] for count in (30, 35))
        plain, quick = (
            cost_matrix(
                WeightedGraph.of(case.graph, case.costs[:, 0], small=small), starts, ends, threads=2
            )
            for small in (NEVER, ALWAYS)
        )
        assert (plain == quick).all(), f"seed {seed}"


def test_many_to_one_and_one_to_many_are_turned_alike() -> None:
    roads = WeightedGraph.of(ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2]), [4, 5, 10])
    assert cost_matrix(roads, [0, 1, 2], [2]).tolist() == [[9], [5], [0]]
    assert cost_matrix(roads, [0], [0, 1, 2]).tolist() == [[0, 4, 9]]


def test_a_node_may_stand_several_times() -> None:
    roads = WeightedGraph.of(ArcGraph.from_arcs(2, [0], [1]), [4])
    assert cost_matrix(roads, [0, 1, 0], [1, 1]).tolist() == [[4, 4], [0, 0], [4, 4]]


@pytest.mark.parametrize(("starts", "ends"), [([2], [0]), ([0], [-1])])
def test_refuses_nodes_that_do_not_exist(starts: list[int], ends: list[int]) -> None:
    roads = WeightedGraph.of(ArcGraph.from_arcs(2, [0], [1]), [4])
    with pytest.raises(DataError, match="is no node"):
        cost_matrix(roads, starts, ends)
