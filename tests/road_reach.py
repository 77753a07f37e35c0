"""Distances along roads from one point, as far as a limit: an oracle of tests, no part of the package."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcoord_geo.network.road_network import RoadNetwork


class RoadReach:
    """
    Bounded expansion along the roads of one network.

    Parameters
    ----------
    network : RoadNetwork
    limit_m : float
        Nothing farther along the road than this is reached.
    """

    def __init__(self, network: RoadNetwork, *, limit_m: float) -> None:
        self._network = network
        self._limit_m = limit_m
        self._neighbours: list[list[tuple[int, float]]] = [[] for _ in network.node_ids]
        for a, b, length in zip(network.start, network.end, network.length_m, strict=True):
            self._neighbours[a].append((int(b), float(length)))
            self._neighbours[b].append((int(a), float(length)))

    def from_node(self, node: int) -> Mapping[int, float]:
        """Metres along roads from a node to each node within the limit."""
        return self._expand(((node, 0.0),))

    def from_point(self, segment: int, fraction: float) -> Mapping[int, float]:
        """
        Metres along roads from a point on a segment to each node within the limit.

        Parameters
        ----------
        segment : int
        fraction : float
            Place on the segment, 0 at its start and 1 at its end.
        """
        length = float(self._network.length_m[segment])
        ends = (
            (int(self._network.start[segment]), fraction * length),
            (int(self._network.end[segment]), (1 - fraction) * length),
        )
        return self._expand(ends)

    def _expand(self, seeds: tuple[tuple[int, float], ...]) -> Mapping[int, float]:
        reached: dict[int, float] = {}
        queue = [(distance, node) for node, distance in seeds if distance <= self._limit_m]
        heapq.heapify(queue)
        while queue:
            distance, node = heapq.heappop(queue)
            if node in reached:
                continue
            reached[node] = distance
            for other, length in self._neighbours[node]:
                if other not in reached and distance + length <= self._limit_m:
                    heapq.heappush(queue, (distance + length, other))
        return reached
