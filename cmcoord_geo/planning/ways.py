"""Ways between two hubs: the exact Pareto set over time and exposure, reduced to a few that differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.model import Span
from cmcoord_geo.network import arc_segment
from cmcoord_geo.planning.limits import SearchLimits
from cmcoord_geo.planning.parts import (
    PartSearch,
    felt_seconds,
    ways_over_junctions,
    whole_seconds,
)
from cmcoord_geo.planning.turning import Found, searched
from cmcoord_geo.routing import (
    UNREACHABLE,
    ArcGraph,
    EndTrees,
    TurnGraph,
    choose_diverse,
    distances,
    joined_front,
    stretch_limit,
    undominated,
)
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import RouteConfig
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.parts import Part

#: So many closed ways are told at most.
_MOST_SHUT = 2
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """
    Answer of the search.

    Attributes
    ----------
    options : tuple of Way
        At most so many as the configuration says; they differ on the ground.
    exact_routes : int
        Size of the exact Pareto set within the stretch bound.
    cuts : tuple of Detour
        Segments of the fastest way whose loss makes it longer than the stretch bound.
    removed : int
        Exact routes left out for being known too little.
    most_informed : float
        Share of the one of these that is known best, up to 1.
    """

    options: tuple[Way, ...]
    exact_routes: int
    cuts: tuple[Detour, ...]
    removed: int = 0
    most_informed: float = 0.0


def find_ways(
    network: RoadNetwork,
    passable: Passability,
    exposure: NDArray[np.int64],
    *stops: int,
    config: RouteConfig,
    limits: SearchLimits | None = None,
) -> Ways:
    """
    Find the ways worth showing to a person.

    Candidates are the exact Pareto set over driving time and exposure and the ways that are fastest over some
    junction (Abraham et al. 2013). Of these, few are chosen that share less than the bound of their length.
    Through several stops the sets of the parts are joined: exact too, and a spur is driven both ways.

    Parameters
    ----------
    network : RoadNetwork
    passable : Passability
    exposure : ndarray of int64, shape (m,)
        Criterion of each segment, from :func:`cmcoord_geo.risk.search_costs`.
    *stops : int
        Nodes in their order: origin, via points, destination.
    config : RouteConfig
    limits : SearchLimits, optional
        What every way must keep. Only where no way does so within the stretch bound are longer ones searched.

    Raises
    ------
    NoRouteError
        Nothing that the convoy can pass leads there, or nothing within the limits; ``origin`` and
        ``destination`` are ids of the nodes of the part where the search ended.
    """
    limits = limits or SearchLimits()
    search = PartSearch(
        network=network,
        passable=passable,
        criteria=np.repeat(
            np.column_stack([felt_seconds(network, passable), exposure, *limits.columns]), 2, axis=0
        ),
        config=config,
    )
    parts, ways = _within(search, stops, limits)
    best = [way for way in ways if limits.is_informed(way // 2)]
    found = _chosen(search, parts, best, limits)
    if len(best) == len(ways):
        return found
    most = max(limits.informed_share(way // 2) for way in ways)
    return replace(found, removed=len(ways) - len(best), most_informed=most)


def _within(
    search: PartSearch, stops: Sequence[int], limits: SearchLimits
) -> tuple[tuple[Part, ...], list[NDArray[np.int64]]]:
    """
    Parts between the stops, and the exact routes within the limits.

    Where all exact routes without limits keep them, these are the ones: any other way is dominated by one of
    them. Only else is each limit a criterion of the search.
    """
    stretch = search.config.stretch
    plain = replace(search, criteria=search.criteria[:, :2])
    parts, ways = _through(plain, stops, (), stretch=stretch)
    if all(limits.keeps_sums(way // 2, search.exposure) for way in ways):
        return parts, ways
    try:
        return _through(search, stops, limits.most, stretch=stretch)
    except NoRouteError:
        return _through(search, stops, limits.most, stretch=None)


def _through(
    search: PartSearch,
    stops: Sequence[int],
    most: tuple[int | None, ...],
    *,
    stretch: float | None,
) -> tuple[tuple[Part, ...], list[NDArray[np.int64]]]:
    """Parts between the stops, and the exact routes of the whole."""
    parts = search.parts(stops, most, stretch=stretch)
    limit = None
    if stretch is not None:
        limit = stretch_limit(sum(part.best for part in parts), stretch)
    joined = joined_front([part.costs for part in parts], (limit, *(most or (None,))))
    ways = [
        np.concatenate([part.paths[pick] for part, pick in zip(parts, row, strict=True)])
        for row in joined.picks[undominated(joined.costs[:, :2])]
    ]
    return parts, ways


def _chosen(
    search: PartSearch,
    parts: Sequence[Part],
    best: Sequence[NDArray[np.int64]],
    limits: SearchLimits,
) -> Ways:
    """Few ways that differ, of the exact routes and those over a junction; and what the fastest hangs on."""
    network, config = search.network, search.config
    over = (way for way in _over_junctions(parts) if limits.keeps(way // 2, search.exposure))
    arcs = [*best, *over]
    if not arcs:
        return Ways(options=(), exact_routes=0, cuts=())
    chosen = choose_diverse(
        [path // 2 for path in arcs],
        network.length_m,
        first=(0, max(len(best) - 1, 0)),
        limit=config.max_options,
        max_share=config.max_share,
    ).chosen
    kept = set((arcs[0] // 2).tolist())
    return Ways(
        options=tuple(as_way(arcs[i]) for i in chosen),
        exact_routes=len(best),
        cuts=tuple(cut for cut in _cuts(parts, config.stretch) if cut.segment in kept),
    )


def _over_junctions(parts: Sequence[Part]) -> Iterator[NDArray[np.int64]]:
    """Ways that are fastest over some junction of one part, and fastest in the others."""
    fastest = [part.fastest for part in parts]
    yield np.concatenate(fastest)
    for i, part in enumerate(parts):
        for path in part.others:
            yield np.concatenate([*fastest[:i], path, *fastest[i + 1 :]])


def _cuts(parts: Sequence[Part], stretch: float) -> Iterator[Detour]:
    """Segments whose loss, in all parts that need them, makes the fastest way longer than the bound."""
    limit = stretch_limit(sum(part.best for part in parts), stretch)
    made: dict[tuple[int, ...], Way] = {}
    for segment in dict.fromkeys(key for part in parts for key in part.detours):
        left = [part.without(segment) for part in parts]
        if any(not found.path.size for found in left):
            yield Detour(segment=segment, way=())
        elif sum(found.cost for found in left) > limit:
            key = tuple(id(found.path) for found in left)
            if key not in made:
                made[key] = as_way(np.concatenate([found.path for found in left]))
            yield Detour(segment=segment, way=made[key])


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
    for is_looked_at in _looked_at(network, passable):
        found = _closed_on(network, passable, is_looked_at, origin, destination, config=config)
        if found is not None:
            return found
    return ()


def _looked_at(network: RoadNetwork, passable: Passability) -> Iterator[NDArray[np.bool_]]:
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
        paths = ways_over_junctions(network, roads, trees, config=config)
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
    found = [as_way(each[i]) for i in sorted(chosen)]
    shut = [way for way in found if not all(passable.is_open[segment] for segment, _ in way)]
    return tuple(shut[:_MOST_SHUT])


def is_cut_by_turns(
    network: RoadNetwork, passable: Passability, origin: int, destination: int
) -> bool:
    """Whether open roads lead there that only banned turns keep apart."""
    graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head)
    seconds = np.repeat(whole_seconds(passable), 2)
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


def as_way(arcs: Sequence[int] | NDArray[np.int64]) -> Way:
    """Way over some arcs of the network."""
    return tuple(arc_segment(int(arc)) for arc in arcs)
