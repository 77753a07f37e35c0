"""Alternatives side by side: figures where something is driven, whom to ask where not, never an escort."""

from __future__ import annotations

from datetime import timedelta

import pytest
from planning.two_ways import LONGER, on
from planning.worlds import AS_OF, CONFIG, MORNING, Row, incidents, picture, request, source

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.model import Alternative, MovementPlan, MovementRequest, RoadStatus
from cmcoord_geo.planning import plan_movement, refused_plan

HOUR = timedelta(hours=1)
NEVER_DRIVEN = ["air", "programme", "wait", "people"]


def plan(*rows: Row, asked: MovementRequest | None = None, **more) -> MovementPlan:
    asked = asked or request("A", "D")
    known = incidents(on(LONGER, "A-B", 3), source=source("ambush"))
    here = picture(LONGER, *rows, incidents=known, **more)
    try:
        return plan_movement(here, asked, CONFIG, with_questions=True)
    except NoRouteError as error:
        return refused_plan(here, asked, CONFIG, error.said, with_questions=True)


def of(found: MovementPlan, family_id: str) -> Alternative:
    (one,) = [each for each in found.alternatives if each.family_id == family_id]
    return one


def test_families_stand_in_one_order_and_none_is_an_escort() -> None:
    found = plan()
    families = [one.family_id for one in found.alternatives]
    assert families == ["asked", "road", "time", "patrol", *NEVER_DRIVEN]
    assert "escort" not in " ".join(families)


def test_driven_ones_have_the_figures_of_their_option() -> None:
    found = plan()
    kept, other = found.options
    asked, road = of(found, "asked"), of(found, "road")
    for one, option in ((asked, kept), (road, other)):
        assert (one.letter, one.place_ids) == (option.letter, option.place_ids)
        assert one.drive_h == option.drive_h
        assert one.exposure == option.exposure
        assert one.with_confirmed == option.exposure_confirmed
        assert one.with_offered == option.exposure_with_patrols
        assert one.unpatrolled_km == option.unpatrolled_km
    assert road.said == found.set_aside[0].reasons


def test_another_slot_has_the_figures_of_its_own_time() -> None:
    """The patrol would be met at the hour asked for; a later start has it behind."""
    met = Row(segment_id="C-D", start=MORNING, end=MORNING + 3 * HOUR)
    also = Row(segment_id="B-D", start=MORNING, end=MORNING + 3 * HOUR)
    found = plan(met, also)
    asked, slot = of(found, "asked"), of(found, "time")
    assert asked.meetings == 1
    assert slot.meetings == 0
    assert slot.depart is not None
    assert slot.depart.earliest == slot.depart.latest != asked.depart.earliest
    assert slot.exposure == asked.exposure
    assert slot.with_offered is not None
    assert asked.with_offered is not None
    assert slot.with_offered.mean <= asked.with_offered.mean
    assert "possible meetings 1 → 0" in slot.said[0].en
    assert "no timetable" in slot.said[-1].en


def test_another_slot_is_one_that_depart_offers_and_within_a_week() -> None:
    """Patrols on each of the first four days are met from morning to evening: only later is nobody there."""
    day = timedelta(days=1)
    rows = [
        Row(
            segment_id=key,
            start=MORNING + n * day,
            end=MORNING + n * day + 11 * HOUR,
            composition="mixed",
        )
        for n in range(4)
        for key in ("C-D", "B-D")
    ]
    slot = of(plan(*rows), "time")
    assert slot.meetings == 0
    assert slot.depart is not None
    assert 4 <= (slot.depart.earliest.date() - MORNING.date()).days < 7


def test_a_window_that_is_as_good_as_any_says_so_and_gives_no_row() -> None:
    slot = of(plan(), "time")
    assert slot.drive_h is slot.exposure is None
    assert "slots are alike, the one asked for among them" in slot.said[0].en


def test_where_no_departure_arrives_the_row_says_that() -> None:
    late = request("A", "D", arrive_by=MORNING + timedelta(minutes=10))
    slot = of(plan(asked=late), "time")
    assert slot.drive_h is None
    assert slot.said[0].en == "No: no departure arrives in the days looked at."


def test_a_patrol_at_best_covers_all_and_only_lowers() -> None:
    found = plan()
    at_best = of(found, "patrol")
    assert at_best.with_offered is None
    assert at_best.unpatrolled_km is None
    assert at_best.exposure is not None
    assert at_best.with_confirmed is not None
    floor = CONFIG.patrol.floor
    assert at_best.with_confirmed.mean == pytest.approx(floor * at_best.exposure.mean)
    assert "no forecast" in at_best.said[-1].en


def test_each_hangs_on_the_questions_that_lie_on_it() -> None:
    stale = [
        RoadStatus(
            report_id=key, segment_id=key, state="open", reported_at=AS_OF - 50 * HOUR,
            expires_at=AS_OF - HOUR,
        )
        for key in ("A-B", "C-D")
    ]  # fmt: skip
    found = plan(status=tuple(stale))
    by_way = {
        one.place_ids[1]: one for one in found.alternatives if one.family_id in {"asked", "road"}
    }
    assert by_way["B"].unknown == ("road:A-B",)
    assert by_way["C"].unknown == ("road:C-D",)


def test_who_drives_nothing_says_whom_to_ask() -> None:
    found = plan()
    for key in NEVER_DRIVEN:
        one = of(found, key)
        assert one.drive_h is one.exposure is None
        assert one.said
        assert one.ask is not None


def test_without_a_road_what_would_open_one_stands_there() -> None:
    shut = tuple(
        RoadStatus(report_id=key, segment_id=key, state="closed", reported_at=AS_OF - HOUR)
        for key in ("B-D", "C-D")
    )
    found = plan(status=shut)
    assert [one.family_id for one in found.alternatives] == ["road", *NEVER_DRIVEN]
    assert of(found, "road").unknown == tuple(one.question_id for one in found.questions or ())
    assert of(found, "road").unknown
