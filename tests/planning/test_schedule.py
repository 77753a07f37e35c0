"""A way at its times: what the two paces and the patrols make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.test_crossings import crossing
from planning.worlds import CONFIG, MORNING, ROW, ROW_WAY, Row, request, situation
from routing.oracles import unhurried
from towns import town

from cmcoord_geo.config import RulesConfig
from cmcoord_geo.model import Coverage, Span, Stop
from cmcoord_geo.planning.conflicts.occupancy import way_occupancies
from cmcoord_geo.planning.schedule import covered_km, schedule

LOWS = st.integers(0, 60)
STRETCHES = st.lists(st.tuples(LOWS, LOWS).map(sorted), max_size=8)


def cover(low: float, high: float) -> Coverage:
    return Coverage(
        patrol_id="P", segment_id="S", km=Span(low=low, high=high),
        age_h=Span(low=1, high=2), is_confirmed=False, credit=0.9,
    )  # fmt: skip


@unhurried
@given(STRETCHES)
def test_covered_road_is_the_union(stretches: list[list[int]]) -> None:
    """Whole kilometres, counted one by one."""
    union = {km for low, high in stretches for km in range(low, high)}
    assert covered_km([cover(low, high) for low, high in stretches]) == len(union)


def test_paces_are_those_of_the_vehicle() -> None:
    times = schedule(situation(), ROW_WAY)
    assert times.legs[-1].leave.earliest == MORNING + timedelta(hours=3.6)
    assert times.legs[-1].leave.latest == MORNING + timedelta(hours=1 + 6)
    assert times.unpatrolled_km == times.legs[-1].km.high == pytest.approx(315)
    assert (times.days.low, times.days.high) == (1, 1)


def test_a_ferry_and_rests_make_the_slow_pace_later_and_the_fast_one_by_the_least() -> None:
    ferry = crossing("X1", at_km={"B-C": 21.0})
    roads = town("A-B-C-D", cell_m=52_500, crossings=(ferry,))
    plain, times = (schedule(situation(one), ROW_WAY) for one in (ROW, roads))
    least, most = (timedelta(minutes=minutes) for minutes in CONFIG.rules.ferry_wait_min)
    assert times.legs[0] == plain.legs[0]
    assert times.legs[1].enter == plain.legs[1].enter
    assert times.legs[1].leave.earliest == plain.legs[1].leave.earliest + least
    assert times.legs[1].leave.latest == plain.legs[1].leave.latest + most
    here = situation(roads)
    resting = replace(here, config=replace(CONFIG, rules=RulesConfig(rest_every_h=2, rest_min=12)))
    rested = schedule(resting, ROW_WAY)
    assert rested.legs[-1].leave.earliest == times.legs[-1].leave.earliest
    assert rested.legs[-1].leave.latest == times.legs[-1].leave.latest + timedelta(minutes=36)


def test_stops_are_part_of_both_paces_and_widen_who_may_be_there() -> None:
    """The road beyond is entered later, and the place is occupied while they stand (conflicts of a week)."""
    asked = request(stops=(Stop(place_id="B", minutes=45), Stop(place_id="D", minutes=60)))
    plain, times = (schedule(situation(asked=one), ROW_WAY) for one in (request(), asked))
    stop = timedelta(minutes=45)
    assert times.legs[0].leave == plain.legs[0].leave
    assert times.legs[1].enter.earliest == plain.legs[1].enter.earliest + stop
    assert times.legs[-1].leave.latest == plain.legs[-1].leave.latest + stop
    here = situation(asked=asked)
    found = way_occupancies(
        here.network, "M1", times.legs, fast=times.fast.pace, slow=times.slow.pace
    )
    stood = found.last_s[:, 0] - found.first_s[:, 0]
    at_b = (found.segment == 0) & (found.at_m.min(axis=1) > here.network.length_m[0] - 1)
    assert stood[at_b].max() >= 45 * 60


def test_days_are_in_order_even_where_waiting_at_home_is_quicker() -> None:
    """Who starts at noon spends a night on the way, who starts at night waits and drives all in one day."""
    asked = request(depart=MORNING.replace(hour=13, minute=30), window=timedelta(hours=12))
    times = schedule(situation(asked=asked), ROW_WAY)
    assert times.fast.days > times.slow.days
    assert (times.days.low, times.days.high) == (times.slow.days, times.fast.days)


def test_waiting_at_the_origin_is_seen_at_either_pace() -> None:
    late = request(depart=MORNING, window=timedelta(hours=9))
    assert schedule(situation(asked=late), ROW_WAY).waits_at_origin
    assert not schedule(situation(), ROW_WAY).waits_at_origin


def test_presence_lowers_what_is_unpatrolled() -> None:
    before = Row(start=MORNING - timedelta(hours=5), end=MORNING - timedelta(hours=3))
    times = schedule(situation(ROW, before), ROW_WAY)
    assert times.unpatrolled_km == pytest.approx(210)
