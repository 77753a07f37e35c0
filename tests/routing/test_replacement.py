"""Detours round a loss equal a search on a graph that never had it."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, assert_leads, random_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import UNREACHABLE, ArcGraph, EndTrees, replacement_costs


def test_equals_networkx_without_the_group() -> None:
    n_cut = n_longer = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        cost = case.costs[:, 0]
        groups = np.random.default_rng(seed).integers(-1, 4, size=len(cost))
        try:
            trees = EndTrees.between(case.graph, cost, case.source, case.target)
        except NoRouteError:
            continue
        path = trees.path
        found = replacement_costs(trees, groups=groups)
        met = [g for g in groups[path].tolist() if g >= 0]
        assert found.groups.tolist() == list(dict.fromkeys(met)), f"seed {seed}"
        for place, (group, total) in enumerate(zip(found.groups, found.costs, strict=True)):
            detour = found.path(place)
            left = case.networkx()
            left.remove_edges_from(
                [(case.tail[a], case.head[a], a) for a in np.flatnonzero(groups == group)]
            )
            if not nx.has_path(left, case.source, case.target):
                assert (total, len(detour)) == (UNREACHABLE, 0), f"seed {seed}"
                n_cut += 1
                continue
            best = nx.dijkstra_path_length(left, case.source, case.target, weight="cost")
            assert total == best == cost[detour].sum(), f"seed {seed}"
            assert group not in groups[detour], f"seed {seed}"
            assert_leads(case, detour)
            n_longer += total > cost[path].sum()
    assert n_cut > 0
    assert n_longer > 0


def test_both_directions_of_a_road_are_lost_together() -> None:
    """A road 0-1, and a way round that would need the same road backwards."""
    tail, head = [0, 1, 0, 2], [1, 0, 2, 1]
    graph = ArcGraph.from_arcs(3, tail, head)
    found = replacement_costs(EndTrees.between(graph, [5, 5, 40, 40], 0, 1), groups=[0, 0, 1, 2])
    assert found.costs.tolist() == [80]
    assert found.path(0).tolist() == [2, 3]


def test_one_practical_road_is_above_every_stretch() -> None:
    """382 km by the road, 1,809 km by another: a cut, though the graph has no bridge."""
    graph = ArcGraph.from_arcs(2, [0, 0], [1, 1])
    found = replacement_costs(EndTrees.between(graph, [382, 1809], 0, 1), groups=[0, 1])
    assert (found.costs > 2 * 382).tolist() == [True]


def test_an_empty_path_loses_nothing() -> None:
    trees = EndTrees.between(ArcGraph.from_arcs(2, [0], [1]), [1], 0, 0)
    found = replacement_costs(trees, groups=[0])
    assert (found.groups.size, found.costs.size) == (0, 0)


def test_names_of_groups_may_be_any_numbers() -> None:
    trees = EndTrees.between(ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2]), [1, 1, 9], 0, 2)
    found = replacement_costs(trees, groups=[2**60, -7, -7])
    assert (found.groups.tolist(), found.costs.tolist()) == ([2**60], [9])


@pytest.mark.parametrize("groups", [[0], [0.5, 1.0]])
def test_refuses_what_it_cannot_use(groups: list) -> None:
    trees = EndTrees.between(ArcGraph.from_arcs(3, [0, 1], [1, 2]), [1, 1], 0, 2)
    with pytest.raises(DataError, match="2 whole numbers"):
        replacement_costs(trees, groups=groups)
