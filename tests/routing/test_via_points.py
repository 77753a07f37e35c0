"""Pareto sets through points: against every way through them, part by part."""

from __future__ import annotations

from itertools import pairwise, product

import networkx as nx
import numpy as np
import pytest
from routing.oracles import CAMPAIGN, Case, is_dominated, random_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import joined_front, pareto_paths
from cmcoord_geo.routing.via_points import undominated


def through(case: Case, nodes: list[int]) -> list[tuple[int, ...]]:
    """Non-dominated sums over every way through the nodes, by networkx."""
    graph, costs, n_criteria = case.networkx(), case.costs.tolist(), case.costs.shape[1]
    parts = []
    for source, target in pairwise(nodes):
        ways = nx.all_simple_edge_paths(graph, source, target) if source != target else [[]]
        parts.append({_total([costs[key] for *_, key in way], n_criteria) for way in ways})
    sums = {_total(rows, n_criteria) for rows in product(*parts)}
    return sorted(one for one in sums if not any(is_dominated(one, by) for by in sums))


def _total(rows: list, n_criteria: int) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, [0] * n_criteria, strict=True))


def found(case: Case, nodes: list[int], bound: list[int | None] | None = None) -> list:
    """What the package finds, every row of costs read off the arcs that were picked."""
    parts = []
    for source, target in pairwise(nodes):
        parts.append(pareto_paths(case.graph, case.costs, source, target))
    joined = joined_front([part.costs for part in parts], bound)
    for costs, picks in zip(joined.costs, joined.picks, strict=True):
        paths = [part.paths[pick] for part, pick in zip(parts, picks, strict=True)]
        assert case.costs[np.concatenate(paths)].sum(axis=0).tolist() == costs.tolist()
    return [tuple(row) for row in joined.costs.tolist()]


@pytest.mark.parametrize("n_criteria", [1, 2, 3])
def test_through_points_is_every_way_through_them(n_criteria: int) -> None:
    larger = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, n_criteria)
        rng = np.random.default_rng([seed, 7])
        nodes = [case.source, *rng.integers(0, case.n_nodes, rng.integers(1, 3)), case.target]
        nodes = [int(node) for node in nodes]
        expected = through(case, nodes)
        if not expected:
            with pytest.raises(NoRouteError):
                found(case, nodes)
            continue
        larger += len(expected) > 1
        assert found(case, nodes) == expected, f"seed {seed} through {nodes}"
        bound = list(expected[len(expected) // 2])
        within = [one for one in expected if all(np.less_equal(one, bound))]
        assert found(case, nodes, bound) == within, f"seed {seed} within {bound}"
    assert n_criteria == 1 or larger > CAMPAIGN // 10


def test_a_bound_below_the_best_is_no_empty_answer() -> None:
    with pytest.raises(NoRouteError):
        joined_front([[[1, 5]], [[2, 2]]], [2, None])
    assert joined_front([[[1, 5]], [[2, 2]]], [3, None]).picks.tolist() == [[0, 0]]


def test_many_sums_are_looked_at_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    parts = [rng.integers(0, 50, (30, 3)) for _ in range(3)]
    whole = joined_front(parts)
    monkeypatch.setattr("cmcoord_geo.routing.via_points._BLOCK", 7)
    pieces = joined_front(parts)
    assert pieces.costs.tolist() == whole.costs.tolist()
    assert pieces.picks.tolist() == whole.picks.tolist()


def test_undominated_keeps_the_first_of_equals() -> None:
    rows = np.array([[2, 2, 2], [1, 3, 3], [2, 2, 2], [2, 2, 3]])
    assert undominated(rows).tolist() == [1, 0]


def test_parts_must_have_the_same_criteria() -> None:
    with pytest.raises(DataError):
        joined_front([[[1, 2]], [[1, 2, 3]]])
    with pytest.raises(DataError):
        joined_front([])
