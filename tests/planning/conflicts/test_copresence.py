"""C1 and C2: patrols, operations and closures on the road of a movement at the same time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.conflicts.worlds import HOUR, PATROL, moved, parties, week
from planning.worlds import AS_OF, MORNING, ROW, Row
from sharing.week import CONFIG, picture, plans

from cmcoord_geo.config import ConflictConfig
from cmcoord_geo.model import AvoidArea, Operation
from cmcoord_geo.planning.conflicts import Week, find_conflicts
from cmcoord_geo.planning.conflicts.copresence import closures, copresence

#: B-C is passed from 08:12 (fast) to 12:00 (slow).
HALF = 0.5


def test_patrol_on_the_road_at_the_same_time() -> None:
    (found,) = copresence(week(PATROL)).conflicts
    assert (found.kind, found.answer, found.movement_id, found.patrol_id) == (
        "C1",
        "conflict",
        "M1",
        "P1",
    )
    assert found.segment_id == "B-C"
    assert (found.fraction.low, found.fraction.high) == (0.0, 1.0)
    assert found.window.latest == MORNING + 3 * HOUR
    assert found.km > 105  # and what lies within a kilometre of it on the roads beside


def test_a_patrol_before_or_after_is_none() -> None:
    before = Row(start=MORNING - 5 * HOUR, end=MORNING)
    after = Row(start=MORNING + 9 * HOUR, end=MORNING + 12 * HOUR)
    ruling = copresence(week(before, after))
    assert (ruling.conflicts, ruling.answer) == ((), "no_known_conflict")


def test_without_a_window_it_is_unknown_and_without_any_patrol_too() -> None:
    ruling = copresence(week(Row(start=MORNING)))
    assert [one.answer for one in ruling.conflicts] == ["unknown"]
    assert ruling.answer == "unknown"
    assert (copresence(week()).lacking, copresence(week()).answer) == (("patrols",), "unknown")


def test_two_windows_of_one_patrol_are_two_conflicts() -> None:
    later = Row(start=MORNING + 3.5 * HOUR, end=MORNING + 4 * HOUR)
    assert len(copresence(week(PATROL, later)).conflicts) == 2


def test_a_halt_is_shared() -> None:
    """The movement sleeps at C, and a patrol leaves C by the road on which it came, at night."""
    late = moved(depart=MORNING + 5 * HOUR)
    at_night = Row(stretch=(0.99, 1.0), start=MORNING + 14 * HOUR, end=MORNING + 15 * HOUR)
    (found,) = copresence(week(at_night, requests=(late,))).conflicts
    assert found.fraction.high == 1.0


def test_everything_that_a_plan_knows_is_found_for_the_week() -> None:
    """On bundled roads; near roads and halts add to it."""
    known = Week(picture=picture(), plans=plans(), config=CONFIG)
    found = {(one.movement_id, one.patrol_id) for one in copresence(known).conflicts}
    of_plans = {
        (one.movement_id, one.patrol_id)
        for plan in plans()
        for option in plan.options[:1]
        for one in option.conflicts
    }
    assert of_plans
    assert of_plans <= found


def test_a_wider_separation_or_buffer_ends_no_conflict() -> None:
    known = week(PATROL, Row(patrol_id="P2", segment_id="C-D", start=MORNING, end=MORNING + HOUR))
    narrow, wide, long = (
        {
            (one.movement_id, one.patrol_id)
            for one in find_conflicts(ROW, known.movements, known.patrols, config)
        }
        for config in (
            ConflictConfig(separation_m=0.0),
            ConflictConfig(separation_m=5000.0),
            ConflictConfig(separation_m=0.0, buffer_min=240.0),
        )
    )
    assert narrow <= wide
    assert narrow < long


def operation(start: float | None, end: float | None, **more: object) -> Operation:
    moments = (None if one is None else MORNING + one * HOUR for one in (start, end))
    first, last = moments
    return Operation(
        operation_id="O1", stretches=(("B-C", HALF, 1.0),), start=first, end=last, **more
    )


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        (0.0, 3.0, "conflict"),
        (-9.0, 1.0, "no_known_conflict"),
        (9.0, 12.0, "no_known_conflict"),
        (None, 12.0, "unknown"),
        (0.0, None, "unknown"),
    ],
)
def test_an_announced_operation(start: float | None, end: float | None, answer: str) -> None:
    ruling = closures(week(operations=(operation(start, end),)))
    assert ruling.answer == answer
    assert [one.other_id for one in ruling.conflicts] == ["O1"] * (answer != "no_known_conflict")


def test_an_announcement_that_has_run_out_is_unknown_not_none() -> None:
    stale = operation(-30.0, 20.0, valid_until=AS_OF)
    assert closures(week(operations=(stale,))).answer == "unknown"


def test_nobody_gave_a_table_of_operations() -> None:
    assert closures(week()).lacking == ("operations",)
    assert closures(week(operations=())).answer == "no_known_conflict"


def area(since: timedelta, until: timedelta) -> AvoidArea:
    """Square about the middle of B-C."""
    lon, lat = (float(side[1:3].mean()) for side in (ROW.lon, ROW.lat))
    ring = [(-0.1, -0.1), (0.1, -0.1), (0.1, 0.1), (-0.1, 0.1), (-0.1, -0.1)]
    return AvoidArea(
        area_id="A", name="n", effect="closure", min_per_km=0.0,
        since=MORNING + since, until=MORNING + until,
        polygons=((tuple((lon + x, lat + y) for x, y in ring),),),
    )  # fmt: skip


def test_a_movement_inside_an_area_while_it_closes() -> None:
    """The plan was made before the area was known."""
    known = week(operations=())
    late = area(timedelta(hours=1), timedelta(hours=4))
    closed = replace(known, picture=replace(known.picture, areas=(late,)))
    (found,) = closures(closed).conflicts
    assert (found.other_id, found.segment_id) == ("Z1", "B-C")
    assert 0.3 < found.fraction.low < found.fraction.high < 0.7
    before = replace(known, picture=replace(known.picture, areas=(area(-9 * HOUR, -HOUR),)))
    assert closures(before).conflicts == ()


def test_parties_are_named() -> None:
    assert parties(copresence(week(PATROL))) == [("M1", "P1", "conflict")]
