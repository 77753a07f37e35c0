"""Journeys of several days: nights at halts, leaving on the best morning."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from planning.slot_worlds import WAY, World

from cmcoord_geo.config import Ban
from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.journeys import NOWHERE, ORIGIN, SLOT_S, Journeys, Stage, grid_of
from cmcoord_geo.planning.spans import midnight_s
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.units import DAY_S, HOUR_S, to_datetime

FIRST = date(2026, 12, 2)
EIGHT = 32  # the slot at 8:00


def journeys_of(world: World) -> Journeys:
    situation = world.situation()
    course = course_of(situation, WAY, first=FIRST, days=8)
    light = Daylight(situation.network, course, world.config)
    return Journeys(course, Driver(course, light, world.config.rules), light, grid_of(FIRST, 2))


def test_a_short_way_is_one_drive() -> None:
    journeys = journeys_of(World())
    assert journeys.stages(EIGHT, 1) == (Stage(start=ORIGIN, row=EIGHT, end=2),)
    fast, slow = journeys.window(journeys.stages(EIGHT, 1)[0])
    assert slow == journeys.arrives(1)[EIGHT]
    assert fast == journeys.arrives(0)[EIGHT] < slow
    assert journeys.reached(EIGHT, 1) == 2


def test_a_long_way_spends_nights_and_leaves_in_the_morning_after() -> None:
    journeys = journeys_of(World(leg_km=320.0))
    stages = journeys.stages(EIGHT, 1)
    assert [stage.end for stage in stages] == [0, 1, 2]
    for n, stage in enumerate(stages[1:], start=1):
        departs = to_datetime(float(journeys.drives(stage.start).departs[stage.row]))
        assert departs.date() == FIRST + timedelta(days=n)
        assert departs.timestamp() % SLOT_S == 0
        assert departs.hour == 6


def test_a_day_on_which_the_next_road_is_barred_is_waited_out_at_the_halt() -> None:
    ban = Ban(name="x", segments=("B-C",), last="2026-12-04")
    stages = journeys_of(World(leg_km=320.0, bans=(ban,))).stages(EIGHT, 1)
    journeys = journeys_of(World(leg_km=320.0, bans=(ban,)))
    second = to_datetime(float(journeys.drives(0).departs[stages[1].row]))
    assert second.date() == date(2026, 12, 5)


def test_a_ban_at_noon_is_waited_out_at_the_halt_and_the_day_goes_on() -> None:
    ban = Ban(name="x", segments=("B-C",), hours="08:00-10:00")
    journeys = journeys_of(World(bans=(ban,)))
    first, then = journeys.stages(EIGHT - 4, 1)
    leaves = to_datetime(float(journeys.drives(0).departs[then.row]))
    assert (leaves.date(), leaves.hour, leaves.minute) == (FIRST, 10, 0)
    assert journeys.window(first)[1] < leaves.timestamp()


def test_who_waits_does_not_drive_more_than_the_hours_of_a_day() -> None:
    ban = Ban(name="x", segments=("B-C",), hours="08:00-10:00")
    journeys = journeys_of(World(bans=(ban,), drive_h=3.0))
    _, then = journeys.stages(EIGHT - 4, 1)
    leaves = to_datetime(float(journeys.drives(0).departs[then.row]))
    assert leaves.date() == FIRST + timedelta(days=1)


def test_no_journey_where_a_night_has_no_place() -> None:
    journeys = journeys_of(World(leg_km=320.0, halts=("B",)))
    assert journeys.stages(EIGHT, 1) == ()
    assert not np.isfinite(journeys.arrives(1)).any()
    assert journeys.reached(EIGHT, 1) == 0
    assert journeys_of(World(leg_km=900.0)).reached(EIGHT, 1) == NOWHERE


@pytest.mark.parametrize("which", [0, 1])
def test_leaving_later_is_never_arriving_earlier(which: int) -> None:
    arrives = journeys_of(World(leg_km=200.0, ferry_hours="08:00-14:00")).arrives(which)
    inside = arrives[np.isfinite(arrives)]
    assert len(inside)
    assert (np.diff(inside) >= 0).all()
    assert (inside - midnight_s(FIRST) < 5 * DAY_S + 12 * HOUR_S).all()
