"""What is wrong with a request, all faults at once, and what it leaves open."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from cmcoord_geo.errors import PlanningError
from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.model import Finding
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from cmcoord_geo.model import Limits, MovementRequest
    from cmcoord_geo.network import RoadNetwork

#: Class of need to priority. A need that nobody stated is taken for the middle one: unknown is not low.
PRIORITIES: Mapping[str, int] = {"lifesaving": 1, "urgent": 2, "": 2, "regular": 3}


def priority_of(need: str) -> int:
    """Priority of a class of need, 1 to 3."""
    return PRIORITIES[need]


def precedence(request: MovementRequest) -> tuple[int, float, str]:
    """
    Order in which movements keep their slot: by need, then as filed, and never by organisation.

    A movement of which nobody knows when it was filed counts as filed last (DOMAIN.md 3.2).
    """
    filed = request.submitted_at
    return priority_of(request.need), filed.timestamp() if filed else inf, request.movement_id


def check_request(network: RoadNetwork, request: MovementRequest) -> None:
    """
    Refuse a request that cannot be planned.

    Raises
    ------
    PlanningError
        Origin and destination are one place, a place is not on the network, or the departure window ends
        before it starts; the message names every fault.
    DataError
        A time has no zone.
    """
    faults = list(_faults(network, request))
    if faults:
        together = Said(
            fr=" ".join(fault.fr for fault in faults), en=" ".join(fault.en for fault in faults)
        )
        raise problem(PlanningError, "plan.faults", faults=together)


def _faults(network: RoadNetwork, request: MovementRequest) -> Iterable[Said]:
    stops = (request.origin, *(point.place_id for point in request.via), request.destination)
    for place_id in dict.fromkeys(stops):
        if place_id not in network.node_index:
            yield said("place.not_on_network", place=_name(place_id))
    if request.origin == request.destination:
        yield said("plan.same_place", place=_name(request.origin))
    for here, then in pairwise(stops):
        if here == then and request.via:
            yield said("via.same_place", place=_name(here))
    yield from _faults_of_limits(request.limits)
    if utc_seconds(request.depart.latest) < utc_seconds(request.depart.earliest):
        yield said("request.window_reversed")


def _faults_of_limits(limits: Limits) -> Iterable[Said]:
    for entry in fields(limits):
        value = getattr(limits, entry.name)
        most = 1.0 if entry.name == "min_informed" else inf
        if value is not None and not 0 < value <= most:
            yield said("limit.out_of_range", name=said(f"limit.{entry.name}"))


def _name(place_id: str) -> str:
    return places()[place_id].name if place_id in places() else place_id


def request_findings(
    request: MovementRequest, *, as_of: datetime, expires_at: datetime
) -> Iterable[Finding]:
    """
    What a request leaves open, and what time makes of its plan; nothing of it is filled in by the tool.

    Parameters
    ----------
    request : MovementRequest
    as_of : datetime
        Cut-off of the data.
    expires_at : datetime
        When the plan expires.

    Raises
    ------
    DataError
        A time has no zone.
    """
    if request.is_return is None:
        yield _warning("request.return_unsaid")
    elif request.is_return:
        yield _warning("request.return_apart")
    if request.persons is None:
        yield _warning("request.persons_unsaid")
    if not request.marking:
        yield _warning("request.marking_unsaid")
    if utc_seconds(request.depart.earliest) < utc_seconds(as_of):
        yield _warning("request.departs_before_cutoff")
    if utc_seconds(request.depart.latest) > utc_seconds(expires_at):
        yield _warning("request.expires_first")


def _warning(key: str) -> Finding:
    return Finding(severity="warning", said=said(key))
