"""The way back is looked at as the way there: when, by which rules, and whom it meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from planning.slot_worlds import WAY, World
from planning.week_slots import CONFIG, exercise, plans
from planning.worlds import MORNING, Row

from cmcoord_geo.config import Ban
from cmcoord_geo.model import Route, TimeSpan
from cmcoord_geo.planning.conflicts import Week, week_conflicts
from cmcoord_geo.planning.returns import first_home, way_home, with_returns
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.slots import slots_of

HOUR = timedelta(hours=1)


def there_and_back(world: World) -> Route:
    here = replace(world, more={"is_return": True}).situation()
    (route,) = with_returns(here, [build_route(here, WAY, letter="A")], [WAY])
    return route


def test_the_way_back_is_the_road_the_other_way_after_unloading() -> None:
    route = there_and_back(World())
    assert route.back is not None
    assert [leg.segment_id for leg in route.back.legs] == ["C-D", "B-C", "A-B"]
    assert route.back.place_ids == route.place_ids[::-1]
    assert route.back.fast.times[0] == route.back.slow.times[0] >= route.slow.times[-1]


def test_who_goes_one_way_has_none() -> None:
    here = World().situation()
    option = build_route(here, WAY, letter="A")
    assert with_returns(here, [option], [WAY]) == (option,)


def test_a_patrol_on_the_way_back_alone_is_met_there() -> None:
    alone = there_and_back(World())
    assert alone.back is not None
    leaves = alone.back.fast.times[0]
    row = Row(segment_id="C-D", start=leaves, end=leaves + HOUR)
    met = there_and_back(World(rows=(row,)))
    (conflict,) = met.conflicts
    assert conflict.is_back
    assert conflict.conflict_id.endswith(":back")
    assert conflict.window.earliest >= leaves
    assert not alone.conflicts


def test_what_no_rule_lets_home_is_driven_all_the_same() -> None:
    """Night falls on the road, and that is told."""
    shut = Ban(name="ban", segments=("A-B",), first="2026-12-02", last="2027-02-01")
    here = replace(World(leg_km=300.0, halts=()), more={"is_return": True}).situation()
    barred = replace(
        here, config=replace(here.config, rules=replace(here.config.rules, bans=(shut,)))
    )
    (route,) = with_returns(barred, [build_route(here, WAY, letter="A")], [WAY])
    assert route.back is not None
    assert route.back.halts
    assert route.back.fast.times[0] < route.back.slow.times[-1]


@pytest.mark.parametrize("ready", [0.0, 1.0, 1.5, 3.0, 9.0])
def test_the_first_home_is_the_earliest_arrival_of_those_not_before(ready: float) -> None:
    grid = np.arange(5.0)
    arrives = np.array([np.inf, 7.0, 6.0, np.inf, 6.0])
    (row,) = first_home(arrives, grid, np.array([ready])).tolist()
    later = [i for i in range(5) if grid[i] >= ready and np.isfinite(arrives[i])]
    assert row == min(later, key=lambda i: (arrives[i], i), default=-1)


def test_home_of_the_plan_is_home_of_the_departures() -> None:
    """At the same departure, over the EXERCISE week."""
    tried = 0
    for plan in plans():
        if not plan.request.is_return:
            continue
        here = situation_of(exercise(), plan.request, CONFIG)
        slots = [slot for slot in slots_of(here, plan.options[0], days=4) if slot.back_by]
        for slot in slots[::40]:
            asked = TimeSpan(earliest=slot.depart, latest=slot.depart)
            there = replace(here, request=replace(here.request, depart=asked))
            index = here.network.segment_index
            way = tuple((index[leg.segment_id], leg.is_forward) for leg in plan.options[0].legs)
            (route,) = with_returns(there, [build_route(there, way, letter="A")], [way])
            assert route.back is not None
            assert slot.back_by is not None
            late = slot.back_by - route.back.slow.times[-1]
            assert timedelta() <= late <= timedelta(seconds=1.5), (
                plan.request.movement_id,
                slot.depart,
            )
            tried += 1
    assert tried > 10


def test_the_week_names_what_is_met_on_the_way_back() -> None:
    week = Week(picture=exercise(), plans=plans(), config=CONFIG)
    back = {
        (one.kind, one.movement_id)
        for rule in week_conflicts(week)
        for one in rule.conflicts
        if one.is_back
    }
    assert ("C1", "EX-M07") in back
    assert ("C9", "EX-M06") in back
    assert {kind for kind, _ in back} <= {"C1", "C2", "C5", "C6", "C7", "C9"}


def test_the_movement_back_is_the_same_one_with_its_ends_swapped() -> None:
    here = World(arrive_by=MORNING).situation()
    there, back = way_home(here, WAY)
    assert (there.request.origin, there.request.destination) == ("D", "A")
    assert there.request.movement_id == here.request.movement_id
    assert there.request.arrive_by is None
    assert back == ((2, False), (1, False), (0, False))
