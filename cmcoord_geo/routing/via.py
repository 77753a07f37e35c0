"""Ways over another node: candidates besides the Pareto set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from cmcoord_geo.routing.costs import check_cost
from cmcoord_geo.routing.dijkstra import NO_ARC, UNREACHABLE, Tree, grow_tree, refuse_route, trace
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.stretch import decimal_fraction, stretch_limit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ViaPath:
    """
    A cheapest path to a node and on from there.

    Attributes
    ----------
    arcs : ndarray of int64
        Arcs from source to target; no node is visited twice.
    cost : int
        What they cost together.
    via : int
        First node of the plateau.
    plateau_cost : int
        Cost of the plateau: the stretch round ``via`` that is cheapest from the source and to the
        target alike. Every part of the path that costs less than it is itself a cheapest path.
    """

    arcs: IntArray
    cost: int
    via: int
    plateau_cost: int


def single_via_paths(
    graph: ArcGraph,
    cost: ArrayLike,
    source: int,
    target: int,
    *,
    max_stretch: float,
    min_plateau: float = 0.0,
) -> tuple[ViaPath, ...]:
    """
    Find paths that are cheapest over some node, the cheapest of all first.

    One forward and one backward Dijkstra; a node where both trees meet stands for the cheapest path
    over it (Abraham, Delling, Goldberg and Werneck, "Alternative routes in road networks", ACM JEA
    18, 2013). All nodes of a plateau give the same path, so only its first node is tried. Paths
    that turn back on themselves are left out. Equal costs are broken by the arc numbers.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    cost : array_like of int, shape (arcs,)
        Cost of each arc, 0 or more.
    source, target : int
        Nodes.
    max_stretch : float
        Highest cost as a multiple of the best, 1 or more.
    min_plateau : float, optional
        Shortest plateau as a share of the best cost. Abraham et al. ask for 0.25; 0 leaves it to
        the caller to judge.

    Raises
    ------
    NoRouteError
        No path leads from source to target.
    DataError
        Costs, nodes, stretch or plateau cannot be used.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(4, [0, 1, 0, 2], [1, 3, 2, 3])
    >>> found = single_via_paths(graph, [5, 5, 6, 6], 0, 3, max_stretch=1.5)
    >>> [(path.cost, path.arcs.tolist()) for path in found]
    [(10, [0, 1]), (12, [2, 3])]
    """
    start, end = graph.check_node(source, "source"), graph.check_node(target, "target")
    weights = check_cost(graph, cost)
    behind = grow_tree(graph, weights, start)
    ahead = grow_tree(graph, weights, end, reverse=True)
    best = behind.distance[end]
    if best == UNREACHABLE:
        refuse_route(start, end)
    limit = stretch_limit(best, max_stretch)
    least = decimal_fraction(min_plateau, "plateau share", least=0.0) * best
    found = _meetings(graph, behind, ahead, limit, best=best, least=least)
    return tuple(sorted(found, key=lambda path: (path.cost, path.arcs.tolist())))


def _meetings(
    graph: ArcGraph, behind: Tree, ahead: Tree, limit: int, *, best: int, least: Fraction
) -> Iterator[ViaPath]:
    """
    Yield the simple paths over the first node of each plateau, within a limit on cost.

    Of paths dearer than the best, only those whose plateau costs ``least`` or more are traced.

    They are distinct: two nodes with the same path have all arcs between them in both trees.
    """
    for via, (reached, rest) in enumerate(zip(behind.distance, ahead.distance, strict=True)):
        if UNREACHABLE in (reached, rest) or reached + rest > limit:
            continue
        if _is_inside_plateau(graph, behind, ahead, via):
            continue
        left = ahead.distance[_plateau_end(graph, behind, ahead, via)]
        if rest - left < least and reached + rest > best:
            continue
        arcs = np.concatenate((trace(graph, behind, via), trace(graph, ahead, via, reverse=True)))
        if _is_simple(graph, arcs):
            yield ViaPath(arcs=arcs, cost=reached + rest, via=via, plateau_cost=rest - left)


def _is_inside_plateau(graph: ArcGraph, behind: Tree, ahead: Tree, node: int) -> bool:
    """Whether the plateau of a node starts before it: both trees use the arc that leads to it."""
    arc = behind.arc[node]
    return arc != NO_ARC and ahead.arc[int(graph.tail[arc])] == arc


def _plateau_end(graph: ArcGraph, behind: Tree, ahead: Tree, node: int) -> int:
    """Last node up to which both trees use the same arcs."""
    while (arc := ahead.arc[node]) != NO_ARC and behind.arc[int(graph.head[arc])] == arc:
        node = int(graph.head[arc])
    return node


def _is_simple(graph: ArcGraph, arcs: IntArray) -> bool:
    """Whether a path visits no node twice."""
    nodes = [*graph.tail[arcs[:1]].tolist(), *graph.head[arcs].tolist()]
    return len(set(nodes)) == len(nodes)
