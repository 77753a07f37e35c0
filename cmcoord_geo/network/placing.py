"""
Places of a folder of files on a surveyed network.

The network of a week hangs on public facts alone: places of the gazetteer are put on their roads, and an end
of a movement stands at the junction or place nearest to it. Were the roads cut where a movement begins, every
product that shows roads would show where that is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from cmcoord_geo.errors import SnapError
from cmcoord_geo.facts import places, vehicles
from cmcoord_geo.i18n import problem
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.network.ground import FRAGMENT_M, ROUND_M
from cmcoord_geo.network.parts import component_of
from cmcoord_geo.network.places import plain
from cmcoord_geo.network.snap import RoadIndex
from cmcoord_geo.network.spots import find_spot
from cmcoord_geo.network.stops import Stop, with_stops
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork
    from cmcoord_geo.network.whereabouts import Spot

#: Farther from a road a place is not on the network.
SNAP_LIMIT_M = 2000.0
#: Degrees of latitude that are surely longer than this many metres.
_LEAST_DEGREE_M = 100_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A place or point as it stands on a network: node, name as asked for, and metres between them."""

    node: int
    name: str
    away_m: float


def with_gazetteer(network: RoadNetwork, *, limit_m: float = SNAP_LIMIT_M) -> RoadNetwork:
    """
    Network with a node at each place of the gazetteer that lies near enough to one of its roads.

    A road open to every vehicle is preferred to a nearer one that is not.
    """
    known = [place for place in places().values() if place.place_id not in network.node_index]
    lonlat = np.array([(place.lon, place.lat) for place in known])
    near = _is_near(network, lonlat, limit_m)
    if not near.any():
        return network
    known = [place for place, is_near in zip(known, near.tolist(), strict=True) if is_near]
    stops: dict[str, Stop] = {}
    for ranks in ([vehicle.rank for vehicle in vehicles().values()], []):
        rest = [place for place in known if place.place_id not in stops]
        if not rest:
            break
        wanted = _open_to(network, ranks)
        linked = wanted & ~_on_fragment(network, wanted)[network.start]
        index = RoadIndex(network, is_wanted=linked if linked.any() else wanted)
        found = index.snap(np.array([(place.lon, place.lat) for place in rest]))
        for i in np.flatnonzero(found.away_m <= limit_m).tolist():
            stops[rest[i].place_id] = Stop(
                stop_id=rest[i].place_id,
                name=rest[i].name,
                segment=int(found.segment[i]),
                fraction=float(found.fraction[i]),
            )
    taken = {plain(stop.name) for stop in stops.values()}
    names = tuple("" if name and plain(name) in taken else name for name in network.node_names)
    return with_stops(replace(network, node_names=names), tuple(stops.values()))[0]


def place_on(
    network: RoadNetwork, word: str, ranks: Collection[int] = (), *, limit_m: float = SNAP_LIMIT_M
) -> Placed:
    """
    Node that a place or a position means on a surveyed network.

    Parameters
    ----------
    network : RoadNetwork
    word : str
        Place of the network or of the gazetteer, or a position.
    ranks : collection of int
        Of the vehicles that must be able to drive there; none: any vehicle.
    limit_m : float

    Raises
    ------
    UnknownPlaceError
        Nothing fits, or several places do.
    SnapError
        It lies too far from every road that is open.
    DataError
        It is a position outside the Earth.
    """
    spot = find_spot(network, word)
    nodes = _nodes(network, frozenset(ranks))
    at = network.node_index.get(spot.spot_id)
    if at is not None and nodes.has(at):
        return Placed(node=at, name=spot.name, away_m=0.0)
    node, away_m = nodes.nearest(spot)
    if not away_m <= limit_m:
        raise problem(
            SnapError,
            "snap.far",
            place=spot.name,
            away=said_length(away_m),
            limit=said_length(limit_m),
        )
    return Placed(node=node, name=spot.name, away_m=away_m)


@lru_cache(maxsize=16)
def _nodes(network: RoadNetwork, ranks: frozenset[int]) -> _Nodes:
    return _Nodes(network, ranks)


class _Nodes:
    """Nodes at roads that some vehicles may drive."""

    def __init__(self, network: RoadNetwork, ranks: Collection[int]) -> None:
        wanted = _open_to(network, ranks)
        self._ids = np.unique(np.concatenate([network.start[wanted], network.end[wanted]]))
        self._is_fragment = _on_fragment(network, wanted)[self._ids]
        self._lonlat = np.column_stack([network.lon, network.lat])
        shrink = float(np.cos(np.radians(network.lat.mean()))) if len(network.lat) else 1.0
        self._scale = np.array([shrink, 1.0])
        points = shapely.points(self._lonlat[self._ids] * self._scale)
        self._tree = shapely.STRtree(points)
        self._linked = np.flatnonzero(~self._is_fragment)
        self._linked_tree = shapely.STRtree(points[self._linked])

    def has(self, node: int) -> bool:
        """Whether a node is one of them, and on no fragment of road."""
        i = int(np.searchsorted(self._ids, node))
        return i < len(self._ids) and int(self._ids[i]) == node and not self._is_fragment[i]

    def nearest(self, spot: Spot) -> tuple[int, float]:
        """
        Nearest node and metres to it; infinite where there is none.

        A fragment of road without a link is passed over where another road lies near, as where a single
        movement is planned.
        """
        if not len(self._ids):
            return -1, np.inf
        point = shapely.points(np.array([spot.lon, spot.lat]) * self._scale)
        nearest = int(self._tree.nearest(point))
        if self._is_fragment[nearest] and len(self._linked):
            linked = int(self._linked[int(self._linked_tree.nearest(point))])
            if self._away_m(spot, linked) <= ROUND_M:
                nearest = linked
        return int(self._ids[nearest]), self._away_m(spot, nearest)

    def _away_m(self, spot: Spot, which: int) -> float:
        lon, lat = self._lonlat[self._ids[which]]
        return float(geodesic_m(spot.lon, spot.lat, lon, lat)[0])


def _is_near(
    network: RoadNetwork, lonlat: NDArray[np.float64], limit_m: float
) -> NDArray[np.bool_]:
    """Which positions can lie within a limit of the network's extent: a country away nothing is snapped."""
    if not len(network.lon) or not len(lonlat):
        return np.zeros(len(lonlat), dtype=bool)
    low, high = (np.array([bound(network.lon), bound(network.lat)]) for bound in (np.min, np.max))
    narrow = np.cos(np.radians(np.abs(network.lat).max() + 1.0))
    margin = limit_m / _LEAST_DEGREE_M / np.array([narrow, 1.0])
    is_inside = (lonlat >= low - margin) & (lonlat <= high + margin)
    return np.asarray(is_inside.all(axis=1))


def _on_fragment(network: RoadNetwork, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which nodes hang together with so little of the wanted road that it leads nowhere, shape (n,)."""
    part_of = component_of(network, is_wanted=wanted)
    length_m = np.bincount(part_of[network.start], weights=network.length_m * wanted)
    sizes = np.zeros(int(part_of.max(initial=-1)) + 1)
    sizes[: len(length_m)] = length_m
    return np.asarray(sizes[part_of] < FRAGMENT_M)


def _open_to(network: RoadNetwork, ranks: Collection[int]) -> NDArray[np.bool_]:
    """Segments on which all of these may drive in one direction at least; without ranks, anybody."""
    if network.traffic is None:
        return np.ones(len(network), dtype=bool)
    if not ranks:
        return np.asarray(network.traffic.forward | network.traffic.backward) > 0
    arcs = network.traffic.arcs_open(ranks)
    return arcs[::2] | arcs[1::2]
