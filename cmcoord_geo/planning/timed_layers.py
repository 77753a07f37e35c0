"""
Graph of a movement through places asked for: one layer of the roads for each part of it.

Whoever reaches the place at which a part ends is in the next layer, and at the end of the last one at a node
of its own. Banned turns hold within a part; at its end one may turn round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.routing import ArcGraph, without_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way


class TimedLayers:
    """
    Layers of some roads.

    Parameters
    ----------
    situation : Situation
    roads : RoadNetwork
        A part of its network.
    segments : ndarray of int64, shape (m,)
        Rows of these roads in the whole network.
    is_open : ndarray of bool, shape (2 m,)
        Arcs of these roads that may be driven.

    Attributes
    ----------
    graph : ArcGraph
    ends : tuple of int
        Nodes at which a movement begins and ends.
    arc_of : ndarray of int64
        For each arc of the graph that of the roads.
    """

    def __init__(
        self, situation: Situation, roads: RoadNetwork, segments: NDArray[np.int64],
        is_open: NDArray[np.bool_],
    ) -> None:  # fmt: skip
        network = situation.network
        self._network, self._stops = network, situation.stops
        self._row = {segment: row for row, segment in enumerate(segments.tolist())}
        self._segments = segments
        stops = [roads.node_index[network.node_ids[node]] for node in situation.stops]
        self._n_nodes, self._n_arcs = len(roads.node_ids), len(is_open)
        n_layers = len(stops) - 1
        tail, head = _layered(roads, stops)
        is_kept = np.tile(is_open, n_layers)
        is_kept[: self._n_arcs] &= roads.head != stops[0]  # nobody starts twice
        whole = ArcGraph.from_arcs(n_layers * self._n_nodes + 1, tail, head).keeping(is_kept)
        turns = without_turns(whole, self._bans(situation, whole))
        self.graph, self._place_of, self._node_of = turns.graph, turns.arc_of, turns.node_of
        self.ends = stops[0], n_layers * self._n_nodes
        self.arc_of = self._place_of % self._n_arcs

    def nodes_where(self, is_so: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Nodes of the graph that are nodes of the roads for which something is so."""
        is_layer = self._node_of != self.ends[1]
        return np.flatnonzero(is_layer & is_so[self._node_of % self._n_nodes])

    def is_on(self, way: Way) -> NDArray[np.bool_]:
        """Whether each arc of the graph lies on a way, in the part in which it is driven."""
        places = [
            number * self._n_arcs + 2 * self._row[segment] + (not is_forward)
            for number, part in enumerate(self._parts(way))
            for segment, is_forward in part
        ]
        return np.isin(self._place_of, places)

    def way(self, arcs: NDArray[np.int64]) -> Way:
        """Way of arcs of the graph."""
        driven = self.arc_of[arcs]
        segments = self._segments[driven // 2].tolist()
        return tuple(zip(segments, (driven % 2 == 0).tolist(), strict=True))

    def nodes(self, way: Way) -> Iterator[tuple[int, ...]]:
        """Nodes of the whole network that each part of a way passes, both ends included."""
        for part, start in zip(self._parts(way), self._stops, strict=False):
            yield (start, *(self._end(step) for step in part))

    def _parts(self, way: Way) -> list[Way]:
        """A way from stop to stop."""
        parts: list[list[tuple[int, bool]]] = [[]]
        for step in way:
            parts[-1].append(step)
            if len(parts) < len(self._stops) - 1 and self._end(step) == self._stops[len(parts)]:
                parts.append([])
        return [tuple(part) for part in parts]

    def _end(self, step: tuple[int, bool]) -> int:
        segment, is_forward = step
        ends = self._network.end if is_forward else self._network.start
        return int(ends[segment])

    def _bans(self, situation: Situation, graph: ArcGraph) -> Iterator[tuple[int, ...]]:
        """Banned turns between these roads, in every layer in which the turn is made."""
        for ban in situation.passable.banned_turns:
            if any(arc // 2 not in self._row for arc in ban):
                continue
            own = np.array([2 * self._row[arc // 2] + arc % 2 for arc in ban])
            for number in range(graph.n_arcs // self._n_arcs):
                arcs = own + number * self._n_arcs
                if (graph.head[arcs[:-1]] == graph.tail[arcs[1:]]).all():
                    yield tuple(arcs.tolist())


def _layered(roads: RoadNetwork, stops: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ends of the arcs of all layers; the last stop is the node behind them."""
    n_nodes = len(roads.node_ids)
    tails, heads = [], []
    for number, stop in enumerate(stops[1:]):
        there = roads.head + number * n_nodes
        is_last = number == len(stops) - 2
        beyond = (number + 1) * n_nodes + (0 if is_last else stop)
        tails.append(roads.tail + number * n_nodes)
        heads.append(np.where(roads.head == stop, beyond, there))
    return np.concatenate(tails), np.concatenate(heads)
