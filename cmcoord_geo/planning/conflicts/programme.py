"""C8, C10 and C11: mixed assessments, activities beside a distribution, patterns that anybody can see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.model import Conflict, Span, TimeSpan
from cmcoord_geo.planning.conflicts.kinds import speaks_of
from cmcoord_geo.planning.conflicts.week import Ruling, Week
from cmcoord_geo.units import BANGUI, KM_M, geodesic_m

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Literal

    from cmcoord_geo.model import Activity, Leg, MovementRequest, Route
    from cmcoord_geo.network import RoadNetwork


def mixed_assessments(week: Week) -> Ruling:
    """
    C8: a movement for an assessment that names actors who are not humanitarian (L047, L050).

    It needs no road: who goes together is told before any is found.
    """
    requests = [plan.request for plan in week.plans]
    found = [
        _at_place("C8", request, request.destination, request.depart)
        for request in requests
        if speaks_of(request.purpose, "assessment") and _has_others(request)
    ]
    silent = frozenset(request.movement_id for request in requests if not request.purpose)
    return Ruling(kind="C8", conflicts=tuple(found), lacking_of={"purpose": silent})


def _has_others(request: MovementRequest) -> bool:
    return any(
        speaks_of(text, "other_actors")
        for text in (request.purpose, request.cargo, request.marking)
    )


def beside_distributions(week: Week) -> Ruling:
    """C10: a QIP or CIMIC activity near a distribution while it goes on; without a time it may be then."""
    activities = week.picture.activities
    found = tuple(
        conflict
        for activity in activities or ()
        if activity.kind != "distribution"
        for conflict in _beside(week, activity)
    )
    lacking = ("activities",) if activities is None else ()
    return Ruling(kind="C10", conflicts=found, lacking=lacking)


def _beside(week: Week, activity: Activity) -> Iterator[Conflict]:
    for request, route in week.routes:
        if not speaks_of(request.purpose, "distribution"):
            continue
        for place, there in _distributions(week, request, route):
            if not _are_near(week, place, activity.place_id):
                continue
            answer, window = _while(there, activity)
            if answer is not None:
                found = _at_place(
                    "C10", request, place, window, other_id=activity.activity_id, answer=answer
                )
                key = found.conflict_id
                if place != request.destination:
                    key = f"{key}:{place}"
                yield replace(found, conflict_id=key)
    yield from _beside_listed(week, activity)


def _beside_listed(week: Week, activity: Activity) -> Iterator[Conflict]:
    """Distributions of the table, which belong to no movement."""
    for one in week.picture.activities or ():
        if one.kind == "distribution" and _are_near(week, one.place_id, activity.place_id):
            if one.start is None or one.end is None:
                window = TimeSpan(earliest=week.picture.as_of, latest=week.picture.as_of)
                yield _of_activities(one, activity, window, "unknown")
                continue
            answer, window = _while(TimeSpan(earliest=one.start, latest=one.end), activity)
            if answer is not None:
                yield _of_activities(one, activity, window, answer)


def _distributions(
    week: Week, request: MovementRequest, route: Route
) -> Iterator[tuple[str, TimeSpan]]:
    """Where a movement may distribute, and when: at each stop, and at the destination after it arrives."""
    lasts = timedelta(hours=week.config.conflict.distribution_h)
    yield (
        request.destination,
        TimeSpan(earliest=route.fast.times[-1], latest=route.slow.times[-1] + lasts),
    )
    for stop in request.stops:
        stay = timedelta(minutes=stop.minutes)
        for leg in route.legs:
            if _end_of(week.network, leg) == stop.place_id:
                yield stop.place_id, replace(leg.leave, latest=leg.leave.latest + stay)


def _end_of(network: RoadNetwork, leg: Leg) -> str:
    segment = network.segment_index[leg.segment_id]
    return network.node_ids[int((network.end if leg.is_forward else network.start)[segment])]


def _while(
    window: TimeSpan, activity: Activity
) -> tuple[Literal["conflict", "unknown"] | None, TimeSpan]:
    """Whether an activity is on during a window, and when."""
    if activity.start is None or activity.end is None:
        return "unknown", window
    both = TimeSpan(
        earliest=max(window.earliest, activity.start), latest=min(window.latest, activity.end)
    )
    return ("conflict" if both.earliest <= both.latest else None), both


def _are_near(week: Week, one: str, two: str) -> bool:
    if one == two:
        return True
    network = week.network
    if not {one, two} <= network.node_index.keys():
        return False
    a, b = network.node_index[one], network.node_index[two]
    away_m = geodesic_m(network.lon[a], network.lat[a], network.lon[b], network.lat[b])[0]
    return float(away_m) <= week.config.conflict.activity_km * KM_M


def patterns(week: Week) -> Ruling:
    """
    C11: one axis taken on one weekday at one hour, in Bangui, too often (hazard H12).

    The axis is the pair of ends, whichever way it is driven, by whichever organisation: who watches the road
    sees a convoy. One hour is less than an hour from that of the movement, on either side. Without the weeks
    before the rule cannot say no.
    """
    rule = week.config.conflict
    departures: defaultdict[frozenset[str], list[datetime]] = defaultdict(list)
    shown = {(request.movement_id, request.depart.earliest) for request, _ in week.routes}
    earlier = [
        one for one in week.earlier or () if (one.movement_id, one.depart.earliest) not in shown
    ]
    for request in (*earlier, *(request for request, _ in week.routes)):
        departures[_axis(request)].append(request.depart.earliest)
    found = []
    for request, _ in week.routes:
        alike = [
            one
            for one in departures[_axis(request)]
            if _are_alike(one, request.depart.earliest, timedelta(days=rule.pattern_days))
        ]
        days = {one.astimezone(BANGUI).date() for one in alike}
        if len(days) >= rule.pattern_count:
            found.append(_at_place("C11", request, request.origin, request.depart, count=len(days)))
    return Ruling(
        kind="C11", conflicts=tuple(found), lacking=("earlier",) if week.earlier is None else ()
    )


def _axis(request: MovementRequest) -> frozenset[str]:
    return frozenset({request.origin, request.destination})


def _are_alike(one: datetime, then: datetime, most: timedelta) -> bool:
    """Whether a departure lies whole weeks before another, give or take less than an hour."""
    before = then - one
    if not timedelta() <= before <= most:
        return False
    beyond = before % timedelta(weeks=1)
    return min(beyond, timedelta(weeks=1) - beyond) < timedelta(hours=1)


def _at_place(
    kind: str,
    request: MovementRequest,
    place_id: str,
    window: TimeSpan,
    *,
    other_id: str = "",
    answer: Literal["conflict", "unknown"] = "conflict",
    count: int = 1,
) -> Conflict:
    return Conflict(
        conflict_id=":".join(filter(None, (kind, request.movement_id, other_id))),
        kind=kind,
        answer=answer,
        movement_id=request.movement_id,
        patrol_id="",
        other_id=other_id,
        segment_id="",
        place_id=place_id,
        fraction=Span(low=0.0, high=0.0),
        window=window,
        count=count,
    )


def _of_activities(
    distribution: Activity,
    activity: Activity,
    window: TimeSpan,
    answer: Literal["conflict", "unknown"],
) -> Conflict:
    return Conflict(
        conflict_id=f"C10:{distribution.activity_id}:{activity.activity_id}",
        kind="C10",
        answer=answer,
        movement_id="",
        patrol_id="",
        other_id=f"{distribution.activity_id} {activity.activity_id}",
        segment_id="",
        place_id=distribution.place_id,
        fraction=Span(low=0.0, high=0.0),
        window=window,
    )
