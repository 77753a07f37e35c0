"""
Whether two tracks come too near one another: closed form on time intervals, never sampling.

A track runs along geodesics at one speed and is cut into chords of at most 1 km in space, which leave it by
2 cm at most. Between two chords the squared distance is a convex quadratic form in both positions, and its
least value on the times that lie within the buffer is found exactly. What the chords may be wrong by is added
to the separation, so that doubt falls on conflict (ALGORITHMS.md d: of 321 true encounters, sampling every
five minutes missed 38 %).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from math import inf, isfinite, pi, sin
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.planning.tracks import Chords, Track, chords_of, points_of

FloatArray = NDArray[np.float64]
Answer = Literal["conflict", "no_known_conflict", "unknown"]

#: Largest radius of curvature of WGS84 up to 12 degrees north.
_MOST_RADIUS_M = 6_380_000.0
#: What rounding may take from a length or from a time.
_ROUNDING_M, _ROUNDING_S = 1e-3, 1e-7
#: So many chords of one track are compared with all of the other at once.
_BLOCK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """
    Answer about two tracks.

    Attributes
    ----------
    answer : {"conflict", "no_known_conflict", "unknown"}
        ``unknown`` where a position is missing or cannot be in CAR; never read it as no conflict.
    """

    answer: Answer


def separation_conflict(
    a: Track, b: Track, separation_m: float = 1000.0, time_buffer_s: float = 0.0
) -> Separation:
    """
    Whether two tracks may come within a distance of one another at times within a buffer.

    Within the separation the answer is always ``conflict``; beyond it only in a guard band of at most 10 cm,
    for separations of up to 100 km. Symmetric in the tracks; a larger separation or buffer never ends a
    conflict.

    Parameters
    ----------
    a, b : Track
    separation_m : float
        Geodesic distance up to which, itself included, two positions are too near.
    time_buffer_s : float
        Positions are compared at times that lie up to this apart, itself included.

    Raises
    ------
    DataError
        Separation or buffer is negative or not a finite number.

    Examples
    --------
    >>> from datetime import UTC, datetime, timedelta
    >>> noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    >>> road = Track([(20.0, 5.0), (21.0, 5.0)], noon, noon + timedelta(hours=2))
    >>> halt = Track([(20.5, 5.0)], noon, noon + timedelta(hours=2))
    >>> separation_conflict(road, halt).answer
    'conflict'
    >>> separation_conflict(road, Track(None, noon, noon)).answer
    'unknown'
    """
    if not all(isfinite(limit) and limit >= 0 for limit in (separation_m, time_buffer_s)):
        raise problem(DataError, "separation.limits")
    if not (a.is_known and b.is_known):
        return Separation(answer="unknown")
    one, two = sorted(_chords(a, b), key=_key)
    found = _comes_near(one, two, _chord_of(separation_m), time_buffer_s + _ROUNDING_S)
    return Separation(answer="conflict" if found else "no_known_conflict")


def _chords(*tracks: Track) -> Iterator[Chords]:
    """Chords of each track, times counted from the first departure of any."""
    origin = min(track.depart.astimezone(UTC) for track in tracks if track.depart is not None)
    for track in tracks:
        if track.depart is not None and track.arrive is not None:
            depart_s, arrive_s = (
                (moment.astimezone(UTC) - origin).total_seconds()
                for moment in (track.depart, track.arrive)
            )
            yield chords_of(points_of(track), depart_s, arrive_s)


def _key(chords: Chords) -> tuple[bytes, ...]:
    """Order of two tracks that does not depend on which was named first."""
    return tuple(column.tobytes() for column in chords)


def _chord_of(distance_m: float) -> float:
    """Longest straight line between two points of CAR at most a geodesic distance apart."""
    half_turn = min(distance_m / (2 * _MOST_RADIUS_M), pi / 2)
    return 2 * _MOST_RADIUS_M * sin(half_turn)


def _comes_near(one: Chords, two: Chords, limit_m: float, buffer_s: float) -> bool:
    """Whether any two chords come within a limit, and what they may be wrong by, of one another."""
    for first, second in _pairs(one, two, limit_m, buffer_s):
        doubt_m = first.bent_m + second.bent_m + _ROUNDING_M
        if (_least_distance(first, second, buffer_s) <= limit_m + doubt_m).any():
            return True
    return False


def _pairs(
    one: Chords, two: Chords, limit_m: float, buffer_s: float
) -> Iterator[tuple[Chords, Chords]]:
    """Pairs of chords that may meet: near in time, and with middles near enough in space."""
    for first_row in range(0, len(one.start_s), _BLOCK):
        part = one.rows(slice(first_row, first_row + _BLOCK))
        is_near = part.start_s[:, None] <= two.last_s + buffer_s
        is_near &= two.start_s <= part.last_s[:, None] + buffer_s
        i, j = np.nonzero(is_near)
        apart_m = np.linalg.norm(part.middle[i] - two.middle[j], axis=1)
        reach_m = limit_m + part.length_m[i] + two.length_m[j] + _ROUNDING_M  # more than enough
        i, j = i[apart_m <= reach_m], j[apart_m <= reach_m]
        if i.size:
            yield part.rows(i), two.rows(j)


def _least_distance(first: Chords, second: Chords, buffer_s: float) -> FloatArray:
    """
    Least distance of pairs of chords at times within the buffer, shape (k,); infinite where there are none.

    Positions are ``u`` and ``v`` from 0 to 1 along the chords. The times allow ``|lag| <= buffer``, where
    ``lag = offset + u first_s - v second_s``: with the square of (u, v) a convex polygon. A convex form is
    least either inside, where its gradient vanishes, or on one of the (at most six) sides.
    """
    plane = _Plane(
        apart=first.start - second.start,
        along=first.step,
        against=-second.step,
        offset=first.start_s - second.start_s,
        first_s=first.last_s - first.start_s,
        second_s=second.last_s - second.start_s,
        buffer_s=buffer_s,
    )
    zero, one = np.zeros(len(plane.offset)), np.ones(len(plane.offset))
    sides = [
        plane.on_line(zero, zero, zero, one),
        plane.on_line(one, zero, zero, one),
        plane.on_line(zero, zero, one, zero),
        plane.on_line(zero, one, one, zero),
        plane.on_lag(-buffer_s),
        plane.on_lag(buffer_s),
        plane.inside(),
    ]
    return np.asarray(np.min(sides, axis=0), dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plane:
    """Pairs of positions (u, v): their distance is ``|apart + u along + v against|``."""

    apart: FloatArray
    along: FloatArray
    against: FloatArray
    offset: FloatArray
    first_s: FloatArray
    second_s: FloatArray
    buffer_s: float

    def on_line(
        self, u: FloatArray, v: FloatArray, du: FloatArray, dv: FloatArray, spare_s: float = 0.0
    ) -> FloatArray:
        """Least distance at (u, v) + w (du, dv), w from 0 to 1, where square and times allow it."""
        low, high = np.zeros(len(u)), np.ones(len(u))
        lag, lag_step = self.lag(u, v), self.first_s * du - self.second_s * dv
        most_lag = self.buffer_s + spare_s
        for value, step, least, most in (
            (lag, lag_step, -most_lag, most_lag),
            (u, du, 0.0, 1.0),
            (v, dv, 0.0, 1.0),
        ):
            below, above = _solve(value, step, least, most)
            low, high = np.maximum(low, below), np.minimum(high, above)
        way = self.along * du[:, None] + self.against * dv[:, None]
        start = self.apart + self.along * u[:, None] + self.against * v[:, None]
        square = _dot(way, way)
        best = np.divide(-_dot(start, way), square, out=np.zeros(len(u)), where=square > 0)
        w = np.minimum(np.maximum(best, low), high)
        w = np.where(low <= high, w, 0.0)
        length_m = np.linalg.norm(start + way * w[:, None], axis=1)
        return np.where(low <= high, length_m, inf)

    def on_lag(self, lag_s: float) -> FloatArray:
        """Least distance where the times lie exactly so far apart, along the longer of both durations."""
        is_first = self.first_s >= self.second_s
        longer = np.where(is_first, self.first_s, self.second_s)
        one, zero = np.ones(len(longer)), np.zeros(len(longer))
        longer = np.where(longer > 0, longer, inf)  # two instants: no such side
        at = np.where(is_first, lag_s - self.offset, self.offset - lag_s) / longer
        step = np.where(is_first, self.second_s, self.first_s) / longer
        return self.on_line(
            np.where(is_first, at, zero),
            np.where(is_first, zero, at),
            np.where(is_first, step, one),
            np.where(is_first, one, step),
            spare_s=_ROUNDING_S,
        )

    def inside(self) -> FloatArray:
        """Distance where the gradient vanishes, if that lies in the polygon; infinite otherwise."""
        aa, ab, bb = (
            _dot(self.along, self.along),
            _dot(self.along, self.against),
            _dot(self.against, self.against),
        )
        ra, rb = _dot(self.apart, self.along), _dot(self.apart, self.against)
        det = aa * bb - ab * ab
        is_crossing = det > 1e-12 * aa * bb  # else parallel: least on a side as well
        safe_det = np.where(is_crossing, det, 1.0)
        u, v = (ab * rb - bb * ra) / safe_det, (ab * ra - aa * rb) / safe_det
        is_in = is_crossing & (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)
        is_in &= np.abs(self.lag(u, v)) <= self.buffer_s
        at = self.apart + self.along * u[:, None] + self.against * v[:, None]
        return np.where(is_in, np.linalg.norm(at, axis=1), inf)

    def lag(self, u: FloatArray, v: FloatArray) -> FloatArray:
        """Seconds by which the first is later than the second."""
        return self.offset + self.first_s * u - self.second_s * v


def _solve(
    value: FloatArray, step: FloatArray, least: float, most: float
) -> tuple[FloatArray, FloatArray]:
    """Range of w in which ``least <= value + w step <= most``; empty as (inf, -inf)."""
    is_level = step == 0
    divisor = np.where(is_level, 1.0, step)
    ends = np.sort([(least - value) / divisor, (most - value) / divisor], axis=0)
    is_met = (value >= least) & (value <= most)
    low = np.where(is_level, np.where(is_met, -inf, inf), ends[0])
    high = np.where(is_level, np.where(is_met, inf, -inf), ends[1])
    return low, high


def _dot(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.asarray((a * b).sum(axis=1), dtype=np.float64)
