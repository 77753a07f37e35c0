"""What every target costs once a part of the roads is lost, for many parts and targets at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.routing.dijkstra import NO_ARC, UNREACHABLE, path_tree
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import SMALL, Labels, lose
from cmcoord_geo.routing.weighted import WeightedGraph

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from cmcoord_geo.routing.dijkstra import PathTree


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
    *,
    small: int = SMALL,
) -> Losses:
    """
    For each group of arcs find what every target costs without it.

    A node keeps its path and its cost unless a lost arc lies on that path, so a group without an arc on a
    path to a target is without effect, and for any other only the nodes below its arcs in the tree of
    cheapest paths are searched anew, from the arcs that lead to them from outside and until the targets among
    them are reached. Exact.

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
    small : int, optional
        Most arcs that are searched without the compiler.

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
    graph.check_node(source, "source")
    roads = WeightedGraph.of(graph, cost, small=small)
    ends = [roads.place(node, "target") for node in targets]
    tree = path_tree(roads, source)
    used = _used_arcs(graph, tree.arc, targets)
    chosen = [i for i, group in enumerate(groups) if used[group].any()]
    search = _Search(roads, tree, ends)
    costs = [search.without(groups[i]) for i in chosen]
    return Losses(
        whole=tree.distance,
        arc=tree.arc.astype(np.int64),
        groups=np.array(chosen, dtype=np.int64),
        costs=np.array(costs, dtype=np.int64).reshape(len(chosen), len(ends)),
    )


class _Search:
    """Searches below lost arcs again, in a tree of cheapest paths; nodes by their place."""

    def __init__(self, roads: WeightedGraph, tree: PathTree, ends: list[int]) -> None:
        graph, node = roads.graph, roads.graph.layout.node
        self._roads = roads
        whole, arc = tree.distance[node], tree.arc[node]
        self._tree = Labels(roads.form(whole), roads.form(arc))
        side = np.where(whole == UNREACHABLE, -1, 0).astype(np.int8)
        hanging = np.flatnonzero(arc != NO_ARC).astype(np.int32)
        above = graph.layout.tail[arc[hanging]]
        first = np.zeros(graph.n_nodes + 1, dtype=np.int64)
        np.cumsum(np.bincount(above, minlength=graph.n_nodes), out=first[1:])
        below = hanging[np.argsort(above, kind="stable")]
        self._below = roads.form(first), roads.form(below)
        is_wanted = np.zeros(graph.n_nodes, dtype=np.int8)
        is_wanted[ends] = 1
        self._ends = roads.form(np.array(ends, dtype=np.int64)), roads.form(is_wanted)
        self._room = (
            roads.room(graph.n_arcs, 0, np.int8),
            roads.form(side),
            roads.room(graph.n_nodes, 0, np.int32),
        )
        self._labels, self._heap = roads.labels(), roads.heap()

    def without(self, lost: IntArray) -> list[int]:
        """Cost of every target without some arcs."""
        roads = self._roads
        found = roads.room(len(self._ends[0]))
        roads.run(lose)(
            *(roads.rows(), roads.rows(reverse=True), self._tree, *self._below),
            *(roads.places_at(reverse=True), roads.form(lost), *self._room, *self._ends),
            *(roads.bits, self._labels, self._heap, found),
        )
        return [int(cost) for cost in found]


def _used_arcs(
    graph: ArcGraph, arc: NDArray[np.integer], targets: Iterable[int]
) -> NDArray[np.bool_]:
    """Arcs on the cheapest path to some target."""
    used = np.zeros(graph.n_arcs, dtype=bool)
    for target in targets:
        node = target
        while (last := int(arc[node])) != NO_ARC and not used[last]:
            used[last] = True
            node = int(graph.tail[last])
    return used
