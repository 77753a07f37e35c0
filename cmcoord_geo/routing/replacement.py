"""What a trip costs once a part of its road is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.costs import check_cost
from cmcoord_geo.routing.dijkstra import UNREACHABLE, grow_tree
from cmcoord_geo.routing.graph import ArcGraph, IntArray

#: So few searches cost less than to look first which of them are needless.
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Replacements:
    """
    Cheapest paths that do without one group of arcs each.

    Attributes
    ----------
    groups : ndarray of int64, shape (m,)
        Groups on the path, in the order in which it meets them.
    costs : ndarray of int64, shape (m,)
        Cheapest cost without the group; `UNREACHABLE` where its loss cuts the trip. That is above
        every limit, so ``costs > limit`` finds what is cut as well as what is too long.
    paths : tuple of ndarray of int64
        The detours; empty where there is none.
    """

    groups: IntArray
    costs: IntArray
    paths: tuple[IntArray, ...]


def replacement_costs(
    graph: ArcGraph, cost: ArrayLike, path: ArrayLike, *, groups: ArrayLike
) -> Replacements:
    """
    For each group of arcs on a path, find the cheapest path that does without it.

    One A* search (Hart, Nilsson and Raphael 1968) for each group, led by the distances of the whole graph to
    the target: a loss only makes them longer, so they stay lower bounds and each answer is exact, and nothing
    is looked at whose bound lies above it. No search at all for groups whose loss plainly leaves nothing
    between both sides of the path: along a country's only road these are most.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    cost : array_like of int, shape (arcs,)
        Cost of each arc, 0 or more.
    path : array_like of int
        Arcs from source to target, as :func:`shortest_path` gives them; may be empty.
    groups : array_like of int, shape (arcs,)
        What is lost together: the segment of each arc (both directions), or its bridge or ferry.
        A negative number belongs to no group and is never lost.

    Raises
    ------
    DataError
        Costs, groups or the path cannot be used.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(2, [0, 0, 1], [1, 1, 0])
    >>> found = replacement_costs(graph, [4, 9, 4], [0], groups=[7, 8, 7])
    >>> found.groups.tolist(), found.costs.tolist()
    ([7], [9])
    """
    weights = check_cost(graph, cost)
    arcs = _check_path(graph, path)
    group_of = np.asarray(groups)
    if group_of.shape != (graph.n_arcs,) or (group_of.size and group_of.dtype.kind not in "iu"):
        message = f"Groups must be {graph.n_arcs} whole numbers, one for each arc."
        raise DataError(message)
    on_path = dict.fromkeys(group for group in group_of[arcs].tolist() if group >= 0)
    cut = _plainly_cut(graph, arcs, group_of) if len(on_path) > _FEW else set()
    around = _Around(graph, weights, group_of, arcs) if len(cut) < len(on_path) else None
    found = [
        (UNREACHABLE, arcs[:0]) if around is None or g in cut else around.without(g)
        for g in on_path
    ]
    return Replacements(
        groups=np.array(list(on_path), dtype=np.int64),
        costs=np.array([total for total, _ in found], dtype=np.int64),
        paths=tuple(detour for _, detour in found),
    )


def _plainly_cut(graph: ArcGraph, path: IntArray, group_of: IntArray) -> set[int]:
    """
    Groups without which both sides of a path do not hang together, whatever the direction of arcs.

    Once everything is taken away that joins two neighbours on the path within its own group, each part that
    still hangs together bridges the places between the first and the last node that it touches. A place
    that no part bridges is a cut. Arcs of a group that lie elsewhere stay, so a group may be missed, never
    named in error.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    lost = {
        (min(tail, head), max(tail, head), group)
        for tail, head, group in zip(
            graph.tail[path].tolist(),
            graph.head[path].tolist(),
            group_of[path].tolist(),
            strict=True,
        )
        if group >= 0
    }
    near = np.isin(group_of, group_of[path]) & (group_of >= 0)
    is_lost = np.zeros(graph.n_arcs, dtype=bool)
    for arc in np.flatnonzero(near).tolist():
        ends = sorted((int(graph.tail[arc]), int(graph.head[arc])))
        is_lost[arc] = (*ends, int(group_of[arc])) in lost
    left = graph.outgoing[~is_lost[graph.outgoing]]
    shape = (graph.n_nodes, graph.n_nodes)
    joins = coo_array((np.ones(len(left), np.int8), (graph.tail[left], graph.head[left])), shape)
    part = connected_components(joins, directed=False)[1]
    parts = part[np.append(graph.tail[path], graph.head[path[-1:]])].tolist()
    last = {name: place for place, name in enumerate(parts)}
    reach, is_cut = 0, []
    for place, name in enumerate(parts[:-1]):
        reach = max(reach, last[name])
        is_cut.append(reach <= place)
    places = Counter(group_of[path].tolist())
    return {
        group
        for group, alone in zip(group_of[path].tolist(), is_cut, strict=True)
        if alone and places[group] == 1
    }


class _Around:
    """
    Searches between the ends of one path, each without one group.

    Parameters
    ----------
    graph : ArcGraph
    cost : ndarray of int64, shape (arcs,)
    group_of : ndarray of int, shape (arcs,)
    path : ndarray of int64
        One arc at least.
    """

    def __init__(
        self, graph: ArcGraph, cost: IntArray, group_of: NDArray[np.integer], path: IntArray
    ) -> None:
        self._ends = int(graph.tail[path[0]]), int(graph.head[path[-1]])
        self._to_target = grow_tree(graph, cost, self._ends[1], reverse=True).distance
        self._first, self._arcs = graph.indptr.tolist(), graph.outgoing.tolist()
        self._tail, self._head = graph.tail.tolist(), graph.head.tolist()
        self._cost, self._group = cost.tolist(), group_of.tolist()

    def without(self, lost: int) -> tuple[int, IntArray]:
        """Cost and arcs of the cheapest path that uses no arc of a group."""
        source, target = self._ends
        bound, group, cost, head = self._to_target, self._group, self._cost, self._head
        reached, last = {source: 0}, dict[int, int]()
        heap = [(bound[source], 0, source)]
        while heap:
            _, minus, node = heappop(heap)
            if node == target:
                return -minus, self._trace(last, target)
            if -minus > reached[node]:
                continue
            for arc in self._arcs[self._first[node] : self._first[node + 1]]:
                end = head[arc]
                if group[arc] == lost or bound[end] == UNREACHABLE:
                    continue
                total = cost[arc] - minus
                if total < reached.get(end, UNREACHABLE):
                    reached[end], last[end] = total, arc
                    heappush(heap, (total + bound[end], -total, end))
        return UNREACHABLE, np.zeros(0, dtype=np.int64)

    def _trace(self, last: dict[int, int], node: int) -> IntArray:
        """Arcs that led to a node, in the order they are driven."""
        arcs = []
        while node in last:
            arcs.append(last[node])
            node = self._tail[last[node]]
        return np.array(arcs[::-1], dtype=np.int64)


def _check_path(graph: ArcGraph, path: ArrayLike) -> IntArray:
    """Arcs that follow one another, as int64."""
    arcs = np.asarray(path)
    if arcs.size == 0:
        return np.zeros(0, dtype=np.int64)
    if arcs.ndim != 1 or arcs.dtype.kind not in "iu" or not _are_arcs(graph, arcs):
        message = f"A path is a flat array of arc numbers from 0 to {graph.n_arcs - 1}."
        raise DataError(message)
    if (graph.head[arcs[:-1]] != graph.tail[arcs[1:]]).any():
        message = "The arcs of a path must follow one another."
        raise DataError(message)
    return arcs.astype(np.int64)


def _are_arcs(graph: ArcGraph, arcs: IntArray) -> bool:
    """Whether every number is one of an arc."""
    return bool(((arcs >= 0) & (arcs < graph.n_arcs)).all())
