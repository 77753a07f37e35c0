"""Costs between many nodes at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from cmcoord_geo.routing.dijkstra import labels_from
from cmcoord_geo.routing.graph import IntArray
from cmcoord_geo.routing.weighted import WeightedGraph

#: More searches at a time wait for memory, not for processors.
_MOST_THREADS = 8


def cost_matrix(
    roads: WeightedGraph,
    sources: Sequence[int] | IntArray,
    targets: Sequence[int] | IntArray,
    *,
    threads: int | None = None,
) -> IntArray:
    """
    Cost of the cheapest path from each source to each target.

    One search from each source, or back from each target where these are fewer; several at a time.

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
    starts = [roads.place(node, "source") for node in sources]
    ends = [roads.place(node, "target") for node in targets]
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
