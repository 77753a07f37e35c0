"""Tags of restrictions: whom they concern, and what they ban."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.facts import vehicles
from cmcoord_geo.network.osm.restriction import is_restriction, kept_tags, turn_rule
from cmcoord_geo.network.osm.tables import tag_rules, turn_rules

#: Masks: motorbike 1, 4x4 2, 6x6 4, heavy truck 8, tanker 16.
ALL, LIGHT, LORRIES, BIKE, CAR = 31, 3, 28, 1, 2


def rule(**tags: str) -> tuple[int, int]:
    found = turn_rule(kept_tags({"type": "restriction", **_keys(tags)}))
    return found.no, found.only


def _keys(tags: dict[str, str]) -> dict[str, str]:
    return {key.replace("__", ":"): value for key, value in tags.items()}


@pytest.mark.parametrize(
    ("tags", "no", "only"),
    [
        ({"restriction": "no_left_turn"}, ALL, 0),
        ({"restriction": "only_straight_on"}, 0, ALL),
        ({"restriction": "no_left_turn;no_u_turn"}, ALL, 0),
        ({"restriction": "none"}, 0, 0),
        ({}, 0, 0),
        ({"restriction__hgv": "no_left_turn"}, LORRIES, 0),
        ({"restriction__motorcar": "no_left_turn"}, CAR, 0),
        ({"restriction__motorcycle": "no_left_turn"}, BIKE, 0),
        ({"restriction__motor_vehicle": "no_left_turn"}, ALL, 0),
        ({"restriction__hazmat": "no_left_turn"}, 16, 0),
        ({"restriction__bus": "no_left_turn"}, 0, 0),
        ({"restriction": "no_left_turn", "restriction__hgv": "none"}, LIGHT, 0),
        ({"restriction": "no_left_turn", "restriction__hgv": "only_straight_on"}, LIGHT, LORRIES),
        ({"restriction": "no_left_turn", "restriction__goods": "none"}, ALL, 0),
        ({"restriction": "no_left_turn", "except": "hgv"}, LIGHT, 0),
        ({"restriction": "no_left_turn", "except": "motorcar;motorcycle"}, LORRIES, 0),
        ({"restriction": "no_left_turn", "except": "psv, bicycle"}, ALL, 0),
        ({"restriction": "no_left_turn", "except": "goods"}, ALL, 0),
        ({"restriction": "no_left_turn", "except": "hazmat"}, ALL, 0),
        ({"restriction": "no_left_turn", "except": "motor_vehicle"}, 0, 0),
        ({"restriction__conditional": "no_left_turn @ (Mo-Fr 07:00-09:00)"}, ALL, 0),
        ({"restriction__hgv__conditional": "only_straight_on @ (weight>7.5)"}, 0, LORRIES),
        ({"restriction": "no_u_turn", "restriction__conditional": "none @ (22:00-06:00)"}, ALL, 0),
        (
            {"restriction__conditional": "no_left_turn @ (07:00-09:00; PH off); none @ (PH)"},
            ALL, 0,
        ),
        ({"type": "restriction:hgv", "restriction": "no_left_turn"}, LORRIES, 0),
        (
            {"type": "restriction:hgv", "restriction__conditional": "no_left_turn @ (wet)"},
            LORRIES, 0,
        ),
    ],
)  # fmt: skip
def test_whom_it_concerns(tags: dict[str, str], no: int, only: int) -> None:
    assert rule(**tags) == (no, only)


@pytest.mark.parametrize(
    ("tags", "no", "only", "unread"),
    [
        ({"restriction": "no_halfright"}, ALL, 0, "restriction=no_halfright"),
        ({"restriction": "only_halfright"}, 0, ALL, "restriction=only_halfright"),
        ({"restriction": "perhaps"}, ALL, 0, "restriction=perhaps"),
        ({"restriction__rocket": "no_left_turn"}, ALL, 0, "restriction:rocket=no_left_turn"),
        ({"restriction": "no_left_turn", "except": "rocket"}, ALL, 0, "except=rocket"),
        ({"restriction__conditional": "yes"}, ALL, 0, "restriction:conditional=yes"),
    ],
)
def test_what_no_table_knows_holds_and_is_told(
    tags: dict[str, str], no: int, only: int, unread: str
) -> None:
    found = turn_rule(kept_tags({"type": "restriction", **_keys(tags)}))
    assert (found.no, found.only) == (no, only)
    assert unread in found.unread


@pytest.mark.parametrize(
    ("tags", "is_timed"),
    [
        ({"restriction": "no_left_turn"}, False),
        ({"restriction:conditional": "no_left_turn @ (wet)"}, True),
        ({"restriction": "no_left_turn", "hour_on": "07:00", "hour_off": "09:00"}, True),
    ],
)
def test_times_are_told(tags: dict[str, str], *, is_timed: bool) -> None:
    assert turn_rule(kept_tags({"type": "restriction", **tags})).is_timed is is_timed


def test_other_relations_are_none() -> None:
    assert is_restriction({"type": "restriction"})
    assert is_restriction({"type": "restriction:hgv"})
    assert not is_restriction({"type": "route", "restriction": "no_left_turn"})
    assert not is_restriction({})


def test_tags_that_say_nothing_are_not_kept() -> None:
    tags = {"type": "restriction", "restriction": "no_exit", "note": "x", "except": "bus"}
    assert [key for key, _ in kept_tags(tags)] == ["except", "restriction", "type"]


def test_words_of_the_table_are_told_apart() -> None:
    rules = turn_rules()
    kinds = [set(rules["values"][kind]) for kind in ("no", "only", "none")]
    assert not kinds[0] & kinds[1]
    assert not (kinds[0] | kinds[1]) & kinds[2]
    assert set(rules["values"]["turning_round"]) <= kinds[0]
    ours = {key for chain in tag_rules()["keys"].values() for key in chain}
    assert not ours & set(rules["others"]["vehicles"])


_WORDS = st.sampled_from(
    ["no_left_turn", "only_straight_on", "none", "perhaps", "", "@", "(;", "no_u_turn @ (x; y)"]
)
_KEYS = st.sampled_from(
    ["restriction", "restriction:hgv", "restriction:conditional", "restriction:bus:conditional"]
)


@given(st.dictionaries(_KEYS, st.one_of(_WORDS, st.text(max_size=30))), st.text(max_size=12))
def test_any_text_is_read_and_exceptions_only_free(tags: dict[str, str], free: str) -> None:
    held = turn_rule(kept_tags({"type": "restriction", **tags}))
    freed = turn_rule(kept_tags({"type": "restriction", **tags, "except": free}))
    everybody = (1 << len(vehicles())) - 1
    for masks in (held, freed):
        assert 0 <= masks.no <= everybody
        assert 0 <= masks.only <= everybody
    assert freed.no & ~held.no == freed.only & ~held.only == 0
