"""Departures quarter by quarter: laws, a checker that shares no code, reasons, patrols, the way back."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.slot_worlds import QUARTER, WAY, World, check, option_of, same_moment
from planning.worlds import AS_OF, MORNING, Row

from cmcoord_geo.config import Ban
from cmcoord_geo.model import Stop
from cmcoord_geo.planning.journeys import grid_of
from cmcoord_geo.planning.schedule import schedule
from cmcoord_geo.planning.slots import Slot, first_day, halts_needed, slots_of, way_of
from cmcoord_geo.units import BANGUI, to_datetime

CASES = int(os.environ.get("CMCOORD_CAMPAIGN", "5"))
NO_LIMIT_H = 24.0
ORDER = {"out": 0, "fast_only": 1, "in": 2}
SIZE = settings(max_examples=CASES, deadline=None)


def table(world: World, *, days: int = 2) -> tuple[Slot, ...]:
    return slots_of(world.situation(), option_of(world), days=days)


def at(slots: tuple[Slot, ...], day: int, hour: int, minute: int = 0) -> Slot:
    moment = datetime(2026, 12, day, hour, minute, tzinfo=BANGUI)
    return next(slot for slot in slots if slot.depart == moment)


def kinds(slot: Slot) -> set[str]:
    return {reason.kind for reason in slot.reasons}


hours = st.sampled_from(["", "07:00-09:30", "22:00-05:00", "12:00-13:15", "15:30-24:00"])
bans = st.builds(
    Ban,
    name=st.just("ban"),
    hours=hours,
    weekdays=st.sampled_from([(), ("wed",), ("thu", "fri")]),
    segments=st.sampled_from([(), ("A-B",), ("B-C",), ("C-D",)]),
)
place_bans = st.builds(
    Ban,
    name=st.just("market"),
    hours=hours,
    places=st.sampled_from([("A",), ("B",), ("C",), ("D",)]),
    weekdays=st.sampled_from([(), ("wed",)]),
)
moments = st.integers(0, 40).map(lambda n: MORNING + n * timedelta(minutes=70))
worlds = st.builds(
    World,
    leg_km=st.sampled_from([40.0, 90.0, 140.0, 300.0]),
    halts=st.sampled_from([(), ("B",), ("C",), ("B", "C")]),
    after_sunrise_min=st.sampled_from([0, 30, 90]),
    before_sunset_min=st.sampled_from([0, 60, 120]),
    bans=st.lists(st.one_of(bans, place_bans), max_size=2).map(tuple),
    ferry_hours=st.sampled_from(["", "07:30-16:00", "08:00-11:00"]),
    rest_every_h=st.sampled_from([0.0, 1.5]),
    drive_h=st.sampled_from([NO_LIMIT_H, NO_LIMIT_H, 5.0]),
    stops=st.sampled_from([(), (Stop(place_id="B", minutes=45.0),)]),
    arrive_by=st.one_of(st.none(), moments),
    closed=st.one_of(st.none(), moments.map(lambda m: (m, m + timedelta(hours=5)))),
)


@SIZE
@given(worlds, st.integers(0, 191))
def test_every_slot_is_what_an_independent_checker_finds(world: World, which: int) -> None:
    slots = table(world)
    for slot in (slots[which], *slots[24:72:19]):
        verdict, arrival = check(world, slot.depart)
        if world.drive_h < NO_LIMIT_H:  # the checker does not add up the drives of a day
            assert ORDER[slot.verdict] <= ORDER[verdict]
            continue
        assert slot.verdict == verdict, slot
        found = slot.arrive and (slot.arrive.latest if verdict == "in" else slot.arrive.earliest)
        assert same_moment(found, arrival)


@SIZE
@given(worlds)
def test_a_later_slot_never_arrives_earlier(world: World) -> None:
    """Where no window opens on the way: a closure that ends lets a later convoy pass an earlier one."""
    world = replace(world, drive_h=NO_LIMIT_H, bans=(), ferry_hours="", closed=None)
    inside = [slot.arrive for slot in table(world) if slot.verdict == "in" and slot.arrive]
    assert all(a.latest <= b.latest for a, b in itertools.pairwise(inside))


@SIZE
@given(worlds, st.integers(0, 60), st.integers(0, 60))
def test_wider_margins_never_add_a_slot(world: World, dawn: int, dusk: int) -> None:
    narrower = replace(
        world,
        after_sunrise_min=world.after_sunrise_min + dawn,
        before_sunset_min=world.before_sunset_min + dusk,
    )
    assert_no_more(table(narrower), table(world))


@SIZE
@given(worlds, st.one_of(bans, place_bans))
def test_removing_a_ban_never_removes_a_slot(world: World, ban: Ban) -> None:
    assert_no_more(table(replace(world, bans=(*world.bans, ban))), table(world))


def assert_no_more(fewer: tuple[Slot, ...], more: tuple[Slot, ...]) -> None:
    for one, other in zip(fewer, more, strict=True):
        assert ORDER[one.verdict] <= ORDER[other.verdict], (one, other)


@SIZE
@given(worlds)
def test_a_slot_that_is_out_has_a_reason_and_one_that_is_in_has_none(world: World) -> None:
    for slot in table(world):
        assert bool(slot.reasons) == (slot.verdict != "in"), slot
        assert len(set(slot.reasons)) == len(slot.reasons)
        assert (slot.arrive is None) == (slot.verdict == "out")


def test_on_a_plain_day_a_slot_is_the_schedule_of_the_plan() -> None:
    world = World(rest_every_h=0.0, rows=(Row(passed=AS_OF, start=AS_OF, end=AS_OF),))
    situation = world.situation()
    slot = at(table(world), 2, 8)
    asked = replace(situation.request.depart, earliest=slot.depart, latest=slot.depart)
    then = replace(situation, request=replace(situation.request, depart=asked))
    times = schedule(then, WAY)
    assert slot.arrive is not None
    assert same_moment(slot.arrive.earliest, times.fast.pace.times[-1])
    assert same_moment(slot.arrive.latest, times.slow.pace.times[-1])
    assert slot.unpatrolled_km == pytest.approx(times.unpatrolled_km)
    assert slot.unpatrolled_km == pytest.approx(120.0, rel=0.01)
    assert (slot.meetings, slot.unknown_meetings) == (0, 0)


def test_a_patrol_at_the_hour_of_passage_is_a_meeting_and_before_it_is_cover() -> None:
    start = datetime(2026, 12, 2, 8, tzinfo=BANGUI)
    slots = table(World(rows=(Row(start=start, end=start + timedelta(hours=1)),)))
    assert at(slots, 2, 7).meetings == 1
    later = at(slots, 2, 9)
    assert later.meetings == 0
    assert later.unpatrolled_km is not None
    assert later.unpatrolled_km < (at(slots, 2, 7).unpatrolled_km or 0)


def test_a_patrol_without_hours_is_unknown_at_every_slot() -> None:
    slots = table(World(rows=(Row(),)))
    assert {slot.unknown_meetings for slot in slots if slot.verdict == "in"} == {1}


@pytest.mark.parametrize(
    ("world", "hour", "kind"),
    [
        (World(), 2, "early"),
        (World(), 16, "late"),
        (World(bans=(Ban(name="couvre-feu", hours="08:00-09:00"),)), 8, "ban"),
        (World(ferry_hours="06:00-09:00"), 10, "gate"),
        (World(drive_h=1.0), 8, "rest"),
        (World(arrive_by=datetime(2026, 12, 2, 9, tzinfo=BANGUI)), 8, "arrive_by"),
        (World(closed=(MORNING, MORNING + timedelta(hours=9))), 8, "closure"),
    ],
)
def test_each_rule_gives_its_reason(world: World, hour: int, kind: str) -> None:
    slot = at(table(replace(world, halts=())), 2, hour)
    assert slot.verdict == "out"
    assert kind in kinds(slot)
    assert all(reason.said.fr != reason.said.en for reason in slot.reasons if kind != "ban")


def test_all_reasons_of_a_slot_are_told_each_once() -> None:
    world = World(
        halts=(), ferry_hours="06:00-09:00", bans=(Ban(name="couvre-feu", hours="15:00-05:00"),)
    )
    slot = at(table(world), 2, 15)
    assert {"ban", "gate", "late"} <= kinds(slot)
    assert sum(reason.kind == "late" for reason in slot.reasons) == 1


def test_a_market_is_told_and_stops_nobody() -> None:
    market = Ban(name="marché de B", effect="tell", weekdays=("wed",), places=("B",))
    slots = table(World(bans=(market,)))
    assert [note.kind for note in at(slots, 2, 8).notes] == ["tell"]
    assert at(slots, 3, 8).notes == ()
    assert at(slots, 2, 8).verdict == "in"


def test_a_curfew_in_a_town_holds_for_whoever_leaves_it() -> None:
    slots = table(World(bans=(Ban(name="couvre-feu de A", hours="18:00-07:30", places=("A",)),)))
    assert at(slots, 2, 7, 15).verdict == "out"
    assert kinds(at(slots, 2, 7, 15)) == {"ban"}
    assert at(slots, 2, 7, 30).verdict == "in"


def test_a_stop_is_kept_where_the_convoy_waits_too() -> None:
    world = World(leg_km=20.0, stops=(Stop(place_id="B", minutes=90.0),))
    slot = at(table(world), 2, 8)
    assert slot.arrive is not None
    assert slot.arrive.earliest - slot.depart > timedelta(minutes=90)


def test_what_is_met_after_a_night_is_told_for_that_day() -> None:
    market = Ban(name="marché de C", effect="tell", weekdays=("thu",), places=("C",))
    unknown = Ban(name="marché de C, mercredi", effect="tell", weekdays=("wed",), places=("C",))
    far = World(leg_km=320.0, bans=(market, unknown))
    slot = at(table(far), 2, 7)
    assert slot.halts == ("B", "C")
    assert [note.said.fr for note in slot.notes if "marché" in note.said.fr] == [
        "marché de C (toute la journée)"
    ]


def test_slots_before_the_cut_off_are_past() -> None:
    world = World(more={"depart": AS_OF - timedelta(hours=8)})
    slots = table(world)
    assert slots[0].depart.date() == AS_OF.date()
    assert {kind for slot in slots if slot.depart < AS_OF for kind in kinds(slot)} == {"past"}


def test_the_way_back_is_after_arrival_and_needs_its_own_day() -> None:
    slots = table(World(more={"is_return": True}))
    early, late = at(slots, 2, 7), at(slots, 2, 10)
    assert early.back_by is not None
    assert late.back_by is not None
    assert early.back_by.date() == early.depart.date()
    assert late.back_by.date() == late.depart.date() + timedelta(days=1)
    assert early.arrive is not None
    assert early.back_by > early.arrive.latest


def test_a_way_back_that_a_ban_cuts_is_told() -> None:
    ban = Ban(name="zone", segments=("B-C",), first="2026-12-02", hours="11:00-24:00")
    night = Ban(name="zone", segments=("B-C",), first="2026-12-03")
    world = World(more={"is_return": True}, bans=(ban, night))
    slot = at(table(world, days=1), 2, 7)
    assert slot.verdict == "in"
    assert slot.back_by is None
    assert [note.kind for note in slot.notes] == ["no_return"]


def test_nights_are_spent_at_agreed_halts_alone() -> None:
    far = World(leg_km=320.0, halts=("B", "C"))
    slot = at(table(far), 2, 7)
    assert slot.verdict == "in"
    assert set(slot.halts) <= {"B", "C"}
    assert slot.halts
    nowhere = replace(far, halts=())
    assert at(table(nowhere), 2, 7).verdict == "out"
    needed = halts_needed(nowhere.situation(), option_of(nowhere), days=2)
    assert needed
    assert set(needed) <= {"B", "C"}
    assert at(table(replace(nowhere, halts=needed)), 2, 7).verdict == "in"


def test_the_halt_beyond_which_nothing_is_reached_is_the_farthest_of_all_days() -> None:
    """B is reached on the first day and C on the second; the road from C to D takes longer than a day."""
    closed = Ban(name="route barrée", segments=("C-D",), first="2026-11-01", hours="")
    slot = at(table(World(leg_km=320.0, bans=(closed,))), 2, 7)
    assert slot.verdict == "out"
    assert [reason.said.en for reason in slot.reasons if reason.kind == "halt"] == [
        "nothing reached by day beyond C"
    ]


def test_after_a_night_too_late_for_the_hour_asked_for_is_the_reason() -> None:
    asked = datetime(2026, 12, 4, 8, tzinfo=BANGUI)
    slot = at(table(World(leg_km=320.0, arrive_by=asked)), 2, 7)
    assert slot.verdict == "fast_only"
    assert kinds(slot) == {"arrive_by"}


def test_no_halt_helps_where_one_leg_is_longer_than_a_day() -> None:
    world = World(leg_km=900.0, halts=())
    assert halts_needed(world.situation(), option_of(world), days=2) == ()


def test_grid_and_way() -> None:
    situation = World().situation()
    assert first_day(situation) == MORNING.date()
    grid = grid_of(MORNING.date(), 2)
    assert len(grid) == 192
    assert to_datetime(grid[1]) - to_datetime(grid[0]) == QUARTER
    assert way_of(situation.network, option_of(World())) == WAY


def test_hours_of_a_slot_include_waits() -> None:
    slot = at(table(World()), 2, 8)
    assert slot.hours is not None
    assert slot.hours.low < slot.hours.high
    assert at(table(World()), 2, 2).hours is None


def test_what_lies_between_the_two_paces_is_met_though_neither_meets_it() -> None:
    """A quarter of an hour after the fast pace has arrived and before the slow one has."""
    plain = at(table(World()), 2, 8)
    assert plain.arrive is not None
    first, last = plain.arrive.earliest, plain.arrive.latest
    start = (first + (last - first) / 2).astimezone(BANGUI)
    end = start + timedelta(minutes=5)
    assert first < start < end < last
    ban = Ban(name="ban", hours=f"{start:%H:%M}-{end:%H:%M}", places=("D",))
    slot = at(table(World(bans=(ban,), halts=())), 2, 8)
    assert slot.verdict == "fast_only"
    assert kinds(slot) == {"ban"}


def test_nobody_waits_at_a_place_through_a_ban_on_it() -> None:
    """The road beyond B is barred until noon: with a ban at B meanwhile the convoy may not wait there."""
    closed = Ban(name="route", hours="08:00-12:00", segments=("B-C",))
    market = Ban(name="marché", hours="10:00-11:00", places=("B",))
    for bans, same_day in (((closed,), True), ((closed, market), False)):
        world = World(bans=bans)
        slot = next(one for one in table(world) if one.depart.hour == 7 and one.depart.day == 2)
        verdict, arrival = check(world, slot.depart)
        assert slot.verdict == verdict
        assert (slot.arrive is not None and slot.arrive.latest.day == 2) == same_day
        assert same_moment(slot.arrive and slot.arrive.latest, arrival)
