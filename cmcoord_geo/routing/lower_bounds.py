"""How much the rest of the way costs at least, as far away from the target as it can matter."""

from __future__ import annotations

import numpy as np

from cmcoord_geo.routing.contraction import Contraction, Weights
from cmcoord_geo.routing.dijkstra import refuse_route
from cmcoord_geo.routing.graph import IntArray
from cmcoord_geo.routing.label_setting import FAR, NONE, Numbers, Rows, grow_bounds
from cmcoord_geo.routing.storage import Storage


class Question:
    """
    From where to where on which roads, and the lower bounds on the rest of the way.

    Parameters
    ----------
    roads : Contraction
    weights : Weights
    pair : two int
        Source and target, nodes of the graph.
    storage : Storage
    is_reversed : bool, optional
        Search from the target, against the arcs: the answer is the same, the effort is not.

    Attributes
    ----------
    leaving : Filed
        Arcs that the search may take.
    cost : array of int
        Costs of these arcs, side by side.
    table : ndarray of int64, shape (arcs + shortcuts, criteria)
    total : list of int
        Costs of all arcs together.
    start : list of int
        Cost of the best path in each criterion; known after :meth:`limits`.
    """

    def __init__(
        self, roads: Contraction, weights: Weights, pair: tuple[int, int], storage: Storage,
        *, is_reversed: bool = False,
    ) -> None:  # fmt: skip
        self.roads, self.storage, self.is_reversed = roads, storage, is_reversed
        self.source, self.target = pair[::-1] if is_reversed else pair
        ways = ("leaving", "entering")[:: -1 if is_reversed else 1]
        filed = roads.opened(*pair)[:: -1 if is_reversed else 1]
        self.leaving, self._entering = filed
        self.total, self.cost = weights.total, storage.form(weights.beside(ways[0], filed[0]))
        self.table = weights.table
        self._columns = weights.apart(ways[1], filed[1])
        first, stop, tails = (
            storage.form(each) for each in (filed[1].first, filed[1].stop, filed[1].end)
        )
        self._trees = [
            Tree(storage, (first, stop, tails, storage.form(cost)), self.target)
            for cost in self._columns
        ]
        self.start: list[int] = []

    def limits(self, bound: tuple[int, ...] | None) -> list[int]:
        """
        Highest costs that matter; the lower bounds are known up to there.

        A path that is worse than the best in one criterion where that is best in the other is dominated: two
        criteria limit each other.

        Raises
        ------
        NoRouteError
            Nothing leads to the target, or nothing within the bound.
        """
        for tree in self._trees:
            tree.grow(self.source, FAR - 1)
            if tree.distance[self.source] == FAR:
                refuse_route(self.source, self.target)
        self.start = [int(tree.distance[self.source]) for tree in self._trees]
        limits = self.total
        if len(limits) == 2:
            limits = [self._along(1, 0), self._along(0, 1)]
        if bound is not None:
            for number, (most, least) in enumerate(zip(bound, self.start, strict=False), 1):
                if most < least:
                    condition = f" within the bound: {most} in criterion {number}, where the least is {least}"
                    refuse_route(self.source, self.target, condition)
            limits = [*map(min, limits, bound), *limits[len(bound) :]]
        first = self._trees[0]
        for tree, most in zip(self._trees, limits, strict=True):
            tree.grow(NONE, most, first.distance, limits[0])
        return limits

    def ahead(self) -> IntArray:
        """Lower bounds of each node, side by side."""
        table = np.empty((len(self.leaving.first), len(self._trees)), np.int64)
        for column, tree in zip(table.T, self._trees, strict=True):
            column[:] = tree.distance
        return table.ravel()

    def _along(self, best: int, criterion: int) -> int:
        """Cost in a criterion of the path that is best in another."""
        places, node = [], self.source
        ends = self.roads.tail if self.is_reversed else self.roads.head
        while node != self.target:
            places.append(int(self._trees[best].toward[node]))
            node = int(ends[self._entering.arc[places[-1]]])
        return int(self._columns[criterion][places].sum())


class Tree:
    """Cheapest ways to the target in one criterion, as far as they have been asked for."""

    def __init__(self, storage: Storage, rows: Rows, target: int) -> None:
        n_nodes, n_places = len(rows[0]), len(rows[2])
        self.distance = storage.full(n_nodes, FAR)
        self.toward = storage.full(n_nodes, NONE, np.int32)
        self._queue = storage.empty(n_places + 1), storage.empty(n_places + 1, np.int32)
        self._loop, self._rows = storage.loop(grow_bounds), rows
        self.distance[target] = self._queue[0][0] = 0
        self._queue[1][0] = target
        self._size = 1

    def grow(self, until: int, within: int, other: Numbers | None = None, most: int = FAR) -> None:
        """Go on to one node, or to all within a cost; where another tree is above its limit, no further."""
        limiting = self.distance if other is None else other
        self._size = self._loop(
            self._queue, self._size, self._rows, self.distance, self.toward, until, within, limiting, most
        )  # fmt: skip
