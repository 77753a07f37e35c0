"""Loose ends of lines that stop short of the inside of another line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.osm.strands import apart_m, distances_m, number_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.strands import Strands

#: Surely less than a degree of latitude has.
_LEAST_DEGREE_M = 110_000.0
#: A foot this near to a point of the line, in tolerances, is that point.
_AT_POINT = 0.1
#: Pieces of a line are equally near to within a micrometre.
_EQUAL_M = 1e-6
#: Share of its length that a short line keeps at least.
_LEAST_SHARE = 0.5
#: Level of a line, and the two nodes of a piece of it in rising order.
_Piece = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """
    Where a loose end meets a line.

    Attributes
    ----------
    end : int
        Node of the loose end.
    node : int
        Node on the line.
    piece : tuple of int
        Level and both nodes of the piece of line.
    away_m : float
    """

    end: int
    node: int
    piece: _Piece
    away_m: float


def find_feet(
    strands: Strands, tolerance_m: float, *, shortest_m: float
) -> tuple[list[Foot], set[int]]:
    """
    Nearest line of its own level for each loose end within a tolerance of one.

    Parameters
    ----------
    strands : Strands
    tolerance_m, shortest_m : float
        An end is not joined to its own line nearer along it than the latter, nor to a line that its own line
        meets within that distance.

    Returns
    -------
    list of Foot
        In the order of the ends.
    set of int
        Ends that are near a line of another level only.
    """
    ends = sorted(node for node in strands.on if strands.is_loose(node))
    feet: list[Foot] = []
    under: set[int] = set()
    for end, near in zip(ends, _near(strands, ends, tolerance_m), strict=True):
        own = strands.on[end][0]
        found = [
            foot
            for way in near
            for foot in _feet_on(strands, way, end, own, tolerance_m, shortest_m)
        ]
        same = [foot for foot in found if foot.piece[0] == strands.level[own]]
        if same:
            feet.append(min(same, key=lambda foot: (foot.away_m, foot.node, foot.piece)))
        elif found:
            under.add(end)
    by_end = {foot.end: foot for foot in feet}
    return [foot for foot in feet if not _doubles(strands, foot, by_end, shortest_m)], under


def with_feet(strands: Strands, feet: Iterable[Foot]) -> tuple[NDArray[np.int64], ...]:
    """Nodes of each line with its loose ends on their feet, and the feet on the lines that they meet."""
    met: defaultdict[_Piece, set[int]] = defaultdict(set)
    moved: dict[int, int] = {}
    for foot in feet:
        met[foot.piece].add(foot.node)
        moved[foot.end] = foot.node
    if not moved:
        return strands.ways
    return tuple(
        _with_points(way, level, met, moved)
        for way, level in zip(strands.ways, strands.level, strict=True)
    )


def _with_points(
    way: NDArray[np.int64],
    level: int,
    met: defaultdict[_Piece, set[int]],
    moved: dict[int, int],
) -> NDArray[np.int64]:
    nodes = way.tolist()
    found = [moved.get(nodes[0], nodes[0])]
    for a, b in pairwise(nodes):
        points = met.get((level, min(a, b), max(a, b)), set()) - {a, b}
        found += sorted(points, key=lambda node: (_square(a, node), node))
        found.append(moved.get(b, b))
    return np.array(found, dtype=np.int64)


def _square(a: int, b: int) -> float:
    (x, to_x), (y, to_y) = place_of(np.array([a, b]))
    return float((to_x - x) ** 2 + (to_y - y) ** 2)


def _near(strands: Strands, ends: list[int], tolerance_m: float) -> Iterator[list[int]]:
    """Lines that may be within the tolerance of each end."""
    import shapely

    lon, lat = place_of(np.concatenate(strands.ways))
    shrink = float(np.cos(np.radians(np.abs(lat).max())))
    owner = np.repeat(np.arange(len(strands.ways)), [len(way) for way in strands.ways])
    points = np.column_stack([lon * shrink, lat])
    tree = shapely.STRtree(np.asarray(shapely.linestrings(points, indices=owner)))
    end_lon, end_lat = place_of(np.array(ends, dtype=np.int64))
    spots = shapely.points(end_lon * shrink, end_lat)
    which, line = tree.query(spots, predicate="dwithin", distance=tolerance_m / _LEAST_DEGREE_M)
    near: list[list[int]] = [[] for _ in ends]
    for i, way in zip(which.tolist(), line.tolist(), strict=True):
        near[i].append(way)
    yield from near


def _feet_on(
    strands: Strands, way: int, end: int, own: int, tolerance_m: float, shortest_m: float
) -> Iterator[Foot]:
    """Foot of an end on a line, where it lies within the tolerance and may be joined."""
    nodes = strands.ways[way]
    if way == own:
        nodes = _from(nodes, end)
    points = _flat_m(nodes, end)
    step = np.diff(points, axis=0)
    is_far = np.ones(len(step), dtype=bool)
    if way == own:
        is_far = np.cumsum(np.hypot(*step.T)) - np.hypot(*step.T) > shortest_m
    at, share, flat_m = _nearest(nodes, points[:-1], step, is_far)
    if flat_m > tolerance_m:  # flat metres are short ones
        return
    if way != own and _meets_soon(strands.ways[own], end, nodes, shortest_m):
        return
    node = _node_at(nodes[at : at + 2], points[at] + share * step[at], end, tolerance_m)
    away_m = apart_m(end, node)
    if away_m <= tolerance_m and not _shrinks(strands.ways[own], end, node, shortest_m):
        a, b = int(nodes[at]), int(nodes[at + 1])
        piece = strands.level[way], min(a, b), max(a, b)
        yield Foot(end=end, node=node, piece=piece, away_m=away_m)


def _shrinks(own: NDArray[np.int64], end: int, foot: int, shortest_m: float) -> bool:
    """Whether a short line would lose half its length or more if its end moved to a foot."""
    other = int(_from(own, end)[-1])
    length_m = float(distances_m(own)[-1])
    return length_m <= shortest_m and apart_m(other, foot) < _LEAST_SHARE * length_m


def _doubles(strands: Strands, foot: Foot, by_end: Mapping[int, Foot], shortest_m: float) -> bool:
    """Whether the other end of a short line has a nearer foot at about the same place."""
    own = strands.on[foot.end][0]
    way = strands.ways[own]
    length_m = float(distances_m(way)[-1])
    rival = by_end.get(int(_from(way, foot.end)[-1]))
    if rival is None or length_m > shortest_m:
        return False
    is_there = apart_m(rival.node, foot.node) < _LEAST_SHARE * length_m
    return is_there and (rival.away_m, rival.end) < (foot.away_m, foot.end)


def _from(nodes: NDArray[np.int64], end: int) -> NDArray[np.int64]:
    return nodes if int(nodes[0]) == end else nodes[::-1]


def _meets_soon(
    own: NDArray[np.int64], end: int, other: NDArray[np.int64], shortest_m: float
) -> bool:
    """Whether a line meets another one shortly before its end: it is a stub on it or goes a little beyond."""
    own = _from(own, end)
    return bool(np.isin(own[distances_m(own) <= shortest_m], other).any())


def _metres(end: int) -> NDArray[np.float64]:
    """Metres of a degree of longitude and latitude at a node, rather too few than too many."""
    _, lat = place_of(np.array([end]))
    return np.array([np.cos(np.radians(lat[0])), 1.0]) * _LEAST_DEGREE_M


def _flat_m(nodes: NDArray[np.int64], end: int) -> NDArray[np.float64]:
    """Metres east and north of an end, on a flat Earth."""
    lonlat, here = np.column_stack(place_of(nodes)), np.column_stack(place_of(np.array([end])))
    return np.asarray((lonlat - here) * _metres(end))


def _nearest(
    nodes: NDArray[np.int64],
    start: NDArray[np.float64],
    step: NDArray[np.float64],
    is_wanted: NDArray[np.bool_],
) -> tuple[int, float, float]:
    """Piece of a line that is nearest to the origin, the share of it, and flat metres away."""
    size = np.maximum((step**2).sum(axis=1), 1e-12)
    share = np.clip(-(start * step).sum(axis=1) / size, 0.0, 1.0)
    away_m = np.hypot(*(start + share[:, None] * step).T)
    away_m[~is_wanted] = np.inf
    # of equally near pieces, such as those at a corner, the first by its nodes
    near = np.flatnonzero(away_m <= away_m.min() + _EQUAL_M)
    low, high = np.minimum(nodes[near], nodes[near + 1]), np.maximum(nodes[near], nodes[near + 1])
    at = int(near[np.lexsort((high, low))[0]])
    return at, float(share[at]), float(away_m[at])


def _node_at(
    ends: NDArray[np.int64], foot: NDArray[np.float64], end: int, tolerance_m: float
) -> int:
    """Node of a foot in flat metres: an end of the piece where it is at one, else a new one."""
    away_m = np.hypot(*(_flat_m(ends, end) - foot).T)
    k = int(np.argmin(away_m))
    if away_m[k] <= _AT_POINT * tolerance_m:
        return int(ends[k])
    lonlat = foot / _metres(end) + np.column_stack(place_of(np.array([end])))
    return int(number_of(lonlat)[0])
