"""Stretch, sharing and local optimality: as all pairs of nodes say it."""

from __future__ import annotations

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, random_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import ArcGraph, EndTrees, WeightedGraph, option_figures, trip_figures
from cmcoord_geo.routing.option_figures import cheapest_flaw


@pytest.mark.parametrize("small", [0, 10**6])
def test_equal_the_definitions_on_every_path(small: int) -> None:
    n_flawed = n_whole = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        roads = WeightedGraph.of(case.graph, case.costs[:, 0], small=small)
        try:
            trees = EndTrees.of(roads, case.source, case.target)
        except NoRouteError:
            continue
        whole = case.networkx()
        least = dict(nx.all_pairs_dijkstra_path_length(whole, weight="cost"))
        simple = nx.all_simple_edge_paths(whole, case.source, case.target)
        for edges, _ in zip(simple, range(8), strict=False):
            arcs = np.array([key for _, _, key in edges], dtype=np.int64)
            cost = case.costs[arcs, 0]
            flaws = [
                int(cost[i:j].sum())
                for i in range(len(arcs))
                for j in range(i + 1, len(arcs) + 1)
                if cost[i:j].sum() > least[int(case.tail[arcs[i]])][int(case.head[arcs[j - 1]])]
            ]
            found = option_figures(trees, arcs, up_to=None)
            assert found.local == min(flaws, default=None), f"seed {seed}, {arcs}"
            small_ones = [flaw for flaw in flaws if flaw < trees.best * Fraction(3, 4)]
            near = option_figures(trees, arcs, up_to=0.75).local
            assert near == min(small_ones, default=None), f"seed {seed}, {arcs}"
            assert found.cost == cost.sum()
            if trees.best:
                both = set(arcs.tolist()) & set(trees.path.tolist())
                assert found.stretch == Fraction(int(cost.sum()), trees.best)
                assert found.sharing == Fraction(int(case.costs[list(both), 0].sum()), trees.best)
            n_flawed, n_whole = n_flawed + bool(flaws), n_whole + (not flaws)
    assert min(n_flawed, n_whole) > 0


def test_a_trip_of_two_parts_is_measured_against_the_best_of_both() -> None:
    """There by the long road of a ring (12 for 10), back by the short one: 22 for 20, a flaw of 12."""
    graph = ArcGraph.from_arcs(4, [0, 1, 0, 2, 1, 3, 2, 3], [1, 3, 2, 3, 0, 1, 0, 2])
    cost = [5, 5, 6, 6, 5, 5, 6, 6]
    there, back = EndTrees.between(graph, cost, 0, 3), EndTrees.between(graph, cost, 3, 0)
    found = trip_figures([(there, [2, 3]), (back, [5, 4])], up_to=0.75)
    assert (found.cost, found.stretch, found.sharing) == (22, Fraction(11, 10), Fraction(1, 2))
    assert found.local == 12  # a share of the whole trip: of one part alone it would be none
    assert option_figures(there, [2, 3], up_to=0.75).local is None
    assert trip_figures([(there, there.path), (back, back.path)]).local is None
    with pytest.raises(DataError):
        trip_figures([])


def test_flaws_along_a_long_path() -> None:
    """A row of 60 nodes with short cuts here and there: every part is tried by networkx."""
    for seed in range(25):
        rng = np.random.default_rng(seed)
        cost = rng.integers(1, 9, 59)
        start = rng.integers(0, 50, 6)
        end = start + rng.integers(2, 9, 6)
        saved = [
            max(1, int(cost[a:b].sum()) - int(rng.integers(-3, 3)))
            for a, b in zip(start, end, strict=True)
        ]
        tail, head = np.r_[np.arange(59), start], np.r_[np.arange(1, 60), end]
        costs = np.r_[cost, saved]
        whole = nx.DiGraph()
        for a, b, c in sorted(
            zip(tail.tolist(), head.tolist(), costs.tolist(), strict=True), reverse=True
        ):
            if whole.get_edge_data(a, b, {"cost": c + 1})["cost"] > c:
                whole.add_edge(a, b, cost=c)
        least = dict(nx.all_pairs_dijkstra_path_length(whole, weight="cost"))
        parts = [(i, j) for i in range(60) for j in range(i + 1, 60)]
        flaws = [int(cost[i:j].sum()) for i, j in parts if cost[i:j].sum() > least[i][j]]
        roads = WeightedGraph.of(ArcGraph.from_arcs(60, tail, head), costs)
        assert cheapest_flaw(roads, np.arange(59)) == min(flaws, default=None), f"seed {seed}"


@pytest.mark.parametrize("path", [[0], [1, 0], [2], [0.5], [-1]])
def test_refuses_arcs_that_lead_elsewhere(path: list) -> None:
    trees = EndTrees.between(ArcGraph.from_arcs(3, [0, 1], [1, 2]), [1, 1], 0, 2)
    with pytest.raises(DataError, match="from node 0 to node 2"):
        option_figures(trees, path)
