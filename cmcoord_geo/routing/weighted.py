"""A graph with one cost for each arc, checked and laid out once for any number of searches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.compiled import compiled
from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.routing.costs import check_cost
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import (
    NO_ARC,
    SMALL,
    UNREACHABLE,
    Labels,
    Numbers,
    Queue,
    Rows,
    follow,
)

_F = TypeVar("_F", bound=Callable[..., Any])
#: Buckets that a usual arc spans, and the costliest one at most, as powers of two.
_USUAL_BITS, _MOST_BITS = 7, 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeightedGraph:
    """
    Graph and costs for searches; build it with :meth:`of`, and keep it for as long as the costs hold.

    Attributes
    ----------
    graph : ArcGraph
    cost : ndarray of int64, shape (arcs,)
        As checked; not to be changed.
    is_plain : bool
        Searched without the compiler: the graph is small, or its costs are too large for 64 bits beside the
        number of a node (plain Python knows larger numbers).
    bits : int
        Bits that hold a place.
    width : int
        Cost that a bucket of a queue spans, as a power of two: a small part of a usual arc; without the
        compiler the costliest arc, for there a heap is quicker.
    """

    graph: ArcGraph
    cost: IntArray
    is_plain: bool
    bits: int
    width: int
    _rows: dict[bool, Rows] = field(default_factory=dict, init=False, repr=False)
    _near: dict[bool, Numbers] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, graph: ArcGraph, cost: ArrayLike, *, small: int = SMALL) -> WeightedGraph:
        """
        Check costs and lay them out.

        Parameters
        ----------
        graph : ArcGraph
        cost : array_like of int, shape (arcs,)
            Whole numbers from 0 up.
        small : int, optional
            Most arcs that are searched without the compiler.

        Raises
        ------
        DataError
            Costs cannot be used.

        Examples
        --------
        >>> roads = WeightedGraph.of(ArcGraph.from_arcs(3, [0, 1], [1, 2]), [4, 5])
        >>> roads.cost.tolist(), roads.is_plain
        ([4, 5], True)
        """
        checked, bits = check_cost(graph, cost), max(1, (graph.n_nodes - 1).bit_length())
        total, most = int(checked.sum()), int(checked.max(initial=0)).bit_length()
        usual = (total // max(1, graph.n_arcs)).bit_length()
        fits = 2 * total >> (62 - bits) == 0  # a path, and a bound on its rest
        is_plain = graph.n_arcs <= small or not fits
        width = most if is_plain else max(0, usual - _USUAL_BITS, most - _MOST_BITS)
        return cls(graph=graph, cost=checked, is_plain=is_plain, bits=bits, width=width)

    def rows(self, *, reverse: bool = False) -> Rows:
        """Arcs that leave each place with their costs, or those that enter it; made at the first use."""
        if reverse not in self._rows:
            layout = self.graph.layout
            first, end, arc = layout.back if reverse else layout.ahead
            made = Rows(first, end, self.cost[arc], arc)
            if self.is_plain:
                made = Rows(*(cast("Numbers", column.tolist()) for column in made))
            self._rows[reverse] = made
        return self._rows[reverse]

    def place(self, node: int, name: str) -> int:
        """
        Place of a node in the rows.

        Raises
        ------
        DataError
            No such node; the message calls it ``name``.
        """
        return int(self.graph.layout.place[self.graph.check_node(node, name)])

    def run(self, kernel: _F) -> _F:
        """Kernel as this graph wants it: plain, or its compiled twin."""
        return kernel if self.is_plain else compiled(kernel)

    def room(self, count: int, value: int | None = None, dtype: type = np.int64) -> Numbers:
        """Numbers for a kernel to fill: a list or an array, all of one value where one is given."""
        if self.is_plain:
            return cast("Numbers", [value or 0] * count)
        return np.empty(count, dtype) if value is None else np.full(count, value, dtype)

    def form(self, array: NDArray[Any]) -> Numbers:
        """Numbers of an array, copied only into a list."""
        return cast("Numbers", array.tolist() if self.is_plain else array)

    def heap(self) -> Numbers:
        """Room for a heap: every arc may put one entry on it, and the root one."""
        return self.room(self.graph.n_arcs + 1)

    def labels(self) -> Labels:
        """Labels of a search that has not begun."""
        count = self.graph.n_nodes
        return Labels(self.room(count, UNREACHABLE), self.room(count, NO_ARC, np.int32))

    def queue(self) -> Queue:
        """Queue of a search that has not begun."""
        arcs, most = self.graph.n_arcs, int(self.cost.max(initial=0))
        buckets = 1 << ((most >> self.width) + 1).bit_length()
        return Queue(
            self.heap(),
            self.room(buckets, -1, np.int32),
            self.room(arcs),
            self.room(arcs, dtype=np.int32),
        )

    def places_at(self, *, reverse: bool = False) -> Numbers:
        """Place where each arc starts, or ends; made at the first use."""
        if reverse not in self._near:
            layout = self.graph.layout
            self._near[reverse] = self.form(layout.head if reverse else layout.tail)
        return self._near[reverse]

    def path(self, labels: Labels, place: int, *, reverse: bool = False) -> IntArray:
        """Arcs between the root of some labels and a place, in the order in which they are driven."""
        found = self.room(self.graph.n_nodes)
        count = self.run(follow)(labels.arc, self.places_at(reverse=reverse), place, found)
        arcs = np.array(found[:count], dtype=np.int64)
        return arcs if reverse else arcs[::-1]


def refuse_route(source: int, target: int, condition: str = "") -> NoReturn:
    """Raise that nothing leads from source to target."""
    message = f"No path leads from node {source} to node {target}{condition}."
    raise NoRouteError(message, origin=str(source), destination=str(target))
