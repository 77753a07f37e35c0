"""Single-via paths: real, simple, within the stretch, and all that the definition gives."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, Case, assert_leads, random_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import ArcGraph, EndTrees, ViaPath, shortest_path, single_via_paths
from cmcoord_geo.routing.stretch import stretch_limit


def ask(case: Case, max_stretch: float, min_plateau: float = 0.0) -> tuple[ViaPath, ...]:
    try:
        trees = EndTrees.between(case.graph, case.costs[:, 0], case.source, case.target)
        return single_via_paths(trees, max_stretch=max_stretch, min_plateau=min_plateau)
    except NoRouteError:
        assert not nx.has_path(case.networkx(), case.source, case.target), f"seed {case.seed}"
        return ()


def without_ties(case: Case) -> Case:
    """The same graph with costs whose sums are all different, so that cheapest paths are unique."""
    rng = np.random.default_rng(case.seed)
    return case.with_costs(rng.integers(1, 2**40, size=(len(case.tail), 1)))


def test_paths_are_real_distinct_and_within_the_stretch() -> None:
    for seed in range(CAMPAIGN):
        case = random_case(seed, 1)
        found = ask(case, 1.5)
        for path in found:
            assert_leads(case, path.arcs)
            assert case.costs[path.arcs, 0].sum() == path.cost, f"seed {seed}"
            assert path.cost <= stretch_limit(found[0].cost, 1.5), f"seed {seed}"
        assert len({tuple(path.arcs) for path in found}) == len(found), f"seed {seed}"


def test_the_cheapest_path_comes_first() -> None:
    for seed in range(CAMPAIGN):
        case = without_ties(random_case(seed, 1))
        for path in ask(case, 1.0, min_plateau=9.0)[:1]:
            best = shortest_path(case.graph, case.costs[:, 0], case.source, case.target)
            assert path.arcs.tolist() == best.tolist(), f"seed {seed}"


def test_equals_the_definition() -> None:
    """Every node's cheapest path over it, when it is simple and short enough, and nothing else."""
    n_several = 0
    for seed in range(CAMPAIGN):
        case = without_ties(random_case(seed, 1))
        graph, cost = case.graph, case.costs[:, 0]
        expected = set()
        for via in range(case.n_nodes):
            try:
                there = shortest_path(graph, cost, case.source, via)
                onward = shortest_path(graph, cost, via, case.target)
            except NoRouteError:
                continue
            arcs = np.concatenate((there, onward))
            nodes = [case.source, *case.head[arcs].tolist()]
            if len(set(nodes)) == len(nodes):
                expected.add((int(cost[arcs].sum()), *arcs.tolist()))
        best = min(expected)[0] if expected else 0
        expected = {path for path in expected if path[0] <= stretch_limit(best, 2.0)}
        found = [(path.cost, *path.arcs.tolist()) for path in ask(case, 2.0)]
        assert found == sorted(expected), f"seed {seed}"
        n_several += len(found) > 1
    assert n_several > 0


def test_parts_cheaper_than_the_plateau_are_cheapest_paths() -> None:
    n_parts = 0
    for seed in range(CAMPAIGN):
        case = without_ties(random_case(seed, 1))
        cost = case.costs[:, 0]
        for path in ask(case, 3.0):
            for start in range(len(path.arcs)):
                for stop in range(start + 1, len(path.arcs) + 1):
                    part = path.arcs[start:stop]
                    if cost[part].sum() < path.plateau_cost:
                        ends = int(case.tail[part[0]]), int(case.head[part[-1]])
                        best = shortest_path(case.graph, cost, *ends)
                        assert cost[best].sum() == cost[part].sum(), f"seed {seed}"
                        n_parts += 1
    assert n_parts > 0


def test_a_longer_plateau_asked_for_leaves_fewer_paths() -> None:
    """A road of its own (90 of it on a plateau), and one over a village that is on no plateau."""
    tail = [0, 1, 0, 2, 3, 0, 4]
    head = [1, 5, 2, 3, 5, 4, 5]
    cost = [50, 50, 10, 90, 10, 60, 60]
    graph = ArcGraph.from_arcs(6, tail, head)
    asked = [
        single_via_paths(EndTrees.between(graph, cost, 0, 5), max_stretch=1.5, min_plateau=share)
        for share in (0.0, 0.9, 0.91)
    ]
    assert [[path.cost for path in found] for found in asked] == [
        [100, 110, 120],
        [100, 110],
        [100],
    ]


@pytest.mark.parametrize("options", [{"max_stretch": 0.9}, {"max_stretch": 2, "min_plateau": -1}])
def test_refuses_what_it_cannot_use(options: dict[str, float]) -> None:
    with pytest.raises(DataError):
        single_via_paths(EndTrees.between(ArcGraph.from_arcs(2, [0], [1]), [1], 0, 1), **options)
