"""
A stretch of a road that a person names: "RN2 from km 30 to km 62, counted from Sibut".

Km are driven along the road itself. From a place in the middle of a road they can be counted two ways; then a
second place has to say which, and nothing is picked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.places import plain
from cmcoord_geo.network.snap import RoadIndex
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

#: Other segments that join pieces of the road: a roundabout without its number, a bridge between two.
_BRIDGE_M, _GAP_M = 300.0, 1000.0
#: Two spots at one km that lie farther apart are on two branches of the road.
_ONE_SPOT_M = 500.0
#: A detour of at most this share and these metres lies "between" two places on a road.
_BETWEEN, _BETWEEN_M = 1.02, 500.0
_REFS = re.compile(r"[;/,]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPart:
    """Part of a segment: from one fraction of it, from its own start, to another."""

    segment: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """
    How far the pieces of a road lie from a place on it.

    Attributes
    ----------
    away_m : float
        From the place to the road.
    start_m, end_m : ndarray of float64, shape (m,)
        Along the road to both ends of each segment; infinite where the road does not lead there.
    segment : int
        Where the place is.
    fraction : float
    """

    away_m: float
    start_m: NDArray[np.float64]
    end_m: NDArray[np.float64]
    segment: int
    fraction: float


def segments_named(network: RoadNetwork, word: str) -> NDArray[np.bool_]:
    """
    Which segments bear a route number or a name, shape (m,).

    Parameters
    ----------
    network : RoadNetwork
    word : str
        Accents, case, spaces and hyphens do not matter.
    """
    wanted = plain(word)
    known: dict[str, bool] = {}

    def bears(text: str) -> bool:
        if text not in known:
            known[text] = bool(wanted) and wanted in {
                plain(text),
                *(plain(part) for part in _REFS.split(text)),
            }
        return known[text]

    names = ("",) * len(network) if network.traffic is None else network.traffic.names
    pairs = zip(network.route_ref, names, strict=True)
    return np.array([bears(ref) or bears(name) for ref, name in pairs], dtype=bool)


def reach_from(network: RoadNetwork, is_road: NDArray[np.bool_], lon: float, lat: float) -> Reach:
    """
    Distances along a road from the point on it that is nearest to a place.

    Parameters
    ----------
    network : RoadNetwork
    is_road : ndarray of bool, shape (m,)
        From :func:`segments_named`, not empty.
    lon, lat : float
        Degrees on WGS84.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    spot = RoadIndex(network, is_wanted=is_road).snap(np.array([[lon, lat]]))
    segment, fraction = int(spot.segment[0]), float(spot.fraction[0])
    used = np.flatnonzero(is_road | _joining(network, is_road))
    place = len(network.node_ids)
    length_m = float(network.length_m[segment])
    tail = np.concatenate([network.start[used], [place, place]])
    head = np.concatenate([network.end[used], [network.start[segment], network.end[segment]]])
    costs = np.concatenate(
        [network.length_m[used], [fraction * length_m, (1.0 - fraction) * length_m]]
    )
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    order = np.lexsort((costs, high, low))
    low, high, costs = low[order], high[order], costs[order]
    is_first = np.ones(len(low), dtype=bool)
    is_first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    least_m = np.maximum(costs[is_first], 1e-6)  # a stored zero is no edge
    matrix = csr_array((least_m, (low[is_first], high[is_first])), shape=(place + 1, place + 1))
    found = dijkstra(matrix, directed=False, indices=[place])[0]
    return Reach(
        away_m=float(spot.away_m[0]),
        start_m=np.where(is_road, found[network.start], np.inf),
        end_m=np.where(is_road, found[network.end], np.inf),
        segment=segment,
        fraction=fraction,
    )


def _joining(network: RoadNetwork, is_road: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Other segments that may join pieces of a road: short ones, and those between two of its pieces."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    count = len(network.node_ids)
    start, end = network.start[is_road], network.end[is_road]
    matrix = csr_array((np.ones(len(start)), (start, end)), shape=(count, count))
    piece = np.asarray(connected_components(matrix, directed=False)[1])
    is_on_road = np.zeros(count, dtype=bool)
    is_on_road[start] = is_on_road[end] = True
    is_between = is_on_road[network.start] & is_on_road[network.end]
    is_between &= piece[network.start] != piece[network.end]
    return (network.length_m <= _BRIDGE_M) | (is_between & (network.length_m <= _GAP_M))


def parts_between(
    network: RoadNetwork, reach: Reach, from_m: float, to_m: float
) -> tuple[RoadPart, ...]:
    """
    Parts of a road that lie between two distances from a place, on every branch of it.

    Parameters
    ----------
    network : RoadNetwork
    reach : Reach
    from_m, to_m : float
        ``from_m <= to_m``; where they are equal the parts are points.
    """
    found = []
    for segment in np.flatnonzero(np.isfinite(reach.start_m) & np.isfinite(reach.end_m)).tolist():
        length_m = float(network.length_m[segment])
        for low, high in _spans(network, reach, segment, from_m, to_m):
            if high - low > 1.0 or (from_m == to_m and high >= low):
                part = RoadPart(segment=segment, low=low / length_m, high=high / length_m)
                found.append(part)
    return tuple(found)


def _spans(
    network: RoadNetwork, reach: Reach, segment: int, from_m: float, to_m: float
) -> tuple[tuple[float, float], ...]:
    """Metres along a segment between which the distance from the place lies between two values."""
    length_m = float(network.length_m[segment])
    start_m, end_m = float(reach.start_m[segment]), float(reach.end_m[segment])
    if segment == reach.segment:
        here = reach.fraction * length_m
        spans = (
            (max(here + from_m, here), min(here + to_m, length_m)),
            (max(here - to_m, 0.0), here - from_m),
        )
        return spans if from_m > 0 else ((max(here - to_m, 0.0), min(here + to_m, length_m)),)
    turn = min(max((end_m - start_m + length_m) / 2, 0.0), length_m)  # farthest point on it
    return (
        (max(from_m - start_m, 0.0), min(to_m - start_m, turn)),
        (max(length_m + end_m - to_m, turn), min(length_m + end_m - from_m, length_m)),
    )


def parts_toward(
    network: RoadNetwork, parts: tuple[RoadPart, ...], here: Reach, there: Reach
) -> tuple[RoadPart, ...]:
    """
    Those parts that lie between the place that km count from and another one.

    Parameters
    ----------
    network : RoadNetwork
    parts : tuple of RoadPart
    here, there : Reach
        Of both places, along the same road.
    """
    whole_m = _distance(network, here, there.segment, there.fraction)
    most_m = whole_m * _BETWEEN + _BETWEEN_M
    return tuple(
        part
        for part in parts
        if sum(
            _distance(network, reach, part.segment, (part.low + part.high) / 2)
            for reach in (here, there)
        )
        <= most_m
    )


def distance_between(network: RoadNetwork, here: Reach, there: Reach) -> float:
    """Metres along the road between two places; infinite where it does not join them."""
    return _distance(network, here, there.segment, there.fraction)


def _distance(network: RoadNetwork, reach: Reach, segment: int, fraction: float) -> float:
    """Metres along the road from the place of a reach to a point of a segment."""
    length_m = float(network.length_m[segment])
    if segment == reach.segment:
        return abs(fraction - reach.fraction) * length_m
    return min(
        float(reach.start_m[segment]) + fraction * length_m,
        float(reach.end_m[segment]) + (1.0 - fraction) * length_m,
    )


def is_one_spot(network: RoadNetwork, reach: Reach, at_m: float) -> bool:
    """Whether all points of a road at a distance from a place are one spot, or there is none."""
    points = [
        _position(network.lines[part.segment], part.low)
        for part in parts_between(network, reach, at_m, at_m)
    ]
    if not points:
        return True
    lonlat = np.array(points)
    return bool((geodesic_m(lonlat[:, 0], lonlat[:, 1], *lonlat[0]) <= _ONE_SPOT_M).all())


def longest_m(reach: Reach) -> float:
    """Metres along the road to its farthest end that it leads to."""
    ends_m = np.concatenate([reach.start_m, reach.end_m])
    finite = ends_m[np.isfinite(ends_m)]
    return float(finite.max()) if len(finite) else 0.0


def _position(line: NDArray[np.float64], fraction: float) -> NDArray[np.float64]:
    import shapely

    point = shapely.line_interpolate_point(shapely.LineString(line), fraction, normalized=True)
    return np.asarray(shapely.get_coordinates(point)[0])
