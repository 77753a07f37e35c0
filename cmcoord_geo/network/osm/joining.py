"""
Ends of lines that miss each other by a little are joined: at another end, or at the inside of another line.

Nothing here depends on the order of the rows: nodes are numbered by their place, the nearest pair is joined
first, and of several nodes the one where most lines meet stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said
from cmcoord_geo.network.osm.abutting import find_feet, with_feet
from cmcoord_geo.network.osm.strands import Strands, apart_m, place_of, strands_of
from cmcoord_geo.units import geodesic_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network.osm.extract import OsmExtract

#: What rounding leaves between two ends that are one; anything more is for a person to judge.
JOIN_M = 0.1
#: Ends that miss a line by less than this are told.
HINT_M = 10.0
_SPHERE_M, _WIDER = 6_371_000.0, 1.02
#: Two nodes of one line are joined only if this many tolerances of the line lie between them.
SHORTEST = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """
    Lines joined, and how.

    Attributes
    ----------
    extract : OsmExtract
    ends : int
        Ends that were moved to another end or junction.
    insides : int
        Ends that were moved to the inside of a line.
    apart : int
        Ends near a line of another level that were left alone.
    largest_m : float
        Largest distance by which an end was moved; 0 where none was.
    """

    extract: OsmExtract
    ends: int
    insides: int
    apart: int
    largest_m: float


def join_ends(extract: OsmExtract, tolerance_m: float) -> Joined:
    """
    Join the ends of lines that are within a tolerance of another end, a junction, or the inside of a line.

    Only an end at which nothing else meets is moved, or joined by another such end. No two nodes between
    which a line is shorter than four tolerances are joined, so no line collapses; nor are lines of different
    levels (bridge, tunnel, ``layer``). All nodes that become one lie within the tolerance of one another.

    Parameters
    ----------
    extract : OsmExtract
        Of lines: nodes are numbered by their place.
    tolerance_m : float
        Geodesic metres; 0 joins nothing.
    """
    if tolerance_m <= 0 or not len(extract.refs):
        return Joined(extract=extract, ends=0, insides=0, apart=0, largest_m=0.0)
    strands = strands_of(extract)
    moved, apart = _end_to_end(strands, tolerance_m)
    reach_m = [apart_m(node, kept) for node, kept in moved.items()]
    strands = strands.renamed(moved)
    feet, under = find_feet(strands, tolerance_m, shortest_m=SHORTEST * tolerance_m)
    reach_m += [foot.away_m for foot in feet]
    made = with_feet(strands, feet)
    return Joined(
        extract=_rebuilt(extract, made),
        ends=len(moved),
        insides=len(feet),
        apart=len((apart | under) - {foot.end for foot in feet}),
        largest_m=max(reach_m, default=0.0),
    )


def told_of(joined: Joined, tolerance_m: float) -> Iterator[Said]:
    """What a person should know of lines that were joined."""
    limit_m = f"{tolerance_m:g}"
    if joined.ends or joined.insides:
        yield said(
            "lines.joined",
            ends=joined.ends,
            insides=joined.insides,
            largest_m=f"{joined.largest_m:.2f}",
            limit_m=limit_m,
        )
    if joined.apart:
        yield said("lines.apart", count=joined.apart, limit_m=limit_m)
    if tolerance_m < HINT_M:
        more = join_ends(joined.extract, HINT_M)
        if more.ends or more.insides:
            yield said("lines.missed", count=more.ends + more.insides, limit_m=f"{HINT_M:g}")


def _end_to_end(strands: Strands, tolerance_m: float) -> tuple[dict[int, int], set[int]]:
    """Node to the node that stands for it, and the ends that are near one of another level only."""
    clusters = _Clusters(strands, tolerance_m)
    near: set[int] = set()
    joined: set[int] = set()
    for a, b in _pairs(strands, tolerance_m):
        if strands.levels[a].isdisjoint(strands.levels[b]):
            near |= {node for node in (a, b) if strands.is_loose(node)}
        elif clusters.join(a, b):
            joined |= {a, b}
    return clusters.moved(), near - joined


def _pairs(strands: Strands, tolerance_m: float) -> list[tuple[int, int]]:
    """Nodes within the tolerance of one another, one of them a loose end; the nearest first."""
    from scipy.spatial import cKDTree

    nodes = np.array(sorted(strands.levels), dtype=np.int64)
    lon, lat = place_of(nodes)
    x, y = np.radians(lon), np.radians(lat)
    ball = np.column_stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)]) * _SPHERE_M
    found = np.asarray(cKDTree(ball).query_pairs(_WIDER * tolerance_m, output_type="ndarray"))
    is_loose = np.array([strands.is_loose(node) for node in nodes.tolist()], dtype=bool)
    found = np.sort(found[is_loose[found].any(axis=1)], axis=1)
    if not len(found):
        return []
    away_m = geodesic_m(lon[found[:, 0]], lat[found[:, 0]], lon[found[:, 1]], lat[found[:, 1]])
    pairs = nodes[found]
    order = np.lexsort((pairs[:, 1], pairs[:, 0], away_m))
    is_near = away_m[order] <= tolerance_m
    return [(int(a), int(b)) for a, b in pairs[order[is_near]]]


class _Clusters:
    """Union-find in which all nodes of a set lie within the tolerance and no line between them is short."""

    def __init__(self, strands: Strands, tolerance_m: float) -> None:
        self._strands, self._tolerance_m = strands, tolerance_m
        self._of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}

    def join(self, a: int, b: int) -> bool:
        """Make one set of those of two nodes, where that may be; whether they are one."""
        first, second = self._of.get(a, a), self._of.get(b, b)
        if first == second:
            return True
        ours, theirs = (self._members.get(root, [root]) for root in (first, second))
        if not all(self._may_be_one(x, y) for x in ours for y in theirs):
            return False
        root = min(first, second)
        self._members[root] = sorted([*ours, *theirs])
        self._of.update(dict.fromkeys(self._members[root], root))
        self._members.pop(max(first, second), None)
        return True

    def _may_be_one(self, x: int, y: int) -> bool:
        """Near enough, not two junctions, and no short line between them."""
        if not (self._strands.is_loose(x) or self._strands.is_loose(y)):
            return False
        if apart_m(x, y) > self._tolerance_m:
            return False
        return self._strands.along_m(x, y) > SHORTEST * self._tolerance_m

    def moved(self) -> dict[int, int]:
        """Node to the node that stands for it: where most lines meet, of equals the first by place."""
        found = {}
        for members in self._members.values():
            kept = min(members, key=lambda node: (-self._strands.meets(node), node))
            found.update({node: kept for node in members if node != kept})
        return found


def _rebuilt(extract: OsmExtract, ways: Sequence[NDArray[np.int64]]) -> OsmExtract:
    """Extract with other nodes on its ways."""
    refs = np.concatenate(ways)
    node_ids = np.unique(refs)
    lon, lat = place_of(node_ids)
    first = np.concatenate([[0], np.cumsum([len(way) for way in ways])]).astype(np.int64)
    return replace(extract, first=first, refs=refs, node_ids=node_ids, lon=lon, lat=lat)
