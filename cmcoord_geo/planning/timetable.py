"""
Timetable of a route at one pace: drive by day, halt for the night where the next place is out of reach.

A convoy that cannot reach the next place before the last arrival there waits at the place where it is. Where
even a whole day does not suffice, night falls on the road and the timetable says so: no halt is known there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.model import Halt, Leg, Pace, Span, TimeSpan
from cmcoord_geo.planning.daylight import Day, day_at
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.config import DayConfig
    from cmcoord_geo.network import RoadNetwork

PaceName = Literal["fast", "slow"]
#: A start this soon after the first departure of the day counts as a start in the morning.
_MORNING = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """
    One pace along one route.

    Attributes
    ----------
    pace : Pace
        Times and km, halts as level stretches.
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
        """Calendar days in Bangui on which the movement is under way."""
        first, last = self.pace.times[0].date(), self.pace.times[-1].date()
        return (last - first).days + 1


def timetable(
    network: RoadNetwork,
    segments: Sequence[tuple[int, bool]],
    seconds: Sequence[float],
    *,
    depart: datetime,
    name: PaceName,
    config: DayConfig,
) -> Timetable:
    """
    Timetable of a route.

    Parameters
    ----------
    network : RoadNetwork
    segments : sequence of (segment, is_forward)
    seconds : sequence of float
        Moving seconds on each segment at this pace.
    depart : datetime
    name : str
        ``fast`` or ``slow``; kept on the halts.
    config : DayConfig
    """
    clock = _Clock(network, depart, name, config)
    for (segment, is_forward), duration in zip(segments, seconds, strict=True):
        clock.drive(segment, is_forward=is_forward, duration=timedelta(seconds=duration))
    return clock.timetable()


class _Clock:
    """A convoy on its way: where, when, and what it has done so far."""

    def __init__(
        self, network: RoadNetwork, depart: datetime, name: PaceName, config: DayConfig
    ) -> None:
        self._network = network
        self._config = config
        self._name = name
        self._now = depart
        self._km = 0.0
        self._is_rested = True
        self._times, self._kms = [depart], [0.0]
        self._enter: list[datetime] = []
        self._leave: list[datetime] = []
        self._halts: list[Halt] = []

    def drive(self, segment: int, *, is_forward: bool, duration: timedelta) -> None:
        network = self._network
        ends = int(network.start[segment]), int(network.end[segment])
        here, there = ends if is_forward else ends[::-1]
        if self._is_out_of_reach(here, there, duration):
            self._halt_at(here)
        self._enter.append(self._now)
        length_km = network.length_km(segment)
        left = duration
        while self._now + left > self._last_arrival(there):
            driven = max(self._last_arrival(there) - self._now, timedelta())
            self._advance(length_km * (driven / duration), driven)
            left -= driven
            self._night(there, place_id="", segment_id=network.segment_ids[segment])
        self._advance(length_km * (left / duration), left)
        self._leave.append(self._now)
        self._is_rested = False

    def timetable(self) -> Timetable:
        return Timetable(
            pace=Pace(times=tuple(self._times), km=tuple(self._kms)),
            enter=tuple(self._enter),
            leave=tuple(self._leave),
            halts=tuple(self._halts),
        )

    def _is_out_of_reach(self, here: int, there: int, duration: timedelta) -> bool:
        if self._now + duration <= self._last_arrival(there):
            return False
        morning = self._first_departure(here, self._now)
        return not (self._is_rested and self._now <= morning + _MORNING)

    def _halt_at(self, node: int) -> None:
        self._night(node, place_id=self._network.node_ids[node], segment_id="")
        self._is_rested = True

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
        self._now = self._first_departure(node, self._now + timedelta(days=1))
        self._times.append(self._now)
        self._kms.append(self._km)

    def _advance(self, km: float, duration: timedelta) -> None:
        self._now += duration
        self._km += km
        self._times.append(self._now)
        self._kms.append(self._km)

    def _first_departure(self, node: int, when: datetime) -> datetime:
        return self._day(node, when).start

    def _last_arrival(self, node: int) -> datetime:
        return self._day(node, self._now).end

    def _day(self, node: int, when: datetime) -> Day:
        lon, lat = float(self._network.lon[node]), float(self._network.lat[node])
        return day_at(lon, lat, when.date(), config=self._config)


def legs_of(
    network: RoadNetwork,
    segments: Sequence[tuple[int, bool]],
    *,
    fast: Timetable,
    slow: Timetable,
) -> tuple[Leg, ...]:
    """Legs of a route with their windows: in at the fast pace, out at the slow one."""
    legs, km = [], 0.0
    for i, (segment, is_forward) in enumerate(segments):
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
    own = {(halt.place_id, halt.segment_id, halt.night): halt for halt in fast.halts}
    both = {(halt.place_id, halt.segment_id, halt.night): halt for halt in slow.halts}
    merged = [
        Halt(
            place_id=key[0],
            segment_id=key[1],
            km=halt.km,
            pace="both" if key in own else "slow",
            night=key[2],
        )
        for key, halt in both.items()
    ]
    merged += [halt for key, halt in own.items() if key not in both]
    return tuple(sorted(merged, key=lambda halt: (halt.km, halt.night, halt.pace)))


def passing_window(fast: Pace, slow: Pace, *, km_low: float, km_high: float) -> TimeSpan:
    """When a movement may be between two km: first there at the fast pace, last out at the slow one."""
    return TimeSpan(earliest=first_at(fast, km_low), latest=last_at(slow, km_high))


def first_at(pace: Pace, km: float) -> datetime:
    """First moment at which a pace reaches a km."""
    for i in range(1, len(pace.km)):
        if pace.km[i] >= km - 1e-9:
            return _between(pace, i, km)
    return pace.times[-1]


def last_at(pace: Pace, km: float) -> datetime:
    """Last moment at which a pace is at a km, a halt there included."""
    for i in range(len(pace.km) - 1, 0, -1):
        if pace.km[i - 1] <= km + 1e-9:
            return _between(pace, i, km)
    return pace.times[0]


def _between(pace: Pace, i: int, km: float) -> datetime:
    low, high = pace.km[i - 1], pace.km[i]
    part = 1.0 if high <= low else min(max((km - low) / (high - low), 0.0), 1.0)
    return pace.times[i - 1] + (pace.times[i] - pace.times[i - 1]) * part
