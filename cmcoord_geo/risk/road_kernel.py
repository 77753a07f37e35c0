"""
A kernel of mass one on roads: equal split at every junction, continuous, all ways round at once.

The equal-split continuous kernel (Okabe and Sugihara, *Spatial Analysis along Networks*, 2012, ch. 9) sums
over every path, also those that turn back: at a junction of n roads a path goes on along each other road with
2/n of its weight and back with 2/n - 1. With a Gaussian profile that sum is the heat kernel of the network
(McSwiggan, Baddeley and Nair, *Scand. J. Statist.* 44, 2017). The profile ``exp(-d / reach) / (2 reach)`` is
a mixture of Gaussians over exponential times, so with it the sum solves ``u - reach**2 u'' = source`` along
each road, with what arrives at a junction leaving again. That is one sparse linear system over the junctions:
no path is listed, no range is cut off, and the mass is one by construction, on rings as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cmcoord_geo.risk.pieces import Pieces

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

#: Junctions up to which the whole inverse is kept, in numpy alone.
SMALL = 400


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadPoints:
    """
    Points on roads.

    Attributes
    ----------
    segment : ndarray of int64, shape (k,)
    fraction : ndarray of float64, shape (k,)
        Along the segment from its start, 0 to 1; a junction is the end of any road that meets it.
    """

    segment: Ints
    fraction: Floats

    def __len__(self) -> int:
        return len(self.segment)

    def some(self, chosen: slice | Ints) -> RoadPoints:
        """Points of some rows."""
        return RoadPoints(segment=self.segment[chosen], fraction=self.fraction[chosen])


class RoadKernel:
    """
    Equal-split continuous kernel with an exponential profile, on the pieces of one network.

    Parameters
    ----------
    pieces : Pieces
    reach_m : float
        Distance along an unbranched road at which the density has fallen to 1/e.
    """

    def __init__(self, pieces: Pieces, *, reach_m: float) -> None:
        network = pieces.network
        self._pieces = pieces
        self._start, self._end = network.start, network.end
        self._count = len(network.node_ids)
        self._reach_m = reach_m
        self._size = network.length_m / reach_m

    def masses(self, points: RoadPoints, amounts: Floats) -> Floats:
        """
        Mass on each piece of amounts put on points.

        Parameters
        ----------
        points : RoadPoints
        amounts : ndarray of float64, shape (k,)

        Returns
        -------
        ndarray of float64, shape (p,)
            Never negative; adds up to the sum of the amounts.
        """
        loads = np.zeros(self._count)
        for node, arriving in self._arrivals(points):
            loads += np.bincount(node, weights=arriving * amounts, minlength=self._count)
        mass = self._through(self._solve(loads))
        source, piece, direct = self._direct(points)
        mass += np.bincount(piece, weights=direct * amounts[source], minlength=len(mass))
        return np.maximum(mass, 0.0)

    def rows(self, points: RoadPoints) -> Floats:
        """Mass on each piece of one unit on each point, shape (k, p); for few points at a time."""
        heights = np.zeros((len(points), self._count))
        for node, arriving in self._arrivals(points):
            heights += arriving[:, None] * self._columns(node)
        mass = self._through(heights)
        source, piece, direct = self._direct(points)
        np.add.at(mass, (source, piece), direct)
        return np.maximum(mass, 0.0)

    def shares_on(self, segment: int, points: RoadPoints) -> Floats:
        """
        Part of one unit on each point that lies on a segment: one solution for all points, by symmetry.

        Parameters
        ----------
        segment : int
        points : RoadPoints

        Returns
        -------
        ndarray of float64, shape (k,)
        """
        loads = np.zeros(self._count)
        np.add.at(
            loads, [self._start[segment], self._end[segment]], np.tanh(self._size[segment] / 2)
        )
        heights = self._solve(loads)
        shares = np.zeros(len(points))
        lost = np.ones(len(points))
        for node, arriving in self._arrivals(points):
            shares += arriving * heights[node]
            lost -= arriving
        shares[points.segment == segment] += lost[points.segment == segment]
        return np.maximum(shares, 0.0)

    def _arrivals(self, points: RoadPoints) -> tuple[tuple[Ints, Floats], tuple[Ints, Floats]]:
        """Part of one unit on each point that comes as far as either end of its segment."""
        size = self._size[points.segment]
        ends = (self._start, 1.0 - points.fraction), (self._end, points.fraction)
        return tuple(  # type: ignore[return-value]
            (end[points.segment], _rise(rest * size) / _rise(size) * np.exp((rest - 1.0) * size))
            for end, rest in ends
        )

    def _through(self, heights: Floats) -> Floats:
        """Mass on each piece that came through the junctions, from the heights there, shape (..., n)."""
        segment = self._pieces.segment
        mass: Floats = heights[..., self._start[segment]] * self._weights[0]
        mass += heights[..., self._end[segment]] * self._weights[1]
        return mass

    @cached_property
    def _weights(self) -> tuple[Floats, Floats]:
        """Mass on each piece for a height of one at the start, and at the end, of its segment."""
        pieces = self._pieces
        size = self._size[pieces.segment]
        half = (pieces.to_fraction - pieces.from_fraction) / 2 * size
        middle = pieces.middle * size
        return _area(size - middle, half, size), _area(middle, half, size)

    def _direct(self, points: RoadPoints) -> tuple[Ints, Ints, Floats]:
        """Mass of each point on the pieces of its own segment that never met a junction."""
        pieces = self._pieces
        counts = np.diff(pieces.first)[points.segment]
        source = np.repeat(np.arange(len(points)), counts)
        piece = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        piece += pieces.first[points.segment][source]
        at, size = points.fraction[source], self._size[pieces.segment[piece]]
        start, end = pieces.from_fraction[piece], pieces.to_fraction[piece]
        before = _beside(np.minimum(start, at), np.minimum(end, at), at, size)
        after = _beside(1 - np.maximum(end, at), 1 - np.maximum(start, at), 1 - at, size)
        return source, piece, before + after

    def _columns(self, nodes: Ints) -> Floats:
        """Heights at every junction for a unit load on each of some junctions, shape (k, n)."""
        if self._inverse is not None:
            return self._inverse[nodes]
        loads = np.zeros((self._count, len(nodes)))
        loads[nodes, np.arange(len(nodes))] = 1.0
        return self._solve(loads).T

    def _solve(self, loads: Floats) -> Floats:
        """Heights at the junctions for loads there, shape (n,) or (n, k)."""
        heights: Floats = self._factors(loads) if self._inverse is None else self._inverse @ loads
        return heights

    @cached_property
    def _inverse(self) -> Floats | None:
        """Whole inverse of the system of a small network."""
        if self._count > SMALL:
            return None
        matrix = np.zeros((self._count, self._count))
        np.add.at(matrix, *self._entries)
        return np.asarray(np.linalg.inv(matrix), dtype=np.float64)

    @cached_property
    def _factors(self) -> Callable[[Floats], Floats]:
        """Factors of the system of a large network."""
        from scipy.sparse import csc_array
        from scipy.sparse.linalg import splu

        where, values = self._entries
        matrix = csc_array((values, where), shape=(self._count, self._count))
        options = {"SymmetricMode": True}
        factors = splu(
            matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options
        )  # symmetric and diagonally dominant: no pivoting
        return factors.solve

    @cached_property
    def _entries(self) -> tuple[tuple[Ints, Ints], Floats]:
        """Rows, columns and values: what flows out of each junction for a height of one at each."""
        start, end, size = self._start, self._end, self._size
        out = 1.0 / np.tanh(size)
        over = 2.0 * np.exp(-size) / _rise(size)
        alone = np.flatnonzero(
            np.bincount(np.concatenate([start, end]), minlength=self._count) == 0
        )
        rows = np.concatenate([start, end, start, end, alone])
        columns = np.concatenate([start, end, end, start, alone])
        values = np.concatenate([out, out, -over, -over, np.ones(len(alone))])
        return (rows, columns), values


def _rise(size: Floats) -> Floats:
    """Two sinh of a length, over its exponential: never overflows."""
    rise: Floats = -np.expm1(-2.0 * size)
    return rise


def _area(middle: Floats, half: Floats, size: Floats) -> Floats:
    """Integral of sinh from ``middle - half`` to ``middle + half``, over the sinh of a whole length."""
    area: Floats = _rise(middle) * _rise(half) / _rise(size) * np.exp(middle + half - size)
    return area


def _beside(low: Floats, high: Floats, at: Floats, size: Floats) -> Floats:
    """Mass from ``low`` to ``high``, fractions up to a point ``at``, with nothing let in at either end."""
    middle, half, rest = (high + low) / 2 * size, (high - low) / 2 * size, (1.0 - at) * size
    steep = np.exp(rest + middle + half - size)
    mass: Floats = _rise(rest) * _rise(middle) * _rise(half) / _rise(size) * steep / 2.0
    return mass
