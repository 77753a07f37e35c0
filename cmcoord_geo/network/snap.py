"""Points on the nearest road, with the distance, and refused where that is too far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from cmcoord_geo.network.lines import Lines
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

#: Metres of one degree of latitude, and how much wider the index is asked than the answer may be.
DEGREE_M = 111_195.0
_WIDER = 1.02


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapped:
    """
    Where points lie on the network.

    Attributes
    ----------
    segment : ndarray of int64, shape (n,)
        -1 where there is no road at all.
    fraction : ndarray of float64, shape (n,)
        Along the segment from its start, by drawn length.
    lonlat : ndarray of float64, shape (n, 2)
        Point on the road.
    away_m : ndarray of float64, shape (n,)
        Geodesic distance to it; infinite where there is no road.
    """

    segment: NDArray[np.int64]
    fraction: NDArray[np.float64]
    lonlat: NDArray[np.float64]
    away_m: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """Where the line from a point meets a road: segment, share of it, degrees, and metres away."""

    segment: int
    fraction: float
    lon: float
    lat: float
    away_m: float


class RoadIndex:
    """
    Spatial index of the segments of a network, made once and asked often.

    Longitudes are shrunk by the cosine of the network's mean latitude, so that nearest in the index is
    nearest on the ground to well below a per cent over a country.

    Parameters
    ----------
    network : RoadNetwork
    is_wanted : ndarray of bool, shape (m,), optional
        Segments to snap to; all by default.
    """

    def __init__(self, network: RoadNetwork, *, is_wanted: NDArray[np.bool_] | None = None) -> None:
        lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
        wanted = np.ones(len(network), dtype=bool) if is_wanted is None else is_wanted
        self._segments = np.flatnonzero(wanted)
        self._shrink = (float(np.cos(np.radians(network.lat.mean()))), 1.0)
        sizes = np.diff(lines.first)
        owner = np.repeat(np.cumsum(wanted) - 1, sizes)
        is_taken = np.repeat(wanted, sizes)
        points = lines.points[is_taken] * self._shrink
        self._lines = np.asarray(shapely.linestrings(points, indices=owner[is_taken]))
        self._tree = shapely.STRtree(self._lines)

    def snap(self, lonlat: NDArray[np.float64]) -> Snapped:
        """
        Nearest road of each point.

        Parameters
        ----------
        lonlat : ndarray of float64, shape (n, 2)
            Degrees on WGS84.
        """
        lonlat = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
        if not len(self._segments):
            return _nowhere(len(lonlat))
        nearest = self._tree.nearest(shapely.points(lonlat * self._shrink))
        return self._on(np.asarray(nearest), lonlat)

    def feet(self, lon: float, lat: float, *, within_m: float) -> tuple[Foot, ...]:
        """
        Every road within a distance of one point, nearest first.

        Parameters
        ----------
        lon, lat : float
            Degrees on WGS84.
        within_m : float
        """
        lonlat = np.array([[lon, lat]])
        reach = _WIDER * within_m / DEGREE_M
        point = shapely.points(lonlat[0] * self._shrink)
        near = np.sort(self._tree.query(point, predicate="dwithin", distance=reach))
        found = self._on(near, np.repeat(lonlat, len(near), axis=0))
        order = np.argsort(found.away_m, kind="stable")
        return tuple(
            Foot(
                segment=int(found.segment[i]),
                fraction=float(found.fraction[i]),
                lon=float(found.lonlat[i, 0]),
                lat=float(found.lonlat[i, 1]),
                away_m=float(found.away_m[i]),
            )
            for i in order[found.away_m[order] <= within_m].tolist()
        )

    def around(
        self, lonlat: NDArray[np.float64], *, within_m: float
    ) -> tuple[NDArray[np.int64], Snapped]:
        """
        Every road within a distance of each of many points: place of the point, and its foot there.

        Parameters
        ----------
        lonlat : ndarray of float64, shape (n, 2)
            Degrees on WGS84.
        within_m : float
        """
        if not len(self._segments) or not len(lonlat):
            return np.zeros(0, dtype=np.int64), _nowhere(0)
        stretch = np.maximum(1.0, self._shrink[0] / np.cos(np.radians(lonlat[:, 1])))
        reach = _WIDER * within_m / DEGREE_M * stretch
        points = shapely.points(lonlat * self._shrink)
        point, near = self._tree.query(points, predicate="dwithin", distance=reach)
        order = np.lexsort((near, point))
        point, near = point[order], near[order]
        found = self._on(near, lonlat[point])
        is_near = found.away_m <= within_m
        return point[is_near].astype(np.int64), Snapped(
            segment=found.segment[is_near],
            fraction=found.fraction[is_near],
            lonlat=found.lonlat[is_near],
            away_m=found.away_m[is_near],
        )

    def nearest_to(
        self, lines: Lines, segments: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """
        Road of the index that is nearest to each of some other segments.

        Parameters
        ----------
        lines : Lines
            Of the network.
        segments : ndarray of int64, shape (n,)

        Returns
        -------
        ndarray of int64, shape (n,)
            The road.
        ndarray of float64, shape (n, 2)
            Point of the segment that is nearest to it.
        ndarray of float64, shape (n,)
            Metres between them.
        """
        each = [lines[i] * self._shrink for i in segments.tolist()]
        owner = np.repeat(np.arange(len(each)), [len(line) for line in each])
        drawn = np.asarray(shapely.linestrings(np.concatenate(each), indices=owner))
        near = np.asarray(self._tree.nearest(drawn))
        gaps = shapely.get_coordinates(shapely.shortest_line(drawn, self._lines[near]))
        here, there = (gaps / self._shrink)[::2], (gaps / self._shrink)[1::2]
        away_m = geodesic_m(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
        return self._segments[near].astype(np.int64), here, away_m

    def _on(self, chosen: NDArray[np.int64], lonlat: NDArray[np.float64]) -> Snapped:
        """Points on the roads chosen for them."""
        points = shapely.points(lonlat * self._shrink)
        lines = self._lines[chosen]
        along = shapely.line_locate_point(lines, points)
        lengths = shapely.length(lines)
        on_road = shapely.get_coordinates(shapely.line_interpolate_point(lines, along))
        on_road = on_road / self._shrink
        with np.errstate(invalid="ignore", divide="ignore"):
            fraction = np.where(lengths > 0, along / lengths, 0.0)
        return Snapped(
            segment=self._segments[chosen].astype(np.int64),
            fraction=fraction,
            lonlat=on_road,
            away_m=geodesic_m(lonlat[:, 0], lonlat[:, 1], on_road[:, 0], on_road[:, 1]),
        )


def _nowhere(count: int) -> Snapped:
    return Snapped(
        segment=np.full(count, -1, dtype=np.int64),
        fraction=np.zeros(count),
        lonlat=np.full((count, 2), np.nan),
        away_m=np.full(count, np.inf),
    )
