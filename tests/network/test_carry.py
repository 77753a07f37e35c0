"""Knowledge of the bundled links on surveyed roads."""

from __future__ import annotations

from pathlib import Path

import pytest
from link_world import LinkWorld

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.carry import carry_over, is_surface_lent
from cmcoord_geo.network.osm.build import build_network


def carried(tmp_path: Path, world: LinkWorld) -> tuple[RoadNetwork, RoadNetwork]:
    extract = read_osm(world.write(tmp_path / "w.osm"))
    network = build_network(extract, name="w", source="w").network
    return network, carry_over(network)


def words(network: RoadNetwork, link: str, column: str) -> set[str]:
    return {getattr(network, column)[i] for i in network.segments_of_link(link)}


def test_a_road_without_surface_takes_the_defaults_of_its_link(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L043")
    before, after = carried(tmp_path, world)
    assert set(before.status_dry) == {"unknown"}
    assert after.links is not None
    assert len(after.segments_of_link("L043")) == len(after)
    assert words(after, "L043", "route_ref") == {"RN2"}
    assert words(after, "L043", "status_dry") == {"open"}
    assert words(after, "L043", "status_wet") == {"restricted"}
    assert words(after, "L043", "max_vehicle_dry") == {"heavy_truck"}
    assert words(after, "L043", "max_vehicle_wet") == {"truck_6x6"}
    assert words(after, "L043", "confidence") == {"high"}
    assert words(after, "L043", "surface") == {"laterite"}
    assert all(is_surface_lent(after, i) for i in range(len(after)))
    assert not any(is_surface_lent(before, i) for i in range(len(before)))


def test_a_missing_surface_is_never_paved_and_one_of_the_map_stays(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L020")  # paved by the table
    world.link("L021", surface="dirt")
    _, after = carried(tmp_path, world)
    assert words(after, "L020", "surface") == {"laterite"}
    assert words(after, "L021", "surface") == {"degraded"}
    assert not any(is_surface_lent(after, i) for i in after.segments_of_link("L021"))


def test_a_surface_that_no_table_knows_is_no_missing_one(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L043", surface="lava")
    before, after = carried(tmp_path, world)
    assert words(after, "L043", "surface") == {"unknown"}
    assert words(after, "L043", "status_dry") == {"unknown"}
    assert words(after, "L043", "max_vehicle_dry") == set(before.max_vehicle_dry)


def test_where_the_map_speaks_the_more_cautious_holds(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L043", surface="laterite", seasonal="yes", ref="RN 9")
    _, after = carried(tmp_path, world)
    assert words(after, "L043", "status_dry") == {"open"}
    assert words(after, "L043", "status_wet") == {"closed"}
    assert words(after, "L043", "max_vehicle_wet") == {"motorbike"}
    assert words(after, "L043", "route_ref") == {"RN 9"}


def test_seasonal_closure_holds_also_where_the_surface_is_unknown(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L043", seasonal="yes")
    _, after = carried(tmp_path, world)
    assert words(after, "L043", "status_wet") == {"closed"}
    assert words(after, "L043", "status_dry") == {"open"}


def test_a_condition_that_nobody_evaluates_keeps_a_road_restricted(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L043", **{"motor_vehicle:conditional": "no @ (wet)"})
    _, after = carried(tmp_path, world)
    assert words(after, "L043", "status_dry") == {"restricted"}


@pytest.mark.parametrize(
    "tags", [{"bridge:condition": "poor"}, {"was:bridge": "yes", "ford": "yes"}]
)
def test_a_doubt_of_the_map_keeps_a_road_restricted(tmp_path: Path, tags: dict[str, str]) -> None:
    world = LinkWorld()
    world.link("L043", **tags)
    _, after = carried(tmp_path, world)
    assert words(after, "L043", "status_dry") == {"restricted"}


def test_the_season_zone_is_that_of_the_link(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L044")  # Bambari, in the centre, to Alindao, in the south-east
    before, after = carried(tmp_path, world)
    assert set(before.season_zone) == {"centre", "south_east"}
    assert words(after, "L044", "season_zone") == {"south_east"}


def test_a_road_of_two_links_takes_the_more_cautious_word_of_both(tmp_path: Path) -> None:
    world = LinkWorld()
    bambari, grimari, kouango = (world.town(key) for key in ("BBY", "GRI", "KUA"))
    fork = world.node(20.12, 5.25)
    world.road(bambari, fork, km=90, highway="primary")
    world.road(grimari, fork, km=80, highway="primary")
    shared = world.road(fork, kouango, km=45, highway="primary")
    _, after = carried(tmp_path, world)
    assert after.links is not None
    assert {link.link_id for link in after.links.matched} == {"L089", "L090"}
    both = set(after.segments_of_link("L089")) & set(after.segments_of_link("L090"))
    assert {after.segment_ids[i] for i in both} == {f"w{way}" for way in shared}
    assert words(after, "L090", "status_dry") == {"restricted"}


def test_a_road_of_another_length_takes_nothing(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L043", km=110)
    before, after = carried(tmp_path, world)
    assert after.links is not None
    (refused,) = after.links.refused
    assert "110 km, 75 to 85" in refused.why.en
    assert after.segments_of_link("L043") == ()
    assert tuple(after.status_dry) == tuple(before.status_dry)
    assert tuple(after.route_ref) == tuple(before.route_ref)


def test_a_broken_bridge_does_not_change_the_name_of_a_road(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link(
        "L043", bridges={2: {"highway": "primary", "bridge": "yes", "bridge:condition": "broken"}}
    )
    _, after = carried(tmp_path, world)
    assert len(after.segments_of_link("L043")) == len(after)
    assert after.traffic is not None
    assert 0 in set(after.traffic.forward)  # and stays broken


def test_a_network_elsewhere_stays_as_it_is(tmp_path: Path) -> None:
    world = LinkWorld()
    a, b = world.node(14.4, 35.9), world.node(14.5, 35.9)
    world.road(a, b, km=20, highway="primary")
    before, after = carried(tmp_path, world)
    assert after is before


def test_a_ferry_on_the_way_keeps_its_own_words(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L089", pieces=20, bridges={14: {"route": "ferry", "name": "Bac EXERCISE"}})
    before, after = carried(tmp_path, world)
    ferry = before.road_class.index("ferry")
    assert after.status_dry[ferry] == before.status_dry[ferry] == "unknown"
    assert ferry in after.segments_of_link("L089")


@pytest.mark.parametrize("link", ["L043", "L089"])
def test_carrying_twice_changes_nothing(tmp_path: Path, link: str) -> None:
    world = LinkWorld()
    world.link(link)
    _, once = carried(tmp_path, world)
    twice = carry_over(once)
    for column in ("route_ref", "status_dry", "status_wet", "max_vehicle_wet", "confidence"):
        assert tuple(getattr(twice, column)) == tuple(getattr(once, column))
