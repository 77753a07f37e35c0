"""A departure is offered with no fewer meetings than its plan and the conflicts of a week find."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.io import read_picture
from cmcoord_geo.model import Pace, Span, TimeSpan
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.conflicts import Week, week_conflicts
from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.schedule import schedule
from cmcoord_geo.planning.situation import Situation, situation_of
from cmcoord_geo.planning.slot_passages import SlotPassages, widened
from cmcoord_geo.planning.slots import Slot, first_day, slots_of, way_of
from cmcoord_geo.planning.ways import Way
from cmcoord_geo.units import BANGUI

EXERCISE = Path(__file__).resolve().parents[2] / "data" / "exercise"
CONFIG = Config()


@pytest.fixture(scope="module")
def exercise() -> OperationalPicture:
    return read_picture(EXERCISE)


def departures(picture: OperationalPicture, name: str) -> tuple[Situation, Way, tuple[Slot, ...]]:
    """Way of a movement of the exercise and its departures of some days that arrive."""
    asked = next(one for one in picture.movements if one.movement_id == name)
    here = situation_of(picture, asked, CONFIG)
    option = plan_movement(picture, asked, CONFIG).options[0]
    slots = slots_of(here, option, days=3)
    whole = tuple(slot for slot in slots if slot.meetings is not None)
    return here, way_of(picture.network, option), whole


def at(here: Situation, depart: datetime) -> Situation:
    asked = replace(here.request, depart=TimeSpan(earliest=depart, latest=depart))
    return situation_of(here.picture, asked, CONFIG)


@pytest.mark.parametrize("name", ["EX-M01", "EX-M09"])
def test_no_fewer_meetings_than_the_plan_of_each_departure(
    exercise: OperationalPicture, name: str
) -> None:
    here, way, slots = departures(exercise, name)
    assert len(slots) > 50
    for slot in slots[::5]:
        found = schedule(at(here, slot.depart), way).conflicts
        planned = sum(one.answer == "conflict" for one in found)
        assert (slot.meetings or 0) >= planned, slot.depart


def test_a_departure_that_the_conflicts_of_a_week_name_is_not_offered_as_without(
    exercise: OperationalPicture,
) -> None:
    """
    EX-M01 on 1 December meets EX-P03 beyond Sibut, where its fast pace need not stay.

    Patrols on other roads near by are for the conflicts of a week alone: a departure counts those on its own.
    """
    here, _, slots = departures(exercise, "EX-M01")
    slot = next(one for one in slots if one.depart == datetime(2026, 12, 1, 7, tzinfo=BANGUI))
    plan = plan_movement(exercise, at(here, slot.depart).request, CONFIG)
    rulings = week_conflicts(Week(picture=exercise, plans=(plan,), config=CONFIG))
    own = {leg.segment_id for leg in plan.options[0].legs}
    met = {
        one.patrol_id for ruling in rulings if ruling.kind == "C1" for one in ruling.conflicts
        if one.answer == "conflict" and patrol_roads(exercise, one.patrol_id) & own
    }  # fmt: skip
    assert "EX-P03" in met
    assert (slot.meetings or 0) >= len(met)


def patrol_roads(picture: OperationalPicture, name: str) -> set[str]:
    patrols = picture.patrols
    pairs = zip(patrols.patrol_id, patrols.segment_id, strict=True)
    return {road for patrol_id, road in pairs if patrol_id == name}


def test_paces_are_those_of_the_plan_of_that_moment(exercise: OperationalPicture) -> None:
    here, way, slots = departures(exercise, "EX-M01")
    course = course_of(here, way, first=first_day(here), days=5)
    for slot in slots[::40]:
        times = schedule(at(here, slot.depart), way)
        assert SlotPassages(here, way, course).paces(slot.depart) == (
            times.fast.pace, times.slow.pace,
        )  # fmt: skip


def test_a_passage_is_widened_never_narrowed() -> None:
    noon = datetime(2026, 12, 2, 12, tzinfo=BANGUI)
    hour = timedelta(hours=1)
    pace = Pace(times=(noon, noon + 2 * hour), km=(0.0, 100.0))
    within = TimeSpan(earliest=noon + hour, latest=noon + hour)
    beyond = TimeSpan(earliest=noon - hour, latest=noon + 5 * hour)
    stretch = Span(low=0.0, high=50.0)
    assert widened(within, stretch, (pace, pace)) == TimeSpan(earliest=noon, latest=noon + hour)
    assert widened(beyond, stretch, (pace, pace)) == beyond
