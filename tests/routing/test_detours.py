"""Detours read from two trees equal searches without the lost arcs: two-way, one-way, plain and compiled."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.routing import UNREACHABLE, ArcGraph, EndTrees, WeightedGraph, replacement_costs


def roads(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Both directions of roads on a jumbled grid, some of them one-way, some free, some of two parts."""
    rng = np.random.default_rng(seed)
    wide, high = 7, 5
    number = np.arange(wide * high).reshape(high, wide)
    pairs = np.vstack(
        [
            np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
            np.column_stack([number[:-1].ravel(), number[1:].ravel()]),
        ]
    )
    pairs = pairs[rng.random(len(pairs)) > 0.25]
    tail, head = pairs.ravel(), pairs[:, ::-1].ravel()
    cost = np.repeat(rng.integers(0, 12, len(pairs)), 2) + rng.integers(0, 2, 2 * len(pairs))
    road = np.repeat(np.arange(len(pairs)), 2)
    merged = rng.random(len(pairs)) < rng.choice([0.0, 0.15])
    road = np.where(merged[road], road // 2, road + 1000)
    is_there = rng.random(2 * len(pairs)) > rng.choice([0.0, 0.2, 0.45])
    return tail[is_there], head[is_there], cost[is_there], road[is_there]


@pytest.mark.parametrize("small", [0, 10**6])
def test_equals_networkx_on_one_way_grids(small: int) -> None:
    n_longer = n_cut = 0
    for seed in range(120):
        tail, head, cost, road = roads(seed)
        graph = ArcGraph.from_arcs(35, tail, head)
        try:
            trees = EndTrees.of(WeightedGraph.of(graph, cost, small=small), 0, 34)
        except NoRouteError:
            continue
        found = replacement_costs(trees, groups=road)
        whole = nx.MultiDiGraph()
        whole.add_nodes_from(range(35))
        for arc, (a, b) in enumerate(zip(tail.tolist(), head.tolist(), strict=True)):
            whole.add_edge(a, b, key=arc, cost=int(cost[arc]), road=int(road[arc]))
        for place, lost in enumerate(found.groups.tolist()):
            left = nx.MultiDiGraph(
                (a, b, k, d)
                for a, b, k, d in whole.edges(keys=True, data=True)
                if d["road"] != lost
            )
            left.add_nodes_from(range(35))
            total, path = int(found.costs[place]), found.path(place)
            if not nx.has_path(left, 0, 34):
                assert (total, len(path)) == (UNREACHABLE, 0), f"seed {seed}"
                n_cut += 1
                continue
            best = nx.dijkstra_path_length(left, 0, 34, weight="cost")
            assert total == best == cost[path].sum(), f"seed {seed}, road {lost}"
            assert lost not in road[path]
            nodes = [0, *head[path].tolist()]
            assert tail[path].tolist() == nodes[:-1]
            assert nodes[-1] == 34
            assert len(set(nodes)) == len(nodes)
            n_longer += total > trees.best
    assert min(n_longer, n_cut) > 0


def test_neighbours_with_one_detour_share_it() -> None:
    graph = ArcGraph.from_arcs(4, [0, 1, 2, 0], [1, 2, 3, 3])
    found = replacement_costs(EndTrees.between(graph, [1, 1, 1, 9], 0, 3), groups=[0, 1, 2, 3])
    assert found.path(0).tolist() == [3]
    assert found.path(0) is found.path(2)


@pytest.mark.parametrize("small", [0, 10**6])
def test_a_detour_through_nodes_that_both_trees_reach_over_the_loss(small: int) -> None:
    """0 1 2 3 is the road; one-way roads lead from 2 to 4 and 5 and on to 1, all others there are dear."""
    tail = [0, 1, 2, 2, 4, 5, 0, 4, 5]
    head = [1, 2, 3, 4, 1, 1, 4, 5, 3]
    cost = [1, 1, 1, 1, 1, 1, 10, 1, 10]
    roads = WeightedGraph.of(ArcGraph.from_arcs(6, tail, head), cost, small=small)
    found = replacement_costs(EndTrees.of(roads, 0, 3), groups=np.arange(9))
    assert found.costs.tolist() == [13, 21, 14]
    assert [found.path(i).tolist() for i in range(3)] == [[6, 4, 1, 2], [6, 7, 8], [0, 1, 3, 7, 8]]
