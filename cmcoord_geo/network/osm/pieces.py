"""
Ways cut where roads meet: at junctions, ends and barriers.

A barrier closes no more than itself: on each road that meets there but one, the last metre before it
becomes a piece of its own that only those may drive who pass the barrier.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.extract import OsmExtract

#: Length of the piece before a barrier.
STUB_M = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces:
    """
    Pieces of ways between nodes of the network.

    Attributes
    ----------
    way : ndarray of int64, shape (m,)
        Place of the way in the extract.
    start, end : ndarray of int64, shape (m,)
        Node ids; those of stubs are negative.
    first : ndarray of int64, shape (m + 1,)
        Piece ``i`` has the points ``lonlat[first[i]:first[i + 1]]``.
    lonlat : ndarray of float64, shape (p, 2)
    length_m : ndarray of float64, shape (m,)
        Geodesic.
    barrier : ndarray of int64, shape (m,)
        Id of the barrier node of a stub; 0 on any other piece.
    dangling, short : int
        Nodes that the file lacks, and ways of which nothing is left: without two usable points in a row.
    cut : ndarray of int64, shape (c,)
        Ids of the nodes next to one that the file lacks, sorted.
    """

    way: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    first: NDArray[np.int64]
    lonlat: NDArray[np.float64]
    length_m: NDArray[np.float64]
    barrier: NDArray[np.int64]
    dangling: int
    short: int
    cut: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def keeping(self, is_kept: NDArray[np.bool_]) -> Pieces:
        """Those of a mask of shape (m,), in their order."""
        sizes = np.diff(self.first)
        return replace(
            self,
            way=self.way[is_kept],
            start=self.start[is_kept],
            end=self.end[is_kept],
            first=np.concatenate([[0], np.cumsum(sizes[is_kept])]).astype(np.int64),
            lonlat=self.lonlat[np.repeat(is_kept, sizes)],
            length_m=self.length_m[is_kept],
            barrier=self.barrier[is_kept],
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Chain:
    """Points of all ways in a row: node ids, positions, the way of each, and cuts asked for."""

    ref: NDArray[np.int64]
    lonlat: NDArray[np.float64]
    way: NDArray[np.int64]
    is_cut: NDArray[np.bool_]
    barrier: NDArray[np.int64]


def cut_ways(extract: OsmExtract, barriers: Mapping[int, int]) -> Pieces:
    """
    Cut the ways of an extract.

    Parameters
    ----------
    extract : OsmExtract
    barriers : mapping
        Node id of each barrier that somebody cannot pass; the values are not read.
    """
    chain, dangling = _located(extract)
    chain = _with_stubs(chain, np.array(sorted(barriers), dtype=np.int64))
    follows = np.flatnonzero(chain.way[1:] == chain.way[:-1])  # point i and i + 1 are on one way
    is_gap = _is_gap(chain, follows)
    beside = chain.ref[np.concatenate([follows[is_gap], follows[is_gap] + 1])]
    follows = follows[~is_gap]
    a, b = chain.lonlat[follows], chain.lonlat[follows + 1]
    step_m = geodesic_m(a[:, 0], a[:, 1], b[:, 0], b[:, 1]) if len(follows) else np.zeros(0)
    is_node = _is_node(chain)
    # a new piece begins at each step that starts at a node, on another way or after a gap
    is_first = np.ones(len(follows), dtype=bool)
    is_first[1:] = is_node[follows[1:]] | (np.diff(follows) != 1)
    begin = np.flatnonzero(is_first)
    length_m = np.add.reduceat(step_m, begin) if len(begin) else np.zeros(0)
    last = np.append(begin[1:], len(follows)) - 1
    keep = length_m > 0
    begin, last, length_m = begin[keep], last[keep], length_m[keep]
    starts, ends = follows[begin], follows[last] + 1
    sizes = ends - starts + 1
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    take = np.repeat(starts - first[:-1], sizes) + np.arange(first[-1])
    return Pieces(
        way=chain.way[starts],
        start=chain.ref[starts],
        end=chain.ref[ends],
        first=first,
        lonlat=chain.lonlat[take],
        length_m=length_m,
        barrier=_barrier_of(chain, starts, ends),
        dangling=dangling,
        short=len(extract.way_ids) - len(np.unique(chain.way[starts])),
        cut=np.unique(beside[beside != 0]),
    )


def _located(extract: OsmExtract) -> tuple[_Chain, int]:
    """Points with a position; where one is missing its way is interrupted (id 0), so that nothing leaps."""
    way = np.repeat(np.arange(len(extract.way_ids)), np.diff(extract.first))
    is_new = np.ones(len(way), dtype=bool)  # a node written twice in a row is one
    is_new[1:] = (np.diff(extract.refs) != 0) | (np.diff(way) != 0)
    way, refs = way[is_new], extract.refs[is_new]
    at = np.searchsorted(extract.node_ids, refs)
    at = np.minimum(at, max(len(extract.node_ids) - 1, 0))
    is_known = (
        extract.node_ids[at] == refs if len(extract.node_ids) else np.zeros(len(at), dtype=bool)
    )
    lonlat = np.full((len(at), 2), np.nan)
    lonlat[is_known, 0] = extract.lon[at[is_known]]
    lonlat[is_known, 1] = extract.lat[at[is_known]]
    is_known &= np.isfinite(lonlat).all(axis=1)
    # one dangling node in the middle stays as a gap; it is dropped later with the steps on both its sides
    cut = np.zeros(len(at), dtype=bool)
    zeros = np.zeros(len(at), dtype=np.int64)
    ref = np.where(is_known, refs, 0)
    missing = len(np.unique(refs[~is_known]))
    return _Chain(ref, lonlat, way, cut, zeros), missing


def _is_gap(chain: _Chain, follows: NDArray[np.int64]) -> NDArray[np.bool_]:
    gap: NDArray[np.bool_] = (chain.ref[follows] == 0) | (chain.ref[follows + 1] == 0)
    return gap


def _is_node(chain: _Chain) -> NDArray[np.bool_]:
    """Points that are nodes of the network: met twice, or asked for. Ends of ways cut by themselves."""
    _, inverse, counts = np.unique(chain.ref, return_inverse=True, return_counts=True)
    met: NDArray[np.bool_] = (counts[inverse] > 1) | chain.is_cut
    return met


def _with_stubs(chain: _Chain, barriers: NDArray[np.int64]) -> _Chain:
    """Put a point a metre before each barrier on each road that meets there but the first."""
    where = np.flatnonzero(np.isin(chain.ref, barriers))
    if not len(where):
        return chain
    numbers = count(-1, -1)
    met: set[int] = set()
    after: list[
        tuple[int, int, NDArray[np.float64], int]
    ] = []  # (insert before, id, point, barrier)
    for i in where.tolist():
        barrier = int(chain.ref[i])
        for j in (i - 1, i + 1):
            if not 0 <= j < len(chain.ref) or chain.way[j] != chain.way[i] or chain.ref[j] == 0:
                continue
            if barrier not in met:
                met.add(barrier)
                continue
            point = _before(chain.lonlat[i], chain.lonlat[j])
            after.append((max(i, j), next(numbers), point, barrier))
    is_cut = chain.is_cut.copy()
    is_cut[where] = True
    after.sort(key=lambda stub: (stub[0], chain.ref[stub[0]] == stub[3]))
    at = [stub[0] for stub in after]
    return _Chain(
        np.insert(chain.ref, at, [stub[1] for stub in after]),
        np.insert(chain.lonlat, at, np.reshape([stub[2] for stub in after], (-1, 2)), axis=0),
        np.insert(chain.way, at, chain.way[at]),
        np.insert(is_cut, at, values=True),
        np.insert(chain.barrier, at, [stub[3] for stub in after]),
    )


def _before(barrier: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Point a metre from a barrier towards another point, or a third of the way where that is short."""
    away_m = float(geodesic_m(barrier[0], barrier[1], other[0], other[1])[0])
    share = min(STUB_M / away_m, 1 / 3) if away_m > 0 else 0.0
    point: NDArray[np.float64] = barrier + share * (other - barrier)
    return point


def _barrier_of(
    chain: _Chain, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Barrier whose last metre a piece is: it joins the barrier and a point put before that very barrier."""
    is_out = (chain.barrier[ends] != 0) & (chain.barrier[ends] == chain.ref[starts])
    is_in = (chain.barrier[starts] != 0) & (chain.barrier[starts] == chain.ref[ends])
    found: NDArray[np.int64] = np.where(
        is_out, chain.ref[starts], np.where(is_in, chain.ref[ends], 0)
    )
    return found
