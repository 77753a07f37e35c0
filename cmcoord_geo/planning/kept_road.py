"""Which road a plan keeps once a change is written back, and the places to go through for another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError, PlanningError
from cmcoord_geo.model import ViaPoint
from cmcoord_geo.planning.plan import plan_movement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.model import MovementPlan, MovementRequest, Route, TimeSpan
    from cmcoord_geo.planning.conflicts.week import Week

#: So many places are tried one by one before all together: each is a plan.
_MOST_PLACES = 3


def places_to_keep(
    week: Week, plan: MovementPlan, option: Route, depart: TimeSpan
) -> tuple[str, ...] | None:
    """
    Places to write as ``via`` so that a plan of another hour keeps the road of an option.

    A closure that ended, or an hour of presence, may give the plan of that hour another first option.

    Parameters
    ----------
    week : Week
    plan : MovementPlan
        As filed.
    option : Route
        One of its options.
    depart : TimeSpan

    Returns
    -------
    tuple of str or None
        Empty where it keeps the road anyway; None where no places were found that do it.
    """
    request = replace(plan.request, depart=depart)
    planned = _planned(week, request)
    if planned is not None and _road(planned) == _road(option):
        return ()
    seen = set(planned.place_ids) if planned is not None else set()
    for places in _tries([key for key in option.place_ids[1:-1] if key not in seen]):
        kept = _planned(week, replace(request, via=_via(request, option, places)))
        if kept is not None and _road(kept) == _road(option):
            return places
    return None


def _tries(places: list[str]) -> Iterator[tuple[str, ...]]:
    """Single places, those in the middle first, and then all together."""
    middle = (len(places) - 1) / 2
    in_order = sorted(range(len(places)), key=lambda i: (abs(i - middle), i))
    for i in in_order[:_MOST_PLACES]:
        yield (places[i],)
    if len(places) > 1:
        yield tuple(places)


def _via(request: MovementRequest, option: Route, places: tuple[str, ...]) -> tuple[ViaPoint, ...]:
    """Places with those that were asked for already, in the order of the road."""
    every = {*places, *(point.place_id for point in request.via)}
    return tuple(ViaPoint(place_id=key) for key in option.place_ids[1:-1] if key in every)


def _planned(week: Week, request: MovementRequest) -> Route | None:
    try:
        options = plan_movement(week.picture, request, week.config).options
    except (PlanningError, DataError):
        return None
    return options[0] if options else None


def _road(option: Route) -> list[tuple[str, bool]]:
    return [(leg.segment_id, leg.is_forward) for leg in option.legs]
