"""A change written back: the plan of the new hours keeps the road proposed, with the places it names."""

from __future__ import annotations

from dataclasses import replace

from planning.conflicts.worlds import HOUR, moved, week
from planning.worlds import AS_OF, CONFIG, MORNING, Row
from towns import town

from cmcoord_geo.model import RoadStatus, ViaPoint
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.conflicts import Week, week_conflicts
from cmcoord_geo.planning.kept_road import places_to_keep
from cmcoord_geo.planning.proposals import propose_changes

#: The way by C and E is the longer; that by B is shut until noon of the day of departure.
SQUARE = town("A-B-D\n|   |\nC---E", cell_m=15_000)
SHUT = RoadStatus(
    report_id="R1",
    segment_id="A-B",
    state="closed",
    reported_at=AS_OF - HOUR,
    expires_at=MORNING + 5 * HOUR,
)
PATROL = Row(segment_id="C-E", start=MORNING - 2 * HOUR, end=MORNING + 12 * HOUR)


def lapsing() -> Week:
    return week(PATROL, network=SQUARE, requests=(moved(),), status=(SHUT,))


def test_a_closure_that_lapses_gives_the_plan_another_road_and_the_proposal_names_a_place() -> None:
    seen = lapsing()
    (plan,) = seen.plans
    assert plan.options[0].place_ids == ("A", "C", "E", "D")
    (change,) = propose_changes(seen).answers[0]
    assert not change.is_other_road
    assert change.via == ("C", "E")  # by C alone it would turn back to B
    without, within = (
        plan_movement(
            seen.picture,
            replace(
                plan.request,
                depart=change.depart,
                via=tuple(ViaPoint(place_id=key) for key in places),
            ),
            CONFIG,
        )
        for places in ((), change.via or ())
    )
    assert without.options[0].place_ids == ("A", "B", "D")
    assert within.options[0].place_ids == ("A", "C", "E", "D")
    again = week_conflicts(replace(seen, plans=(within,)))
    assert not [one for ruling in again if ruling.kind == "C1" for one in ruling.conflicts]


def test_nothing_is_to_be_written_where_the_plan_keeps_the_road_anyway() -> None:
    seen = week(network=SQUARE, requests=(moved(),))
    (plan,) = seen.plans
    assert places_to_keep(seen, plan, plan.options[0], plan.request.depart) == ()


def test_no_place_keeps_a_road_that_is_shut() -> None:
    seen = lapsing()
    open_then = week(network=SQUARE, requests=(moved(),)).plans[0].options[0]
    assert places_to_keep(seen, seen.plans[0], open_then, seen.plans[0].request.depart) is None
