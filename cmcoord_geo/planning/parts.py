"""One part of a trip, from stop to stop: its exact set, ways over a junction, and what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.network.areas import added_seconds
from cmcoord_geo.planning.turning import Found, passes_once, searched
from cmcoord_geo.routing import (
    NO_ARC,
    UNREACHABLE,
    ArcGraph,
    EndTrees,
    distances,
    pareto_paths,
    replacement_costs,
    single_via_paths,
    stretch_limit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import RouteConfig
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.routing import TurnGraph

_Answer = TypeVar("_Answer")
#: Share of the best way over which a way over a junction must be the best one, among streets.
_LEAST_PLATEAU = 0.05


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Left:
    """
    What is left of a part when one segment is lost.

    Attributes
    ----------
    cost : int
        Seconds of the best way without it.
    path : ndarray of int64
        Its arcs; empty when there is none.
    """

    cost: int
    path: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """
    Ways from one stop to the next.

    Attributes
    ----------
    costs : ndarray of int64, shape (k, criteria)
    paths : tuple of ndarray of int64
        Arcs of the network for each row of costs.
    fastest : ndarray of int64
    best : int
        Seconds of the fastest way, with what areas to avoid add.
    others : tuple of ndarray of int64
        Ways that are fastest over some junction.
    detours : mapping
        Segment of the fastest way to what is left without it: those whose loss breaks the bound, and those
        that other parts need too.
    """

    costs: NDArray[np.int64]
    paths: tuple[NDArray[np.int64], ...]
    fastest: NDArray[np.int64]
    best: int
    others: tuple[NDArray[np.int64], ...]
    detours: Mapping[int, Left]

    def without(self, segment: int) -> Left:
        """What is left of the part without a segment."""
        return self.detours.get(segment) or Left(cost=self.best, path=self.fastest)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PartSearch:
    """
    Searches the parts of one trip.

    Attributes
    ----------
    network : RoadNetwork
    passable : Passability
    criteria : ndarray of int64, shape (2 m, k)
        Of each arc: seconds as they are felt, exposure, and what else is limited.
    config : RouteConfig
    """

    network: RoadNetwork
    passable: Passability
    criteria: NDArray[np.int64]
    config: RouteConfig

    @property
    def exposure(self) -> NDArray[np.int64]:
        """Exposure of each segment, shape (m,)."""
        column: NDArray[np.int64] = self.criteria[::2, 1]
        return column

    def parts(
        self, stops: Sequence[int], most: Sequence[int | None], *, stretch: float | None
    ) -> tuple[Part, ...]:
        """
        Parts between stops, with all that may belong to a way within the limits.

        Parameters
        ----------
        stops : sequence of int
            Nodes in their order.
        most : sequence of int or None
            Highest sum of each criterion but the first over the whole trip; empty for no limit.
        stretch : float or None
            Highest seconds of the whole trip as a multiple of the best; None is no limit.

        Raises
        ------
        NoRouteError
            Nothing leads from one stop to the next, or nothing within the limits.
        """
        pairs = list(pairwise(stops))
        if len(pairs) == 1:
            return (self._part(*pairs[0], tuple(most), stretch, others_s=0, shared=()),)
        felt = self.criteria[:, 0]
        fastest = [fastest_part(self.network, self.passable, felt, *pair) for pair in pairs]
        seconds = [int(felt[path].sum()) for path in fastest]
        used = [set((path // 2).tolist()) for path in fastest]
        least = [self._least(*pair, count=len(most)) for pair in pairs]
        found = []
        for i, pair in enumerate(pairs):
            beside = [set(), *used[:i], *used[i + 1 :]]
            others = [sum(column) for column in zip(*least[:i], *least[i + 1 :], strict=True)]
            left = tuple(
                None if value is None else value - other
                for value, other in zip(most, others, strict=True)
            )
            others_s = sum(seconds) - seconds[i]
            shared = used[i] & set.union(*beside)
            found.append(self._part(*pair, left, stretch, others_s=others_s, shared=shared))
        return tuple(found)

    def _least(self, origin: int, destination: int, *, count: int) -> list[int]:
        """At least so much of each criterion but the first is needed from one stop to the next."""
        graph = ArcGraph.from_arcs(
            len(self.network.node_ids), self.network.tail, self.network.head
        ).keeping(self.passable.is_arc_open)
        columns = self.criteria[:, 1 : 1 + count].T
        return [int(distances(graph, column, origin)[destination]) for column in columns]

    def _part(
        self,
        origin: int,
        destination: int,
        most: tuple[int | None, ...],
        stretch: float | None,
        *,
        others_s: int,
        shared: Collection[int],
    ) -> Part:
        """Ways from one stop to the next; ``others_s`` the other parts take at best."""
        network, config = self.network, self.config

        def search(roads: TurnGraph) -> Found[Part]:
            criteria = roads.spread(self.criteria)
            trees = EndTrees.between(roads.graph, criteria[:, 0], origin, destination)
            limit = stretch_limit(trees.best + others_s, config.stretch) - others_s
            bound = (None if stretch is None else limit, *(most or (None,)))
            front = pareto_paths(roads.graph, criteria, origin, destination, bound=bound)
            paths = tuple(map(roads.path, front.paths))
            fastest, *others = ways_over_junctions(network, roads, trees, config=config)
            within = [
                path // 2
                for path in (*paths, *others)
                if int(self.criteria[path, 0].sum()) <= limit
            ]
            detours = _detours(roads, trees, limit, within=within, shared=shared)
            part = Part(
                costs=front.costs,
                paths=paths,
                fastest=fastest,
                best=trees.best,
                others=tuple(others),
                detours=detours,
            )
            left = (one.path for one in detours.values() if one.path.size)
            return Found(answer=part, paths=(fastest, *paths, *left))

        return _between(network, self.passable, origin, destination, search)


def fastest_part(
    network: RoadNetwork,
    passable: Passability,
    costs: NDArray[np.int64],
    origin: int,
    destination: int,
) -> NDArray[np.int64]:
    """
    Arcs of the cheapest way from one stop to the next.

    Parameters
    ----------
    network : RoadNetwork
    passable : Passability
    costs : ndarray of int64, shape (2 m,)
    origin, destination : int
        Nodes.

    Raises
    ------
    NoRouteError
        Nothing leads there; ``origin`` and ``destination`` are the ids of the nodes.
    """

    def search(roads: TurnGraph) -> Found[NDArray[np.int64]]:
        trees = EndTrees.between(roads.graph, roads.spread(costs), origin, destination)
        path = roads.path(trees.path)
        return Found(answer=path, paths=(path,))

    return _between(network, passable, origin, destination, search)


def ways_over_junctions(
    network: RoadNetwork, roads: TurnGraph, trees: EndTrees, *, config: RouteConfig
) -> tuple[NDArray[np.int64], ...]:
    """
    Ways that are best over some junction, the best of all first; the others pass no junction twice.

    Any way over a junction between towns is of interest; among streets only one that holds for a while.
    """
    plateau = 0.0 if network.traffic is None else _LEAST_PLATEAU
    found = single_via_paths(trees, max_stretch=config.stretch, min_plateau=plateau)
    paths = [roads.path(path.arcs) for path in found]
    return *paths[:1], *(path for path in paths[1:] if passes_once(network, path))


def whole_seconds(passable: Passability) -> NDArray[np.int64]:
    """Moving seconds of each segment at the middle pace, shape (m,); 0 where closed."""
    return np.rint(np.where(passable.is_open, passable.mid_s, 0.0)).astype(np.int64)


def felt_seconds(network: RoadNetwork, passable: Passability) -> NDArray[np.int64]:
    """Moving seconds with what areas to avoid add in the search, and nowhere else, shape (m,)."""
    added = np.rint(added_seconds(network, passable.touches)).astype(np.int64)
    return whole_seconds(passable) + added


def _between(
    network: RoadNetwork,
    passable: Passability,
    origin: int,
    destination: int,
    search: Callable[[TurnGraph], Found[_Answer]],
) -> _Answer:
    """Answer of a search between two stops; its failure names them."""
    is_open, bans = passable.is_arc_open, passable.banned_turns
    try:
        return searched(network, is_open, bans, destination, search)
    except NoRouteError as error:
        names = {"origin": network.node_ids[origin], "destination": network.node_ids[destination]}
        raise NoRouteError(str(error), **names) from None


def _detours(
    roads: TurnGraph,
    trees: EndTrees,
    limit: int,
    *,
    within: Sequence[NDArray[np.int64]],
    shared: Collection[int],
) -> dict[int, Left]:
    """
    What is left without each segment whose loss breaks the bound, and without each shared one.

    A segment whose loss breaks the bound lies on every way within it. What one of these (``within``: their
    segments) does without is no cut and is not searched, unless other parts need it too.
    """
    segment_of = np.where(roads.arc_of == NO_ARC, -1, roads.arc_of // 2)
    is_bound = np.ones(int(segment_of.max(initial=0)) + 1, dtype=bool)
    for segments in within:
        is_used = np.zeros_like(is_bound)
        is_used[segments] = True
        is_bound &= is_used
    is_bound[list(shared)] = True
    groups = np.where((segment_of >= 0) & is_bound[segment_of], segment_of, -1)
    found = replacement_costs(trees, groups=groups)
    left: dict[int, Left] = {}
    made: dict[int, NDArray[np.int64]] = {}
    for place, (segment, cost) in enumerate(
        zip(found.groups.tolist(), found.costs.tolist(), strict=True)
    ):
        if cost <= limit and segment not in shared:
            continue
        path = found.path(place)  # the same array for neighbours with the same detour
        if id(path) not in made:
            made[id(path)] = roads.path(path) if cost != UNREACHABLE else path
        left[segment] = Left(cost=cost, path=made[id(path)])
    return left
