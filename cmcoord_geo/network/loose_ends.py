"""
Dead ends of a network, and those that come near to another road without a junction.

A road that goes on across a ferry does not end there. An end where the data end is none either: where the
extract is cut nobody knows how the road goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.parts import Meeting, are_ferries, degrees
from cmcoord_geo.network.scale import metres_per_degree
from cmcoord_geo.network.snap import RoadIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

#: A dead end this near to a road without a junction is told.
NEAR_M = 10.0
#: Where the roads themselves lead to that point in so short a way, no junction is missing: a spur of the
#: very road (the validator of JOSM asks the same before it tells of an unconnected way).
ROUND_M = 50.0
#: Ends of data on one side of their box from which on the box is held for a cut, and how near they lie to it.
_CUT_ENDS, _CUT_M = 3, 1.0
#: Cosine from which on two ends lead the same way: both carriageways of a road that the extract cuts.
_SAME_WAY = 0.9
#: A foot this near to the end of a bridge is on the bank, not on the bridge.
_BANK_M = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """
    A dead end near to a road that it does not touch.

    Attributes
    ----------
    node : int
        The dead end.
    segment : int
        The other road.
    away_m : float
    """

    node: int
    segment: int
    away_m: float


def dead_ends(network: RoadNetwork, cut_nodes: Collection[str] = ()) -> NDArray[np.int64]:
    """
    Nodes at which one segment alone ends, without those where the data end.

    Parameters
    ----------
    network : RoadNetwork
    cut_nodes : collection of str
        Ids of nodes at which the extract was cut, as far as the build knew.
    """
    ends = np.flatnonzero(degrees(network) == 1)
    cut = np.isin(ends, [network.node_index[key] for key in cut_nodes if key in network.node_index])
    return ends[~cut & ~_on_cut_sides(network, ends)]


def _on_cut_sides(network: RoadNetwork, ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Ends on a side of the network's box on which several lie in a line: somebody cut the data there."""
    lonlat = np.column_stack([network.lon, network.lat])
    scale = metres_per_degree(np.array([lonlat[:, 1].mean()]))[0]
    spots = lonlat[ends]
    found = np.zeros(len(ends), dtype=bool)
    for bound in (lonlat.min(axis=0), lonlat.max(axis=0)):
        is_on = np.abs(spots - bound) * scale <= _CUT_M
        found |= (is_on & (is_on.sum(axis=0) >= _CUT_ENDS)).any(axis=1)
    return found


def near_misses(network: RoadNetwork, ends: NDArray[np.int64]) -> tuple[NearMiss, ...]:
    """
    Those of some dead ends that come near to a road which they do not touch, each with the nearest such road.

    Parameters
    ----------
    network : RoadNetwork
    ends : ndarray of int64, shape (n,)
        Nodes, of :func:`dead_ends`.
    """
    if not len(ends):
        return ()
    finder = _Finder(network, ends)
    found: dict[int, NearMiss] = {}
    for miss in sorted(finder.candidates(), key=lambda one: (one.away_m, one.segment)):
        if miss.node not in found:
            found[miss.node] = miss
    return tuple(miss for _, miss in sorted(found.items()) if not _is_told(miss, found, finder))


def _is_told(miss: NearMiss, found: dict[int, NearMiss], finder: _Finder) -> bool:
    """Whether the end that a dead end comes near to tells the same gap: each gap is told once."""
    other = finder.end_near(miss.segment, miss.node)
    back = found.get(other) if other is not None else None
    return back is not None and back.segment == finder.own(miss.node) and other < miss.node  # type: ignore[operator]


class _Finder:
    """Looks for roads around dead ends, and leaves out what is no missing junction."""

    def __init__(self, network: RoadNetwork, ends: NDArray[np.int64]) -> None:
        self._network, self._ends = network, ends
        self._meeting = Meeting(network)
        self._is_end = np.isin(np.arange(len(network.node_ids)), ends)
        self._bridges = _segments_of(network, "bridge")

    def candidates(self) -> Iterator[NearMiss]:
        """Roads near to an end that have no part in it and no short way to it."""
        network = self._network
        index = RoadIndex(network, is_wanted=~are_ferries(network))
        spots = np.column_stack([network.lon[self._ends], network.lat[self._ends]])
        point, feet = index.around(spots, within_m=NEAR_M)
        for i, segment, share, away_m in zip(
            point.tolist(), *map(list, (feet.segment, feet.fraction, feet.away_m)), strict=True
        ):
            node = int(self._ends[i])
            along_m = float(share) * float(network.length_m[segment])
            if self._is_miss(node, int(segment), along_m):
                yield NearMiss(node=node, segment=int(segment), away_m=float(away_m))

    def _is_miss(self, node: int, segment: int, along_m: float) -> bool:
        if segment == self.own(node):
            return False
        rest_m = float(self._network.length_m[segment]) - along_m
        if segment in self._bridges and min(along_m, rest_m) > _BANK_M:
            return False
        return not (self._is_beside(node, segment) or self._leads(node, segment, along_m, rest_m))

    def own(self, node: int) -> int:
        """Segment that ends at a dead end."""
        return self._meeting.at(node)[0]

    def end_near(self, segment: int, node: int) -> int | None:
        """Dead end of a segment that lies within reach of a node; None where there is none."""
        network = self._network
        for end in (int(network.start[segment]), int(network.end[segment])):
            if self._is_end[end] and np.hypot(*self._from(node, end)) <= NEAR_M:
                return end
        return None

    def _is_beside(self, node: int, segment: int) -> bool:
        """Whether both roads end side by side, leading the same way."""
        other = self.end_near(segment, node)
        if other is None:
            return False
        return bool(self._outwards(node) @ self._outwards(other) >= _SAME_WAY)

    def _from(self, node: int, other: int) -> NDArray[np.float64]:
        """Metres east and north from one node to another."""
        network = self._network
        step = np.array(
            [network.lon[other] - network.lon[node], network.lat[other] - network.lat[node]]
        )
        metres: NDArray[np.float64] = step * metres_per_degree(network.lat[node : node + 1])[0]
        return metres

    def _outwards(self, node: int) -> NDArray[np.float64]:
        """Direction in which the road of a dead end leads on, of length one."""
        network, segment = self._network, self.own(node)
        line = network.lines[segment]
        last, before = (line[-1], line[-2]) if network.end[segment] == node else (line[0], line[1])
        step = (last - before) * metres_per_degree(last[1:])[0]
        size = float(np.hypot(*step))
        unit: NDArray[np.float64] = step / size if size else step
        return unit

    def _leads(self, node: int, segment: int, along_m: float, rest_m: float) -> bool:
        """Whether roads lead from a dead end to a point of a segment in a short way."""
        to_start, to_end = int(self._network.start[segment]), int(self._network.end[segment])
        best: dict[int, float] = {}
        waiting = [(0.0, node)]
        while waiting:
            way_m, here = heappop(waiting)
            if here in best:
                continue
            best[here] = way_m
            for step in self._meeting.at(here):
                total_m = way_m + float(self._network.length_m[step])
                if total_m <= ROUND_M:
                    heappush(waiting, (total_m, self._meeting.beyond(here, step)))
        over_m = (best.get(to_start, np.inf) + along_m, best.get(to_end, np.inf) + rest_m)
        return min(over_m) <= ROUND_M


def run_m(network: RoadNetwork, ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """
    Length of the road from each dead end back to the first junction, in metres.

    Parameters
    ----------
    network : RoadNetwork
    ends : ndarray of int64, shape (n,)
        Nodes at which one segment ends.
    """
    meeting = Meeting(network)
    return np.array([_back_m(network, meeting, node) for node in ends.tolist()], dtype=np.float64)


def _back_m(network: RoadNetwork, meeting: Meeting, node: int) -> float:
    segment, total_m = -1, 0.0
    while True:
        onward = [other for other in meeting.at(node) if other != segment]
        if segment >= 0 and len(onward) != 1:
            return total_m
        segment = onward[0]
        total_m += float(network.length_m[segment])
        node = meeting.beyond(node, segment)


def _segments_of(network: RoadNetwork, kind: str) -> frozenset[int]:
    """Segments that a kind of crossing uses."""
    keys = (
        key for crossing in network.crossings if crossing.kind == kind for key in crossing.at_km
    )
    return frozenset(part for key in keys for part in network.parts_of(key))
