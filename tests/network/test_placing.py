"""Places of a folder of files on a surveyed network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osm_world import NODES, write_world

from cmcoord_geo.errors import SnapError, UnknownPlaceError
from cmcoord_geo.facts import places, vehicles
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.placing import place_on, with_gazetteer


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    path = write_world(tmp_path_factory.mktemp("osm") / "w.osm")
    return build_network(read_osm(path), name="w", source="w").network


def moved(network: RoadNetwork, east: float, north: float) -> RoadNetwork:
    """Same roads elsewhere."""
    lines = Lines.of([np.asarray(line) + np.array([east, north]) for line in network.lines])
    return replace(network, lon=network.lon + east, lat=network.lat + north, lines=lines)


def test_a_place_of_the_gazetteer_cuts_the_road_beside_it(network: RoadNetwork) -> None:
    bambari = places()["BBY"]
    shift = (bambari.lon - 20.61, bambari.lat - 5.701)
    there = with_gazetteer(moved(network, *shift))
    assert "BBY" in there.node_index
    assert there.node_names[there.node_index["BBY"]] == bambari.name
    assert len(there) == len(network) + 1


def test_a_network_far_from_every_place_stays_as_it_is(network: RoadNetwork) -> None:
    assert with_gazetteer(moved(network, -6.0, 30.0)) is not None
    far = moved(network, -6.0, 30.0)
    assert with_gazetteer(far) is far


def test_a_name_and_a_position_are_nodes(network: RoadNetwork) -> None:
    named = place_on(network, "ville essai")
    assert (network.node_ids[named.node], named.away_m) == ("Ville-Essai", 0.0)
    lon, lat = NODES[3]
    near = place_on(network, f"{lat + 0.001},{lon}")
    assert near.away_m == pytest.approx(110.6, abs=1)
    assert (network.lon[near.node], network.lat[near.node]) == (lon, lat)


def test_the_network_does_not_hang_on_who_moves_where(network: RoadNetwork) -> None:
    """An end between two junctions cuts no road: it stands at one of them."""
    before = network.segment_ids
    middle = place_on(network, "5.70,20.613")
    assert network.segment_ids == before
    assert middle.away_m > 500


def test_only_junctions_at_roads_open_to_the_convoy_count(network: RoadNetwork) -> None:
    """The end of a private road is no place for a truck: the junction before it is."""
    lon, lat = NODES[11]
    found = place_on(network, f"{lat},{lon}", {vehicles()["truck_6x6"].rank})
    assert (network.lon[found.node], network.lat[found.node]) == NODES[10]
    assert found.away_m == pytest.approx(1107, abs=5)


def test_too_far_or_unknown_is_refused(network: RoadNetwork) -> None:
    with pytest.raises(SnapError, match="limit 2 km"):
        place_on(network, "6.5,20.6")
    with pytest.raises(SnapError, match="Bangui"):
        place_on(network, "Bangui")
    with pytest.raises(UnknownPlaceError):
        place_on(network, "Nowhere at all")


def test_a_fragment_beside_a_place_is_passed_over(tmp_path: Path) -> None:
    """A yard of 30 m at the very spot leads nowhere; the road is 300 m off."""
    nodes = {1: (20.60, 5.70), 2: (20.70, 5.70), 3: (20.6500, 5.7027), 4: (20.6503, 5.7027)}
    ways = {1: ([1, 2], {"highway": "primary"}), 2: ([3, 4], {"highway": "service"})}
    path = write_world(tmp_path / "w.osm", nodes=nodes, ways=ways, node_tags={})
    network = build_network(read_osm(path), name="w", source="w").network
    yard = f"{nodes[3][1]}, {nodes[3][0]}"
    far = place_on(network, yard, limit_m=10_000.0)
    assert far.away_m < 1.0  # no junction of the road within 500 m
    nodes[5] = (20.6500, 5.70)
    ways[1] = ([1, 5, 2], {"highway": "primary"})
    ways[3] = ([5, 6], {"highway": "track"})
    nodes[6] = (20.65, 5.60)
    path = write_world(tmp_path / "w.osm", nodes=nodes, ways=ways, node_tags={})
    network = build_network(read_osm(path), name="w", source="w").network
    near = place_on(network, yard)
    assert near.away_m == pytest.approx(299, abs=3)
    assert network.lat[near.node] == pytest.approx(5.70)
