"""Roads of two carriageways: which one-way segments run beside which, the other way, on one road."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.near import lines_within
from cmcoord_geo.network.scale import metres_per_degree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

#: Carriageways of a road with a number or name lie no farther apart than this; of one without, than that.
_APART_M, _APART_BARE_M = 100.0, 40.0
#: Lines are looked at in pieces no longer than this.
_PIECE_M = 50.0
#: Metres beyond the end of a piece that still count as beside it, for the outside of bends.
_SLACK_M = 10.0
#: Cosine between two courses below which they are opposite.
_OPPOSITE = -0.7
#: Degrees around asked segments in which the other side is looked for.
_MARGIN = 0.01
#: Share of a segment that must lie beside others.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class OtherSides:
    """
    Share of each one-way segment that runs beside each of some segments, the other way.

    Attributes
    ----------
    shares : mapping
        Segment to (segment beside it to share of the first, 0 to 1).
    """

    shares: Mapping[int, Mapping[int, float]]

    def is_beside(self, segment: int, segments: Collection[int]) -> bool:
        """Whether a segment lies for the most part beside some others."""
        shares = self.shares.get(segment, {})
        return sum(part for one, part in shares.items() if one in segments) >= _MOST

    def beside(self, segments: Collection[int]) -> tuple[int, ...]:
        """Segments that lie for the most part beside some segments, in order."""
        return tuple(one for one in sorted(self.shares) if self.is_beside(one, segments))


def other_sides(network: RoadNetwork, segments: Iterable[int]) -> OtherSides:
    """
    Find the other carriageway of the one-way segments among some.

    Both are open one way only, in opposite directions, have one number or one name (both none and one class),
    and lie near each other.

    Parameters
    ----------
    network : RoadNetwork
    segments : iterable of int
    """
    if network.traffic is None:
        return OtherSides({})
    is_forward = np.asarray(network.traffic.forward) > 0
    is_one_way = is_forward != (np.asarray(network.traffic.backward) > 0)
    asked = np.array([one for one in sorted(set(segments)) if is_one_way[one]], dtype=np.int64)
    if not len(asked):
        return OtherSides({})
    there = np.union1d(asked, _around(network, asked, is_one_way))
    here, beside = _Pieces.of(network, asked, is_forward), _Pieces.of(network, there, is_forward)
    near = lines_within(beside.middle, here.lines, within_m=_APART_M)
    piece = np.repeat(np.arange(len(beside.owner)), near.count)
    rows = np.concatenate([[0], np.cumsum(near.count)[:-1]])
    line = near.line[np.repeat(near.begin - rows, near.count) + np.arange(len(piece))]
    away_m = near.away_m[np.repeat(near.begin - rows, near.count) + np.arange(len(piece))]
    is_named, is_bare = _are_one_road(network, beside.owner[piece], here.owner[line])
    is_other = (beside.course[piece] * here.course[line]).sum(axis=1) < _OPPOSITE
    gap = beside.middle[piece] - here.middle[line]
    along_m = (gap * metres_per_degree(beside.middle[piece, 1]) * here.course[line]).sum(axis=1)
    is_other &= np.abs(along_m) <= here.metres[line] / 2 + _SLACK_M  # beside it, not beyond its end
    found = np.flatnonzero(is_other & (is_named | (is_bare & (away_m <= _APART_BARE_M))))
    found = found[np.lexsort((here.owner[line[found]], away_m[found], piece[found]))]
    found = found[np.unique(piece[found], return_index=True)[1]]  # the nearest of each piece
    whole = np.bincount(beside.owner, weights=beside.metres, minlength=len(network))
    shares: dict[int, dict[int, float]] = {}
    for row in found.tolist():
        one, other = int(beside.owner[piece[row]]), int(here.owner[line[row]])
        of_it = shares.setdefault(one, {})
        of_it[other] = of_it.get(other, 0.0) + float(beside.metres[piece[row]] / whole[one])
    return OtherSides(shares)


def _are_one_road(network: RoadNetwork, a: Ints, b: Ints) -> tuple[Bools, Bools]:
    """Whether pairs of segments share a number or a name; and whether they have neither, and one class."""
    own = network.traffic.names if network.traffic is not None else None
    used = np.union1d(a, b)
    codes: dict[str, int] = {"": 0}

    def coded(words: Iterable[str]) -> Ints:
        return np.array([codes.setdefault(word, len(codes)) for word in words], dtype=np.int64)

    refs = coded(network.route_ref[one] for one in used.tolist())
    names = coded("" if own is None else own[one] for one in used.tolist())
    classes = coded(network.road_class[one] for one in used.tolist())
    i, j = np.searchsorted(used, a), np.searchsorted(used, b)
    is_named = ((refs[i] == refs[j]) & (refs[i] > 0)) | ((names[i] == names[j]) & (names[i] > 0))
    is_nameless = (refs + names) == 0
    return is_named, is_nameless[i] & is_nameless[j] & (classes[i] == classes[j])


def _around(network: RoadNetwork, asked: Ints, is_one_way: Bools) -> Ints:
    """One-way segments with an end in the box of some segments."""
    points = np.concatenate([np.asarray(network.lines[one]) for one in asked.tolist()])
    low, high = points.min(axis=0) - _MARGIN, points.max(axis=0) + _MARGIN
    lonlat = np.column_stack([network.lon, network.lat])
    is_in = ((lonlat >= low) & (lonlat <= high)).all(axis=1)
    is_near = is_in[np.asarray(network.start)] | is_in[np.asarray(network.end)]
    return np.flatnonzero(is_near & is_one_way)


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """
    Short straight pieces of one-way segments.

    Attributes
    ----------
    owner : ndarray of int64, shape (k,)
        Segment of each.
    lines : Lines
    metres : ndarray of float64, shape (k,)
    course : ndarray of float64, shape (k, 2)
        Direction of travel, of length 1.
    """

    owner: Ints
    lines: Lines
    metres: Floats
    course: Floats

    @property
    def middle(self) -> Floats:
        """Middle of each, shape (k, 2)."""
        return np.asarray(self.lines.points.reshape(-1, 2, 2).mean(axis=1), dtype=np.float64)

    @classmethod
    def of(cls, network: RoadNetwork, segments: Ints, is_forward: Bools) -> _Pieces:
        """Cut segments into pieces."""
        each = [np.asarray(network.lines[one]) for one in segments.tolist()]
        each = [
            line if is_forward[one] else line[::-1]
            for one, line in zip(segments.tolist(), each, strict=True)
        ]
        start = np.concatenate([line[:-1] for line in each])
        step = np.concatenate([np.diff(line, axis=0) for line in each])
        owner = np.repeat(segments, [len(line) - 1 for line in each])
        vector = step * metres_per_degree(start[:, 1])
        metres = np.hypot(*vector.T)
        count = np.ceil(metres / _PIECE_M).astype(np.int64)
        part = np.repeat(np.arange(len(start)), count)
        place = np.arange(len(part)) - np.repeat(np.cumsum(count) - count, count)
        low, high = (
            start[part] + (place + at)[:, None] / count[part, None] * step[part] for at in (0, 1)
        )
        points = np.stack([low, high], axis=1).reshape(-1, 2)
        return cls(
            owner=owner[part],
            lines=Lines(points, np.arange(0, len(points) + 1, 2)),
            metres=metres[part] / count[part],
            course=vector[part] / metres[part, None],
        )
