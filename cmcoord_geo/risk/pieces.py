"""Roads cut into pieces of about equal length: the unit in which hazard is held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network import nearest_places
from cmcoord_geo.network.lines import Lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces:
    """
    Pieces of every segment, in the order of the segments.

    Attributes
    ----------
    network : RoadNetwork
    segment : ndarray of int64, shape (p,)
    from_fraction, to_fraction : ndarray of float64, shape (p,)
        Along the segment, from its start.
    length_m : ndarray of float64, shape (p,)
    lon, lat : ndarray of float64, shape (p,)
        Middle of each piece.
    first : ndarray of int64, shape (m + 1,)
        Pieces of segment ``i`` are ``first[i]`` to ``first[i + 1]``.
    area : tuple of str
        Prefecture (2021) of the place nearest to each piece.
    """

    network: RoadNetwork
    segment: NDArray[np.int64]
    from_fraction: NDArray[np.float64]
    to_fraction: NDArray[np.float64]
    length_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    first: NDArray[np.int64]
    area: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.segment)

    @property
    def middle(self) -> NDArray[np.float64]:
        """Fraction of each piece's middle along its segment, shape (p,)."""
        return (self.from_fraction + self.to_fraction) / 2


@lru_cache(maxsize=8)
def cut_into_pieces(network: RoadNetwork, *, piece_m: float) -> Pieces:
    """
    Cut each segment into equal pieces no longer than a length; the last answers are kept.

    Parameters
    ----------
    network : RoadNetwork
    piece_m : float
        Greatest length of a piece in metres.
    """
    counts = np.maximum(1, np.ceil(network.length_m / piece_m)).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(counts)])
    segment = np.repeat(np.arange(len(network)), counts)
    rank = np.arange(first[-1]) - first[segment]
    start, end = rank / counts[segment], (rank + 1) / counts[segment]
    lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
    lonlat = lines.points_at(segment, (start + end) / 2)
    return Pieces(
        network=network,
        segment=segment,
        from_fraction=start,
        to_fraction=end,
        length_m=network.length_m[segment] / counts[segment],
        lon=lonlat[:, 0],
        lat=lonlat[:, 1],
        first=first,
        area=tuple(place.prefecture_2021 for place in nearest_places(lonlat)),
    )


@lru_cache(maxsize=8)
def areas_of(pieces: Pieces) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Areas of the pieces, each once in order of name, and which of them each piece lies in."""
    names = tuple(sorted(set(pieces.area)))
    number = {name: i for i, name in enumerate(names)}
    return names, np.array([number[name] for name in pieces.area], dtype=np.int64)
