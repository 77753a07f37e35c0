"""What a trip costs once a part of its road is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.detours import branch, cross
from cmcoord_geo.routing.end_trees import EndTrees, without_loops
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import NO_ARC, UNREACHABLE, Numbers, around, inside

#: So few searches cost less than to look first which of them are needless.
_FEW = 3
#: Where a detour lies: one tree up to a place, some arcs, the other tree from a place.
_Parts = tuple[int, tuple[int, ...], int]


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
    """

    groups: IntArray
    costs: IntArray
    _trees: EndTrees
    _over: IntArray
    _other: dict[int, _Parts | IntArray]
    _made: dict[_Parts, IntArray] = field(default_factory=dict, init=False, repr=False)

    def path(self, place: int) -> IntArray:
        """
        Detour round the group at a place of ``groups``; empty where there is none.

        Neighbours have the very same array where they have the same detour.
        """
        if self.costs[place] == UNREACHABLE:
            return np.zeros(0, dtype=np.int64)
        parts = self._other.get(int(self.groups[place]))
        if isinstance(parts, np.ndarray):
            return parts
        graph, over = self._trees.roads.graph, int(self._over[place])
        there, between, onward = parts or (
            int(graph.layout.tail[over]),
            (over,),
            int(graph.layout.head[over]),
        )
        key = there, between, onward
        if key not in self._made:
            self._made[key] = without_loops(graph, self._trees.over(there, onward, *between))
        return self._made[key]


def replacement_costs(trees: EndTrees, *, groups: ArrayLike) -> Replacements:
    """
    For each group of arcs on the path between two trees, find the cheapest path that does without it.

    All at once from the trees at both ends (:mod:`~cmcoord_geo.routing.detours`), exact on one-way roads
    too. A group that holds arcs besides one of the path and those between the same nodes, such as a long
    bridge, is searched for itself, led by the distances of the whole graph to the target; not where its
    loss plainly leaves nothing between both sides of the path.

    Parameters
    ----------
    trees : EndTrees
        Between the ends of the path.
    groups : array_like of int, shape (arcs,)
        What is lost together: the segment of each arc (both directions), or its bridge or ferry.
        A negative number belongs to no group and is never lost.

    Raises
    ------
    DataError
        Groups cannot be used.

    Examples
    --------
    >>> from cmcoord_geo.routing import ArcGraph, EndTrees
    >>> trees = EndTrees.between(ArcGraph.from_arcs(2, [0, 0, 1], [1, 1, 0]), [4, 9, 4], 0, 1)
    >>> found = replacement_costs(trees, groups=[7, 8, 7])
    >>> found.groups.tolist(), found.costs.tolist()
    ([7], [9])
    """
    graph, path = trees.roads.graph, trees.path
    group_of = check_groups(graph, groups)
    known, at = np.unique(group_of[path], return_index=True)
    at = np.sort(at[known >= 0])
    found = group_of[path][at].astype(np.int64)
    apart = _apart(graph, path[at], group_of)
    lost = np.full(len(path), -1, dtype=np.int64)
    lost[at] = np.where(np.isin(found, list(apart)), -1, found)
    costs, over = np.full(len(at), UNREACHABLE), np.full(len(at), NO_ARC)
    other = _one_by_one(trees, group_of, apart)
    if (lost >= 0).any():
        beside = _Beside(trees, group_of, lost)
        every_cost, every_arc = beside.across()
        costs, over = every_cost[at], every_arc[at]
        other |= beside.through(every_cost)
    for place in np.flatnonzero(np.isin(found, list(other))).tolist():
        costs[place] = other[int(found[place])][0]
    return Replacements(
        groups=found,
        costs=costs,
        _trees=trees,
        _over=over,
        _other={group: parts for group, (_, parts) in other.items() if parts is not None},
    )


def _apart(graph: ArcGraph, first: IntArray, group_of: NDArray[np.integer]) -> set[int]:
    """Groups that hold open arcs besides their first of the path and others between the same two nodes."""
    if not len(first):
        return set()
    number, most = group_of, int(group_of.max())
    if most > 2 * graph.n_arcs or group_of.min() < -1:  # small numbers in place of names
        names, number = np.unique(np.maximum(group_of, -1), return_inverse=True)
        number, most = number - int(names[0] < 0), len(names)
    own = np.full(most + 2, NO_ARC, dtype=np.int64)  # the last one for no group
    own[number[first]] = first
    own_of = own[number[graph.outgoing]]
    is_met = own_of >= 0
    arcs, own_of = graph.outgoing[is_met], own_of[is_met]
    tail, head = graph.tail, graph.head
    is_beside = (tail[arcs] == tail[own_of]) & (head[arcs] == head[own_of])
    is_back = (tail[arcs] == head[own_of]) & (head[arcs] == tail[own_of])
    return set(group_of[arcs[~(is_beside | is_back)]].tolist())


def _one_by_one(
    trees: EndTrees, group_of: NDArray[np.integer], apart: set[int]
) -> dict[int, tuple[int, _Parts | IntArray | None]]:
    """Cost and arcs of the detour round each of some groups, a search for each that is no plain cut."""
    roads, path = trees.roads, trees.path
    graph, rows = roads.graph, roads.rows()
    within = np.where(np.isin(group_of, list(apart)), group_of, -1)
    cut = _plainly_cut(graph, path, within) if len(apart) > _FEW else set()
    group, rest = roads.form(within), trees.labels[1].distance
    start, end = (int(graph.layout.place[node]) for node in (trees.source, trees.target))
    found: dict[int, tuple[int, _Parts | IntArray | None]] = dict.fromkeys(cut, (UNREACHABLE, None))
    for lost in apart - cut:
        labels = roads.labels()
        roads.run(around)(rows, start, end, roads.bits, rest, group, lost, labels, roads.heap())
        cost = int(labels.distance[end])
        found[lost] = cost, None if cost == UNREACHABLE else roads.path(labels, end)
    return found


class _Beside:
    """
    Detours round single arcs of the path between two trees, all at once.

    Parameters
    ----------
    trees : EndTrees
    group_of : ndarray of int, shape (arcs,)
    lost : ndarray of int64, shape (path,)
        Group that is lost at each arc of the path, -1 for none.
    """

    def __init__(self, trees: EndTrees, group_of: NDArray[np.integer], lost: IntArray) -> None:
        self._trees, self._roads, self._lost = trees, trees.roads, lost
        self._group = trees.roads.form(group_of)
        self._leaves, self._joins = self._marks(reverse=False), self._marks(reverse=True)

    def across(self) -> tuple[IntArray, IntArray]:
        """Cost of the detour round each arc of the path from one tree to the other, and the arc between."""
        roads, count = self._roads, len(self._lost)
        room = count * count.bit_length()
        cost, over = roads.room(room, UNREACHABLE), roads.room(room, UNREACHABLE)
        trees = *self._trees.labels, self._leaves, self._joins
        roads.run(cross)(roads.rows(), *trees, self._group, roads.form(self._lost), cost, over)
        both = (np.array(numbers[:count], dtype=np.int64) for numbers in (cost, over))
        return next(both), next(both)

    def through(self, known: IntArray) -> dict[int, tuple[int, _Parts | IntArray | None]]:
        """Detours that are cheaper through nodes whose paths to both ends hold what is lost, by group."""
        leaves, joins = np.asarray(self._leaves), np.asarray(self._joins)
        odd = np.flatnonzero((joins >= 0) & (joins < leaves))
        better: dict[int, tuple[int, _Parts | IntArray | None]] = {}
        if not len(odd):
            return better
        roads, labels, heap = self._roads, self._roads.labels(), self._roads.heap()
        rows, back = roads.rows(), roads.rows(reverse=True)
        trees = *self._trees.labels, self._leaves, self._joins, self._group
        layout = roads.graph.layout
        for at in np.flatnonzero(self._lost >= 0).tolist():
            members = odd[(joins[odd] <= at) & (leaves[odd] > at)]
            if not len(members):
                continue
            lost = int(self._lost[at])
            asked = lost, at, roads.form(members), roads.bits, int(known[at])
            total, node, over = roads.run(inside)(rows, back, *trees, *asked, labels, heap)
            if over < 0:
                continue
            between = [int(over)]
            while node in members and labels.arc[node] >= 0:
                between.append(int(labels.arc[node]))
                node = int(layout.tail[between[-1]])
            better[lost] = int(total), (node, tuple(between[::-1]), int(layout.head[over]))
        return better

    def _marks(self, *, reverse: bool) -> Numbers:
        """Place on the path where the way of each node leaves it, or joins it; -1 where there is none."""
        roads, path = self._roads, self._trees.path
        graph, labels = roads.graph, self._trees.labels[reverse]
        mark, waiting = (roads.room(graph.n_nodes, -1, np.int32) for _ in range(2))
        nodes = np.append(graph.tail[path], graph.head[path[-1:]])
        for i, place in enumerate(graph.layout.place[nodes].tolist()):
            mark[place] = i
        roads.run(branch)(labels.arc, roads.places_at(reverse=reverse), mark, waiting)
        return mark


def check_groups(graph: ArcGraph, groups: ArrayLike) -> NDArray[np.integer]:
    """
    Group of each arc.

    Raises
    ------
    DataError
        Not one whole number for each arc.
    """
    group_of = np.asarray(groups)
    if group_of.shape != (graph.n_arcs,) or (group_of.size and group_of.dtype.kind not in "iu"):
        message = f"Groups must be {graph.n_arcs} whole numbers, one for each arc."
        raise DataError(message)
    return group_of


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
