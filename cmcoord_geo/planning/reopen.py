"""What would have to open where no way is left: the least that is closed, or the gap between two islands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.planning.turning import Found, searched
from cmcoord_geo.planning.ways import looked_at, way_of
from cmcoord_geo.routing import shortest_path
from cmcoord_geo.units import KM_M, geodesic_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.ways import Way
    from cmcoord_geo.routing import TurnGraph

#: Lengths that are compared on a surveyed network, where millions of metres would not fit beside another.
_COARSE_M = 100.0


def least_closed(network: RoadNetwork, passable: Passability, origin: int, destination: int) -> Way:
    """
    Find the way on which the least is closed; empty where none leads there with everything open.

    Between towns the fewest roads, on a surveyed network, whose roads are in many pieces, the shortest length
    of closed road; of equal ways the shortest. Roads that the map keeps the convoy off are left out as in
    :func:`~cmcoord_geo.planning.ways.find_closed_ways`.

    Parameters
    ----------
    network : RoadNetwork
    passable : Passability
    origin, destination : int
        Nodes.
    """
    if network.traffic is None:
        length, shut = np.rint(network.length_m).astype(np.int64), ~passable.is_open * 1
    else:
        length = np.ceil(network.length_m / _COARSE_M).astype(np.int64)
        shut = np.where(passable.is_open, 0, length)
    cost = np.repeat(shut * (int(length.sum()) + 1) + length, 2)

    def search(roads: TurnGraph) -> Found[NDArray[np.int64]]:
        path = roads.path(shortest_path(roads.graph, roads.spread(cost), origin, destination))
        return Found(answer=path, paths=(path,))

    for is_looked_at in looked_at(network, passable):
        try:
            return way_of(
                searched(network, is_looked_at, passable.banned_turns, destination, search)
            )
        except NoRouteError:
            continue
    return ()


def gap(network: RoadNetwork, origin: int, destination: int) -> tuple[int, int, float] | None:
    """
    Find where the roads of two islands come nearest to one another, with everything open.

    Parameters
    ----------
    network : RoadNetwork
    origin, destination : int
        Nodes.

    Returns
    -------
    tuple of int, int and float, or None
        Node on the side of the origin, node on that of the destination, km between them; None where roads
        join them, in whatever direction these may be driven.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import KDTree

    count = len(network.node_ids)
    joins = coo_array(
        (np.ones(len(network), np.int8), (network.start, network.end)), (count, count)
    )
    island = connected_components(joins, directed=False)[1]
    if island[origin] == island[destination]:
        return None
    near, far = (np.flatnonzero(island == island[end]) for end in (origin, destination))
    east, north = np.radians(network.lon), np.radians(network.lat)
    point = np.column_stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)]
    )
    away, which = map(np.asarray, KDTree(point[far]).query(point[near]))
    a = int(away.argmin())
    start, end = int(near[a]), int(far[which[a]])
    lon, lat = network.lon, network.lat
    metres = geodesic_m(lon[[start]], lat[[start]], lon[[end]], lat[[end]])
    return start, end, float(metres[0]) / KM_M
