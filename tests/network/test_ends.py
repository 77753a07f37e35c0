"""Both ends of a movement on a surveyed network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from osm_world import NODES, write_world

from cmcoord_geo.errors import DataError, SnapError, UnknownPlaceError
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import RoadNetwork, convoy_of
from cmcoord_geo.network.ends import with_ends
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.spots import find_spot

LIGHT = convoy_of([VehicleCount(vehicle_id="lv_4x4", count=2)])
HEAVY = convoy_of([VehicleCount(vehicle_id="heavy_truck", count=2)])


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    path = write_world(tmp_path_factory.mktemp("osm") / "w.osm")
    return build_network(read_osm(path), name="w", source="w").network


def test_names_of_the_network_and_positions_are_found(network: RoadNetwork) -> None:
    assert find_spot(network, "ville essai").spot_id == "Ville-Essai"
    assert find_spot(network, "5.7,20.61").lon == 20.61
    assert find_spot(network, "Bambari").spot_id == "BBY"
    with pytest.raises(UnknownPlaceError):
        find_spot(network, "Nowhere at all")
    with pytest.raises(DataError):
        find_spot(network, "120.5,5.7")


def test_a_point_is_put_on_the_road_and_its_distance_told(network: RoadNetwork) -> None:
    ends = with_ends(network, ["5.703,20.61", "Ville-Essai"], LIGHT, limit_m=2000)
    assert ends.node_ids == ("5.70300,20.61000", "Ville-Essai")
    assert [what.en for what in ends.told] == [
        "5.70300, 20.61000: put on the road RN2, 332 m away."
    ]
    at = ends.network.node_index["5.70300,20.61000"]
    assert ends.network.lat[at] == pytest.approx(5.7, abs=1e-6)


def test_too_far_is_refused_with_the_distance(network: RoadNetwork) -> None:
    with pytest.raises(SnapError, match=r"33\d m .*limit 200 m"):
        with_ends(network, ["5.703,20.61", "Ville-Essai"], LIGHT, limit_m=200)
    with pytest.raises(SnapError, match="Bangui"):
        with_ends(network, ["Bangui", "Ville-Essai"], LIGHT, limit_m=2000)


def test_only_roads_open_to_the_convoy_count(network: RoadNetwork) -> None:
    """The middle of a track is no place for a heavy truck."""
    point = f"{(NODES[6][1] + NODES[4][1]) / 2},{(NODES[6][0] + NODES[4][0]) / 2}"
    near = with_ends(network, [point, "Ville-Essai"], LIGHT, limit_m=5000)
    far = with_ends(network, [point, "Ville-Essai"], HEAVY, limit_m=5000)
    assert near.told == ()
    assert "away" in far.told[0].en


def test_a_gazetteer_place_near_enough_is_a_node_with_its_id(network: RoadNetwork) -> None:
    ends = with_ends(network, ["BBY", "Ville-Essai"], LIGHT, limit_m=9000)
    assert ends.node_ids[0] == "BBY"


def test_abroad_the_seasons_are_told_as_assumed(network: RoadNetwork) -> None:
    shift = (-6.2, 30.2)
    away = replace(
        network,
        lon=network.lon + shift[0],
        lat=network.lat + shift[1],
        lines=Lines(network.lines.points + shift, network.lines.first),
        places=None,
    )
    ends = with_ends(away, ["35.9, 14.41", "Ville-Essai"], LIGHT, limit_m=2000)
    assert "seasons assumed are those of the CAR zone" in ends.told[-1].en
    assert not any("seasons" in what.en for what in with_ends(
        network, ["5.7, 20.61", "Ville-Essai"], LIGHT, limit_m=2000
    ).told)  # fmt: skip


def test_a_place_whose_junction_is_closed_to_the_convoy_gets_a_stop_of_its_own(
    network: RoadNetwork,
) -> None:
    """The junction keeps its id, so the stop on the next open road has another one."""
    traffic = replace(
        network.traffic,
        forward=np.where(np.isin(network.segment_ids, ["w150"]), 0, network.traffic.forward),
        backward=np.where(np.isin(network.segment_ids, ["w150"]), 0, network.traffic.backward),
    )
    shut = replace(network, traffic=traffic)
    ends = with_ends(shut, ["Village-Essai", "Ville-Essai"], LIGHT, limit_m=2000)
    assert len(set(ends.network.node_ids)) == len(ends.network.node_ids)
    assert ends.node_ids[1].startswith("Ville-Essai")


def test_nobody_starts_in_the_middle_of_a_ferry_s_way(network: RoadNetwork) -> None:
    ends = with_ends(network, ["5.7203,20.645", "Ville-Essai"], LIGHT, limit_m=2000)
    assert "put on the road without name (track), 55" in ends.told[0].en
