"""
What may be lost at one stroke: a crossing with every road that uses it, or a road between two junctions.

On the bundled network a road is a link from town to town. A surveyed network is contracted first: dead ends
without a place that matters go, and a row of segments between two junctions becomes one road, for to lose
one of them is to lose them all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork

#: A segment, and whether the road runs along it from its start to its end.
Step = tuple[int, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """
    Segments in a row between two junctions.

    Attributes
    ----------
    start, end : int
        Nodes.
    steps : tuple of (int, bool)
        Segments from start to end, and whether each is driven from its own start.
    """

    start: int
    end: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """
    What is lost at one stroke.

    Attributes
    ----------
    roads : tuple of int
        Places in the list of roads.
    segments : tuple of int
        Segments that are lost: those of the road, or those that use the crossing.
    crossings : tuple of int
        Crossings of the network of which any one does it; empty where the road has none.
    ends : tuple of int
        Nodes at both ends of a road; empty for a crossing that several roads share.
    """

    roads: tuple[int, ...]
    segments: tuple[int, ...]
    crossings: tuple[int, ...]
    ends: tuple[int, ...] = ()


def main_roads(
    network: RoadNetwork,
    is_open: NDArray[np.bool_],
    nodes: Collection[int],
    *,
    with_loops: bool = False,
) -> tuple[Road, ...]:
    """
    Roads between junctions, in the order of their first segment.

    Parameters
    ----------
    network : RoadNetwork
    is_open : ndarray of bool, shape (m,)
        Segments that may be driven in one case at least.
    nodes : collection of int
        Nodes that a road never runs through: base and places that matter.
    with_loops : bool
        Keep roads that lead back to where they began: past a banned turn one may have to drive round a block.
    """
    kept = np.zeros(len(network.node_ids), dtype=bool)
    kept[list(nodes)] = True
    if network.traffic is None:
        kept[:] = True
    alive, is_inner = _without_dead_ends(network, is_open, kept, with_loops=with_loops)
    beside: defaultdict[int, list[int]] = defaultdict(list)
    ends = list(zip(network.start.tolist(), network.end.tolist(), strict=True))
    for segment in np.flatnonzero(alive).tolist():
        for node in ends[segment]:
            if is_inner[node]:
                beside[node].append(segment)
    done: set[int] = set()
    found = []
    for segment in np.flatnonzero(alive).tolist():
        outer = [node for node in ends[segment] if not is_inner[node]]
        if segment in done or not outer:
            continue
        road = _row(segment, outer[0], ends, beside)
        done.update(step for step, _ in road.steps)
        if with_loops or road.start != road.end:
            found.append(road)
    return tuple(found)


def _without_dead_ends(
    network: RoadNetwork, is_open: NDArray[np.bool_], kept: NDArray[np.bool_], *, with_loops: bool
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Segments that lead on, and nodes at which exactly two of them meet."""
    start, end, count = network.start, network.end, len(kept)
    alive = is_open if with_loops else is_open & (start != end)
    while True:
        degree = np.bincount(start[alive], minlength=count)
        degree += np.bincount(end[alive], minlength=count)
        is_leaf = (degree == 1) & ~kept
        is_gone = alive & (is_leaf[start] | is_leaf[end])
        if not is_gone.any():
            return alive, (degree == 2) & ~kept
        alive = alive & ~is_gone


def _row(
    segment: int, node: int, ends: list[tuple[int, int]], beside: Mapping[int, list[int]]
) -> Road:
    """Road that leaves a junction by a segment, as far as the next junction."""
    first, steps = node, []
    while True:
        start, end = ends[segment]
        steps.append((segment, start == node))
        node = end if start == node else start
        onward = [other for other in beside.get(node, ()) if other != segment]
        if len(onward) != 1:
            return Road(start=first, end=node, steps=tuple(steps))
        segment = onward[0]


def find_failures(network: RoadNetwork, roads: tuple[Road, ...]) -> tuple[Failure, ...]:
    """
    Everything that may be lost, each once.

    A crossing that several roads share is one failure; crossings on one and the same road fail with it. One
    that was carried over without its place lies on one of its roads, nobody knows which, and is no failure of
    its own.
    """
    road_of = {segment: i for i, road in enumerate(roads) for segment, _ in road.steps}
    crossings: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    unplaced = network.links.unplaced if network.links else frozenset()
    for i, segments in crossed_segments(network, road_of.keys()):
        where = tuple(sorted({road_of[segment] for segment in segments}))
        if len(where) == 1 or network.crossings[i].crossing_id not in unplaced:
            crossings[where].append(i)
    alone = [
        Failure(
            roads=(i,),
            segments=tuple(sorted(segment for segment, _ in road.steps)),
            crossings=tuple(crossings.pop((i,), ())),
            ends=(road.start, road.end),
        )
        for i, road in enumerate(roads)
    ]
    shared = [
        Failure(
            roads=where,
            segments=tuple(
                sorted({s for i in ids for s in _segments(network, i) & road_of.keys()})
            ),
            crossings=tuple(ids),
        )
        for where, ids in crossings.items()
    ]
    return (*alone, *shared)


def crossed_segments(
    network: RoadNetwork, among: AbstractSet[int]
) -> Iterator[tuple[int, set[int]]]:
    """Crossings of the network with those of some segments that use them; a checkpoint is not to be lost."""
    for i, crossing in enumerate(network.crossings):
        segments = _segments(network, i) & among
        if segments and crossing.kind != "checkpoint":
            yield i, segments


def _segments(network: RoadNetwork, crossing: int) -> set[int]:
    index = network.segment_index
    return {index[key] for key in network.crossings[crossing].at_km if key in index}
