"""A way becomes a route: timetable, exposure, coverage, conflicts, crossings and warnings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.model import Route, Span
from cmcoord_geo.planning.crossings import passages
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.patrols import conflicts, coverage, patrols_on_the_way
from cmcoord_geo.planning.timetable import Timetable, legs_of, merged_halts, timetable
from cmcoord_geo.planning.ways import Way, length_km, nodes_of
from cmcoord_geo.risk import Drive, exposure_along, exposure_by_class, profile_along, worst_segment
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import Coverage, Halt, Leg, MovementRequest, Passage
    from cmcoord_geo.network import Convoy, Passability
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.risk import Hazard


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """
    What holds for every route of one request.

    Attributes
    ----------
    picture : OperationalPicture
    request : MovementRequest
    convoy : Convoy
    passable : Passability
    hazard : Hazard
    accepts_mixed : bool
        Whether presence mixed with national forces may count (L111).
    config : Config
    """

    picture: OperationalPicture
    request: MovementRequest
    convoy: Convoy
    passable: Passability
    hazard: Hazard
    accepts_mixed: bool
    config: Config


def build_route(situation: Situation, way: Way, *, letter: str) -> Route:
    """Say everything that is known about one way."""
    network, passable = situation.picture.network, situation.passable
    request, config = situation.request, situation.config
    segments = [segment for segment, _ in way]
    fast = timetable(
        network, way, passable.low_s[segments].tolist(),
        depart=request.depart.earliest, name="fast", config=config.day,
    )  # fmt: skip
    slow = timetable(
        network, way, passable.high_s[segments].tolist(),
        depart=request.depart.latest, name="slow", config=config.day,
    )  # fmt: skip
    legs = legs_of(network, way, fast=fast, slow=slow)
    patrols, as_of = situation.picture.patrols, situation.picture.as_of
    met = patrols_on_the_way(patrols, legs, fast=fast.pace, slow=slow.pace)
    cover = coverage(
        patrols, met, as_of=as_of, accepts_mixed=situation.accepts_mixed, config=config.patrol
    )
    drives = _drives(situation, way, legs, cover)
    worst, worst_class = worst_segment(situation.hazard, drives, config=config.hazard)
    halts = merged_halts(fast, slow)
    crossed = passages(network, passable, situation.convoy, legs, config=config.status)
    ordnance = sorted({row for segment in segments for row in situation.hazard.ordnance[segment]})
    return Route(
        letter=letter,
        place_ids=tuple(network.node_ids[node] for node in nodes_of(network, way)),
        legs=legs,
        length_km=Span(
            low=float(network.length_low_m[segments].sum()) / KM_M,
            high=float(network.length_high_m[segments].sum()) / KM_M,
        ),
        drive_h=Span(
            low=float(passable.low_s[segments].sum()) / HOUR_S,
            high=float(passable.high_s[segments].sum()) / HOUR_S,
        ),
        days=Span(low=fast.days, high=slow.days),
        halts=halts,
        fast=fast.pace,
        slow=slow.pace,
        exposure=exposure_along(situation.hazard, drives, config=config.hazard, is_credited=False),
        exposure_with_patrols=exposure_along(
            situation.hazard, drives, config=config.hazard, is_credited=True
        ),
        classes=exposure_by_class(situation.hazard, drives),
        profile=profile_along(situation.hazard, drives, config=config.hazard),
        coverage=cover,
        unpatrolled_km=length_km(network, way) - _covered_km(cover),
        conflicts=conflicts(patrols, met, movement_id=request.movement_id, as_of=as_of),
        passages=crossed,
        ordnance_records=len(ordnance),
        ordnance_km=sum(
            network.length_km(segment) for segment in segments if situation.hazard.ordnance[segment]
        ),
        worst_segment="" if worst is None else network.segment_ids[worst],
        worst_class=worst_class,
        warnings=tuple(_warnings(situation, way, fast=fast, halts=halts, crossed=crossed)),
    )


def _drives(
    situation: Situation, way: Way, legs: Sequence[Leg], cover: Iterable[Coverage]
) -> tuple[Drive, ...]:
    passable = situation.passable
    credit: defaultdict[str, list[tuple[float, float, float]]] = defaultdict(list)
    by_segment = {leg.segment_id: leg for leg in legs}
    for presence in cover:
        leg = by_segment[presence.segment_id]
        length = leg.km.high - leg.km.low
        low = (presence.km.low - leg.km.low) / length
        high = (presence.km.high - leg.km.low) / length
        if not leg.is_forward:
            low, high = 1 - high, 1 - low
        credit[presence.segment_id].append((low, high, presence.credit))
    return tuple(
        Drive(
            segment=segment,
            is_forward=is_forward,
            low_h=float(passable.low_s[segment]) / HOUR_S,
            mid_h=float(passable.mid_s[segment]) / HOUR_S,
            high_h=float(passable.high_s[segment]) / HOUR_S,
            credit=tuple(credit[situation.picture.network.segment_ids[segment]]),
        )
        for segment, is_forward in way
    )


def _covered_km(cover: Iterable[Coverage]) -> float:
    """Length of the union of covered stretches."""
    total, reached = 0.0, float("-inf")
    for low, high in sorted((presence.km.low, presence.km.high) for presence in cover):
        total += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return total


def _warnings(
    situation: Situation,
    way: Way,
    *,
    fast: Timetable,
    halts: Sequence[Halt],
    crossed: Sequence[Passage],
) -> Iterable[Said]:
    """What a planner must read before using a route, the gravest first."""
    names = _names(situation)
    for passage in crossed:
        if passage.is_capacity_flagged:
            yield said("warn.capacity", name=passage.name)
        if passage.is_stale:
            yield said("warn.crossing_stale", name=passage.name)
    yield from _road_warnings(situation, way)
    for halt in halts:
        if not halt.place_id:
            where = names[halt.segment_id]
            yield said("warn.night_between", where=where, km=f"{halt.km:.0f}")
    if fast.halts and fast.halts[0].km == 0:
        yield said("warn.depart_late", place=names[fast.halts[0].place_id])
    first_departure = _first_departure(situation, way)
    if first_departure:
        yield first_departure
    total = length_km(situation.picture.network, way)
    range_km = min(member.range_km for member in situation.convoy.members)
    if total > range_km:
        yield said("warn.fuel", km=f"{total:.0f}", range=f"{range_km:.0f}")
    if situation.convoy.count < max(member.min_vehicles for member in situation.convoy.members):
        yield said("warn.lone")


def _names(situation: Situation) -> Mapping[str, str]:
    network = situation.picture.network
    segments = {key: network.title(i) for i, key in enumerate(network.segment_ids)}
    return {**dict(zip(network.node_ids, network.node_names, strict=True)), **segments}


def _road_warnings(situation: Situation, way: Way) -> Iterable[Said]:
    network, passable = situation.picture.network, situation.passable
    for segment, _ in way:
        known = passable.known[segment]
        if known.basis == "stale":
            yield said("warn.road_stale", name=network.title(segment))
        elif known.state == "conflicting":
            yield said("warn.conflicting", name=network.title(segment))
    weak = [segment for segment, _ in way if network.confidence[segment] == "low"]
    if weak:
        km = sum(network.length_km(segment) for segment in weak)
        yield said("warn.low_confidence", count=len(weak), km=f"{km:.0f}")
    between = [segment for segment, _ in way if passable.season[segment] == "shoulder"]
    if between:
        yield said("warn.shoulder", count=len(between))


def _first_departure(situation: Situation, way: Way) -> Said | None:
    network, depart = situation.picture.network, situation.request.depart.earliest
    node = nodes_of(network, way)[0]
    day = day_at(
        float(network.lon[node]),
        float(network.lat[node]),
        depart.date(),
        config=situation.config.day,
    )
    if depart >= day.start:
        return None
    return said("warn.before_light", place=network.node_names[node], time=f"{day.start:%H:%M}")
