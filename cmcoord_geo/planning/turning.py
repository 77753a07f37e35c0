"""Searches that keep to the banned turns, and send nobody to turn round on a road."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.routing import ArcGraph, without_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.routing import TurnGraph

_Answer = TypeVar("_Answer")
#: Junctions round a place where a path turned round within which it is banned at first, and times how many
#: more each time that paths turn round beyond.
_NEAR, _WIDER = 16, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[_Answer]):
    """Answer of a search, and all the paths in it as arcs of the network."""

    answer: _Answer
    paths: tuple[NDArray[np.int64], ...]


def searched(
    network: RoadNetwork,
    is_open: NDArray[np.bool_],
    bans: Sequence[tuple[int, ...]],
    target: int,
    search: Callable[[TurnGraph], Found[_Answer]],
) -> _Answer:
    """
    Answer of a search that keeps to the bans and does not turn round.

    Without bans no best path turns round. With bans one may drive past a junction and back only to come to it
    from the other side: no convoy is sent to do so. Where a path does, turning is banned about there too and
    the search is done again, so that in the end the answer is exact among the paths that never turn round.
    Only where none is left does the first answer stand, and its routes say where they turn.

    Parameters
    ----------
    network : RoadNetwork
    is_open : ndarray of bool, shape (2 m,)
        Arcs that may be driven.
    bans : sequence of rows of arcs
    target : int
        Node where all paths end.
    search : callable

    Raises
    ------
    NoRouteError
        The search raises it: nothing leads there within the bans.
    """
    whole = _graph_of(network).keeping(is_open)
    found = first = search(without_turns(whole, bans, target))
    if not bans:
        return first.answer
    no_turning: set[tuple[int, ...]] = set()
    hops = _NEAR
    while turned := [place for path in found.paths for place in turns_round(path)]:
        ends = np.unique(whole.head[turned])
        no_turning.update(_turns_near(whole, is_open, ends, hops))
        try:
            found = search(without_turns(whole, [*bans, *no_turning], target))
        except NoRouteError:
            return first.answer
        hops *= _WIDER
    return found.answer


@lru_cache(maxsize=1)
def _graph_of(network: RoadNetwork) -> ArcGraph:
    """All arcs of a network: the searches of a week begin with them."""
    return ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head)


def turns_round(path: NDArray[np.int64]) -> list[int]:
    """
    Arcs after which a path drives back on the same segment.

    Examples
    --------
    >>> turns_round(np.array([0, 4, 5, 2]))
    [4]
    """
    arcs: list[int] = path[:-1][path[1:] == path[:-1] ^ 1].tolist()
    return arcs


def passes_once(network: RoadNetwork, path: NDArray[np.int64]) -> bool:
    """Whether a path of arcs of the network passes no node twice."""
    is_back = path % 2 == 1
    start, end = network.start[path // 2], network.end[path // 2]
    nodes = np.append(np.where(is_back, end, start)[:1], np.where(is_back, start, end))
    return len(np.unique(nodes)) == len(nodes)


def _turns_near(
    graph: ArcGraph, is_open: NDArray[np.bool_], nodes: NDArray[np.int64], hops: int
) -> Iterable[tuple[int, int]]:
    """Turns back on a segment at the nodes that so many open arcs lead to from the given ones."""
    is_near = np.zeros(graph.n_nodes, dtype=bool)
    is_near[nodes] = True
    tail, head = graph.tail[is_open], graph.head[is_open]
    for _ in range(hops):
        reached = head[is_near[tail] & ~is_near[head]]
        if not len(reached):
            break
        is_near[reached] = True
    back = np.arange(graph.n_arcs) ^ 1
    arcs = np.flatnonzero(is_open & is_open[back] & is_near[graph.head])
    return zip(arcs.tolist(), back[arcs].tolist(), strict=True)
