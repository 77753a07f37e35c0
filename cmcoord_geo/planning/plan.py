"""One request, start to end: each step is called once and its result passed on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import CmcoordError, NoRouteError
from cmcoord_geo.facts import season_zones
from cmcoord_geo.i18n import Said, join, problem
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.model import Limits, MovementPlan
from cmcoord_geo.network import season_of
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.planning.choice import LETTERS, kept_because, ranked, set_aside
from cmcoord_geo.planning.closed import closed_between, closed_ways, reasons_on
from cmcoord_geo.planning.comparison import with_comparisons
from cmcoord_geo.planning.conditions import (
    conditions,
    cut_by_ban,
    keeps_out,
    none_informed,
    none_together,
    search_limits,
)
from cmcoord_geo.planning.cuts import cut_roads, joint_cuts
from cmcoord_geo.planning.departures import better_departure
from cmcoord_geo.planning.families import families
from cmcoord_geo.planning.figures import tried, with_figures
from cmcoord_geo.planning.fingerprints import fingerprints
from cmcoord_geo.planning.patrols import meetings
from cmcoord_geo.planning.reopen import gap, least_closed
from cmcoord_geo.planning.requests import check_request, request_findings
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.sensitivity import sensitivity
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.ways import find_ways, is_cut_by_turns
from cmcoord_geo.risk import recorded_exposure, search_costs
from cmcoord_geo.routing import Recorded
from cmcoord_geo.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementRequest, Route, SetAside
    from cmcoord_geo.network.season import Season
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.closed import ClosedWay
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way, Ways


def plan_movement(
    picture: OperationalPicture,
    request: MovementRequest,
    config: Config,
    *,
    with_sensitivity: bool = False,
) -> MovementPlan:
    """
    Plan one movement: options, their reasons and their doubts.

    Parameters
    ----------
    picture : OperationalPicture
        Everything known at its ``as_of``.
    request : MovementRequest
    config : Config
    with_sensitivity : bool
        Whether the options are also told under other parameters of the hazard.

    Raises
    ------
    NoRouteError
        No road takes this convoy there on that date; ``cut`` says what stands in the way. Or no way keeps
        the conditions of the request; the message says which, and what the best way does.
    PlanningError
        Two stops in a row are one place, a place is not on the network, the window is reversed, or a limit
        cannot be checked.
    DataError
        A vehicle does not exist, or there is none; a time has no zone.
    """
    check_request(picture.network, request)
    situation = situation_of(picture, request, config)
    network, passable = situation.network, situation.passable
    exposure = search_costs(situation.hazard, passable.mid_s, config=config.hazard)
    recorded = _recorded(situation)
    ways = _ways(situation, exposure, recorded)
    closed = closed_ways(situation)
    ordered, options = _options(situation, ways, exposure, recorded)
    cuts = cut_roads(network, passable, ways.options[0], ways.cuts)
    return replace(
        _empty_plan(picture, request, config),
        options=options,
        kept_because=kept_because(options),
        set_aside=(*_against(situation, options), *(way.aside for way in closed)),
        exact_routes=ways.exact_routes,
        cuts=cuts,
        joint_cuts=joint_cuts(network, passable, ways.together, cuts),
        families=families(
            network,
            request,
            options=options,
            better=better_departure(situation, ordered[0]),
            closed=closed,
        ),
        season=_season(picture, request, [segment for segment, _ in ordered[0]]),
        sensitivity=sensitivity(situation, ordered, options) if with_sensitivity else None,
        conditions=tuple(
            conditions(
                situation,
                ways,
                exposure,
                [(option.letter, way) for option, way in zip(options, ordered, strict=True)],
            )
        ),
        tried=tried(ways, config.route, is_limited=request.limits != Limits()),
    )


def refused_plan(
    picture: OperationalPicture, request: MovementRequest, config: Config, refusal: Said
) -> MovementPlan:
    """
    Plan without an option: why there is none, and the other families of alternatives.

    Parameters
    ----------
    picture : OperationalPicture
    request : MovementRequest
    config : Config
    refusal : Said
        Message of the error that :func:`plan_movement` raised.
    """
    closed: tuple[ClosedWay, ...] = ()
    is_kept_out = False
    try:
        check_request(picture.network, request)
        situation = situation_of(picture, request, config)
        closed = closed_ways(situation)
        is_kept_out = keeps_out(situation)
    except CmcoordError:  # the refusal says it already
        pass
    return replace(
        _empty_plan(picture, request, config),
        families=families(picture.network, request, closed=closed, is_kept_out=is_kept_out),
        refusal=refusal,
        is_kept_out=is_kept_out,
    )


def _ways(situation: Situation, exposure: NDArray[np.int64], recorded: Recorded) -> Ways:
    """Ways that keep the conditions of the request; an error says why there is none."""
    request, network = situation.request, situation.network
    limits = None
    try:
        limits = search_limits(situation, exposure)
        ways = find_ways(
            network,
            situation.passable,
            exposure,
            *situation.stops,
            config=situation.config.route,
            limits=limits,
            recorded=recorded,
        )
    except NoRouteError as error:
        if isinstance(error.said, Said):  # a limit, which says it all
            raise
        if limits is not None:  # roads there are: each limit was kept by one of them
            raise none_together(request.limits) from None
        ends = network.node_index[error.origin], network.node_index[error.destination]
        raise _no_route(situation, *ends) from None
    if not ways.options:
        raise none_informed(request.limits, ways)
    return ways


def _empty_plan(
    picture: OperationalPicture, request: MovementRequest, config: Config
) -> MovementPlan:
    """Frame of a plan: what it answers, what it saw, until when it speaks."""
    expires_at = config.sharing.expiry(picture.as_of)
    return MovementPlan(
        request=request,
        as_of=picture.as_of,
        expires_at=expires_at,
        options=(),
        set_aside=(),
        exact_routes=0,
        cuts=(),
        families=(),
        season=_season(picture, request, range(len(picture.network))),
        findings=tuple(request_findings(request, as_of=picture.as_of, expires_at=expires_at)),
        fingerprints=fingerprints(picture, config),
        is_exercise=picture.is_exercise,
    )


def _options(
    situation: Situation, found: Ways, exposure: NDArray[np.int64], recorded: Recorded
) -> tuple[list[Way], tuple[Route, ...]]:
    """Ways and options with the one kept first."""
    ways = found.options
    routes = [build_route(situation, way, letter="") for way in ways]
    segments = [np.array([segment for segment, _ in way]) for way in ways]
    order = ranked(
        routes,
        [float(situation.passable.mid_s[part].sum()) / HOUR_S for part in segments],
        [int(exposure[part].sum()) for part in segments],
    )
    options = tuple(
        replace(routes[i], letter=letter) for letter, i in zip(LETTERS, order, strict=False)
    )
    ordered = [ways[i] for i in order][: len(options)]
    figures = [found.figures[i] for i in order][: len(options)]
    options = with_figures(situation.network, options, ordered, figures, recorded)
    return ordered, with_comparisons(situation, ordered, options)


def _recorded(situation: Situation) -> Recorded:
    """Recorded exposure, which tells ways apart beside their length."""
    value, known = recorded_exposure(situation.hazard, situation.passable.mid_s)
    return Recorded(value=value, known=known)


def _against(situation: Situation, options: Sequence[Route]) -> Iterable[SetAside]:
    network = situation.network
    worst = {option.worst_segment for option in options if option.worst_segment}
    titles = {key: network.title(network.segment_index[key]) for key in worst}
    count = partial(meetings, network)
    return (set_aside(options[0], other, titles, meetings=count) for other in options[1:])


def _no_route(situation: Situation, origin: int, destination: int) -> NoRouteError:
    """Name what would have to open, and the part of the trip that has no way."""
    names = [end_name(situation.network, node) for node in (origin, destination)]
    error = cut_by_ban(situation, names) or _no_road(situation, origin, destination, names)
    stops = situation.stops
    if len(stops) == 2:
        return error
    return problem(
        NoRouteError,
        "via.part",
        facts={"origin": names[0], "destination": names[1], "cut": error.cut},
        n=list(pairwise(stops)).index((origin, destination)) + 1,
        count=len(stops) - 1,
        stops="–".join(end_name(situation.network, node) for node in stops),
        why=error.said,
    )


def _no_road(
    situation: Situation,
    origin: int,
    destination: int,
    names: Sequence[str],
) -> NoRouteError:
    """Name the least that would have to open between two stops, or why nothing that opens would help."""
    ends = origin, destination
    closed = closed_between(situation, *ends)
    least = reasons_on(situation, least_closed(situation.network, situation.passable, *ends))
    shortest = closed[0].aside.reasons if closed else ()
    key, more = _why_none(situation, *ends) if not least else ("plan.no_route", {})
    if least and least != shortest:
        key, more = "reopen.least", {"shortest": join(shortest, "; ")}
    return problem(
        NoRouteError,
        key,
        facts={
            "origin": names[0],
            "destination": names[1],
            "cut": tuple(reason.en for reason in least),
        },
        origin=names[0],
        destination=names[1],
        vehicle=max(situation.convoy.members, key=lambda member: member.rank).name,
        day=said_date(situation.request.depart.earliest),
        cut=join(least, "; "),
        **more,
    )


def _why_none(situation: Situation, origin: int, destination: int) -> tuple[str, dict[str, object]]:
    """Key of the refusal where nothing that is closed stands in the way, and what it tells besides."""
    network, ends = situation.network, (origin, destination)
    if is_cut_by_turns(network, situation.passable, *ends):
        return "turns.no_route", {}
    between = gap(network, *ends)
    if between is None:
        return "reopen.one_way", {}
    a, b, km = between
    return "plan.no_road", {
        "a": end_name(network, a),
        "b": end_name(network, b),
        "km": said_km(km),
    }


def _season(picture: OperationalPicture, request: MovementRequest, segments: Iterable[int]) -> str:
    """Season that most of some segments are in; of equals the wetter."""
    counts: Counter[Season] = Counter()
    for zone, count in Counter(
        picture.network.season_zone[segment] for segment in segments
    ).items():
        counts[season_of(request.depart.earliest, season_zones()[zone])] += count
    wetness: tuple[Season, ...] = ("wet", "shoulder", "dry")
    return max(wetness, key=lambda season: counts[season])
