"""Waits at crossings and rests: the least, the most, and where on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.test_crossings import crossing, report
from planning.worlds import CONFIG, ROW_WAY, situation
from routing.oracles import unhurried
from towns import town

from cmcoord_geo.config import RulesConfig
from cmcoord_geo.facts import Crossing
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.network.status import NOTHING
from cmcoord_geo.planning.waits import Wait, crossings_met, rest_share, wait_at, waits_along
from cmcoord_geo.planning.ways import Way
from cmcoord_geo.units import HOUR_S, MINUTE_S

LOW_S, HIGH_S = (minutes * MINUTE_S for minutes in CONFIG.rules.ferry_wait_min)
BACK: Way = tuple((segment, False) for segment, _ in reversed(ROW_WAY))


def waits(
    *crossings: Crossing, way: Way = ROW_WAY, status: tuple[RoadStatus, ...] = ()
) -> tuple[tuple[Wait, ...], ...]:
    roads = town("A-B-C-D", cell_m=52_500, crossings=crossings)
    here = situation(roads, status=status)
    return waits_along(roads, way, here.passable, convoy=here.convoy, rules=CONFIG.rules)


def test_a_ferry_makes_wait_where_it_lies() -> None:
    ferry = crossing("X1", at_km={"B-C": 21.0})
    (wait,) = waits(ferry)[1]
    assert (wait.low_s, wait.high_s) == (LOW_S, HIGH_S)
    assert wait.share == pytest.approx(0.2)
    (back,) = waits(ferry, way=BACK)[1]
    assert back.share == pytest.approx(0.8)


def test_where_the_place_is_not_known_the_fast_pace_does_not_wait() -> None:
    somewhere = crossing("X1", at_km={"B-C": None})
    assert waits(somewhere) == ((), (Wait(share=0.0, low_s=0.0, high_s=HIGH_S),), ())


def test_a_crossing_of_two_segments_is_waited_for_once_and_on_the_way_back_again() -> None:
    shared = crossing("X1", at_km={"A-B": 105.0, "B-C": 0.0})
    there_and_back = waits(shared, way=(*ROW_WAY[:2], *BACK[1:]))
    assert [len(each) for each in there_and_back] == [1, 0, 1, 0]
    assert there_and_back[0][0].low_s == 0.0  # nobody knows on which of the two


def test_what_a_report_says_stands_for_both() -> None:
    ferry = crossing("X1", at_km={"A-B": 21.0})
    (wait,) = waits(ferry, status=(report("X1", "limited", delay_min=90),))[0]
    assert (wait.low_s, wait.high_s) == (90 * MINUTE_S, 90 * MINUTE_S)


@pytest.mark.parametrize(
    ("over_t", "is_dry", "hours"), [(3.5, True, 0), (1.0, False, 4), (99, False, 0)]
)
def test_a_barrier_holds_the_heavy_when_it_is_wet(
    over_t: float, hours: float, *, is_dry: bool
) -> None:
    barrier = crossing("X1", kind="rain_barrier")
    here = situation()
    found = wait_at(
        barrier, here.passable.crossing_states.get("X1", NOTHING), is_dry=is_dry,
        convoy=here.convoy, rules=RulesConfig(barrier_over_t=over_t),
    )  # fmt: skip
    assert found == (0.0, hours * HOUR_S)


def test_crossings_are_met_in_the_order_of_the_way() -> None:
    both = crossing("X2", at_km={"B-C": 10.0}), crossing("X1", at_km={"A-B": 100.0})
    roads = town("A-B-C-D", cell_m=52_500, crossings=both)
    met = [one.crossing.crossing_id for one in crossings_met(roads, ROW_WAY, both)]
    assert met == ["X1", "X2"]
    assert [one.crossing.crossing_id for one in crossings_met(roads, BACK, both)] == ["X2", "X1"]


@unhurried
@given(st.floats(0.5, 8), st.integers(0, 120), st.floats(0, 60))
def test_spread_rests_are_no_less_than_those_due(
    every_h: float, minutes: int, driven_h: float
) -> None:
    """One after every so many hours, counted one by one."""
    due, at_h = 0, every_h
    while at_h < driven_h:
        due, at_h = due + minutes, at_h + every_h
    rules = RulesConfig(rest_every_h=every_h, rest_min=minutes, radio_min=0)
    assert driven_h * rest_share(rules) * 60 >= due - 1e-6
    assert timedelta(hours=driven_h * rest_share(rules)) <= timedelta(minutes=due + minutes + 1)


def test_no_rests_add_nothing() -> None:
    assert rest_share(RulesConfig(rest_every_h=0.0, radio_every_h=0.0, radio_min=5)) == 0.0
