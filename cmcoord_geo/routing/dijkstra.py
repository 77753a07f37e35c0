"""Shortest paths for one cost: the one Dijkstra that everything here shares."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Final, NamedTuple, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.routing.costs import check_cost
from cmcoord_geo.routing.graph import ArcGraph

#: Cost of what cannot be reached: above every real cost, so that no comparison takes it for near.
#: Compare with it, never add to it.
UNREACHABLE: Final = 2**63 - 1
NO_ARC: Final = -1


class Tree(NamedTuple):
    """
    Cheapest paths from one node, or to it.

    Attributes
    ----------
    distance : list of int
        Cost for each node, `UNREACHABLE` where there is no path.
    arc : list of int
        Arc next to each node on its path: the last from the root, the first to it. `NO_ARC` at the
        root and where there is no path.
    """

    distance: list[int]
    arc: list[int]


def distances(
    graph: ArcGraph, cost: ArrayLike, source: int, *, reverse: bool = False
) -> NDArray[np.int64]:
    """
    Cost of the cheapest path from one node to every node.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    cost : array_like of int, shape (arcs,)
        Cost of each arc, 0 or more.
    source : int
        Node to start from.
    reverse : bool, optional
        Give the cost from every node to ``source`` instead.

    Returns
    -------
    ndarray of int64, shape (n_nodes,)
        `UNREACHABLE` where there is no path.

    Raises
    ------
    DataError
        Costs or the node cannot be used.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(3, [0, 1], [1, 2])
    >>> distances(graph, [4, 5], 0).tolist()
    [0, 4, 9]
    """
    root = graph.check_node(source, "source")
    tree = grow_tree(graph, check_cost(graph, cost), root, reverse=reverse)
    return np.array(tree.distance, dtype=np.int64)


def shortest_path(graph: ArcGraph, cost: ArrayLike, source: int, target: int) -> NDArray[np.int64]:
    """
    Arcs of a cheapest path, from source to target.

    Of several cheapest paths it is always the same one, and it visits no node twice.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    cost : array_like of int, shape (arcs,)
        Cost of each arc, 0 or more.
    source, target : int
        Nodes; where they are the same, the path is empty.

    Raises
    ------
    NoRouteError
        No path leads from source to target.
    DataError
        Costs or nodes cannot be used.

    Examples
    --------
    >>> shortest_path(ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2]), [4, 5, 10], 0, 2).tolist()
    [0, 1]
    """
    start, end = graph.check_node(source, "source"), graph.check_node(target, "target")
    tree = grow_tree(graph, check_cost(graph, cost), start, target=end)
    if tree.distance[end] == UNREACHABLE:
        refuse_route(start, end)
    return trace(graph, tree, end)


def grow_tree(
    graph: ArcGraph,
    cost: NDArray[np.int64],
    root: int,
    *,
    reverse: bool = False,
    target: int | None = None,
) -> Tree:
    """
    Dijkstra's algorithm (Numerische Mathematik 1, 1959) with a binary heap, on checked input.

    With a target it stops there, and only the path to the target is final.
    """
    rows, arcs, ends = (
        (graph.in_indptr, graph.incoming, graph.tail)
        if reverse
        else (graph.indptr, graph.outgoing, graph.head)
    )
    first, arc_at, end_of, cost_of = rows.tolist(), arcs.tolist(), ends.tolist(), cost.tolist()
    tree = Tree([UNREACHABLE] * graph.n_nodes, [NO_ARC] * graph.n_nodes)
    tree.distance[root] = 0
    heap = [(0, root)]
    while heap:
        distance, node = heappop(heap)
        if node == target:
            break
        if distance > tree.distance[node]:
            continue
        for arc in arc_at[first[node] : first[node + 1]]:
            end, reached = end_of[arc], distance + cost_of[arc]
            if reached < tree.distance[end]:
                tree.distance[end], tree.arc[end] = reached, arc
                heappush(heap, (reached, end))
    return tree


def trace(graph: ArcGraph, tree: Tree, node: int, *, reverse: bool = False) -> NDArray[np.int64]:
    """Arcs between the root of a tree and a node that it reaches, in the order they are driven."""
    step = graph.head if reverse else graph.tail
    arcs: list[int] = []
    while tree.arc[node] != NO_ARC:
        arcs.append(tree.arc[node])
        node = int(step[arcs[-1]])
    return np.array(arcs if reverse else arcs[::-1], dtype=np.int64)


def refuse_route(source: int, target: int, condition: str = "") -> NoReturn:
    """Raise that nothing leads from source to target."""
    message = f"No path leads from node {source} to node {target}{condition}."
    raise NoRouteError(message, origin=str(source), destination=str(target))
