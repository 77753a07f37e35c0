"""A way cut into steps: where it is cut, what bars it, where a night may be spent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from planning.slot_worlds import WAY, World
from planning.worlds import AS_OF
from towns import town

from cmcoord_geo.config import Ban, RulesConfig
from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import RoadStatus, Stop
from cmcoord_geo.network.prefectures import prefectures_around
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.planning.bars_ahead import barred_ahead
from cmcoord_geo.planning.course import (
    Course,
    course_of,
    is_halt,
    unknown_crossings,
    waits_ahead,
)
from cmcoord_geo.planning.roads_ahead import roads_ahead
from cmcoord_geo.planning.spans import Spans

FIRST = date(2026, 12, 2)


def cut(world: World, cuts: tuple[tuple[int, float], ...] = (), **more: bool) -> Course:
    return course_of(world.situation(), WAY, first=FIRST, days=3, cuts=cuts, **more)


def test_a_plain_way_has_a_step_to_each_place() -> None:
    course = cut(World())
    assert [round(step.km) for step in course.steps] == [60, 120, 180]
    assert [step.is_halt for step in course.steps] == [True, True, False]
    assert course.km == pytest.approx(180, rel=0.01)


def test_cuts_and_ferries_end_steps_and_lose_no_time() -> None:
    plain, ferried = (
        cut(World()),
        cut(World(ferry_hours="06:00-17:00"), cuts=((0, 0.25), (1, 0.75))),
    )
    assert [round(step.km) for step in ferried.steps] == [15, 60, 90, 105, 120, 180]
    assert [step.gate is not None for step in ferried.steps].index(True) == 2
    assert sum(step.high_s[0] for step in ferried.steps) == pytest.approx(
        sum(step.high_s[0] for step in plain.steps)
    )
    gate = ferried.steps[2].gate
    assert gate is not None
    assert [wait and wait.hours for wait in gate.waits] == [(360, 1020)]
    assert "06:00-17:00" in gate.said.fr


def test_surveyed_segments_without_anything_between_are_one_step() -> None:
    situation = World().situation()
    everybody_drives = np.full(3, everybody(), dtype=np.uint8)
    traffic = Traffic(
        names=("", "", ""), forward=everybody_drives, backward=everybody_drives,
        duration_s=np.full(3, np.nan),
    )  # fmt: skip
    network = replace(situation.network, traffic=traffic, node_names=("A", "", "C", "D"))
    there = replace(situation, picture=replace(situation.picture, network=network))
    course = course_of(there, WAY, first=FIRST, days=2)
    assert [round(step.km) for step in course.steps] == [120, 180]


def test_bans_hold_on_their_segment_place_or_everywhere() -> None:
    course = cut(
        World(
            bans=(
                Ban(name="partout"),
                Ban(name="tronçon", segments=("B-C",)),
                Ban(name="lieu", places=("B",)),
            )
        )
    )
    names = [[bar.said.fr.split(" (")[0] for bar in step.bars] for step in course.steps]
    assert names == [["partout"], ["partout", "tronçon"], ["partout"]]
    assert [len(step.place_bars) for step in course.steps] == [1, 0, 0]


def test_a_ban_of_a_prefecture_holds_where_either_end_lies_in_it() -> None:
    here = prefectures_around(20.0, 7.0)[0]
    inside = cut(World(bans=(Ban(name="x", prefectures=(here,)),)))
    away = cut(World(bans=(Ban(name="x", prefectures=("Vakaga",)),)))
    assert inside.steps[0].bars
    assert not any(step.bars for step in away.steps)


def test_what_bars_and_delays_each_road_ahead_is_what_does_on_a_way_over_it() -> None:
    world = World(
        bans=(Ban(name="x", segments=("B-C",)), Ban(name="y", effect="tell")),
        closed=(AS_OF, AS_OF + timedelta(days=2)), ferry_hours="06:00-17:00",
    )  # fmt: skip
    situation, segments = world.situation(), (2, 0, 1)
    ahead = roads_ahead(situation, segments, FIRST, 3)
    barred = barred_ahead(ahead, situation.config.rules.bans, first=FIRST, days=3)
    waits = waits_ahead(situation, ahead)
    for row, segment in enumerate(segments):
        steps = course_of(situation, ((segment, True),), first=FIRST, days=3).steps
        spans = Spans.of(
            pair
            for step in steps
            for bar in step.bars
            if bar.effect == "stop"
            for pair in zip(bar.spans.start.tolist(), bar.spans.end.tolist(), strict=True)
        )
        assert barred[row].start.tolist() == spans.start.tolist()
        assert barred[row].end.tolist() == spans.end.tolist()
        gates = [step.gate for step in steps if step.gate is not None]
        least_s = sum(min(wait.high_s if wait else 0.0 for wait in gate.waits) for gate in gates)
        assert waits.get(row, 0.0) == least_s
    assert sum(len(each.start) > 0 for each in barred) > 0
    assert sum(waits.values()) > 0


def test_a_stop_is_made_at_its_place_and_never_at_the_end() -> None:
    course = cut(World(stops=(Stop(place_id="B", minutes=30), Stop(place_id="D", minutes=60))))
    assert [step.stop_s for step in course.steps] == [1800, 0, 0]


def test_a_stop_on_a_road_that_is_driven_there_and_back_is_made_once() -> None:
    (a, b, c), world = WAY, World(stops=(Stop(place_id="B", minutes=30),))
    spur = (a, b, (b[0], not b[1]), b, c)
    course = course_of(world.situation(), spur, first=FIRST, days=3)
    assert [step.stop_s for step in course.steps] == [1800, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (RulesConfig(), [True, False, False]),
        (RulesConfig(halts=("SIB",)), [False, True, False]),
        (RulesConfig(no_halts=("BBY",)), [False, False, False]),
    ],
)
def test_halts_are_towns_of_the_country_or_those_of_the_list(
    rules: RulesConfig, found: list[bool]
) -> None:
    network = town("A-B-C", ids={"A": "BBY", "B": "SIB", "C": "NOWHERE"})
    if not rules.halts:
        network = replace(network, node_ids=("BBY", "BGZ", "NOWHERE"))
    assert [is_halt(network, node, rules) for node in range(3)] == found


def test_halts_anywhere_lets_every_place_be_one() -> None:
    course = cut(World(halts=()), halts_anywhere=True)
    assert [step.is_halt for step in course.steps] == [True, True, False]


def barrier(**more: object) -> Crossing:
    return Crossing(
        crossing_id="X", kind="rain_barrier", name=Said(fr="barrière", en="barrier"),
        at_km={"B-C": 30.0}, capacity_t=None, default_state="unknown", confidence="low",
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "vehicle", "waits"),
    [
        (date(2026, 12, 2), "truck_6x6", False),
        (date(2026, 9, 2), "truck_6x6", True),
        (date(2026, 9, 2), "lv_4x4", False),
    ],
)
def test_a_rain_barrier_holds_heavy_vehicles_outside_the_dry_season(
    day: date, vehicle: str, *, waits: bool
) -> None:
    situation = World(more={"vehicle": vehicle}).situation()
    network = replace(situation.network, crossings=(barrier(),))
    there = replace(situation, picture=replace(situation.picture, network=network))
    course = course_of(there, WAY, first=day, days=2)
    assert any(step.gate is not None for step in course.steps) == waits


def test_what_a_report_says_of_a_ferry_stands_before_the_table() -> None:
    situation = World(ferry_hours="06:00-17:00").situation()
    report = RoadStatus(
        report_id="R", segment_id="B-C", crossing_id="F", state="open", reported_at=AS_OF,
        hours="08:00-12:00", delay_min=25.0,
    )  # fmt: skip
    told = replace(situation, picture=replace(situation.picture, status=(report,)))
    gates = [step.gate for step in course_of(told, WAY, first=FIRST, days=2).steps if step.gate]
    waits = [wait for gate in gates for wait in gate.waits if wait]
    assert {wait.hours for wait in waits} == {(480, 720)}
    assert {(wait.low_s, wait.high_s) for wait in waits} == {(1500.0, 1500.0)}


def test_a_ferry_of_which_nobody_told_is_asked_for() -> None:
    known = list(unknown_crossings(World(ferry_hours="06:00-17:00").situation(), WAY))
    assert [words.en for words in known] == ["state unknown: ferry"]
    unclear = list(unknown_crossings(World(ferry_hours="tous les jours").situation(), WAY))
    assert len(unclear) == 2
    assert list(unknown_crossings(World().situation(), WAY)) == []
