"""What tags say of the state of a road: closed, gone, doubtful, or in words that no table knows."""

from __future__ import annotations

import pytest

from cmcoord_geo.network import WayAccess, way_access
from cmcoord_geo.network.osm.hierarchy import Told
from cmcoord_geo.network.osm.state import doubts_of, is_fit, is_whole
from cmcoord_geo.network.osm.tables import surface_words, tag_rules, vehicle_sizes

LIGHT = ("motorbike", "lv_4x4")
TRUCKS = ("truck_6x6", "heavy_truck", "tanker")
NEITHER = WayAccess(forward=False, backward=False)


def driven(tags: dict[str, str]) -> dict[str, WayAccess]:
    return {
        vehicle: way_access({"highway": "primary", **tags}, vehicle) for vehicle in LIGHT + TRUCKS
    }


def open_to(tags: dict[str, str]) -> list[str]:
    return [vehicle for vehicle, one in driven(tags).items() if one.forward and one.backward]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *[("impassable", "wet_season"), ("impassable", "rains"), ("passable", "sometimes")],
        *[("status", "wobbly"), ("bridge:condition", "strange"), ("bridge:status", "wobbly")],
        *[("damage", "purple"), ("ford", "on_stilts"), ("tunnel", "purple")],
        *[
            ("abandoned", "perhaps"),
            ("obstacle", "dragon"),
            ("proposed:bridge", "odd"),
            ("demolished", "since_2013"),
            ("construction", "bridge"),
        ],
    ],
)
def test_a_state_that_no_table_knows_closes_and_is_counted(key: str, value: str) -> None:
    for found in driven({key: value}).values():
        assert found == NEITHER
        assert found.unread == {f"{key}={value}"}
        assert not found.reasons


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *[("impassable", "yes"), ("impassable", "Yes"), ("passable", "no"), ("removed", "yes")],
        *[("destroyed", "yes"), ("demolished", "yes"), ("ruined", "yes"), ("status", "flooded")],
        *[("status", "proposed"), ("status", "abandoned"), ("smoothness", "IMPASSABLE")],
        *[("smoothness", "bad;impassable"), ("bridge:condition", "Collapsed")],
        *[("ford", "stepping_stones"), ("ford", "boat"), ("hazard", "minefield")],
    ],
)
def test_a_state_of_the_table_closes_in_any_case_and_among_others(key: str, value: str) -> None:
    for found in driven({key: value}).values():
        assert found == NEITHER
        assert found.reasons == {f"{key}={value}"}
        assert not found.unread


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *[("impassable", "no"), ("status", "open"), ("status", "Good"), ("abandoned", "no")],
        *[("bridge:condition", "good"), ("damage", "no"), ("ford", "yes"), ("passable", "yes")],
        *[("tunnel", "yes"), ("bridge", "yes;viaduct"), ("construction", "no"), ("4wd_only", "no")],
        *[("hazard", "animal_crossing"), ("junction", "Roundabout")],
    ],
)
def test_a_good_state_says_nothing(key: str, value: str) -> None:
    for found in driven({key: value}).values():
        assert found.forward
        assert (found.unread, found.flags) == (set(), set())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bridge:condition", "poor"),
        ("status", "damaged"),
        ("damage", "moderate"),
        ("obstacle", "yes"),
    ],
)
def test_a_poor_state_is_open_and_flagged(key: str, value: str) -> None:
    for found in driven({key: value}).values():
        assert found.forward
        assert found.flags == {"doubtful"}


@pytest.mark.parametrize("tag", ["smoothness=awful", "4wd_only=maybe", "smoothness=good;lunar"])
def test_an_unknown_word_on_roughness_closes_to_trucks_and_is_counted(tag: str) -> None:
    key, value = tag.split("=")
    assert open_to({key: value}) == list(LIGHT)
    for found in driven({key: value}).values():
        assert found.unread == {tag}
        assert "doubtful" in found.flags


@pytest.mark.parametrize("word", ["yes", "YES", "recommended", "extreme"])
def test_known_words_on_four_wheel_drive_keep_off_what_needs_a_road(word: str) -> None:
    assert open_to({"4wd_only": word}) == [*LIGHT, "truck_6x6"]


GONE = [
    *("abandoned", "ruined", "disused", "destroyed", "razed", "demolished", "removed", "was"),
    *("dismantled", "collapsed", "historic", "construction"),
]


@pytest.mark.parametrize("prefix", GONE)
@pytest.mark.parametrize("more", [{}, {"bridge": "yes"}, {"bridge": "no"}, {"ford": "no"}])
def test_a_bridge_that_is_gone_closes(prefix: str, more: dict[str, str]) -> None:
    """``bridge=yes`` beside it may be the same bridge, left by whoever mapped the loss."""
    for found in driven({f"{prefix}:bridge": "yes", **more}).values():
        assert found == NEITHER
        assert found.reasons == {f"{prefix}:bridge=yes"}


@pytest.mark.parametrize("prefix", GONE)
@pytest.mark.parametrize("more", [{"bridge": "bailey"}, {"bridge": "Pontoon"}, {"ford": "yes"}])
def test_what_replaces_a_bridge_is_open_and_flagged(prefix: str, more: dict[str, str]) -> None:
    for found in driven({f"{prefix}:bridge": "viaduct", **more}).values():
        assert found.forward
        assert found.flags == {"former"}


def test_a_bridge_that_is_not_gone_or_only_proposed_closes_nothing() -> None:
    assert not driven({"destroyed:bridge": "no"})["lv_4x4"].flags
    assert driven({"proposed:bridge": "yes"})["lv_4x4"].flags == {"doubtful"}
    assert open_to({"proposed:bridge": "yes"}) == [*LIGHT, *TRUCKS]


@pytest.mark.parametrize("prefix", ["abandoned", "disused", "razed", "destroyed", "removed"])
def test_a_road_that_was_is_closed_unless_it_lives_on_as_another(prefix: str) -> None:
    key = f"{prefix}:highway"
    assert not way_access({key: "primary"}, "lv_4x4").forward
    for same in ("primary", "yes"):
        both = way_access({"highway": "primary", key: same}, "lv_4x4")
        assert (both.forward, both.reasons) == (False, {f"{key}={same}"})
    track = way_access({"highway": "track", key: "primary"}, "lv_4x4")
    assert (track.forward, track.flags) == (True, {"former"})


def test_a_ferry_that_was_is_no_ferry() -> None:
    assert not way_access({"route": "ferry", "disused:route": "ferry"}, "lv_4x4").forward
    bridge = {"highway": "primary", "bridge": "yes", "disused:route": "ferry"}
    assert way_access(bridge, "lv_4x4").forward


def test_every_reading_is_told() -> None:
    told = Told()
    assert not is_whole({"impassable": "yes", "status": "odd", "was:bridge": "yes"}, told=told)
    assert told.reasons == {"impassable=yes", "was:bridge=yes"}
    assert told.unread == {"status=odd"}
    assert is_fit({"smoothness": "awful"}, "lv_4x4", told=told)
    assert not is_fit({"smoothness": "awful"}, "truck_6x6", told=told)


def test_words_of_the_tables_have_one_meaning() -> None:
    rules = tag_rules()
    for key, fine in rules["known"].items():
        assert not {*fine} & {*rules["closing"].get(key, [])}, key
        assert not {*fine} & {*rules["doubt"].get(key, [])}, key
    for key, words in rules["doubt"].items():
        assert not {*words} & {*rules["closing"].get(key, [])}, key
    assert {*rules["unread_state"]["driven"]} <= {*vehicle_sizes()}
    for key in rules["unread_state"]["keys"]:
        assert surface_words()[key, "*"] == "track"


def test_what_casts_doubt_is_named() -> None:
    tags = {
        "damage": "Minor",
        "status": "open",
        "was:bridge": "yes",
        "ford": "yes",
        "smoothness": "odd",
    }
    assert list(doubts_of(tags)) == ["damage=Minor", "was:bridge=yes", "smoothness=odd"]
    assert list(doubts_of({"was:bridge": "yes", "smoothness": "bad"})) == []
