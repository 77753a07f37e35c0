"""Arcs within limits: all that a path within the limit drives, and fewer than all there are."""

from __future__ import annotations

import numpy as np
from routing.timed_cases import timed_case

from cmcoord_geo.routing import ArcGraph
from cmcoord_geo.routing.within import arcs_within


def _paths(graph: ArcGraph, node: int, target: int, seen: frozenset[int]) -> list[list[int]]:
    """All simple paths, one after the other."""
    if node == target:
        return [[]]
    return [
        [arc, *rest]
        for arc in graph.outgoing[graph.indptr[node] : graph.indptr[node + 1]].tolist()
        if (there := int(graph.head[arc])) not in seen
        for rest in _paths(graph, there, target, seen | {there})
    ]


def test_holds_the_arcs_of_every_path_within_the_limit() -> None:
    kept = 0
    for seed in range(40):
        case = timed_case(seed, n_costs=1)
        graph = ArcGraph.from_arcs(case.n_nodes, case.tail, case.head)
        cost = np.array(case.seconds)
        paths = _paths(graph, case.source, case.target, frozenset({case.source}))
        sums = [int(cost[path].sum()) for path in paths]
        limit = float(np.median(sums)) if sums else 0.0
        within = arcs_within(graph, [cost], (case.source, case.target), [limit])
        driven = {
            arc for path, total in zip(paths, sums, strict=True) if total <= limit for arc in path
        }
        assert driven <= set(np.flatnonzero(within).tolist())
        kept += int(within.sum() < len(graph.outgoing))
    assert kept > 20
