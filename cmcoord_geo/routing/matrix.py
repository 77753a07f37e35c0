"""Costs between many nodes at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from cmcoord_geo.routing.contraction import contracted
from cmcoord_geo.routing.dijkstra import labels_from
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.weighted import WeightedGraph

#: More searches at a time wait for memory, not for processors.
_MOST_THREADS = 8
#: From so many searches on it pays to take chains and dead ends out of a large graph first.
_MANY = 24


def cost_matrix(
    roads: WeightedGraph,
    sources: Sequence[int] | IntArray,
    targets: Sequence[int] | IntArray,
    *,
    threads: int | None = None,
) -> IntArray:
    """
    Cost of the cheapest path from each source to each target.

    One search from each source, or back from each target where these are fewer; several at a time. Many
    searches of a large graph run on the roads that decide (:mod:`~cmcoord_geo.routing.contraction`).

    Parameters
    ----------
    roads : WeightedGraph
    sources, targets : sequence of int
        Nodes; a node may stand in both, and several times.
    threads : int, optional
        Searches at a time; by default as many as there are processors, eight at most.

    Returns
    -------
    ndarray of int64, shape (sources, targets)
        `UNREACHABLE` where there is no path.

    Raises
    ------
    DataError
        No such node.

    Examples
    --------
    >>> from cmcoord_geo.routing import ArcGraph
    >>> roads = WeightedGraph.of(ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2]), [4, 5, 10])
    >>> cost_matrix(roads, [0, 1], [1, 2]).tolist()
    [[4, 9], [0, 5]]
    """
    starts = [roads.graph.check_node(node, "source") for node in sources]
    ends = [roads.graph.check_node(node, "target") for node in targets]
    if not roads.is_plain and min(len(set(starts)), len(set(ends))) >= _MANY:
        roads, number = _core(roads, {*starts, *ends})
        starts, ends = number[starts].tolist(), number[ends].tolist()
    place = roads.graph.layout.place
    starts, ends = place[starts].tolist(), place[ends].tolist()
    reverse = len(set(ends)) < len(set(starts))
    near, far = (ends, starts) if reverse else (starts, ends)
    roots, which = np.unique(np.array(near, dtype=np.int64), return_inverse=True)
    roads.rows(reverse=reverse)  # made once, before the threads ask

    def row(root: int) -> list[int]:
        distance = labels_from(roads, root, far, reverse=reverse).distance
        return [int(distance[place]) for place in far]

    workers = min(threads or os.cpu_count() or 1, _MOST_THREADS)
    with ThreadPoolExecutor(1 if roads.is_plain else workers) as pool:
        rows = list(pool.map(row, roots.tolist()))
    found = np.array(rows, dtype=np.int64).reshape(len(roots), len(far))[which]
    return found.T.copy() if reverse else found


def _core(roads: WeightedGraph, kept: set[int]) -> tuple[WeightedGraph, IntArray]:
    """Graph without the chains and dead ends that hold none of some nodes, and the numbers of nodes in it."""
    whole = contracted(roads.graph)
    filed, _ = whole.opened(*sorted(kept))
    sizes = (filed.stop - filed.first).astype(np.int64)
    tail = np.repeat(np.arange(len(sizes)), sizes)
    before = np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = filed.first[tail] + np.arange(len(tail)) - before
    at, tail = at[filed.end[at] != tail], tail[filed.end[at] != tail]
    head, cost = filed.end[at], roads.cost
    if len(whole.parts):
        cost = np.append(cost, np.add.reduceat(cost[whole.parts], whole.part_first[:-1]))
    is_there = np.zeros(len(sizes), dtype=bool)
    for nodes in (tail, head, list(kept)):
        is_there[nodes] = True
    number = np.cumsum(is_there) - 1
    graph = ArcGraph.from_arcs(int(is_there.sum()), number[tail], number[head])
    return WeightedGraph.of(graph, cost[filed.arc[at]], small=0), number
