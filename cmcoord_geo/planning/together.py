"""What cuts a trip only together: a crossing with all the roads over it, or two or three roads at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.failures import crossed_segments
from cmcoord_geo.routing import NO_ARC, UNREACHABLE, min_cut, replacement_costs
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.routing import EndTrees, TurnGraph

#: Surveyed streets so near to an end are its town: that three streets leave a yard is no news.
_TOWN_M = 2000.0
#: Degrees that surely hold the town.
_TOWN_DEGREES = 0.03
#: Roads that are named together at most.
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Left:
    """
    What is left of a part of a trip when something is lost.

    Attributes
    ----------
    cost : int
        Seconds of the best way without it; `UNREACHABLE` when there is none.
    path : ndarray of int64
        Its arcs of the network; empty when there is none.
    """

    cost: int
    path: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Together:
    """
    Segments and crossings whose loss together breaks the stretch bound.

    Attributes
    ----------
    segments, crossings : tuple of int
        A crossing alone, or two to three of either.
    detour : ndarray of int64
        Arcs of the network on the best way that is left; empty where there is none.
    """

    segments: tuple[int, ...]
    crossings: tuple[int, ...]
    detour: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PartLosses:
    """
    What one part of a trip hangs on that is lost at once.

    Attributes
    ----------
    crossings : mapping
        Shared crossing to what is left without it: those whose loss breaks the bound, and those that other
        parts need too.
    roads : Together or None
        Where none of these breaks it: the fewest roads that do so at once.
    """

    crossings: Mapping[int, Left]
    roads: Together | None

    @property
    def paths(self) -> tuple[NDArray[np.int64], ...]:
        """Arcs of all the detours."""
        roads = () if self.roads is None else (self.roads.detour,)
        return (*(left.path for left in self.crossings.values()), *roads)


def lost_together(
    network: RoadNetwork,
    roads: TurnGraph,
    trees: EndTrees,
    limit: int,
    alone: set[int],
    *,
    beside: Collection[int] = (),
) -> PartLosses:
    """
    Shared crossings whose loss breaks the bound; where there is none, the fewest roads that do so at once.

    Only arcs on some way within the bound are looked at, so that a round of a thousand kilometres is no road
    here either. To find the smallest set that breaks a bound is hard in general; this one surely breaks it.

    Parameters
    ----------
    network : RoadNetwork
    roads : TurnGraph
    trees : EndTrees
        Between the ends of the part, in that graph.
    limit : int
        Highest cost within the bound.
    alone : set of int
        Segments whose loss alone breaks it: they are told without this.
    beside : collection of int
        Segments that other parts of the trip need.
    """
    segment_of = np.where(roads.arc_of == NO_ARC, -1, roads.arc_of // 2)
    ask = _Ask(roads, trees, segment_of)
    shared = _shared(network, set(segment_of[segment_of >= 0].tolist()))
    crossings = dict(_crossings(ask, shared, limit, alone, frozenset(beside)))
    is_enough = any(left.cost > limit for left in crossings.values())
    fewest = None if is_enough else _fewest(network, ask, shared, limit)
    return PartLosses(crossings=crossings, roads=fewest)


class _Ask:
    """Best way without some segments, from the trees at both ends."""

    def __init__(self, roads: TurnGraph, trees: EndTrees, segment_of: NDArray[np.int64]) -> None:
        self.roads, self.trees, self.segment_of = roads, trees, segment_of

    def without(self, segments: list[int]) -> Left:
        is_lost = np.isin(self.segment_of, segments)
        left = replacement_costs(self.trees, groups=np.where(is_lost, 0, -1))
        if not len(left.costs):  # none of them lies on the best way
            return Left(cost=self.trees.best, path=self.roads.path(self.trees.path))
        return Left(cost=int(left.costs[0]), path=self.roads.path(left.path(0)))


def _shared(network: RoadNetwork, segments: set[int]) -> Mapping[int, list[int]]:
    """Crossings over which several of some segments lead; not those of which nobody knows where they lie."""
    unplaced = network.links.unplaced if network.links else frozenset()
    return {
        crossing: sorted(over)
        for crossing, over in crossed_segments(network, segments)
        if len(over) > 1 and network.crossings[crossing].crossing_id not in unplaced
    }


def _crossings(
    ask: _Ask,
    shared: Mapping[int, list[int]],
    limit: int,
    alone: set[int],
    beside: frozenset[int],
) -> Iterator[tuple[int, Left]]:
    on_way = set(ask.segment_of[ask.trees.path].tolist())
    for crossing, segments in shared.items():
        if on_way.isdisjoint(segments) or not alone.isdisjoint(segments):
            continue
        left = ask.without(segments)
        if left.cost > limit or not beside.isdisjoint(segments):
            yield crossing, left


def _fewest(
    network: RoadNetwork, ask: _Ask, shared: Mapping[int, list[int]], limit: int
) -> Together | None:
    trees, weighted = ask.trees, ask.trees.roads
    starts, ends = (_town(network, ask.roads, node) for node in (trees.source, trees.target))
    if np.isin(starts, ends).any():
        return None
    found = min_cut(
        weighted,
        starts,
        ends,
        groups=ask.segment_of,
        shared=[np.flatnonzero(np.isin(ask.segment_of, over)) for over in shared.values()],
        is_left=_within(trees, limit),
        most=_MOST,
    )
    if found is None or len(found) < 2:
        return None
    names = list(shared)
    crossings = tuple(names[i] for i in found.shared)
    lost = [*found.groups, *(segment for name in crossings for segment in shared[name])]
    return Together(segments=found.groups, crossings=crossings, detour=ask.without(lost).path)


def _within(trees: EndTrees, limit: int) -> NDArray[np.bool_]:
    """Arcs on some way within the bound."""
    layout = trees.roads.graph.layout
    behind, ahead = (np.asarray(labels.distance, dtype=np.int64) for labels in trees.labels)
    there, onward = behind[layout.tail], ahead[layout.head]
    is_on_way = (there != UNREACHABLE) & (onward != UNREACHABLE)
    within: NDArray[np.bool_] = is_on_way.copy()
    within[is_on_way] = (there + trees.roads.cost)[is_on_way] <= limit - onward[is_on_way]
    return within


def _town(network: RoadNetwork, roads: TurnGraph, node: int) -> NDArray[np.int64]:
    """Nodes that stand for one end: among streets all those of its town, copies included."""
    if network.traffic is None:
        return np.array([node], dtype=np.int64)
    lon, lat = network.lon, network.lat
    near = np.flatnonzero(
        (np.abs(lon - lon[node]) < _TOWN_DEGREES) & (np.abs(lat - lat[node]) < _TOWN_DEGREES)
    )
    near = near[geodesic_m(lon[node], lat[node], lon[near], lat[near]) <= _TOWN_M]
    return np.flatnonzero(np.isin(roads.node_of, near))
