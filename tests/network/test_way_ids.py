"""A way id finds its road, also that of a drawing that was left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from osm_streets import STREET, write_streets

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.way_ids import road_of_way, way_id


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    """Way 9009 draws 3121 (against it) and 2122 again; way 9010 is its own from 34 to 14."""
    path: Path = tmp_path_factory.mktemp("osm") / "s.osm"
    ways = {9009: ([31, 21, 22], STREET), 9010: ([34, 24, 14], STREET)}
    path = write_streets(path, ways=ways, without=(1424, 2434))
    return build_network(read_osm(path), name="s", source="").network


def names(network: RoadNetwork, segment_id: str) -> list[tuple[str, bool]]:
    road = road_of_way(network, segment_id)
    assert road is not None
    rows = zip(road.chain.segments.tolist(), road.chain.is_forward.tolist(), strict=True)
    return [(network.segment_ids[i], is_forward) for i, is_forward in rows]


def test_a_way_in_pieces_runs_as_it_is_drawn(network: RoadNetwork) -> None:
    assert names(network, "w9010") == [("w9010.1", True), ("w9010.2", True)]
    road = road_of_way(network, "w9010")
    assert road is not None
    assert road.is_directed
    assert road.chain.length_m == pytest.approx(
        sum(network.length_m[network.segment_index[key]] for key in ("w9010.1", "w9010.2"))
    )


def test_a_drawing_left_out_is_the_road_that_was_kept(network: RoadNetwork) -> None:
    found = names(network, "w9009")
    assert {key for key, _ in found} == {"w2131", "w2122"}
    assert len({is_forward for _, is_forward in found}) == 2  # 2131 and 2122 both start at 21
    road = road_of_way(network, "w9009")
    assert road is not None
    assert not road.is_directed
    assert [key for key, _ in names(network, "w9009.2")] == ["w2122"]


def test_no_road_without_a_piece(network: RoadNetwork) -> None:
    assert road_of_way(network, "w77") is None
    assert road_of_way(network, "w900") is None


def test_a_bare_number_is_a_way(network: RoadNetwork) -> None:
    assert way_id(network, "9009") == "w9009"
    assert way_id(network, "w9009.2") == "w9009.2"
