"""Operations as bars: no departure that C2 would find is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from planning.slot_worlds import World, option_of
from planning.worlds import AS_OF, situation
from towns import town

from cmcoord_geo.config import ConflictConfig
from cmcoord_geo.model import Operation, TimeSpan
from cmcoord_geo.planning.announced import announced_bars, known_window
from cmcoord_geo.planning.bars import Bar
from cmcoord_geo.planning.conflicts import Week
from cmcoord_geo.planning.conflicts.copresence import closures
from cmcoord_geo.planning.plan import plan_movement
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.situation import Situation
from cmcoord_geo.planning.slots import Slot, slots_of
from cmcoord_geo.planning.timed_search import search_roads
from cmcoord_geo.units import BANGUI

NOON = datetime(2026, 12, 2, 12, tzinfo=BANGUI)
HOUR = timedelta(hours=1)
OPERATION = Operation(
    operation_id="O1", stretches=(("B-C", 0.4, 0.5),), start=NOON - HOUR, end=NOON + HOUR
)


def known(operation: Operation = OPERATION, world: World = World()) -> Situation:  # noqa: B008
    situation = world.situation()
    return replace(situation, picture=replace(situation.picture, operations=(operation,)))


def bar_of(operation: Operation, **config: float) -> Bar:
    situation = known(operation)
    asked = replace(situation.config, conflict=ConflictConfig(**config))
    found = announced_bars(situation.picture, situation.network, asked)
    ((row, (bar,)),) = found.items()
    assert situation.network.segment_ids[row] == "B-C"
    return bar


def test_an_operation_bars_its_whole_road_from_its_begin_to_its_end_counted() -> None:
    bar = bar_of(OPERATION)
    assert (bar.kind, bar.effect, bar.key) == ("closure", "stop", "operation:O1")
    assert bar.spans.start.tolist() == [(NOON - HOUR).timestamp()]
    assert bar.spans.end.tolist() == [(NOON + HOUR).timestamp() + 1]
    assert "O1" in bar.said.en
    assert "6.0 km" in bar.said.en


def test_the_buffer_of_conflicts_widens_it() -> None:
    spans = bar_of(OPERATION, buffer_min=30.0).spans
    assert (spans.end - spans.start).tolist() == [3 * 3600 + 1]


@pytest.mark.parametrize(
    "operation",
    [
        replace(OPERATION, start=None),
        replace(OPERATION, end=None),
        replace(OPERATION, valid_until=AS_OF - HOUR),
    ],
)
def test_without_hours_that_hold_one_asks(operation: Operation) -> None:
    assert known_window(operation, AS_OF) is None
    bar = bar_of(operation)
    assert bar.effect == "ask"
    situation = known(operation)
    slots = slots_of(situation, option_of(World()), days=1)
    leaving = [slot for slot in slots if slot.verdict == "in"]
    assert leaving
    assert all(bar.said in [note.said for note in slot.notes] for slot in leaving)


def conflicts_of(situation: Situation, slot: Slot) -> list[str]:
    """Answers of C2 for a movement that files the departure of a slot."""
    depart = TimeSpan(earliest=slot.depart, latest=slot.depart)
    asked = replace(situation.request, depart=depart)
    plan = plan_movement(situation.picture, asked, situation.config)
    week = Week(picture=situation.picture, plans=(plan,), config=situation.config)
    return [one.answer for one in closures(week).conflicts]


def test_a_departure_that_c2_would_find_never_leaves() -> None:
    world = World(halts=())
    situation = known(world=world)
    slots = slots_of(situation, option_of(world), days=1)
    leaving = [slot for slot in slots if slot.verdict == "in"][::3]
    barred = [slot for slot in slots if any("O1" in one.said.en for one in slot.reasons)]
    assert leaving
    assert barred
    assert not any("conflict" in conflicts_of(situation, slot) for slot in leaving)
    assert any("conflict" in conflicts_of(situation, slot) for slot in barred[::3])


@pytest.mark.parametrize("announced", [True, False])
def test_the_search_over_time_knows_it_too(*, announced: bool) -> None:
    """The road round an operation that lasts for weeks is the only one that arrives."""
    network = town(
        "A-----B\n|     |\n|     |\nC-----D", cell_m=6_000, roads={"C-D": {"surface": "laterite"}}
    )
    there = replace(
        OPERATION, stretches=(("B-D", 0.0, 0.1),), start=NOON - 24 * HOUR, end=NOON + 900 * HOUR
    )
    roads = situation(network, operations=(there,) if announced else ())
    way = tuple((network.segment_index[key], True) for key in ("A-B", "B-D"))
    other = search_roads(roads, [build_route(roads, way, letter="A")]).other
    assert (other.via, other.gain) == (("A", "C", "D"), "arrives") if announced else other is None


def test_what_lies_beyond_a_halt_that_is_not_reached_is_no_reason() -> None:
    """Who leaves too late for the first halt is told that, not of a road that he would come to at night."""
    world = World(halts=("B",))
    long = replace(OPERATION, stretches=(("C-D", 0.0, 1.0),), end=NOON + 24 * HOUR)
    slots = slots_of(known(long, world), option_of(world), days=1)
    out = [slot for slot in slots if slot.depart.hour == 18]  # after dark
    assert out
    assert not any("O1" in one.said.en for slot in out for one in slot.reasons)
