"""C2, of roads that a report keeps open: what is known of them ends before the movement is through."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import Conflict, Span, TimeSpan
from cmcoord_geo.network.convoy import convoy_of
from cmcoord_geo.network.passability import passability
from cmcoord_geo.network.reports import known_states
from cmcoord_geo.network.status import NOTHING, by_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.model import Leg, MovementRequest, RoadStatus, Route, VehicleCount
    from cmcoord_geo.network import KnownState
    from cmcoord_geo.planning.conflicts.week import Week


def outlived(week: Week, routes: Iterable[tuple[MovementRequest, Route]]) -> Iterator[Conflict]:
    """
    Legs whose live report ends before they are behind the movement (hazard H3): nobody knows them open then.

    One conflict for each movement and report: ``conflict`` where the road is closed without the report, as by
    the season, and ``unknown`` elsewhere.

    Parameters
    ----------
    week : Week
    routes : iterable of (MovementRequest, Route)
        Ways there, or back.
    """
    reports = by_subject(week.picture.status)
    closed_at = cache(partial(_closed_at, week))
    for request, route in routes:
        subjects = dict.fromkeys(
            (*(leg.segment_id for leg in route.legs), *(one.crossing_id for one in route.passages))
        )
        told = tuple(one for subject in subjects for one in reports.get(subject, ()))
        if not told:
            continue
        found: defaultdict[str, list[tuple[Leg, datetime]]] = defaultdict(list)
        for leg, report_id, end in _ended(week, told, request, route):
            found[report_id].append((leg, end))
        for report_id, legs in found.items():
            closed = closed_at(request.vehicles, max(end for _, end in legs))
            yield _conflict(request, report_id, legs, closed)


def _ended(
    week: Week, told: tuple[RoadStatus, ...], request: MovementRequest, route: Route
) -> Iterator[tuple[Leg, str, datetime]]:
    """Legs, the report that the plan rests on there or on a crossing of theirs, and when it ended."""
    before = _states(week, told, request.depart.earliest)
    crossed: defaultdict[str, list[str]] = defaultdict(list)
    for passage in route.passages:
        crossed[passage.segment_id].append(passage.crossing_id)
    for leg in route.legs:
        for subject in (leg.segment_id, *crossed[leg.segment_id]):
            known = before.get(subject, NOTHING)
            if known.basis != "report" or known.report is None or known.expires_at is None:
                continue
            if known.expires_at > leg.leave.latest:
                continue
            then = _states(week, told, leg.leave.latest)[subject]
            if then.basis != "report" or then.state != known.state:
                yield leg, known.report.report_id, known.expires_at


def _states(week: Week, told: tuple[RoadStatus, ...], moment: datetime) -> Mapping[str, KnownState]:
    return known_states(
        week.network, told, at=moment, as_of=week.picture.as_of, config=week.config.status
    )


def _closed_at(week: Week, vehicles: tuple[VehicleCount, ...], moment: datetime) -> frozenset[str]:
    """Segments that are closed to some vehicles when a report has ended."""
    roads = passability(
        week.network,
        convoy_of(vehicles),
        at=moment,
        as_of=week.picture.as_of,
        status=week.picture.status,
        config=week.config.status,
    )
    return frozenset(week.network.segment_ids[i] for i in np.flatnonzero(~roads.is_open).tolist())


def _conflict(
    request: MovementRequest,
    report_id: str,
    legs: Sequence[tuple[Leg, datetime]],
    closed: frozenset[str],
) -> Conflict:
    """Conflict on whole legs, from the end of the report or the first entry to the last passage."""
    stretches: Mapping[str, Span] = {leg.segment_id: Span(low=0.0, high=1.0) for leg, _ in legs}
    first, *more = stretches.items()
    return Conflict(
        conflict_id=f"C2:{request.movement_id}:report:{report_id}",
        kind="C2",
        answer="conflict" if closed & stretches.keys() else "unknown",
        movement_id=request.movement_id,
        patrol_id="",
        other_id=report_id,
        segment_id=first[0],
        fraction=first[1],
        window=TimeSpan(
            earliest=min(max(leg.enter.earliest, end) for leg, end in legs),
            latest=max(leg.leave.latest for leg, _ in legs),
        ),
        more=tuple(more),
        km=sum(leg.km.high - leg.km.low for leg, _ in legs),
    )
