"""Roads between junctions as a graph, for one vehicle at one moment and from one base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from cmcoord_geo.routing import UNREACHABLE, ArcGraph, distances, loss_costs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.failures import Failure, Road
    from cmcoord_geo.routing import Losses


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Barred:
    """
    Targets to which open roads lead, but no way that keeps to the banned turns and does not turn round.

    Attributes
    ----------
    whole : ndarray of bool, shape (targets,)
        With nothing lost.
    lost : ndarray of bool, shape (groups, targets)
        After each loss of ``Losses.groups``, where a way leads there before it.
    """

    whole: NDArray[np.bool_]
    lost: NDArray[np.bool_]


class RoadGraph(Protocol):
    """What is asked of a graph of roads."""

    def losses(self, failures: Sequence[Failure]) -> tuple[Losses, Barred]:
        """Seconds from the base to each target, whole and after each failure."""

    def seconds_to(self, losses: Losses, node: int) -> int | None:
        """Seconds from the base to a node with nothing lost; None where no way leads there."""

    def metres_to(self, losses: Losses, node: int) -> float:
        """Length of the fastest way from the base to a node."""

    def reached_without(self, is_lost: NDArray[np.bool_]) -> Collection[int]:
        """Nodes to which a way leads from the base that holds none of these segments."""


class Skeleton:
    """
    Graph with two arcs for each road: ``2 * i`` from its start to its end, ``2 * i + 1`` back.

    Parameters
    ----------
    network : RoadNetwork
    roads : sequence of Road
    passable : Passability
        A road is open in a direction when every segment of it is.
    base : int
        Node of the network from which everything is driven.
    targets : sequence of int
        Nodes of the network, with roads or without.

    Attributes
    ----------
    graph : ArcGraph
    seconds : ndarray of int64, shape (arcs,)
    length_m : ndarray of float64, shape (roads,)
    rows : list of ndarray of int64
        Segments of each road.
    number : dict
        Node of the network to its number in the graph.
    base : int
    targets : list of int
        Numbers in the graph.
    """

    def __init__(
        self,
        network: RoadNetwork,
        roads: Sequence[Road],
        passable: Passability,
        base: int,
        targets: Sequence[int],
    ) -> None:
        self.rows = [np.array([segment for segment, _ in road.steps]) for road in roads]
        whole_s = np.rint(np.where(passable.is_open, passable.mid_s, 0.0)).astype(np.int64)
        of_road = [int(whole_s[row].sum()) for row in self.rows]
        self.seconds = np.repeat(np.array(of_road, dtype=np.int64), 2)
        self.length_m = np.array([float(network.length_m[row].sum()) for row in self.rows])
        ends = np.array([(road.start, road.end) for road in roads], dtype=np.int64).reshape(-1, 2)
        nodes = np.array([base, *targets], dtype=np.int64)
        known = np.unique(np.concatenate([ends.ravel(), nodes]))
        self.number = {node: i for i, node in enumerate(known.tolist())}
        self.base, *self.targets = (self.number[node] for node in nodes.tolist())
        ends = np.searchsorted(known, ends)
        whole = ArcGraph.from_arcs(len(known), ends.ravel(), ends[:, ::-1].ravel())
        is_open = [is_open for road in roads for is_open in _open_ways(road, passable)]
        self.graph = whole.keeping(np.array(is_open, dtype=bool))

    def losses(self, failures: Sequence[Failure]) -> tuple[Losses, Barred]:
        """Seconds from the base to each target, whole and after each failure; turns bar nobody here."""
        groups = [
            np.array([arc for road in failure.roads for arc in (2 * road, 2 * road + 1)])
            for failure in failures
        ]
        found = loss_costs(self.graph, self.seconds, self.base, self.targets, groups)
        barred = Barred(
            whole=np.zeros(len(self.targets), dtype=bool),
            lost=np.zeros(found.costs.shape, dtype=bool),
        )
        return found, barred

    def seconds_to(self, losses: Losses, node: int) -> int | None:
        """Seconds from the base to a node with nothing lost; None where no road leads there."""
        seconds = int(losses.whole[self.number[node]])
        return None if seconds == UNREACHABLE else seconds

    def metres_to(self, losses: Losses, node: int) -> float:
        """Length of the fastest way from the base to a node."""
        total_m, here = 0.0, self.number[node]
        while (last := int(losses.arc[here])) >= 0:
            total_m += float(self.length_m[last // 2])
            here = int(self.graph.tail[last])
        return total_m

    def reached_without(self, is_lost: NDArray[np.bool_]) -> Collection[int]:
        """Nodes to which a way leads from the base that holds none of these segments."""
        graph = self.graph.keeping(np.repeat(self.keeps(is_lost), 2))
        found = distances(graph, self.seconds, self.base)
        return {node for node, i in self.number.items() if found[i] != UNREACHABLE}

    def keeps(self, is_lost: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Roads of which no segment is lost, shape (roads,)."""
        return np.array([not is_lost[row].any() for row in self.rows], dtype=bool)


def _open_ways(road: Road, passable: Passability) -> tuple[bool, bool]:
    """Whether a road may be driven from its start to its end, and back."""
    along = [2 * segment + (not is_forward) for segment, is_forward in road.steps]
    back = [2 * segment + is_forward for segment, is_forward in road.steps]
    return bool(passable.is_arc_open[along].all()), bool(passable.is_arc_open[back].all())
