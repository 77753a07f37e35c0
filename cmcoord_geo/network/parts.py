"""Connected parts of a network, and how many roads meet at each node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.columns import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork


_FERRY = "ferry"


def component_of(
    network: RoadNetwork, *, is_wanted: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """
    Number of the connected part that each node lies in, whatever the direction of its roads.

    Parameters
    ----------
    network : RoadNetwork
    is_wanted : ndarray of bool, shape (m,), optional
        Segments that connect; all by default.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(network.node_ids)
    wanted = slice(None) if is_wanted is None else is_wanted
    start, end = network.start[wanted], network.end[wanted]
    graph = coo_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def degrees(network: RoadNetwork) -> NDArray[np.int64]:
    """Ends of segments at each node, ferries among them; a loop has both its ends at one."""
    both = np.concatenate([network.start, network.end])
    return np.bincount(both, minlength=len(network.node_ids)).astype(np.int64)


def are_ferries(network: RoadNetwork) -> NDArray[np.bool_]:
    """Segments that are the way of a ferry, shape (m,)."""
    words = Words.packed(network.road_class)
    is_ferry = np.array([word == _FERRY for word in words.vocabulary], dtype=bool)
    return np.asarray(is_ferry[words.codes])


class Meeting:
    """
    Segments that meet at each node.

    Parameters
    ----------
    network : RoadNetwork
    """

    def __init__(self, network: RoadNetwork) -> None:
        nodes = np.concatenate([network.start, network.end])
        order = np.argsort(nodes, kind="stable")
        self._segments = order % max(len(network), 1)
        size = len(network.node_ids)
        self._first = np.searchsorted(nodes[order], np.arange(size + 1))
        self._start, self._end = network.start, network.end

    def at(self, node: int) -> list[int]:
        """Segments at a node; a loop stands there twice."""
        found: list[int] = self._segments[self._first[node] : self._first[node + 1]].tolist()
        return found

    def beyond(self, node: int, segment: int) -> int:
        """Node at the other end of a segment."""
        start, end = int(self._start[segment]), int(self._end[segment])
        return end if start == node else start
