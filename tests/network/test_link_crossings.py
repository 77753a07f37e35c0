"""Crossings of the bundled links on the map."""

from __future__ import annotations

from pathlib import Path

from link_world import LinkWorld

from cmcoord_geo.facts import Crossing
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.carry import carry_over
from cmcoord_geo.network.osm.build import build_network

FERRY = {"route": "ferry", "name": "Bac EXERCISE"}
BRIDGE = {"highway": "primary", "bridge": "yes"}


def carried(tmp_path: Path, world: LinkWorld) -> RoadNetwork:
    extract = read_osm(world.write(tmp_path / "w.osm"))
    return carry_over(build_network(extract, name="w", source="w").network)


def crossing(network: RoadNetwork, key: str) -> Crossing:
    (found,) = [one for one in network.crossings if one.crossing_id == key]
    return found


def test_a_ferry_near_its_km_is_the_one_of_the_table(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L089", pieces=20, bridges={14: {**FERRY, "maxweight": "12"}})  # km 98 to 105 of 140
    network = carried(tmp_path, world)
    ferry = crossing(network, "CR01")
    (alias,) = ferry.aliases
    assert alias.startswith("OSM-w")
    assert ferry.answers_to(alias)
    assert ferry.answers_to("CR01")
    assert not ferry.answers_to("CR02")
    assert ferry.capacity_t == 12.0
    assert ferry.name.en == "Bombala ferry"
    (km,) = ferry.at_km.values()
    assert km is not None
    assert network.links is not None
    (told,) = [one for one in network.links.crossings if one.crossing_id == "CR01"]
    assert told.mapped_id == alias
    assert 0 < told.away_km < 10


def test_a_ferry_elsewhere_on_the_road_is_another(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L089", pieces=20, bridges={3: FERRY})
    network = carried(tmp_path, world)
    ferry = crossing(network, "CR01")
    assert ferry.aliases == ()
    assert set(ferry.at_km.values()) == {None}
    assert len(ferry.at_km) == 5  # of the 20 pieces of 7 km those within 14 km of its km


def test_of_two_in_reach_none_is_picked(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L089", pieces=20, bridges={13: FERRY, 15: FERRY})
    assert set(crossing(carried(tmp_path, world), "CR01").at_km.values()) == {None}


def test_a_ferry_of_unknown_place_is_the_only_one_on_its_road(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L055", pieces=10, bridges={4: FERRY})  # Djéma ferry, no km in the table
    ferry = crossing(carried(tmp_path, world), "CR06")
    assert len(ferry.aliases) == 1
    assert len(ferry.at_km) == 1


def test_a_record_of_many_bridges_is_none_of_them(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L080", pieces=10, bridges={5: BRIDGE})
    network = carried(tmp_path, world)
    record = crossing(network, "CR68")
    assert record.aliases == ()
    assert len(record.at_km) == len(network.segments_of_link("L080"))
    assert any(one.crossing_id.startswith("OSM-") for one in network.crossings)


def test_a_crossing_of_two_links_is_one_where_both_agree(tmp_path: Path) -> None:
    world = LinkWorld()
    bambari, grimari, kouango = (world.town(key) for key in ("BBY", "GRI", "KUA"))
    fork, landing = world.node(20.12, 5.25), world.node(20.11, 5.24)
    world.road(bambari, fork, km=95, highway="primary")
    world.road(grimari, fork, km=75, highway="primary")
    world.road(fork, landing, km=3, pieces=1, bridges={0: FERRY})
    world.road(landing, kouango, km=43, highway="primary")
    network = carried(tmp_path, world)
    ferry = crossing(network, "CR01")
    assert network.links is not None
    assert {link.link_id for link in network.links.matched} == {"L089", "L090"}
    assert len(ferry.aliases) == 1
