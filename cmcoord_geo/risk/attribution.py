"""
Records to roads: each record is a mass of one, spread over pieces of road.

A record on a town's coordinate says "in or around this town", so its mass lies over all roads there. An
exact record away from towns lies near its point of the road. Both spread by the kernel of
:mod:`~cmcoord_geo.risk.road_kernel`. A coarse record that names its prefecture lies over all roads of it by
length, never on a point; one that says less lies nowhere (ALGORITHMS.md f, user story AO1).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.near import nearest_lines
from cmcoord_geo.network.prefecture_names import prefectures_named
from cmcoord_geo.network.scale import metres_per_degree
from cmcoord_geo.risk.road_kernel import RoadKernel, RoadPoints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Incidents
    from cmcoord_geo.risk.pieces import Pieces

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

#: Spread of records by precision, as a multiple of the reach of a town's record.
_PRECISION_REACH = {1: 1.0, 2: 1.0, 3: 2.5}
#: Coarser than 3 and still within one prefecture; beyond it is the country.
_COARSE = (4, 5)
#: Parts of a record below this are left out where each record's own pieces are listed.
_LEAST = 1e-9
_AT_ONCE = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _OnRoads:
    """Records that spread from points of the road with one reach."""

    record: Ints
    points: RoadPoints
    kernel: RoadKernel


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _OverArea:
    """Records that lie over the same pieces by length."""

    record: Ints
    piece: Ints
    weight: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Attribution:
    """
    Which record lies on which piece, with what part of its mass.

    Attributes
    ----------
    pieces : Pieces
    kind : tuple of str, one for each record
        place, road, coarse (over the roads of its prefecture), nowhere (says less than a prefecture) or far
        (too far from every road).
    """

    pieces: Pieces
    kind: tuple[str, ...]
    on_roads: tuple[_OnRoads, ...]
    over_areas: tuple[_OverArea, ...]

    def mass(self, weight: Floats) -> Floats:
        """
        Mass on each piece of all records together; a country takes as long as a few records do.

        Parameters
        ----------
        weight : ndarray of float64, shape (n,)
            What each record counts.

        Returns
        -------
        ndarray of float64, shape (p,)
        """
        total = np.zeros(len(self.pieces))
        for part in self.on_roads:
            if weight[part.record].any():
                total += part.kernel.masses(part.points, weight[part.record])
        for area in self.over_areas:
            total[area.piece] += area.weight * weight[area.record].sum()
        return total

    def mass_around(self, weight: Floats, *, reach_m: float) -> Floats:
        """
        Mass on each piece of all records, each spread as far as one reach whatever its precision.

        Parameters
        ----------
        weight : ndarray of float64, shape (n,)
            What each record counts.
        reach_m : float
            Distance along roads at which the density has fallen to 1/e.

        Returns
        -------
        ndarray of float64, shape (p,)
        """
        total = np.zeros(len(self.pieces))
        for part in self.on_roads:
            if weight[part.record].any():
                kernel = _kernel(self.pieces, reach_m)
                total += kernel.masses(part.points, weight[part.record])
        for area in self.over_areas:
            total[area.piece] += area.weight * weight[area.record].sum()
        return total

    def shares_on(self, segment: int) -> Floats:
        """
        Part of each record that lies on a segment, shape (n,).

        Coarse records count as 0: they say nothing about any one road.
        """
        shares = np.zeros(len(self.kind))
        for part in self.on_roads:
            shares[part.record] = part.kernel.shares_on(segment, part.points)
        return shares

    def on_segments(self, weight: Floats) -> Floats:
        """Mass on each segment of all records but the coarse ones, shape (m,)."""
        total = np.zeros(len(self.pieces))
        for part in self.on_roads:
            total += part.kernel.masses(part.points, weight[part.record])
        count = len(self.pieces.network)
        on_segment = np.bincount(self.pieces.segment, weights=total, minlength=count)
        return np.asarray(on_segment, dtype=np.float64)

    @property
    def record(self) -> Ints:
        """Record of each part, shape (w,)."""
        return self._listed[0]

    @property
    def piece(self) -> Ints:
        """Piece of each part, shape (w,)."""
        return self._listed[1]

    @property
    def weight(self) -> Floats:
        """Weight of each part, shape (w,): those of one record add up to 1."""
        return self._listed[2]

    @cached_property
    def _listed(self) -> tuple[Ints, Ints, Floats]:
        """Every part of every record, by record; long for a country, as :meth:`mass` is not."""
        parts = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)), *self._parts()]
        record, piece, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(record, kind="stable")
        return record[order], piece[order], weight[order]

    def _parts(self) -> Iterator[tuple[Ints, Ints, Floats]]:
        for part in self.on_roads:
            for first in range(0, len(part.record), _AT_ONCE):
                block = slice(first, first + _AT_ONCE)
                rows = part.kernel.rows(part.points.some(block))
                rows[rows < _LEAST] = 0.0
                rows /= rows.sum(axis=1, keepdims=True)
                at, piece = np.nonzero(rows)
                yield part.record[block][at], piece, rows[at, piece]
        for area in self.over_areas:
            count = len(area.record)
            yield (
                np.repeat(area.record, len(area.piece)),
                np.tile(area.piece, count),
                np.tile(area.weight, count),
            )


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
    kind = np.full(len(incidents), "nowhere", dtype=object)
    lonlat = np.column_stack([incidents.lon, incidents.lat])
    is_fine = np.isin(incidents.precision, list(_PRECISION_REACH)) & np.isfinite(lonlat).all(axis=1)
    fine = np.flatnonzero(is_fine)
    kind[fine], points = _on_roads(lonlat[fine], pieces.network, config)
    reach_m = np.array([_PRECISION_REACH.get(p, 0.0) for p in incidents.precision.tolist()])
    reach_m *= config.place_reach_m
    reach_m[(kind == "road") & (incidents.precision == 1)] = config.road_reach_m
    is_near = kind[fine] != "far"
    parts = []
    for reach in np.unique(reach_m[fine[is_near]]).tolist():
        chosen = np.flatnonzero(is_near & (reach_m[fine] == reach))
        parts.append(
            _OnRoads(
                record=fine[chosen],
                points=points.some(chosen),
                kernel=_kernel(pieces, reach),
            )
        )
    areas = tuple(_over_areas(incidents, pieces))
    for area in areas:
        kind[area.record] = "coarse"
    return Attribution(
        pieces=pieces, kind=tuple(kind.tolist()), on_roads=tuple(parts), over_areas=areas
    )


@lru_cache(maxsize=8)
def _kernel(pieces: Pieces, reach_m: float) -> RoadKernel:
    """Kernel of a reach; other records on the same roads share it."""
    return RoadKernel(pieces, reach_m=reach_m)


@lru_cache(maxsize=8)
def town_mass(pieces: Pieces, *, within_m: float, reach_m: float) -> Floats:
    """
    Mass of one, spread evenly over the towns of the gazetteer and from each over the roads around.

    Parameters
    ----------
    pieces : Pieces
    within_m : float
        A town farther from every road has none.
    reach_m : float
        Distance along roads at which the density has fallen to 1/e.

    Returns
    -------
    ndarray of float64, shape (p,)
        By length over all roads where there is no town.
    """
    network = pieces.network
    lonlat = np.array([(place.lon, place.lat) for place in places().values()])
    lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
    found = nearest_lines(lonlat, lines, within_m=within_m)
    is_near = found.line >= 0
    if not is_near.any():
        return np.asarray(pieces.length_m / pieces.length_m.sum())
    points = RoadPoints(segment=found.line[is_near], fraction=found.fraction[is_near])
    amounts = np.full(len(points), 1.0 / len(points))
    return _kernel(pieces, reach_m).masses(points, amounts)


def _over_areas(incidents: Incidents, pieces: Pieces) -> Iterator[_OverArea]:
    """Coarse records by the prefecture that their place names, where it has a road."""
    named: dict[frozenset[str], list[int]] = {}
    for i in np.flatnonzero(np.isin(incidents.precision, _COARSE)).tolist():
        named.setdefault(prefectures_named(incidents.place[i]), []).append(i)
    for names, rows in named.items():
        piece = np.flatnonzero([area in names for area in pieces.area])
        if len(piece):
            length_m = pieces.length_m[piece]
            yield _OverArea(
                record=np.array(rows, dtype=np.int64),
                piece=piece,
                weight=length_m / length_m.sum(),
            )


def _on_roads(
    lonlat: Floats, network: RoadNetwork, config: HazardConfig
) -> tuple[NDArray[np.object_], RoadPoints]:
    """Whether positions are a town's, a road's or far from both, and whence they spread."""
    kind = np.full(len(lonlat), "place", dtype=object)
    segment, fraction = _towns(lonlat, network, radius_m=config.place_radius_m)
    open_land = np.flatnonzero(segment < 0)
    if len(open_land):
        lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
        found = nearest_lines(lonlat[open_land], lines, within_m=config.max_road_distance_m)
        segment[open_land], fraction[open_land] = found.line, found.fraction
        kind[open_land] = np.where(found.line < 0, "far", "road")
    return kind, RoadPoints(segment=segment, fraction=fraction)


def _towns(lonlat: Floats, network: RoadNetwork, *, radius_m: float) -> tuple[Ints, Floats]:
    """Town in or beside which each position lies, as an end of a road; segment -1 for none."""
    road = np.full(len(network.node_ids), -1, dtype=np.int64)
    at_end = np.zeros(len(network.node_ids))
    road[network.end], at_end[network.end] = np.arange(len(network)), 1.0
    road[network.start], at_end[network.start] = np.arange(len(network)), 0.0
    segment, fraction = np.full(len(lonlat), -1, dtype=np.int64), np.zeros(len(lonlat))
    nearest_m, scale = np.full(len(lonlat), radius_m), metres_per_degree(lonlat[:, 1])
    for place_id in places():
        node = network.node_index.get(place_id)
        if node is None or road[node] < 0:
            continue
        steps = (lonlat - [network.lon[node], network.lat[node]]) * scale
        away_m = np.hypot(steps[:, 0], steps[:, 1])
        is_nearer = away_m <= nearest_m
        nearest_m[is_nearer] = away_m[is_nearer]
        segment[is_nearer], fraction[is_nearer] = road[node], at_end[node]
    return segment, fraction
