"""Roads between junctions as a graph, for one vehicle at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.routing import UNREACHABLE, ArcGraph, distances, loss_costs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
    nodes : collection of int
        Nodes of the network that are asked for, with roads or without.
    """

    def __init__(
        self,
        network: RoadNetwork,
        roads: Sequence[Road],
        passable: Passability,
        nodes: Collection[int],
    ) -> None:
        self._rows = [np.array([segment for segment, _ in road.steps]) for road in roads]
        whole_s = np.rint(np.where(passable.is_open, passable.mid_s, 0.0)).astype(np.int64)
        of_road = [int(whole_s[row].sum()) for row in self._rows]
        self._seconds = np.repeat(np.array(of_road, dtype=np.int64), 2)
        self._length_m = np.array([float(network.length_m[row].sum()) for row in self._rows])
        ends = np.array([(road.start, road.end) for road in roads], dtype=np.int64).reshape(-1, 2)
        known = np.unique(np.concatenate([ends.ravel(), np.array(list(nodes), dtype=np.int64)]))
        self._number = {node: i for i, node in enumerate(known.tolist())}
        ends = np.searchsorted(known, ends)
        whole = ArcGraph.from_arcs(len(known), ends.ravel(), ends[:, ::-1].ravel())
        is_open = [is_open for road in roads for is_open in _open_ways(road, passable)]
        self._graph = whole.keeping(np.array(is_open, dtype=bool))

    def losses(self, base: int, targets: Sequence[int], failures: Sequence[Failure]) -> Losses:
        """Seconds from the base to each target, whole and after each failure."""
        groups = [
            np.array([arc for road in failure.roads for arc in (2 * road, 2 * road + 1)])
            for failure in failures
        ]
        ends = [self._number[node] for node in targets]
        return loss_costs(self._graph, self._seconds, self._number[base], ends, groups)

    def seconds_to(self, losses: Losses, node: int) -> int | None:
        """Seconds from the base to a node with nothing lost; None where no road leads there."""
        seconds = int(losses.whole[self._number[node]])
        return None if seconds == UNREACHABLE else seconds

    def metres_to(self, losses: Losses, node: int) -> float:
        """Length of the fastest way from the base to a node."""
        total_m, here = 0.0, self._number[node]
        while (last := int(losses.arc[here])) >= 0:
            total_m += float(self._length_m[last // 2])
            here = int(self._graph.tail[last])
        return total_m

    def reached_without(self, is_lost: NDArray[np.bool_], base: int) -> Collection[int]:
        """Nodes to which a way leads from the base that holds none of these segments."""
        is_kept = np.array([not is_lost[row].any() for row in self._rows], dtype=bool)
        graph = self._graph.keeping(np.repeat(is_kept, 2))
        found = distances(graph, self._seconds, self._number[base])
        return {node for node, i in self._number.items() if found[i] != UNREACHABLE}


def _open_ways(road: Road, passable: Passability) -> tuple[bool, bool]:
    """Whether a road may be driven from its start to its end, and back."""
    along = [2 * segment + (not is_forward) for segment, is_forward in road.steps]
    back = [2 * segment + is_forward for segment, is_forward in road.steps]
    return bool(passable.is_arc_open[along].all()), bool(passable.is_arc_open[back].all())
