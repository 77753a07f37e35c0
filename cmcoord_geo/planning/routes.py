"""A way becomes a route: timetable, exposure, coverage, conflicts, crossings and warnings."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from cmcoord_geo.model import Route, Span
from cmcoord_geo.planning.assumption import assumed_surface
from cmcoord_geo.planning.cautions import cautions
from cmcoord_geo.planning.conflicts import (
    find_conflicts,
    patrol_occupancies,
    way_occupancies,
)
from cmcoord_geo.planning.crossings import passages
from cmcoord_geo.planning.schedule import covered_km, schedule
from cmcoord_geo.planning.ways import drive_hours, places_of
from cmcoord_geo.risk import (
    Drive,
    exposure_along,
    exposure_by_class,
    exposure_unpatrolled,
    exposure_with_presence,
    profile_along,
    rates_along,
    worst_segment,
)
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmcoord_geo.model import Conflict, Coverage, Leg
    from cmcoord_geo.network import Passability
    from cmcoord_geo.planning.schedule import Schedule
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way


def build_route(
    situation: Situation, way: Way, *, letter: str, times: Schedule | None = None
) -> Route:
    """Say everything that is known about one way, at the times asked for or at some others."""
    network, hazard, config = situation.network, situation.hazard, situation.config
    segments = [segment for segment, _ in way]
    times = times or schedule(situation, way)
    plain = plain_drives(situation.passable, way)
    drives = drives_of(plain, times.legs, times.coverage)
    whole = exposure_along(hazard, drives, config=config.hazard)
    with_presence = partial(exposure_with_presence, hazard, whole=whole, config=config.hazard)
    confirmed = tuple(cover for cover in times.coverage if cover.is_confirmed)
    worst, worst_class = worst_segment(hazard, drives, config=config.hazard)
    crossed = passages(
        network, situation.passable, situation.convoy, times.legs, config=config.status
    )
    mined = [segment for segment in segments if hazard.ordnance[segment]]
    return Route(
        letter=letter,
        place_ids=places_of(network, way),
        legs=times.legs,
        length_km=Span(
            low=float(network.length_low_m[segments].sum()) / KM_M,
            high=float(network.length_high_m[segments].sum()) / KM_M,
        ),
        drive_h=drive_hours(situation.passable, way),
        days=times.days,
        halts=times.halts,
        fast=times.fast.pace,
        slow=times.slow.pace,
        exposure=whole,
        exposure_with_patrols=with_presence(drives),
        exposure_confirmed=with_presence(drives_of(plain, times.legs, confirmed)),
        exposure_unpatrolled=exposure_unpatrolled(hazard, drives, whole, config=config.hazard),
        classes=exposure_by_class(hazard, drives),
        profile=profile_along(hazard, drives, config=config.hazard),
        rates=rates_along(hazard, drives, config=config.hazard),
        coverage=times.coverage,
        unpatrolled_km=times.unpatrolled_km,
        offered_km=covered_km(times.coverage) - covered_km(confirmed),
        conflicts=_meetings(situation, times),
        passages=crossed,
        ordnance_records=len({row for segment in mined for row in hazard.ordnance[segment]}),
        ordnance_km=sum(network.length_km(segment) for segment in mined),
        has_ordnance_source=hazard.has_ordnance_source,
        worst_segment="" if worst is None else network.segment_ids[worst],
        worst_class=worst_class,
        warnings=tuple(cautions(situation, way, times, crossed)),
        assumed=assumed_surface(network, situation.passable, way),
    )


def _meetings(situation: Situation, times: Schedule) -> tuple[Conflict, ...]:
    """Co-presence with patrols (C1), found as for a week."""
    network, picture = situation.network, situation.picture
    here = way_occupancies(
        network, situation.request.movement_id, times.legs,
        fast=times.fast.pace, slow=times.slow.pace,
    )  # fmt: skip
    patrols = patrol_occupancies(network, picture.patrols, as_of=picture.as_of)
    return find_conflicts(network, here, patrols, situation.config.conflict)


def drives_of(
    plain: Iterable[Drive], legs: Sequence[Leg], cover: Iterable[Coverage]
) -> tuple[Drive, ...]:
    """Drives along a way with the credit of some presence on its legs."""
    credit: defaultdict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for presence in cover:
        place, leg = _leg_of(presence, legs)
        length = leg.km.high - leg.km.low
        low = (presence.km.low - leg.km.low) / length
        high = (presence.km.high - leg.km.low) / length
        if not leg.is_forward:
            low, high = 1 - high, 1 - low
        credit[place].append((low, high, presence.credit))
    return tuple(drive.with_credit(tuple(credit[place])) for place, drive in enumerate(plain))


def plain_drives(passable: Passability, way: Way) -> tuple[Drive, ...]:
    """Time on each segment of a way, without patrol credit."""
    return tuple(
        Drive(
            segment=segment,
            is_forward=is_forward,
            low_h=float(passable.low_s[segment]) / HOUR_S,
            mid_h=float(passable.mid_s[segment]) / HOUR_S,
            high_h=float(passable.high_s[segment]) / HOUR_S,
        )
        for segment, is_forward in way
    )


def _leg_of(presence: Coverage, legs: Sequence[Leg]) -> tuple[int, Leg]:
    """Leg that a presence lies on: a segment that is driven twice has two."""
    return min(
        ((i, leg) for i, leg in enumerate(legs) if leg.segment_id == presence.segment_id),
        key=lambda found: abs(
            found[1].km.low + found[1].km.high - presence.km.low - presence.km.high
        ),
    )
