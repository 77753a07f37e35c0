"""
Timetable of a route at one pace: drive by day, halt for the night where the next place is out of reach.

Where a journey by the rules of departures exists (:mod:`.journeys`), the timetable follows it: nights and
waits are where it has them (:func:`led`). Where none does, a convoy that cannot reach the next place before
the last arrival there waits at the place where it is (:func:`timetable`). Where even a whole day does not
suffice, night falls on the road and the timetable says so: no halt is known there.

Whoever starts later or drives slower never arrives earlier: how long a convoy that is late may still set out
is one figure for both paces, its :func:`slack <slacks_of>`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.model import Leg, Span, TimeSpan
from cmcoord_geo.planning.clock import Clock
from cmcoord_geo.planning.daylight import common_day, day_at
from cmcoord_geo.planning.stretches import closing_slack, end_of, ends_of, next_opening, whole
from cmcoord_geo.units import BANGUI, KM_M

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.config import DayConfig
    from cmcoord_geo.model import Halt, Pace
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.daylight import Day
    from cmcoord_geo.planning.stretches import PaceName, Part
    from cmcoord_geo.planning.ways import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """
    One pace along one route.

    Attributes
    ----------
    pace : Pace
        Times (Bangui) and km, halts and stops as level stretches. It begins at the departure asked for, or
        at the first light after it.
    enter, leave : tuple of datetime
        For each segment of the route.
    halts : tuple of Halt
    """

    pace: Pace
    enter: tuple[datetime, ...]
    leave: tuple[datetime, ...]
    halts: tuple[Halt, ...]

    @property
    def days(self) -> int:
        """Calendar days in Bangui, from the day of the departure asked for to that of the arrival."""
        first, last = self.pace.times[0].date(), self.pace.times[-1].date()
        return (last - first).days + 1


def led(
    network: RoadNetwork,
    way: Way,
    parts: Sequence[Sequence[Part]],
    *,
    depart: datetime,
    name: PaceName,
    stops_s: Sequence[float],
    leaves: Mapping[int, datetime],
) -> Timetable:
    """
    Timetable of a route along a journey that says when each halt is left.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    parts : sequence of sequence of Part
        Each segment at this pace.
    depart : datetime
        By day at the origin.
    name : str
        ``fast`` or ``slow``; kept on the halts.
    stops_s : sequence of float
        For each segment.
    leaves : mapping
        Place in the way to the moment at which the end of that segment is left.
    """
    clock = Clock(network, way, depart.astimezone(BANGUI), name)
    clock.mark()
    for place, ((segment, is_forward), each, stop_s) in enumerate(
        zip(way, parts, stops_s, strict=True)
    ):
        clock.enter.append(clock.now)
        start_km, km = clock.km, network.length_km(segment)
        for part in each:
            begin, _ = part.begun(clock.now)
            clock.stand_until(begin)
            if part.duration:
                clock.advance(start_km + km * part.share, part.duration)
        clock.leave.append(clock.now)
        clock.stand_until(clock.now + timedelta(seconds=stop_s))
        if place in leaves:
            _, there = ends_of(network, segment, is_forward=is_forward)
            _leave(clock, leaves[place].astimezone(BANGUI), network.node_ids[there])
    return _timetable(clock)


def _leave(clock: Clock, moment: datetime, place_id: str) -> None:
    """Wait at a halt; a wait past midnight is a night."""
    if moment.date() == clock.now.date():
        clock.stand_until(moment)
    else:
        clock.sleep_until(moment, place_id=place_id, segment_id="")


def _timetable(clock: Clock) -> Timetable:
    return Timetable(
        pace=clock.pace,
        enter=tuple(clock.enter),
        leave=tuple(clock.leave),
        halts=tuple(clock.halts),
    )


def timetable(
    network: RoadNetwork,
    way: Way,
    parts: Sequence[Sequence[Part]],
    *,
    depart: datetime,
    name: PaceName,
    slacks: Callable[[int], timedelta],
    stops_s: Sequence[float],
    config: DayConfig,
) -> Timetable:
    """
    Timetable of a route of which no journey is known.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    parts : sequence of sequence of Part
        Each segment at this pace, from :func:`~cmcoord_geo.planning.stretches.parts_along`.
    depart : datetime
    name : str
        ``fast`` or ``slow``; kept on the halts.
    slacks : callable
        From :func:`slacks_of`.
    stops_s : sequence of float
        For each segment, from :func:`~cmcoord_geo.planning.stretches.stops_along`.
    config : DayConfig
    """
    clock = Clock(network, way, depart.astimezone(BANGUI), name)
    driver = _ByDay(clock, slacks, config)
    for place, (each, stop_s) in enumerate(zip(parts, stops_s, strict=True)):
        driver.drive(place, each)
        clock.stand_until(clock.now + timedelta(seconds=stop_s))
    return _timetable(clock)


def slacks_of(
    network: RoadNetwork,
    way: Way,
    slow: Sequence[Sequence[Part]],
    *,
    depart: datetime,
    config: DayConfig,
) -> Callable[[int], timedelta]:
    """
    How long after first light the slow pace may set out without a night more for a segment of the way.

    Asked by the place of the segment in the way; few segments are: those that are not surely driven by day.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    slow : sequence of sequence of Part
        Each segment at the slow pace.
    depart : datetime
        Its date stands for all days of the movement.
    config : DayConfig
    """

    def slack(place: int) -> timedelta:
        segment, is_forward = way[place]
        here, there = ends_of(network, segment, is_forward=is_forward)
        start = _day_at_node(network, here, depart, config).start
        day = _day_at_node(network, there, depart, config)
        left = whole(slow[place]) - (day.end - start)
        nights = max(0, -(-left // (day.end - day.start)))
        by_day = nights * (day.end - day.start) - left
        closing = closing_slack(slow[place], start)
        return by_day if closing is None else min(by_day, closing)

    return slack


def _day_at_node(network: RoadNetwork, node: int, moment: datetime, config: DayConfig) -> Day:
    return day_at(float(network.lon[node]), float(network.lat[node]), moment, config=config)


def _box(network: RoadNetwork, way: Way) -> tuple[float, float, float, float]:
    """West, south, east and north of the nodes of a way."""
    segments = [segment for segment, _ in way]
    nodes = [*network.start[segments], *network.end[segments]]
    lon, lat = network.lon[nodes], network.lat[nodes]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


class _ByDay:
    """Moves a clock along its way by day, with a night wherever the next place is out of reach."""

    def __init__(self, clock: Clock, slacks: Callable[[int], timedelta], config: DayConfig) -> None:
        self._clock = clock
        self._network = clock.network
        self._slacks = slacks
        self._config = config
        self._box = _box(clock.network, clock.way)
        self._common = common_day(self._box, clock.now, config=config)

    def drive(self, place: int, parts: Sequence[Part]) -> None:
        """Drive a segment, by day; wait before it for the next morning where it is too late in the day."""
        clock = self._clock
        segment, is_forward = clock.way[place]
        here, there = ends_of(self._network, segment, is_forward=is_forward)
        end, is_shut = end_of(parts, clock.now)
        is_by_day = clock.is_on_its_way and not is_shut and self._is_surely_by_day(end)
        if not is_by_day:
            self._wait_for_light(here)
            if self._is_too_late(here, there, parts, place):
                self._night_before(segment, here)
        clock.enter.append(clock.now)
        start_km, km = clock.km, self._network.length_km(segment)
        for part in parts:
            self._open(segment, there, part)
            to_km = start_km + km * part.share
            if part.duration and is_by_day:
                clock.advance(to_km, part.duration)
            elif part.duration:
                self._go(segment, there, to_km=to_km, duration=part.duration)
        clock.leave.append(clock.now)

    def _open(self, segment: int, node: int, part: Part) -> None:
        """Stand before a crossing until it opens; one that is shut for the day until the next."""
        begin, is_shut = part.begun(self._clock.now)
        if is_shut:
            opening = next_opening(part, self._clock.now)
            light = _day_at_node(self._network, node, opening, self._config).start
            segment_id = self._network.segment_ids[segment]
            self._clock.sleep_until(max(opening, light), place_id="", segment_id=segment_id)
        else:
            self._clock.stand_until(begin)

    def _go(self, segment: int, there: int, *, to_km: float, duration: timedelta) -> None:
        """Drive, or stand, a part of a segment; where its day ends first, the night falls there."""
        clock, left = self._clock, duration
        part_km = to_km - clock.km
        while clock.now + left > self._day(there).end:
            driven = max(self._day(there).end - clock.now, timedelta())
            left -= driven
            clock.advance(to_km - part_km * (left / duration), driven)
            self._night(there, place_id="", segment_id=self._network.segment_ids[segment])
        clock.advance(to_km, left)

    def _is_surely_by_day(self, end: datetime) -> bool:
        """Whether it stays day everywhere along the way: then no node of it has to be asked."""
        if self._clock.now.date() != self._common.start.date():
            self._common = common_day(self._box, self._clock.now, config=self._config)
        return self._common.start <= self._clock.now and end <= self._common.end

    def _wait_for_light(self, node: int) -> None:
        first_light = self._day(node).start
        if self._clock.is_on_its_way:
            self._clock.stand_until(first_light)
        else:
            self._clock.now = max(self._clock.now, first_light)
            self._clock.mark()

    def _is_too_late(self, here: int, there: int, parts: Sequence[Part], place: int) -> bool:
        """Whether the next place is out of reach today and a start in the morning spares a night."""
        now, last_arrival = self._clock.now, self._day(there).end
        end, is_shut = end_of(parts, now)
        if end <= last_arrival and not is_shut:
            return False
        return now >= last_arrival or now > self._day(here).start + self._slacks(place)

    def _night_before(self, segment: int, here: int) -> None:
        """Wait at the place where the convoy is, or where the segment begins if that is none."""
        network = self._network
        is_place = network.is_place(here)
        self._night(
            here,
            place_id=network.node_ids[here] if is_place else "",
            segment_id="" if is_place else network.segment_ids[segment],
        )

    def _night(self, node: int, *, place_id: str, segment_id: str) -> None:
        """Wait for the first departure of the next day."""
        morning = self._day(node, days_on=1).start
        self._clock.sleep_until(morning, place_id=place_id, segment_id=segment_id)

    def _day(self, node: int, *, days_on: int = 0) -> Day:
        """Daylight at a node, today or some days on."""
        moment = self._clock.now + timedelta(days=days_on)
        return _day_at_node(self._network, node, moment, self._config)


def legs_of(
    network: RoadNetwork,
    way: Way,
    *,
    fast: Timetable,
    slow: Timetable,
) -> tuple[Leg, ...]:
    """Legs of a route with their windows: in at the fast pace, out at the slow one."""
    legs, km = [], 0.0
    for i, (segment, is_forward) in enumerate(way):
        end = km + float(network.length_m[segment]) / KM_M
        legs.append(
            Leg(
                segment_id=network.segment_ids[segment],
                is_forward=is_forward,
                km=Span(low=km, high=end),
                enter=TimeSpan(earliest=fast.enter[i], latest=slow.enter[i]),
                leave=TimeSpan(earliest=fast.leave[i], latest=slow.leave[i]),
            )
        )
        km = end
    return tuple(legs)


def merged_halts(fast: Timetable, slow: Timetable) -> tuple[Halt, ...]:
    """Halts of both paces, one entry where both need the same night at the same spot."""

    def spot(halt: Halt) -> tuple[str, str, int]:
        return halt.place_id, halt.segment_id, halt.night

    of_fast, of_slow = set(map(spot, fast.halts)), set(map(spot, slow.halts))
    merged = [
        replace(halt, pace="both") if spot(halt) in of_fast else halt for halt in slow.halts
    ] + [halt for halt in fast.halts if spot(halt) not in of_slow]
    return tuple(sorted(merged, key=lambda halt: (halt.km, halt.night, halt.pace)))
