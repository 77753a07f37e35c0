"""Cheapest paths from one end and to the other, grown once for every question about what lies between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cmcoord_geo.routing.dijkstra import labels_from
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import UNREACHABLE, Labels
from cmcoord_geo.routing.weighted import WeightedGraph, refuse_route


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EndTrees:
    """
    A tree of cheapest paths from a source, one to a target, and a cheapest path that lies in both.

    Build it with :meth:`of`; ways over another node and detours round a loss are then read from it.

    Attributes
    ----------
    roads : WeightedGraph
    source, target : int
    path : ndarray of int64
        Arcs of a cheapest path from source to target.
    best : int
        What it costs.
    """

    roads: WeightedGraph
    source: int
    target: int
    path: IntArray
    best: int
    _behind: Labels
    _ahead: Labels

    @classmethod
    def of(cls, roads: WeightedGraph, source: int, target: int) -> EndTrees:
        """
        Grow both trees.

        Raises
        ------
        NoRouteError
            No path leads from source to target.
        DataError
            No such nodes.

        Examples
        --------
        >>> graph = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2])
        >>> trees = EndTrees.of(WeightedGraph.of(graph, [4, 5, 10]), 0, 2)
        >>> trees.path.tolist(), trees.best
        ([0, 1], 9)
        """
        start, end = roads.place(source, "source"), roads.place(target, "target")
        behind = labels_from(roads, start, None, reverse=False)
        best = int(behind.distance[end])
        if best == UNREACHABLE:
            refuse_route(source, target)
        ahead = labels_from(roads, end, None, reverse=True)
        path = roads.path(behind, end)
        starts = roads.graph.layout.tail[path]
        for place, arc in zip(starts.tolist(), path.tolist(), strict=True):
            ahead.arc[place] = arc
        return cls(
            roads=roads,
            source=int(source),
            target=int(target),
            path=path,
            best=best,
            _behind=behind,
            _ahead=ahead,
        )

    @classmethod
    def between(cls, graph: ArcGraph, cost: ArrayLike, source: int, target: int) -> EndTrees:
        """
        Check costs and grow both trees.

        Parameters
        ----------
        graph : ArcGraph
        cost : array_like of int, shape (arcs,)
            Cost of each arc, 0 or more.
        source, target : int
            Nodes.

        Raises
        ------
        NoRouteError
            No path leads from source to target.
        DataError
            Costs or nodes cannot be used.
        """
        graph.check_node(source, "source")
        graph.check_node(target, "target")
        return cls.of(WeightedGraph.of(graph, cost), source, target)

    @property
    def labels(self) -> tuple[Labels, Labels]:
        """Labels of both trees by place: from the source, and to the target."""
        return self._behind, self._ahead

    def over(self, place: int, onward: int, *between: int) -> IntArray:
        """Arcs from the source to a place, some arcs from there, and from a place on to the target."""
        there = self.roads.path(self._behind, place)
        rest = self.roads.path(self._ahead, onward, reverse=True)
        return np.concatenate((there, np.array(between, dtype=np.int64), rest))


def is_simple(graph: ArcGraph, arcs: IntArray) -> bool:
    """Whether a path visits no node twice."""
    nodes = np.sort(np.concatenate((graph.tail[arcs[:1]], graph.head[arcs])))
    return not bool((nodes[1:] == nodes[:-1]).any())


def without_loops(graph: ArcGraph, arcs: IntArray) -> IntArray:
    """Path between the same ends that visits no node twice: what lies between two visits is left out."""
    if is_simple(graph, arcs):
        return arcs
    nodes = [int(graph.tail[arcs[0]]), *graph.head[arcs].tolist()]
    last, kept, at = {node: place for place, node in enumerate(nodes)}, [], 0
    while (at := last[nodes[at]]) < len(arcs):
        kept.append(int(arcs[at]))
        at += 1
    return np.array(kept, dtype=np.int64)
