"""Trees from both ends: one path in both, and its cost."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, assert_leads, random_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import ArcGraph, EndTrees, WeightedGraph
from cmcoord_geo.routing.end_trees import without_loops


@pytest.mark.parametrize("small", [0, 10**6])
def test_the_path_is_cheapest_and_lies_in_both_trees(small: int) -> None:
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        roads = WeightedGraph.of(case.graph, case.costs[:, 0], small=small)
        try:
            trees = EndTrees.of(roads, case.source, case.target)
        except NoRouteError:
            assert not nx.has_path(case.networkx(), case.source, case.target), f"seed {seed}"
            continue
        best = nx.dijkstra_path_length(case.networkx(), case.source, case.target, weight="cost")
        assert trees.best == best == case.costs[trees.path, 0].sum(), f"seed {seed}"
        assert_leads(case, trees.path)
        places = case.graph.layout.place
        for node in [case.source, *case.head[trees.path].tolist()]:
            over = trees.over(int(places[node]), int(places[node]))
            assert over.tolist() == trees.path.tolist(), f"seed {seed}"


def test_loops_are_left_out() -> None:
    """0 1 2 1 3 1 4: three visits to node 1."""
    graph = ArcGraph.from_arcs(5, [0, 1, 2, 1, 3, 1], [1, 2, 1, 3, 1, 4])
    assert without_loops(graph, np.arange(6)).tolist() == [0, 5]
    assert without_loops(graph, np.array([0, 5])).tolist() == [0, 5]


def test_names_the_end_that_does_not_exist() -> None:
    with pytest.raises(DataError, match="target 7"):
        EndTrees.between(ArcGraph.from_arcs(2, [0], [1]), [1], 0, 7)
