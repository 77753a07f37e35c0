"""One request, start to end: each step is called once and its result passed on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import CmcoordError, NoRouteError
from cmcoord_geo.facts import season_zones
from cmcoord_geo.i18n import Said, join, problem
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.model import Limits, MovementPlan
from cmcoord_geo.network import season_of
from cmcoord_geo.network.columns import Words
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.planning.alternatives import alternatives
from cmcoord_geo.planning.another_slot import another_slot
from cmcoord_geo.planning.ask_first import ask_first
from cmcoord_geo.planning.choice import kept_because, set_aside
from cmcoord_geo.planning.closed import closed_between, closed_ways, reasons_on
from cmcoord_geo.planning.comparison import with_comparisons
from cmcoord_geo.planning.conditions import conditions, cut_by_ban, keeps_out
from cmcoord_geo.planning.cuts import against_limits, cut_roads, joint_cuts
from cmcoord_geo.planning.families import families
from cmcoord_geo.planning.figures import tried
from cmcoord_geo.planning.fingerprints import fingerprints
from cmcoord_geo.planning.options import options_of
from cmcoord_geo.planning.reopen import gap, least_closed
from cmcoord_geo.planning.requests import check_request, request_findings
from cmcoord_geo.planning.returns import with_returns
from cmcoord_geo.planning.sensitivity import sensitivity
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.ways import is_cut_by_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementRequest, Route, SetAside
    from cmcoord_geo.network.season import Season
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.closed import ClosedWay
    from cmcoord_geo.planning.situation import Situation


def plan_movement(
    picture: OperationalPicture,
    request: MovementRequest,
    config: Config,
    *,
    with_sensitivity: bool = False,
    with_questions: bool = False,
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
    with_questions : bool
        Whether what to ask first is looked for, and the alternatives set side by side: the plan is redone
        for each unknown.

    Raises
    ------
    NoRouteError
        No road takes this convoy there on that date; ``cut`` says what stands in the way. Or no way keeps
        the conditions of the request; the message says which, and what the best way does.
    PlanningError
        Two stops in a row are one place, a place is not on the network, the window is reversed, a limit
        cannot be checked, or memory was used up before a way was proven.
    DataError
        A vehicle does not exist, or there is none; a time has no zone.
    """
    check_request(picture.network, request)
    situation = situation_of(picture, request, config)
    network, passable = situation.network, situation.passable
    closed = closed_ways(situation)
    try:
        chosen = options_of(situation)
    except NoRouteError as error:
        if isinstance(error.said, Said):  # a condition, which says it all
            raise
        ends = network.node_index[error.origin], network.node_index[error.destination]
        raise _no_route(situation, *ends) from None
    ways, ordered = chosen.found, chosen.ways
    options = with_returns(situation, with_comparisons(situation, ordered, chosen.routes), ordered)
    cuts = cut_roads(network, passable, ways.options[0], ways.cuts)
    frame = replace(_empty_plan(picture, request, config), options=options)
    another = another_slot(situation, frame)
    joint = joint_cuts(network, passable, ways.together, cuts)
    plan = replace(
        frame,
        kept_because=kept_because(options),
        set_aside=(*_against(situation, options), *(way.aside for way in closed)),
        exact_routes=ways.exact_routes,
        cuts=against_limits(cuts, request.limits),
        joint_cuts=against_limits(joint, request.limits),
        families=families(
            network,
            request,
            options=options,
            another=another,
            closed=closed,
        ),
        season=_season(picture, request, [segment for segment, _ in ordered[0]]),
        sensitivity=sensitivity(situation, ordered, options) if with_sensitivity else None,
        conditions=tuple(
            conditions(
                situation,
                ways,
                chosen.exposure,
                [(option.letter, way) for option, way in zip(options, ordered, strict=True)],
            )
        ),
        tried=tried(ways, config.route, is_limited=request.limits != Limits()),
    )
    if not with_questions:
        return plan
    questions, untried = ask_first(situation, chosen, closed)
    asked = replace(plan, questions=questions, untried_questions=untried)
    return replace(asked, alternatives=alternatives(situation, asked, chosen, another))


def refused_plan(
    picture: OperationalPicture,
    request: MovementRequest,
    config: Config,
    refusal: Said,
    *,
    with_questions: bool = False,
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
    with_questions : bool
        As of :func:`plan_movement`.
    """
    situation: Situation | None = None
    closed: tuple[ClosedWay, ...] = ()
    is_kept_out = False
    try:
        check_request(picture.network, request)
        situation = situation_of(picture, request, config)
        closed = closed_ways(situation)
        is_kept_out = keeps_out(situation)
    except CmcoordError:  # the refusal says it already
        pass
    plan = replace(
        _empty_plan(picture, request, config),
        families=families(picture.network, request, closed=closed, is_kept_out=is_kept_out),
        refusal=refusal,
        is_kept_out=is_kept_out,
    )
    if not with_questions or situation is None:
        return plan
    questions, untried = ask_first(situation, None, closed)
    asked = replace(plan, questions=questions, untried_questions=untried)
    return replace(asked, alternatives=alternatives(situation, asked, None))


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
        season=_season(picture, request, None),
        findings=tuple(request_findings(request, as_of=picture.as_of, expires_at=expires_at)),
        fingerprints=fingerprints(picture, config),
        is_exercise=picture.is_exercise,
    )


def _against(situation: Situation, options: Sequence[Route]) -> Iterable[SetAside]:
    network = situation.network
    worst = {option.worst_segment for option in options if option.worst_segment}
    titles = {key: said_road(network.title(network.segment_index[key])) for key in worst}
    return (set_aside(options[0], other, titles) for other in options[1:])


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


def _season(
    picture: OperationalPicture, request: MovementRequest, segments: Sequence[int] | None
) -> str:
    """Season that most of some segments are in, None for all; of equals the wetter."""
    zones = Words.packed(picture.network.season_zone)
    codes = zones.codes if segments is None else zones.codes[np.asarray(segments, dtype=np.int64)]
    counts: Counter[Season] = Counter()
    for zone, count in zip(zones.vocabulary, np.bincount(codes).tolist(), strict=False):
        counts[season_of(request.depart.earliest, season_zones()[zone])] += count
    wetness: tuple[Season, ...] = ("wet", "shoulder", "dry")
    return max(wetness, key=lambda season: counts[season])
