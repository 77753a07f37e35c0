"""Roads between junctions as a graph, for one vehicle at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.routing import ArcGraph, distances, loss_costs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.failures import Failure, Road
    from cmcoord_geo.routing import Losses


class Skeleton:
    """
    Graph with two arcs for each road: ``2 * i`` from its start to its end, ``2 * i + 1`` back.

    Parameters
    ----------
    network : RoadNetwork
    roads : sequence of Road
    passable : Passability
        A road is open in a direction when every segment of it is.

    Attributes
    ----------
    graph : ArcGraph
        Without the closed arcs.
    seconds : ndarray of int64, shape (2 * roads,)
        At the middle pace.
    length_m : ndarray of float64, shape (roads,)
    """

    def __init__(self, network: RoadNetwork, roads: Sequence[Road], passable: Passability) -> None:
        self._rows = [np.array([segment for segment, _ in road.steps]) for road in roads]
        whole_s = np.rint(np.where(passable.is_open, passable.mid_s, 0.0)).astype(np.int64)
        of_road = [int(whole_s[row].sum()) for row in self._rows]
        self.seconds = np.repeat(np.array(of_road, dtype=np.int64), 2)
        self.length_m = np.array([float(network.length_m[row].sum()) for row in self._rows])
        ends = np.array([(road.start, road.end) for road in roads], dtype=np.int64).reshape(-1, 2)
        whole = ArcGraph.from_arcs(len(network.node_ids), ends.ravel(), ends[:, ::-1].ravel())
        is_open = [is_open for road in roads for is_open in _open_ways(road, passable)]
        self.graph = whole.keeping(np.array(is_open, dtype=bool))

    def losses(self, base: int, targets: Sequence[int], failures: Sequence[Failure]) -> Losses:
        """Seconds from the base to each target, whole and after each failure."""
        groups = [
            np.array([a for road in f.roads for a in (2 * road, 2 * road + 1)]) for f in failures
        ]
        return loss_costs(self.graph, self.seconds, base, targets, groups)

    def seconds_without(self, is_lost: NDArray[np.bool_], base: int) -> NDArray[np.int64]:
        """Seconds from the base to every node by roads that hold none of these segments."""
        is_kept = np.array([not is_lost[row].any() for row in self._rows], dtype=bool)
        return distances(self.graph.keeping(np.repeat(is_kept, 2)), self.seconds, base)

    def metres_to(self, node: int, arc: NDArray[np.int64]) -> float:
        """Length of the way that a tree of last arcs holds to a node."""
        total_m = 0.0
        while (last := int(arc[node])) >= 0:
            total_m += float(self.length_m[last // 2])
            node = int(self.graph.tail[last])
        return total_m


def _open_ways(road: Road, passable: Passability) -> tuple[bool, bool]:
    """Whether a road may be driven from its start to its end, and back."""
    along = [2 * segment + (not is_forward) for segment, is_forward in road.steps]
    back = [2 * segment + is_forward for segment, is_forward in road.steps]
    return bool(passable.is_arc_open[along].all()), bool(passable.is_arc_open[back].all())
