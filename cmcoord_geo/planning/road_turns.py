"""Banned turns between segments as banned turns between the roads that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmcoord_geo.planning.failures import Road

#: Road, place of a segment in it, whether the road runs along it, and how many segments the road has.
_Place = tuple[int, int, bool, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadTurns:
    """
    Banned turns of a vehicle on a graph of roads; arc ``2 * i`` drives road ``i`` from its start to its end.

    Attributes
    ----------
    closed : frozenset of int
        Arcs that nobody can drive to their end, for a banned turn lies within them.
    bans : frozenset of tuple of int
        Rows of two arcs or more that may not be driven one after the other.
    """

    closed: frozenset[int]
    bans: frozenset[tuple[int, ...]]


def road_turns(roads: Sequence[Road], bans: Iterable[Sequence[int]]) -> RoadTurns:
    """
    Banned turns on the graph of roads, for ways that drive every road to its end.

    A ban over a segment that is in no road binds nobody: such a segment leads on to nothing. Nor does one
    that holds a turn back on the same segment, which no way makes here.

    Parameters
    ----------
    roads : sequence of Road
    bans : iterable of sequence of int
        Rows of arcs of the network.
    """
    rows = [row for row in bans if binds(row)]
    places = _places(roads, {arc // 2 for row in rows for arc in row})
    found = {path for row in rows if (path := _path(row, places))}
    return RoadTurns(
        closed=frozenset(path[0] for path in found if len(path) == 1),
        bans=frozenset(path for path in found if len(path) > 1),
    )


def binds(row: Sequence[int]) -> bool:
    """
    Whether a banned row of arcs binds ways that never turn back on a segment.

    Examples
    --------
    >>> binds((0, 4)), binds((0, 4, 5))
    (True, False)
    """
    return all(arc ^ 1 != then for arc, then in pairwise(row))


def _places(roads: Sequence[Road], segments: set[int]) -> Mapping[int, _Place]:
    """Where in which road each of some segments lies."""
    return {
        segment: (i, n, is_along, len(road.steps))
        for i, road in enumerate(roads)
        for n, (segment, is_along) in enumerate(road.steps)
        if segment in segments
    }


def _path(row: Sequence[int], places: Mapping[int, _Place]) -> tuple[int, ...]:
    """Arcs of roads that a row of arcs of segments drives; empty where no way drives it."""
    path: list[int] = []
    before = None
    for arc in row:
        if arc // 2 not in places:
            return ()
        road, place, is_along, size = places[arc // 2]
        is_forward = is_along == (arc % 2 == 0)
        road_arc, driven = 2 * road + (not is_forward), place if is_forward else size - 1 - place
        if before != (road_arc, driven - 1):
            path.append(road_arc)
        before = road_arc, driven
    return tuple(path)
