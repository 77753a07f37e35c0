"""
Records to roads: each record is a mass of one, spread over pieces of road.

A record on a town's coordinate says "in or around this town", so its mass lies over all roads there. An
exact record away from towns lies near its point of the road. A coarse record lies over the roads of its
surroundings, and the coarsest say nothing about any road (ALGORITHMS.md f, user story AO1).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.network.expansion import RoadReach
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.network import RoadNetwork
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


@lru_cache(maxsize=8)
def attribute(incidents: Incidents, pieces: Pieces, *, config: HazardConfig) -> Attribution:
    """
    Spread each record over pieces of road; the last answers are kept, a week asks for the same.

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
        self._seen: dict[tuple[float, float, int], _Spread] = {}

    @cached_property
    def _reach(self) -> RoadReach:
        widest = self._config.place_reach_m * max(_PRECISION_REACH.values())
        return RoadReach(self._pieces.network, limit_m=_REACHES * widest)

    @cached_property
    def _chords(self) -> _Chords:
        return _Chords.of(self._pieces.network)

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
        narrowing = np.cos(np.radians(lat))
        flat = np.hypot((network.lon - lon) * narrowing, network.lat - lat)
        nearest = int(flat.argmin())
        away_m = geodesic_m(lon, lat, network.lon[nearest], network.lat[nearest])[0]
        is_town = network.node_ids[nearest] in places()
        return nearest if is_town and away_m <= self._config.place_radius_m else None

    def _nearest_road(self, lon: float, lat: float) -> tuple[int, float, float]:
        """Segment, fraction along it, and metres away from it."""
        chords = self._chords
        scale = np.array([np.cos(np.radians(lat)), 1.0])
        starts, steps = (chords.start - [lon, lat]) * scale, (chords.end - chords.start) * scale
        squared = np.maximum((steps**2).sum(axis=1), 1e-18)
        part = np.clip(-(starts * steps).sum(axis=1) / squared, 0.0, 1.0)
        nearest = int(((starts + part[:, None] * steps) ** 2).sum(axis=1).argmin())
        at = chords.start[nearest] + part[nearest] * (chords.end[nearest] - chords.start[nearest])
        fraction = chords.from_fraction[nearest] + part[nearest] * (
            chords.to_fraction[nearest] - chords.from_fraction[nearest]
        )
        away_m = float(geodesic_m(lon, lat, at[0], at[1])[0])
        return int(chords.segment[nearest]), float(fraction), away_m

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chords:
    """Straight parts of every segment, side by side."""

    segment: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    from_fraction: NDArray[np.float64]
    to_fraction: NDArray[np.float64]

    @classmethod
    def of(cls, network: RoadNetwork) -> _Chords:
        lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
        along, last = lines.along(), lines.first[1:] - 1
        sizes = np.diff(lines.first)
        fractions = along / np.repeat(np.maximum(along[last], 1e-18), sizes)
        is_start = np.ones(len(along), dtype=bool)
        is_start[last] = False
        starts = np.flatnonzero(is_start)
        return cls(
            segment=np.repeat(np.arange(len(lines)), sizes - 1),
            start=lines.points[starts],
            end=lines.points[starts + 1],
            from_fraction=fractions[starts],
            to_fraction=fractions[starts + 1],
        )
