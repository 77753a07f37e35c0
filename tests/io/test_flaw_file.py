"""Findings on a network as a layer."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pyogrio
import pytest
from flaw_world import build_flaws_world

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.flaw_file import SUFFIXES, write_flaws
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.flaws import KINDS, FlawGroup
from cmcoord_geo.network.soundness import check_network

Checked = tuple[RoadNetwork, tuple[FlawGroup, ...]]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    built = build_flaws_world(tmp_path / "w.osm")
    return built.network, check_network(built.network, unread=built.unread)


def test_geojson_has_a_point_for_each_finding_and_the_licence(
    checked: Checked, tmp_path: Path
) -> None:
    network, groups = checked
    content = json.loads(write_flaws(network, groups, tmp_path / "f.geojson").read_bytes())
    assert content["licence"] == "© OpenStreetMap contributors, ODbL 1.0"
    assert content["source"] == network.source
    rows = [feature["properties"] for feature in content["features"]]
    assert [row["kind"] for row in rows] == list(KINDS)
    by_kind = {row["kind"]: row for row in rows}
    assert by_kind["near_miss"]["segment_ids"] == "w30"
    assert by_kind["near_miss"]["other_id"] == "w11"
    assert by_kind["nameless"]["way_ids"] == "w60"
    for group, feature in zip(groups, content["features"], strict=True):
        flaw = group.places[0].flaw
        assert feature["geometry"]["coordinates"] == [
            pytest.approx(flaw.lon, abs=1e-7),
            pytest.approx(flaw.lat, abs=1e-7),
        ]
        assert feature["properties"]["said_fr"] == group.places[0].said.fr


def test_a_geopackage_holds_the_same(checked: Checked, tmp_path: Path) -> None:
    network, groups = checked
    path = write_flaws(network, groups, tmp_path / "f.gpkg")
    layer = geopandas.read_file(path, layer="findings")
    content = json.loads(write_flaws(network, groups, tmp_path / "f.geojson").read_bytes())
    assert layer.crs.to_epsg() == 4326
    for row, feature in zip(layer.to_dict("records"), content["features"], strict=True):
        assert row["said_en"] == feature["properties"]["said_en"]
        assert row["geometry"].coords[0] == pytest.approx(
            tuple(feature["geometry"]["coordinates"]), abs=1e-6
        )
    told = pyogrio.read_info(path, layer="findings")["layer_metadata"]
    assert told["licence"] == network.licence


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_findings_are_the_same_bytes(
    suffix: str, checked: Checked, tmp_path: Path
) -> None:
    one, two = (write_flaws(*checked, tmp_path / f"{name}{suffix}") for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(DataError, match="already there"):
        write_flaws(*checked, one)
    assert write_flaws(*checked, one, is_forced=True) == one
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"w.osm", f"a{suffix}", f"b{suffix}"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_network_without_a_flaw_is_an_empty_layer(
    suffix: str, checked: Checked, tmp_path: Path
) -> None:
    path = write_flaws(checked[0], (), tmp_path / f"none{suffix}")
    layer = geopandas.read_file(path)
    assert len(layer) == 0
    assert suffix == ".geojson" or "said_fr" in layer.columns
