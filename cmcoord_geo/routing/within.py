"""Arcs that a path within some limits may use."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.routing.dijkstra import path_tree
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import UNREACHABLE
from cmcoord_geo.routing.weighted import WeightedGraph


def arcs_within(
    graph: ArcGraph, costs: Sequence[IntArray], pair: tuple[int, int], most: Sequence[float]
) -> NDArray[np.bool_]:
    """
    Find the open arcs that lie on some path between two nodes within each limit taken by itself.

    Parameters
    ----------
    graph : ArcGraph
    costs : sequence of ndarray of int64, each shape (arcs,)
    pair : two int
        Source and target.
    most : sequence of float
        Highest sum of each cost along a path, inclusive.

    Returns
    -------
    ndarray of bool, shape (arcs,)

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2])
    >>> arcs_within(graph, [np.array([1, 1, 5])], (0, 2), [4]).tolist()
    [True, True, False]
    """
    kept = np.zeros(graph.n_arcs, dtype=bool)
    kept[graph.outgoing] = True
    for cost, limit in zip(costs, most, strict=True):
        roads = WeightedGraph.of(graph, cost)
        ahead = path_tree(roads, pair[0]).distance[graph.tail]
        back = path_tree(roads, pair[1], reverse=True).distance[graph.head]
        is_joined = (ahead != UNREACHABLE) & (back != UNREACHABLE)
        least = np.where(is_joined, ahead, 0) + cost + np.where(is_joined, back, 0)
        kept &= is_joined & (least <= limit)
    return kept
