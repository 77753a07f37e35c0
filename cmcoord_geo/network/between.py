"""
The road between two places: the chain of segments that a person means by "from Sibut to Grimari".

People mean the main road, also where a track is shorter, so a km of a lesser class counts for more. A dual
carriageway is one road: the chain out and the chain back both belong to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from cmcoord_geo.facts import road_classes
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from cmcoord_geo.network.carried import Road
    from cmcoord_geo.network.road_network import RoadNetwork

#: A second way that costs no more than this many times the first is a rival of it,
_RIVAL_COST = 1.1
#: where this share of it lies so far from the first that nobody would take them for one road.
_RIVAL_SHARE, _RIVAL_M = 0.25, 500.0
#: Part of the first way that a second one must do without: streets at both ends are shared.
_MIDDLE = (0.25, 0.75)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chain:
    """
    Segments end to end.

    Attributes
    ----------
    segments : ndarray of int64, shape (k,)
    is_forward : ndarray of bool, shape (k,)
        Whether the chain runs from the start of a segment to its end.
    end_m : ndarray of float64, shape (k,)
        Metres from the start of the chain to the end of each segment.
    """

    segments: NDArray[np.int64]
    is_forward: NDArray[np.bool_]
    end_m: NDArray[np.float64]

    @property
    def length_m(self) -> float:
        """Length of the whole."""
        return float(self.end_m[-1])

    def ends(self, network: RoadNetwork) -> tuple[int, int]:
        """Nodes at which the chain starts and ends."""
        first, last = int(self.segments[0]), int(self.segments[-1])
        start = network.start if self.is_forward[0] else network.end
        end = network.end if self.is_forward[-1] else network.start
        return int(start[first]), int(end[last])

    def at(self, share: float) -> tuple[int, float]:
        """
        Segment and fraction along it, from its own start, of a place on the chain.

        Parameters
        ----------
        share : float
            0 at the start of the chain, 1 at its end.
        """
        metres = min(max(share, 0.0), 1.0) * self.length_m
        i = min(int(np.searchsorted(self.end_m, metres)), len(self.segments) - 1)
        return int(self.segments[i]), self._fraction(i, metres)

    def stretch(self, low: float, high: float) -> tuple[tuple[int, float, float], ...]:
        """
        Segment and two fractions along it, from its own start, of every part between two places.

        Parameters
        ----------
        low, high : float
            Shares of the chain; ``low <= high``.
        """
        from_m, to_m = (min(max(share, 0.0), 1.0) * self.length_m for share in (low, high))
        start_m = np.concatenate([[0.0], self.end_m[:-1]])
        inside = np.flatnonzero((self.end_m > from_m) & (start_m < to_m))
        if not len(inside):  # a single place
            segment, fraction = self.at(low)
            return ((segment, fraction, fraction),)
        parts = []
        for i in inside.tolist():
            ends = (
                self._fraction(i, max(from_m, start_m[i])),
                self._fraction(i, min(to_m, self.end_m[i])),
            )
            parts.append((int(self.segments[i]), min(ends), max(ends)))
        return tuple(parts)

    def _fraction(self, i: int, metres: float) -> float:
        start_m = float(self.end_m[i - 1]) if i else 0.0
        length_m = float(self.end_m[i]) - start_m
        share = min(max((metres - start_m) / length_m, 0.0), 1.0)
        return share if self.is_forward[i] else 1.0 - share


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Between:
    """
    What joins two places.

    Attributes
    ----------
    chains : tuple of Chain
        None where nothing joins them; one road, both of whose directions count from the first place. Two
        where the way back has a carriageway of its own; a way back that runs elsewhere is another road.
    rival : Chain or None
        Another road that is about as good and runs elsewhere: a person has to say which is meant.
    """

    chains: tuple[Chain, ...]
    rival: Chain | None


def road_between(
    network: RoadNetwork, start: int, end: int, *, is_wanted: NDArray[np.bool_] | None = None
) -> Between:
    """
    Find the road that a person means by two places.

    Parameters
    ----------
    network : RoadNetwork
    start, end : int
        Nodes.
    is_wanted : ndarray of bool, shape (2 m,), optional
        Arcs that the road may use; by default those that any vehicle may drive.
    """
    arcs = _arcs(network) if is_wanted is None else _cheapest_first(network, is_wanted)
    there = _shortest(network, start, end, arcs)
    back = _shortest(network, end, start, arcs)
    if there is None:
        return Between(chains=() if back is None else (turned(network, back),), rival=None)
    chains = [there]
    if back is not None:
        same_way = turned(network, back)
        is_other = set(same_way.segments.tolist()) != set(there.segments.tolist())
        if is_other and _share_elsewhere(network, same_way, there) <= _RIVAL_SHARE:
            chains.append(same_way)
    rival = _rival(network, there, arcs, start, end)
    return Between(chains=tuple(chains), rival=rival)


def roads_of(network: RoadNetwork, segment_id: str) -> tuple[Chain, ...]:
    """
    Segment of an id, or all its parts in order where a place cuts it; empty where there is no such segment.

    A row of a file names the segment as the map has it, whether or not a place of the gazetteer lies on it;
    or a link of the bundled network that was carried over, which may have two carriageways.
    """
    roads: tuple[Road, ...] = (((segment_id, True),),)
    if network.links is not None and not network.parts_of(segment_id):
        roads = network.links.roads(segment_id)
    arcs = (_arcs_along(network, road) for road in roads)
    return tuple(_chain(network, np.array(each)) for each in arcs if each)


def _arcs_along(network: RoadNetwork, road: Road) -> list[int]:
    """Arcs of a chain of segments, each cut or not, in its order."""
    arcs: list[int] = []
    for key, is_forward in road:
        parts = network.parts_of(key)
        arcs += [2 * i for i in parts] if is_forward else [2 * i + 1 for i in reversed(parts)]
    return arcs


@lru_cache(maxsize=2)
def _costs(network: RoadNetwork) -> NDArray[np.float64]:
    """Metres of each segment, those of lesser roads counted for more, shape (m,)."""
    classes = road_classes()
    detour = {word: classes.get(word, classes["other"]).detour for word in set(network.road_class)}
    factors = np.array([detour[word] for word in network.road_class])
    costs: NDArray[np.float64] = network.length_m * factors
    return costs


@lru_cache(maxsize=2)
def _arcs(network: RoadNetwork) -> NDArray[np.int64]:
    """Arcs that any vehicle may drive, cheapest first."""
    is_wanted = np.ones(2 * len(network), dtype=bool)
    if network.traffic is not None:
        is_wanted = network.traffic.masks() > 0
    return _cheapest_first(network, is_wanted)


def _cheapest_first(network: RoadNetwork, is_wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
    arcs = np.flatnonzero(is_wanted)
    return arcs[np.argsort(_costs(network)[arcs // 2], kind="stable")]


def _shortest(network: RoadNetwork, start: int, end: int, arcs: NDArray[np.int64]) -> Chain | None:
    """Cheapest chain from a node to another over some arcs; None where there is none."""
    from scipy.sparse.csgraph import dijkstra

    if start == end or not len(arcs):
        return None
    tail, head, arcs = _one_each(network, arcs)
    n = len(network.node_ids)
    matrix = _matrix(tail, head, _costs(network)[arcs // 2], n)
    before = dijkstra(matrix, indices=[start], return_predecessors=True)[1][0]
    if before[end] < 0:
        return None
    nodes = [end]
    while nodes[-1] != start:
        nodes.append(int(before[nodes[-1]]))
    nodes.reverse()
    keys = tail * n + head  # sorted
    wanted = np.array(nodes[:-1]) * n + np.array(nodes[1:])
    return _chain(network, arcs[np.searchsorted(keys, wanted)])


def _one_each(
    network: RoadNetwork, arcs: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Tail, head and arc of the cheapest arc between each two nodes, by tail and head."""
    tail, head = network.tail[arcs], network.head[arcs]
    _, first = np.unique(tail * len(network.node_ids) + head, return_index=True)
    return tail[first], head[first], arcs[first]


def _matrix(
    tail: NDArray[np.int64], head: NDArray[np.int64], costs: NDArray[np.float64], n: int
) -> csr_array[np.float64]:
    from scipy.sparse import csr_array

    return csr_array((costs, (tail, head)), shape=(n, n))


def _chain(network: RoadNetwork, arcs: NDArray[np.int64]) -> Chain:
    return Chain(
        segments=arcs // 2, is_forward=arcs % 2 == 0, end_m=np.cumsum(network.length_m[arcs // 2])
    )


def turned(network: RoadNetwork, chain: Chain) -> Chain:
    """Same chain, counted from its other end."""
    return _chain(network, (2 * chain.segments + chain.is_forward)[::-1])


def _rival(
    network: RoadNetwork, chain: Chain, arcs: NDArray[np.int64], start: int, end: int
) -> Chain | None:
    """Another way that does without the middle of a chain, costs little more and runs elsewhere."""
    low, high = (share * chain.length_m for share in _MIDDLE)
    begin_m = np.concatenate([[0.0], chain.end_m[:-1]])
    middle = chain.segments[(chain.end_m > low) & (begin_m < high)]
    other = _shortest(network, start, end, arcs[~np.isin(arcs // 2, middle)])
    if other is None:
        return None
    costs = _costs(network)
    if costs[other.segments].sum() > _RIVAL_COST * costs[chain.segments].sum():
        return None
    return other if _share_elsewhere(network, other, chain) > _RIVAL_SHARE else None


def _share_elsewhere(network: RoadNetwork, other: Chain, chain: Chain) -> float:
    """Share of a chain's points that lie far from another chain."""
    line = shapely.MultiLineString([network.lines[i] for i in chain.segments.tolist()])
    points = np.vstack([network.lines[i] for i in other.segments.tolist()])
    nearest = shapely.get_coordinates(
        shapely.line_interpolate_point(
            line, shapely.line_locate_point(line, shapely.points(points))
        )
    )
    away_m = geodesic_m(points[:, 0], points[:, 1], nearest[:, 0], nearest[:, 1])
    return float((away_m > _RIVAL_M).mean())
