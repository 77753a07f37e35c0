"""The fewest roads whose loss together leaves no way."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from routing.oracles import SEARCHED, road_case

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import ArcGraph, MinCut, WeightedGraph, min_cut


def streets(seed: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Ends of some two-way streets and one-way streets among few nodes: arcs, the two ways side by side."""
    rng = np.random.default_rng([seed, 41])
    count = int(rng.integers(2, 9))
    ends = rng.integers(0, count, (2, int(rng.integers(1, 4 * count))))
    return count, ends, rng.random(ends.shape[1]) < 0.8


def two_ways(ends: np.ndarray, is_two_way: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tail, head and street of each arc."""
    street = np.arange(ends.shape[1])
    tail, head = np.append(ends[0], ends[1][is_two_way]), np.append(ends[1], ends[0][is_two_way])
    return tail, head, np.append(street, street[is_two_way])


def leads(count: int, tail: np.ndarray, head: np.ndarray, is_left: np.ndarray) -> bool:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(zip(tail[is_left].tolist(), head[is_left].tolist(), strict=True))
    return nx.has_path(graph, 0, count - 1)


def smallest(
    count: int, tail: np.ndarray, head: np.ndarray, members: list[np.ndarray], most: int
) -> int | None:
    """Size of the smallest set of members without which nothing leads from the first node to the last."""
    for size in range(most + 1):
        for lost in combinations(members, size):
            is_left = np.ones(len(tail), dtype=bool)
            is_left[np.concatenate([np.zeros(0, np.int64), *lost])] = False
            if not leads(count, tail, head, is_left):
                return size
    return None


@pytest.mark.parametrize("small", [0, 10**9], ids=["compiled", "plain"])
def test_as_many_streets_as_networkx_and_their_loss_cuts(small: int) -> None:
    """networkx knows no parallel edges in a cut, so each street is an edge of its own half-way."""
    for seed in range(SEARCHED // 10):
        count, ends, is_two_way = streets(seed)
        tail, head, street = two_ways(ends, is_two_way)
        graph = nx.DiGraph()
        graph.add_nodes_from(range(count))
        for i, (start, end) in enumerate(zip(tail.tolist(), head.tolist(), strict=True)):
            graph.add_edges_from([(start, (start, i)), ((start, i), end)], capacity=1)
        wanted = len(nx.minimum_edge_cut(graph, 0, count - 1))
        roads = WeightedGraph.of(
            ArcGraph.from_arcs(count, tail, head), np.ones(len(tail), int), small=small
        )
        found = min_cut(roads, [0], [count - 1], groups=street, most=4)
        if wanted > 4:
            assert found is None, seed
            continue
        assert found is not None, seed
        assert (len(found), found.shared) == (wanted, ()), seed
        assert not leads(count, tail, head, ~np.isin(street, found.groups)), seed


def test_what_is_shared_counts_once_as_every_set_tried_says() -> None:
    """Random bridges that some streets share, and streets that are never lost."""
    seen = set()
    for seed in range(SEARCHED // 10):
        count, ends, is_two_way = streets(seed)
        tail, head, street = two_ways(ends, is_two_way)
        rng = np.random.default_rng([seed, 42])
        street = np.where(rng.random(ends.shape[1]) < 0.1, -1, np.arange(ends.shape[1]) // 2)[
            street
        ]
        bridges = [
            np.flatnonzero(np.isin(street, rng.integers(0, ends.shape[1], 3)))
            for _ in range(rng.integers(0, 4))
        ]
        members = [np.flatnonzero(street == name) for name in np.unique(street[street >= 0])]
        wanted = smallest(count, tail, head, [*members, *bridges], 3)
        roads = WeightedGraph.of(ArcGraph.from_arcs(count, tail, head), np.ones(len(tail), int))
        found = min_cut(roads, [0], [count - 1], groups=street, shared=bridges)
        assert (None if found is None else len(found)) == wanted, seed
        if found is None:
            continue
        is_left = ~np.isin(street, found.groups)
        for bridge in found.shared:
            is_left[bridges[bridge]] = False
        assert not leads(count, tail, head, is_left), seed
        seen.add(bool(found.shared))
    assert seen == {False, True}


def test_of_equal_cuts_the_nearest_to_the_sources() -> None:
    graph = ArcGraph.from_arcs(4, [0, 1, 2], [1, 2, 3])
    roads = WeightedGraph.of(graph, [1, 1, 1])
    assert min_cut(roads, [0], [3], groups=[5, 6, 7]) == MinCut(groups=(5,), shared=())
    assert min_cut(roads, [0, 1], [3], groups=[5, 6, 7]) == MinCut(groups=(6,), shared=())
    assert min_cut(roads, [0], [3], groups=[-1, -1, 7]) == MinCut(groups=(7,), shared=())
    assert min_cut(roads, [0], [3], groups=[-1, -1, -1]) is None


def test_nothing_to_lose_where_nothing_leads() -> None:
    roads = WeightedGraph.of(ArcGraph.from_arcs(2, [], []), [])
    assert min_cut(roads, [0], [1], groups=[]) == MinCut(groups=(), shared=())
    joined = WeightedGraph.of(ArcGraph.from_arcs(2, [0], [1]), [1])
    is_left = np.zeros(1, dtype=bool)
    assert min_cut(joined, [0], [1], groups=[0], is_left=is_left) == MinCut(groups=(), shared=())


def test_refuses_what_it_cannot_part() -> None:
    roads = WeightedGraph.of(ArcGraph.from_arcs(2, [0], [1]), [1])
    with pytest.raises(DataError, match="a source and a target"):
        min_cut(roads, [0, 1], [1], groups=[0])
    with pytest.raises(DataError, match="source 2 is no node"):
        min_cut(roads, [2], [1], groups=[0])
    with pytest.raises(DataError, match="Groups must be 1 whole numbers"):
        min_cut(roads, [0], [1], groups=[0.5])


def test_large_graph_is_cut_as_networkx_cuts_it() -> None:
    """Compiled, with some hundred nodes along roads."""
    for seed in range(SEARCHED // 100):
        case = road_case(seed)
        roads = WeightedGraph.of(case.graph, case.costs[:, 0], small=0)
        found = min_cut(
            roads, [case.source], [case.target], groups=np.arange(case.graph.n_arcs), most=9
        )
        graph = nx.DiGraph()
        graph.add_nodes_from(range(case.n_nodes))
        for tail, head in zip(case.tail.tolist(), case.head.tolist(), strict=True):
            more = graph.get_edge_data(tail, head, {"capacity": 0})["capacity"]
            graph.add_edge(tail, head, capacity=more + 1)
        assert found is not None
        assert len(found) == nx.minimum_cut_value(graph, case.source, case.target), seed
