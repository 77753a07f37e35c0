"""One way in all its spellings."""

from __future__ import annotations

import pytest

from cmcoord_geo.network.osm import way_access

FORWARD, BACKWARD, BOTH, NEITHER = (True, False), (False, True), (True, True), (False, False)


def drive(tags: dict[str, str], vehicle: str = "lv_4x4") -> tuple[bool, bool]:
    found = way_access({"highway": "secondary", **tags}, vehicle)
    return found.forward, found.backward


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        *[(word, FORWARD) for word in ("yes", "true", "1", "YES")],
        *[(word, BACKWARD) for word in ("-1", "reverse")],
        *[(word, BOTH) for word in ("no", "false", "0", "alternating")],
        ("reversible", NEITHER),
        ("sometimes", NEITHER),
    ],
)
def test_values(value: str, answer: tuple[bool, bool]) -> None:
    assert drive({"oneway": value}) == answer


def test_a_value_that_nobody_knows_is_told() -> None:
    assert way_access({"highway": "road", "oneway": "sometimes"}, "lv_4x4").unread == {
        "oneway=sometimes"
    }


@pytest.mark.parametrize("word", ["roundabout", "circular"])
def test_a_roundabout_runs_as_it_is_drawn(word: str) -> None:
    assert drive({"junction": word}) == FORWARD
    assert drive({"junction": word, "oneway": "no"}) == BOTH
    assert drive({"junction": word, "oneway": "-1"}) == BACKWARD


def test_a_motorway_is_one_way_unless_tagged_otherwise() -> None:
    assert drive({"highway": "motorway"}) == FORWARD
    assert drive({"highway": "motorway", "oneway": "no"}) == BOTH
    assert drive({"highway": "trunk"}) == BOTH


@pytest.mark.parametrize("key", ["oneway:bicycle", "oneway:bus", "oneway:psv", "oneway:moped"])
def test_other_vehicles_say_nothing_of_ours(key: str) -> None:
    assert drive({"oneway": "yes", key: "no"}) == FORWARD
    assert drive({key: "yes"}) == BOTH


def test_the_most_specific_vehicle_decides() -> None:
    tags = {"oneway": "yes", "oneway:motorcycle": "no"}
    assert drive(tags, "motorbike") == BOTH
    assert drive(tags, "lv_4x4") == FORWARD
    tags = {"oneway": "no", "oneway:motor_vehicle": "yes", "oneway:hgv": "-1"}
    assert drive(tags, "lv_4x4") == FORWARD
    assert drive(tags, "tanker") == BACKWARD
    assert drive({"oneway:vehicle": "yes"}) == FORWARD


def test_one_way_and_access_close_together() -> None:
    assert drive({"oneway": "yes", "motor_vehicle:forward": "no"}) == NEITHER


def test_a_word_that_closes_both_ways_is_told_as_the_reason() -> None:
    closed = way_access({"highway": "primary", "oneway": "reversible"}, "lv_4x4")
    assert closed.reasons == {"oneway=reversible"}
    assert not way_access({"highway": "primary", "oneway": "yes"}, "lv_4x4").reasons
