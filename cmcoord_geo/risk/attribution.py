"""
Records to roads: each record is a mass of one, spread over pieces of road.

A record on a town's coordinate says "in or around this town", so its mass lies over all roads there. An
exact record away from towns lies near its point of the road. A coarse record lies over the roads of its
surroundings, and the coarsest say nothing about any road (ALGORITHMS.md f, user story AO1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.network.expansion import RoadReach
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.picture import Incidents
    from cmcoord_geo.risk.pieces import Pieces

#: Spread of records by precision, as a multiple of the reach of a town's record.
_PRECISION_REACH = {1: 1.0, 2: 1.0, 3: 2.5}
#: Beyond this many reaches the weight is below 2 % and is cut off.
_REACHES = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """
    Which record lies on which piece, with what part of its mass.

    Attributes
    ----------
    record, piece : ndarray of int64, shape (w,)
    weight : ndarray of float64, shape (w,)
        Weights of one record add up to 1.
    kind : tuple of str, one for each record
        place, road, coarse (too coarse for any road) or far (too far from every road).
    """

    record: NDArray[np.int64]
    piece: NDArray[np.int64]
    weight: NDArray[np.float64]
    kind: tuple[str, ...]


def attribute(incidents: Incidents, pieces: Pieces, *, config: HazardConfig) -> Attribution:
    """
    Spread each record over pieces of road.

    Parameters
    ----------
    incidents : Incidents
    pieces : Pieces
    config : HazardConfig
    """
    spreader = _Spreader(pieces, config)
    records, found, weights, kinds = [], [], [], []
    for i in range(len(incidents)):
        kind, where, mass = spreader.spread(
            float(incidents.lon[i]), float(incidents.lat[i]), int(incidents.precision[i])
        )
        kinds.append(kind)
        records.append(np.full(len(where), i, dtype=np.int64))
        found.append(where)
        weights.append(mass)
    return Attribution(
        record=np.concatenate([np.zeros(0, np.int64), *records]),
        piece=np.concatenate([np.zeros(0, np.int64), *found]),
        weight=np.concatenate([np.zeros(0), *weights]),
        kind=tuple(kinds),
    )


_Spread = tuple[str, "NDArray[np.int64]", "NDArray[np.float64]"]
_NOWHERE = (np.zeros(0, np.int64), np.zeros(0))


class _Spreader:
    """Spreads one position at a time, remembering positions already seen (towns repeat)."""

    def __init__(self, pieces: Pieces, config: HazardConfig) -> None:
        self._pieces = pieces
        self._config = config
        widest = config.place_reach_m * max(_PRECISION_REACH.values())
        self._reach = RoadReach(pieces.network, limit_m=_REACHES * widest)
        self._seen: dict[tuple[float, float, int], _Spread] = {}

    def spread(self, lon: float, lat: float, precision: int) -> _Spread:
        key = lon, lat, precision
        if key not in self._seen:
            self._seen[key] = self._spread(lon, lat, precision)
        return self._seen[key]

    def _spread(self, lon: float, lat: float, precision: int) -> _Spread:
        if precision not in _PRECISION_REACH or not np.isfinite([lon, lat]).all():
            return "coarse", *_NOWHERE
        reach_m = self._config.place_reach_m * _PRECISION_REACH[precision]
        town = self._town(lon, lat)
        if town is not None:
            return "place", *self._kernel(dict(self._reach.from_node(town)), None, reach_m)
        segment, fraction, away_m = self._nearest_road(lon, lat)
        if away_m > self._config.max_road_distance_m:
            return "far", *_NOWHERE
        if precision == 1:
            reach_m = self._config.road_reach_m
        nodes = dict(self._reach.from_point(segment, fraction))
        return "road", *self._kernel(nodes, (segment, fraction), reach_m)

    def _town(self, lon: float, lat: float) -> int | None:
        """Node of the town that a position lies in or next to."""
        network = self._pieces.network
        away_m = geodesic_m(lon, lat, network.lon, network.lat)
        nearest = int(away_m.argmin())
        is_town = network.node_ids[nearest] in places()
        return nearest if is_town and away_m[nearest] <= self._config.place_radius_m else None

    def _nearest_road(self, lon: float, lat: float) -> tuple[int, float, float]:
        """Segment, fraction along it, and metres away from it."""
        network = self._pieces.network
        narrowing = np.cos(np.radians(lat))
        best = (0, 0.0, np.inf)
        for segment, line in enumerate(network.lines):
            flat = (line - [lon, lat]) * [narrowing, 1.0]
            fraction, degrees = _nearest_on_line(flat)
            if degrees < best[2]:
                best = (segment, fraction, degrees)
        segment, fraction, _ = best
        line = network.lines[segment]
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        at = [np.interp(fraction * along[-1], along, line[:, axis]) for axis in (0, 1)]
        return segment, fraction, float(geodesic_m(lon, lat, at[0], at[1])[0])

    def _kernel(
        self, nodes: dict[int, float], point: tuple[int, float] | None, reach_m: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Exponential fall-off along the road, normalised so that the mass is exactly one."""
        pieces, network = self._pieces, self._pieces.network
        from_nodes = np.full(len(network.node_ids), np.inf)
        from_nodes[list(nodes)] = list(nodes.values())
        length = network.length_m[pieces.segment]
        away_m = np.minimum(
            from_nodes[network.start[pieces.segment]] + pieces.middle * length,
            from_nodes[network.end[pieces.segment]] + (1 - pieces.middle) * length,
        )
        if point is not None:
            own = pieces.segment == point[0]
            away_m[own] = np.abs(pieces.middle[own] - point[1]) * length[own]
        mass = np.where(away_m <= _REACHES * reach_m, np.exp(-away_m / reach_m), 0.0)
        mass *= pieces.length_m
        where = np.flatnonzero(mass)
        if not len(where):
            where = np.array([int(away_m.argmin())])
            mass[where] = 1.0
        return where, mass[where] / mass[where].sum()


def _nearest_on_line(flat: NDArray[np.float64]) -> tuple[float, float]:
    """Fraction along a flat line of the point nearest to the origin, and its distance."""
    starts, steps = flat[:-1], np.diff(flat, axis=0)
    lengths = np.hypot(*steps.T)
    squared = np.maximum(lengths**2, 1e-18)
    part = np.clip(-(starts * steps).sum(axis=1) / squared, 0.0, 1.0)
    away = np.hypot(*(starts + part[:, None] * steps).T)
    best = int(away.argmin())
    before = lengths[:best].sum() + part[best] * lengths[best]
    return float(before / max(lengths.sum(), 1e-18)), float(away[best])
