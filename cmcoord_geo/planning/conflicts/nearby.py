"""Roads that lie near other roads: their chords in space, and which of them come within a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from cmcoord_geo.planning.tracks import CHORD_M, LEAST_RADIUS_M, in_space, straight_m
from cmcoord_geo.units import geod

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork

#: Eastward direction at 20 E: CAR lies about it, and looking along the third axis lengthens nothing.
_EAST = (-np.sin(np.radians(20.0)), np.cos(np.radians(20.0)))
_ROUNDING_M = 1e-3


class RoadChords(NamedTuple):
    """
    Segments as straight pieces of at most 1 km.

    Attributes
    ----------
    segment : ndarray of int64, shape (n,)
    at_m : ndarray of float64, shape (n, 2)
        Chainage of both ends.
    start, step : ndarray of float64, shape (n, 3)
        Metres from the middle of the Earth.
    bent_m : ndarray of float64, shape (n,)
        How far the road may lie from its chord.
    """

    segment: NDArray[np.int64]
    at_m: NDArray[np.float64]
    start: NDArray[np.float64]
    step: NDArray[np.float64]
    bent_m: NDArray[np.float64]

    def rows(self, rows: NDArray[np.int64]) -> RoadChords:
        """Some of the chords."""
        return RoadChords(
            self.segment[rows],
            self.at_m[rows],
            self.start[rows],
            self.step[rows],
            self.bent_m[rows],
        )


def road_chords(network: RoadNetwork, segments: Sequence[int]) -> RoadChords:
    """Chords of some segments; chainage runs evenly along the drawn line."""
    if not len(segments):
        none = np.zeros(0)
        space = np.zeros((0, 3))
        return RoadChords(none.astype(np.int64), np.zeros((0, 2)), space, space, none)
    lines = [np.asarray(network.lines[segment], float) for segment in segments]
    points, owner = np.concatenate(lines), np.repeat(np.arange(len(lines)), list(map(len, lines)))
    first = np.flatnonzero(owner[:-1] == owner[1:])  # each leg by its first point
    lon, lat = points.T
    azimuth, _, leg_m = geod().inv(lon[first], lat[first], lon[first + 1], lat[first + 1])
    pieces = np.maximum(np.ceil(leg_m / CHORD_M), 1).astype(np.int64)
    leg = np.repeat(np.arange(len(first)), pieces)
    rank = np.arange(len(leg)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    step_m = leg_m[leg] / pieces[leg]
    ends = [geod().fwd(lon[first][leg], lat[first][leg], azimuth[leg], step_m * (rank + more))
            for more in (0, 1)]  # fmt: skip
    start, end = (in_space(np.asarray(x), np.asarray(y)) for x, y, _ in ends)
    drawn_m = np.bincount(owner[first], leg_m, len(lines))
    before_m = np.cumsum(leg_m) - leg_m
    before_m -= before_m[np.searchsorted(owner[first], owner[first])]
    chosen = np.asarray(segments, np.int64)
    scale = network.length_m[chosen] / np.where(drawn_m > 0, drawn_m, 1.0)
    low_m = before_m[leg] + step_m * rank
    at_m = np.column_stack([low_m, low_m + step_m]) * scale[owner[first][leg]][:, None]
    segment = chosen[owner[first][leg]]
    return RoadChords(
        segment=segment,
        at_m=np.minimum(at_m, network.length_m[segment][:, None]),
        start=start,
        step=end - start,
        bent_m=step_m**2 / (8 * LEAST_RADIUS_M),
    )


def near_pairs(
    ours: RoadChords, theirs: RoadChords, limit_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Chords that may come within a straight distance of one another: some too many, none too few.

    Parameters
    ----------
    ours, theirs : RoadChords
    limit_m : float

    Returns
    -------
    ours, theirs : ndarray of int64, shape (k,)
    """
    if not len(ours.segment) or not len(theirs.segment):
        none = np.zeros(0, np.int64)
        return none, none
    middle, half = zip(*(_middles(side) for side in (ours, theirs)), strict=True)
    reach_m = limit_m + float(half[0].max() + half[1].max()) + _ROUNDING_M
    tree = shapely.STRtree(_seen_from_above(middle[0]))
    j, i = tree.query(_seen_from_above(middle[1]), predicate="dwithin", distance=reach_m)
    apart_m = np.linalg.norm(middle[0][i] - middle[1][j], axis=1)
    is_near = apart_m <= limit_m + half[0][i] + half[1][j] + _ROUNDING_M
    return i[is_near], j[is_near]


def segments_near(
    network: RoadNetwork, ours: Sequence[int], theirs: Sequence[int], separation_m: float
) -> frozenset[int]:
    """
    Segments of ours that are, or may come near, one of theirs: some too many, none too few.

    Parameters
    ----------
    network : RoadNetwork
    ours, theirs : sequence of int
        Segments.
    separation_m : float
        0: only those that are both.
    """
    both = frozenset(ours) & frozenset(theirs)
    if not separation_m:
        return both
    chords = road_chords(network, ours)
    i, _ = near_pairs(chords, road_chords(network, theirs), straight_m(separation_m))
    return both | frozenset(chords.segment[i].tolist())


def _middles(chords: RoadChords) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle of each chord, and half its length with what the road may bend from it."""
    half_m = np.linalg.norm(chords.step, axis=1) / 2 + chords.bent_m
    return chords.start + chords.step / 2, half_m


def _seen_from_above(points: NDArray[np.float64]) -> NDArray[np.object_]:
    east = points[:, 0] * _EAST[0] + points[:, 1] * _EAST[1]
    return np.asarray(shapely.points(east, points[:, 2]), dtype=np.object_)
