"""Lines by the nodes on them, which are numbered by their place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.osm.levels import level_of
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.extract import OsmExtract

#: Places are told apart to a ten-millionth of a degree.
PER_DEGREE = 10_000_000
_HALF_TURN, _QUARTER_TURN = 180 * PER_DEGREE, 90 * PER_DEGREE
_NODES_A_MERIDIAN = 2 * _QUARTER_TURN + 1


def number_of(lonlat: NDArray[np.float64]) -> NDArray[np.int64]:
    """
    Number of the node at each place, so that lines of any file meet where their points coincide.

    Parameters
    ----------
    lonlat : ndarray of float64, shape (n, 2)
        Degrees on WGS84.

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    whole = np.rint(lonlat * PER_DEGREE).astype(np.int64)
    found: NDArray[np.int64] = (
        (whole[:, 0] + _HALF_TURN) * _NODES_A_MERIDIAN + whole[:, 1] + _QUARTER_TURN
    )
    return found


def place_of(nodes: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude of numbered nodes, each of shape (n,)."""
    lon, lat = np.divmod(nodes, _NODES_A_MERIDIAN)
    return (lon - _HALF_TURN) / PER_DEGREE, (lat - _QUARTER_TURN) / PER_DEGREE


@dataclass(frozen=True, eq=False)
class Strands:
    """
    Lines as rows of nodes.

    Attributes
    ----------
    ways : tuple of ndarray of int64
        Nodes of each line.
    level : tuple of int
        Level of each line.
    """

    ways: tuple[NDArray[np.int64], ...]
    level: tuple[int, ...]

    def renamed(self, moved: Mapping[int, int]) -> Strands:
        """The same lines with some nodes replaced by others."""
        if not moved:
            return self
        old = np.array(sorted(moved), dtype=np.int64)
        new = np.array([moved[node] for node in old.tolist()], dtype=np.int64)
        found = []
        for way in self.ways:
            at = np.minimum(np.searchsorted(old, way), len(old) - 1)
            found.append(np.where(old[at] == way, new[at], way))
        return Strands(tuple(found), self.level)

    @cached_property
    def _counts(self) -> dict[int, int]:
        """How often each end or meeting point of lines lies on a line."""
        ends = {int(node) for way in self.ways for node in (way[0], way[-1])}
        refs = np.concatenate(self.ways)
        nodes, counts = np.unique(refs, return_counts=True)
        is_told = (counts > 1) | np.isin(nodes, np.array(sorted(ends), dtype=np.int64))
        return dict(zip(nodes[is_told].tolist(), counts[is_told].tolist(), strict=True))

    @cached_property
    def on(self) -> dict[int, list[int]]:
        """Lines on which each end or meeting point lies, each once."""
        found: dict[int, list[int]] = {node: [] for node in self._counts}
        refs = np.concatenate(self.ways)
        owner = np.repeat(np.arange(len(self.ways)), [len(way) for way in self.ways])
        is_told = np.isin(refs, np.array(list(found), dtype=np.int64))
        for node, way in zip(refs[is_told].tolist(), owner[is_told].tolist(), strict=True):
            if not found[node] or found[node][-1] != way:
                found[node].append(way)
        return found

    @cached_property
    def levels(self) -> dict[int, frozenset[int]]:
        """Levels of the lines at each end or meeting point."""
        return {node: frozenset(self.level[i] for i in ways) for node, ways in self.on.items()}

    def is_loose(self, node: int) -> bool:
        """Whether a node is the end of one line at which nothing else meets."""
        return self._counts[node] == 1

    def meets(self, node: int) -> int:
        """How often a node lies on a line."""
        return self._counts[node]

    def along_m(self, x: int, y: int) -> float:
        """Shortest stretch of a line between two ends or meeting points; infinite where no line has both."""
        shared = set(self.on[x]) & set(self.on[y])
        return min((self._stretch_m(self.ways[i], x, y) for i in shared), default=float("inf"))

    def _stretch_m(self, way: NDArray[np.int64], x: int, y: int) -> float:
        along_m = distances_m(way)
        first, second = along_m[way == x], along_m[way == y]
        return float(np.abs(first[:, None] - second[None, :]).min())


def apart_m(a: int, b: int) -> float:
    """Geodesic metres between two nodes, the same both ways."""
    lon, lat = place_of(np.array([min(a, b), max(a, b)]))
    return float(geodesic_m(lon[0], lat[0], lon[1], lat[1])[0])


def distances_m(way: NDArray[np.int64]) -> NDArray[np.float64]:
    """Geodesic metres from the first node of a line to each."""
    lon, lat = place_of(way)
    steps = geodesic_m(lon[:-1], lat[:-1], lon[1:], lat[1:]) if len(way) > 1 else np.zeros(0)
    return np.concatenate([[0.0], np.cumsum(steps)])


def strands_of(extract: OsmExtract) -> Strands:
    """Lines of an extract whose nodes are numbered by their place."""
    levels = [level_of(dict(tags)) for tags in extract.tags]
    return Strands(
        tuple(np.split(extract.refs, extract.first[1:-1])),
        tuple(levels[code] for code in extract.way_tags.tolist()),
    )
