"""The fewest roads whose loss together leaves no way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.graph import IntArray
from cmcoord_geo.routing.kernels import augment
from cmcoord_geo.routing.replacement import check_groups
from cmcoord_geo.routing.weighted import WeightedGraph

#: More than anybody asks of one arc that is never lost.
_PLENTY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MinCut:
    """
    What must be lost at least.

    Attributes
    ----------
    groups : tuple of int
        Groups of arcs, ascending.
    shared : tuple of int
        Places in the list of what several groups share, ascending.
    """

    groups: tuple[int, ...]
    shared: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.groups) + len(self.shared)


def min_cut(
    roads: WeightedGraph,
    sources: Sequence[int] | IntArray,
    targets: Sequence[int] | IntArray,
    *,
    groups: ArrayLike,
    shared: Sequence[IntArray] = (),
    is_left: NDArray[np.bool_] | None = None,
    most: int = 3,
) -> MinCut | None:
    """
    Find the fewest groups of arcs without which nothing leads from some nodes to others.

    Augmenting paths (Ford and Fulkerson, Canadian Journal of Mathematics 8, 1956), of which ``most + 1`` are
    enough. Where a group holds several arcs, fewer groups than there are paths cut only if one of them lies
    on two of the paths: each of those is taken away in turn, and the rest asked again. Exact; of equal cuts
    that nearest to the sources.

    Parameters
    ----------
    roads : WeightedGraph
        Costs play no part.
    sources, targets : sequence of int
        Nodes; none in both.
    groups : array_like of int, shape (arcs,)
        What is lost together, such as both directions of a road. A negative number is never lost.
    shared : sequence of ndarray of int64
        Arcs that are lost together besides, such as all roads over one bridge.
    is_left : ndarray of bool, shape (arcs,), optional
        Arcs to look at; by default all open ones.
    most : int, optional
        Largest cut to look for.

    Returns
    -------
    MinCut or None
        Without members where nothing leads there to begin with; None where every cut has more than ``most``.

    Raises
    ------
    DataError
        Nodes or groups cannot be used, or a node is a source and a target.

    Examples
    --------
    >>> from cmcoord_geo.routing import ArcGraph
    >>> roads = WeightedGraph.of(ArcGraph.from_arcs(3, [0, 0, 1], [1, 1, 2]), [1, 1, 1])
    >>> min_cut(roads, [0], [2], groups=[7, 8, 9]).groups
    (9,)
    >>> min_cut(roads, [0], [1], groups=[7, 8, 9]).groups
    (7, 8)
    """
    starts = [roads.place(node, "source") for node in sources]
    ends = {roads.place(node, "target") for node in targets}
    if ends & set(starts):
        message = "A node is a source and a target: no loss parts it from itself."
        raise DataError(message)
    flow = _Flow(roads, starts, ends, check_groups(roads.graph, groups), shared)
    found = flow.cut(is_left, most)
    if found is None:
        return None
    return MinCut(
        groups=tuple(sorted(group for is_shared, group in found if not is_shared)),
        shared=tuple(sorted(group for is_shared, group in found if is_shared)),
    )


#: Whether something is shared by several groups, and its number.
_Member = tuple[bool, int]


class _Flow:
    """Paths from sources to targets that share no arc."""

    def __init__(
        self,
        roads: WeightedGraph,
        starts: list[int],
        ends: set[int],
        group_of: NDArray[np.integer],
        shared: Sequence[IntArray],
    ) -> None:
        self._roads, self._group_of, self._shared = roads, group_of, shared
        self._starts = roads.form(np.unique(np.array(starts, dtype=np.int64)))
        self._is_end = roads.room(roads.graph.n_nodes, 0, np.uint8)
        for place in ends:
            self._is_end[place] = 1

    def cut(self, is_left: NDArray[np.bool_] | None, most: int) -> set[_Member] | None:
        """Fewest members that cut what is left; None where these are more than so many."""
        load, is_seen, paths = self._loaded(is_left, most + 1)
        best: set[_Member] | None = None
        if paths <= most:
            layout = self._roads.graph.layout
            over = np.flatnonzero((load > 0) & is_seen[layout.tail] & ~is_seen[layout.head])
            best = {(False, group) for group in self._group_of[over].tolist()}
        left = np.ones(len(load), dtype=bool) if is_left is None else is_left
        for member, arcs in self._often(load):
            room = (most if best is None else len(best) - 1) - 1
            if room < 0:
                break
            rest = left.copy()
            rest[arcs] = False
            found = self.cut(rest, room)
            if found is not None:
                best = {member, *found}
        return best

    def _loaded(
        self, is_left: NDArray[np.bool_] | None, most: int
    ) -> tuple[IntArray, NDArray[np.bool_], int]:
        """Paths over each arc, places that one more path would reach, and number of paths."""
        roads, count = self._roads, 0
        capacity = np.where(self._group_of < 0, _PLENTY, 1).astype(np.int8)
        if is_left is not None:
            capacity[~is_left] = 0
        room, load = roads.form(capacity), roads.room(len(capacity), 0, np.int8)
        last = roads.room(roads.graph.n_nodes, 0)
        waiting = roads.room(roads.graph.n_nodes)
        rows = roads.rows(), roads.rows(reverse=True)
        ends = roads.places_at(), roads.places_at(reverse=True)
        while count < most and roads.run(augment)(
            *rows, *ends, self._starts, self._is_end, room, load, last, waiting
        ):
            count += 1
        return np.asarray(load, dtype=np.int64), np.asarray(last) != -1, count

    def _often(self, load: IntArray) -> list[tuple[_Member, IntArray]]:
        """Members with several arcs that paths use: only these may stand for several others."""
        used = np.flatnonzero(load > 0)
        names, times = np.unique(self._group_of[used], return_counts=True)
        found: list[tuple[_Member, IntArray]] = [
            ((True, i), arcs) for i, arcs in enumerate(self._shared) if (load[arcs] > 0).sum() > 1
        ]
        found += [
            ((False, group), np.flatnonzero(self._group_of == group))
            for group in names[(times > 1) & (names >= 0)].tolist()
        ]
        return found
