"""A departure that may be made is driven as the table of departures has it: one range, one list of nights."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from planning.slot_worlds import WAY, World, option_of, same_moment
from planning.week_slots import every_option
from planning.worlds import AS_OF, MORNING

from cmcoord_geo.config import Ban
from cmcoord_geo.model import Pace, Stop, TimeSpan
from cmcoord_geo.planning.paces import both_paces, free_paces
from cmcoord_geo.planning.situation import Situation
from cmcoord_geo.planning.slots import Slot, slots_of, way_of
from cmcoord_geo.planning.timetable import Timetable
from cmcoord_geo.planning.ways import Way

CASES = int(os.environ.get("CMCOORD_CAMPAIGN", "8"))
HOUR = timedelta(hours=1)

worlds = st.builds(
    World,
    leg_km=st.sampled_from([60.0, 140.0, 300.0]),
    halts=st.sampled_from([("B",), ("C",), ("B", "C")]),
    ferry_hours=st.sampled_from(["", "07:30-16:00", "10:00-11:00", "18:00-05:00"]),
    rest_every_h=st.sampled_from([0.0, 1.5]),
    drive_h=st.sampled_from([24.0, 5.0]),
    stops=st.sampled_from([(), (Stop(place_id="B", minutes=45.0),)]),
    bans=st.sampled_from(
        [(), (Ban(name="ban", hours="12:00-15:00", segments=("B-C",), weekdays=("wed", "thu")),)]
    ),
)


def moment(slot: Slot) -> TimeSpan:
    return TimeSpan(earliest=slot.depart, latest=slot.depart)


def check_ranges(here: Situation, way: Way, slots: list[Slot]) -> None:
    """Both paces of each slot that is in arrive when the slot says, and sleep where it says."""
    paces = both_paces(here, way, [moment(slot) for slot in slots]) if slots else []
    for slot, (fast, slow) in zip(slots, paces, strict=True):
        assert slot.arrive is not None
        assert same_moment(slot.arrive.earliest, fast.pace.times[-1]), slot.depart
        assert same_moment(slot.arrive.latest, slow.pace.times[-1]), slot.depart
        for one in (fast, slow):
            assert tuple(halt.place_id for halt in one.halts) == slot.halts


def test_ranges_of_the_exercise_are_those_of_its_departures() -> None:
    tried = 0
    for here, option in every_option():
        slots = [slot for slot in slots_of(here, option, days=14) if slot.verdict == "in"]
        chosen = slots[:: max(1, 400 // CASES)]
        check_ranges(here, way_of(here.network, option), chosen)
        tried += len(chosen)
    assert tried > 50


@settings(max_examples=CASES, deadline=None)
@given(worlds)
def test_ranges_are_those_of_departures_whatever_the_rules(world: World) -> None:
    here = world.situation()
    slots = [slot for slot in slots_of(here, option_of(world), days=2) if slot.verdict == "in"]
    check_ranges(here, WAY, slots[::3])


def in_order(fast: Pace, slow: Pace) -> bool:
    return fast.times[0] <= slow.times[0] and fast.times[-1] <= slow.times[-1]


@settings(max_examples=CASES, deadline=None)
@given(worlds, st.integers(0, 30), st.sampled_from([0.0, 1.0, 4.0]))
def test_the_fast_pace_is_never_behind_the_slow_one(
    world: World, quarter: int, window_h: float
) -> None:
    """Also where no journey is known, and before a ferry that opens late or is shut by then."""
    depart = MORNING + quarter * 0.5 * HOUR
    asked = TimeSpan(earliest=depart, latest=depart + window_h * HOUR)
    ((fast, slow),) = both_paces(world.situation(), WAY, [asked])
    free = free_paces(world.situation(), WAY, asked)
    assert in_order(fast.pace, slow.pace)
    assert in_order(*(one.pace for one in free))
    for one in (fast, slow, *free):
        assert list(one.pace.times) == sorted(one.pace.times)
        assert list(one.pace.km) == sorted(one.pace.km)
        assert len(one.enter) == len(one.leave) == len(WAY)


def of(world: World, hour: float, *, is_free: bool = False) -> tuple[Timetable, Timetable]:
    depart = MORNING.replace(hour=0) + hour * HOUR
    asked = TimeSpan(earliest=depart, latest=depart)
    if is_free:
        return free_paces(world.situation(), WAY, asked)
    return both_paces(world.situation(), WAY, [asked])[0]


def test_whoever_comes_before_a_ferry_opens_waits_for_it_in_a_plan_too() -> None:
    world = World(ferry_hours="10:00-16:00", ferry_wait_min=(0.0, 0.0))
    for fast, slow in (of(world, 7), of(world, 7, is_free=True)):
        opened = [MORNING.replace(hour=10) in one.pace.times for one in (fast, slow)]
        assert opened == [True, True]
        assert slow.pace.times[-1] > MORNING.replace(hour=10) + 1.7 * HOUR


def test_whoever_comes_after_a_ferry_closes_sleeps_and_passes_in_the_morning() -> None:
    """At B where the morning is early enough; nothing says that a night there is agreed."""
    world = World(ferry_hours="08:00-09:00", halts=())
    for one in of(world, 8):
        (night,) = one.halts
        assert night.place_id == "B"
        assert one.pace.times[-1].date() > MORNING.date()


def test_a_window_of_which_a_part_may_not_be_made_is_driven_as_far_as_each_pace_gets() -> None:
    world = World(leg_km=140.0, halts=("C",))
    here = replace(world.situation())
    asked = TimeSpan(earliest=MORNING, latest=MORNING + 9 * HOUR)
    assert both_paces(here, WAY, [asked]) == [free_paces(here, WAY, asked)]


def test_nobody_starts_before_first_light() -> None:
    fast, slow = of(World(), 1)
    assert fast.pace.times[0] == slow.pace.times[0] > AS_OF.replace(hour=5)
