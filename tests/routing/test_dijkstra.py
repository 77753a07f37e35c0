"""Trees of cheapest paths, against networkx."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, SEARCHED, cost_of, random_case, road_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import (
    UNREACHABLE,
    ArcGraph,
    WeightedGraph,
    distances,
    path_tree,
    shortest_path,
)


def test_distances_equal_networkx_in_both_directions() -> None:
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        graph, cost = case.networkx(), case.costs[:, 0]
        for reverse, oracle in ((False, graph), (True, graph.reverse())):
            expected = nx.single_source_dijkstra_path_length(oracle, case.source, weight="cost")
            got = distances(case.graph, cost, case.source, reverse=reverse)
            listed = [expected.get(node, UNREACHABLE) for node in range(case.n_nodes)]
            assert got.tolist() == listed, f"seed {seed}, reverse {reverse}"


@pytest.mark.parametrize("draw", [lambda seed: random_case(seed, 1), road_case])
def test_every_path_of_a_tree_costs_its_distance_plain_and_compiled_alike(draw) -> None:
    for seed in range(SEARCHED // (100 if draw is road_case else 4)):
        case, reverse = draw(seed), bool(seed % 2)
        plain, fast = (
            path_tree(
                WeightedGraph.of(case.graph, case.costs[:, 0], small=small),
                case.source,
                reverse=reverse,
            )
            for small in (10**9, 0)
        )
        assert plain.distance.tobytes() == fast.distance.tobytes(), f"seed {seed}"
        assert plain.arc.dtype == fast.arc.dtype
        assert plain.arc.tobytes() == fast.arc.tobytes(), f"seed {seed}"
        graph = case.networkx().reverse() if reverse else case.networkx()
        known = nx.single_source_dijkstra_path_length(graph, case.source, weight="cost")
        for node in range(case.n_nodes):
            if node not in known:
                assert plain.distance[node] == UNREACHABLE
                with pytest.raises(NoRouteError):
                    fast.path(node)
                continue
            ends = (node, case.source) if reverse else (case.source, node)
            asked = replace(case, source=ends[0], target=ends[1])
            assert cost_of(asked, fast.path(node)) == known[node] == plain.distance[node]


def test_wanted_nodes_are_final_and_the_rest_is_not_searched() -> None:
    for seed in range(SEARCHED // 20):
        case = road_case(seed)
        roads = WeightedGraph.of(case.graph, case.costs[:, 0], small=seed % 2 * 10**9)
        whole = path_tree(roads, case.source)
        wanted = np.random.default_rng(seed).choice(case.n_nodes, 3)
        part = path_tree(roads, case.source, targets=wanted)
        assert part.distance[wanted].tolist() == whole.distance[wanted].tolist(), f"seed {seed}"
        assert (part.distance >= whole.distance).all()
    chain = ArcGraph.from_arcs(9, range(8), range(1, 9))
    tree = path_tree(WeightedGraph.of(chain, [1] * 8), 0, targets=[3])
    assert tree.distance[8] == UNREACHABLE
    assert path_tree(WeightedGraph.of(chain, [1] * 8), 0, targets=[]).arc.tolist() == [-1] * 9


def test_unreachable_is_above_every_limit() -> None:
    graph = ArcGraph.from_arcs(2, [], [])
    assert distances(graph, [], 0).tolist() == [0, UNREACHABLE]
    assert (distances(graph, [], 0) > 2**62).tolist() == [False, True]


def test_a_closed_arc_is_not_driven() -> None:
    graph = ArcGraph.from_arcs(2, [0, 0], [1, 1]).keeping([False, True])
    assert shortest_path(graph, [1, 9], 0, 1).tolist() == [1]


@pytest.mark.parametrize(("source", "target"), [(2, 0), (0, -1), (0.0, 1), (np.array([0]), 1.5)])
def test_refuses_nodes_that_do_not_exist(source: object, target: object) -> None:
    with pytest.raises(DataError, match="is no node"):
        shortest_path(ArcGraph.from_arcs(2, [0], [1]), [1], source, target)
