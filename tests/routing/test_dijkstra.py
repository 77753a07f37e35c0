"""One Dijkstra, against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, assert_leads, random_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import UNREACHABLE, ArcGraph, distances, shortest_path


def test_distances_equal_networkx_in_both_directions() -> None:
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        graph, cost = case.networkx(), case.costs[:, 0]
        for reverse, oracle in ((False, graph), (True, graph.reverse())):
            expected = nx.single_source_dijkstra_path_length(oracle, case.source, weight="cost")
            got = distances(case.graph, cost, case.source, reverse=reverse)
            listed = [expected.get(node, UNREACHABLE) for node in range(case.n_nodes)]
            assert got.tolist() == listed, f"seed {seed}, reverse {reverse}"


def test_shortest_path_costs_what_networkx_says_or_is_refused() -> None:
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        cost = case.costs[:, 0]
        try:
            arcs = shortest_path(case.graph, cost, case.source, case.target)
        except NoRouteError:
            assert not nx.has_path(case.networkx(), case.source, case.target), f"seed {seed}"
            continue
        best = nx.dijkstra_path_length(case.networkx(), case.source, case.target, weight="cost")
        assert_leads(case, arcs)
        assert cost[arcs].sum() == best, f"seed {seed}"


def test_unreachable_is_above_every_limit() -> None:
    graph = ArcGraph.from_arcs(2, [], [])
    assert distances(graph, [], 0).tolist() == [0, UNREACHABLE]
    assert (distances(graph, [], 0) > 2**62).tolist() == [False, True]


def test_no_route_names_both_ends() -> None:
    with pytest.raises(NoRouteError, match="from node 0 to node 1") as caught:
        shortest_path(ArcGraph.from_arcs(2, [1], [0]), [3], 0, 1)
    assert (caught.value.origin, caught.value.destination) == ("0", "1")


def test_a_closed_arc_is_not_driven() -> None:
    graph = ArcGraph.from_arcs(2, [0, 0], [1, 1]).keeping([False, True])
    assert shortest_path(graph, [1, 9], 0, 1).tolist() == [1]


@pytest.mark.parametrize(("source", "target"), [(2, 0), (0, -1), (0.0, 1), (np.array([0]), 1.5)])
def test_refuses_nodes_that_do_not_exist(source: object, target: object) -> None:
    with pytest.raises(DataError, match="is no node"):
        shortest_path(ArcGraph.from_arcs(2, [0], [1]), [1], source, target)
