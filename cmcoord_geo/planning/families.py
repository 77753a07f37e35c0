"""
The families of alternatives to an armed escort, as far as they are known (IASC 2013; L031).

The tool says what data can say: another road, another time, a patrol's presence, the nearest airstrip,
waiting. What only people can answer is named as a question to them; an escort is not a family (L043, H16).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places, season_zones
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.model import Family, TimeSpan
from cmcoord_geo.network import season_of
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.units import BANGUI, KM_M, geodesic_m

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.routes import Situation
    from cmcoord_geo.planning.ways import Way

#: Shifts of the departure that are looked at, nearest first.
_SHIFTS = tuple(
    timedelta(days=day, hours=hour) for day in (0, 1, 2) for hour in (0, 1, 2, 3) if day or hour
)
_LOOK_AHEAD_DAYS = 120


def families(
    situation: Situation, way: Way | None, kept: Route | None, others: int
) -> tuple[Family, ...]:
    """
    Look at every family.

    Parameters
    ----------
    situation : Situation
    way : tuple or None
        The way kept; None when no road is open.
    kept : Route or None
    others : int
        Number of other options.
    """
    return (
        _road(others, has_road=kept is not None),
        _time(situation, way, kept),
        _patrol(kept),
        _air(situation),
        _wait(situation),
        _ask("programme"),
        _ask("people"),
    )


def _road(others: int, *, has_road: bool) -> Family:
    if not has_road:
        return Family(family_id="road", finding="not_found", said=(said("family.road_none"),))
    if not others:
        return Family(family_id="road", finding="not_found", said=(said("family.road_one"),))
    return Family(
        family_id="road", finding="possible", said=(said("family.road_more", count=others),)
    )


def _time(situation: Situation, way: Way | None, kept: Route | None) -> Family:
    """Nearest shift of the departure that meets no patrol, loses no coverage, and needs no more days."""
    if way is None or kept is None:
        return Family(family_id="time", finding="ask", said=(said("family.time_none"),))
    best: tuple[tuple[float, ...], timedelta, Route] | None = None
    now = _worth(kept)
    for shift in _SHIFTS:
        moved = build_route(_shifted(situation, shift), way, letter=kept.letter)
        if moved.fast.times[0] < situation.picture.as_of or _starts_late(moved):
            continue
        if _worth(moved) < now and (best is None or _worth(moved) < best[0]):
            best = (_worth(moved), shift, moved)
    if best is None:
        return Family(family_id="time", finding="not_found", said=(said("family.time_same"),))
    _, _, moved = best
    return Family(
        family_id="time",
        finding="possible",
        said=(
            said(
                "family.time_better",
                when=_said_time(moved.fast.times[0]),
                conflicts=len(moved.conflicts),
                before=len(kept.conflicts),
                km=f"{moved.unpatrolled_km:.0f}",
                km_before=f"{kept.unpatrolled_km:.0f}",
            ),
        ),
    )


def _worth(route: Route) -> tuple[float, ...]:
    nights = sum(not halt.place_id for halt in route.halts)
    return len(route.conflicts), nights, round(route.unpatrolled_km), route.days.high


def _starts_late(route: Route) -> bool:
    return bool(route.halts) and route.halts[0].km == 0


def _shifted(situation: Situation, shift: timedelta) -> Situation:
    depart = situation.request.depart
    later = TimeSpan(earliest=depart.earliest + shift, latest=depart.latest + shift)
    return replace(situation, request=replace(situation.request, depart=later))


def _patrol(kept: Route | None) -> Family:
    if kept is None:
        return Family(
            family_id="patrol", finding="not_found", said=(said("family.patrol_no_road"),)
        )
    if not kept.coverage:
        return Family(family_id="patrol", finding="ask", said=(said("family.patrol_none"),))
    ids = ", ".join(dict.fromkeys(cover.patrol_id for cover in kept.coverage))
    confirmed = sum(cover.is_confirmed for cover in kept.coverage)
    text = said(
        "family.patrol_some",
        patrols=ids,
        km=f"{kept.length_km.high - kept.unpatrolled_km:.0f}",
        confirmed=confirmed,
    )
    return Family(family_id="patrol", finding="possible", said=(text, said("family.patrol_ask")))


def _air(situation: Situation) -> Family:
    """Nearest known airstrip to the destination; its state is never known here."""
    goal = places()[situation.request.destination]
    strips = [place for place in places().values() if place.airstrip and place.country == "CAF"]
    away_m = geodesic_m(
        goal.lon, goal.lat, [strip.lon for strip in strips], [strip.lat for strip in strips]
    )
    nearest = int(away_m.argmin())
    return Family(
        family_id="air",
        finding="ask",
        said=(
            said(
                "family.air",
                place=strips[nearest].name,
                code=strips[nearest].airstrip,
                km=f"{away_m[nearest] / KM_M:.0f}",
            ),
        ),
    )


def _wait(situation: Situation) -> Family:
    """What waiting would change: reports that end, and the next change of season on the way."""
    texts: list[Said] = []
    network, passable = situation.picture.network, situation.passable
    for i, known in enumerate(passable.known):
        if known.basis == "report" and known.state == "closed" and known.expires_at is not None:
            texts.append(
                said("family.wait_report", name=network.title(i), day=_said_day(known.expires_at))
            )
    is_better_later, change = _next_season(situation)
    if change is not None:
        key = "family.wait_season" if is_better_later else "family.wait_limit"
        texts.append(said(key, day=_said_day(change)))
    is_possible = is_better_later or len(texts) > (change is not None)
    return Family(
        family_id="wait",
        finding="possible" if is_possible else "not_found",
        said=tuple(texts[:3]) or (said("family.wait_none"),),
    )


def _next_season(situation: Situation) -> tuple[bool, datetime | None]:
    """Whether the destination's roads improve with the next change of season, and when it comes."""
    network = situation.picture.network
    goal = network.node_index[situation.request.destination]
    touching = np.flatnonzero((network.start == goal) | (network.end == goal))
    zone = season_zones()[network.season_zone[int(touching[0])]]
    start = situation.request.depart.earliest
    now = season_of(start, zone)
    for day in range(1, _LOOK_AHEAD_DAYS):
        when = start + timedelta(days=day)
        if season_of(when, zone) != now:
            return season_of(when, zone) == "dry" or now == "wet", when
    return False, None


def _ask(family_id: str) -> Family:
    return Family(family_id=family_id, finding="ask", said=(said(f"family.{family_id}"),))


def _said_day(when: datetime) -> Said:
    local = when.astimezone(BANGUI)
    return Said(fr=f"{local:%d/%m/%Y}", en=f"{local:%d %b %Y}")


def _said_time(when: datetime) -> Said:
    local = when.astimezone(BANGUI)
    return Said(fr=f"{local:%d/%m/%Y à %H:%M}", en=f"{local:%d %b %Y at %H:%M}")
