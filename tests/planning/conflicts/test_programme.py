"""C8, C10 and C11: assessments, activities beside distributions, patterns."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.conflicts.worlds import HOUR, moved, parties, week
from planning.worlds import CONFIG, MORNING

from cmcoord_geo.model import Activity, MovementPlan, MovementRequest, Stop
from cmcoord_geo.planning.conflicts.programme import (
    beside_distributions,
    mixed_assessments,
    patterns,
)

WEEK = timedelta(days=7)


def without_road(request: MovementRequest) -> MovementPlan:
    """Plan of a movement that no road takes."""
    (plan,) = week(requests=(request,)).plans
    return replace(plan, options=())


@pytest.mark.parametrize(
    ("purpose", "answer"),
    [
        ("évaluation conjointe avec la MINUSCA", "conflict"),
        ("needs assessment, joint mission", "conflict"),
        ("évaluation rapide", "no_known_conflict"),
        ("relève d’équipe, MINUSCA informée", "no_known_conflict"),
        ("vivres pour la façade", "no_known_conflict"),
        ("évaluation avec des militaires", "conflict"),
        ("Evaluation avec la police et les forces de sécurité intérieure", "conflict"),
        ("assessment with the army", "conflict"),
        ("joint assessment with UN forces", "conflict"),
        ("mission d’évaluation civilo-militaire", "conflict"),
        ("", "unknown"),
    ],
)
def test_an_assessment_is_humanitarian_only(purpose: str, answer: str) -> None:
    """L047, L050."""
    assert mixed_assessments(week(requests=(moved(purpose=purpose),))).answer == answer


DISTRIBUTION = moved(purpose="distribution générale")


def activity(kind: str = "qip", place: str = "D", start: float | None = 4, end: float | None = 6):
    moments = [None if one is None else MORNING + one * HOUR for one in (start, end)]
    return Activity(activity_id="Q1", kind=kind, place_id=place, start=moments[0], end=moments[1])


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (activity(), "conflict"),
        (activity("cimic"), "conflict"),
        (activity("distribution"), "no_known_conflict"),
        (activity(place="A"), "no_known_conflict"),
        (activity(start=40, end=50), "no_known_conflict"),
        (activity(start=None), "unknown"),
    ],
)
def test_an_activity_beside_a_distribution(given: Activity, answer: str) -> None:
    """The movement arrives at D between 3.6 h and 7 h after it may leave, and distributes for 8 h."""
    known = week(requests=(DISTRIBUTION,), activities=(given,))
    assert beside_distributions(known).answer == answer


def test_an_assessment_needs_no_road_to_be_mixed() -> None:
    request = moved(purpose="évaluation avec la MINUSCA")
    nowhere = replace(week(), plans=(without_road(request),))
    assert parties(mixed_assessments(nowhere)) == [("M1", "", "conflict")]


def test_a_distribution_goes_on_after_the_last_arrival() -> None:
    """The slow pace arrives 7 h after the departure and distributes for 8 h."""
    for start, answer in ((14.9, "conflict"), (15.1, "no_known_conflict")):
        known = week(requests=(DISTRIBUTION,), activities=(activity(start=start, end=30),))
        assert beside_distributions(known).answer == answer


def test_a_distribution_at_a_stop_on_the_way() -> None:
    """B is reached between 1.2 h and 3.3 h after the departure; unloading takes 2 h."""
    request = replace(DISTRIBUTION, stops=(Stop(place_id="B", minutes=120),))
    for end, answer in ((1.1, "no_known_conflict"), (1.4, "conflict")):
        known = week(requests=(request,), activities=(activity(place="B", start=0, end=end),))
        assert beside_distributions(known).answer == answer
    later = week(requests=(request,), activities=(activity(place="B", start=5.0, end=6),))
    (found,) = beside_distributions(later).conflicts
    assert (found.place_id, found.other_id) == ("B", "Q1")
    passed = week(requests=(DISTRIBUTION,), activities=(activity(place="B", start=0, end=30),))
    assert beside_distributions(passed).answer == "no_known_conflict"


def test_an_activity_near_by_counts_and_one_farther_does_not() -> None:
    near = replace(week(requests=(DISTRIBUTION,), activities=(activity(place="C"),)))
    assert beside_distributions(near).answer == "no_known_conflict"
    wide = replace(CONFIG.conflict, activity_km=106)
    assert beside_distributions(replace(near, config=replace(CONFIG, conflict=wide))).conflicts


def test_other_movements_distribute_nothing() -> None:
    assert beside_distributions(week(activities=(activity(),))).answer == "no_known_conflict"


def test_distributions_of_the_table_count_without_a_movement() -> None:
    own = replace(activity("distribution", start=5, end=9), activity_id="D1")
    ruling = beside_distributions(week(activities=(activity(), own)))
    assert parties(ruling) == [("", "D1 Q1", "conflict")]
    open_ended = replace(own, end=None)
    assert beside_distributions(week(activities=(activity(), open_ended))).answer == "unknown"


def test_nobody_gave_a_table_of_activities() -> None:
    assert beside_distributions(week()).lacking == ("activities",)


def before(*weeks: int, **more: object) -> tuple:
    return tuple(moved(f"E{i}", depart=MORNING - i * WEEK, **more) for i in weeks)


def test_one_weekday_at_one_hour_three_times() -> None:
    ruling = patterns(week(earlier=before(1, 2)))
    assert ruling.answer == "conflict"
    assert ruling.conflicts[0].count == 3


@pytest.mark.parametrize(
    "earlier",
    [
        before(1),
        before(1, 9),  # more than 60 days ago
        tuple(replace(one, destination="C") for one in before(1, 2)),
        tuple(moved(f"E{i}", depart=MORNING - i * WEEK + 2 * HOUR) for i in (1, 2)),
    ],
)
def test_less_is_no_pattern(earlier: tuple) -> None:
    assert patterns(week(earlier=earlier)).answer == "no_known_conflict"


@pytest.mark.parametrize(("minutes", "count"), [(-59, 3), (59, 3), (-60, 0), (60, 0)])
def test_less_than_an_hour_apart_is_the_same_hour(minutes: int, count: int) -> None:
    earlier = tuple(
        moved(f"E{i}", depart=MORNING - i * WEEK + timedelta(minutes=minutes)) for i in (1, 2)
    )
    assert [one.count for one in patterns(week(earlier=earlier)).conflicts] == [count] * (count > 0)


def test_another_weekday_is_another_habit() -> None:
    earlier = tuple(moved(f"E{i}", depart=MORNING - i * timedelta(days=1)) for i in (1, 2, 3))
    assert patterns(week(earlier=earlier)).answer == "no_known_conflict"


def test_an_id_used_again_is_another_movement_and_the_same_one_counts_once() -> None:
    again = tuple(replace(one, movement_id="M1") for one in before(1, 2))
    assert [one.count for one in patterns(week(earlier=again)).conflicts] == [3]
    assert patterns(week(earlier=(moved(), *again[:1]))).answer == "no_known_conflict"


def test_the_way_back_is_the_same_axis() -> None:
    back = tuple(
        replace(one, origin=one.destination, destination=one.origin) for one in before(1, 2)
    )
    assert patterns(week(earlier=back)).answer == "conflict"


def test_without_the_weeks_before_it_cannot_say_no() -> None:
    assert (patterns(week()).lacking, patterns(week()).answer) == (("earlier",), "unknown")
