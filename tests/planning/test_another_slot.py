"""The hour of "another slot" is one, whichever command names it."""

from __future__ import annotations

from datetime import timedelta

from planning.week_slots import CONFIG, exercise, plans
from planning.worlds import MORNING, ROW, Row, request
from planning.worlds import picture as picture_of

from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.another_slot import another_slot
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.slot_choice import departures_of

HOUR = timedelta(hours=1)


def test_plan_alternatives_and_departures_name_the_same_hour() -> None:
    """However many days of departures somebody asks for, from a week on."""
    named = 0
    for plan in plans()[:5]:
        here = situation_of(exercise(), plan.request, CONFIG)
        asked = plan_movement(exercise(), plan.request, CONFIG, with_questions=True)
        family = next(one for one in asked.families if one.family_id == "time")
        row = next(one for one in asked.alternatives or () if one.family_id == "time")
        assert family.said == row.said[: len(family.said)] or row.depart is None
        assert (family.finding == "possible") == (row.depart is not None)
        if row.depart is None:
            continue
        named += 1
        for days in (7, 14):
            found = departures_of(here, plan.options[0], days=days, expires_at=plan.expires_at)
            assert found.offered[0].depart == row.depart.earliest
        local = found.offered[0].depart
        assert f"{local:%H:%M}" in family.said[0].en
    assert named >= 2


def test_nothing_better_is_said_where_nobody_is_met() -> None:
    quiet = plan_movement(picture_of(ROW), request(), CONFIG)
    here = situation_of(picture_of(ROW), request(), CONFIG)
    found = another_slot(here, quiet)
    assert found.slot is None
    assert "alike" in found.more[0].en


def test_a_slot_without_the_patrol_is_named_against_one_that_meets_it() -> None:
    during = Row(start=MORNING, end=MORNING + 4 * HOUR)
    known = picture_of(ROW, during)
    plan = plan_movement(known, request(), CONFIG)
    found = another_slot(situation_of(known, request(), CONFIG), plan)
    assert found.slot is not None
    assert found.slot.meetings == 0
    assert "possible meetings 1 → 0" in found.said[0].en
    assert plan.families[1].said == found.said


def test_announced_roads_are_told_beside_meetings() -> None:
    """EX-M09 is on its way when a report ends; some slots are not."""
    plan = next(one for one in plans() if one.request.movement_id == "EX-M09")
    here = situation_of(exercise(), plan.request, CONFIG)
    found = another_slot(here, plan)
    assert found.slot is not None
    assert found.slot.announced == 0
    assert any("Announcements" in words.en for words in found.said)
