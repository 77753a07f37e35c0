"""Ways between two hubs: the exact Pareto set over time and exposure, reduced to a few that differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import NoRouteError, PlanningError
from cmcoord_geo.i18n import problem
from cmcoord_geo.model import Span
from cmcoord_geo.network import arc_segment
from cmcoord_geo.planning.failures import crossed_segments
from cmcoord_geo.planning.limits import SearchLimits
from cmcoord_geo.planning.parts import (
    Candidate,
    PartSearch,
    felt_seconds,
    ways_over_junctions,
    whole_seconds,
)
from cmcoord_geo.planning.together import Together
from cmcoord_geo.planning.turning import Found, searched
from cmcoord_geo.routing import (
    UNREACHABLE,
    ArcGraph,
    EndTrees,
    OptionFigures,
    Recorded,
    TurnGraph,
    choose_diverse,
    distances,
    joined_front,
    stretch_limit,
    trip_figures,
    undominated,
)
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import RouteConfig
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.parts import Part
    from cmcoord_geo.planning.together import Left

#: So many closed ways are told at most.
_MOST_SHUT = 2
#: So many mixtures of the ways of several parts are looked at.
_MOST_MIXED = 256
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
class _Trip:
    """One way of each part, and the arcs of the network over all of them."""

    legs: tuple[Candidate, ...]
    arcs: NDArray[np.int64]

    @classmethod
    def over(cls, *legs: Candidate) -> _Trip:
        """Trip over some ways that follow one another."""
        return cls(legs=legs, arcs=np.concatenate([leg.whole for leg in legs]))

    @property
    def segments(self) -> NDArray[np.int64]:
        """Its segments, in order."""
        return self.arcs // 2


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
    is_complete : bool
        False where memory ended the search: what it shows holds, and other exact routes may be missing.
    removed : int
        Exact routes left out for being known too little.
    most_informed : float
        Share of the one of these that is known best, up to 1.
    """

    options: tuple[Way, ...]
    figures: tuple[OptionFigures, ...]
    exact_routes: int
    tried: int
    cuts: tuple[Detour, ...]
    together: tuple[Together, ...]
    is_complete: bool = True
    removed: int = 0
    most_informed: float = 0.0


def find_ways(
    network: RoadNetwork,
    passable: Passability,
    exposure: NDArray[np.int64],
    *stops: int,
    config: RouteConfig,
    limits: SearchLimits | None = None,
    recorded: Recorded | None = None,
) -> Ways:
    """
    Find the ways worth showing to a person.

    Candidates are the exact Pareto set over driving time and exposure and the ways that are fastest over some
    junction (Abraham et al. 2013). Of these, few are chosen that share less than the bound of their length,
    each time the one least like those chosen in length and in recorded exposure.
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
    recorded : Recorded, optional
        Recorded exposure of each segment; without it ways are told apart by length alone.

    Raises
    ------
    NoRouteError
        Nothing that the convoy can pass leads there, or nothing within the limits; ``origin`` and
        ``destination`` are ids of the nodes of the part where the search ended.
    PlanningError
        Memory was used up before a way was proven.
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
    parts, trips = _within(search, stops, limits)
    best = [trip for trip in trips if limits.is_informed(trip.segments)]
    found = _chosen(search, parts, best, limits, recorded)
    found = replace(found, is_complete=all(part.is_complete for part in parts))
    if len(best) == len(trips):
        return found
    most = max(limits.informed_share(trip.segments) for trip in trips)
    return replace(found, removed=len(trips) - len(best), most_informed=most)


def _within(
    search: PartSearch, stops: Sequence[int], limits: SearchLimits
) -> tuple[tuple[Part, ...], list[_Trip]]:
    """
    Parts between the stops, and the exact routes within the limits.

    A limit is a criterion of the search only once an exact route without it breaks it. Where all of them keep
    the others, any other way within the limits is dominated by one of them.
    """
    used: frozenset[int] = frozenset()
    asked = replace(search, criteria=search.criteria[:, :2])
    parts, trips = _through(asked, stops, (), stretch=search.config.stretch)
    while broken := limits.broken([trip.segments for trip in trips], search.exposure):
        used |= broken
        asked, most = _limited(search, limits, used)
        try:
            parts, trips = _through(asked, stops, most, stretch=search.config.stretch)
        except NoRouteError:
            return _through(search, stops, limits.most, stretch=None)
    return parts, trips


def none_proven() -> PlanningError:
    """Error of a search that memory ended before a way was proven, which does not mean that there is none."""
    return problem(PlanningError, "tried.nothing_proven")


def _limited(
    search: PartSearch, limits: SearchLimits, used: Collection[int]
) -> tuple[PartSearch, tuple[int | None, ...]]:
    """Search in which only some limits are criteria, and the highest sum of each but seconds."""
    columns = [which for which in sorted(used) if which]  # 0 is exposure, which is one anyway
    exposure = limits.most[0] if 0 in used else None
    asked = replace(search, criteria=search.criteria[:, [0, 1, *(1 + i for i in columns)]])
    return asked, (exposure, *(limits.most[i] for i in columns))


def _through(
    search: PartSearch,
    stops: Sequence[int],
    most: tuple[int | None, ...],
    *,
    stretch: float | None,
) -> tuple[tuple[Part, ...], list[_Trip]]:
    """
    Parts between the stops, and the exact routes of the whole.

    Raises
    ------
    PlanningError
        Memory was used up before a way was proven.
    """
    parts = search.parts(stops, most, stretch=stretch)
    limit = None
    if stretch is not None:
        limit = stretch_limit(sum(part.best for part in parts), stretch)
    try:
        joined = joined_front([part.costs for part in parts], (limit, *(most or (None,))))
    except NoRouteError:
        if all(part.is_complete for part in parts):
            raise
        raise none_proven() from None
    trips = [
        _Trip.over(*(part.ways[pick] for part, pick in zip(parts, row, strict=True)))
        for row in joined.picks[undominated(joined.costs[:, :2])]
    ]
    return parts, trips


def _chosen(
    search: PartSearch,
    parts: Sequence[Part],
    best: Sequence[_Trip],
    limits: SearchLimits,
    recorded: Recorded | None,
) -> Ways:
    """Few ways that differ, of the exact routes and those over a junction; and what the fastest hangs on."""
    network, config = search.network, search.config
    limit = stretch_limit(sum(part.best for part in parts), config.stretch)
    over = (
        trip
        for trip in _over_junctions(search, parts)
        if int(search.seconds[trip.arcs].sum()) <= limit
        and limits.keeps(trip.segments, search.exposure)
    )
    trips = [*best, *over]
    if not trips:
        return Ways(options=(), figures=(), exact_routes=0, tried=0, cuts=(), together=())
    chosen = choose_diverse(
        [trip.segments for trip in trips],
        network.length_m,
        recorded=recorded,
        first=(0, max(len(best) - 1, 0)),
        limit=config.max_options,
        max_share=config.max_share,
    ).chosen
    trees = [part.trees for part in parts]
    paths = [[leg.path for leg in trips[i].legs] for i in chosen]
    cuts, first = tuple(_cuts(parts, limit)), trips[0]
    alone = {cut.segment for cut in cuts}
    is_within = int(search.seconds[first.arcs].sum()) <= limit
    kept = set(first.segments.tolist())
    return Ways(
        options=tuple(way_of(trips[i].arcs) for i in chosen),
        figures=tuple(
            trip_figures(list(zip(trees, legs, strict=True)), up_to=float(LOCAL_UP_TO))
            for legs in paths
        ),
        exact_routes=len(best),
        tried=len({trip.arcs.tobytes() for trip in trips}),
        cuts=tuple(cut for cut in cuts if cut.segment in kept),
        together=_together(search, parts, limit, alone) if is_within else (),
    )


def _over_junctions(search: PartSearch, parts: Sequence[Part]) -> Iterator[_Trip]:
    """Ways that are fastest over some junction of one part and fastest in the others, and mixtures."""
    fastest = [part.fastest for part in parts]
    yield _Trip.over(*fastest)
    for i, part in enumerate(parts):
        for way in part.others:
            yield _Trip.over(*fastest[:i], way, *fastest[i + 1 :])
    if len(parts) > 1:
        yield from _mixed(search, parts)


def _mixed(search: PartSearch, parts: Sequence[Part]) -> Iterator[_Trip]:
    """
    Trips that leave the fastest way in several parts at once, of the few ways of each part that differ.

    A way that differs in one part alone may share too much of the whole trip to be an option, though two such
    parts together make one.
    """
    few = [_differing(search, part) for part in parts]
    for mix in islice(product(*few), _MOST_MIXED):
        if sum(way is not part.fastest for way, part in zip(mix, parts, strict=True)) > 1:
            yield _Trip.over(*mix)


def _differing(search: PartSearch, part: Part) -> list[Candidate]:
    """Ways of a part that differ on the ground, the fastest first."""
    ways = [part.fastest, *part.others]
    config = search.config
    chosen = choose_diverse(
        [way.whole // 2 for way in ways],
        search.network.length_m,
        limit=config.max_options,
        max_share=config.max_share,
    ).chosen
    return [ways[i] for i in chosen]


def _cuts(parts: Sequence[Part], limit: int) -> Iterator[Detour]:
    """Segments whose loss, in all parts that need them, makes the fastest way longer than the bound."""
    made: dict[tuple[int, ...], Way] = {}
    for segment in dict.fromkeys(key for part in parts for key in part.detours):
        left = [part.without(segment) for part in parts]
        if _breaks(left, limit):
            key = tuple(id(found.path) for found in left)
            if key not in made:
                made[key] = way_of(_detour(left))
            yield Detour(segment=segment, way=made[key])


def _together(
    search: PartSearch, parts: Sequence[Part], limit: int, alone: set[int]
) -> tuple[Together, ...]:
    """
    Shared crossings whose loss, in all parts that need them, breaks the bound; else the fewest roads.

    These are the fewest that cut any one part: a part that is cut cuts the trip.
    """
    told = {crossing for crossing, _ in crossed_segments(search.network, alone)}
    found = []
    for crossing in dict.fromkeys(key for part in parts for key in part.together.crossings):
        left = [part.without_crossing(crossing) for part in parts]
        if crossing not in told and _breaks(left, limit):
            found.append(Together(segments=(), crossings=(crossing,), detour=_detour(left)))
    roads = [part.together.roads for part in parts if part.together.roads is not None]
    if found or not roads:
        return tuple(found)
    fewest = min(roads, key=lambda loss: len(loss.segments) + len(loss.crossings))
    return (replace(fewest, detour=_without(search, parts, fewest)),)


def _without(search: PartSearch, parts: Sequence[Part], loss: Together) -> NDArray[np.int64]:
    """Arcs of the fastest trip without some roads and crossings; empty where there is none."""
    over = dict(crossed_segments(search.network, set(range(len(search.network)))))
    lost = {*loss.segments, *(segment for crossing in loss.crossings for segment in over[crossing])}
    detours = []
    for part in parts:
        if part.together.roads is loss:
            detours.append(loss.detour)
        elif lost.isdisjoint(part.fastest.whole // 2):
            detours.append(part.fastest.whole)
        else:
            detours.append(search.without(part, lost))
    return _joined(detours)


def _breaks(left: Sequence[Left], limit: int) -> bool:
    """Whether what is left of the parts is longer than the bound, or one of them has no way at all."""
    return any(not one.path.size for one in left) or sum(one.cost for one in left) > limit


def _detour(left: Sequence[Left]) -> NDArray[np.int64]:
    """Arcs over what is left of the parts; empty where one of them has no way."""
    return _joined([one.path for one in left])


def _joined(paths: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Paths one after the other; empty where one of them is."""
    if all(path.size for path in paths):
        return np.concatenate(paths)
    return np.zeros(0, dtype=np.int64)


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
        each = ways_over_junctions(network, roads, trees, stretch=config.stretch)
        paths = tuple(one.whole for one in each)
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


def way_of(arcs: Sequence[int] | NDArray[np.int64]) -> Way:
    """Segments along some arcs."""
    return tuple(arc_segment(int(arc)) for arc in arcs)
