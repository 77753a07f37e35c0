"""Which road of a map a link of the bundled network describes."""

from __future__ import annotations

from pathlib import Path

import pytest
from link_world import LinkWorld
from osm_world import write_world

from cmcoord_geo.facts import places
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import bundled_network
from cmcoord_geo.network.link_roads import LinkRoad, LinkRoads, without_longer
from cmcoord_geo.network.osm.build import build_network

LINKS = bundled_network(include_border=True)


def found(tmp_path: Path, world: LinkWorld, link: str) -> LinkRoad:
    extract = read_osm(
        write_world(
            tmp_path / "w.osm", ways=world.ways, nodes=world.nodes, node_tags=world.node_tags
        )
    )
    network = build_network(extract, name="w", source="w").network
    return LinkRoads(network, LINKS).find(LINKS.segment_index[link])


def why(tmp_path: Path, world: LinkWorld, link: str) -> str:
    road = found(tmp_path, world, link)
    assert not road.chains
    assert road.why is not None
    return road.why.en


def test_the_range_of_the_table_and_a_tenth_beyond_fit(tmp_path: Path) -> None:
    for km in (72, 80, 92):  # 75 to 85
        world = LinkWorld()
        world.link("L043", km=km)
        road = found(tmp_path, world, "L043")
        assert road.why is None
        assert round(road.length_m / 1000) == km
    world = LinkWorld()
    world.link("L043", km=95)
    assert "95 km" in why(tmp_path, world, "L043")


def test_another_road_that_does_as_well_is_doubt_unless_a_number_tells(tmp_path: Path) -> None:
    def two(**tags: str) -> LinkWorld:
        world = LinkWorld()
        world.link("L043", km=80)
        grimari, bambari = world.towns["GRI"], world.towns["BBY"]
        middle = world.node(20.38, 5.62)
        world.road(grimari, middle, km=42, pieces=2, highway="primary", **tags)
        world.road(middle, bambari, km=40, pieces=2, highway="primary", **tags)
        return world

    assert "80, 82 km" in why(tmp_path, two(), "L043")
    road = found(tmp_path, two(ref="RN 2"), "L043")
    assert round(road.length_m / 1000) == 82


def test_a_road_through_a_third_town_is_not_the_link(tmp_path: Path) -> None:
    world = LinkWorld()
    kouango, bambari = world.town("KUA"), world.town("BBY")
    grimari = world.town("GRI")
    world.road(bambari, grimari, km=72, highway="primary")
    world.road(grimari, kouango, km=90, highway="primary")
    assert "through Grimari" in why(tmp_path, world, "L089")


def test_places_are_where_the_map_has_them(tmp_path: Path) -> None:
    world = LinkWorld()
    grimari = places()["GRI"]
    world.towns["GRI"] = world.node(grimari.lon + 0.1, grimari.lat)  # 11 km from the gazetteer
    world.node_tags[world.towns["GRI"]] = {"place": "town", "name": "Grimari"}
    world.town("BBY")
    world.link("L043", km=80)
    assert found(tmp_path, world, "L043").why is None
    world.node_tags[world.towns["GRI"]] = {"place": "town", "name": "Autre-Essai"}
    assert "no junction of roads within 5 km of Grimari" in why(tmp_path, world, "L043")


def test_a_dual_carriageway_is_found_both_ways(tmp_path: Path) -> None:
    world = LinkWorld()
    grimari, bambari = world.town("GRI"), world.town("BBY")
    there = world.road(grimari, bambari, km=80.0, pieces=1, highway="primary", oneway="yes")
    inner = world.ways[there[0]][0][1:-1]
    beside = [
        world.node(lon, lat + 0.0003) for lon, lat in (world.nodes[n] for n in reversed(inner))
    ]
    back = world.way([bambari, *beside, grimari], highway="primary", oneway="yes")
    road = found(tmp_path, world, "L043")
    assert road.why is None
    assert [chain.segments.tolist() for chain in road.chains] == [[0], [1]]
    assert back == there[0] + 1


def test_no_road_and_one_junction(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L042")
    world.road(world.town("BBY"), world.node(20.7, 5.8), km=30, highway="primary")
    assert "no road" in why(tmp_path, world, "L043")


def test_a_road_over_the_whole_of_another_link_is_not_a_link_of_its_own(tmp_path: Path) -> None:
    """Bouar to Bozoum by Baoro, where the map has Baoro so far off that its name does not tell."""
    world = LinkWorld()
    baoro, bouar, bozoum = (world.town(key) for key in ("BAO", "BOP", "BZM"))
    beside = world.node(places()["BAO"].lon + 0.02, places()["BAO"].lat + 0.03)
    world.way([baoro, beside], highway="primary")
    world.road(beside, bouar, km=55, highway="primary")
    world.road(beside, bozoum, km=90, highway="primary")
    extract = read_osm(world.write(tmp_path / "w.osm"))
    network = build_network(extract, name="w", source="w").network
    finder = LinkRoads(network, LINKS)
    links = [LINKS.segment_index[key] for key in ("L013", "L023")]
    roads = {link: finder.find(link) for link in links}
    assert [road.why for road in roads.values()] == [None, None]
    left = without_longer(network, LINKS, roads)
    why = left[links[0]].why
    assert why is not None
    assert "Baoro–Bouar" in why.en
    assert left[links[1]].chains


def test_loose_ends_near_a_town_are_no_road_to_it(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L043")
    bambari = places()["BBY"]
    yard = [world.node(bambari.lon, bambari.lat + d) for d in (0.0001, 0.0002)]
    world.way(yard, highway="primary")
    assert found(tmp_path, world, "L043").why is None


@pytest.mark.parametrize("highway", ["path", "construction"])
def test_a_path_or_a_road_not_built_is_no_link(tmp_path: Path, highway: str) -> None:
    world = LinkWorld()
    world.link("L043", bridges={1: {"highway": highway}})
    assert "25 % of the road is a mere path" in why(tmp_path, world, "L043")
