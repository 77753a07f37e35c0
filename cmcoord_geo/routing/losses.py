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

    One compiled Dijkstra for each group that has an arc on a cheapest path from the source to a target: a
    target whose path holds no lost arc keeps path and cost, so every other group is without effect. Exact.

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
    ends = [graph.check_node(target, "target") for target in targets]
    weights = check_cost(graph, cost)
    matrix = _matrix(graph, weights)
    whole, before = _distances(matrix, root)
    arc = _last_arcs(graph, weights, whole, before)
    used = _used_arcs(graph, arc, ends)
    place = np.full(graph.n_arcs, -1, dtype=np.int64)
    place[graph.outgoing] = np.arange(len(graph.outgoing))
    chosen = [i for i, group in enumerate(groups) if used[group].any()]
    costs = np.empty((len(chosen), len(ends)), dtype=np.int64)
    for row, i in enumerate(chosen):
        lost = place[groups[i]]
        lost = lost[lost >= 0]
        kept = matrix.data[lost]
        matrix.data[lost] = np.inf
        costs[row] = _distances(matrix, root)[0][ends]
        matrix.data[lost] = kept
    return Losses(whole=whole, arc=arc, groups=np.array(chosen, dtype=np.int64), costs=costs)


def _matrix(graph: ArcGraph, cost: IntArray) -> csr_array:
    """Open arcs row by row, parallel ones kept; whole numbers to 2**53 are exact as floats."""
    from scipy.sparse import csr_array

    weights = cost[graph.outgoing].astype(np.float64)
    rows = (weights, graph.head[graph.outgoing], graph.indptr)
    return csr_array(rows, shape=(graph.n_nodes, graph.n_nodes))


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
