"""What a planner must read before using a route, the gravest first."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.network.closures import named
from cmcoord_geo.network.notes import conditions, states
from cmcoord_geo.planning.barred import Bars
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.report_limits import limits_of_reports
from cmcoord_geo.planning.ways import length_km, nodes_of, places_of
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmcoord_geo.model import AvoidArea, Passage, RoadStatus
    from cmcoord_geo.network import KnownState
    from cmcoord_geo.planning.schedule import Schedule
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way


def cautions(
    situation: Situation, way: Way, times: Schedule, crossed: Sequence[Passage]
) -> Iterable[Said]:
    """
    Warnings of a route.

    Parameters
    ----------
    situation : Situation
    way : tuple
    times : Schedule
    crossed : sequence of Passage
    """
    for passage in crossed:
        if passage.is_capacity_flagged:
            yield said("warn.capacity", name=passage.name)
        if passage.is_stale:
            known = situation.passable.crossing_states[passage.crossing_id]
            yield said("warn.crossing_stale", name=passage.name, report=named(_last(known)))
        if passage.hours:
            yield said("warn.hours", name=passage.name, hours=passage.hours)
    yield from _of_barriers(situation, crossed)
    yield from dict.fromkeys(_of_conditions(situation, way))
    yield from dict.fromkeys(_of_reports(situation, way, times))
    yield from dict.fromkeys(_of_overruled(situation, way, crossed))
    yield from limits_of_reports(situation, way, times, crossed)
    yield from _of_areas(situation, way)
    yield from _of_turning(situation, way)
    yield from _of_the_base(situation, way)
    yield from dict.fromkeys(_of_bars(situation, times))
    yield from _of_times(situation, way, times)
    yield from _of_the_convoy(situation, way)
    yield from _of_what_was_asked(situation, way, times)
    yield from _of_the_plan(situation, times)


def _of_barriers(situation: Situation, crossed: Sequence[Passage]) -> Iterable[Said]:
    """Rain barriers, but when it is dry, and the checkpoints that the map has."""
    index, season = situation.network.segment_index, situation.passable.season
    for passage in crossed:
        if passage.kind == "rain_barrier" and season[index[passage.segment_id]] != "dry":
            yield said("warn.rain_barrier", name=passage.name, km=f"{passage.km:.0f}")
    posts = [
        said("warn.checkpoint_at", name=passage.name, km=f"{passage.km:.0f}")
        for passage in crossed
        if passage.kind == "checkpoint"
    ]
    if posts:
        yield said("warn.checkpoints", names=join(posts))


def _of_conditions(situation: Situation, way: Way) -> Iterable[Said]:
    """Conditions of the map that no calculation here looks at, and its doubts on the state of a road."""
    network = situation.network
    for segment, _ in way:
        if tags := conditions(network.note[segment]):
            yield said(
                "warn.conditions", name=said_road(network.title(segment)), tags=", ".join(tags)
            )
        if tags := states(network.note[segment]):
            yield said("warn.state", name=said_road(network.title(segment)), tags=", ".join(tags))


def _of_reports(situation: Situation, way: Way, times: Schedule) -> Iterable[Said]:
    """Reports that are stale, contradict one another, or end before the road is behind the convoy."""
    for (segment, _), leg in zip(way, times.legs, strict=True):
        name = said_road(situation.network.title(segment))
        known = situation.passable.known[segment]
        if known.basis == "stale":
            yield said("warn.road_stale", name=name, report=named(_last(known)))
        elif known.state == "conflicting":
            yield said("warn.conflicting", name=name, reports=named(known.told))
        elif known.expires_at is not None and known.expires_at <= leg.leave.latest:
            yield said("warn.road_expires", name=name, day=said_date(known.expires_at))


def _of_overruled(situation: Situation, way: Way, crossed: Sequence[Passage]) -> Iterable[Said]:
    """Verified closures that a report which nobody verified has lifted, of roads and of crossings."""
    passable = situation.passable
    met: list[tuple[str | Said, KnownState]] = [
        *((said_road(situation.network.title(i)), passable.known[i]) for i, _ in way),
        *((one.name, passable.crossing_states[one.crossing_id]) for one in crossed),
    ]
    for name, known in met:
        if known.overruled is not None:
            closure, report = named([known.overruled]), named(_last(known))
            yield said("warn.overruled", name=name, closure=closure, report=report)


def _last(known: KnownState) -> tuple[RoadStatus, ...]:
    return () if known.report is None else (known.report,)


def _of_areas(situation: Situation, way: Way) -> Iterable[Said]:
    """Areas to avoid that the way crosses at a cost, with the km inside."""
    driven = {segment for segment, _ in way}
    found: dict[str, tuple[AvoidArea, float]] = {}
    for touch in situation.passable.touches:
        if touch.segment in driven:
            _, before_km = found.get(touch.mark, (touch.area, 0.0))
            found[touch.mark] = touch.area, before_km + touch.inside_km
    for mark, (area, inside_km) in found.items():
        minutes = f"{inside_km * area.min_per_km:.0f}"
        day = said_date(area.until)
        yield said("warn.area_cost", mark=mark, km=said_km(inside_km), minutes=minutes, day=day)
    if situation.picture.areas and situation.network.is_schematic:
        yield said("warn.area_schematic")


def _of_bars(situation: Situation, times: Schedule) -> Iterable[Said]:
    """What closes a road, or bans people from it or a place, when the way is there."""
    legs = times.legs
    bars = Bars(situation.picture, situation.convoy, [legs], situation.config)
    for one in bars.met(legs, times.halts):
        first, last = (
            moment.astimezone(BANGUI) for moment in (one.window.earliest, one.window.latest)
        )
        yield said(
            f"warn.barred_{one.bar.effect}", bar=one.bar.said, first=said_date(first),
            start=f"{first:%H:%M}", last=said_date(last), end=f"{last:%H:%M}",
        )  # fmt: skip


def _of_turning(situation: Situation, way: Way) -> Iterable[Said]:
    """Roads on which the way turns round, where the banned turns leave no other."""
    network, nodes = situation.network, nodes_of(situation.network, way)
    for place, ((here, _), (then, _)) in enumerate(pairwise(way), start=1):
        node = nodes[place]
        if here == then and node not in situation.stops:
            spot = f"{network.lat[node]:.4f}, {network.lon[node]:.4f}"
            where = network.node_names[node] if network.is_place(node) else spot
            yield said("warn.turns_round", road=said_road(network.title(here)), where=where)


def _of_the_base(situation: Situation, way: Way) -> Iterable[Said]:
    """Segments of weak confidence, and those between two seasons."""
    network = situation.network
    weak = [segment for segment, _ in way if network.confidence[segment] == "low"]
    if (
        weak and network.traffic is None
    ):  # else the share of assumed surface says it (assumption.py)
        km = sum(map(network.length_km, weak))
        yield said("warn.low_confidence", count=len(weak), km=f"{km:.0f}")
    between = sum(situation.passable.season[segment] == "shoulder" for segment, _ in way)
    if between:
        yield said("warn.shoulder", count=between)


def _of_times(situation: Situation, way: Way, times: Schedule) -> Iterable[Said]:
    """Nights without a known halt, and departures before light or too late for the first place."""
    network = situation.network
    origin = nodes_of(network, way)[0]
    for halt in times.halts:
        if not halt.place_id:
            where = said_road(network.title(network.segment_index[halt.segment_id]))
            key = "warn.night_between" if network.traffic is None else "warn.night_on"
            yield said(key, where=where, km=f"{halt.km:.0f}")
    if times.waits_at_origin:
        yield said("warn.depart_late", place=network.node_names[origin])
    depart = situation.request.depart.earliest
    day = day_at(
        float(network.lon[origin]), float(network.lat[origin]), depart, config=situation.config.day
    )
    if depart < day.start:
        yield said("warn.before_light", place=network.node_names[origin], time=f"{day.start:%H:%M}")


def _of_what_was_asked(situation: Situation, way: Way, times: Schedule) -> Iterable[Said]:
    """An arrival after the hour asked for, and stops that the way does not pass."""
    by, last = situation.request.arrive_by, times.slow.pace.times[-1]
    if by is not None and last > by:
        key = "after" if times.fast.pace.times[-1] > by else "perhaps_after"
        local = by.astimezone(BANGUI)
        yield said(f"warn.arrives_{key}", day=said_date(local), hour=f"{local:%H:%M}")
    yield from stops_not_passed(situation, way)


def stops_not_passed(situation: Situation, way: Way) -> Iterable[Said]:
    """Stops asked for at places that a way does not pass."""
    network = situation.network
    passed = places_of(network, way)[1:-1]
    for stop in situation.request.stops:
        if stop.place_id not in passed:
            node = network.node_index.get(stop.place_id)
            name = stop.place_id if node is None else network.node_names[node]
            yield said("departures.stop_not_passed", place=name)


def _of_the_plan(situation: Situation, times: Schedule) -> Iterable[Said]:
    """What is known runs out before the convoy has arrived: everything expires (H3, H15)."""
    ends = situation.config.sharing.expiry(situation.picture.as_of)
    if situation.request.depart.latest < ends < times.slow.pace.times[-1]:
        yield said(
            "warn.expires_on_the_way", day=said_date(ends), hour=f"{ends.astimezone(BANGUI):%H:%M}"
        )


def _of_the_convoy(situation: Situation, way: Way) -> Iterable[Said]:
    """Fuel for the way, and company on it."""
    members = situation.convoy.members
    total_km = length_km(situation.network, way)
    range_km = min(member.range_km for member in members)
    if total_km > range_km:
        yield said("warn.fuel", km=f"{total_km:.0f}", range=f"{range_km:.0f}")
    if situation.convoy.count < max(member.min_vehicles for member in members):
        yield said("warn.lone")
