"""What every target costs once a part of the roads is lost, for many parts and targets at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.routing.costs import check_cost
from cmcoord_geo.routing.dijkstra import NO_ARC, UNREACHABLE
from cmcoord_geo.routing.graph import ArcGraph, IntArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Losses:
    """
    Cost of the cheapest paths from one source, whole and after each loss.

    Attributes
    ----------
    whole : ndarray of int64, shape (n_nodes,)
        Cost of every node with nothing lost; `UNREACHABLE` where there is no path.
    arc : ndarray of int64, shape (n_nodes,)
        Last arc of the cheapest path to each node, -1 at the source and where there is no path.
    groups : ndarray of int64, shape (g,)
        Groups that lie on the cheapest path of some target; the loss of any other changes nothing.
    costs : ndarray of int64, shape (g, targets)
        Cost of each target without the group; `UNREACHABLE` where its loss cuts the target off.
    """

    whole: IntArray
    arc: IntArray
    groups: IntArray
    costs: IntArray


def loss_costs(
    graph: ArcGraph,
    cost: ArrayLike,
    source: int,
    targets: Sequence[int],
    groups: Sequence[IntArray],
) -> Losses:
    """
    For each group of arcs find what every target costs without it.

    A node keeps its path and its cost unless a lost arc lies on that path, so a group without an arc on a
    path to a target is without effect, and for any other only the nodes below its arcs in the tree of
    cheapest paths are searched anew, from the arcs that lead to them from outside. Exact.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    cost : array_like of int, shape (arcs,)
        Cost of each arc, 0 or more.
    source : int
        Node to start from.
    targets : sequence of int
        Nodes.
    groups : sequence of ndarray of int64
        Arcs that are lost together; an arc may be in several groups.

    Raises
    ------
    DataError
        Costs or nodes cannot be used.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(2, [0, 0], [1, 1])
    >>> found = loss_costs(graph, [4, 9], 0, [1], [np.array([0]), np.array([1])])
    >>> found.groups.tolist(), found.costs.tolist()
    ([0], [[9]])
    """
    root = graph.check_node(source, "source")
    ends = np.array([graph.check_node(node, "target") for node in targets], dtype=np.int64)
    weights = check_cost(graph, cost)
    whole, before = _distances(_rows_of(graph, weights), root)
    arc = _last_arcs(graph, weights, whole, before)
    used = _used_arcs(graph, arc, ends.tolist())
    chosen = [i for i, group in enumerate(groups) if used[group].any()]
    search = _Search(graph, weights, whole, arc, root)
    costs = [search.without(groups[i])[ends] for i in chosen]
    return Losses(
        whole=whole,
        arc=arc,
        groups=np.array(chosen, dtype=np.int64),
        costs=np.array(costs, dtype=np.int64).reshape(len(chosen), len(ends)),
    )


class _Search:
    """Searches below lost arcs again, in a tree of cheapest paths."""

    def __init__(
        self, graph: ArcGraph, cost: IntArray, whole: IntArray, arc: IntArray, root: int
    ) -> None:
        self._graph, self._cost, self._whole, self._arc = graph, cost, whole, arc
        self._order, self._place, self._size = _preorder(graph, arc, root)
        self._number = np.full(graph.n_nodes, -1, dtype=np.int64)
        self._is_lost = np.zeros(graph.n_arcs, dtype=bool)

    def without(self, lost: IntArray) -> IntArray:
        """Cost of every node without some arcs."""
        below = self._below(lost)
        self._number[below] = np.arange(len(below))
        self._is_lost[lost] = True
        found = self._whole.copy()
        found[below] = self._again(below)
        self._number[below] = -1
        self._is_lost[lost] = False
        return found

    def _below(self, lost: IntArray) -> IntArray:
        """Nodes whose path holds one of the arcs: whole stretches of the tree in preorder."""
        heads = self._graph.head[lost]
        tops = self._place[heads[self._arc[heads] == lost]]
        is_below = np.zeros(len(self._order), dtype=bool)
        for top in tops.tolist():
            is_below[top : top + int(self._size[top])] = True
        return self._order[is_below]

    def _again(self, below: IntArray) -> IntArray:
        """Cost of these nodes by what is left: arcs among them, and arcs to them from outside."""
        graph, count = self._graph, len(below)
        arcs = graph.incoming[_ranges(graph.in_indptr[below], graph.in_indptr[below + 1])]
        arcs = arcs[~self._is_lost[arcs]]
        start, end = self._number[graph.tail[arcs]], self._number[graph.head[arcs]]
        outside = self._whole[graph.tail[arcs]]
        is_inner, is_entry = start >= 0, (start < 0) & (outside != UNREACHABLE)
        start = np.concatenate([start[is_inner], np.full(int(is_entry.sum()), count)])
        end = np.concatenate([end[is_inner], end[is_entry]])
        cost = self._cost[arcs]
        weights = np.concatenate([cost[is_inner], cost[is_entry] + outside[is_entry]])
        order = np.argsort(start, kind="stable")
        indptr = np.searchsorted(start[order], np.arange(count + 2))
        rows = (weights[order].astype(np.float64), end[order], indptr)
        found, _ = _distances(_matrix(rows, count + 1), count)
        return found[:count]


def _ranges(first: IntArray, last: IntArray) -> IntArray:
    """Whole numbers of several ranges, one after the other."""
    sizes = last - first
    shift = np.repeat(first - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
    found: IntArray = np.arange(int(sizes.sum())) + shift
    return found


def _preorder(graph: ArcGraph, arc: IntArray, root: int) -> tuple[IntArray, IntArray, IntArray]:
    """Nodes of the tree with each before those below it, the place of each node, sizes by place."""
    from scipy.sparse.csgraph import breadth_first_order, depth_first_order

    nodes = np.flatnonzero(arc != NO_ARC)
    above = graph.tail[arc[nodes]]
    order = np.argsort(above, kind="stable")
    indptr = np.searchsorted(above[order], np.arange(graph.n_nodes + 1))
    tree = _matrix((np.ones(len(nodes)), nodes[order], indptr), graph.n_nodes)
    walk = depth_first_order(tree, root, return_predecessors=False).astype(np.int64)
    place = np.full(graph.n_nodes, -1, dtype=np.int64)
    place[walk] = np.arange(len(walk))
    size = np.ones(len(walk), dtype=np.int64)
    parent = np.full(graph.n_nodes, -1, dtype=np.int64)
    parent[nodes] = above
    for node in breadth_first_order(tree, root, return_predecessors=False)[:0:-1].tolist():
        size[place[parent[node]]] += size[place[node]]
    return walk, place, size


def _rows_of(graph: ArcGraph, cost: IntArray) -> csr_array:
    """Open arcs row by row, parallel ones kept; whole numbers to 2**53 are exact as floats."""
    weights = cost[graph.outgoing].astype(np.float64)
    return _matrix((weights, graph.head[graph.outgoing], graph.indptr), graph.n_nodes)


def _matrix(rows: tuple[NDArray[np.float64], IntArray, IntArray], count: int) -> csr_array:
    from scipy.sparse import csr_array

    return csr_array(rows, shape=(count, count))


def _distances(matrix: csr_array, source: int) -> tuple[IntArray, NDArray[np.int32]]:
    """Cost of every node, and the node before it."""
    from scipy.sparse.csgraph import dijkstra

    reached, before = dijkstra(matrix, indices=[source], return_predecessors=True)
    reached, before = reached[0], before[0]
    found = np.full(len(reached), UNREACHABLE, dtype=np.int64)
    is_there = np.isfinite(reached)
    found[is_there] = np.rint(reached[is_there]).astype(np.int64)
    return found, before


def _last_arcs(
    graph: ArcGraph, cost: IntArray, whole: IntArray, before: NDArray[np.int32]
) -> IntArray:
    """Arc between each node and the one before it; of parallel arcs the first of the cheapest."""
    arcs = np.sort(graph.outgoing)
    tail, head = graph.tail[arcs], graph.head[arcs]
    is_step = before[head] == tail
    arcs, tail, head = arcs[is_step], tail[is_step], head[is_step]
    is_tight = whole[tail] + cost[arcs] == whole[head]
    found = np.full(graph.n_nodes, NO_ARC, dtype=np.int64)
    found[head[is_tight][::-1]] = arcs[is_tight][::-1]
    return found


def _used_arcs(graph: ArcGraph, arc: IntArray, targets: Iterable[int]) -> NDArray[np.bool_]:
    """Arcs on the cheapest path to some target."""
    used = np.zeros(graph.n_arcs, dtype=bool)
    for target in targets:
        node = target
        while (last := int(arc[node])) != NO_ARC and not used[last]:
            used[last] = True
            node = int(graph.tail[last])
    return used
