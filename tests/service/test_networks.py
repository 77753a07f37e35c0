"""Build and load a network as a user does."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError
from cmcoord_geo.service.networks import build_network_file, describe_network, load_network


def test_a_network_file_knows_where_it_comes_from(tmp_path: Path) -> None:
    source = write_world(tmp_path / "w.osm", stamp="2026-11-01T00:00:00Z")
    counts: list[int] = []
    build_network_file([source], tmp_path / "w.network", version="9.9", on_progress=counts.append)
    network, facts = load_network(tmp_path / "w.network")
    assert facts.osm_date == "2026-11-01"
    assert facts.built_with == "9.9"
    assert facts.sources == {"w.osm": hashlib.sha256(source.read_bytes()).hexdigest()}
    assert "ODbL" in network.licence
    rows = {label.en: value for label, value in describe_network(network, facts)}
    assert rows["Segments"] == f"{len(network)}"
    assert rows["Crossings (bridge)"] == "2"
    assert (rows["Named places"], rows["Lines of rivers"]) == ("2", "1")


def test_nothing_is_overwritten_and_nothing_half_written(tmp_path: Path) -> None:
    source = write_world(tmp_path / "w.osm")
    out = tmp_path / "w.network"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match=r"w\.network"):
        build_network_file([source], out, version="1")
    assert out.read_text(encoding="utf-8") == "mine"
    build_network_file([source], out, version="1", is_forced=True)
    assert load_network(out)[0].name == "w.osm"
    broken = tmp_path / "broken.osm"
    broken.write_text("<osm", encoding="utf-8")
    with pytest.raises(DataError):
        build_network_file([broken], tmp_path / "none.network", version="1")
    assert not (tmp_path / "none.network").exists()
