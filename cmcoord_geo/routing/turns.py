"""
Banned turns: a graph whose paths are those of another one that run through no banned sequence of arcs.

A node is copied for each beginning of a banned sequence that ends there, as in the automaton of Aho and
Corasick (Communications of the ACM 18, 1975): being at a copy means having just driven that beginning, and
the copy lacks the arcs that would complete a ban. Nodes away from bans stay single: the graph hardly grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.kernels import NO_ARC, UNREACHABLE

_Sequence = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TurnGraph:
    """
    Graph without banned turns, for one target or for trees of cheapest paths.

    Attributes
    ----------
    graph : ArcGraph
        Nodes of the whole graph keep their numbers; copies follow.
    arc_of : ndarray of int64, shape (arcs,)
        Arc of the whole graph for each arc of this one; -1 for an arc that only ends a path at the target.
    node_of : ndarray of int64, shape (n_nodes,)
        Node of the whole graph for each node of this one.
    """

    graph: ArcGraph
    arc_of: IntArray
    node_of: IntArray

    def spread(self, values: IntArray, missing: int = 0) -> IntArray:
        """
        Values of the arcs of the whole graph for the arcs of this one.

        Parameters
        ----------
        values : ndarray of int64, shape (arcs of the whole graph,) or (arcs of the whole graph, k)
        missing : int
            Value of the arcs that stand for none.
        """
        found: IntArray = values[self.arc_of]
        found[self.arc_of == NO_ARC] = missing
        return found

    def reached(self, distance: IntArray) -> IntArray:
        """
        Cost to each node of the whole graph: the least of the costs to it and to its copies.

        Parameters
        ----------
        distance : ndarray of int64, shape (n_nodes,)
            From a node of the whole graph, as :func:`~cmcoord_geo.routing.distances` gives it.
        """
        found: IntArray = np.full(int(self.node_of.max(initial=-1)) + 1, UNREACHABLE, np.int64)
        np.minimum.at(found, self.node_of, distance)
        return found

    def path(self, arcs: IntArray) -> IntArray:
        """Arcs of the whole graph along a path of this one."""
        found = self.arc_of[arcs]
        kept: IntArray = found[found != NO_ARC]
        return kept


def without_turns(
    graph: ArcGraph, bans: Iterable[Sequence[int]], target: int | None = None
) -> TurnGraph:
    """
    Graph whose paths to a target run through no banned sequence.

    Parameters
    ----------
    graph : ArcGraph
        Closed arcs stay closed.
    bans : iterable of sequence of int
        Each two arcs or more that follow one another and may not be driven one after the other.
    target : int, optional
        Node at which paths end; a path that drives on through it is not for this graph. Without one, a path
        ends at a node or at any of its copies: see :meth:`TurnGraph.reached`.

    Raises
    ------
    DataError
        A ban is shorter, names an arc that does not exist, or its arcs do not follow one another.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2])
    >>> turns = without_turns(graph, [(0, 1)], 2)
    >>> from cmcoord_geo.routing import shortest_path
    >>> turns.path(shortest_path(turns.graph, turns.spread(np.array([1, 1, 9])), 0, 2)).tolist()
    [2]
    """
    end = None if target is None else graph.check_node(target, "target")
    banned = {_checked(graph, ban) for ban in bans}
    states = sorted({ban[:k] for ban in banned for k in range(1, len(ban))})
    copy_of = {state: graph.n_nodes + i for i, state in enumerate(states)}
    longest = max(map(len, states), default=0)

    def after(driven: _Sequence) -> int:
        """Node that stands for having driven a sequence: the copy of its longest end that begins a ban."""
        for first in range(max(0, len(driven) - longest), len(driven)):
            if driven[first:] in copy_of:
                return copy_of[driven[first:]]
        return int(graph.head[driven[-1]])

    arcs = np.sort(graph.outgoing)
    begins = {state[0] for state in states}
    tail, head, arc_of = [graph.tail[arcs]], [graph.head[arcs].copy()], [arcs]
    for place in np.flatnonzero(np.isin(arcs, sorted(begins))).tolist():
        head[0][place] = after((int(arcs[place]),))
    more: list[tuple[int, int, int]] = []
    for state in states:
        node = int(graph.head[state[-1]])
        for arc in graph.outgoing[graph.indptr[node] : graph.indptr[node + 1]].tolist():
            driven = (*state, arc)
            if not any(driven[first:] in banned for first in range(len(driven) - 1)):
                more.append((copy_of[state], after(driven), arc))
        if node == end:
            more.append((copy_of[state], node, NO_ARC))
    columns = np.array(more, dtype=np.int64).reshape(-1, 3).T
    made = ArcGraph.from_arcs(
        graph.n_nodes + len(states),
        np.concatenate([*tail, columns[0]]),
        np.concatenate([*head, columns[1]]),
    )
    copied = [int(graph.head[state[-1]]) for state in states]
    return TurnGraph(
        graph=made,
        arc_of=np.concatenate([*arc_of, columns[2]]),
        node_of=np.concatenate([np.arange(graph.n_nodes), np.array(copied, dtype=np.int64)]),
    )


def _checked(graph: ArcGraph, ban: Sequence[int]) -> _Sequence:
    """Ban as plain numbers, or raise."""
    arcs = np.asarray(ban)
    is_good = arcs.ndim == 1 and len(arcs) > 1 and arcs.dtype.kind in "iu"
    is_good = is_good and bool(((arcs >= 0) & (arcs < graph.n_arcs)).all())
    if not is_good or (graph.head[arcs[:-1]] != graph.tail[arcs[1:]]).any():
        message = f"A banned turn is two or more arcs that follow one another, not {ban!r}."
        raise DataError(message)
    return tuple(arcs.tolist())
