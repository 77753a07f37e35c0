"""One request, start to end: each step is called once and its result passed on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import NoRouteError, PlanningError
from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.model import Finding, MovementPlan
from cmcoord_geo.network import convoy_of, passability
from cmcoord_geo.planning.choice import LETTERS, closed_way, ranked, set_aside
from cmcoord_geo.planning.cuts import cut_roads
from cmcoord_geo.planning.families import families
from cmcoord_geo.planning.routes import Situation, build_route
from cmcoord_geo.planning.ways import find_closed_ways, find_ways, nodes_of
from cmcoord_geo.risk import hazard, search_costs
from cmcoord_geo.units import HOUR_S, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import Consent, MovementRequest, Route, SetAside
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.ways import Way, Ways


def plan_movement(
    picture: OperationalPicture, request: MovementRequest, config: Config
) -> MovementPlan:
    """
    Plan one movement: options, their reasons and their doubts.

    Parameters
    ----------
    picture : OperationalPicture
        Everything known at its ``as_of``.
    request : MovementRequest
    config : Config

    Raises
    ------
    NoRouteError
        No road takes this convoy there on that date; ``cut`` says what stands in the way.
    PlanningError
        Origin and destination are one place, or a place is not on the network.
    DataError
        A vehicle does not exist, or there is none.
    """
    situation = _situation(picture, request, config)
    network = picture.network
    origin, destination = (_node(network, key) for key in (request.origin, request.destination))
    if origin == destination:
        raise problem(PlanningError, "plan.same_place", place=network.node_names[origin])
    exposure = search_costs(situation.hazard, situation.passable.mid_s, config=config.hazard)
    try:
        ways = find_ways(
            network, situation.passable, exposure, origin, destination, config=config.route
        )
    except NoRouteError:
        raise _no_route(situation, origin, destination) from None
    return _plan(situation, ways, exposure)


def refused_plan(
    picture: OperationalPicture, request: MovementRequest, config: Config, refusal: Said
) -> MovementPlan:
    """Plan without an option: why there is none, and the other families of alternatives."""
    situation = _situation(picture, request, config)
    return MovementPlan(
        request=request,
        as_of=picture.as_of,
        expires_at=_expiry(picture, config),
        options=(),
        set_aside=(),
        exact_routes=0,
        cuts=(),
        families=families(situation, None, None, 0),
        season=_season(situation),
        refusal=refusal,
        findings=tuple(_request_findings(request)),
        fingerprints=_fingerprints(picture, config),
        is_exercise=picture.is_exercise,
    )


def _situation(picture: OperationalPicture, request: MovementRequest, config: Config) -> Situation:
    convoy = convoy_of(request.vehicles)
    return Situation(
        picture=picture,
        request=request,
        convoy=convoy,
        passable=passability(
            picture.network,
            convoy,
            at=request.depart.earliest,
            as_of=picture.as_of,
            status=picture.status,
            config=config.status,
        ),
        hazard=hazard(
            picture.network,
            picture.incidents,
            at=request.depart.earliest,
            as_of=picture.as_of,
            config=config.hazard,
        ),
        accepts_mixed=_accepts_mixed(picture.consents, request),
        config=config,
    )


def _plan(situation: Situation, ways: Ways, exposure: NDArray[np.int64]) -> MovementPlan:
    picture, request, config = situation.picture, situation.request, situation.config
    network, passable = picture.network, situation.passable
    routes = [build_route(situation, way, letter=LETTERS[i]) for i, way in enumerate(ways.options)]
    segments = [np.array([segment for segment, _ in way]) for way in ways.options]
    order = ranked(
        routes,
        [float(passable.mid_s[part].sum()) / HOUR_S for part in segments],
        [int(exposure[part].sum()) for part in segments],
    )
    options = tuple(
        replace(routes[i], letter=letter) for letter, i in zip(LETTERS, order, strict=False)
    )
    kept_way = ways.options[order[0]]
    return MovementPlan(
        request=request,
        as_of=picture.as_of,
        expires_at=_expiry(picture, config),
        options=options,
        set_aside=_others(situation, options),
        exact_routes=ways.exact_routes,
        cuts=cut_roads(network, passable, ways.options[0], ways.cuts),
        families=families(situation, kept_way, options[0], len(options) - 1),
        season=_season(situation),
        findings=tuple(_request_findings(request)),
        fingerprints=_fingerprints(picture, config),
        is_exercise=picture.is_exercise,
    )


def _others(situation: Situation, options: tuple[Route, ...]) -> tuple[SetAside, ...]:
    network = situation.picture.network
    names = {key: network.title(i) for i, key in enumerate(network.segment_ids)}
    aside = [set_aside(options[0], other, names) for other in options[1:]]
    origin, destination = (
        network.node_index[key] for key in (situation.request.origin, situation.request.destination)
    )
    shut = find_closed_ways(
        network, situation.passable, origin, destination, config=situation.config.route
    )
    aside += [
        closed_way(network, situation.passable, way, _place_ids(network, way)) for way in shut
    ]
    return tuple(aside)


def _place_ids(network: RoadNetwork, way: Way) -> tuple[str, ...]:
    return tuple(network.node_ids[node] for node in nodes_of(network, way))


def _no_route(situation: Situation, origin: int, destination: int) -> NoRouteError:
    """Name what would have to open on the shortest way."""
    network, request = situation.picture.network, situation.request
    names = network.node_names[origin], network.node_names[destination]
    shut = find_closed_ways(
        network, situation.passable, origin, destination, config=situation.config.route
    )
    barred = [
        closed_way(network, situation.passable, way, _place_ids(network, way)) for way in shut[:1]
    ]
    reasons = [reason for entry in barred for reason in entry.reasons]
    cut = Said(
        fr="; ".join(reason.fr for reason in reasons), en="; ".join(reason.en for reason in reasons)
    )
    vehicle = max(situation.convoy.members, key=lambda member: member.rank).name
    day = f"{request.depart.earliest:%Y-%m-%d}"
    return problem(
        NoRouteError,
        "plan.no_route" if reasons else "plan.no_road",
        facts={
            "origin": names[0],
            "destination": names[1],
            "cut": tuple(reason.en for reason in reasons),
        },
        origin=names[0],
        destination=names[1],
        vehicle=vehicle,
        day=day,
        cut=cut,
    )


def _node(network: RoadNetwork, place_id: str) -> int:
    if place_id not in network.node_index:
        name = places()[place_id].name if place_id in places() else place_id
        raise problem(PlanningError, "place.not_on_network", place=name)
    return network.node_index[place_id]


def _accepts_mixed(consents: Iterable[Consent], request: MovementRequest) -> bool:
    return any(
        consent.accepts_mixed_patrols and not consent.is_withdrawn
        for consent in consents
        if consent.organisation == request.organisation
        and consent.movement_id in {"", request.movement_id}
    )


def _request_findings(request: MovementRequest) -> Iterable[Finding]:
    """What the request leaves open; none of it is filled in by the tool."""
    if request.is_return is None:
        yield Finding(severity="warning", said=said("request.return_unsaid"))
    if request.persons is None:
        yield Finding(severity="warning", said=said("request.persons_unsaid"))
    if not request.marking:
        yield Finding(severity="warning", said=said("request.marking_unsaid"))
    if request.depart.latest < request.depart.earliest:
        yield Finding(severity="error", said=said("request.window_reversed"))


def _season(situation: Situation) -> str:
    """Season that most of the network is in; dry, wet or shoulder."""
    seasons = situation.passable.season
    return max(("wet", "shoulder", "dry"), key=seasons.count)


def _expiry(picture: OperationalPicture, config: Config) -> datetime:
    return picture.as_of + timedelta(hours=config.sharing.product_hours)


def _fingerprints(picture: OperationalPicture, config: Config) -> Mapping[str, str]:
    """SHA-256 of what the plan saw, so that a later reader can tell whether it still holds."""
    incidents, patrols = picture.incidents, picture.patrols
    seen = {
        "config": config.to_dict(),
        "network": [picture.network.segment_ids, picture.network.length_m.tolist()],
        "incidents": [incidents.incident_id, incidents.class_id, incidents.at_s.tolist()],
        "patrols": [patrols.patrol_id, patrols.segment_id, repr(patrols.start_s.tolist())],
        "status": [
            (report.report_id, utc_seconds(report.reported_at)) for report in picture.status
        ],
    }
    return {
        name: hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]
        for name, value in seen.items()
    }
