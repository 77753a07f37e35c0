"""A plan meets what touches its roads, each with its version; what changes there is named (DOMAIN.md 3.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.worlds import AS_OF, CONFIG, MORNING, ROW, Row, incidents, picture, request, source
from towns import town

from cmcoord_geo.model import (
    AvoidArea,
    Conflict,
    CorridorRequest,
    CorridorResponse,
    MovementPlan,
    Operation,
    RoadStatus,
    Span,
    TimeSpan,
)
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.versions import Change, changes, versions_met

OPEN = RoadStatus(report_id="R1", segment_id="A-B", state="open", reported_at=AS_OF)
LON, LAT = float(ROW.lon[1]), float(ROW.lat[1])
ROUND_B = AvoidArea(
    area_id="Z1",
    name="Z1",
    effect="cost",
    min_per_km=0.1,
    until=MORNING + timedelta(days=3),
    polygons=(
        (
            (
                (LON - 0.1, LAT - 0.1),
                (LON + 0.1, LAT - 0.1),
                (LON, LAT + 0.2),
                (LON - 0.1, LAT - 0.1),
            ),
        ),
    ),
)
SEEN = picture(
    ROW,
    Row(start=MORNING, end=MORNING),
    incidents=incidents([("ambush", LON, LAT, AS_OF)], source=source()),
    status=(OPEN,),
    areas=(ROUND_B,),
)


def plan(seen: OperationalPicture, origin: str = "A", key: str = "M1") -> MovementPlan:
    return plan_movement(seen, replace(request(origin), movement_id=key), CONFIG)


PLAN = plan(SEEN)
ROW_MEETING = Conflict(
    conflict_id="C1:M1:P1", kind="C1", answer="unknown", movement_id="M1", patrol_id="P1",
    segment_id="A-B", fraction=Span(low=0.0, high=1.0),
    window=TimeSpan(earliest=MORNING, latest=MORNING + timedelta(hours=1)),
)  # fmt: skip
OTHER = plan(SEEN, "B", "M2")
MET = versions_met(SEEN, PLAN, [PLAN, OTHER])


def after(seen: OperationalPicture, *others: MovementPlan) -> list[tuple[str, str, str]]:
    """What changed of all that is met; what the plan itself says is asked of :func:`replanned`."""
    now = versions_met(seen, plan(seen), others or [PLAN, OTHER])
    return [(one.change, one.kind, one.key) for one in changes(MET, now) if one.kind != "plan"]


def replanned(then: MovementPlan) -> list[tuple[str, ...]]:
    """Fields of the plan itself that are not as they were."""
    now = versions_met(SEEN, then, [PLAN, OTHER])
    return [one.fields for one in changes(MET, now) if one.kind == "plan"]


def test_everything_on_its_roads_is_met_and_nothing_twice() -> None:
    assert [(one.kind, one.key) for one in MET] == [
        ("area", "Z1"), ("closure", "R1"), ("incidents", "S"),
        ("movement", "M1"), ("movement", "M2"), ("patrol", "P1"), ("plan", "M1"),
    ]  # fmt: skip
    assert after(SEEN) == []


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({"status": (replace(OPEN, state="restricted"),)}, [("changed", "closure", "R1")]),
        ({"status": (replace(OPEN, expires_at=MORNING),)}, [("changed", "closure", "R1")]),
        ({"status": ()}, [("gone", "closure", "R1")]),
        ({"areas": (replace(ROUND_B, min_per_km=0.2),)}, [("changed", "area", "Z1")]),
        (
            {
                "incidents": incidents(
                    [("ambush", LON, LAT, AS_OF), ("ambush", LON, LAT, AS_OF)], source=source()
                )
            },
            [("changed", "incidents", "S")],
        ),
    ],
)
def test_a_change_is_named(what: dict[str, object], expected: list[tuple[str, str, str]]) -> None:
    assert after(replace(SEEN, **what)) == expected  # type: ignore[arg-type]


def test_a_patrol_answer_is_named() -> None:
    passed = picture(ROW, Row(start=MORNING, end=MORNING, passed=AS_OF)).patrols
    assert after(replace(SEEN, patrols=passed)) == [("changed", "patrol", "P1")]


def test_what_changed_in_it_is_named_by_field() -> None:
    seen = replace(SEEN, status=(replace(OPEN, state="restricted", expires_at=MORNING),))
    (change,) = [one for one in changes(MET, versions_met(seen, PLAN)) if one.kind == "closure"]
    assert change.fields == ("state", "expires_at")
    moved = picture(ROW, Row(start=MORNING, end=MORNING + timedelta(hours=1))).patrols
    now = versions_met(replace(SEEN, patrols=moved), PLAN)
    assert [one.fields for one in changes(MET, now) if one.kind == "patrol"] == [("end_s",)]
    old = tuple(replace(one, fields=()) for one in MET)
    assert {one.fields for one in changes(old, now) if one.kind == "patrol"} == {()}


def test_a_patrol_met_beside_its_roads_is_named() -> None:
    """C1 meets at halts and on roads near by too: who acknowledged must have seen that patrol."""
    (option,) = PLAN.options
    seen = picture(town("A-B-C-D E-F", cell_m=52_500), Row(patrol_id="P9", segment_id="E-F"))
    met = replace(ROW_MEETING, patrol_id="P9")
    near = replace(PLAN, options=(replace(option, conflicts=(met,)),))
    kinds = {(one.kind, one.key) for one in versions_met(seen, near)}
    assert ("patrol", "P9") in kinds
    assert ("patrol", "P9") not in {(one.kind, one.key) for one in versions_met(seen, PLAN)}


def test_whatever_moves_the_exposure_from_afar_sends_it_back() -> None:
    """Records of a whole prefecture lie near no road; a day's fading of old ones is no change."""
    (option,) = PLAN.options
    index = option.exposure
    for high, expected in ((1.2 * index.high, [("exposure",)]), (1.0001 * index.high, [])):
        moved = replace(option, exposure=replace(index, high=high))
        assert replanned(replace(PLAN, options=(moved,))) == expected


def test_a_record_without_a_position_stops_nothing() -> None:
    nowhere = incidents(
        [("ambush", LON, LAT, AS_OF), ("clash", float("nan"), float("nan"), AS_OF)], source=source()
    )
    assert after(replace(SEEN, incidents=nowhere)) == []


def test_another_way_and_other_hours_are_named() -> None:
    assert replanned(PLAN) == []
    assert replanned(replace(PLAN, options=OTHER.options))[0][:2] == ("way", "hours")
    later = plan_movement(SEEN, request(depart=MORNING + timedelta(hours=1)), CONFIG)
    assert replanned(replace(PLAN, options=later.options)) == [("hours",)]


OPERATION = Operation(operation_id="O1", stretches=(("B-C", 0.0, 1.0),), start=MORNING, end=MORNING)
CORRIDOR = CorridorRequest(
    corridor_id="K7", segment_ids=("B-C",), presence=("area_presence",), accepts_mixed=False,
    window=TimeSpan(earliest=MORNING, latest=MORNING + timedelta(hours=6)), priority=2,
    issued_at=AS_OF,
)  # fmt: skip
CANNOT = CorridorResponse(corridor_id="K7", answer="cannot")


def test_an_announced_operation_is_named() -> None:
    assert after(replace(SEEN, operations=(OPERATION,))) == [("new", "operation", "O1")]
    elsewhere = replace(OPERATION, stretches=(("X-Y", 0.0, 1.0),))
    assert after(replace(SEEN, operations=(elsewhere,))) == []


def test_an_answer_about_a_corridor_is_named_also_when_it_says_no() -> None:
    asked = replace(SEEN, corridors=(CORRIDOR,))
    assert after(asked) == []
    assert after(replace(asked, responses=(CANNOT,))) == [("new", "answer", "K7")]
    before = versions_met(replace(asked, responses=(CANNOT,)), PLAN)
    for told, expected in (
        (replace(CANNOT, received_at=AS_OF, relayed_at=AS_OF, read_at=AS_OF), []),
        (replace(CANNOT, answer="can"), [("changed", "answer", "K7")]),
    ):
        now = versions_met(replace(asked, responses=(told,)), PLAN)
        assert [(one.change, one.kind, one.key) for one in changes(before, now)] == expected


def test_what_answers_a_corridor_is_named_once() -> None:
    """An offer is a patrol under the name of its corridor: the answer stands for both."""
    offer = picture(ROW, Row(start=MORNING, end=MORNING), Row(patrol_id="K7")).patrols
    seen = replace(
        SEEN, corridors=(CORRIDOR,), responses=(replace(CANNOT, answer="can"),), patrols=offer
    )
    assert after(seen) == [("new", "answer", "K7")]


def test_another_movement_at_one_halt_is_met_although_it_shares_no_road() -> None:
    """Two roads cross in B, and both movements sleep there."""
    cross = town("  E\n  |\nA-B-C-D\n  |\n  F\n  |\n  G", cell_m=52_500)
    seen, late = picture(cross), MORNING + timedelta(hours=5)
    one, two = (
        plan_movement(seen, replace(request(*ends, depart=late), movement_id=key), CONFIG)
        for key, ends in (("M1", ("A", "D")), ("M2", ("E", "G")))
    )
    met = {version.key for version in versions_met(seen, one, [one, two])}
    assert met == {"M1", "M2"}
    early = plan_movement(seen, replace(two.request, depart=request().depart), CONFIG)
    assert {version.key for version in versions_met(seen, one, [one, early])} == {"M1"}


def test_another_movement_on_the_same_road_is_named_when_it_comes_changes_or_goes() -> None:
    later = plan_movement(SEEN, replace(OTHER.request, persons=9), CONFIG)
    assert after(SEEN, PLAN, later) == [("changed", "movement", "M2")]
    assert after(SEEN, PLAN) == [("gone", "movement", "M2")]
    assert after(SEEN, OTHER, plan(SEEN, "C", "M3")) == [("new", "movement", "M3")]


def test_what_lies_elsewhere_sends_nobody_back() -> None:
    two = town("A-B-C-D E-F", cell_m=52_500)
    near = replace(SEEN, network=two)
    far = replace(
        near,
        status=(OPEN, replace(OPEN, report_id="R2", segment_id="E-F", state="closed")),
        incidents=incidents(
            [("ambush", LON, LAT, AS_OF), ("clash", LON, LAT + 3, AS_OF)], source=source()
        ),
    )
    before = versions_met(near, plan(near))
    assert changes(before, versions_met(far, plan(far))) == ()


def test_never_acknowledged_is_all_new() -> None:
    assert {one.change for one in changes((), MET)} == {"new"}
    assert changes(MET, ())[0] == Change(change="gone", kind="area", key="Z1")
