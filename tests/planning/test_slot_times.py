"""Times of many journeys at once are those of each of them, and of the plan of its departure."""

from __future__ import annotations

from datetime import date

import numpy as np
from planning.slot_worlds import WAY, World

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.journeys import Journeys, grid_of
from cmcoord_geo.planning.pace import leaving, reaching
from cmcoord_geo.planning.paces import both_paces
from cmcoord_geo.planning.slot_pieces import pieces_on, points_on
from cmcoord_geo.planning.slot_times import SlotTimes
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.units import to_datetime

FIRST = date(2026, 12, 2)
ALL = frozenset({0, 1, 2})


def test_times_at_the_ends_of_steps_and_segments_are_those_of_the_plan() -> None:
    """With a ferry that opens late, rests, and a night at B or C."""
    world = World(leg_km=140.0, ferry_hours="08:30-15:00", rest_every_h=2.0, halts=("B", "C"))
    here = world.situation()
    course = course_of(here, WAY, first=FIRST, days=16, cuts=((0, 0.3),))
    light = Daylight(here.network, course, here.config)
    watched = frozenset(range(len(course.steps)))
    driver = Driver(course, light, here.config.rules, watched=watched)
    journeys = Journeys(course, driver, light, grid_of(FIRST, 2))
    every = [journeys.stages(row, 1) for row in range(len(grid_of(FIRST, 2)))]
    rows = [row for row, stages in enumerate(every) if stages]
    assert {len(every[row]) for row in rows} >= {2, 3}
    times = SlotTimes(course, journeys, [every[row] for row in rows])
    departs = [to_datetime(float(grid_of(FIRST, 2)[row])) for row in rows]
    paces = both_paces(here, WAY, [TimeSpan(earliest=one, latest=one) for one in departs])
    points = list(points_on(WAY, course, ALL))
    assert [point.km[0] for point in points] == [0.0, *(step.km for step in course.steps)]
    for number, both in enumerate(paces):
        for point in points[1:]:
            reach, leave = times.at(point.step)
            for pace, one in enumerate(both):
                km = np.array([point.km[0]])
                assert abs(reaching(one.pace, km)[0] - reach[pace, number]) < 1e-3
                assert abs(leaving(one.pace, km)[0] - leave[pace, number]) < 1e-3
        for piece in pieces_on(here, WAY, course, ALL):
            for pace, at_s in enumerate(piece.times(times)):
                begin = leaving(both[pace].pace, np.array([piece.km[0]]))[0]
                end = reaching(both[pace].pace, np.array([piece.km[1]]))[0]
                assert np.abs(at_s[number] - (begin, end)).max() < 1e-3
