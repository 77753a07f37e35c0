"""A departure meets whom the conflicts of a week would name if it were made: C1 and C2, sure and unknown."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from planning.slot_worlds import WAY, World, option_of
from planning.week_slots import every_option, plans
from planning.worlds import MORNING, Row

from cmcoord_geo.config import ConflictConfig
from cmcoord_geo.model import Operation, Stop, TimeSpan
from cmcoord_geo.planning.conflicts import Week
from cmcoord_geo.planning.conflicts.copresence import closures, copresence
from cmcoord_geo.planning.returns import with_returns
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.situation import Situation, situation_of
from cmcoord_geo.planning.slots import Slot, slots_of, way_of
from cmcoord_geo.planning.ways import Way

CASES = int(os.environ.get("CMCOORD_CAMPAIGN", "8"))
HOUR = timedelta(hours=1)
Counts = tuple[int | None, int | None, int | None, int | None]


def told(slot: Slot) -> Counts:
    return slot.meetings, slot.unknown_meetings, slot.closures, slot.unknown_closures


def found(here: Situation, way: Way, slot: Slot) -> Counts:
    """What the rules of a week say of the movement if it left at a slot."""
    depart = TimeSpan(earliest=slot.depart, latest=slot.depart)
    asked = replace(here.request, depart=depart)
    there = situation_of(here.picture, asked, here.config)
    (route,) = with_returns(there, [build_route(there, way, letter="A")], [way])
    plan = replace(plans()[0], request=asked, options=(route,))
    week = Week(picture=here.picture, plans=(plan,), config=here.config)
    counts = []
    for rule in (copresence, closures):
        answers = [one.answer for one in rule(week).conflicts]
        counts += [answers.count("conflict"), answers.count("unknown")]
    assert route.conflicts == copresence(week).conflicts
    assert slot.unpatrolled_km is not None
    assert abs(slot.unpatrolled_km - route.unpatrolled_km) < 1e-6
    return counts[0], counts[1], counts[2], counts[3]


def test_departures_of_the_exercise_meet_whom_its_conflicts_name() -> None:
    seen: list[Counts] = []
    for here, option in every_option():
        slots = [slot for slot in slots_of(here, option, days=14) if slot.verdict == "in"]
        for slot in slots[:: max(1, 400 // CASES)]:
            seen.append(found(here, way_of(here.network, option), slot))
            assert told(slot) == seen[-1], (here.request.movement_id, slot.depart)
    assert len(seen) > 50
    assert all(any(one[column] for one in seen) for column in (0, 3))


starts = st.integers(-4, 60).map(lambda n: MORNING + n * timedelta(minutes=35))
rows = st.builds(
    lambda start, hours, segment, low, length, patrol: Row(
        patrol_id=patrol, segment_id=segment, stretch=(low, min(1.0, low + length)),
        start=start, end=start + hours * HOUR,
    ),
    starts, st.sampled_from([0.0, 0.5, 3.0]), st.sampled_from(["A-B", "B-C", "C-D", "D-E"]),
    st.sampled_from([0.0, 0.3, 1.0]), st.sampled_from([0.0, 0.2, 1.0]),
    st.sampled_from(["P1", "P2"]),
)  # fmt: skip
worlds = st.builds(
    World,
    leg_km=st.sampled_from([40.0, 140.0]),
    halts=st.sampled_from([("B",), ("B", "C")]),
    ferry_hours=st.sampled_from(["", "07:30-16:00"]),
    stops=st.sampled_from([(), (Stop(place_id="B", minutes=45.0),)]),
    rows=st.lists(st.one_of(rows, rows, st.just(Row())), min_size=1, max_size=4).map(tuple),
)
operations = st.lists(
    st.builds(
        lambda start, hours, segment, number: Operation(
            operation_id=f"O{number}", stretches=((segment, 0.2, 0.6),),
            start=start, end=start + hours * HOUR,
        ),
        starts, st.sampled_from([0.5, 5.0]), st.sampled_from(["A-B", "C-D"]), st.integers(1, 3),
    ),
    max_size=2,
).map(tuple)  # fmt: skip


@settings(max_examples=CASES, deadline=None)
@given(worlds, operations, st.sampled_from([0.0, 1000.0, 30_000.0]), st.sampled_from([0.0, 45.0]))
def test_whatever_is_there(
    world: World, announced: tuple[Operation, ...], separation_m: float, buffer_min: float
) -> None:
    """Halts, stops, ferries, times that are not known, wide distances and buffers."""
    here = world.situation()
    rule = ConflictConfig(separation_m=separation_m, buffer_min=buffer_min)
    here = replace(
        here,
        config=replace(here.config, conflict=rule),
        picture=replace(here.picture, operations=announced),
    )
    inside = [slot for slot in slots_of(here, option_of(world), days=2) if slot.verdict == "in"]
    for slot in inside[::16]:
        assert told(slot) == found(here, WAY, slot), slot.depart


def test_a_patrol_on_a_road_near_by_is_met() -> None:
    """It stands at B on a road that the movement does not take."""
    start = MORNING.replace(hour=0)
    here = World(rows=(Row(segment_id="C-D", start=start, end=start + 72 * HOUR),)).situation()
    short = replace(here, request=replace(here.request, destination="C"))
    way = WAY[:2]
    option = build_route(short, way, letter="A")
    slots = slots_of(short, option, days=1)
    met = {slot.meetings for slot in slots if slot.verdict == "in"}
    assert met == {1}
