"""Roads that rows of a file name on a surveyed network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osm_world import write_world

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.io.patrols import read_patrols
from cmcoord_geo.io.report import Reading
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.picture import Patrols

HEAD = "patrol_id,from_place,to_place,segment_id,km_from,km_to,start,end,provider,composition\n"
WINDOW = "2026-12-15T08:00+01:00,2026-12-15T10:00+01:00,force,minusca"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    path = write_world(tmp_path_factory.mktemp("osm") / "w.osm")
    return build_network(read_osm(path), name="w", source="w").network


def read(tmp_path: Path, network: RoadNetwork, where: str) -> Reading[Patrols]:
    path = tmp_path / "patrols.csv"
    path.write_text(f"{HEAD}P1,{where},{WINDOW}\n", encoding="utf-8")
    return read_patrols(path, network=network)


def ways(patrols: Patrols) -> list[str]:
    return [key.partition(".")[0] for key in patrols.segment_id]


def metres(network: RoadNetwork, patrols: Patrols) -> float:
    rows = [network.segment_index[key] for key in patrols.segment_id]
    share = patrols.to_fraction - patrols.from_fraction
    return float((network.length_m[rows] * share).sum())


def test_two_places_are_the_main_road_between_them(tmp_path: Path, network: RoadNetwork) -> None:
    found = read(tmp_path, network, "Village-Essai,Ville-Essai,,,")
    assert ways(found.content) == ["w100", "w100", "w101", "w102"]
    assert set(found.content.patrol_id) == {"P1"}
    assert [f.said.en for f in found.findings] == [
        "Taken as the road RN2, without name (main road), 6.6 km."
    ]
    assert found.report.accepted == 1


def test_km_count_from_the_place_named_first(tmp_path: Path, network: RoadNetwork) -> None:
    there = read(tmp_path, network, "Village-Essai,Ville-Essai,,0,2").content
    back = read(tmp_path, network, "Ville-Essai,Village-Essai,,0,2").content
    assert ways(there) == ["w100"]
    assert ways(back) == ["w102", "w101"]
    for patrols in (there, back):
        assert metres(network, patrols) == pytest.approx(2000, abs=1)
        assert np.all(patrols.from_fraction <= patrols.to_fraction)


def test_a_segment_by_its_id(tmp_path: Path, network: RoadNetwork) -> None:
    found = read(tmp_path, network, ",,w101,,")
    assert ways(found.content) == ["w101"]
    assert not found.findings
    assert not read(tmp_path, network, ",,w999,,").content.patrol_id


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (",,,,", "No segment"),
        ("Village-Essai,,,,", "No segment"),
        ("Village-Essai,Atlantis,,,", "Unknown place"),
        ("Village-Essai,Bangui,,,", "from the nearest road"),
        ("Village-Essai,Village-Essai,,,", "No road of the network"),
        ("Village-Essai,Ville-Essai,,0,90", "Beyond the end"),
        ("Village-Essai,Ville-Essai,,3,2", "km_to"),
        ("Village-Essai,,w102,,", "joins other places"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, network: RoadNetwork, where: str, told: str
) -> None:
    found = read(tmp_path, network, where)
    assert not found.content.patrol_id
    errors = [f for f in found.findings if f.severity == "error" and f.row]
    assert told in f"{errors[0].said.en} {errors[0].column}"
