"""Trees of cheapest paths: from one node to all or some others, or to it from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import NO_ARC, UNREACHABLE, Labels, grow
from cmcoord_geo.routing.weighted import WeightedGraph, refuse_route

__all__ = [
    "NO_ARC",
    "UNREACHABLE",
    "PathTree",
    "distances",
    "path_tree",
    "refuse_route",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathTree:
    """
    Cheapest paths from one node, or to it; for any number of questions.

    Attributes
    ----------
    root : int
    is_reverse : bool
        The paths lead to the root.
    distance : ndarray of int64, shape (n_nodes,)
        `UNREACHABLE` where there is no path.
    arc : ndarray of int32, shape (n_nodes,)
        Arc next to each node on its path: the last from the root, the first to it. `NO_ARC` at the root and
        where there is no path.
    """

    root: int
    is_reverse: bool
    distance: IntArray
    arc: NDArray[np.int32]
    _roads: WeightedGraph
    _labels: Labels

    def path(self, node: int) -> IntArray:
        """
        Arcs between the root and a node, in the order in which they are driven.

        Raises
        ------
        NoRouteError
            There is no path.
        DataError
            No such node.
        """
        place = self._roads.place(node, "node")
        if self.distance[node] == UNREACHABLE:
            refuse_route(*((node, self.root) if self.is_reverse else (self.root, node)))
        return self._roads.path(self._labels, place, reverse=self.is_reverse)


def path_tree(
    roads: WeightedGraph,
    root: int,
    *,
    reverse: bool = False,
    targets: Sequence[int] | IntArray | None = None,
) -> PathTree:
    """
    Cheapest paths from a node to every node, or to it from every node.

    Parameters
    ----------
    roads : WeightedGraph
    root : int
    reverse : bool, optional
        Paths lead to the root.
    targets : sequence of int, optional
        Stop once these are reached: only the paths to them are final, and others may be missing or too dear.

    Raises
    ------
    DataError
        No such node.

    Examples
    --------
    >>> roads = WeightedGraph.of(ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2]), [4, 5, 10])
    >>> tree = path_tree(roads, 0)
    >>> tree.distance.tolist(), tree.path(2).tolist()
    ([0, 4, 9], [0, 1])
    """
    start = roads.place(root, "root")
    ends = None if targets is None else [roads.place(node, "target") for node in targets]
    labels = labels_from(roads, start, ends, reverse=reverse)
    place = roads.graph.layout.place
    return PathTree(
        root=int(root),
        is_reverse=reverse,
        distance=np.asarray(labels.distance, dtype=np.int64)[place],
        arc=np.asarray(labels.arc, dtype=np.int32)[place],
        _roads=roads,
        _labels=labels,
    )


def labels_from(
    roads: WeightedGraph, start: int, ends: list[int] | None, *, reverse: bool
) -> Labels:
    """Labels of a search from a place until some places, or all, are final."""
    labels, queue = roads.labels(), roads.queue()
    is_wanted, wanted = roads.room(roads.graph.n_nodes, 0, np.uint8), set(ends or ())
    for place in wanted:
        is_wanted[place] = 1
    if ends is None or wanted:
        rows, missing = roads.rows(reverse=reverse), len(wanted) or -1
        roads.run(grow)(rows, start, is_wanted, missing, roads.bits, roads.width, labels, queue)
    return labels


def distances(
    graph: ArcGraph, cost: ArrayLike, source: int, *, reverse: bool = False
) -> NDArray[np.int64]:
    """
    Cost of the cheapest path from one node to every node.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    cost : array_like of int, shape (arcs,)
        Cost of each arc, 0 or more.
    source : int
        Node to start from.
    reverse : bool, optional
        Give the cost from every node to ``source`` instead.

    Returns
    -------
    ndarray of int64, shape (n_nodes,)
        `UNREACHABLE` where there is no path.

    Raises
    ------
    DataError
        Costs or the node cannot be used.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(3, [0, 1], [1, 2])
    >>> distances(graph, [4, 5], 0).tolist()
    [0, 4, 9]
    """
    root = graph.check_node(source, "source")
    return path_tree(WeightedGraph.of(graph, cost), root, reverse=reverse).distance
