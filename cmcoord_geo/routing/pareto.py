"""Every best compromise between two places: exact Pareto sets of paths."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from operator import index
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from cmcoord_geo.compiled import compiled
from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import contraction
from cmcoord_geo.routing.contraction import Contraction, Weights, contracted
from cmcoord_geo.routing.dijkstra import UNREACHABLE, refuse_route
from cmcoord_geo.routing.label_setting import (
    FAR, FINISHED, FULL, NONE, PAUSED, Counts, Rows, grow_bounds, settle_many, settle_pairs, trace,
)  # fmt: skip
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.stretch import decimal_fraction

Bound = Sequence[float | None] | NDArray[np.generic]
Vector = tuple[int, ...]
_F = TypeVar("_F", bound=Callable[..., Any])
_FIRST_ROOM = 1 << 20
_SLICE = 2_000_000
_KEY_BITS = 62


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
    roads = contracted(graph)
    weights = roads.weights(costs)
    start, end = graph.check_node(source, "source"), graph.check_node(target, "target")
    limit = _check_bound(bound, weights.costs.shape[1])
    max_kept = _check_max_labels(max_labels)
    widening = decimal_fraction(epsilon, "epsilon", least=0.0) + 1
    room = Room(is_compiled=graph.n_arcs > contraction.SMALL)
    question = _Question(roads, weights, start, end, room)
    search = _Search(question, question.limits(limit), widening, max_kept)
    is_complete = search.run()
    if is_complete and not search.counts[2]:
        refuse_route(start, end, " within the bound")
    paths = search.paths()
    rows = [weights.costs[arcs].sum(axis=0) for arcs in paths]
    return ParetoPaths(
        costs=np.array(rows, dtype=np.int64).reshape(-1, weights.costs.shape[1]),
        paths=tuple(paths),
        is_complete=is_complete,
        epsilon=float(epsilon),
        n_labels=search.counts[1],
    )


class Room:
    """Arrays for loops: of numpy where these are compiled, lists where not."""

    def __init__(self, *, is_compiled: bool) -> None:
        self.is_compiled = is_compiled

    def form(self, array: NDArray[Any]) -> Any:
        return array if self.is_compiled else array.tolist()

    def full(self, size: int, value: int, dtype: DTypeLike = np.int64) -> Any:
        return np.full(size, value, dtype) if self.is_compiled else [value] * size

    def empty(self, size: int, dtype: DTypeLike = np.int64) -> Any:
        """Numbers to be written before they are read: untouched, those of numpy cost nothing."""
        return np.empty(size, dtype) if self.is_compiled else [0] * size

    def more(self, array: Any) -> Any:
        """The same with twice the length."""
        if not self.is_compiled:
            return array + [0] * len(array)
        twice = np.empty(2 * len(array), array.dtype)
        twice[: len(array)] = array
        return twice

    def loop(self, function: _F) -> _F:
        return compiled(function) if self.is_compiled else function


class _Tree:
    """Cheapest ways to the target in one criterion, as far as they have been asked for."""

    def __init__(self, room: Room, rows: Rows, target: int) -> None:
        n_nodes, n_places = len(rows[0]), len(rows[2])
        self.room, self.rows = room, rows
        self.distance = room.full(n_nodes, FAR)
        self.toward = room.full(n_nodes, NONE, np.int32)
        keys, nodes = room.empty(n_places + 1), room.empty(n_places + 1, np.int32)
        self.queue = (keys, nodes, room.empty(0), 0)
        self.distance[target] = keys[0] = 0
        nodes[0] = target
        self.size = 1

    def grow(self, until: int, within: int, other: _Tree | None = None, most: int = FAR) -> None:
        """Go on to one node, or to all within a cost, where another tree is within its own."""
        self.size = self.room.loop(grow_bounds)(
            self.queue, self.size, self.rows, self.distance, self.toward, until, within,
            (other or self).distance, most,
        )  # fmt: skip

    def places(self, node: int, head: Any) -> list[int]:
        """Places in the rows of the arcs from a node to the target."""
        places = []
        while self.toward[node] != NONE:
            places.append(int(self.toward[node]))
            node = int(head[places[-1]])
        return places


class _Question:
    """From where to where, on which roads, and the lower bounds on the rest of the way."""

    def __init__(
        self, roads: Contraction, weights: Weights, source: int, target: int, room: Room
    ) -> None:
        self.roads, self.weights, self.room = roads, weights, room
        self.source, self.target = source, target
        self.leaving, entering = roads.opened(source, target)
        first, stop, tails = map(room.form, (entering.first, entering.stop, entering.end))
        self.entering = entering
        self.trees = [
            _Tree(room, (first, stop, tails, room.form(cost)), target) for cost in weights.entering
        ]

    @property
    def start(self) -> list[int]:
        return [int(tree.distance[self.source]) for tree in self.trees]

    def limits(self, bound: Vector | None) -> list[int]:
        """
        Highest costs that matter, once the lower bounds are known up to there.

        Of two criteria, a path that is worse in one than the best path in the other is dominated by it.
        """
        for tree in self.trees:
            tree.grow(self.source, FAR - 1)
            if self.trees[0].distance[self.source] == FAR:
                refuse_route(self.source, self.target)
        limits = self.weights.total
        if len(limits) == 2:
            limits = [self._along(1, 0), self._along(0, 1)]
        for i, most in enumerate(bound or ()):
            if most < self.start[i]:
                refuse_route(self.source, self.target, " within the bound")
            limits[i] = min(limits[i], most)
        for tree, most in zip(self.trees, limits, strict=True):
            tree.grow(NONE, most, self.trees[0], limits[0])
        return limits

    def _along(self, best: int, criterion: int) -> int:
        """Cost in a criterion of the path that is best in another."""
        head = self.roads.head[self.entering.arc]
        places = self.trees[best].places(self.source, head)
        return int(self.weights.entering[criterion][places].sum())


class _Search:
    """Labels from the source on, and the answers among them."""

    def __init__(
        self, question: _Question, limits: list[int], widening: Fraction, max_labels: int
    ) -> None:
        room, self.question, self.max_labels = question.room, question, max_labels
        self.room = room
        start = question.start
        self.width = len(start)
        size = _FIRST_ROOM if room.is_compiled else _FIRST_ROOM >> 10
        leaving = question.leaving
        self.rows = (
            *map(room.form, (leaving.first, leaving.stop, leaving.end)), room.form(question.weights.leaving)
        )  # fmt: skip
        self.ahead = room.form(
            np.array([tree.distance for tree in question.trees], np.int64).T.ravel()
        )
        self.keys, self.labels = room.empty(size), room.empty(size, np.int32)
        self.pool = tuple(room.empty(size, np.int32) for _ in range(3))
        self.found = room.empty(size, np.int32)
        bits = (limits[1] - start[1]).bit_length()
        self.is_pair = self.width == 2 and (limits[0] - start[0]).bit_length() + bits <= _KEY_BITS
        n_nodes = len(leaving.first)
        if self.is_pair:
            self.frame: Any = (*start, *limits, bits)
            self.f = room.empty(0)
            self.lowest = room.full(n_nodes, FAR)
        else:
            spans = [most - least + 1 for most, least in zip(limits, start, strict=True)]
            self.frame = tuple(
                room.form(np.array(values, np.int64)) for values in (start, limits, _radix(spans))
            )
            self.f = room.empty(size * self.width)
            self.f[: self.width] = room.form(np.array(start, np.int64))
            self.fronts = (
                *(room.full(n_nodes, 0, np.int32) for _ in range(3)), room.empty(size * (self.width - 1))
            )  # fmt: skip
        self.widening = _widening(widening, max(limits))
        self.keys[0] = self.labels[0] = 0
        self.pool[0][0], self.pool[1][0], self.pool[2][0] = question.source, NONE, NONE
        self.counts: Counts = (1, 1, 0, 0)

    def run(self) -> bool:
        """Settle labels to the end, in slices between which the keyboard is heard; False if stopped."""
        while True:
            status = self._slice()
            if status == FULL:
                self._enlarge()
            elif status != PAUSED:
                return status == FINISHED

    def _slice(self) -> int:
        asked = (self.question.target, self.max_labels, _SLICE, *self.widening)
        queue = (self.keys, self.labels, self.f, 0 if self.is_pair else self.width)
        if self.is_pair:
            status, self.counts = self.room.loop(settle_pairs)(
                queue,
                self.pool,
                self.found,
                self.lowest,
                self.rows,
                self.ahead,
                self.frame,
                asked,
                self.counts,
            )
        else:
            status, self.counts = self.room.loop(settle_many)(
                queue,
                self.pool,
                self.found,
                self.fronts,
                self.rows,
                self.ahead,
                self.frame,
                asked,
                self.counts,
            )
        return status

    def _enlarge(self) -> None:
        more = self.room.more
        self.keys, self.labels, self.found = more(self.keys), more(self.labels), more(self.found)
        self.pool = tuple(map(more, self.pool))
        if not self.is_pair:
            self.f = more(self.f)
            self.fronts = (*self.fronts[:3], more(self.fronts[3]))

    def paths(self) -> list[IntArray]:
        """Arcs of each answer."""
        n_found, loop = self.counts[2], self.room.loop(trace)
        if not n_found:
            return []
        first = self.room.full(n_found + 1, 0)
        size = loop(self.pool, self.found, n_found, first, self.room.empty(0, np.int32), True)
        places = self.room.empty(size, np.int32)
        loop(self.pool, self.found, n_found, first, places, False)
        arcs = self.question.leaving.arc[np.array(places, np.int64)]
        return self.question.roads.unfold(arcs, np.array(first))


def _radix(spans: list[int]) -> list[int]:
    """Spans of as many leading criteria as fit into one key."""
    leading: list[int] = []
    while len(leading) < len(spans) and math.prod([*leading, spans[len(leading)]]) < 1 << _KEY_BITS:
        leading.append(spans[len(leading)])
    return leading


def _widening(ratio: Fraction, most: int) -> tuple[int, int]:
    """Numerator and shift of 1 + epsilon, never above it, such that no cost times it overflows."""
    for shift in range(30, -1, -1):
        over = math.floor(ratio * (1 << shift))
        if over * most < 1 << _KEY_BITS:
            return over, shift
    return 1, 0


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
