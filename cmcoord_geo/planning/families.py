"""
The families of alternatives to an armed escort, as far as they are known (IASC 2013; L031).

The tool says what data can say: another road, another time, a patrol's presence, the nearest airstrip,
waiting. What only people can answer is named as a question to them; an escort is not a family (L043, H16).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from cmcoord_geo.facts import places, season_zones
from cmcoord_geo.i18n import said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.model import Family, TimeSpan
from cmcoord_geo.network import season_of
from cmcoord_geo.units import KM_M, MINUTE_S, geodesic_m, to_datetime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cmcoord_geo.model import MovementRequest, Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.another_slot import AnotherSlot
    from cmcoord_geo.planning.closed import ClosedWay

_LOOK_AHEAD_DAYS = 120
_MOST_REPORTS = 2
#: Times are told no finer than this (hazard H4).
_TOLD_S = 5 * MINUTE_S


def families(
    network: RoadNetwork,
    request: MovementRequest,
    *,
    options: Sequence[Route] = (),
    another: AnotherSlot | None = None,
    closed: Sequence[ClosedWay] = (),
    is_kept_out: bool = False,
) -> tuple[Family, ...]:
    """
    Look at every family.

    Parameters
    ----------
    network : RoadNetwork
    request : MovementRequest
    options : sequence of Route
        The first is the one kept; none where no road is open.
    another : AnotherSlot or None
        Of the option kept; None where no road is open.
    closed : sequence of ClosedWay
        Ways that are no option today.
    is_kept_out : bool
        Without options: roads lead there, and only conditions of the request stand against them.
    """
    return (
        *(_kept_out() if is_kept_out else _of_options(options, another)),
        _air(network, request.destination),
        _wait(network, request, closed),
        _ask("programme"),
        _ask("people"),
    )


def _of_options(options: Sequence[Route], another: AnotherSlot | None) -> tuple[Family, ...]:
    return _road(options), _time(another), _patrol(options)


def _kept_out() -> tuple[Family, ...]:
    """Road, time and patrol where only conditions of the request stand against a way."""
    findings: tuple[tuple[str, Literal["possible", "ask", "not_found"]], ...] = (
        ("road", "possible"),
        ("time", "ask"),
        ("patrol", "not_found"),
    )
    return tuple(
        Family(family_id=name, finding=finding, said=(said(f"family.{name}_conditions"),))
        for name, finding in findings
    )


def _road(options: Sequence[Route]) -> Family:
    if not options:
        return Family(family_id="road", finding="not_found", said=(said("family.road_none"),))
    if len(options) == 1:
        return Family(family_id="road", finding="not_found", said=(said("family.road_one"),))
    text = said("family.road_more", count=len(options) - 1)
    return Family(family_id="road", finding="possible", said=(text,))


def _time(another: AnotherSlot | None) -> Family:
    if another is None:
        return Family(family_id="time", finding="ask", said=(said("family.time_none"),))
    finding: Literal["possible", "not_found"] = "possible" if another.slot else "not_found"
    return Family(family_id="time", finding=finding, said=another.said)


def _patrol(options: Sequence[Route]) -> Family:
    if not options:
        text = said("family.patrol_no_road")
        return Family(family_id="patrol", finding="not_found", said=(text,))
    kept = options[0]
    if not kept.coverage:
        return Family(family_id="patrol", finding="ask", said=(said("family.patrol_none"),))
    confirmed = {cover.patrol_id for cover in kept.coverage if cover.is_confirmed}
    text = said(
        "family.patrol_some",
        patrols=", ".join(dict.fromkeys(cover.patrol_id for cover in kept.coverage)),
        km=f"{kept.legs[-1].km.high - kept.unpatrolled_km:.0f}",
        confirmed=len(confirmed),
    )
    return Family(family_id="patrol", finding="possible", said=(text, said("family.patrol_ask")))


#: A strip farther from the destination helps nobody there: the network lies outside the country.
_FARTHEST_STRIP_KM = 500.0


def _air(network: RoadNetwork, destination: str) -> Family:
    """Nearest known airstrip to the destination; its state is never known here."""
    goal = _position(network, destination)
    if goal is None:
        return Family(family_id="air", finding="ask", said=(said("family.air_unknown"),))
    strips = [place for place in places().values() if place.airstrip and place.country == "CAF"]
    away_m = geodesic_m(*goal, [strip.lon for strip in strips], [strip.lat for strip in strips])
    nearest = int(away_m.argmin())
    strip, far_km = strips[nearest], away_m[nearest] / KM_M
    if far_km > _FARTHEST_STRIP_KM:
        return Family(family_id="air", finding="ask", said=(said("family.air_far"),))
    key = "family.air_here" if far_km < 1 else "family.air_there"
    text = said(
        key,
        place=strip.name,
        code=strip.airstrip,
        far=f"{far_km:.0f}",
        km=said("word.unknown") if strip.airstrip_km is None else f"{strip.airstrip_km:.0f}",
        status=said(f"airstrip.{strip.airstrip_status}"),
    )
    return Family(family_id="air", finding="ask", said=(text,))


def _position(network: RoadNetwork, place_id: str) -> tuple[float, float] | None:
    """Longitude and latitude of a place of the network, or else of the gazetteer."""
    if place_id in network.node_index:
        node = network.node_index[place_id]
        return float(network.lon[node]), float(network.lat[node])
    place = places().get(place_id)
    return None if place is None else (place.lon, place.lat)


def _wait(network: RoadNetwork, request: MovementRequest, closed: Sequence[ClosedWay]) -> Family:
    """What waiting would change: reports that end, and the next change of season at the destination."""
    ends = dict(end for way in closed for end in way.ends)
    reports = [
        said("family.wait_report", name=name, day=said_date(day)) for name, day in ends.items()
    ]
    texts, is_better = reports[:_MOST_REPORTS], False
    change = _next_season(network, request)
    if change is not None:
        is_better, when = change
        key = "family.wait_season" if is_better else "family.wait_limit"
        texts.append(said(key, day=said_date(when)))
    return Family(
        family_id="wait",
        finding="possible" if reports or is_better else "not_found",
        said=tuple(texts) or (said("family.wait_none"),),
    )


def _next_season(network: RoadNetwork, request: MovementRequest) -> tuple[bool, datetime] | None:
    """Whether the next change of season betters the roads at the destination, and when it comes."""
    goal = network.node_index.get(request.destination, -1)
    touching = np.flatnonzero((network.start == goal) | (network.end == goal))
    if not touching.size:
        return None
    zone = season_zones()[network.season_zone[int(touching[0])]]
    start = request.depart.earliest
    now = season_of(start, zone)
    for day in range(1, _LOOK_AHEAD_DAYS):
        when = start + timedelta(days=day)
        then = season_of(when, zone)
        if then != now:
            return then == "dry" or now == "wet", when
    return None


def _ask(family_id: str) -> Family:
    return Family(family_id=family_id, finding="ask", said=(said(f"family.{family_id}"),))


def told_window(depart: TimeSpan) -> TimeSpan:
    """Window in five-minute steps inside it, where it holds one: first light is to the second."""
    first = to_datetime(-(-depart.earliest.timestamp() // _TOLD_S) * _TOLD_S)
    last = max(first, to_datetime(depart.latest.timestamp() // _TOLD_S * _TOLD_S))
    return TimeSpan(earliest=first, latest=last)
