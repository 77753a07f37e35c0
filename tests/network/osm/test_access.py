"""Who may drive where: the access hierarchy, closed classes, private ground, limits on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import rows
from cmcoord_geo.network import WayAccess, way_access
from cmcoord_geo.network.osm.tables import (
    access_values,
    highway_classes,
    tag_rules,
    vehicle_sizes,
)

VEHICLES = ("motorbike", "lv_4x4", "truck_6x6", "heavy_truck", "tanker")
BOTH, NEITHER = WayAccess(True, True), WayAccess(False, False)  # noqa: FBT003


def way(tags: str, vehicle: str = "lv_4x4") -> WayAccess:
    """Access of ``primary access=no motorcar=yes``; the first word is the highway."""
    highway, *rest = tags.split()
    return way_access({"highway": highway, **dict(word.split("=", 1) for word in rest)}, vehicle)


@pytest.mark.parametrize("vehicle", VEHICLES)
def test_a_plain_road_is_open_to_all(vehicle: str) -> None:
    assert way("primary", vehicle) == BOTH


def test_every_profile_of_the_table_has_keys() -> None:
    assert set(tag_rules()["keys"]) == set(vehicle_sizes())


def test_a_profile_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataError, match="hovercraft"):
        way("primary", "hovercraft")


@pytest.mark.parametrize(
    ("tags", "answers"),
    [
        ("primary access=no", (False, False, False)),
        ("primary access=no vehicle=yes", (True, True, True)),
        ("primary access=no motor_vehicle=yes", (True, True, True)),
        ("primary access=no motorcar=yes", (False, True, False)),
        ("primary access=no motorcycle=yes", (True, False, False)),
        ("primary access=no hgv=designated", (False, False, True)),
        ("primary access=yes motor_vehicle=no", (False, False, False)),
        ("primary motor_vehicle=yes vehicle=no access=no", (True, True, True)),
        ("primary vehicle=no", (False, False, False)),
        ("primary motor_vehicle=no hgv=yes", (False, False, True)),
        ("primary hgv=no", (True, True, False)),
        ("primary goods=no", (True, True, False)),
        ("primary hgv=no goods=yes", (True, True, False)),
        ("primary bicycle=no foot=no horse=no", (True, True, True)),
        ("primary motorcar=no", (True, False, True)),
    ],
)
def test_the_most_specific_key_decides(tags: str, answers: tuple[bool, bool, bool]) -> None:
    """Motorbike, light vehicle and truck in turn."""
    found = tuple(way(tags, vehicle) for vehicle in VEHICLES[:3])
    assert found == tuple(WayAccess(answer, answer) for answer in answers)


@pytest.mark.parametrize(
    ("tags", "answer"),
    [
        ("primary access:forward=no", (False, True)),
        ("primary motor_vehicle:backward=no", (True, False)),
        ("primary access=no motor_vehicle:forward=yes", (True, False)),
        ("primary motor_vehicle=no motor_vehicle:backward=yes", (False, True)),
        ("primary motor_vehicle:forward=no motorcar=yes", (True, True)),
    ],
)
def test_a_direction_speaks_before_the_same_key_without_one(
    tags: str, answer: tuple[bool, bool]
) -> None:
    assert way(tags) == WayAccess(*answer)


@pytest.mark.parametrize("word", ["private", "military"])
def test_private_and_military_are_closed_and_flagged(word: str) -> None:
    found = way(f"service access={word}")
    assert found == NEITHER
    assert word in found.flags
    assert f"access={word}" in found.reasons


def test_a_way_in_for_others_does_not_open_private_ground() -> None:
    assert way("service access=private foot=yes") == NEITHER
    assert way("service access=private motor_vehicle=yes") == BOTH


@pytest.mark.parametrize(
    "tags", ["primary access=perhaps", "primary access=Yes;maybe", "teleport", "primary oneway=odd"]
)
def test_what_no_table_knows_is_closed_and_told(tags: str) -> None:
    found = way(tags)
    assert found == NEITHER
    assert len(found.unread) == 1


def test_several_values_open_only_together() -> None:
    assert way("track access=agricultural;forestry") == NEITHER
    assert way("track access=destination;delivery") == BOTH
    assert way("track access=private;delivery") == NEITHER


@pytest.mark.parametrize("word", ["construction", "proposed", "abandoned", "razed"])
def test_a_road_that_is_not_there_stays_closed_whatever_its_access(word: str) -> None:
    assert way(f"{word} access=yes motor_vehicle=yes motorcar=yes") == NEITHER


@pytest.mark.parametrize(
    "tag",
    [
        *("impassable=yes", "disused=yes", "smoothness=impassable", "construction=yes"),
        *("bridge:condition=broken", "bridge=collapsed", "status=destroyed", "area=yes"),
    ],
)
def test_a_broken_road_is_closed(tag: str) -> None:
    assert way(f"primary {tag}", "motorbike") == NEITHER


@pytest.mark.parametrize("tag", ["construction=minor", "bridge=yes", "smoothness=very_horrible"])
def test_a_bad_road_is_open(tag: str) -> None:
    assert way(f"primary {tag}") == BOTH


def test_tracks_carry_the_light_and_the_all_terrain() -> None:
    assert [way("track", v).forward for v in VEHICLES] == [True, True, True, False, False]
    assert way("track hgv=yes", "heavy_truck") == BOTH


def test_a_path_carries_a_motorbike() -> None:
    assert [way("path", v).forward for v in VEHICLES] == [True, False, False, False, False]
    assert way("path motor_vehicle=no", "motorbike") == NEITHER
    assert way("path motorcar=yes") == BOTH


@pytest.mark.parametrize("word", ["footway", "steps", "cycleway", "pedestrian", "bridleway"])
def test_a_way_for_walkers_opens_only_by_a_motor_key(word: str) -> None:
    assert way(word, "motorbike") == NEITHER
    assert way(f"{word} access=yes vehicle=yes", "motorbike") == NEITHER
    assert way(f"{word} motor_vehicle=yes", "motorbike") == BOTH


def test_a_ferry_is_a_road_but_not_for_fuel() -> None:
    ferry = {"route": "ferry", "duration": "00:20"}
    assert [way_access(ferry, v).forward for v in VEHICLES] == [True, True, True, True, False]
    assert way_access({**ferry, "motor_vehicle": "no"}, "lv_4x4") == NEITHER


@pytest.mark.parametrize("tags", [{}, {"waterway": "river"}, {"route": "bus"}, {"access": "yes"}])
def test_what_is_no_road_is_closed(tags: dict[str, str]) -> None:
    assert way_access(tags, "lv_4x4") == NEITHER


def test_a_heavy_truck_needs_no_four_wheel_drive_road() -> None:
    assert [way("primary 4wd_only=yes", v).forward for v in VEHICLES] == [True] * 3 + [False] * 2


def test_fuel_keeps_off_where_hazardous_goods_do() -> None:
    assert way("primary hazmat=no", "tanker") == NEITHER
    assert way("primary hazmat=no", "heavy_truck") == BOTH
    assert way("primary hgv=no hazmat=designated", "tanker") == NEITHER


@pytest.mark.parametrize(
    ("tag", "both"),
    [
        *[("hazmat:water=no", (False, False)), ("hazmat:B=no", (False, False))],
        *[("hazmat:water=permit", (False, False)), ("hazmat:water=odd", (False, False))],
        *[("hazmat:water:forward=no", (False, True)), ("hazmat:E:backward=no", (True, False))],
        *[("hazmat:water=yes", (True, True)), ("hazmat:adr_tunnel_cat=A", (True, True))],
        *[("hazmat:adr_tunnel_cat=D", (False, False)), ("hazmat:forward=yes", (True, True))],
    ],
)
def test_fuel_keeps_off_where_some_hazardous_goods_do(tag: str, both: tuple[bool, bool]) -> None:
    found = way(f"primary {tag}", "tanker")
    assert (found.forward, found.backward) == both
    assert all(both) or tag in found.reasons | found.unread
    assert way(f"primary {tag}", "heavy_truck") == BOTH


def test_a_condition_on_some_hazardous_goods_is_flagged_for_fuel() -> None:
    tag = "hazmat:water:conditional=no"
    assert "conditional" in way(f"primary {tag}", "tanker").flags
    assert "conditional" not in way(f"primary {tag}", "heavy_truck").flags


@pytest.mark.parametrize(
    "tags",
    [
        *[{}, {"hgv": "yes"}, {"motor_vehicle": "yes"}, {"hgv": "designated", "maxweight": "50"}],
        *[{"hazmat": "yes"}, {"highway": "primary"}, {"hgv_articulated": "yes"}],
    ],
)
def test_no_tag_puts_fuel_on_a_ferry(tags: dict[str, str]) -> None:
    """As the column ``ferry`` of ``vehicles.csv`` says."""
    assert way_access({"route": "ferry", **tags}, "tanker") == NEITHER
    assert way_access({"route": "ferry", **tags}, "heavy_truck") == BOTH
    assert {row["vehicle_id"] for row in rows("vehicles.csv") if row["ferry"] == "no"} == (
        highway_classes()["ferry"].never
    )


@pytest.mark.parametrize(
    ("tags", "answers"),
    [
        ({"route": "ferry;bus"}, (True, True, True, True, False)),
        ({"route": "ferry", "highway": "primary"}, (True, True, True, True, False)),
        ({"route": "ferry", "highway": "track"}, (True, True, True, False, False)),
        ({"route": "ferry", "highway": "footway"}, (False,) * 5),
        ({"route": "ferry", "highway": "construction"}, (False,) * 5),
        ({"highway": "ferry"}, (True, True, True, True, False)),
    ],
)
def test_a_ferry_is_known_however_it_is_written(
    tags: dict[str, str], answers: tuple[bool, ...]
) -> None:
    assert tuple(way_access(tags, vehicle).forward for vehicle in VEHICLES) == answers


def test_hours_of_a_road_are_a_condition() -> None:
    assert "conditional" in way("primary opening_hours=06:00-18:00").flags
    assert "conditional" not in way("primary opening_hours=24/7").flags
    ferry = {"route": "ferry", "opening_hours": "06:00-18:00"}
    assert "conditional" not in way_access(ferry, "lv_4x4").flags


@pytest.mark.parametrize("tag", ["hgv:conditional=no", "maxweight:conditional=10"])
def test_a_condition_is_flagged(tag: str) -> None:
    found = way(f"primary {tag}", "truck_6x6")
    assert found == BOTH
    assert "conditional" in found.flags


def test_a_barrier_along_the_way_counts() -> None:
    assert way("track barrier=gate") == BOTH
    assert way("track barrier=debris", "motorbike") == NEITHER


values = st.sampled_from([*access_values(), "nonsense", "", "yes;no"])
keys = st.sampled_from(["access", "vehicle", "motor_vehicle", "motorcar", "hgv", "motorcycle"])
tag_sets = st.dictionaries(keys, values)


@given(st.sampled_from(sorted(highway_classes())), tag_sets, st.sampled_from(VEHICLES))
def test_a_no_on_the_most_specific_key_always_closes(
    highway: str, tags: dict[str, str], vehicle: str
) -> None:
    key = tag_rules()["keys"][vehicle][-1]
    assert way_access({"highway": highway, **tags, key: "no"}, vehicle) == NEITHER


@given(st.sampled_from(sorted(highway_classes())), tag_sets, st.sampled_from(VEHICLES))
def test_a_barrier_or_an_unread_limit_never_opens(
    highway: str, tags: dict[str, str], vehicle: str
) -> None:
    before = way_access({"highway": highway, **tags}, vehicle)
    for more in ({"barrier": "gate"}, {"maxweight": "?"}, {"impassable": "yes"}, {"oneway": "yes"}):
        after = way_access({"highway": highway, **tags, **more}, vehicle)
        assert after.forward <= before.forward
        assert after.backward <= before.backward


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8)), st.sampled_from(VEHICLES))
def test_any_text_is_answered(tags: dict[str, str], vehicle: str) -> None:
    assert way_access({**tags, "highway": "primary"}, vehicle).forward in {True, False}


@pytest.mark.parametrize(
    ("tags", "is_open"),
    [
        ({}, True),
        ({"foot": "yes"}, False),
        ({"bicycle": "yes", "foot": "yes"}, False),
        ({"foot": "yes", "motor_vehicle": "yes"}, True),
        ({"foot": "yes", "motorcar": "no"}, False),
    ],
)
def test_a_boat_for_persons_carries_no_vehicle(tags: dict[str, str], *, is_open: bool) -> None:
    """A ferry that says nothing is one for vehicles; one that names persons alone is not."""
    found = way_access({"route": "ferry", **tags}, "lv_4x4")
    assert (found.forward, found.backward) == (is_open, is_open)


@pytest.mark.parametrize(
    ("tags", "is_open"),
    [
        *[({"foot": "no"}, True), ({"bicycle": "no"}, True), ({"cargo": "passengers"}, False)],
        *[({"cargo": "passengers;vehicle"}, True), ({"foot": "yes", "cargo": "vehicle"}, True)],
        *[({"cargo": "goods"}, False), ({"cargo": "passengers", "motor_vehicle": "yes"}, True)],
        *[({"cargo": "vehicle", "motorcar": "no"}, False)],
    ],
)
def test_what_a_ferry_carries_is_what_its_tags_name(tags: dict[str, str], *, is_open: bool) -> None:
    assert way_access({"route": "ferry", **tags}, "lv_4x4").forward == is_open


@pytest.mark.parametrize(
    "tag",
    ["smoothness=impassable@wet", "impassable=yes@wet", "4wd_only=yes@wet", "seasonal=yes@Jun"],
)
def test_a_condition_on_the_state_is_flagged(tag: str) -> None:
    key, value = tag.split("=")
    assert "conditional" in way(f"primary {key}:conditional={value}").flags


def test_foot_says_nothing_of_vehicles_on_a_road() -> None:
    assert way_access({"highway": "primary", "foot": "no"}, "lv_4x4").forward
