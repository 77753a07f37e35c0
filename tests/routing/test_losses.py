"""What every target costs after each loss equals a search on a graph that never had the lost arcs."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, random_case, road_case

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import UNREACHABLE, ArcGraph, distances, loss_costs, shortest_path


def test_equals_networkx_without_the_group() -> None:
    n_cut = n_longer = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        cost = case.costs[:, 0]
        rng = np.random.default_rng(seed)
        groups = [np.flatnonzero(rng.random(len(cost)) < share) for share in (0.05, 0.1, 0.2, 0.4)]
        targets = list(range(case.graph.n_nodes))
        found = loss_costs(case.graph, cost, case.source, targets, groups)
        rows = dict(zip(found.groups.tolist(), found.costs.tolist(), strict=True))
        for i, group in enumerate(groups):
            left = case.networkx()
            left.remove_edges_from([(case.tail[a], case.head[a], a) for a in group])
            best = nx.single_source_dijkstra_path_length(left, case.source, weight="cost")
            expected = [best.get(node, UNREACHABLE) for node in targets]
            assert rows.get(i, found.whole.tolist()) == expected, f"seed {seed}"
            n_cut += UNREACHABLE in expected
            n_longer += expected != found.whole.tolist()
    assert n_cut > 0
    assert n_longer > 0


def test_whole_and_last_arcs_make_the_cheapest_paths() -> None:
    for seed in range(20):
        case = random_case(seed, 1)
        cost = case.costs[:, 0]
        nodes = list(range(case.graph.n_nodes))
        found = loss_costs(case.graph, cost, case.source, nodes, [])
        assert found.whole.tolist() == distances(case.graph, cost, case.source).tolist()
        for node in nodes:
            total, here = 0, node
            while (arc := int(found.arc[here])) >= 0:
                assert case.head[arc] == here
                total, here = total + int(cost[arc]), int(case.tail[arc])
            assert (here == case.source) == (found.whole[node] != UNREACHABLE)
            if here == case.source:
                assert total == found.whole[node]


def test_free_arcs_and_parallel_ones() -> None:
    """Arcs without cost make no circle of last arcs; the cheaper of two parallel ones is the one used."""
    graph = ArcGraph.from_arcs(3, [0, 1, 1, 2, 0], [1, 0, 2, 1, 1])
    found = loss_costs(graph, [7, 0, 0, 0, 5], 0, [2], [np.array([4]), np.array([0])])
    assert found.groups.tolist() == [0]
    assert found.costs.tolist() == [[7]]


def test_a_closed_arc_is_not_lost_again() -> None:
    graph = ArcGraph.from_arcs(2, [0, 0], [1, 1]).keeping([False, True])
    found = loss_costs(graph, [4, 9], 0, [1], [np.array([0]), np.array([0, 1])])
    assert found.groups.tolist() == [1]
    assert found.costs.tolist() == [[UNREACHABLE]]


def test_an_earlier_loss_leaves_no_trace() -> None:
    graph = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2])
    groups = [np.array([0]), np.array([1]), np.array([0])]
    found = loss_costs(graph, [1, 1, 10], 0, [1, 2], groups)
    assert found.costs[0].tolist() == found.costs[2].tolist() == [UNREACHABLE, 10]
    assert found.costs[1].tolist() == [1, 10]
    assert shortest_path(graph, [1, 1, 10], 0, 2).tolist() == [0, 1]


@pytest.mark.parametrize(("cost", "source", "target"), [([-1], 0, 1), ([1], 5, 1), ([1], 0, 5)])
def test_refused(cost: list[int], source: int, target: int) -> None:
    graph = ArcGraph.from_arcs(2, [0], [1])
    with pytest.raises(DataError):
        loss_costs(graph, cost, source, [target], [])


def test_only_what_lies_below_a_loss_is_searched_again() -> None:
    """A comb whose teeth are linked: every loss, and no trace of an earlier one."""
    count = 40
    spine = [(i, i + 1) for i in range(count)]
    teeth = [(i, count + 1 + i) for i in range(count)]
    links = [(count + 1 + i, count + 2 + i) for i in range(count - 1)]
    pairs = [*spine, *teeth, *links]
    tail = [end for a, b in pairs for end in (a, b)]
    head = [end for a, b in pairs for end in (b, a)]
    cost = [c for i in range(len(pairs)) for c in (1 + i % 7, 2 + i % 5)]
    graph = ArcGraph.from_arcs(2 * count + 1, tail, head)
    groups = [np.array([2 * i, 2 * i + 1]) for i in range(len(pairs))]
    nodes = list(range(2 * count + 1))
    found = loss_costs(graph, cost, 0, nodes, groups)
    for i, row in zip(found.groups.tolist(), found.costs.tolist(), strict=True):
        is_open = np.ones(graph.n_arcs, dtype=bool)
        is_open[groups[i]] = False
        assert row == distances(graph.keeping(is_open), cost, 0).tolist()


def test_compiled_as_plain() -> None:
    """Some hundred nodes along roads, losses of several arcs, all targets or few."""
    for seed in range(CAMPAIGN // 10):
        case = road_case(seed)
        cost, rng = case.costs[:, 0] % 10**6, np.random.default_rng(seed)
        groups = [rng.integers(0, len(cost), 3) for _ in range(30)]
        nodes = rng.choice(case.n_nodes, 5)
        plain = loss_costs(case.graph, cost, case.source, nodes, groups)
        twin = loss_costs(case.graph, cost, case.source, nodes, groups, small=0)
        assert plain.groups.tolist() == twin.groups.tolist(), f"seed {seed}"
        assert plain.costs.tolist() == twin.costs.tolist(), f"seed {seed}"
        every = loss_costs(case.graph, cost, case.source, range(case.n_nodes), groups, small=0)
        rows = dict(zip(every.groups.tolist(), every.costs[:, nodes].tolist(), strict=True))
        for group, row in zip(twin.groups.tolist(), twin.costs.tolist(), strict=True):
            assert rows[group] == row, f"seed {seed}"
