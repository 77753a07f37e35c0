"""Points between the two carriageways of a road: which one is nearer, and from which a way leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.units import geod

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork
    from cmcoord_geo.network.snap import Foot

#: Two carriageways of one road lie no farther than this from a point between them.
APART_M = 100.0
#: A point that lies nearer than this to a road is on it.
_BESIDE_M = 2.0
#: Courses that differ by more than this are opposite, in degrees.
_OPPOSITE = 120.0


def other_side(
    network: RoadNetwork, is_open: NDArray[np.bool_], feet: Sequence[Foot]
) -> Foot | None:
    """
    Foot on the other carriageway, for a point that lies between two; else None.

    Both are open to the convoy one way only, in opposite directions, have one name and number, and the point
    lies between them.

    Parameters
    ----------
    network : RoadNetwork
    is_open : ndarray of bool, shape (2 m,)
        Arcs on which the convoy may drive.
    feet : sequence of Foot
        Roads around the point, one at least, nearest first; the first is the one it falls on.
    """
    here = feet[0]
    label = _label(network, here.segment)
    if not label or here.away_m < _BESIDE_M or not is_one_way(is_open, here.segment):
        return None
    for there in feet[1:]:
        is_twin = (
            there.away_m <= APART_M
            and is_one_way(is_open, there.segment)
            and _label(network, there.segment) == label
            and _turn(course(network, is_open, here), course(network, is_open, there)) >= _OPPOSITE
        )
        if is_twin and _are_apart(here, there):
            return there
    return None


def is_one_way(is_open: NDArray[np.bool_], segment: int) -> bool:
    """Whether a segment is open in one direction only."""
    return bool(is_open[2 * segment] != is_open[2 * segment + 1])


def course(network: RoadNetwork, is_open: NDArray[np.bool_], foot: Foot) -> float:
    """Direction of travel at a foot on a one-way segment, in degrees from north."""
    line = np.asarray(network.lines[foot.segment])
    gaps = np.hypot(line[:, 0] - foot.lon, line[:, 1] - foot.lat)
    i = int(np.clip(np.argmin(gaps[:-1] + gaps[1:]), 0, len(line) - 2))
    a, b = (line[i], line[i + 1]) if is_open[2 * foot.segment] else (line[i + 1], line[i])
    return float(geod().inv(*a, *b)[0]) % 360


def _label(network: RoadNetwork, segment: int) -> str:
    """What two carriageways of one road share: its number, else its name; a car park has neither."""
    name = network.traffic.names[segment] if network.traffic else ""
    return network.route_ref[segment] or name


def _turn(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


def _are_apart(a: Foot, b: Foot) -> bool:
    """Whether a point lies between its feet: they are farther from each other than from it."""
    across_m = float(geod().inv(a.lon, a.lat, b.lon, b.lat)[2])
    return across_m >= 0.9 * (a.away_m + b.away_m)


def can_reach(
    network: RoadNetwork, is_open: NDArray[np.bool_], origin: int, destination: int
) -> bool:
    """Whether a way leads from one segment to another on open arcs, whatever the season."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    if origin == destination:
        return True
    size = len(network.node_ids)
    tail, head = network.tail[is_open], network.head[is_open]
    graph = csr_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(size, size))
    arcs = np.array([2 * origin, 2 * origin + 1])
    leave = network.head[arcs[is_open[arcs]]]
    arcs = np.array([2 * destination, 2 * destination + 1])
    enter = network.tail[arcs[is_open[arcs]]]
    return any(
        np.isin(enter, breadth_first_order(graph, int(node), return_predecessors=False)).any()
        for node in leave
    )
