"""
Closest approach of two straight pieces of road whose users are there within ranges of time: closed form.

Whoever uses a piece is at its start between a first and a last moment, and at its end between another first
and last; between the two both change evenly. Two users may be at ``u`` and ``v`` (0 to 1 along their pieces)
at times within a buffer unless one is surely gone before the other comes. What is left of the square of
(u, v) is a convex polygon, the squared distance is a convex quadratic form, and its least value there is
found exactly: no moment is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cmcoord_geo.planning.tracks import Chords

FloatArray = NDArray[np.float64]
#: What rounding may take from a time where a place is computed from it.
_SPARE_S = 1e-7


class Bands(NamedTuple):
    """
    Straight pieces, each with the range of times at both ends.

    Attributes
    ----------
    start, step : ndarray of float64, shape (n, d)
        Metres: where each piece begins, and from there to its end.
    first_s, last_s : ndarray of float64, shape (n, 2)
        Seconds since an origin: first and last moment at the start and at the end.
    """

    start: FloatArray
    step: FloatArray
    first_s: FloatArray
    last_s: FloatArray

    @classmethod
    def of(cls, chords: Chords) -> Bands:
        """Pieces of a track driven at one speed: first and last moment are the same."""
        times = np.column_stack([chords.start_s, chords.last_s])
        return cls(start=chords.start, step=chords.step, first_s=times, last_s=times)


def least_distance(one: Bands, two: Bands, buffer_s: float) -> FloatArray:
    """
    Least distance of pairs of pieces at times within a buffer, shape (k,); infinite where there are none.

    A convex form is least either inside the polygon, where its gradient vanishes, or on one of its (at most
    six) sides.

    Parameters
    ----------
    one, two : Bands
        ``k`` pieces each, compared row by row.
    buffer_s : float
        Times that lie up to this apart, itself included, count as one.
    """
    count = len(one.start)
    plane = _Plane(
        apart=one.start - two.start,
        along=one.step,
        against=-two.step,
        limits=(_lag(one, two), _lag(two, one).turned()),
        buffer_s=buffer_s,
    )
    zero, unit = np.zeros(count), np.ones(count)
    sides = [
        plane.on_line(zero, zero, zero, unit),
        plane.on_line(unit, zero, zero, unit),
        plane.on_line(zero, zero, unit, zero),
        plane.on_line(zero, unit, unit, zero),
        plane.on_limit(0),
        plane.on_limit(1),
        plane.inside(),
    ]
    return np.asarray(np.min(sides, axis=0), dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lag:
    """Seconds by which one is surely later than the other: ``offset + per_u u + per_v v``."""

    offset: FloatArray
    per_u: FloatArray
    per_v: FloatArray

    def turned(self) -> _Lag:
        """The same, where ``u`` and ``v`` change places."""
        return _Lag(offset=self.offset, per_u=self.per_v, per_v=self.per_u)

    def at(self, u: FloatArray, v: FloatArray) -> FloatArray:
        return self.offset + self.per_u * u + self.per_v * v


def _lag(one: Bands, two: Bands) -> _Lag:
    """First moment of one after the last of the other."""
    return _Lag(
        offset=one.first_s[:, 0] - two.last_s[:, 0],
        per_u=one.first_s[:, 1] - one.first_s[:, 0],
        per_v=two.last_s[:, 0] - two.last_s[:, 1],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plane:
    """Pairs of positions (u, v): their distance is ``|apart + u along + v against|``."""

    apart: FloatArray
    along: FloatArray
    against: FloatArray
    limits: tuple[_Lag, _Lag]
    buffer_s: float

    def on_line(
        self,
        u: FloatArray,
        v: FloatArray,
        du: FloatArray,
        dv: FloatArray,
        spare_s: tuple[float, float] = (0.0, 0.0),
    ) -> FloatArray:
        """Least distance at (u, v) + w (du, dv), w from 0 to 1, where square and times allow it."""
        low, high = np.zeros(len(u)), np.ones(len(u))
        bounds = [
            (lag.at(u, v), lag.per_u * du + lag.per_v * dv, -inf, self.buffer_s + spare)
            for lag, spare in zip(self.limits, spare_s, strict=True)
        ]
        for value, step, least, most in (*bounds, (u, du, 0.0, 1.0), (v, dv, 0.0, 1.0)):
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

    def on_limit(self, which: int) -> FloatArray:
        """Least distance where one comes just as the other is gone, along the steeper of both times."""
        lag = self.limits[which]
        is_first = np.abs(lag.per_u) >= np.abs(lag.per_v)
        steeper = np.where(is_first, lag.per_u, lag.per_v)
        one, zero = np.ones(len(steeper)), np.zeros(len(steeper))
        steeper = np.where(steeper != 0, steeper, inf)  # both stand still: no such side
        at = (self.buffer_s - lag.offset) / steeper
        step = -np.where(is_first, lag.per_v, lag.per_u) / steeper
        return self.on_line(
            np.where(is_first, at, zero),
            np.where(is_first, zero, at),
            np.where(is_first, step, one),
            np.where(is_first, one, step),
            spare_s=(_SPARE_S, 0.0) if which == 0 else (0.0, _SPARE_S),
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
        for lag in self.limits:
            is_in &= lag.at(u, v) <= self.buffer_s
        at = self.apart + self.along * u[:, None] + self.against * v[:, None]
        return np.where(is_in, np.linalg.norm(at, axis=1), inf)


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
