"""Ways between two hubs: the exact Pareto set over time and exposure, reduced to a few that differ."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.model import Span
from cmcoord_geo.network import arc_segment
from cmcoord_geo.network.areas import added_seconds
from cmcoord_geo.planning.together import lost_together
from cmcoord_geo.planning.turning import Found, passes_once, searched
from cmcoord_geo.routing import (
    NO_ARC,
    UNREACHABLE,
    ArcGraph,
    EndTrees,
    OptionFigures,
    Recorded,
    TurnGraph,
    choose_diverse,
    distances,
    option_figures,
    pareto_paths,
    replacement_costs,
    single_via_paths,
    stretch_limit,
)
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import RouteConfig
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.together import Together

#: So many closed ways are told at most.
_MOST_SHUT = 2
#: Share of the best way over which a way over a junction must be the best one, among streets.
_LEAST_PLATEAU = 0.05
#: Share of the fastest way up to which parts of an option are looked at (Abraham et al. 2013: a quarter).
LOCAL_UP_TO = Fraction(1, 4)
#: A segment and whether it is driven from its start to its end.
Way = tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """
    What is left when one segment of a way is lost.

    Attributes
    ----------
    segment : int
    way : tuple
        The best way without it; empty when there is none.
    """

    segment: int
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Candidate:
    """A way that may be chosen: arcs of the network, and the same as a path of the graph searched."""

    whole: NDArray[np.int64]
    path: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """
    Answer of the search.

    Attributes
    ----------
    options : tuple of Way
        At most so many as the configuration says; they differ on the ground.
    figures : tuple of OptionFigures
        Of each option, in seconds as the search counts them.
    exact_routes : int
        Size of the exact Pareto set within the stretch bound.
    tried : int
        Different ways of which the options were chosen.
    cuts : tuple of Detour
        Segments of the fastest way whose loss makes it longer than the stretch bound.
    together : tuple of Together
        What does so only at once.
    """

    options: tuple[Way, ...]
    figures: tuple[OptionFigures, ...]
    exact_routes: int
    tried: int
    cuts: tuple[Detour, ...]
    together: tuple[Together, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What one search found: the ways chosen as paths of its trees, and the rest of the answer."""

    trees: EndTrees
    chosen: tuple[_Candidate, ...]
    exact_routes: int
    tried: int
    cuts: tuple[Detour, ...]
    together: tuple[Together, ...]


def find_ways(
    network: RoadNetwork,
    passable: Passability,
    exposure: NDArray[np.int64],
    origin: int,
    destination: int,
    *,
    config: RouteConfig,
    recorded: Recorded | None = None,
) -> Ways:
    """
    Find the ways worth showing to a person.

    Candidates are the exact Pareto set over driving time and exposure and the ways that are fastest over some
    junction (Abraham et al. 2013). Of these, few are chosen that share less than the bound of their length,
    each time the one least like those chosen in length and in recorded exposure.

    Parameters
    ----------
    network : RoadNetwork
    passable : Passability
    exposure : ndarray of int64, shape (m,)
        Criterion of each segment, from :func:`cmcoord_geo.risk.search_costs`.
    origin, destination : int
        Nodes.
    config : RouteConfig
    recorded : Recorded, optional
        Recorded exposure of each segment; without it ways are told apart by length alone.

    Raises
    ------
    NoRouteError
        Nothing that the convoy can pass leads there.
    """
    felt_s = np.repeat(_whole_seconds(passable) + _added_seconds(network, passable), 2)

    def search(roads: TurnGraph) -> Found[_Search]:
        seconds = roads.spread(felt_s)
        trees = EndTrees.between(roads.graph, seconds, origin, destination)
        limit = stretch_limit(trees.best, config.stretch)
        criteria = np.column_stack([seconds, roads.spread(np.repeat(exposure, 2))])
        front = pareto_paths(roads.graph, criteria, origin, destination, bound=(limit, None))
        best = [_Candidate(whole=roads.path(path), path=path) for path in front.paths]
        each = [*best, *_via(network, roads, trees, config=config)]
        choice = choose_diverse(
            [one.whole // 2 for one in each],
            network.length_m,
            recorded=recorded,
            first=(0, len(best) - 1),
            limit=config.max_options,
            max_share=config.max_share,
        )
        chosen = tuple(each[i] for i in choice.chosen)
        within = [one.whole for one in chosen if int(felt_s[one.whole].sum()) <= limit]
        cuts = _cuts(roads, trees, limit, within=[path // 2 for path in within])
        together = lost_together(network, roads, trees, limit, {cut.segment for cut, _ in cuts})
        answer = _Search(
            trees=trees,
            chosen=chosen,
            exact_routes=len(best),
            tried=len({one.whole.tobytes() for one in each}),
            cuts=tuple(cut for cut, _ in cuts),
            together=together,
        )
        detours = [*(detour for _, detour in cuts), *(loss.detour for loss in together)]
        paths = (roads.path(trees.path), *(one.whole for one in best), *detours)
        return Found(answer=answer, paths=paths)

    found = searched(network, passable.is_arc_open, passable.banned_turns, destination, search)
    return Ways(
        options=tuple(way_of(one.whole) for one in found.chosen),
        figures=tuple(
            option_figures(found.trees, one.path, up_to=float(LOCAL_UP_TO)) for one in found.chosen
        ),
        exact_routes=found.exact_routes,
        tried=found.tried,
        cuts=found.cuts,
        together=found.together,
    )


def find_closed_ways(
    network: RoadNetwork,
    passable: Passability,
    origin: int,
    destination: int,
    *,
    config: RouteConfig,
) -> tuple[Way, ...]:
    """
    Find ways that would be worth showing if nothing were closed to the convoy, shortest first.

    They tell a person what stands in the way (hazard H21); none of them is an option. Roads that the map
    keeps the convoy off are left out, but for bridges and ferries, unless nothing else leads there.
    """
    for is_looked_at in looked_at(network, passable):
        found = _closed_on(network, passable, is_looked_at, origin, destination, config=config)
        if found is not None:
            return found
    return ()


def looked_at(network: RoadNetwork, passable: Passability) -> Iterator[NDArray[np.bool_]]:
    """Arcs to look at, shape (2 m,): legal ones, forbidden bridges and ferries; then forbidden roads too."""
    is_legal = passable.is_arc_legal
    is_forbidden = ~(
        is_legal[::2] | is_legal[1::2]
    )  # not a one-way street: that is no question of closure
    index, is_crossed = network.segment_index, np.zeros(len(network), dtype=bool)
    for crossing in network.crossings:
        if crossing.kind in {"bridge", "ferry"}:
            is_crossed[[index[key] for key in crossing.at_km if key in index]] = True
    yield is_legal | np.repeat(is_forbidden & is_crossed, 2)
    if is_forbidden.any():
        yield is_legal | np.repeat(is_forbidden, 2)


def _closed_on(
    network: RoadNetwork,
    passable: Passability,
    is_looked_at: NDArray[np.bool_],
    origin: int,
    destination: int,
    *,
    config: RouteConfig,
) -> tuple[Way, ...] | None:
    """Closed ways over some arcs, shortest first; None where these do not lead there."""
    arc_m = np.repeat(np.rint(network.length_m).astype(np.int64), 2)

    def search(roads: TurnGraph) -> Found[tuple[NDArray[np.int64], ...]]:
        metres = roads.spread(arc_m)
        trees = EndTrees.between(roads.graph, metres, origin, destination)
        paths = tuple(one.whole for one in _via(network, roads, trees, config=config))
        return Found(answer=paths, paths=paths[:1])

    try:
        each = searched(network, is_looked_at, passable.banned_turns, destination, search)
    except NoRouteError:
        return None
    chosen = choose_diverse(
        [path // 2 for path in each],
        network.length_m,
        limit=config.max_options,
        max_share=config.max_share,
    ).chosen
    found = [way_of(each[i]) for i in sorted(chosen)]
    shut = [way for way in found if not all(passable.is_open[segment] for segment, _ in way)]
    return tuple(shut[:_MOST_SHUT])


def is_cut_by_turns(
    network: RoadNetwork, passable: Passability, origin: int, destination: int
) -> bool:
    """Whether open roads lead there that only banned turns keep apart."""
    graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head)
    seconds = np.repeat(_whole_seconds(passable), 2)
    found = distances(graph.keeping(passable.is_arc_open), seconds, origin)
    return bool(passable.banned_turns) and bool(found[destination] != UNREACHABLE)


def nodes_of(network: RoadNetwork, way: Way) -> tuple[int, ...]:
    """Nodes that a way passes, both ends included."""
    segment, is_forward = way[0]
    nodes = [int(network.start[segment] if is_forward else network.end[segment])]
    for segment, is_forward in way:
        nodes.append(int(network.end[segment] if is_forward else network.start[segment]))
    return tuple(nodes)


def places_of(network: RoadNetwork, way: Way) -> tuple[str, ...]:
    """Ids of the places that a way passes, both ends included; junctions without a name are left out."""
    first, *between, last = nodes_of(network, way)
    named = (node for node in between if network.is_place(node))
    return tuple(network.node_ids[node] for node in (first, *named, last))


def length_km(network: RoadNetwork, way: Way) -> float:
    """Estimated length of a way in km."""
    return float(network.length_m[[segment for segment, _ in way]].sum()) / KM_M


def drive_hours(passable: Passability, way: Way) -> Span:
    """Moving hours on a way, from the fast pace to the slow one."""
    segments = [segment for segment, _ in way]
    return Span(
        low=float(passable.low_s[segments].sum()) / HOUR_S,
        high=float(passable.high_s[segments].sum()) / HOUR_S,
    )


def _whole_seconds(passable: Passability) -> NDArray[np.int64]:
    return np.rint(np.where(passable.is_open, passable.mid_s, 0.0)).astype(np.int64)


def _added_seconds(network: RoadNetwork, passable: Passability) -> NDArray[np.int64]:
    """What areas to avoid add in the search, and nowhere else."""
    return np.rint(added_seconds(network, passable.touches)).astype(np.int64)


def way_of(arcs: Sequence[int] | NDArray[np.int64]) -> Way:
    """Segments along some arcs."""
    return tuple(arc_segment(int(arc)) for arc in arcs)


def _least_plateau(network: RoadNetwork) -> float:
    """Any way over a junction between towns is of interest; among streets only one that holds for a while."""
    return 0.0 if network.traffic is None else _LEAST_PLATEAU


def _via(
    network: RoadNetwork, roads: TurnGraph, trees: EndTrees, *, config: RouteConfig
) -> tuple[_Candidate, ...]:
    """Ways that are best over some junction, the best of all first; the others pass no junction twice."""
    found = single_via_paths(trees, max_stretch=config.stretch, min_plateau=_least_plateau(network))
    each = [_Candidate(whole=roads.path(one.arcs), path=one.arcs) for one in found]
    return *each[:1], *(one for one in each[1:] if passes_once(network, one.whole))


def _cuts(
    roads: TurnGraph,
    trees: EndTrees,
    limit: int,
    *,
    within: Sequence[NDArray[np.int64]],
) -> list[tuple[Detour, NDArray[np.int64]]]:
    """
    Segments whose loss breaks the bound, with the arcs of the detours.

    Each of them lies on every way within the bound, so on the fastest. What one of the ways already chosen
    (``within``: their segments) does without, at no more than the bound, is no cut and is not searched.
    """
    segment_of = np.where(roads.arc_of == NO_ARC, -1, roads.arc_of // 2)
    is_bound = np.ones(int(segment_of.max(initial=0)) + 1, dtype=bool)
    for segments in within:
        is_used = np.zeros_like(is_bound)
        is_used[segments] = True
        is_bound &= is_used
    groups = np.where((segment_of >= 0) & is_bound[segment_of], segment_of, -1)
    found = replacement_costs(trees, groups=groups)
    cuts = []
    made: dict[int, tuple[Way, NDArray[np.int64]]] = {}
    for place in np.flatnonzero(found.costs > limit).tolist():
        path = found.path(place)  # the same array for neighbours with the same detour
        if id(path) not in made:
            whole = roads.path(path)
            made[id(path)] = way_of(whole), whole
        way, whole = made[id(path)]
        cuts.append((Detour(segment=int(found.groups[place]), way=way), whole))
    return cuts
