"""Graphs of osmnx mean what extracts mean."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmnx
import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError, UnsafeFileError
from cmcoord_geo.io.graph_file import extract_of, is_graph, read_graph
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.osm.extract import OsmExtract
from cmcoord_geo.service.networks import build_network_file, load_network

PLAIN = {
    100: ([1, 2, 3], {"highway": "primary", "surface": "laterite"}),
    102: ([3, 4], {"highway": "primary", "oneway": "-1"}),
    103: ([2, 21, 7], {"highway": "track"}),
    104: ([7, 8], {"highway": "service", "access": "private"}),
}


def network_of(extract: OsmExtract) -> RoadNetwork:
    return build_network(extract, name="w", source="w").network


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tags = [*osmnx.settings.useful_tags_way, "surface"]
    monkeypatch.setattr(osmnx.settings, "useful_tags_way", tags)
    return write_world(tmp_path / "w.osm", ways=PLAIN)


def test_keys_with_a_suffix_are_read(source: Path) -> None:
    graph = graph_of(source)
    for *_, data in graph.edges(data=True):  # type: ignore[attr-defined]
        data["was:bridge"] = "yes"
    found = extract_of(graph, name="g")  # type: ignore[arg-type]
    assert all(dict(tags)["was:bridge"] == "yes" for tags in found.tags)


@pytest.fixture
def graphml(source: Path) -> Path:
    path = source.with_suffix(".graphml")
    osmnx.save_graphml(graph_of(source), path)
    return path


def graph_of(source: Path) -> object:
    """Graph with the ways of the file kept apart."""
    plain = osmnx.graph_from_xml(source, retain_all=True, simplify=False)
    return osmnx.simplify_graph(plain, edge_attrs_differ=["osmid"])


def columns(network: RoadNetwork) -> list[tuple[object, ...]]:
    """What a segment is, whichever way it is drawn."""
    rows = []
    for i in range(len(network)):
        ends = [
            tuple(np.round([network.lon[n], network.lat[n]], 6))
            for n in (network.start[i], network.end[i])
        ]
        masks = [int(network.traffic.forward[i]), int(network.traffic.backward[i])]
        if ends[0] > ends[1]:
            ends, masks = ends[::-1], masks[::-1]
        rows.append((*ends, *masks, network.road_class[i], network.surface[i]))
    return sorted(rows)


def test_a_graph_and_its_extract_make_one_network(source: Path, graphml: Path) -> None:
    ours, theirs = network_of(read_osm(source)), network_of(read_graph(graphml))
    assert columns(theirs) == columns(ours)
    assert theirs.length_m.sum() == pytest.approx(ours.length_m.sum(), rel=1e-6)


def test_a_graph_at_hand_needs_no_file(source: Path) -> None:
    graph = graph_of(source)
    assert len(network_of(extract_of(graph, name="g"))) == len(network_of(read_osm(source)))


def test_joined_ways_are_as_closed_as_the_worst_of_them(source: Path) -> None:
    """Osmnx joins the track and the private road behind it: where the gate lies is lost."""
    network = network_of(extract_of(osmnx.graph_from_xml(source, retain_all=True), name="g"))
    i = network.node_index["n8"]
    touching = (network.start == i) | (network.end == i)
    assert network.traffic.forward[touching].tolist() == [0]
    assert [network.road_class[k] for k in np.flatnonzero(touching)] == ["track"]


def test_the_command_reads_it(graphml: Path, tmp_path: Path) -> None:
    build_network_file([graphml], tmp_path / "g.network", version="1")
    assert len(load_network(tmp_path / "g.network")[0]) == 5


def test_entities_are_refused_wherever_they_stand(tmp_path: Path, graphml: Path) -> None:
    bomb = tmp_path / "bomb.graphml"
    bomb.write_text(
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><graphml/>', encoding="utf-8"
    )
    with pytest.raises(UnsafeFileError, match="entities"):
        read_graph(bomb)
    late = tmp_path / "late.graphml"
    late.write_bytes(b" " * (2**20 - 5) + b"<!DOCTYPE x>" + graphml.read_bytes())
    with pytest.raises(UnsafeFileError):
        read_graph(late)


@pytest.mark.parametrize("content", ["", "<graphml", "hello", "<graphml></graphml>"])
def test_what_is_no_graph_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.graphml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError):
        network_of(read_graph(path))
    assert is_graph(path)
