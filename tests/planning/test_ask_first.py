"""What to ask before leaving: each answer is tried, and what changes the choice comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from planning.two_ways import LONGER, on
from planning.worlds import (
    AS_OF,
    CONFIG,
    MORNING,
    ROW,
    Row,
    incidents,
    picture,
    request,
    source,
)

from cmcoord_geo.errors import NoRouteError, PlanningError
from cmcoord_geo.io import read_picture
from cmcoord_geo.model import ForbiddenRoad, MovementPlan, Question, RoadStatus
from cmcoord_geo.planning import plan_movement, refused_plan

EXERCISE = Path(__file__).resolve().parents[2] / "data" / "exercise"
HOUR = timedelta(hours=1)


def report(segment_id: str, state: str, *, age_h: float = 5, **more) -> RoadStatus:
    at = AS_OF - age_h * HOUR
    return RoadStatus(report_id="R1", segment_id=segment_id, state=state, reported_at=at, **more)


def stale(segment_id: str, state: str = "open", **more) -> RoadStatus:
    return report(segment_id, state, age_h=50, expires_at=AS_OF - HOUR, **more)


def plan(network, *rows: Row, status=(), events=(), **more) -> MovementPlan:
    known = picture(
        network, *rows, status=tuple(status), incidents=incidents(events, source=source("ambush"))
    )
    asked = request("A", "D", **more)
    try:
        return plan_movement(known, asked, CONFIG, with_questions=True)
    except NoRouteError as error:
        return refused_plan(known, asked, CONFIG, error.said, with_questions=True)


def of(found: MovementPlan) -> dict[str, Question]:
    assert found.questions is not None
    return {one.question_id: one for one in found.questions}


def test_nothing_unknown_is_no_question() -> None:
    assert plan(ROW).questions == ()
    assert plan_movement(picture(ROW), request(), CONFIG).questions is None


def test_a_stale_report_on_the_only_road_decides_whether_there_is_one() -> None:
    found = of(plan(ROW, status=[stale("B-C", reporter="transporter")]))
    (one,) = found.values()
    assert (one.question_id, one.kind, one.changes_choice) == ("road:B-C", "road", True)
    assert one.letters == ("A",)
    assert one.good.is_as_planned
    assert one.good.place_ids == ("A", "B", "C", "D")
    assert not one.bad.is_as_planned
    assert one.bad.place_ids == ()
    assert "a transporter (report R1)" in one.ask.en
    assert one.km == pytest.approx(105)


def test_a_report_that_ends_before_the_passage_is_unknown_then() -> None:
    ends = report("C-D", "open", expires_at=MORNING + HOUR)
    assert "road:C-D" in of(plan(ROW, status=[ends]))
    assert of(plan(ROW, status=[replace(ends, expires_at=MORNING + 48 * HOUR)])) == {}


def test_with_a_second_road_the_bad_answer_is_the_other_way() -> None:
    found = plan(LONGER, status=[stale("A-B")])
    assert found.options[0].place_ids == ("A", "B", "D")
    one = of(found)["road:A-B"]
    assert one.changes_choice
    assert one.bad.place_ids == ("A", "C", "D")
    assert one.bad.drive_h.low > one.good.drive_h.low
    assert (one.good.options, one.bad.options) == (2, 1)


def test_a_question_that_leaves_the_choice_comes_later() -> None:
    """The road of the option set aside: its loss changes nothing that is driven."""
    found = plan(LONGER, status=[stale("C-D"), stale("B-D")])
    assert [one.question_id for one in found.questions] == ["road:B-D", "road:C-D"]
    assert [one.changes_choice for one in found.questions] == [True, False]


def test_the_answer_that_leaves_no_road_weighs_more_than_a_detour() -> None:
    """Two bridges to the same town: without a second road the question is put first."""
    both = [stale("A-B"), stale("A-C")]
    found = of(plan(LONGER, status=[*both, report("C-D", "closed")]))
    first = next(iter(found))
    assert first == "road:A-B"
    assert found[first].bad.place_ids == ()


def test_a_closed_way_is_asked_for_as_one_and_may_change_the_choice() -> None:
    """Both roads of the short way are reported closed: only both together open it."""
    shut = [report("A-B", "closed"), report("B-D", "closed")]
    found = plan(LONGER, status=shut)
    assert found.options[0].place_ids == ("A", "C", "D")
    one = of(found)["way:A-B,B-D"]
    assert (one.kind, one.letters, one.changes_choice) == ("way", (), True)
    assert one.good.place_ids == ("A", "B", "D")
    assert one.bad.is_as_planned


def test_without_any_road_what_would_open_one_is_asked() -> None:
    found = plan(ROW, status=[report("B-C", "closed")])
    assert found.refusal is not None
    (one,) = of(found).values()
    assert one.changes_choice
    assert one.good.place_ids == ("A", "B", "C", "D")
    assert one.bad.place_ids == ()
    assert one.bad.is_as_planned


def test_an_answer_opens_no_road_that_the_convoy_cannot_drive() -> None:
    """A track under a heavy truck has no pace: asking changes nothing, and that is said."""
    found = of(plan(ROW, status=[report("B-C", "closed")], vehicle="heavy_truck"))
    (one,) = found.values()
    assert one.good.place_ids
    network = replace(ROW, surface=("track",) * len(ROW))
    (one,) = of(plan(network, vehicle="heavy_truck")).values()
    assert one.good == one.bad
    assert not one.changes_choice


def test_an_offered_patrol_is_asked_about_and_a_confirmed_one_is_not() -> None:
    offered = Row(start=MORNING - 6 * HOUR, end=MORNING - 2 * HOUR)
    events = on(ROW, "B-C", 3)
    (one,) = of(plan(ROW, offered, events=events)).values()
    assert (one.question_id, one.kind, one.changes_choice) == ("patrol:P1", "patrol", False)
    assert one.good.unpatrolled_km < one.bad.unpatrolled_km
    assert one.good.exposure.mean < one.bad.exposure.mean
    assert "OCHA CMCoord" in one.ask.en
    done = Row(start=AS_OF - 4 * HOUR, end=AS_OF - HOUR, passed=AS_OF - HOUR)
    assert of(plan(ROW, done, events=events)) == {}


def test_a_patrol_that_would_be_met_is_asked_about_where_it_is_met() -> None:
    during = Row(start=MORNING, end=MORNING + 6 * HOUR)
    (one,) = of(plan(ROW, during)).values()
    assert (one.good.meetings, one.bad.meetings) == (1, 0)
    assert one.km == pytest.approx(105)
    (when,) = of(plan(ROW, Row())).values()
    assert when.kind == "patrol_when"
    assert when.said.en == "Does patrol P1 pass, and when?"


def test_questions_do_not_change_the_plan() -> None:
    status = [stale("A-B"), stale("C-D")]
    asked = plan(LONGER, Row(segment_id="A-B", start=MORNING, end=MORNING + HOUR), status=status)
    known = picture(
        LONGER, Row(segment_id="A-B", start=MORNING, end=MORNING + HOUR), status=tuple(status),
        incidents=incidents((), source=source("ambush")),
    )  # fmt: skip
    plain = plan_movement(known, request("A", "D"), CONFIG)
    assert asked.untried_questions == 0
    assert repr(replace(asked, questions=None, alternatives=())) == repr(plain)


def test_of_many_unknowns_few_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmcoord_geo.planning.ask_first.MOST_TRIED", 2)
    found = plan(ROW, status=[stale(key) for key in ("A-B", "B-C", "C-D")])
    assert sorted(of(found)) == ["road:A-B", "road:B-C"]
    assert found.untried_questions == 1
    assert plan(ROW, status=[stale("A-B")]).untried_questions == 0


def test_the_week_asks_for_bridges_and_ferries_once_each() -> None:
    """Rafaï hangs on a ferry: nobody reported on it, and without it there is no road."""
    known = read_picture(EXERCISE)
    asked = next(one for one in known.movements if one.movement_id == "EX-M06")
    made = plan_movement(known, asked, CONFIG, with_questions=True)
    found = of(made)
    ferry = found["crossing:CR05"]
    assert ferry.kind == "ferry"
    assert ferry.changes_choice
    assert ferry.bad.place_ids == ()
    assert "crew of the ferry" in ferry.ask.en
    assert "Rafaï" in ferry.ask.en
    assert len(made.questions) == len(found)


def test_a_search_that_proves_nothing_leaves_its_question_untried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The plan itself stands, whatever becomes of a what-if."""
    status = (stale("A-B"),)
    whole = plan(LONGER, status=status)
    assert whole.questions

    def ended(*_: object, **__: object) -> None:
        message = "memory ended before anything was proven"
        raise PlanningError(message)

    monkeypatch.setattr("cmcoord_geo.planning.ask_first.options_of", ended)
    left = plan(LONGER, status=status)
    assert left.options == whole.options
    assert left.untried_questions == len(whole.questions) - len(left.questions or ())
    assert left.untried_questions


def test_nobody_is_asked_about_a_road_that_is_forbidden() -> None:
    """A yes could not open it."""
    known = picture(LONGER, status=(report("B-D", "closed"),))
    asked = request("A", "D")
    shut = plan_movement(known, asked, CONFIG, with_questions=True)
    assert any("B-D" in one for one in of(shut))
    forbidden = replace(asked, avoid=(ForbiddenRoad(name="B-D", segment_ids=("B-D",)),))
    left = plan_movement(known, forbidden, CONFIG, with_questions=True)
    assert not any("B-D" in one for one in of(left))
