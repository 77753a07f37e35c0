"""Rows of the patrols on an option end steps of its course, and are passed when the plan passes them."""

from __future__ import annotations

from datetime import date

import numpy as np
from planning.slot_worlds import WAY, World, option_of
from planning.worlds import Row

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.journeys import Journeys, grid_of
from cmcoord_geo.planning.pace import passing_window
from cmcoord_geo.planning.paces import both_paces
from cmcoord_geo.planning.slot_patrols import SlotPatrols
from cmcoord_geo.planning.slot_times import SlotTimes
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.units import to_datetime

FIRST = date(2026, 12, 2)


def test_passages_are_those_of_the_plan() -> None:
    """Of rows at the ends of a segment, inside it, and of one point; with a night at B or C."""
    stretches = ((0.0, 1.0), (0.2, 0.7), (0.4, 0.4))
    rows = tuple(Row(segment_id=key, stretch=one) for key in ("A-B", "B-C") for one in stretches)
    world = World(leg_km=140.0, rows=rows)
    here, option = world.situation(), option_of(world)
    patrols = SlotPatrols(here, option)
    course = course_of(here, WAY, first=FIRST, days=16, cuts=patrols.cuts)
    light = Daylight(here.network, course, here.config)
    driver = Driver(course, light, here.config.rules, watched=patrols.watched(course))
    grid = grid_of(FIRST, 1)
    journeys = Journeys(course, driver, light, grid)
    inside = [i for i in range(len(grid)) if journeys.stages(i, 1)]
    times = SlotTimes(course, journeys, [journeys.stages(i, 1) for i in inside])
    for number in range(0, len(inside), 7):
        moment = to_datetime(float(grid[inside[number]]))
        ((fast, slow),) = both_paces(here, WAY, [TimeSpan(earliest=moment, latest=moment)])
        passed = patrols.passed(times, number)
        assert len(passed) == len(rows)
        for one in passed:
            there = passing_window(fast.pace, slow.pace, km_low=one.km.low, km_high=one.km.high)
            apart = np.array(
                [
                    (one.passage.earliest - there.earliest).total_seconds(),
                    (one.passage.latest - there.latest).total_seconds(),
                ]
            )
            assert np.abs(apart).max() < 0.01, one
