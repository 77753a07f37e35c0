"""Segments in a row along one road, from an end that no movement chose; both carriageways are one road."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.dual_roads import OtherSides
from cmcoord_geo.network.scale import metres_per_degree

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork


#: Cosine between two segments at a node below which one goes straight on from the other.
_STRAIGHT = -0.85
#: A road shorter than this is a link of the longer one at which it begins or ends, or is nothing to ask for.
_LINK_M = 1000.0
#: Streets no longer than this lead a road through a village.
_VILLAGE_M = 3000.0
_NO_SIDES = OtherSides({})


@dataclass(frozen=True, slots=True)
class Run:
    """
    Segments that are one road.

    Attributes
    ----------
    course : tuple of int
        One after the other.
    beside : tuple of int
        Of the other carriageway, and short links.
    """

    course: tuple[int, ...]
    beside: tuple[int, ...] = ()


def runs(
    network: RoadNetwork,
    segments: Iterable[int],
    sides: OtherSides = _NO_SIDES,
    streets: Container[int] = (),
) -> tuple[Run, ...]:
    """
    Segments as roads, the other carriageway and short links with the road they are at.

    On a surveyed network what is shorter than a km alone is left out.

    Parameters
    ----------
    network : RoadNetwork
    segments : iterable of int
    sides : OtherSides
        Which segments are the other carriageway of which.
    streets : container of int
        Segments that only lead a road through a village; where no road goes on they are left out.
    """
    wanted = frozenset(segments)
    courses = [
        part
        for course in chains(network, wanted, sides)
        for part in _between_streets(network, course, streets)
    ]
    left = wanted.difference(*courses)
    beside: list[list[int]] = []
    for course in courses:
        own = [one for one in sorted(left) if sides.is_beside(one, frozenset(course))]
        left = left.difference(own)
        beside.append(own)
    if network.traffic is not None:
        _take_in_links(network, courses, beside)
    return tuple(
        Run(course, tuple(sorted(own)))
        for course, own in zip(courses, beside, strict=True)
        if course
    )


def _between_streets(
    network: RoadNetwork, course: Sequence[int], streets: Container[int]
) -> Iterator[tuple[int, ...]]:
    """Parts of a course that begin and end on a road, with streets between them no longer than a village."""
    part: list[int] = []
    passed: list[int] = []
    for segment in course:
        if segment in streets:
            passed.append(segment)
            continue
        is_through = sum(float(network.length_m[one]) for one in passed) <= _VILLAGE_M
        if part and not is_through:
            yield tuple(part)
            part = []
        part += [*passed, segment] if part else [segment]
        passed = []
    if part:
        yield tuple(part)


def _take_in_links(
    network: RoadNetwork, courses: list[tuple[int, ...]], beside: list[list[int]]
) -> None:
    """Put short roads with the longest road that they touch; others are left out, empty in their place."""
    metres = [sum(float(network.length_m[one]) for one in course) for course in courses]
    at_node: defaultdict[int, set[int]] = defaultdict(set)
    for i, course in enumerate(courses):
        for segment in (*course, *beside[i]):
            at_node[int(network.start[segment])].add(i)
            at_node[int(network.end[segment])].add(i)
    for i, course in enumerate(courses):
        if metres[i] >= _LINK_M:
            continue
        touched = {other for node in ends_of(network, course) for other in at_node[node]}
        longer = [other for other in sorted(touched) if metres[other] >= _LINK_M]
        if longer:
            lead = max(longer, key=lambda other: metres[other])
            beside[lead] += (*course, *beside[i])
        courses[i], beside[i] = (), []


def chains(
    network: RoadNetwork, segments: Iterable[int], sides: OtherSides = _NO_SIDES
) -> Iterator[tuple[int, ...]]:
    """
    Segments as runs along one road, each segment once, and none twice as the other carriageway.

    A run begins at the end where its first segment, in the order of the network, begins: the way that anyone
    drives has no part in it. On a surveyed network, where names change from street to street, it goes on to
    another road where nothing forks.
    """
    left = sorted(set(segments))
    if network.traffic is not None:
        left.sort(key=lambda one: (-float(network.length_m[one]), one))
    at_node: defaultdict[int, list[int]] = defaultdict(list)
    for segment in left:
        at_node[int(network.start[segment])].append(segment)
        at_node[int(network.end[segment])].append(segment)
    used: set[int] = set()

    def onward(segment: int, node: int, passed: set[int], run: set[int]) -> Iterator[int]:
        """Segments of the road beyond a node, to no node that the run has passed."""
        while True:
            there = [
                one for one in at_node[node] if one != segment and not sides.is_beside(one, run)
            ]
            one = _onward(network, segment, there, node)
            if one is None or one in used or _other(network, one, node) in passed:
                return
            used.add(one)
            run.add(one)
            yield one
            segment, node = one, _other(network, one, node)
            passed.add(node)

    for segment in left:
        if segment in used:
            continue
        used.add(segment)
        start, end = int(network.start[segment]), int(network.end[segment])
        passed, run = {start, end}, {segment}
        ahead = list(onward(segment, end, passed, run))
        behind = list(onward(segment, start, passed, run))
        used.update(one for one in left if sides.is_beside(one, run))
        yield (*reversed(behind), segment, *ahead)


def _onward(network: RoadNetwork, segment: int, there: Sequence[int], node: int) -> int | None:
    """
    Segment with which a road goes on at a node, of those that meet it there; None where it ends.

    One of its name, of several the straightest; on a surveyed network the only one, or one of its class that
    goes straight on.
    """
    named = [one for one in there if is_one_road(network, segment, one)]
    if named or network.traffic is None:
        return _straightest(network, segment, named, node)
    one = _straightest(network, segment, there, node)
    if one is None or len(there) == 1:
        return one
    is_alike = network.road_class[one] == network.road_class[segment]
    return one if is_alike and _turn(network, segment, one, node) < _STRAIGHT else None


def _straightest(network: RoadNetwork, segment: int, there: Sequence[int], node: int) -> int | None:
    own = _name(network, segment)
    return min(
        there,
        key=lambda one: (_name(network, one) != own, _turn(network, segment, one, node), one),
        default=None,
    )


def _turn(network: RoadNetwork, a: int, b: int, node: int) -> float:
    """Cosine between the ways in which two segments leave a node: -1 where one goes straight on."""
    return round(float(_away(network, a, node) @ _away(network, b, node)), 6)


def _away(network: RoadNetwork, segment: int, node: int) -> NDArray[np.float64]:
    """Direction in which a segment leaves a node, of length 1."""
    line = np.asarray(network.lines[segment])
    near, far = (line[0], line[1]) if int(network.start[segment]) == node else (line[-1], line[-2])
    step: NDArray[np.float64] = (far - near) * metres_per_degree(near[1:])[0]
    return step / max(float(np.hypot(*step)), 1e-9)


def _name(network: RoadNetwork, segment: int) -> str:
    own = network.traffic.names if network.traffic is not None else None
    return network.route_ref[segment] or (own[segment] if own is not None else "")


def is_one_road(network: RoadNetwork, a: int, b: int) -> bool:
    """Whether both have one number; a surveyed road, one name, and a link without either belongs to both."""
    if network.traffic is None:
        return network.route_ref[a] == network.route_ref[b] and network.route_ref[b][:2] == "RN"
    one, other = (_name(network, i) for i in (a, b))
    return not one or not other or one == other


def ends_of(network: RoadNetwork, chain: tuple[int, ...]) -> tuple[int, int]:
    """First and last node of a run."""
    first, last = chain[0], chain[-1]
    if len(chain) == 1:
        return int(network.start[first]), int(network.end[first])
    return _free_end(network, first, chain[1]), _free_end(network, last, chain[-2])


def _free_end(network: RoadNetwork, segment: int, beside: int) -> int:
    """End of a segment that its neighbour does not touch."""
    taken = {int(network.start[beside]), int(network.end[beside])}
    start, end = int(network.start[segment]), int(network.end[segment])
    return start if end in taken else end


def _other(network: RoadNetwork, segment: int, node: int) -> int:
    start, end = int(network.start[segment]), int(network.end[segment])
    return end if start == node else start
