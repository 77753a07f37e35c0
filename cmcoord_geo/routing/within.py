"""Arcs that a path within some limits may use."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.routing.dijkstra import path_tree
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import UNREACHABLE
from cmcoord_geo.routing.weighted import WeightedGraph


def least_over(graph: ArcGraph, cost: IntArray, pair: tuple[int, int]) -> IntArray:
    """
    Cost of the cheapest way from one node to another over each arc.

    Parameters
    ----------
    graph : ArcGraph
    cost : ndarray of int64, shape (arcs,)
    pair : two int
        Source and target.

    Returns
    -------
    ndarray of int64, shape (arcs,)
        `UNREACHABLE` for closed arcs and where no way leads over an arc. A way may pass a node twice.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2])
    >>> least_over(graph, np.array([1, 1, 5]), (0, 2)).tolist()
    [2, 2, 5]
    """
    roads = WeightedGraph.of(graph, cost)
    ahead = path_tree(roads, pair[0]).distance[graph.tail]
    back = path_tree(roads, pair[1], reverse=True).distance[graph.head]
    is_joined = np.zeros(graph.n_arcs, dtype=bool)
    is_joined[graph.outgoing] = True
    is_joined &= (ahead != UNREACHABLE) & (back != UNREACHABLE)
    found = np.full(graph.n_arcs, UNREACHABLE, np.int64)
    found[is_joined] = ahead[is_joined] + cost[is_joined] + back[is_joined]
    return found


def arcs_within(
    graph: ArcGraph, costs: Sequence[IntArray], pair: tuple[int, int], most: Sequence[float]
) -> NDArray[np.bool_]:
    """
    Find the open arcs that lie on some way between two nodes within each limit taken by itself.

    Parameters
    ----------
    graph : ArcGraph
    costs : sequence of ndarray of int64, each shape (arcs,)
    pair : two int
        Source and target.
    most : sequence of float
        Highest sum of each cost along a way, inclusive.

    Returns
    -------
    ndarray of bool, shape (arcs,)
    """
    kept = np.zeros(graph.n_arcs, dtype=bool)
    kept[graph.outgoing] = True
    for cost, limit in zip(costs, most, strict=True):
        least = least_over(graph, cost, pair)
        kept &= (least != UNREACHABLE) & (least <= limit)
    return kept
