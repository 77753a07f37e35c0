"""Paths without banned turns, against a graph of whole histories made with networkx."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, Case, random_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import (
    UNREACHABLE,
    ArcGraph,
    Landmarks,
    WeightedGraph,
    pareto_paths,
    path_tree,
    shortest_path,
    without_turns,
)

Bans = list[tuple[int, ...]]
LONGEST = 4


def random_bans(case: Case, seed: int) -> Bans:
    """Walks of two to four arcs, some of them the beginning or the end of another."""
    random = np.random.default_rng([seed, 77])
    bans = []
    for _ in range(int(random.integers(0, 9))):
        walk: list[int] = []
        for _ in range(int(random.integers(2, LONGEST + 1))):
            node = case.head[walk[-1]] if walk else random.integers(case.n_nodes)
            out = np.flatnonzero(case.tail == node)
            if len(out):
                walk.append(int(random.choice(out)))
        if len(walk) > 1:
            bans.append(tuple(walk))
    return bans


def oracle(case: Case, bans: Bans, criterion: int) -> int | None:
    """Cheapest cost on the graph of (node, last arcs driven); None where no way leads there."""
    graph = nx.DiGraph()
    start = (case.source, ())
    waiting = [start]
    graph.add_node(start)
    while waiting:
        node, past = here = waiting.pop()
        for arc in np.flatnonzero(case.tail == node).tolist():
            driven = (*past, arc)
            if any(driven[-len(ban) :] == ban for ban in bans):
                continue
            there = (int(case.head[arc]), driven[-(LONGEST - 1) :])
            if there not in graph:
                waiting.append(there)
            graph.add_edge(here, there, cost=int(case.costs[arc, criterion]))
    found = nx.single_source_dijkstra_path_length(graph, start, weight="cost")
    costs = [cost for (node, _), cost in found.items() if node == case.target]
    return min(costs, default=None)


def runs_through(path: list[int], bans: Bans) -> bool:
    return any(tuple(path[i : i + len(ban)]) == ban for ban in bans for i in range(len(path)))


@pytest.mark.parametrize("block", range(4))
def test_cheapest_paths_are_those_of_the_graph_of_histories(block: int) -> None:
    """Overlapping bans, bans within bans, loops and parallel arcs; seed on failure."""
    banned = 0
    for seed in range(block * CAMPAIGN, (block + 1) * CAMPAIGN):
        case = random_case(seed, 1)
        bans = random_bans(case, seed)
        turns = without_turns(case.graph, bans, case.target)
        costs = turns.spread(case.costs[:, 0])
        expected = oracle(case, bans, 0)
        try:
            found = shortest_path(turns.graph, costs, case.source, case.target)
        except NoRouteError:
            assert expected is None, seed
            continue
        path = turns.path(found)
        assert int(case.costs[path, 0].sum()) == expected, seed
        assert not runs_through(path.tolist(), bans), seed
        nodes = [case.source, *case.head[path].tolist()]
        assert nodes[:-1] == case.tail[path].tolist(), seed
        assert nodes[-1] == case.target, seed
        banned += bool(bans)
    assert banned > CAMPAIGN // 10


def test_extremes_of_a_pareto_set_without_turns_are_the_cheapest_of_each() -> None:
    for seed in range(CAMPAIGN):
        case = random_case(seed, 2)
        if case.source == case.target:
            continue
        bans = random_bans(case, seed)
        turns = without_turns(case.graph, bans, case.target)
        expected = [oracle(case, bans, k) for k in (0, 1)]
        try:
            front = pareto_paths(turns.graph, turns.spread(case.costs), case.source, case.target)
        except NoRouteError:
            assert expected == [None, None], seed
            continue
        assert front.costs.min(axis=0).tolist() == expected, seed
        for path in front.paths:
            assert not runs_through(turns.path(path).tolist(), bans), seed


def test_trees_and_landmarks_keep_to_the_turns_too() -> None:
    """One tree without a target for all nodes; landmarks with one; plain and compiled."""
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        bans, small = random_bans(case, seed), seed % 2 * 10**9
        turns = without_turns(case.graph, bans)
        roads = WeightedGraph.of(turns.graph, turns.spread(case.costs[:, 0]), small=small)
        found = turns.reached(path_tree(roads, case.source).distance)
        assert len(found) == case.n_nodes
        for node in range(case.n_nodes):
            expected = oracle(replace(case, target=node), bans, 0)
            assert found[node] == (UNREACHABLE if expected is None else expected), seed
        turns = without_turns(case.graph, bans, case.target)
        roads = WeightedGraph.of(turns.graph, turns.spread(case.costs[:, 0]), small=small)
        if found[case.target] < UNREACHABLE:
            path = turns.path(Landmarks.of(roads).path(case.source, case.target))
            assert case.costs[path, 0].sum() == found[case.target], seed
            assert not runs_through(path.tolist(), bans), seed


def test_without_bans_nothing_changes() -> None:
    case = random_case(5, 1)
    turns = without_turns(case.graph, [], case.target)
    assert turns.graph.n_nodes == case.n_nodes
    assert turns.arc_of.tolist() == list(range(len(case.tail)))


def test_closed_arcs_stay_closed() -> None:
    graph = ArcGraph.from_arcs(2, [0, 0], [1, 1]).keeping([False, True])
    assert without_turns(graph, [], 1).arc_of.tolist() == [1]


@pytest.mark.parametrize("ban", [(), (0,), (0, 9), (0, 2), (0.5, 1.0), ((0, 1), (0, 1))])
def test_what_is_no_turn_is_refused(ban: object) -> None:
    graph = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2])
    with pytest.raises(DataError, match="follow one another"):
        without_turns(graph, [ban], 2)
