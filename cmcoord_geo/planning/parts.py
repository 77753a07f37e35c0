"""One part of a trip, from stop to stop: its exact set, ways over a junction, and what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.network.areas import added_seconds
from cmcoord_geo.planning.together import Left, lost_together
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
    from cmcoord_geo.planning.together import PartLosses
    from cmcoord_geo.routing import TurnGraph

_Answer = TypeVar("_Answer")
#: Share of the best way over which a way over a junction must be the best one, among streets.
_LEAST_PLATEAU = 0.05


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """A way that may be chosen: arcs of the network, and the same as a path of the graph searched."""

    whole: NDArray[np.int64]
    path: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """
    Ways from one stop to the next.

    Attributes
    ----------
    trees : EndTrees
        In seconds with what areas to avoid add.
    costs : ndarray of int64, shape (k, criteria)
    ways : tuple of Candidate
        For each row of costs.
    is_complete : bool
        False where memory ended the search before all rows were found.
    fastest : Candidate
    others : tuple of Candidate
        Ways that are fastest over some junction, within the stretch bound of the whole trip.
    detours : mapping
        Segment of the fastest way to what is left without it: those whose loss breaks the bound, and those
        that other parts need too.
    together : PartLosses
        What is lost only at once.
    """

    trees: EndTrees
    costs: NDArray[np.int64]
    ways: tuple[Candidate, ...]
    is_complete: bool
    fastest: Candidate
    others: tuple[Candidate, ...]
    detours: Mapping[int, Left]
    together: PartLosses

    @property
    def best(self) -> int:
        """Seconds of the fastest way, with what areas to avoid add."""
        return self.trees.best

    @property
    def whole(self) -> Left:
        """What is left of the part where nothing on its fastest way is lost."""
        return Left(cost=self.best, path=self.fastest.whole)

    def without(self, segment: int) -> Left:
        """What is left of the part without a segment."""
        return self.detours.get(segment) or self.whole

    def without_crossing(self, crossing: int) -> Left:
        """What is left of the part without a shared crossing."""
        return self.together.crossings.get(crossing) or self.whole


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
    def seconds(self) -> NDArray[np.int64]:
        """Seconds of each arc as they are felt, shape (2 m,)."""
        column: NDArray[np.int64] = self.criteria[:, 0]
        return column

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
            return (self._part(*pairs[0], tuple(most), stretch, others_s=0, beside=set()),)
        felt = self.seconds
        fastest = [fastest_part(self.network, self.passable, felt, *pair) for pair in pairs]
        seconds = [int(felt[path].sum()) for path in fastest]
        used = [set((path // 2).tolist()) for path in fastest]
        least = [self._least(*pair, count=len(most)) for pair in pairs]
        found = []
        for i, pair in enumerate(pairs):
            beside = set().union(*used[:i], *used[i + 1 :])
            others = [sum(column) for column in zip(*least[:i], *least[i + 1 :], strict=True)]
            left = tuple(
                None if value is None else value - other
                for value, other in zip(most, others, strict=True)
            )
            others_s = sum(seconds) - seconds[i]
            found.append(self._part(*pair, left, stretch, others_s=others_s, beside=beside))
        return tuple(found)

    def without(self, part: Part, lost: Collection[int]) -> NDArray[np.int64]:
        """Arcs of the fastest way of a part without some segments; empty where there is none."""
        ends = part.trees.source, part.trees.target
        try:
            return fastest_part(self.network, self.passable, self.seconds, *ends, lost=lost)
        except NoRouteError:
            return np.zeros(0, dtype=np.int64)

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
        beside: set[int],
    ) -> Part:
        """
        Ways from one stop to the next.

        The other parts take ``others_s`` at best, and need the segments ``beside`` for it.
        """
        network, config = self.network, self.config

        def search(roads: TurnGraph) -> Found[Part]:
            criteria = roads.spread(self.criteria)
            trees = EndTrees.between(roads.graph, criteria[:, 0], origin, destination)
            limit = stretch_limit(trees.best + others_s, config.stretch) - others_s
            bound = (None if stretch is None else limit, *(most or (None,)))
            front = pareto_paths(roads.graph, criteria, origin, destination, bound=bound)
            ways = tuple(Candidate(whole=roads.path(path), path=path) for path in front.paths)
            fastest, *others = ways_over_junctions(
                network, roads, trees, stretch=limit / max(trees.best, 1)
            )
            each = [way.whole for way in (*ways, *others)]
            within = [path // 2 for path in each if int(self.seconds[path].sum()) <= limit]
            shared = beside & set((fastest.whole // 2).tolist())
            detours = _detours(roads, trees, limit, within=within, shared=shared)
            alone = {segment for segment, left in detours.items() if left.cost > limit}
            together = lost_together(network, roads, trees, limit, alone, beside=beside)
            part = Part(
                trees=trees,
                costs=front.costs,
                ways=ways,
                is_complete=front.is_complete,
                fastest=fastest,
                others=tuple(others),
                detours=detours,
                together=together,
            )
            left = (*(one.path for one in detours.values()), *together.paths)
            return Found(answer=part, paths=(fastest.whole, *(way.whole for way in ways), *left))

        return _between(network, self.passable, origin, destination, search)


def fastest_part(
    network: RoadNetwork,
    passable: Passability,
    costs: NDArray[np.int64],
    origin: int,
    destination: int,
    *,
    lost: Collection[int] = (),
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
    lost : collection of int
        Segments that cannot be used.

    Raises
    ------
    NoRouteError
        Nothing leads there; ``origin`` and ``destination`` are the ids of the nodes.
    """

    def search(roads: TurnGraph) -> Found[NDArray[np.int64]]:
        trees = EndTrees.between(roads.graph, roads.spread(costs), origin, destination)
        path = roads.path(trees.path)
        return Found(answer=path, paths=(path,))

    return _between(network, passable, origin, destination, search, lost=lost)


def ways_over_junctions(
    network: RoadNetwork, roads: TurnGraph, trees: EndTrees, *, stretch: float
) -> tuple[Candidate, ...]:
    """
    Ways that are best over some junction, the best of all first; the others pass no junction twice.

    Any way over a junction between towns is of interest; among streets only one that holds for a while.
    """
    plateau = 0.0 if network.traffic is None else _LEAST_PLATEAU
    found = single_via_paths(trees, max_stretch=stretch, min_plateau=plateau)
    each = [Candidate(whole=roads.path(one.arcs), path=one.arcs) for one in found]
    return *each[:1], *(one for one in each[1:] if passes_once(network, one.whole))


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
    *,
    lost: Collection[int] = (),
) -> _Answer:
    """Answer of a search between two stops; its failure names them."""
    is_open, bans = passable.is_arc_open, passable.banned_turns
    if lost:
        is_open = is_open & ~np.isin(np.arange(len(is_open)) // 2, list(lost))
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
    uses = np.zeros(int(segment_of.max(initial=0)) + 1, dtype=np.int64)
    for segments in within:
        uses[segments] += 1  # once, however often a way passes
    is_bound = uses == len(within)
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
