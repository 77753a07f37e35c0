"""
Roads between junctions as a graph whose nodes are the roads driven last: ways that keep to banned turns.

From a road one goes on to each road at its end, but not back on itself and not where a turn is banned. Bans
of three roads and more are taken out as in `routing.turns`. So every way here keeps to the bans and never
turns round. Where no turn is banned the fastest way never turns round anyway: the graph of junctions will do.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.road_turns import road_turns
from cmcoord_geo.planning.skeleton import Barred, Skeleton
from cmcoord_geo.routing import UNREACHABLE, ArcGraph, distances, loss_costs, without_turns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.failures import Failure, Road
    from cmcoord_geo.planning.skeleton import RoadGraph
    from cmcoord_geo.routing import Losses

#: Two roads driven one after the other: that of each pair which is driven first, and that driven then.
_Pairs = tuple["NDArray[np.int64]", "NDArray[np.int64]"]
#: Instead of a road, for an arc that only ends a way at a target.
_NO_ROAD = -1


def road_graph(
    network: RoadNetwork,
    roads: Sequence[Road],
    passable: Passability,
    base: int,
    targets: Sequence[int],
) -> RoadGraph:
    """
    Graph of the roads, that of junctions where no turn is banned on them.

    Parameters
    ----------
    network : RoadNetwork
    roads : sequence of Road
        With loops, where turns are banned.
    passable : Passability
    base : int
        Node from which everything is driven.
    targets : sequence of int
        Nodes.
    """
    plain = Skeleton(network, roads, passable, base, targets)
    turns = road_turns(roads, passable.banned_turns)
    if not (turns.bans or turns.closed):
        return plain
    return TurnSkeleton(plain, closed=turns.closed, bans=turns.bans)


class TurnSkeleton:
    """
    Graph of roads driven one after the other, from one base.

    Parameters
    ----------
    plain : Skeleton
        The same roads without bans.
    closed : collection of int
        Arcs of ``plain`` that nobody can drive to their end.
    bans : collection of tuple of int
        Rows of arcs of ``plain`` that may not be driven one after the other.
    """

    def __init__(
        self, plain: Skeleton, *, closed: Collection[int], bans: Collection[tuple[int, ...]]
    ) -> None:
        is_open = np.zeros(plain.graph.n_arcs, dtype=bool)
        is_open[plain.graph.outgoing] = True
        is_open[list(closed)] = False
        graph, root = plain.graph.keeping(is_open), plain.graph.n_arcs
        first, then = _pairs(graph, plain.base, root, {ban for ban in bans if len(ban) == 2})
        sinks = [root + 1 + i for i in range(len(plain.targets))]
        ends = [_entering(graph, node) for node in plain.targets]
        tail = np.concatenate([first, *ends])
        head = np.concatenate([then, np.repeat(sinks, [len(arcs) for arcs in ends])])
        drawn = ArcGraph.from_arcs(root + 1 + len(sinks), tail, head)
        turned = without_turns(drawn, _long_bans((first, then), bans), root)
        self._plain, self._graph = plain, turned.graph
        self._base, self._targets = root, sinks
        self._road_arc = np.where(head < root, head, _NO_ROAD)[turned.arc_of]
        self._seconds = np.where(self._road_arc < 0, 0, plain.seconds[self._road_arc])
        self._at = np.full(self._graph.n_nodes, -1, dtype=np.int64)
        is_road = self._road_arc >= 0
        self._at[self._graph.head[is_road]] = graph.head[self._road_arc[is_road]]
        self._at[root] = plain.base
        self._by_node = _Sorted(self._at, graph.n_nodes)
        self._by_road = _Sorted(self._road_arc // 2, len(plain.rows))

    def losses(self, failures: Sequence[Failure]) -> tuple[Losses, Barred]:
        """Seconds from the base to each target, whole and after each failure, and who is barred."""
        groups = [
            np.concatenate([self._by_road.places(i) for i in failure.roads]) for failure in failures
        ]
        found = loss_costs(self._graph, self._seconds, self._base, self._targets, groups)
        return found, self._barred(found, failures)

    def _barred(self, losses: Losses, failures: Sequence[Failure]) -> Barred:
        """Targets that roads without bans still reach."""
        is_away = losses.whole[self._targets] == UNREACHABLE
        is_cut = (losses.costs == UNREACHABLE) & ~is_away
        rows = np.flatnonzero(is_cut.any(axis=1))
        plain, _ = self._plain.losses([failures[i] for i in losses.groups[rows]])
        whole = plain.whole[self._plain.targets]
        left = np.tile(whole, (len(rows), 1))
        left[plain.groups] = plain.costs
        lost = np.zeros_like(is_cut)
        lost[rows] = is_cut[rows] & (left != UNREACHABLE)
        return Barred(whole=is_away & (whole != UNREACHABLE), lost=lost)

    def seconds_to(self, losses: Losses, node: int) -> int | None:
        """Seconds from the base to a node with nothing lost; None where no way leads there."""
        states = self._by_node.places(self._plain.number[node])
        seconds = int(losses.whole[states].min(initial=UNREACHABLE))
        return None if seconds == UNREACHABLE else seconds

    def metres_to(self, losses: Losses, node: int) -> float:
        """Length of the fastest way from the base to a node."""
        states = self._by_node.places(self._plain.number[node])
        total_m, here = 0.0, int(states[np.argmin(losses.whole[states])])
        while (last := int(losses.arc[here])) >= 0:
            total_m += float(self._plain.length_m[self._road_arc[last] // 2])
            here = int(self._graph.tail[last])
        return total_m

    def reached_without(self, is_lost: NDArray[np.bool_]) -> Collection[int]:
        """Nodes to which a way leads from the base that holds none of these segments."""
        is_kept = self._plain.keeps(is_lost)[self._road_arc // 2] | (self._road_arc < 0)
        found = distances(self._graph.keeping(is_kept), self._seconds, self._base)
        reached = set(self._at[found != UNREACHABLE].tolist())
        return {node for node, number in self._plain.number.items() if number in reached}


class _Sorted:
    """Places of each number in a column, for numbers from 0."""

    def __init__(self, column: NDArray[np.int64], count: int) -> None:
        self._order = np.argsort(column, kind="stable")
        self._first = np.searchsorted(column[self._order], np.arange(count + 1))

    def places(self, number: int) -> NDArray[np.int64]:
        """Places at which a number stands."""
        found: NDArray[np.int64] = self._order[self._first[number] : self._first[number + 1]]
        return found


def _pairs(graph: ArcGraph, base: int, root: int, banned: Collection[tuple[int, ...]]) -> _Pairs:
    """Every open arc with each that may be driven after it; the root with each that leaves the base."""
    driven = np.append(np.sort(graph.outgoing), root)
    nodes = np.append(graph.head[driven[:-1]], base)
    counts = graph.indptr[nodes + 1] - graph.indptr[nodes]
    place = np.repeat(graph.indptr[nodes] - np.cumsum(counts) + counts, counts)
    first = np.repeat(driven, counts)
    then = graph.outgoing[place + np.arange(len(first))]
    kept = first != then ^ 1
    for i in np.flatnonzero(np.isin(first, [ban[0] for ban in banned])).tolist():
        kept[i] &= (int(first[i]), int(then[i])) not in banned
    return first[kept], then[kept]


def _entering(graph: ArcGraph, node: int) -> NDArray[np.int64]:
    """Open arcs that end at a node."""
    return graph.incoming[graph.in_indptr[node] : graph.in_indptr[node + 1]]


def _long_bans(pairs: _Pairs, bans: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Bans of three roads and more as rows of pairs; one with a pair that is not there binds nobody."""
    long = [ban for ban in bans if len(ban) > 2]
    places = np.flatnonzero(np.isin(pairs[0], [arc for ban in long for arc in ban]))
    number = {(int(pairs[0][i]), int(pairs[1][i])): i for i in places.tolist()}
    rows = [[number.get(step, -1) for step in pairwise(ban)] for ban in long]
    return sorted(tuple(row) for row in rows if -1 not in row)
