"""A network file, checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flaw_world import write_flaws_world

from cmcoord_geo.errors import DataError
from cmcoord_geo.export import to_json
from cmcoord_geo.network.flaws import KINDS
from cmcoord_geo.service import build_network_file
from cmcoord_geo.service.network_check import check_network_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    out = tmp_path / "w.network"
    build_network_file([write_flaws_world(tmp_path / "w.osm")], out, version="0", has_links=False)
    return out


def test_what_the_build_knew_survives_the_file(file: Path) -> None:
    checked = check_network_file(file)
    assert [group.kind for group in checked.groups] == list(KINDS)
    tag = next(group for group in checked.groups if group.kind == "unread_tag")
    assert tag.places[0].flaw.example == "w50"
    assert "ODbL" in checked.licence


def test_nodes_where_the_extract_was_cut_survive_the_file(tmp_path: Path) -> None:
    source = write_flaws_world(tmp_path / "w.osm", bounds=(-100.0, -400.0, 2500.0, 2100.0))
    out = tmp_path / "w.network"
    build_network_file([source], out, version="0", has_links=False)
    assert "dead_end" in {group.kind for group in check_network_file(out).groups}
    source = write_flaws_world(
        tmp_path / "w.osm", bounds=(-100.0, -400.0, 2500.0, 2100.0), without=(20,)
    )
    build_network_file([source], out, version="0", has_links=False, is_forced=True)
    assert "dead_end" not in {group.kind for group in check_network_file(out).groups}


def test_a_limit_keeps_the_counts_and_the_file_holds_all(file: Path, tmp_path: Path) -> None:
    checked = check_network_file(file)
    layer = tmp_path / "f.geojson"
    for out in (None, layer):
        cut = check_network_file(file, limit=0, out=out)
        assert [group.count for group in cut.groups] == [group.count for group in checked.groups]
        assert not any(group.places for group in cut.groups)
    assert len(json.loads(layer.read_bytes())["features"]) == len(KINDS)
    content = json.loads(to_json(checked, kind="network_check"))
    assert (content["schema"], content["version"]) == ("cmcoord-geo/network_check", 1)
    assert content["groups"][0]["places"][0]["flaw"]["kind"] == "island"


def test_a_name_that_will_not_do_is_told_before_the_network_is_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="must end in"):
        check_network_file(tmp_path / "none", out=tmp_path / "f.shp")
