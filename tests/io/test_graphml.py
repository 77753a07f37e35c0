"""GraphML that is written as it goes is the GraphML of osmnx."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import osmnx
import pytest
from osm_world import write_world
from shapely import LineString

from cmcoord_geo.io.graphml import write_graphml
from cmcoord_geo.io.network_export import to_osmnx
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import bundled_network
from cmcoord_geo.network.osm.build import build_network


def graphs(folder: Path) -> dict[str, nx.MultiDiGraph]:
    """Graph of a network with traffic and of one without, one of odd words, and one that holds nothing."""
    extract = read_osm(write_world(folder / "w.osm"))
    odd: nx.MultiDiGraph = nx.MultiDiGraph(crs="epsg:4326", name='a < b & "c"')
    odd.add_node(-1, x=20.5, y=5.25)
    odd.add_node(2, x=20.6, y=5.25, **{"name <&>": "é’\n“”\tz"})
    odd.add_node(3)
    odd.add_edge(-1, 2, key=7, osmid=[5, 6], ref="", geometry=LineString([(20.5, 5.25), (20.6, 5)]))
    odd.add_edge(-1, 2, key=8)
    return {
        "traffic": to_osmnx(build_network(extract, name="w", source="w").network),
        "sketch": to_osmnx(bundled_network()),
        "odd": odd,
        "empty": nx.MultiDiGraph(crs="epsg:4326"),
    }


@pytest.mark.parametrize("kind", ["traffic", "sketch", "odd", "empty"])
def test_the_bytes_are_those_of_osmnx(kind: str, tmp_path: Path) -> None:
    graph = graphs(tmp_path)[kind]
    osmnx.save_graphml(graph, tmp_path / "theirs.graphml")
    write_graphml(graph, tmp_path / "ours.graphml")
    theirs = (tmp_path / "theirs.graphml").read_bytes()
    assert (tmp_path / "ours.graphml").read_bytes() == theirs


def test_what_no_xml_may_hold_is_left_out(tmp_path: Path) -> None:
    """A name with a control character would make the whole file unreadable."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph(crs="epsg:4326")
    for node in (1, 2):
        graph.add_node(node, x=20.0 + node, y=5.0)
    graph.add_edge(1, 2, osmid=5, length=1.0, name="Route\x00 d’\x0bessai\ud800\uffff")
    path = tmp_path / "g.graphml"
    write_graphml(graph, path)
    assert osmnx.load_graphml(path)[1][2][0]["name"] == "Route d’essai"
