"""Rows that name a way which the map drew a second time: their road is the drawing that was kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from osm_streets import STREET, write_streets

from cmcoord_geo.io.network_file import NetworkFacts, read_network, write_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.io.patrols import read_patrols
from cmcoord_geo.io.status import read_status
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import build_network

WINDOW = "2026-12-15T08:00+01:00,2026-12-15T10:00+01:00,force,minusca"
KEPT = {"w2131", "w2122"}


@pytest.fixture(scope="module", params=["built", "read again"])
def network(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> RoadNetwork:
    folder = tmp_path_factory.mktemp("osm")
    path = write_streets(folder / "s.osm", ways={9009: ([31, 21, 22], STREET)})
    made = build_network(read_osm(path), name="s", source="").network
    if request.param == "built":
        return made
    facts = NetworkFacts(sources={}, osm_date="", built_with="")
    return read_network(write_network(made, facts, folder / "s.net"))[0]


def patrols(tmp_path: Path, network: RoadNetwork, where: str):
    path = tmp_path / "patrols.csv"
    head = "patrol_id,segment_id,km_from,km_to,start,end,provider,composition\n"
    path.write_text(f"{head}P1,{where},{WINDOW}\n", encoding="utf-8")
    return read_patrols(path, network=network)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("w9009", KEPT), ("9009", KEPT), ("w9009.2", {"w2122"}), ("w9009.1", {"w2131"})],
)
def test_a_report_and_a_patrol_find_the_drawing_that_was_kept(
    tmp_path: Path, network: RoadNetwork, name: str, kept: set[str]
) -> None:
    found = patrols(tmp_path, network, f"{name},,")
    assert found.report.accepted == 1, found.findings
    assert set(found.content.segment_id) == kept
    assert set(found.content.from_fraction) == {0.0}
    assert set(found.content.to_fraction) == {1.0}
    path = tmp_path / "road_status.csv"
    path.write_text(
        "report_id,segment_id,state,reported_at,reporter\n"
        f"S1,{name},closed,2026-12-15T05:00+01:00,ngo\n",
        encoding="utf-8",
    )
    status = read_status(path, network=network)
    assert {one.segment_id for one in status.content} == kept


def test_km_of_the_other_drawing_have_no_start(tmp_path: Path, network: RoadNetwork) -> None:
    found = patrols(tmp_path, network, "w9009.2,0,0.5")
    assert found.report.accepted == 0
    finding = next(one for one in found.findings if one.column == "from_place")
    assert finding.severity == "error"
    assert "w2122" in finding.said.en
    assert "w2122" in finding.said.fr


def test_a_way_that_nobody_drew_is_refused(tmp_path: Path, network: RoadNetwork) -> None:
    found = patrols(tmp_path, network, "w77,,")
    assert "segment_id" in [one.column for one in found.findings]
    assert found.report.accepted == 0
