"""What looks wrong on a network: every kind once, and the laws of mending it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flaw_world import GOOD, SPOTS, build_flaws_world, lonlat
from towns import town

from cmcoord_geo.network.flaws import KINDS, FlawGroup, FlawPlace
from cmcoord_geo.network.soundness import check_network
from cmcoord_geo.units import geodesic_m


def groups(tmp_path: Path, **what: object) -> dict[str, FlawGroup]:
    built = build_flaws_world(tmp_path / "w.osm", **what)
    found = check_network(built.network, unread=built.unread, cut_nodes=built.cut_nodes)
    return {group.kind: group for group in found}


def only(found: dict[str, FlawGroup], kind: str) -> FlawPlace:
    (place,) = found[kind].places
    return place


def apart_m(place: FlawPlace, east_m: float, north_m: float) -> float:
    assert place.flaw.lon is not None
    assert place.flaw.lat is not None
    return float(geodesic_m(place.flaw.lon, place.flaw.lat, *lonlat(east_m, north_m))[0])


def test_every_kind_is_there_once_in_the_order_of_telling(tmp_path: Path) -> None:
    found = groups(tmp_path)
    assert tuple(found) == KINDS
    assert {kind: group.count for kind, group in found.items()} == dict.fromkeys(KINDS, 1)


def test_each_lies_where_it_should(tmp_path: Path) -> None:
    found = groups(tmp_path)
    expected = {
        "island": SPOTS[21],
        "near_miss": SPOTS[6],
        "dead_end": SPOTS[5],
        "unknown_access": (1000.0, 1000.0),
        "unknown_surface": (1000.0, 1000.0),
        "nameless": (1000.0, -300.0),
    }
    for kind, spot in expected.items():
        assert apart_m(only(found, kind), *spot) < 0.5, kind
    assert min(apart_m(only(found, "unread_tag"), *SPOTS[node]) for node in (2, 4)) < 0.5


def test_what_is_told_of_each(tmp_path: Path) -> None:
    found = groups(tmp_path)
    island = only(found, "island").flaw
    assert island.length_m == pytest.approx(400 + 2 * (200**2 + 300**2) ** 0.5, rel=1e-3)
    assert (island.roads, island.names, island.way_ids) == (1, ("Route de l’îlot",), (20,))
    assert island.away_m == pytest.approx(1000.0, abs=0.5)
    miss = only(found, "near_miss").flaw
    assert miss.away_m == pytest.approx(5.0, abs=0.01)
    assert (miss.segment_ids, miss.other_id, miss.other_name) == (("w30",), "w11", "Route d’essai")
    end = only(found, "dead_end").flaw
    assert (end.way_ids, end.length_m) == ((31,), pytest.approx(600.0, abs=0.5))
    tag = only(found, "unread_tag").flaw
    assert (tag.tag, tag.count, tag.example) == ("surface=marshmallow", 1, "w50")
    assert only(found, "unknown_access").flaw.way_ids == (40,)
    assert only(found, "unknown_surface").flaw.way_ids == (50,)
    assert only(found, "nameless").flaw.way_ids == (60,)


def test_the_nearest_town_is_told_with_distance_and_direction(tmp_path: Path) -> None:
    place = only(groups(tmp_path), "dead_end")
    assert (place.town, place.direction) == ("Grimari", "N")
    assert place.town_m is not None
    assert place.where.en == f"{place.town_m / 1000:.0f} km north of Grimari"
    assert place.where.fr == f"à {place.town_m / 1000:.0f} km de Grimari vers le nord"


def test_a_joining_road_takes_the_island_away(tmp_path: Path) -> None:
    joined = groups(tmp_path, ways={70: ([2, 21], GOOD)})
    assert "island" not in joined
    assert joined["dead_end"].count == 1


def test_a_ferry_joins_as_well(tmp_path: Path) -> None:
    ferry = {"route": "ferry", "name": "Bac d’essai", "motor_vehicle": "yes"}
    joined = groups(tmp_path, ways={70: ([2, 21], ferry)})
    assert "island" not in joined
    assert joined["unknown_surface"].count == 1  # a ferry has no surface that could be unknown


@pytest.mark.parametrize(
    ("kind", "ways"),
    [
        ("near_miss", {30: ([1, 6, 3], GOOD)}),
        ("dead_end", {31: ([3, 5, 2], GOOD)}),
        ("unknown_access", {40: ([1, 3], GOOD)}),
        ("unknown_surface", {50: ([2, 4], GOOD)}),
        ("nameless", {60: ([1, 7, 2], GOOD)}),
    ],
)
def test_mending_one_thing_takes_that_alone_away(
    kind: str, ways: dict[int, object], tmp_path: Path
) -> None:
    mended = groups(tmp_path, ways=ways)
    gone = {kind} | ({"unread_tag"} if kind == "unknown_surface" else set())
    assert set(mended) == set(KINDS) - gone


def test_a_road_closed_by_a_strange_value_is_of_unknown_access(tmp_path: Path) -> None:
    found = groups(tmp_path, ways={31: ([3, 5], {**GOOD, "access": "perhaps"})})
    assert {place.flaw.way_ids for place in found["unknown_access"].places} == {(40,), (31,)}
    assert [place.flaw.tag for place in found["unread_tag"].places] == [
        "access=perhaps",
        "surface=marshmallow",
    ]


def test_worst_comes_first(tmp_path: Path) -> None:
    spots = {8: (-900.0, 2000.0), 24: (3000.0, -3000.0), 25: (9000.0, -3000.0)}
    found = groups(tmp_path, spots=spots, ways={71: ([4, 8], GOOD), 72: ([24, 25, 24], GOOD)})
    assert [place.flaw.way_ids for place in found["dead_end"].places] == [(71,), (31,)]
    assert [place.flaw.way_ids for place in found["island"].places] == [(72,), (20,)]


def test_a_drawn_network_without_traffic_is_checked(tmp_path: Path) -> None:
    assert [group.kind for group in check_network(town("A---B"))] == ["dead_end"]
    assert check_network(town("A--B\n|  |\nC--D")) == ()
    sentences = [group.said.en for group in check_network(town("A---B\n\nC---D"))]
    assert any(sentence.startswith("1 island") for sentence in sentences)
