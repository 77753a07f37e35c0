"""Segments in a row along one road, from an end that no movement chose."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cmcoord_geo.network import RoadNetwork


#: Ends of segments at a node where one road leads on to another and nothing forks.
_BESIDE = 2


def chains(network: RoadNetwork, segments: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """
    Segments as runs along one road, each segment once.

    A run begins at the end where its first segment, in the order of the network, begins: the way that anyone
    drives has no part in it. On a surveyed network, where names change from street to street, it goes on to
    another road where nothing forks.
    """
    left = sorted(set(segments))
    at_node: defaultdict[int, list[int]] = defaultdict(list)
    for segment in left:
        at_node[int(network.start[segment])].append(segment)
        at_node[int(network.end[segment])].append(segment)
    used: set[int] = set()

    def leads_on(segment: int, one: int, node: int) -> bool:
        """Whether a road goes on with another segment at a node, by its name or because nothing forks."""
        is_plain = network.traffic is not None and len(at_node[node]) == _BESIDE
        return is_plain or is_one_road(network, segment, one)

    def onward(segment: int, node: int, passed: set[int]) -> Iterator[int]:
        """Segments of the road beyond a node, to no node that the run has passed."""
        while True:
            following = next(
                (
                    one
                    for one in at_node[node]
                    if one not in used
                    and leads_on(segment, one, node)
                    and _other(network, one, node) not in passed
                ),
                None,
            )
            if following is None:
                return
            used.add(following)
            yield following
            segment, node = following, _other(network, following, node)
            passed.add(node)

    for segment in left:
        if segment in used:
            continue
        used.add(segment)
        start, end = int(network.start[segment]), int(network.end[segment])
        passed = {start, end}
        ahead = list(onward(segment, end, passed))
        behind = list(onward(segment, start, passed))
        yield (*reversed(behind), segment, *ahead)


def is_one_road(network: RoadNetwork, a: int, b: int) -> bool:
    """Whether both have one number; a surveyed road, one name, and a link without either belongs to both."""
    if network.traffic is None:
        return network.route_ref[a] == network.route_ref[b] and network.route_ref[b][:2] == "RN"
    one, other = (network.route_ref[i] or network.traffic.names[i] for i in (a, b))
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
