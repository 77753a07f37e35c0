"""
Timetable of a route at one pace: drive by day, halt for the night where the next place is out of reach.

A convoy that cannot reach the next place before the last arrival there waits at the place where it is. Where
even a whole day does not suffice, night falls on the road and the timetable says so: no halt is known there.

Whoever starts later or drives slower never arrives earlier: how long a convoy that is late may still set out
is one figure for both paces, its :func:`slack <slacks_of>`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from math import isinf
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.model import Halt, Leg, Pace, Span, TimeSpan
from cmcoord_geo.planning.daylight import common_day, day_at
from cmcoord_geo.units import BANGUI, KM_M, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.config import DayConfig
    from cmcoord_geo.model import Stop
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.daylight import Day
    from cmcoord_geo.planning.waits import Wait
    from cmcoord_geo.planning.ways import Way

PaceName = Literal["fast", "slow"]
#: Share of a segment that is driven at the end of a part of it, and how long the part takes.
Part = tuple[float, timedelta]


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
    Timetable of a route.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    parts : sequence of sequence of Part
        Each segment at this pace, from :func:`parts_along`.
    depart : datetime
    name : str
        ``fast`` or ``slow``; kept on the halts.
    slacks : callable
        From :func:`slacks_of`.
    stops_s : sequence of float
        For each segment, from :func:`stops_along`; infinite for the night.
    config : DayConfig
    """
    clock = _Clock(network, way, depart.astimezone(BANGUI), name, slacks, config)
    for place, (each, stop_s) in enumerate(zip(parts, stops_s, strict=True)):
        clock.drive(place, each)
        if isinf(stop_s):
            clock.sleep(place)
        elif stop_s:
            clock.stop(timedelta(seconds=stop_s))
    return clock.timetable()


def stops_along(network: RoadNetwork, way: Way, stops: Iterable[Stop]) -> tuple[float, ...]:
    """
    Seconds of the stops asked for at the end of each segment of a way, none at its last one.

    A stop at a place that is passed twice is made the first time.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    stops : iterable of Stop
        One at a place that the way does not pass is nowhere; at one passed twice it is made the first time.
    """
    asked_s = {stop.place_id: stop.minutes * MINUTE_S for stop in stops}
    if not asked_s:
        return (0.0,) * len(way)
    ends = (_ends(network, segment, is_forward=is_forward)[1] for segment, is_forward in way[:-1])
    return (*(asked_s.pop(network.node_ids[node], 0.0) for node in ends), 0.0)


def parts_along(
    seconds: Iterable[float], waits: Iterable[Iterable[Wait]], *, name: PaceName
) -> tuple[tuple[Part, ...], ...]:
    """
    Each segment of a way as drives and waits in turn.

    Parameters
    ----------
    seconds : iterable of float
        Moving seconds on each segment at a pace.
    waits : iterable of iterable of Wait
        On each segment, from :func:`~cmcoord_geo.planning.waits.waits_along`, in the order of driving.
    name : str
        ``fast`` waits the least, ``slow`` the most.
    """

    def parts(moving_s: float, on_segment: Iterable[Wait]) -> Iterator[Part]:
        before = timedelta()
        for wait in on_segment:
            driven = timedelta(seconds=moving_s * wait.share)
            yield wait.share, driven - before
            yield wait.share, timedelta(seconds=wait.low_s if name == "fast" else wait.high_s)
            before = driven
        yield 1.0, timedelta(seconds=moving_s) - before

    return tuple(tuple(parts(*each)) for each in zip(seconds, waits, strict=True))


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
        here, there = _ends(network, segment, is_forward=is_forward)
        start = _day_at_node(network, here, depart, config).start
        day = _day_at_node(network, there, depart, config)
        left = _whole(slow[place]) - (day.end - start)
        nights = max(0, -(-left // (day.end - day.start)))
        return nights * (day.end - day.start) - left

    return slack


def _whole(parts: Iterable[Part]) -> timedelta:
    return sum((duration for _, duration in parts), timedelta())


def _day_at_node(network: RoadNetwork, node: int, moment: datetime, config: DayConfig) -> Day:
    return day_at(float(network.lon[node]), float(network.lat[node]), moment, config=config)


def _box(network: RoadNetwork, way: Way) -> tuple[float, float, float, float]:
    """West, south, east and north of the nodes of a way."""
    segments = [segment for segment, _ in way]
    nodes = [*network.start[segments], *network.end[segments]]
    lon, lat = network.lon[nodes], network.lat[nodes]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _ends(network: RoadNetwork, segment: int, *, is_forward: bool) -> tuple[int, int]:
    """Nodes at which a segment is entered and left."""
    ends = int(network.start[segment]), int(network.end[segment])
    return ends if is_forward else ends[::-1]


class _Clock:
    """A convoy on its way: where, when, and what it has done so far."""

    def __init__(
        self,
        network: RoadNetwork,
        way: Way,
        depart: datetime,
        name: PaceName,
        slacks: Callable[[int], timedelta],
        config: DayConfig,
    ) -> None:
        self._network = network
        self._way = way
        self._box = _box(network, way)
        self._slacks = slacks
        self._config = config
        self._name = name
        self._now = depart
        self._common = common_day(self._box, depart, config=config)
        self._km = 0.0
        self._times: list[datetime] = []
        self._kms: list[float] = []
        self._enter: list[datetime] = []
        self._leave: list[datetime] = []
        self._halts: list[Halt] = []

    def drive(self, place: int, parts: Sequence[Part]) -> None:
        """Drive a segment, by day; wait before it for the next morning where it is too late in the day."""
        segment, is_forward = self._way[place]
        here, there = _ends(self._network, segment, is_forward=is_forward)
        duration = _whole(parts)
        is_by_day = bool(self._times) and self._is_surely_by_day(duration)
        if not is_by_day:
            self._wait_for_light(here)
            if self._is_too_late(here, there, duration, place):
                self._night_at(segment, here)
        self._enter.append(self._now)
        start_km = self._km
        for share, of_part in parts:
            to_km = start_km + self._network.length_km(segment) * share
            if of_part and is_by_day:
                self._advance(to_km, of_part)
            elif of_part:
                self._go(segment, there, to_km=to_km, duration=of_part)
        self._leave.append(self._now)

    def _go(self, segment: int, there: int, *, to_km: float, duration: timedelta) -> None:
        """Drive, or stand, a part of a segment; where its day ends first, the night falls there."""
        left, part_km = duration, to_km - self._km
        while self._now + left > self._day(there).end:
            driven = max(self._day(there).end - self._now, timedelta())
            left -= driven
            self._advance(to_km - part_km * (left / duration), driven)
            self._night(there, place_id="", segment_id=self._network.segment_ids[segment])
        self._advance(to_km, left)

    def stop(self, duration: timedelta) -> None:
        """Stand at the place that was just reached."""
        self._now += duration
        self._mark()

    def sleep(self, place: int) -> None:
        """Spend the night where a segment of the way, which was just driven, ends."""
        segment, is_forward = self._way[place]
        self._night_at(segment, _ends(self._network, segment, is_forward=is_forward)[1])

    def timetable(self) -> Timetable:
        return Timetable(
            pace=Pace(times=tuple(self._times), km=tuple(self._kms)),
            enter=tuple(self._enter),
            leave=tuple(self._leave),
            halts=tuple(self._halts),
        )

    def _is_surely_by_day(self, duration: timedelta) -> bool:
        """Whether it stays day everywhere along the way: then no node of it has to be asked."""
        if self._now.date() != self._common.start.date():
            self._common = common_day(self._box, self._now, config=self._config)
        return self._common.start <= self._now and self._now + duration <= self._common.end

    def _wait_for_light(self, node: int) -> None:
        first_light = self._day(node).start
        if not self._times or self._now < first_light:
            self._now = max(self._now, first_light)
            self._mark()

    def _is_too_late(self, here: int, there: int, duration: timedelta, place: int) -> bool:
        """Whether the next place is out of reach today and a start in the morning spares a night."""
        last_arrival = self._day(there).end
        if self._now + duration <= last_arrival:
            return False
        return self._now >= last_arrival or self._now > self._day(here).start + self._slacks(place)

    def _night_at(self, segment: int, node: int) -> None:
        """Spend the night at an end of a segment, or on it where that end is no place."""
        network = self._network
        is_place = network.is_place(node)
        self._night(
            node,
            place_id=network.node_ids[node] if is_place else "",
            segment_id="" if is_place else network.segment_ids[segment],
        )

    def _night(self, node: int, *, place_id: str, segment_id: str) -> None:
        """Wait for the first departure of the next day."""
        self._halts.append(
            Halt(
                place_id=place_id,
                segment_id=segment_id,
                km=self._km,
                pace=self._name,
                night=len(self._halts) + 1,
            )
        )
        self._now = self._day(node, days_on=1).start
        self._mark()

    def _advance(self, to_km: float, duration: timedelta) -> None:
        self._now += duration
        self._km = to_km
        self._mark()

    def _mark(self) -> None:
        """Note the present time and place."""
        self._times.append(self._now)
        self._kms.append(self._km)

    def _day(self, node: int, *, days_on: int = 0) -> Day:
        """Daylight at a node, today or some days on."""
        return _day_at_node(self._network, node, self._now + timedelta(days=days_on), self._config)


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
