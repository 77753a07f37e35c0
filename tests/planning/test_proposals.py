"""Changes proposed for a week: planned again, they leave no conflict but those said to stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.conflicts.worlds import HOUR, PATROL, moved, week
from planning.worlds import AS_OF, CONFIG, MORNING, Row

from cmcoord_geo.config import ProposalConfig
from cmcoord_geo.facts import data_dir
from cmcoord_geo.io import read_picture
from cmcoord_geo.model import Conflict, MovementPlan, Route, Stop, ViaPoint
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.conflicts import Week, week_conflicts
from cmcoord_geo.planning.proposals import Proposal, propose_changes
from cmcoord_geo.service import plan_week

KINDS = {"C1", "C2", "C6", "C7", "C9", "C10"}
_WEEK = read_picture(data_dir() / "exercise")
_TAKEN = {"EX-M01", "EX-M02", "EX-M03", "EX-M06", "EX-M07", "EX-M09"}
EXERCISE = replace(
    _WEEK, movements=tuple(one for one in _WEEK.movements if one.movement_id in _TAKEN)
)
FILED = Week(picture=EXERCISE, plans=plan_week(EXERCISE, CONFIG), config=CONFIG)
FOUND = propose_changes(FILED)


def planned_again(plan: MovementPlan, change: Proposal | None) -> MovementPlan:
    """Plan of the request as it is written back: its first option is the road proposed."""
    if change is None:
        return plan
    if change.halt_id:
        return stood(plan, change)
    via = tuple(ViaPoint(place_id=key) for key in change.via or ()) or plan.request.via
    request = replace(plan.request, depart=change.depart, via=via)
    then = plan_movement(EXERCISE, request, CONFIG)
    (road,) = (roads(option) for option in plan.options if option.letter == change.letter)
    assert roads(then.options[0]) == road, change
    return replace(then, options=then.options[:1])


def roads(option: Route) -> list[str]:
    return [leg.segment_id for leg in option.legs]


def stood(plan: MovementPlan, change: Proposal) -> MovementPlan:
    """Plan with the stand that is proposed."""
    (option,) = (one for one in plan.options if one.letter == change.letter)
    road = [leg.segment_id for leg in option.legs]
    arrival = option.legs[option.place_ids.index(change.halt_id) - 1].leave.earliest
    until = arrival.replace(hour=19, minute=0) if not change.wait_min else None
    minutes = change.wait_min if until is None else (until - arrival) / timedelta(minutes=1)
    stops = (*plan.request.stops, Stop(place_id=change.halt_id, minutes=minutes))
    then = plan_movement(EXERCISE, replace(plan.request, stops=stops), CONFIG)
    kept = [one for one in then.options if [leg.segment_id for leg in one.legs] == road]
    assert kept, change
    return replace(then, request=plan.request, options=tuple(kept))


def other_of(conflict: Conflict) -> str:
    """Other party of a conflict as a proposal names it: of two convoys, the spot."""
    if conflict.kind == "C7":
        spot = f"place {conflict.place_id}" if conflict.place_id else ""
        return spot or f"crossing {conflict.crossing_id}"
    return conflict.patrol_id or conflict.other_id or conflict.segment_id


@pytest.mark.parametrize("answer", FOUND.answers)
def test_planned_again_only_what_is_said_to_stand_is_left(answer: tuple[Proposal, ...]) -> None:
    changes = {change.movement_id: change for change in answer}
    plans = [planned_again(plan, changes.get(plan.request.movement_id)) for plan in FILED.plans]
    rulings = week_conflicts(replace(FILED, plans=tuple(plans)))
    left = {
        (conflict.kind, conflict.movement_id, other_of(conflict))
        for ruling in rulings
        if ruling.kind in KINDS
        for conflict in ruling.conflicts
        if conflict.answer == "conflict" and conflict.movement_id  # not of two activities
    }
    assert left == {(one.kind, one.movement_ids[-1], one.other) for one in FOUND.standing}
    removed = {(kind, one.movement_id, other) for one in answer for kind, other in one.removes}
    assert not removed & left
    assert FOUND.is_proven


def test_each_change_names_what_it_removes_and_starts_by_day_after_the_cutoff() -> None:
    for change in FOUND.answers[0]:
        assert change.shift_min or change.cut_min or change.is_other_road or change.halt_id
        assert change.removes
        assert change.depart.earliest > EXERCISE.as_of
        assert change.depart.earliest < change.depart.latest


def test_names_of_organisations_change_nothing() -> None:
    """Priority never goes by organisation (DOMAIN.md 3.2)."""
    names = {plan.request.organisation for plan in FILED.plans}
    others = dict(zip(sorted(names), sorted(names, reverse=True), strict=True))
    consents = tuple(
        replace(one, organisation=others.get(one.organisation, one.organisation))
        for one in EXERCISE.consents
    )
    renamed = tuple(
        replace(plan, request=replace(plan.request, organisation=others[plan.request.organisation]))
        for plan in FILED.plans
    )
    picture = replace(EXERCISE, consents=consents)
    assert propose_changes(replace(FILED, picture=picture, plans=renamed)) == FOUND


def test_a_patrol_met_moves_the_movement_as_little_as_can_be() -> None:
    seen = week(PATROL)
    (change,) = propose_changes(seen).answers[0]
    assert (change.movement_id, change.letter, change.is_other_road) == ("M1", "A", False)
    assert change.removes == (("C1", "P1"),)
    step = timedelta(minutes=CONFIG.proposal.step_min)
    smaller = replace(
        CONFIG, proposal=ProposalConfig(days_later=0, most_h=(abs(change.shift_min) - 30) / 60)
    )
    assert abs(change.shift_min) * timedelta(minutes=1) % step == timedelta(0)
    assert propose_changes(replace(seen, config=smaller)).standing[0].kind == "C1"


@pytest.mark.parametrize(("by_h", "is_offered"), [(9, True), (8, False), (6, False)])
def test_no_run_arrives_after_the_hour_asked_for(*, by_h: int, is_offered: bool) -> None:
    """Free of the patrol it arrives after 9 h; that it is late as filed, after 7, does not permit this."""
    seen = week(PATROL, requests=(moved(arrive_by=MORNING + by_h * HOUR),))
    assert seen.plans[0].options[0].slow.times[-1] == MORNING + 7 * HOUR
    found = propose_changes(seen)
    assert bool(found.answers[0]) == is_offered
    assert [one.kind for one in found.standing] == ([] if is_offered else ["C1"])


def test_shifts_count_from_what_was_filed_where_that_is_before_first_light() -> None:
    """Filed at 4, it leaves at first light: the shift is told from 4."""
    seen = week(PATROL, requests=(moved(depart=MORNING - 3 * HOUR, window=4 * HOUR),))
    (change,) = propose_changes(seen).answers[0]
    filed = seen.plans[0].request.depart.earliest
    assert seen.plans[0].options[0].fast.times[0] > filed
    assert change.shift_min == (change.depart.earliest - filed) // timedelta(minutes=1)


def test_who_moves_is_told_for_whom() -> None:
    late, early = (
        replace(moved(name, "A", "D", vehicle="truck_6x6"), submitted_at=AS_OF - hours * HOUR)
        for name, hours in (("M1", 1), ("M2", 5))
    )
    (change,) = propose_changes(week(requests=(late, early))).answers[0]
    assert change.room_for == ("M2",)


def test_nothing_to_change_where_nothing_is_met() -> None:
    found = propose_changes(week())
    assert (found.answers, found.standing, found.is_proven) == (((),), (), True)


def test_a_patrol_without_times_is_not_traded_for_one_that_is_met() -> None:
    """Unknown is not free: no change is offered that would bring it, none is asked for because of it."""
    found = propose_changes(week(Row()))
    assert (found.answers, found.standing) == (((),), ())


def test_the_first_filed_stays() -> None:
    """Two movements sleep at one place: who filed later is asked to move, whatever their names are."""
    late, early = (
        replace(moved(name, "A", "D", vehicle="truck_6x6"), submitted_at=AS_OF - hours * HOUR)
        for name, hours in (("M1", 1), ("M2", 5))
    )
    found = propose_changes(week(requests=(late, early)))
    assert {change.movement_id for change in found.answers[0]} == {"M1"}
    first = propose_changes(week(requests=(replace(late, submitted_at=AS_OF - 9 * HOUR), early)))
    assert {change.movement_id for change in first.answers[0]} == {"M2"}


def test_a_window_that_ends_sooner_frees_it_where_the_whole_one_arrives_a_day_late() -> None:
    """At the end of the whole window nobody reaches B by day any more; half an hour before, it does."""
    patrol = Row(segment_id="A-B", start=MORNING - HOUR, end=MORNING + 5.5 * HOUR)
    asked = moved(destination="B", window=3 * HOUR, arrive_by=MORNING + 10 * HOUR)
    (change,) = propose_changes(week(patrol, requests=(asked,))).answers[0]
    assert change.cut_min > 0
    assert change.removes == (("C1", "P1"),)
    assert change.depart.earliest == MORNING + change.shift_min * timedelta(minutes=1)
    width = change.depart.latest - change.depart.earliest
    assert width + change.cut_min * timedelta(minutes=1) == 3 * HOUR


def test_no_change_makes_a_pattern_with_the_weeks_before_and_one_ends_it() -> None:
    """Three Wednesdays at 9: what meets a patrol at 7 is not moved there, and what leaves at 9 is moved."""
    nine = MORNING + 2 * HOUR
    before = tuple(
        moved(f"E{weeks}", depart=nine - timedelta(weeks=weeks)) for weeks in range(1, 4)
    )
    patrol = Row(segment_id="A-B", start=MORNING - HOUR, end=MORNING + 1.5 * HOUR)
    for start, rows in ((MORNING, (patrol,)), (nine, ())):
        asked = moved(destination="D", depart=start)
        (change,) = propose_changes(week(*rows, requests=(asked,), earlier=before)).answers[0]
        assert abs(change.depart.earliest - nine) >= HOUR
    assert change.removes == (("C11", "A"),)


def test_presence_that_a_change_loses_is_counted() -> None:
    """P1 passed in the morning before; P2 is met, and a day later nothing of P1 is fresh."""
    passed = Row(
        segment_id="A-B", start=AS_OF - 8 * HOUR, end=AS_OF - 6 * HOUR, passed=AS_OF - 6 * HOUR
    )
    met = Row(
        patrol_id="P2", start=MORNING - 2 * HOUR, end=MORNING + 14 * HOUR, composition="other"
    )
    (change,) = propose_changes(week(met, passed)).answers[0]
    assert change.shift_min > 20 * 60
    assert change.fresh_km == (pytest.approx(105), 0)
