"""A graph of osmnx in memory becomes the network that its GraphML becomes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import osmnx
import pytest
from osm_world import NODE_TAGS, NODES, write_world
from shapely import LineString, MultiLineString

from cmcoord_geo.errors import CrsError, DataError
from cmcoord_geo.io.network_file import NetworkFacts, write_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork, to_networkx
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.service import build_from_graph, build_network_file, osmnx_way_tags

WAYS = {
    100: ([1, 2, 3], {"highway": "primary", "surface": "laterite", "name": "Route d’essai"}),
    101: ([31, 3], {"highway": "primary", "surface": "dirt", "ref": "RN2", "maxweight": "10"}),
    102: ([31, 4], {"highway": "primary", "oneway": "-1"}),
    103: ([2, 21, 7], {"highway": "track", "motorcar:forward": "no"}),
    104: ([7, 8], {"highway": "service", "access": "private"}),
    105: ([1, 9, 10], {"highway": "residential"}),
}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(osmnx.settings, "useful_tags_way", list(osmnx_way_tags()))
    monkeypatch.setattr(osmnx.settings, "useful_tags_node", ["barrier", "ford", "name"])
    return write_world(tmp_path / "w.osm", ways=WAYS)


def graph_of(source: Path, kind: str) -> nx.MultiDiGraph:
    plain = osmnx.graph_from_xml(source, retain_all=True, simplify=False)
    match kind:
        case "plain":
            return plain
        case "joined":
            return osmnx.simplify_graph(plain)
        case _:
            kept = ["barrier", "ford"]
            return osmnx.simplify_graph(plain, edge_attrs_differ=["osmid"], node_attrs_include=kept)


def as_bytes(network: RoadNetwork, path: Path) -> bytes:
    facts = NetworkFacts(sources={}, osm_date="", built_with="1")
    return write_network(network, facts, path).read_bytes()


def motorcars(network: RoadNetwork, way: int) -> set[tuple[bool, bool]]:
    """Whether cars may drive the pieces of a way as they are drawn, and the other way."""
    assert network.traffic is not None
    arcs = network.traffic.arcs_open([1])
    mine = [i for i, key in enumerate(network.segment_ids) if key.partition(".")[0] == f"w{way}"]
    assert mine
    return {(bool(arcs[2 * i]), bool(arcs[2 * i + 1])) for i in mine}


@pytest.mark.parametrize("kind", ["plain", "joined", "apart"])
def test_memory_and_graphml_make_one_network(kind: str, source: Path, tmp_path: Path) -> None:
    graph = graph_of(source, kind)
    before = nx.to_dict_of_dicts(graph)
    path = tmp_path / "g.graphml"
    osmnx.save_graphml(graph, path)
    theirs, facts = build_network_file([path], tmp_path / "g.network", version="1")
    ours = build_from_graph(graph, name="g.graphml")
    assert as_bytes(ours.network, tmp_path / "a") == as_bytes(theirs, tmp_path / "b")
    assert ours.told == facts.told
    assert nx.to_dict_of_dicts(graph) == before
    if kind != "joined":  # there the track is as private as what was joined to it
        assert motorcars(ours.network, 103) == {(False, True)}
    assert motorcars(ours.network, 104) == {(False, False)}


def test_a_graph_means_what_its_extract_means(source: Path) -> None:
    """Private, one-way, limits of weight and of a direction, barrier, ford, surfaces, names."""
    told = build_from_graph(graph_of(source, "apart")).network
    extract = build_network(read_osm(source), name="w", source="w").network
    assert told.traffic is not None
    assert extract.traffic is not None

    def metres(network: RoadNetwork) -> dict[tuple[object, ...], float]:
        """Length of each way by what is said of it; a node of a graph cuts where a ford lies."""
        found: dict[tuple[object, ...], float] = {}
        for i, key in enumerate(network.segment_ids):
            masks = [int(network.traffic.forward[i]), int(network.traffic.backward[i])]
            if network.lines[i][0].tolist() > network.lines[i][-1].tolist():
                masks.reverse()
            said = network.surface[i], network.route_ref[i], network.traffic.names[i]
            row = (key.partition(".")[0], *masks, *said, network.note[i])
            found[row] = found.get(row, 0.0) + float(network.length_m[i])
        return found

    assert metres(told) == pytest.approx(metres(extract), abs=0.1)
    assert {c.kind for c in told.crossings} == {c.kind for c in extract.crossings} == {"ford"}
    assert NODE_TAGS[9] == {"barrier": "bollard"}  # closes the residential road to cars
    assert (False, False) in motorcars(told, 105)


def test_a_private_road_is_closed_and_the_rest_of_it_is_not(source: Path) -> None:
    network = build_from_graph(graph_of(source, "plain")).network
    assert motorcars(network, 104) == {(False, False)}
    assert motorcars(network, 100) == {(True, True)}


def test_what_osmnx_did_not_keep_is_told(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = " ".join(said.en for said in build_from_graph(graph_of(source, "plain")).told)
    assert "no edge has motor_vehicle." in told
    assert "no turn restrictions" in told
    monkeypatch.setattr(osmnx.settings, "useful_tags_way", ["highway", "oneway"])
    told = " ".join(said.en for said in build_from_graph(graph_of(source, "plain")).told)
    assert "no edge has access, motor_vehicle, maxweight, surface. If osmnx" in told


def two(**data: Any) -> nx.MultiDiGraph:
    """One road both ways between two towns of the test country."""
    graph = nx.MultiDiGraph(crs="epsg:4326")
    for node in (1, 2):
        graph.add_node(node, x=NODES[node][0], y=NODES[node][1])
    graph.add_edge(1, 2, **{"osmid": 5, "highway": "primary", **data})
    graph.add_edge(2, 1, **{"osmid": 5, "highway": "primary", **data})
    return graph


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, (True, True)),
        ({"access": ["yes", "private"]}, (False, False)),
        ({"access": ("yes", "no")}, (False, False)),
        ({"access": {"no", "yes"}}, (False, False)),
        ({"highway": ["primary", "path"]}, (False, False)),
        ({"reversed": [True, False], "osmid": [5, 6]}, (True, True)),
        ({"reversed": [True, False], "motorcar:forward": "no"}, (False, False)),
        ({"access": float("nan"), "geometry": float("nan"), "name": float("nan")}, (True, True)),
        ({"maxweight": 1.5}, (False, False)),
        ({"maxweight": np.float64(1.5)}, (False, False)),
    ],
)
def test_lists_and_gaps_of_attributes(data: Any, expected: tuple[bool, bool]) -> None:
    network = build_from_graph(two(**data)).network
    assert len(network) == 1
    assert motorcars(network, 5) == {expected}


@pytest.mark.parametrize("word", [True, np.True_, "True", "yes", [True, False]])
def test_an_edge_is_one_way_however_that_is_said(word: object) -> None:
    """From tables come numpy's booleans, which are not True itself."""
    graph = two(oneway=word)
    graph.remove_edge(2, 1)
    assert motorcars(build_from_graph(graph).network, 5) == {(True, False)}


def test_an_edge_without_its_opposite_is_driven_as_it_runs() -> None:
    graph = two(oneway=False)
    graph.remove_edge(1, 2)
    graph[2][1][0]["reversed"] = True
    network = build_from_graph(graph).network
    assert motorcars(network, 5) == {(True, False)}
    assert network.lines[0][0].tolist() == list(NODES[2])


def test_both_halves_of_a_ring_stay() -> None:
    """Two edges of one way join the same nodes: neither is the opposite of the other."""
    graph = two()
    graph.clear_edges()
    (x1, y1), (x2, y2) = NODES[1], NODES[2]
    for start, end, side in ((1, 2, 0.01), (2, 1, -0.01)):
        line = LineString([NODES[start], ((x1 + x2) / 2, y1 + side), NODES[end]])
        road = {"osmid": 5, "highway": "primary", "oneway": False}
        graph.add_edge(start, end, geometry=line, reversed=False, **road)
        graph.add_edge(end, start, geometry=line.reverse(), reversed=True, **road)
    network = build_from_graph(graph).network
    assert len(network) == 2
    assert motorcars(network, 5) == {(True, True)}
    assert y1 == y2


def test_an_undirected_graph_is_refused(source: Path) -> None:
    graph = graph_of(source, "plain")
    for wrong in (osmnx.convert.to_undirected(graph), osmnx.convert.to_digraph(graph)):
        with pytest.raises(DataError, match=r"g: give the directed MultiDiGraph that osmnx makes"):
            build_from_graph(wrong, name="g")


def test_a_graph_without_or_with_another_reference_system_is_refused(source: Path) -> None:
    graph = graph_of(source, "plain")
    with pytest.raises(CrsError, match="unprojected"):
        build_from_graph(osmnx.projection.project_graph(graph))
    del graph.graph["crs"]
    with pytest.raises(CrsError, match="unprojected"):
        build_from_graph(graph)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"osmid": None}, r"edge 1–2 has no osmid"),
        ({"osmid": "w5.1"}, r"edge 1–2 has no osmid.*from_networkx"),
        ({"osmid": [5, None]}, r"edge 1–2 has no osmid"),
        ({"geometry": "LINESTRING (0 0, 1 1)"}, r"geometry of edge 1–2"),
        ({"geometry": MultiLineString([[(20, 5), (21, 6)]])}, r"geometry of edge 1–2"),
    ],
)
def test_an_edge_that_cannot_be_read_is_named(data: Any, words: str) -> None:
    with pytest.raises(DataError, match=words):
        build_from_graph(two(**data), name="g")


@pytest.mark.parametrize("place", [{"x": None}, {"y": float("nan")}, {"x": "far"}])
def test_a_node_without_a_position_is_named(place: dict[str, Any]) -> None:
    graph = two()
    graph.nodes[2].update(place)
    with pytest.raises(DataError, match="g: node 2 has no coordinates"):
        build_from_graph(graph, name="g")


def test_a_node_of_another_kind_of_id_is_named() -> None:
    with pytest.raises(DataError, match="node “n1” is no whole number"):
        build_from_graph(nx.relabel_nodes(two(), {1: "n1"}), name="g")


def test_our_own_graph_is_sent_to_its_reader(source: Path) -> None:
    network = build_network(read_osm(source), name="w", source="w").network
    with pytest.raises(DataError, match="from_networkx"):
        build_from_graph(to_networkx(network))


def test_a_graph_without_roads_is_refused() -> None:
    with pytest.raises(DataError):
        build_from_graph(nx.MultiDiGraph(crs="epsg:4326"))
