"""Roads that lie near other roads: their chords in space, and which of them come within a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from cmcoord_geo.planning.tracks import chords_of

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def road_chords(network: RoadNetwork, segments: Iterable[int]) -> RoadChords:
    """Chords of some segments; chainage runs evenly along the drawn line."""
    parts = [_of_segment(network, segment) for segment in segments]
    if not parts:
        none = np.zeros(0)
        space = np.zeros((0, 3))
        return RoadChords(none.astype(np.int64), np.zeros((0, 2)), space, space, none)
    return RoadChords(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _of_segment(network: RoadNetwork, segment: int) -> RoadChords:
    length_m = float(network.length_m[segment])
    chords = chords_of(np.asarray(network.lines[segment], float), 0.0, length_m)
    return RoadChords(
        segment=np.full(len(chords.start_s), segment, np.int64),
        at_m=np.column_stack([chords.start_s, chords.last_s]),
        start=chords.start,
        step=chords.step,
        bent_m=chords.bent_m,
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


def _middles(chords: RoadChords) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle of each chord, and half its length with what the road may bend from it."""
    half_m = np.linalg.norm(chords.step, axis=1) / 2 + chords.bent_m
    return chords.start + chords.step / 2, half_m


def _seen_from_above(points: NDArray[np.float64]) -> NDArray[np.object_]:
    east = points[:, 0] * _EAST[0] + points[:, 1] * _EAST[1]
    return np.asarray(shapely.points(east, points[:, 2]), dtype=np.object_)
