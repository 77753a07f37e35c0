"""Build and load a network as a user does."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.network_export import export_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.service.networks import (
    LineFiles,
    build_network_file,
    describe_network,
    load_network,
)


def test_a_network_file_knows_where_it_comes_from(tmp_path: Path) -> None:
    source = write_world(tmp_path / "w.osm", stamp="2026-11-01T00:00:00Z")
    build_network_file([source], tmp_path / "w.network", version="9.9")
    network, facts = load_network(tmp_path / "w.network")
    assert facts.osm_date == "2026-11-01"
    assert facts.built_with == "9.9"
    assert facts.sources == {"w.osm": hashlib.sha256(source.read_bytes()).hexdigest()}
    assert "ODbL" in network.licence
    rows = {label.en: value for label, value in describe_network(network, facts)}
    assert rows["Segments"] == f"{len(network)}"
    assert rows["Crossings (bridge)"] == "2"
    assert (rows["Named places"], rows["Lines of rivers"]) == ("2", "1")


def test_whoever_waits_is_told_what_is_done_and_how_much_is_read(tmp_path: Path) -> None:
    source = write_world(tmp_path / "w.osm")
    told: list[tuple[str, float | None]] = []
    build_network_file(
        [source],
        tmp_path / "w.network",
        version="1",
        on_progress=lambda words, share: told.append((words.en, share)),
    )
    assert told[0][0] == "w.osm: 0 ways"
    assert all(share is None or 0.0 <= share <= 1.0 for _, share in told)
    assert [words for words, _ in told][-2:] == [
        f"{read_osm(source).way_ids.size} ways: segments and junctions",
        "Writing w.network",
    ]


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


#: Two roads of which one ends 4 cm beside the other: no way leads from one to the other.
NEAR = {
    1: (20.60, 5.70),
    2: (20.61, 5.71),
    3: (20.62, 5.70),
    4: (20.61, 5.7100004),
    5: (20.61, 5.72),
}
NEAR_WAYS = {
    20: (
        [1, 2],
        {"highway": "primary", "surface": "asphalt", "name": "Route d’essai", "ref": "RN9"},
    ),
    30: ([2, 3], {"highway": "primary", "surface": "paved"}),
    40: ([4, 5], {"highway": "residential", "access": "private"}),
}


def rows(network: RoadNetwork) -> list[tuple[object, ...]]:
    """Each segment: its id, line, words, and who may drive it which way."""
    assert network.traffic is not None
    return sorted(
        (
            key,
            network.lines[i].tobytes(),
            network.road_class[i],
            network.surface[i],
            network.route_ref[i],
            network.traffic.names[i],
            int(network.traffic.forward[i]),
            int(network.traffic.backward[i]),
        )
        for i, key in enumerate(network.segment_ids)
    )


@pytest.mark.parametrize("suffix", ["gpkg", "geojson"])
def test_an_export_is_built_again_as_it_was(suffix: str, tmp_path: Path) -> None:
    """Segments, surfaces and names; nothing is joined that was apart, unless a person asks."""
    source = write_world(tmp_path / "w.osm", nodes=NEAR, ways=NEAR_WAYS, node_tags={})
    first, _ = build_network_file([source], tmp_path / "a.network", version="1")
    assert set(first.surface) == {"paved", "paved_bad", "unknown"}
    lines = export_network(first, tmp_path / f"w.{suffix}")
    again, facts = build_network_file([lines], tmp_path / "b.network", version="1")
    assert rows(again) == rows(first)
    told = " ".join(said.en for said in facts.told)
    assert "no table knows" not in told
    assert "turn restrictions" in told
    asked = LineFiles(join_m=0.1)
    out = tmp_path / "c.network"
    joined, facts = build_network_file([lines], out, version="1", lines=asked)
    assert len(joined.node_ids) == len(first.node_ids) - 1
    assert any("joined to another end" in said.en for said in facts.told)
