"""Slots that are offered: alike, apart, drawn by movement and seed; the answer for an option as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from planning.slot_worlds import QUARTER, World, option_of
from planning.worlds import MORNING, Row

from cmcoord_geo.planning.slot_choice import OptionDepartures, departures_of, drawn
from cmcoord_geo.planning.slots import Slot
from cmcoord_geo.units import BANGUI

NEVER = datetime(2027, 1, 1, tzinfo=BANGUI)


def choice(world: World, *, days: int = 3, expires_at: datetime = NEVER) -> OptionDepartures:
    return departures_of(world.situation(), option_of(world), days=days, expires_at=expires_at)


def some(count: int, step: timedelta = QUARTER) -> list[Slot]:
    return [Slot(depart=MORNING + n * step, verdict="in") for n in range(count)]


def test_the_same_question_has_the_same_answer_and_another_movement_another() -> None:
    slots = some(40)
    assert drawn(slots, key="a", count=3) == drawn(slots, key="a", count=3)
    answers = {drawn(slots, key=f"{n}", count=3) for n in range(20)}
    assert len(answers) > 10


def test_a_slot_less_changes_nothing_about_the_others() -> None:
    slots = some(10, timedelta(days=1))
    chosen = drawn(slots, key="a", count=3)
    fewer = [slot for slot in slots if slot != chosen[0]]
    assert set(chosen[1:]) <= set(drawn(fewer, key="a", count=3))


def test_no_slot_is_favoured() -> None:
    slots = some(12, timedelta(days=1))
    counts = Counter(slot.depart for n in range(400) for slot in drawn(slots, key=f"{n}", count=3))
    assert len(counts) == 12
    assert max(counts.values()) < 2 * min(counts.values())


@pytest.mark.parametrize(("count", "step"), [(40, timedelta(hours=1)), (40, QUARTER)])
def test_offers_lie_apart_as_far_as_they_can(count: int, step: timedelta) -> None:
    for key in "abcdef":
        chosen = drawn(some(count, step), key=key, count=2)
        assert chosen[1].depart - chosen[0].depart >= timedelta(hours=1)
    assert len(drawn(some(2), key="a", count=3)) == 2


def test_offered_slots_are_in_and_none_is_better() -> None:
    start = datetime(2026, 12, 2, 8, tzinfo=BANGUI)
    found = choice(World(rows=(Row(start=start, end=start + timedelta(hours=1)),)))
    inside = [slot for slot in found.slots if slot.verdict == "in"]
    assert set(found.offered) <= set(inside)
    assert {slot.meetings for slot in found.offered} == {0}
    least = min(slot.unpatrolled_km or 0 for slot in inside if not slot.meetings)
    assert all((slot.unpatrolled_km or 0) <= least + 18.1 for slot in found.offered)
    assert found.alike < len(inside)


def test_offers_leave_before_the_data_expire_where_any_do() -> None:
    limit = datetime(2026, 12, 3, tzinfo=BANGUI)
    assert all(slot.depart < limit for slot in choice(World(), expires_at=limit).offered)
    assert choice(World(), expires_at=MORNING - timedelta(days=1)).offered


@pytest.mark.parametrize(
    ("world", "answer", "halts"),
    [
        (World(), "departs", ()),
        (World(leg_km=320.0, halts=()), "halts", ("B", "C")),
        (World(leg_km=250.0, halts=()), "halts", ("B",)),
        (World(leg_km=600.0, halts=("B", "C")), "fast_only", ()),
        (World(leg_km=1500.0, halts=()), "no", ()),
    ],
)
def test_answer_for_the_option(world: World, answer: str, halts: tuple[str, ...]) -> None:
    found = choice(world)
    assert found.answer == answer
    assert found.halts_needed == halts or set(found.halts_needed) <= {"B", "C"}
    assert bool(found.halts_needed) == bool(halts)
    assert bool(found.offered) == (answer == "departs")


def test_the_latest_of_each_day_is_the_last_that_is_in() -> None:
    found = choice(World())
    assert len(found.latest) == 3
    for slot in found.latest:
        after = found.slots[found.slots.index(slot) + 1]
        assert after.verdict != "in"


def test_the_departure_asked_for_is_the_first_of_its_window_that_is_in() -> None:
    assert choice(World()).asked.depart == MORNING
    early = World(more={"depart": MORNING - timedelta(hours=2), "window": timedelta(hours=3)})
    assert choice(early).asked.verdict == "in"
    night = replace(early, more={"depart": MORNING - timedelta(hours=4)})
    assert choice(night).asked.verdict == "out"


def test_the_seed_of_the_settings_changes_the_draw() -> None:
    world = World()
    situation = world.situation()
    rules = replace(world.config.rules, seed=1)
    other = replace(situation, config=replace(situation.config, rules=rules))
    drawn_again = departures_of(other, option_of(world), days=3, expires_at=NEVER)
    assert drawn_again.offered != choice(world).offered
    assert drawn_again.slots == choice(world).slots
