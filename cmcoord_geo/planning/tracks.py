"""Where someone is between two times, and the same as straight pieces in space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import pi, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.units import CAR_BOX, geod, utc_seconds

FloatArray = NDArray[np.float64]

#: Longest chord.
CHORD_M = 1000.0
#: Smallest radius of curvature of WGS84: that of a meridian at the equator.
LEAST_RADIUS_M = 6_335_439.0
#: Largest radius of curvature of WGS84 up to 12 degrees north.
_MOST_RADIUS_M = 6_380_000.0


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """
    Where someone is between two times: along a line at one speed, or standing still at one point.

    Attributes
    ----------
    lonlat : array_like, shape (n, 2), or None
        Degrees on WGS84, in the order of travel; each leg is a geodesic. None or NaN: not known.
    depart, arrive : datetime or None
        Aware; both ends belong to the track. None: not known.

    Raises
    ------
    DataError
        A time has no zone, the arrival lies before the departure, or ``lonlat`` is no list of points.
    """

    lonlat: Sequence[Sequence[float]] | FloatArray | None
    depart: datetime | None
    arrive: datetime | None

    def __post_init__(self) -> None:
        for moment in (self.depart, self.arrive):
            if moment is not None:
                utc_seconds(moment)  # refuses a time without a zone
        if self.depart and self.arrive and self.arrive.astimezone(UTC) < self.depart:
            raise problem(DataError, "separation.backwards")
        points_of(self)

    @property
    def is_known(self) -> bool:
        """Whether both times are there and every point lies in the box around CAR."""
        points = points_of(self)
        west, south, east, north = CAR_BOX
        is_inside = (points >= (west, south)) & (points <= (east, north))  # NaN is inside nothing
        is_placed = len(points) > 0 and bool(is_inside.all())
        return is_placed and self.depart is not None and self.arrive is not None


class Chords(NamedTuple):
    """
    Track as straight pieces in space, each driven at one speed.

    Attributes
    ----------
    start, step : ndarray of float64, shape (n, 3)
        Metres from the middle of the Earth: where each begins, and from there to its end.
    start_s, last_s : ndarray of float64, shape (n,)
        Seconds since an origin.
    length_m : ndarray of float64, shape (n,)
        Along the geodesic that each stands for.
    """

    start: FloatArray
    step: FloatArray
    start_s: FloatArray
    last_s: FloatArray
    length_m: FloatArray

    def rows(self, rows: slice | NDArray[np.int64]) -> Chords:
        """Some of the chords."""
        return Chords(*(column[rows] for column in self))

    @property
    def middle(self) -> FloatArray:
        """Middle of each chord, shape (n, 3)."""
        return self.start + self.step / 2

    @property
    def bent_m(self) -> FloatArray:
        """
        Bound of how far, at one time, a position on the track lies from the one on its chord, shape (n,).

        A geodesic bends no more than a circle of the smallest radius of curvature.
        """
        return self.length_m**2 / (8 * LEAST_RADIUS_M)


def points_of(track: Track) -> FloatArray:
    """
    Points of a track, shape (n, 2); none where they are not known.

    Raises
    ------
    DataError
        What is given is no list of points.
    """
    if track.lonlat is None:
        return np.zeros((0, 2))
    try:
        points = np.asarray(track.lonlat, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise problem(DataError, "separation.points") from error
    if points.size == 0:
        return np.zeros((0, 2))
    if points.shape == (2,):
        points = points.reshape(1, 2)
    if points.ndim != 2 or points.shape[1] != 2:
        raise problem(DataError, "separation.points")
    return points


def chords_of(points: FloatArray, depart_s: float, arrive_s: float) -> Chords:
    """
    Cut a track into chords.

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
        At least one; equal points in a row are one.
    depart_s, arrive_s : float
        Seconds since an origin.
    """
    lon, lat = points.T
    azimuth, _, leg_m = geod().inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    if not np.any(leg_m):
        return _standing(points[0], depart_s, arrive_s)
    pieces = np.ceil(leg_m / CHORD_M).astype(np.int64)  # none for a leg without length
    leg = np.repeat(np.arange(len(pieces)), pieces)
    rank = np.arange(len(leg)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    step_m = leg_m[leg] / pieces[leg]
    lon, lat, _ = geod().fwd(points[leg, 0], points[leg, 1], azimuth[leg], step_m * rank)
    corners = in_space(np.append(lon, points[-1, 0]), np.append(lat, points[-1, 1]))
    share = ((np.cumsum(leg_m) - leg_m)[leg] + step_m * rank) / leg_m.sum()
    times = np.append(depart_s + (arrive_s - depart_s) * share, arrive_s)
    return Chords(corners[:-1], np.diff(corners, axis=0), times[:-1], times[1:], step_m)


def _standing(point: FloatArray, depart_s: float, arrive_s: float) -> Chords:
    start = in_space(point[:1], point[1:])
    times = np.array([depart_s]), np.array([arrive_s])
    return Chords(start, np.zeros((1, 3)), *times, np.zeros(1))


def in_space(lon: FloatArray, lat: FloatArray) -> FloatArray:
    """Positions on WGS84 as metres from the middle of the Earth, shape (n, 3)."""
    east, north = np.radians(lon), np.radians(lat)
    flattening = geod().es
    across_m = geod().a / np.sqrt(1 - flattening * np.sin(north) ** 2)
    return np.column_stack(
        [
            across_m * np.cos(north) * np.cos(east),
            across_m * np.cos(north) * np.sin(east),
            across_m * (1 - flattening) * np.sin(north),
        ]
    )


def straight_m(distance_m: float) -> float:
    """Longest straight line between two points of CAR at most a geodesic distance apart, in metres."""
    half_turn = min(distance_m / (2 * _MOST_RADIUS_M), pi / 2)
    return 2 * _MOST_RADIUS_M * sin(half_turn)
