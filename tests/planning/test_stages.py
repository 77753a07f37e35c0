"""Drives from many departures at once: the range widens, rests fall due, ferries open and close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.slot_worlds import WAY, World

from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.journeys import grid_of
from cmcoord_geo.planning.spans import midnight_s
from cmcoord_geo.planning.stages import Daylight, Driver, Drives
from cmcoord_geo.units import HOUR_S, to_datetime

FIRST = date(2026, 12, 2)


def driver_of(world: World) -> tuple[Driver, Daylight]:
    situation = world.situation()
    course = course_of(situation, WAY, first=FIRST, days=3)
    light = Daylight(situation.network, course, world.config)
    return Driver(course, light, world.config.rules), light


def driven(world: World, hour: float) -> tuple[Drives, list[tuple[float, float]]]:
    """Drives of one departure to the end, with the hours of both paces at each halt."""
    driver, _ = driver_of(world)
    begin = midnight_s(FIRST)
    drives = driver.start(0, np.array([begin + hour * HOUR_S]))
    found = [
        ((drives.fast[0] - begin) / HOUR_S, (drives.slow[0] - begin) / HOUR_S)
        for _ in driver.ahead(0, drives, to_the_end=True)
    ]
    return drives, found


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from([0.0, 1.0, 2.5]),
    st.sampled_from(["", "07:30-16:00", "18:00-05:00"]),
    st.integers(24, 60),
)
def test_the_window_never_narrows_on_a_drive(rest_h: float, hours: str, quarter: int) -> None:
    """But at a ferry that opens: there both wait for one moment, and the wait itself is in doubt."""
    world = World(rest_every_h=rest_h, ferry_hours=hours)
    _, found = driven(world, quarter / 4)
    widths = [slow - fast for fast, slow in found]
    assert all(width > 0 for width in widths)
    if not hours:
        assert widths == sorted(widths)


def test_later_departures_are_never_earlier_anywhere() -> None:
    driver, _ = driver_of(World(ferry_hours="08:00-15:00", rest_every_h=1.5))
    drives = driver.start(0, grid_of(FIRST, 2))
    for _ in driver.ahead(0, drives, to_the_end=True):
        assert (np.diff(drives.fast) >= -1e-6).all()
        assert (np.diff(drives.slow) >= -1e-6).all()


@pytest.mark.parametrize(
    ("world", "slow_h"),
    [
        (World(), 180 / 52.5),
        (World(rest_every_h=2.0, rest_min=20.0), 180 / 52.5 * (1 + 1 / 6)),
        (World(rest_every_h=1.0, rest_min=20.0), 180 / 52.5 * (1 + 1 / 3)),
        (World(ferry_hours="06:00-18:00", ferry_wait_min=(0.0, 30.0)), 180 / 52.5 + 0.5),
    ],
)
def test_rests_and_waits_add_to_the_hours(world: World, slow_h: float) -> None:
    _, found = driven(world, 8)
    assert found[-1][1] - 8 == pytest.approx(slow_h, abs=0.02)


def test_the_fast_pace_has_no_rests() -> None:
    plain, rested = World(), World(rest_every_h=1.0, rest_min=30.0)
    assert driven(rested, 8)[1][-1][0] == driven(plain, 8)[1][-1][0]


def test_a_window_leaves_early_at_the_fast_pace_and_late_at_the_slow_one() -> None:
    driver, _ = driver_of(World(halts=()))
    early, late = (np.array([midnight_s(FIRST) + hour * HOUR_S]) for hour in (7, 9))
    window, alone = driver.start(0, early, until=late), driver.start(0, late)
    assert list(driver.ahead(0, window)) == list(driver.ahead(0, alone)) == [2]
    assert window.slow == alone.slow
    assert alone.fast - window.fast == 2 * HOUR_S
    assert not driver.start(0, early, until=late + 12 * HOUR_S).is_whole.any()


def test_a_ferry_makes_early_ones_wait_and_late_ones_fail() -> None:
    world = World(ferry_hours="10:00-11:00", ferry_wait_min=(0.0, 1.0))
    drives, found = driven(world, 7)
    assert found[1][0] == pytest.approx(10 + 30 / 87.5, abs=0.02)
    assert drives.is_fast.all()
    assert not driven(world, 11)[0].is_fast.any()
    assert {obstacle.kind for obstacle in driven(world, 11)[0].met} >= {"gate"}


def test_a_ferry_past_midnight_opens_in_the_evening() -> None:
    world = World(ferry_hours="18:00-05:00", ferry_wait_min=(0.0, 1.0), halts=())
    _, found = driven(world, 8)
    assert found[0][0] > 18


def test_daylight_is_that_of_each_place_and_date() -> None:
    world = World()
    _, light = driver_of(world)
    network = world.situation().network
    for node in range(4):
        lon, lat = float(network.lon[node]), float(network.lat[node])
        for day in range(3):
            noon = to_datetime(light.midnight[day] + 12 * HOUR_S)
            there = day_at(lon, lat, noon, config=world.config.day)
            first_light, last_arrival = light.at(node)
            assert first_light[day] == there.start.timestamp()
            assert last_arrival[day] == there.end.timestamp()


def test_drives_end_where_nobody_goes_on() -> None:
    driver, _ = driver_of(World(leg_km=900.0))
    drives = driver.start(0, np.array([midnight_s(FIRST) + 8 * HOUR_S]))
    assert list(driver.ahead(0, drives)) == [0]
    assert not drives.is_fast.any()
    assert len(list(driver.ahead(0, driver.start(0, drives.departs), to_the_end=True))) == 3


def test_passages_are_kept_for_the_steps_that_are_watched() -> None:
    world = World()
    situation = world.situation()
    course = course_of(situation, WAY, first=FIRST, days=3)
    light = Daylight(situation.network, course, world.config)
    driver = Driver(course, light, replace(world.config.rules), watched=frozenset({1}))
    drives = driver.start(0, np.array([midnight_s(FIRST) + 8 * HOUR_S]))
    assert list(driver.ahead(0, drives)) == [0, 1, 2]
    (passage,) = drives.passages.values()
    hours = (passage.leave[1] - passage.enter[0])[0] / HOUR_S
    assert hours == pytest.approx(120 / 52.5 - 60 / 87.5, abs=0.02)
    assert (passage.reach == passage.leave).all()
