"""C6, C7 and C9: nights near a military site, convoys bunched at one spot, nights where no halt is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.facts import crossings
from cmcoord_geo.model import Conflict, Span, TimeSpan
from cmcoord_geo.planning.conflicts.week import Ruling, Week
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.pace import SAME_KM, leaving, reaching
from cmcoord_geo.planning.requests import precedence
from cmcoord_geo.units import KM_M, MINUTE_S, geodesic_m, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from numpy.typing import NDArray

    from cmcoord_geo.config import ConflictConfig
    from cmcoord_geo.model import Leg, MovementRequest, Passage, Route
    from cmcoord_geo.network import RoadNetwork

#: Crossings of which a survey knows many on one road, and how far apart they are still told as one.
_MANY = frozenset({"bridge", "ford"})
STRETCH_KM = 25.0
#: Crossings at which vehicles wait or a weight counts.
_NARROW = frozenset({"ferry", "bridge", "ford"})


class Stay(NamedTuple):
    """
    A movement at one spot, from its first arrival to its last departure.

    Attributes
    ----------
    rank : int
        Place of the movement in ``Week.routes``.
    spot : str
        Crossing or place.
    is_known : bool
        False where nobody knows where on its leg the crossing lies.
    first_s, last_s : float
        Seconds since the epoch.
    leg : int
        Place among the legs of the route.
    low_km, high_km : float
        Where on the way: one point, or all of the leg.
    is_back : bool
        On the way back, whose legs and km these are.
    """

    rank: int
    spot: str
    is_known: bool
    first_s: float
    last_s: float
    leg: int
    low_km: float
    high_km: float
    is_back: bool = False


def near_sites(week: Week) -> Ruling:
    """C6: a night nearer to a military site than the configuration allows; unknown without a list of them."""

    def found(routes: Iterable[tuple[MovementRequest, Route]]) -> Iterator[Conflict]:
        for request, route in routes:
            for halt in _every_night(week, request, route):
                answer = _near(week, halt)
                if answer is not None:
                    yield _at_halt("C6", request, route, halt, answer=answer)

    if week.sites is not None:
        conflicts = _with_back(found(week.routes), found(week.returns))
        return Ruling(kind="C6", conflicts=conflicts if week.sites else ())
    every = (*week.routes, *week.returns)
    nights = frozenset(
        request.movement_id
        for request, route in every
        if any(True for _ in _every_night(week, request, route))
    )
    return Ruling(kind="C6", conflicts=(), lacking_of={"sites": nights})


def _every_night(week: Week, request: MovementRequest, route: Route) -> Iterator[_Night]:
    """Nights on the way and, of a movement that is filed as one way, the night at its destination."""
    yield from _nights(week, route)
    if request.is_return is False:
        last_km = route.legs[-1].km.high
        yield _Night(request.destination, "", last_km, int(route.days.high))


def _with_back(there: Iterable[Conflict], back: Iterable[Conflict]) -> tuple[Conflict, ...]:
    return (*there, *(one.on_the_way_back() for one in back))


def _near(week: Week, halt: _Night) -> Literal["conflict", "unknown"] | None:
    """Whether a site is near a halt; unknown where the halt has no place of its own."""
    if not halt.place_id:
        return "unknown"
    node = week.network.node_index[halt.place_id]
    here = float(week.network.lon[node]), float(week.network.lat[node])
    sites = np.array(week.sites or (), float).reshape(-1, 2)
    if not len(sites):
        return None
    away_m = geodesic_m(*here, sites[:, 0], sites[:, 1])
    return "conflict" if float(away_m.min()) <= week.config.conflict.site_km * KM_M else None


def without_daylight(week: Week) -> Ruling:
    """C9: the next place is reached only after the last hour of daylight, so that night falls on the road."""

    def found(routes: Iterable[tuple[MovementRequest, Route]]) -> Iterator[Conflict]:
        for request, route in routes:
            for halt in _planned(route):
                if not halt.place_id:
                    yield _at_halt("C9", request, route, halt, answer="conflict")

    return Ruling(kind="C9", conflicts=_with_back(found(week.routes), found(week.returns)))


def bunched(week: Week) -> Ruling:
    """C7: two movements at one ferry, bridge, ford or halt within the time that the configuration sets."""
    every = list(stays(week))
    pairs = pairs_together(every, config=week.config.conflict)
    bunches = [
        _in_turn(week, every[i], every[j])
        for i, j in zip(*(side.tolist() for side in pairs), strict=True)
        if every[i].rank != every[j].rank
    ]
    parties = np.array(
        [(later.rank, first.rank, first.is_known and later.is_known) for later, first in bunches],
        np.int64,
    ).reshape(-1, 3)
    km = np.array([later.low_km for later, _ in bunches], float)
    small = small_crossings(week.network)
    is_small = np.array([later.spot in small for later, _ in bunches], np.bool_)
    together: dict[int, list[tuple[Stay, Stay]]] = {}
    heads = first_on_stretch(parties, km, is_small=is_small).tolist()
    for head, bunch in zip(heads, bunches, strict=True):
        together.setdefault(head, []).append(bunch)
    found = [_bunch(week, bunches[head], one) for head, one in together.items()]
    found.sort(key=lambda one: (one.window.earliest, one.conflict_id))
    return Ruling(kind="C7", conflicts=tuple(found))


def small_crossings(network: RoadNetwork) -> frozenset[str]:
    """
    Spots of bridges and fords that a survey alone knows, without a limit of weight: many on one road.

    A ferry, a halt and a crossing of the package's own table stand each for itself.
    """
    listed = {one.crossing_id for one in crossings()}
    return frozenset(
        f"crossing {one.crossing_id}"
        for one in network.crossings
        if one.kind in _MANY
        and one.capacity_t is None
        and listed.isdisjoint({one.crossing_id, *one.aliases})
    )


def first_on_stretch(
    parties: NDArray[np.int64], km: NDArray[np.float64], *, is_small: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """
    Which row a row is told with: of small crossings of the same two on one stretch of road, the first.

    Parameters
    ----------
    parties : ndarray of int64, shape (n, k)
    km : ndarray of float64, shape (n,)
        On the way of the movement that is asked to change.
    is_small : ndarray of bool, shape (n,)

    Returns
    -------
    ndarray of int64, shape (n,)
        Its own place for all others.
    """
    head = np.arange(len(km), dtype=np.int64)
    small = np.flatnonzero(is_small)
    order = small[np.lexsort((km[small], *parties[small].T[::-1]))]
    if len(order):
        is_other = (np.diff(parties[order], axis=0) != 0).any(axis=1)
        starts = np.append(True, is_other | (np.diff(km[order]) > STRETCH_KM))
        head[order] = order[starts][np.cumsum(starts) - 1]
    return head


def stays(week: Week) -> Iterator[Stay]:
    """Every stay of the movements of a week at a crossing or, for the night, at a place; ways back too."""
    for rank, (_, route) in enumerate(week.routes):
        yield from _stays(week, rank, route, is_back=False)
        if route.back is not None:
            yield from _stays(week, rank, route.back, is_back=True)


def _stays(week: Week, rank: int, route: Route, *, is_back: bool) -> Iterator[Stay]:
    spots = [*_crossed(route), *_slept(week, route)]
    first_s = reaching(route.fast, np.array([spot.low_km for spot in spots]))
    last_s = leaving(route.slow, np.array([spot.high_km for spot in spots]))
    for spot, begin_s, end_s in zip(spots, first_s.tolist(), last_s.tolist(), strict=True):
        yield Stay(
            rank, spot.name, spot.is_known, begin_s, end_s,
            spot.leg, spot.low_km, spot.high_km, is_back,
        )  # fmt: skip


def pairs_together(
    every: Sequence[Stay], *, config: ConflictConfig
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Pairs of stays at one spot within the time set, by their places, each pair once.

    Parameters
    ----------
    every : sequence of Stay
    config : ConflictConfig

    Returns
    -------
    first, second : ndarray of int64, shape (k,)
        The first is there first.
    """
    names = {name: n for n, name in enumerate(dict.fromkeys(stay.spot for stay in every))}
    spot = np.array([names[stay.spot] for stay in every], np.int64)
    first_s = np.array([stay.first_s for stay in every], float)
    until_s = np.array([stay.last_s for stay in every], float) + config.bunch_min * MINUTE_S
    order = np.lexsort((first_s, spot))
    starts = np.searchsorted(spot[order], np.arange(len(names) + 1))
    last = np.zeros(len(order), np.int64)
    for begin, end in pairwise(starts.tolist()):
        there = order[begin:end]
        last[begin:end] = begin + np.searchsorted(first_s[there], until_s[there], side="right")
    place = np.arange(len(order))
    count = np.maximum(last - place - 1, 0)
    one = np.repeat(place, count)
    two = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    return order[one], order[two]


def _in_turn(week: Week, one: Stay, two: Stay) -> tuple[Stay, Stay]:
    """Stay of the movement that is asked to move first, then of the one that stays (need, then filing)."""
    first, later = sorted((one, two), key=lambda stay: precedence(week.routes[stay.rank][0]))
    return later, first


def _bunch(week: Week, head: tuple[Stay, Stay], every: Sequence[tuple[Stay, Stay]]) -> Conflict:
    """Conflict at one spot or, with all small crossings of one stretch, at the first of them."""
    later, first = head
    ends = [
        end
        for two in every
        for end in (max(one.first_s for one in two), min(one.last_s for one in two))
    ]
    stays_put, (request, route) = week.routes[first.rank][0], week.routes[later.rank]
    if later.is_back and route.back is not None:
        route = route.back
    kind, _, name = later.spot.partition(" ")
    at = f"{later.low_km:.0f}"
    told = replace(
        _on_leg(
            "C7", f"C7:{request.movement_id}:{name}:{at}:{stays_put.movement_id}",
            request, route.legs[later.leg], (later.low_km, later.high_km),
            answer="conflict" if later.is_known and first.is_known else "unknown",
        ),
        count=len({one.spot for one, _ in every}),
        other_id=stays_put.movement_id,
        place_id=name if kind == "place" else "",
        crossing_id=name if kind == "crossing" else "",
        window=TimeSpan(earliest=to_datetime(min(ends)), latest=to_datetime(max(ends))),
    )  # fmt: skip
    return told.on_the_way_back() if later.is_back else told


class _Spot(NamedTuple):
    """A crossing or halt on a route: see :class:`Stay`."""

    name: str
    is_known: bool
    leg: int
    low_km: float
    high_km: float


def _crossed(route: Route) -> Iterator[_Spot]:
    """Crossings of a route, each as often as its road is driven."""
    narrow = [passage for passage in route.passages if passage.kind in _NARROW]
    legs: dict[str, list[int]] = {passage.segment_id: [] for passage in narrow}
    for place, leg in enumerate(route.legs):
        if leg.segment_id in legs:
            legs[leg.segment_id].append(place)
    for passage in narrow:
        first, *again = legs[passage.segment_id]
        yield _spot(route, passage, first, passage.km)
        before = route.legs[first]
        for place in again:
            leg, into = route.legs[place], passage.km - before.km.low
            is_same_way = leg.is_forward == before.is_forward
            yield _spot(
                route, passage, place, leg.km.low + into if is_same_way else leg.km.high - into
            )


def _spot(route: Route, passage: Passage, place: int, km: float) -> _Spot:
    """Crossing of a leg; one whose place on the road is not known may be met anywhere on it."""
    leg, is_known = route.legs[place], passage.is_place_known
    low, high = (km, km) if is_known else (leg.km.low, leg.km.high)
    return _Spot(f"crossing {passage.crossing_id}", is_known, place, low, high)


def _slept(week: Week, route: Route) -> Iterator[_Spot]:
    for halt in _nights(week, route):
        if halt.place_id:
            yield _Spot(
                name=f"place {halt.place_id}", is_known=True,
                leg=_leg_at(route, halt.km), low_km=halt.km, high_km=halt.km,
            )  # fmt: skip


def _leg_at(route: Route, km: float) -> int:
    """Place of the first leg that ends no sooner than at a km."""
    return next(i for i, leg in enumerate(route.legs) if km <= leg.km.high + 1e-6)


class _Night(NamedTuple):
    """Where a night may be spent; as halts of a route are told."""

    place_id: str
    segment_id: str
    km: float
    night: int


def _planned(route: Route) -> tuple[_Night, ...]:
    """Nights of both paces, each spot once: which of them needs it does not matter here."""
    spots: dict[tuple[str, str, float], _Night] = {}
    for halt in route.halts:
        night = _Night(halt.place_id, halt.segment_id, halt.km, halt.night)
        spots.setdefault((halt.place_id, halt.segment_id, round(halt.km, 6)), night)
    return tuple(spots.values())


def _nights(week: Week, route: Route) -> tuple[_Night, ...]:
    """
    Nights of both paces, and of whoever is between them, each spot once.

    Between the first who may come to a place and the last who may leave it, somebody is there at any hour. So
    where the end of a day lies between them somebody may stay the night, and a wider window of departure,
    which only moves the two apart, never ends it.
    """
    spots = {(one.place_id, one.segment_id, round(one.km, 6)): one for one in _planned(route)}
    for night in _between(week, route):
        spots.setdefault((night.place_id, "", round(night.km, 6)), night)
    return tuple(sorted(spots.values(), key=lambda one: (one.km, one.night)))


def _between(week: Week, route: Route) -> Iterator[_Night]:
    """Nights at places of the way, its origin among them and its destination not."""
    network = week.network
    index = network.segment_index
    segments = [(index[leg.segment_id], leg.is_forward) for leg in route.legs]
    nodes = [int((network.start if ahead else network.end)[one]) for one, ahead in segments]
    places = [place for place, node in enumerate(nodes) if network.is_place(node)]
    km = np.array([route.legs[place].km.low for place in places])
    first_s = np.where(km <= SAME_KM, route.fast.seconds[0], reaching(route.fast, km))
    spans = zip(places, first_s.tolist(), leaving(route.slow, km).tolist(), strict=True)
    begin = to_datetime(route.fast.seconds[0]).date()
    for place, come_s, gone_s in spans:
        node = nodes[place]
        here = float(network.lon[node]), float(network.lat[node])
        come, gone = to_datetime(come_s), to_datetime(gone_s)
        dusk = day_at(*here, come, config=week.config.day).end
        if dusk < come:
            dusk = day_at(*here, come + timedelta(days=1), config=week.config.day).end
        if dusk < gone:
            night = (dusk.date() - begin).days + 1
            yield _Night(network.node_ids[node], "", route.legs[place].km.low, night)


def _at_halt(
    kind: str,
    request: MovementRequest,
    route: Route,
    halt: _Night,
    *,
    answer: Literal["conflict", "unknown"],
) -> Conflict:
    leg = route.legs[_leg_at(route, halt.km)]
    km = np.array([halt.km])
    first_s, last_s = float(reaching(route.fast, km)[0]), float(leaving(route.slow, km)[0])
    mark = f"{kind}:{request.movement_id}:{halt.place_id or halt.segment_id}:{halt.night}"
    there = _on_leg(kind, mark, request, leg, (halt.km, halt.km), answer=answer)
    return replace(
        there,
        place_id=halt.place_id,
        window=TimeSpan(earliest=to_datetime(first_s), latest=to_datetime(last_s)),
    )


def _on_leg(
    kind: str,
    conflict_id: str,
    request: MovementRequest,
    leg: Leg,
    km: tuple[float, float],
    *,
    answer: Literal["conflict", "unknown"],
) -> Conflict:
    length = max(leg.km.high - leg.km.low, 1e-9)
    low, high = ((one - leg.km.low) / length for one in km)
    span = (low, high) if leg.is_forward else (1 - high, 1 - low)
    return Conflict(
        conflict_id=conflict_id,
        kind=kind,
        answer=answer,
        movement_id=request.movement_id,
        patrol_id="",
        segment_id=leg.segment_id,
        fraction=Span(low=span[0], high=span[1]),
        window=TimeSpan(earliest=leg.enter.earliest, latest=leg.leave.latest),
    )
