"""C6, C7 and C9: nights near a military site, convoys bunched at one spot, nights where no halt is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import Conflict, Span, TimeSpan
from cmcoord_geo.planning.conflicts.week import Ruling, Week
from cmcoord_geo.planning.pace import leaving, reaching
from cmcoord_geo.planning.requests import precedence
from cmcoord_geo.units import KM_M, MINUTE_S, geodesic_m, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    from cmcoord_geo.config import ConflictConfig
    from cmcoord_geo.model import Halt, Leg, MovementRequest, Passage, Route

#: Crossings at which vehicles wait or a weight counts.
_NARROW = frozenset({"ferry", "bridge", "ford"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """
    A movement at one spot, from its first arrival to its last departure.

    Attributes
    ----------
    rank : int
        Place of the movement in ``Week.routes``.
    precedence : tuple
        Who keeps the slot: the lower one.
    spot : str
        Crossing or place.
    conflict : Conflict
        What it would be, without the other movement.
    first_s, last_s : float
        Seconds since the epoch.
    """

    rank: int
    precedence: tuple[int, float, str]
    spot: str
    conflict: Conflict
    first_s: float
    last_s: float


def near_sites(week: Week) -> Ruling:
    """C6: a night nearer to a military site than the configuration allows; unknown without a list of them."""

    def found(routes: Iterable[tuple[MovementRequest, Route]]) -> Iterator[Conflict]:
        for request, route in routes:
            for halt in _nights(route):
                answer = _near(week, halt)
                if answer is not None:
                    yield _at_halt("C6", request, route, halt, answer=answer)

    if week.sites is not None:
        conflicts = _with_back(found(week.routes), found(week.returns))
        return Ruling(kind="C6", conflicts=conflicts if week.sites else ())
    every = (*week.routes, *week.returns)
    nights = frozenset(request.movement_id for request, route in every if route.halts)
    return Ruling(kind="C6", conflicts=(), lacking_of={"sites": nights})


def _with_back(there: Iterable[Conflict], back: Iterable[Conflict]) -> tuple[Conflict, ...]:
    return (*there, *(one.on_the_way_back() for one in back))


def _near(week: Week, halt: Halt) -> Literal["conflict", "unknown"] | None:
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
            for halt in _nights(route):
                if not halt.place_id:
                    yield _at_halt("C9", request, route, halt, answer="conflict")

    return Ruling(kind="C9", conflicts=_with_back(found(week.routes), found(week.returns)))


def bunched(week: Week) -> Ruling:
    """C7: two movements at one ferry, bridge, ford or halt within the time that the configuration sets."""
    found = [_bunch(*pair) for pair in together(stays(week), config=week.config.conflict)]
    found.sort(key=lambda one: (one.window.earliest, one.conflict_id))
    return Ruling(kind="C7", conflicts=tuple(found))


def stays(week: Week) -> Iterator[Stay]:
    """Every stay of the movements of a week at a crossing or, for the night, at a place; ways back too."""
    for rank, (request, route) in enumerate(week.routes):
        yield from _stays(rank, request, route)
        if route.back is not None:
            for stay in _stays(rank, request, route.back):
                yield replace(stay, conflict=stay.conflict.on_the_way_back())


def _stays(rank: int, request: MovementRequest, route: Route) -> Iterator[Stay]:
    yield from _crossed(rank, request, route)
    yield from _slept(rank, request, route)


def together(of_week: Iterable[Stay], *, config: ConflictConfig) -> Iterator[tuple[Stay, Stay]]:
    """Pairs of different movements at one spot within the time set: a sweep in order of arrival."""
    apart_s = config.bunch_min * MINUTE_S
    spots: dict[str, list[Stay]] = {}
    for stay in of_week:
        spots.setdefault(stay.spot, []).append(stay)
    for there in spots.values():
        present: list[Stay] = []
        for stay in sorted(there, key=lambda one: (one.first_s, one.rank)):
            present = [one for one in present if one.last_s + apart_s >= stay.first_s]
            yield from ((one, stay) for one in present if one.rank != stay.rank)
            present.append(stay)


def _bunch(one: Stay, two: Stay) -> Conflict:
    """Conflict of the movement that is asked to move first with the one that stays (need, then filing)."""
    first, later = sorted((one, two), key=lambda stay: stay.precedence)
    ends = max(one.first_s, two.first_s), min(one.last_s, two.last_s)
    mine = later.conflict
    is_known = {one.conflict.answer, two.conflict.answer} == {"conflict"}
    return replace(
        mine,
        conflict_id=f"{mine.conflict_id}:{first.conflict.movement_id}",
        answer="conflict" if is_known else "unknown",
        other_id=first.conflict.movement_id,
        window=TimeSpan(earliest=to_datetime(min(ends)), latest=to_datetime(max(ends))),
    )


def _crossed(rank: int, request: MovementRequest, route: Route) -> Iterator[Stay]:
    """Crossings of a route, each as often as its road is driven."""
    legs: dict[str, list[Leg]] = {}
    for leg in route.legs:
        legs.setdefault(leg.segment_id, []).append(leg)
    for passage in route.passages:
        if passage.kind in _NARROW:
            first, *again = legs[passage.segment_id]
            yield _stay(rank, request, route, passage, first, passage.km)
            for leg in again:
                into = passage.km - first.km.low
                is_same_way = leg.is_forward == first.is_forward
                km = leg.km.low + into if is_same_way else leg.km.high - into
                yield _stay(rank, request, route, passage, leg, km)


def _stay(
    rank: int, request: MovementRequest, route: Route, passage: Passage, leg: Leg, km: float
) -> Stay:
    """Stay at a crossing; one whose place on the road is not known may be met anywhere on its leg."""
    is_known = passage.is_place_known
    ends = (km, km) if is_known else (leg.km.low, leg.km.high)
    mark = f"C7:{request.movement_id}:{passage.crossing_id}:{km:.0f}"
    return Stay(
        rank=rank,
        precedence=precedence(request),
        spot=f"crossing {passage.crossing_id}",
        conflict=replace(
            _on_leg("C7", mark, request, leg, ends, answer=_answer(is_known=is_known)),
            crossing_id=passage.crossing_id,
        ),
        first_s=float(reaching(route.fast, np.array([ends[0]]))[0]),
        last_s=float(leaving(route.slow, np.array([ends[1]]))[0]),
    )


def _answer(*, is_known: bool) -> Literal["conflict", "unknown"]:
    return "conflict" if is_known else "unknown"


def _slept(rank: int, request: MovementRequest, route: Route) -> Iterator[Stay]:
    for halt in _nights(route):
        if halt.place_id:
            conflict = _at_halt("C7", request, route, halt, answer="conflict")
            yield Stay(
                rank=rank,
                precedence=precedence(request),
                spot=f"place {halt.place_id}",
                conflict=conflict,
                first_s=conflict.window.earliest.timestamp(),
                last_s=conflict.window.latest.timestamp(),
            )


def _nights(route: Route) -> tuple[Halt, ...]:
    """Halts, each spot once: which pace needs it does not matter here."""
    spots: dict[tuple[str, str, float], Halt] = {}
    for halt in route.halts:
        spots.setdefault((halt.place_id, halt.segment_id, round(halt.km, 6)), halt)
    return tuple(spots.values())


def _at_halt(
    kind: str,
    request: MovementRequest,
    route: Route,
    halt: Halt,
    *,
    answer: Literal["conflict", "unknown"],
) -> Conflict:
    leg = next(leg for leg in route.legs if halt.km <= leg.km.high + 1e-6)
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
