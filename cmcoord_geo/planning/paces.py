"""
Both paces of departures along a way: as :mod:`.journeys` drives them, else each as far as it gets.

A departure, or a window of them, that may be made by the rules (:mod:`.stages`) is driven as `depart` shows
it: nights and waits at agreed halts, where the range comes together again. What may not is driven all the
same, for somebody may set out: each pace by day, with a night wherever the next place is out of reach.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.journeys import Journeys
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.planning.stretches import parts_along, stops_along
from cmcoord_geo.planning.timetable import led, slacks_of, timetable
from cmcoord_geo.planning.waits import rest_share, waits_along
from cmcoord_geo.units import BANGUI, to_datetime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.journeys import Stage
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.stretches import PaceName, Part
    from cmcoord_geo.planning.timetable import Timetable
    from cmcoord_geo.planning.ways import Way

#: Days after the last departure in which a journey may still arrive.
TAIL_DAYS = 14
_NAMES: tuple[PaceName, PaceName] = ("fast", "slow")


def both_paces(
    situation: Situation, way: Way, departs: Sequence[TimeSpan]
) -> list[tuple[Timetable, Timetable]]:
    """
    Fast pace from the earliest and slow pace from the latest moment of each departure.

    Parameters
    ----------
    situation : Situation
        Where no journey is known, a way is driven on its roads.
    way : sequence of (segment, is_forward)
    departs : sequence of TimeSpan
        At least one; who would start before first light starts then.
    """
    lit = [_by_light(situation, way, depart) for depart in departs]
    led_by = _Led(situation, way, lit)
    return [
        led_by.paces(row, depart) or free_paces(situation, way, depart)
        for row, depart in enumerate(lit)
    ]


def free_paces(situation: Situation, way: Way, depart: TimeSpan) -> tuple[Timetable, Timetable]:
    """
    Both paces where no journey is known: each by day, with a night wherever the next place is out of reach.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    depart : TimeSpan
    """
    network, roads, config = situation.network, situation.passable, situation.config
    segments = [segment for segment, _ in way]
    waits = waits_along(network, way, roads, convoy=situation.convoy, rules=config.rules)
    stops_s = stops_along(network, way, situation.request.stops)
    rested_s = roads.high_s[segments] * (1 + rest_share(config.rules))
    quick = parts_along(roads.low_s[segments].tolist(), waits, name="fast")
    long = parts_along(rested_s.tolist(), waits, name="slow")
    slacks = slacks_of(network, way, long, depart=depart.earliest, config=config.day)
    fast, slow = (
        timetable(
            network, way, parts,
            depart=moment, name=name, slacks=slacks, stops_s=stops_s, config=config.day,
        )
        for parts, moment, name in zip(
            (quick, long), (depart.earliest, depart.latest), _NAMES, strict=True
        )
    )  # fmt: skip
    return fast, slow


def _by_light(situation: Situation, way: Way, depart: TimeSpan) -> TimeSpan:
    """Departure at first light at the earliest."""
    network = situation.network
    segment, is_forward = way[0]
    node = int((network.start if is_forward else network.end)[segment])

    def lit(moment: datetime) -> datetime:
        local = moment.astimezone(BANGUI)
        lon, lat = float(network.lon[node]), float(network.lat[node])
        return max(local, day_at(lon, lat, local, config=situation.config.day).start)

    return TimeSpan(earliest=lit(depart.earliest), latest=lit(depart.latest))


class _Led:
    """Journeys of some departures, and the timetables along them."""

    def __init__(self, situation: Situation, way: Way, departs: Sequence[TimeSpan]) -> None:
        self._situation = situation
        self._way = way
        first, last = (
            pick(moment.date() for depart in departs for moment in (depart.earliest, depart.latest))
            for pick in (min, max)
        )
        days = (last - first).days + 1 + TAIL_DAYS
        self._course = course_of(situation, way, first=first, days=days)
        light = Daylight(situation.network, self._course, situation.config)
        self._journeys = Journeys(
            self._course, Driver(self._course, light, situation.config.rules), light,
            np.array([depart.earliest.timestamp() for depart in departs]),
            until=np.array([depart.latest.timestamp() for depart in departs]),
        )  # fmt: skip
        self._stops_s = stops_along(situation.network, way, situation.request.stops)
        self._known: dict[int, tuple[tuple[tuple[Part, ...], ...], ...]] = {}

    def paces(self, row: int, depart: TimeSpan) -> tuple[Timetable, Timetable] | None:
        """Both paces of a departure, none where no journey holds for the whole range."""
        stages = self._journeys.stages(row, 1)
        if not stages:
            return None
        leaves = {
            self._course.steps[stage.end].place: self._leaves(then)
            for stage, then in pairwise(stages)
        }
        fast, slow = (
            led(
                self._situation.network, self._way, self._parts(stages, pace),
                depart=moment, name=name, stops_s=self._stops_s, leaves=leaves,
            )
            for pace, (name, moment) in enumerate(
                zip(_NAMES, (depart.earliest, depart.latest), strict=True)
            )
        )  # fmt: skip
        return fast, slow

    def _leaves(self, stage: Stage) -> datetime:
        return to_datetime(float(self._journeys.drives(stage.start).departs[stage.row]))

    def _parts(self, stages: Sequence[Stage], pace: int) -> list[tuple[Part, ...]]:
        """Parts of each segment, on the roads of the moment at which its drive begins."""
        found: list[tuple[Part, ...]] = []
        for stage in stages:
            edge = int(self._journeys.drives(stage.start).edge[stage.row])
            end = self._course.steps[stage.end].place + 1
            found += self._on(edge)[pace][len(found) : end]
        return found

    def _on(self, edge: int) -> tuple[tuple[tuple[Part, ...], ...], ...]:
        """Parts of the whole way at both paces, on the roads from one edge on."""
        if edge not in self._known:
            self._known[edge] = _parts_on(self._situation, self._way, self._course, edge)
        return self._known[edge]


def _parts_on(
    situation: Situation, way: Way, course: Course, edge: int
) -> tuple[tuple[tuple[Part, ...], ...], ...]:
    """Parts of a way at the fast and at the slow pace, on the roads from one of its course's edges on."""
    ahead, rules = course.ahead, situation.config.rules
    index, keys = ahead.network.segment_index, situation.network.segment_ids
    there = tuple((index[keys[segment]], is_forward) for segment, is_forward in way)
    rows = [row for row, _ in there]
    waits = waits_along(
        ahead.network, there, ahead.roads[edge], convoy=situation.convoy, rules=rules
    )
    rested_s = ahead.high_s[edge, rows] * (1 + rest_share(rules))
    return (
        parts_along(ahead.low_s[edge, rows].tolist(), waits, name="fast"),
        parts_along(rested_s.tolist(), waits, name="slow"),
    )
