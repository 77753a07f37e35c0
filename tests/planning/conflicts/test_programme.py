"""C8, C10 and C11: assessments, activities beside distributions, patterns."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.conflicts.worlds import HOUR, moved, parties, week
from planning.worlds import MORNING

from cmcoord_geo.model import Activity
from cmcoord_geo.planning.conflicts.programme import (
    beside_distributions,
    mixed_assessments,
    patterns,
)

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("purpose", "answer"),
    [
        ("évaluation conjointe avec la MINUSCA", "conflict"),
        ("needs assessment, joint mission", "conflict"),
        ("évaluation rapide", "no_known_conflict"),
        ("relève d’équipe, MINUSCA informée", "no_known_conflict"),
        ("vivres pour la façade", "no_known_conflict"),
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


def test_the_way_back_is_the_same_axis() -> None:
    back = tuple(
        replace(one, origin=one.destination, destination=one.origin) for one in before(1, 2)
    )
    assert patterns(week(earlier=back)).answer == "conflict"


def test_without_the_weeks_before_it_cannot_say_no() -> None:
    assert (patterns(week()).lacking, patterns(week()).answer) == (("earlier",), "unknown")
