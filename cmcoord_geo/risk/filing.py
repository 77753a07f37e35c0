"""
Where records are filed: a record at a town's coordinate is filed there, whichever road it happened on.

Skill is scored on where the next record will be filed, in pieces of road; towns and points repeat, so the
work is done once for each spot. Distances are straight lines on a sphere, right to a third of a per cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.network.snap import RoadIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.risk.pieces import Pieces

EARTH_M = 6_371_008.8
#: Distances held at once.
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """
    Density ``exp(-(d / reach) ** power)`` at a distance.

    Attributes
    ----------
    reach_m : float
    power : float
        1 exponential, 2 Gaussian.
    """

    reach_m: float
    power: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filing:
    """
    Records on pieces of road.

    Attributes
    ----------
    pieces : Pieces
    record : ndarray of int64, shape (n,)
        Rows of the incidents that are precise enough and near enough to a road.
    spot : ndarray of int64, shape (n,)
        Spot of each record.
    piece : ndarray of int64, shape (u,)
        Piece nearest to each spot.
    xyz : ndarray of float64, shape (u, 3)
        Spots on the unit sphere.
    """

    pieces: Pieces
    record: NDArray[np.int64]
    spot: NDArray[np.int64]
    piece: NDArray[np.int64]
    xyz: NDArray[np.float64]

    @property
    def piece_of_record(self) -> NDArray[np.int64]:
        """Piece of each record, shape (n,)."""
        return self.piece[self.spot]

    def around(self, weights: NDArray[np.float64], kernel: Kernel) -> NDArray[np.float64]:
        """
        Mass around spots over all pieces, each spot's mass kept.

        Parameters
        ----------
        weights : ndarray of float64, shape (u,)
            Mass of each spot.
        kernel : Kernel

        Returns
        -------
        ndarray of float64, shape (p,)
        """
        found = np.zeros(len(self.pieces))
        scaled = np.divide(weights, self.mass(kernel))
        for part, density in self._densities(kernel):
            found[part] = scaled @ density
        return found

    def around_at(self, kernel: Kernel, at: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of each spot's mass that lies on some pieces, shape (u, m)."""
        density = self._density(self._piece_xyz(at), self.pieces.length_m[at], kernel)
        return density / self.mass(kernel)[:, None]

    def in_groups(
        self, kernel: Kernel, group: NDArray[np.int64], count: int
    ) -> NDArray[np.float64]:
        """Share of each spot's mass in each group of pieces, shape (u, count)."""
        found = np.zeros((len(self.xyz), count))
        for part, density in self._densities(kernel):
            for i in np.unique(group[part]).tolist():
                found[:, i] += density[:, group[part] == i].sum(axis=1)
        return found / self.mass(kernel)[:, None]

    def mass(self, kernel: Kernel) -> NDArray[np.float64]:
        """Sum of a kernel over all pieces, by which each spot's mass is divided, shape (u,)."""
        total = np.zeros(len(self.xyz))
        for _, density in self._densities(kernel):
            total += density.sum(axis=1)
        return total

    def _densities(self, kernel: Kernel) -> Iterator[tuple[slice, NDArray[np.float64]]]:
        step = max(1, _AT_ONCE // max(len(self.xyz), 1))
        for first in range(0, len(self.pieces), step):
            part = slice(first, min(first + step, len(self.pieces)))
            at = np.arange(part.start, part.stop)
            yield part, self._density(self._piece_xyz(at), self.pieces.length_m[part], kernel)

    def _piece_xyz(self, at: NDArray[np.int64]) -> NDArray[np.float64]:
        return on_sphere(self.pieces.lon[at], self.pieces.lat[at])

    def _density(
        self, xyz: NDArray[np.float64], length_m: NDArray[np.float64], kernel: Kernel
    ) -> NDArray[np.float64]:
        """Length of each piece by how near it lies to each spot, shape (u, m)."""
        chord = np.sqrt(np.maximum(2.0 - 2.0 * self.xyz @ xyz.T, 0.0))
        density: NDArray[np.float64] = length_m * np.exp(
            -((chord * EARTH_M / kernel.reach_m) ** kernel.power)
        )
        return density


def file_records(
    pieces: Pieces,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    precision: NDArray[np.int8],
    *,
    coarsest: int,
    within_m: float,
) -> Filing:
    """
    File records on the pieces nearest to them.

    Parameters
    ----------
    pieces : Pieces
    lon, lat : ndarray of float64, shape (n,)
        NaN where a record has no position.
    precision : ndarray of int8, shape (n,)
    coarsest : int
        Records of a coarser precision say nothing about a road.
    within_m : float
        Nor do records farther than this from every road.
    """
    is_known = (precision >= 1) & (precision <= coarsest) & np.isfinite(lon) & np.isfinite(lat)
    rows = np.flatnonzero(is_known)
    lonlat, spot = np.unique(np.column_stack([lon[rows], lat[rows]]), axis=0, return_inverse=True)
    piece, away_m = nearest_pieces(pieces, lonlat)
    is_near = away_m <= within_m
    rows, spot = rows[is_near[spot]], spot.ravel()[is_near[spot.ravel()]]
    renumbered = np.cumsum(is_near) - 1
    return Filing(
        pieces=pieces,
        record=rows,
        spot=renumbered[spot].astype(np.int64),
        piece=piece[is_near],
        xyz=on_sphere(lonlat[is_near, 0], lonlat[is_near, 1]),
    )


def nearest_pieces(
    pieces: Pieces, lonlat: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Piece nearest to each position, and metres away from its road."""
    found = RoadIndex(pieces.network).snap(lonlat)
    first, last = pieces.first[found.segment], pieces.first[found.segment + 1]
    rank = np.floor(found.fraction * (last - first)).astype(np.int64)
    return np.minimum(first + rank, last - 1), found.away_m


def town_pieces(pieces: Pieces, *, within_m: float) -> NDArray[np.int64]:
    """Pieces at which records of the towns of the gazetteer are filed, each once."""
    towns = [place for place in places().values() if place.country == "CAF"]
    piece, away_m = nearest_pieces(pieces, np.array([(town.lon, town.lat) for town in towns]))
    return np.unique(piece[away_m <= within_m])


def on_sphere(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the unit sphere, shape (n, 3)."""
    a, b = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)])
