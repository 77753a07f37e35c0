"""Every best compromise between two places: exact Pareto sets of paths."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from numbers import Real
from operator import add, gt, index

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.costs import check_costs
from cmcoord_geo.routing.dijkstra import NO_ARC, UNREACHABLE, grow_tree, refuse_route
from cmcoord_geo.routing.fronts import Fronts, Vector, fronts_for
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.stretch import decimal_fraction

Bound = Sequence[float | None] | NDArray[np.generic]
#: Arc, its head, its reduced costs.
Step = tuple[int, int, Vector]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParetoPaths:
    """
    Non-dominated paths between two nodes.

    Attributes
    ----------
    costs : ndarray of int64, shape (k, criteria)
        Non-dominated cost vectors, each once, sorted lexicographically.
    paths : tuple of ndarray of int64
        For each row, the arcs of one path that costs exactly that; no node is visited twice.
    is_complete : bool
        False only when ``max_labels`` stopped the search; the rows are non-dominated all the same.
    epsilon : float
        What was asked for; 0 means that every non-dominated vector is there.
    n_labels : int
        Partial paths that the search kept: its effort.
    """

    costs: IntArray
    paths: tuple[IntArray, ...]
    is_complete: bool
    epsilon: float
    n_labels: int


def pareto_paths(
    graph: ArcGraph,
    costs: ArrayLike,
    source: int,
    target: int,
    bound: Bound | None = None,
    epsilon: float = 0.0,
    max_labels: int | None = None,
) -> ParetoPaths:
    """
    Find every non-dominated cost vector from source to target, and one path for each.

    Label setting in lexicographic order of cost so far plus a lower bound on the rest, one backward
    Dijkstra for each criterion (BOA* and LTMOA*: Hernandez et al., AIJ 314, 2023, and IJCAI 2023).
    Whole numbers throughout, so that ties and arcs that cost nothing are exact. Of several paths
    with the same costs it is always the same one that stands for them.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    costs : array_like of int, shape (arcs, criteria)
        One to four criteria, each 0 or more.
    source, target : int
        Nodes; where they are the same, the answer is one row of zeros with an empty path.
    bound : sequence of float or None, length criteria, optional
        Highest cost allowed in each criterion (inclusive); None or infinity is no limit.
    epsilon : float, optional
        Leave out what hardly differs: for every non-dominated vector ``c`` within the bound some
        row ``r`` has ``r <= (1 + epsilon) * c`` in every criterion, and no row is dominated.
    max_labels : int, optional
        Stop once more partial paths than this are kept. The rows found until then are
        non-dominated, there may be none, and ``is_complete`` is False.

    Raises
    ------
    NoRouteError
        No path leads from source to target, or none within the bound.
    DataError
        Costs, nodes, bound, epsilon or max_labels cannot be used.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(2, [0, 0, 0], [1, 1, 1])
    >>> found = pareto_paths(graph, [[3, 1], [2, 2], [3, 3]], 0, 1)
    >>> found.costs.tolist(), [path.tolist() for path in found.paths]
    ([[2, 2], [3, 1]], [[1], [0]])
    """
    matrix = check_costs(graph, costs)
    start, end = graph.check_node(source, "source"), graph.check_node(target, "target")
    limit = _check_bound(bound, matrix.shape[1])
    max_kept = _check_max_labels(max_labels)
    widening = decimal_fraction(epsilon, "epsilon", least=0.0) + 1
    ahead = _lower_bounds(graph, matrix, end)
    if ahead[start, 0] == UNREACHABLE:
        refuse_route(start, end)
    steps = _steps(graph, matrix, ahead)
    fronts = fronts_for(graph.n_nodes, matrix.shape[1])
    search = _Search(steps, fronts, end, limit, widening.as_integer_ratio())
    is_complete = search.run(start, tuple(ahead[start].tolist()), max_kept)
    if is_complete and not search.found:
        refuse_route(start, end, " within the bound")
    return ParetoPaths(
        costs=np.array([f for f, _ in search.found], dtype=np.int64).reshape(-1, matrix.shape[1]),
        paths=tuple(search.path(label) for _, label in search.found),
        is_complete=is_complete,
        epsilon=float(epsilon),
        n_labels=len(search.labels),
    )


class _Search:
    """
    One run of the search.

    ``f`` is the cost so far plus the lower bound on the rest. An arc adds its reduced cost to it
    (its cost and what the bound changes by: never negative), and at one node a lower ``f`` is a
    lower cost, so that ``f`` alone is carried.
    """

    def __init__(
        self,
        steps: list[list[Step]],
        fronts: Fronts,
        target: int,
        limit: Vector | None,
        widening: tuple[int, int],
    ) -> None:
        self.steps = steps
        self.fronts = fronts
        self.target = target
        self.limit = limit
        self.widening = widening
        #: Node, arc that led to it, label before it.
        self.labels: list[tuple[int, int, int]] = []
        self.found: list[tuple[Vector, int]] = []

    def run(self, source: int, f: Vector, max_labels: int) -> bool:
        """Fill ``found``; False when it was stopped before the end."""
        heap: list[tuple[Vector, int]] = []
        self._offer(heap, f, (source, NO_ARC, NO_ARC))
        while heap:
            if len(self.labels) > max_labels:
                return False
            f, label = heappop(heap)
            node = self.labels[label][0]
            if self._is_covered(node, f):
                continue
            self.fronts.add(node, f)
            if node == self.target:
                self.found.append((f, label))
                continue
            for arc, end, step in self.steps[node]:
                self._offer(heap, tuple(map(add, f, step)), (end, arc, label))
        return True

    def path(self, label: int) -> IntArray:
        """Arcs from the source to a label."""
        arcs: list[int] = []
        _, arc, before = self.labels[label]
        while arc != NO_ARC:
            arcs.append(arc)
            _, arc, before = self.labels[before]
        return np.array(arcs[::-1], dtype=np.int64)

    def _offer(
        self, heap: list[tuple[Vector, int]], f: Vector, label: tuple[int, int, int]
    ) -> None:
        """Queue a label unless it breaks the bound or is covered already."""
        if self.limit is not None and any(map(gt, f, self.limit)):
            return
        if not self._is_covered(label[0], f):
            heappush(heap, (f, len(self.labels)))
            self.labels.append(label)

    def _is_covered(self, node: int, f: Vector) -> bool:
        """Whether a label at this node, or a whole path within epsilon, is as good."""
        if self.fronts.covers(node, f):
            return True
        above, below = self.widening
        if above != below:
            f = tuple(value * above // below for value in f)
        return self.fronts.covers(self.target, f)


def _lower_bounds(graph: ArcGraph, costs: IntArray, target: int) -> IntArray:
    """Cheapest rest of the way from each node, criterion by criterion: (nodes, criteria)."""
    trees = [grow_tree(graph, column, target, reverse=True) for column in costs.T]
    return np.array([tree.distance for tree in trees], dtype=np.int64).T


def _steps(graph: ArcGraph, costs: IntArray, ahead: IntArray) -> list[list[Step]]:
    """For each node the open arcs from which the target can be reached."""
    is_useful = ahead[:, 0] != UNREACHABLE
    rest = np.where(is_useful[:, None], ahead, 0)
    reduced: list[list[int]] = (costs + rest[graph.head] - rest[graph.tail]).tolist()
    heads, useful = graph.head.tolist(), is_useful[graph.head].tolist()
    first, arc_at = graph.indptr.tolist(), graph.outgoing.tolist()
    return [
        [(a, heads[a], tuple(reduced[a])) for a in arc_at[start:stop] if useful[a]]
        for start, stop in pairwise(first)
    ]


def _check_bound(bound: Bound | None, n_criteria: int) -> Vector | None:
    """Highest whole cost allowed in each criterion; None without any limit."""
    if bound is None:
        return None
    limits = np.asarray(bound, dtype=object).ravel().tolist()
    limits = [math.inf if value is None else value for value in limits]
    if len(limits) != n_criteria or not all(map(_is_limit, limits)):
        message = f"A bound needs {n_criteria} numbers (None for no limit), not {bound!r}."
        raise DataError(message)
    return tuple(UNREACHABLE if value == math.inf else math.floor(value) for value in limits)


def _is_limit(value: object) -> bool:
    """Whether a value can be compared with costs: a number, infinite upwards at most."""
    return isinstance(value, Real) and not math.isnan(value) and value != -math.inf


def _check_max_labels(max_labels: int | None) -> int:
    """Return the limit on labels as a number."""
    if max_labels is None:
        return UNREACHABLE
    if isinstance(max_labels, bool) or not hasattr(max_labels, "__index__") or max_labels < 1:
        message = f"max_labels must be a whole number from 1 up, not {max_labels!r}."
        raise DataError(message)
    return index(max_labels)
