"""
Landmarks: costs to and from a few nodes, kept, that lead later searches towards their targets.

After Goldberg and Harrelson, Computing the shortest path: A* search meets graph theory (SODA 2005).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.dijkstra import path_tree
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import UNREACHABLE, Bounds, Numbers, steer
from cmcoord_geo.routing.weighted import WeightedGraph, refuse_route

#: Landmarks of a search: more are kept, those are asked whose bounds are highest at its start.
_ASKED = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Landmarks:
    """
    Landmarks of a weighted graph; build them with :meth:`of`.

    Attributes
    ----------
    roads : WeightedGraph
        What is searched.
    nodes : tuple of int
        The landmarks, in the order in which they were chosen.
    """

    roads: WeightedGraph
    nodes: tuple[int, ...]
    _chosen_on: WeightedGraph
    _table: NDArray[np.signedinteger]

    @classmethod
    def of(cls, roads: WeightedGraph, *, count: int = 16) -> Landmarks:
        """
        Choose landmarks, each as far as can be from those before it.

        Parameters
        ----------
        roads : WeightedGraph
        count : int, optional
            How many at most.

        Raises
        ------
        DataError
            Fewer than one is asked for.

        Examples
        --------
        >>> from cmcoord_geo.routing import ArcGraph
        >>> graph = ArcGraph.from_arcs(3, [0, 1, 1, 2], [1, 0, 2, 1])
        >>> marks = Landmarks.of(WeightedGraph.of(graph, [4, 4, 5, 5]), count=2)
        >>> marks.nodes, marks.path(0, 2).tolist()
        ((2, 0), [0, 2])
        """
        if count < 1:
            message = f"A search by landmarks needs one at least, not {count}."
            raise DataError(message)
        nodes: list[int] = []
        columns: list[IntArray] = []
        nearest = _to_begin_with(roads, count)
        while len(nodes) < count and nearest.max(initial=0) > 0:
            node = int(nearest.argmax())
            both = [path_tree(roads, node, reverse=back).distance for back in (False, True)]
            nearest = np.minimum(nearest, np.minimum(*both))
            nodes.append(node)
            columns += both
        return cls(roads=roads, nodes=tuple(nodes), _chosen_on=roads, _table=_table(roads, columns))

    def serving(self, roads: WeightedGraph) -> Landmarks:
        """
        Same landmarks for other costs on the same network, or for fewer of its arcs.

        Bounds stay bounds where nothing becomes cheaper (Delling and Wagner, WEA 2007).

        Parameters
        ----------
        roads : WeightedGraph

        Raises
        ------
        DataError
            Another network, or an arc that costs less than it did or was closed.
        """
        then, now = self._chosen_on, roads
        if not _is_same_network(then.graph, now.graph):
            message = "Landmarks serve the network that they were chosen on, not another one."
            raise DataError(message)
        is_wrong = now.cost < then.cost
        is_wrong[np.setdiff1d(now.graph.outgoing, then.graph.outgoing)] = True
        wrong = np.sort(now.graph.outgoing[is_wrong[now.graph.outgoing]])
        if len(wrong):
            message = f"Arc {wrong[0]} costs less than when the landmarks were chosen: choose anew."
            raise DataError(message)
        moved = self.roads.graph.layout.place[now.graph.layout.node]
        return replace(self, roads=roads, _table=self._table[moved])

    def path(self, source: int, target: int) -> IntArray:
        """
        Arcs of a cheapest path, from source to target.

        Of several cheapest paths it is always the same one, and it visits no node twice.

        Parameters
        ----------
        source, target : int
            Nodes; where they are the same, the path is empty.

        Raises
        ------
        NoRouteError
            No path leads from source to target.
        DataError
            No such node.
        """
        roads = self.roads
        start, end = roads.place(source, "source"), roads.place(target, "target")
        labels, rest = roads.labels(), roads.room(roads.graph.n_nodes)
        bounds = self._bounds(start, end)
        roads.run(steer)(roads.rows(), start, end, roads.bits, bounds, labels, rest, roads.heap())
        if labels.distance[end] == UNREACHABLE:
            refuse_route(source, target)
        return roads.path(labels, end)

    def _bounds(self, start: int, end: int) -> Bounds:
        """What is asked on the way between two places: the landmarks with the highest bounds."""
        columns = self._table.shape[1]
        here, there = self._table[[start, end]].astype(np.int64)
        is_known = (here >= 0) & (there >= 0)
        gain = np.where(is_known, (there - here) * np.resize((1, -1), columns), 0)
        best = np.argsort(-gain.reshape(-1, 2).max(axis=1), kind="stable")[:_ASKED]
        table, chosen = self._table.ravel(), np.sort(best) * 2
        if self.roads.is_plain:
            return Bounds(cast("Numbers", table.tolist()), columns, chosen)
        return Bounds(table, columns, chosen)


def _to_begin_with(roads: WeightedGraph, count: int) -> IntArray:
    """
    How much each node wants to be a landmark before there is one.

    Not at all in parts of the network that are too small for one of so many; most of all where it is far from
    the first node of the largest part.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = roads.graph
    ends = graph.tail[graph.outgoing], graph.head[graph.outgoing]
    joins = coo_array((np.ones(len(ends[0]), np.int8), ends), (graph.n_nodes, graph.n_nodes))
    part = connected_components(joins, directed=False)[1]
    size = np.bincount(part, minlength=1)
    wish = np.where(size[part] * 2 * count >= graph.n_nodes, UNREACHABLE - 1, 0)
    if graph.n_nodes:
        tree = path_tree(roads, int((part == size.argmax()).argmax()))
        far = int(np.where(tree.distance == UNREACHABLE, -1, tree.distance).argmax())
        wish[far] = UNREACHABLE
    return wish


def _table(roads: WeightedGraph, columns: list[IntArray]) -> NDArray[np.signedinteger]:
    """Costs from and to each landmark by place, -1 where there is no path; in 32 bits where they fit."""
    node = roads.graph.layout.node
    found = np.full((len(node), len(columns)), -1, dtype=np.int64)
    for k, column in enumerate(columns):
        is_reached = column[node] != UNREACHABLE
        found[is_reached, k] = column[node][is_reached]
    return found.astype(np.int32) if found.max(initial=0) < 2**31 else found


def _is_same_network(one: ArcGraph, other: ArcGraph) -> bool:
    """Whether nodes and arcs are the same, whatever is closed."""
    return (
        one.n_nodes == other.n_nodes
        and np.array_equal(one.tail, other.tail)
        and np.array_equal(one.head, other.head)
    )
