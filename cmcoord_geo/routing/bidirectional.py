"""One cheapest path between two nodes, searched from both ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import meet
from cmcoord_geo.routing.weighted import WeightedGraph, refuse_route


def shortest_path(graph: ArcGraph, cost: ArrayLike, source: int, target: int) -> IntArray:
    """
    Arcs of a cheapest path, from source to target.

    Of several cheapest paths it is always the same one, and it visits no node twice.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    cost : array_like of int, shape (arcs,)
        Cost of each arc, 0 or more.
    source, target : int
        Nodes; where they are the same, the path is empty.

    Raises
    ------
    NoRouteError
        No path leads from source to target.
    DataError
        Costs or nodes cannot be used.

    Examples
    --------
    >>> shortest_path(ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2]), [4, 5, 10], 0, 2).tolist()
    [0, 1]
    """
    graph.check_node(source, "source")
    graph.check_node(target, "target")
    return path_between(WeightedGraph.of(graph, cost), source, target)


def path_between(roads: WeightedGraph, source: int, target: int) -> IntArray:
    """
    Arcs of a cheapest path, as :func:`shortest_path` gives them, on a graph that was weighted before.

    Parameters
    ----------
    roads : WeightedGraph
    source, target : int
        Nodes.

    Raises
    ------
    NoRouteError
        No path leads from source to target.
    DataError
        No such node.

    Examples
    --------
    >>> roads = WeightedGraph.of(ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2]), [4, 5, 10])
    >>> path_between(roads, 0, 2).tolist()
    [0, 1]
    """
    start, end = roads.place(source, "source"), roads.place(target, "target")
    if start == end:
        return np.zeros(0, dtype=np.int64)
    behind, before = roads.labels(), roads.labels()
    meeting = roads.run(meet)(
        roads.rows(),
        roads.rows(reverse=True),
        start,
        end,
        roads.bits,
        behind,
        before,
        roads.heap(),
        roads.heap(),
    )
    if meeting < 0:
        refuse_route(source, target)
    there = roads.path(behind, meeting), roads.path(before, meeting, reverse=True)
    return np.concatenate(there)
