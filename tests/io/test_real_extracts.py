"""Malta, Andorra and North Bayreuth: they build within the figures and agree with networkx."""

from __future__ import annotations

import time
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import osmnx
import pytest
from shared_data import shared

from cmcoord_geo.io.network_file import NetworkFacts, read_network, write_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.osm.extract import OsmExtract
from cmcoord_geo.network.snap import RoadIndex
from cmcoord_geo.routing import ArcGraph, distances, without_turns
from cmcoord_geo.routing.dijkstra import UNREACHABLE

FILES = {
    "malta": "osm/malta-latest.osm.pbf",
    "andorra": "osm/andorra.osm.pbf",
    "north_bayreuth": "osm/north-bayreuth.osm.gz",
}
MALTA_BUILD_S = 15.0


def build(name: str) -> RoadNetwork:
    path = shared(FILES[name])
    return build_network(read_osm(path), name=path.name, source=path.name).network


@pytest.mark.parametrize("name", FILES)
def test_it_builds_and_comes_back_from_its_file(name: str, tmp_path: Path) -> None:
    network = build(name)
    facts = NetworkFacts(sources={}, osm_date="", built_with="1")
    again, _ = read_network(write_network(network, facts, tmp_path / "n.network"))
    assert again.segment_ids == network.segment_ids
    assert len(network) > 2000


def test_malta_builds_within_its_figure() -> None:
    path = shared(FILES["malta"])
    start = time.process_time()
    build_network(read_osm(path), name="malta", source="malta")
    assert time.process_time() - start < MALTA_BUILD_S


@pytest.mark.parametrize(("name", "sources"), [("malta", 10), ("andorra", 100)])
def test_distances_are_those_of_networkx(name: str, sources: int) -> None:
    """A thousand random pairs, one-way streets and barriers of a light vehicle kept."""
    network = build(name)
    is_open = network.traffic.arcs_open([1])
    metres = np.repeat(np.rint(network.length_m).astype(np.int64), 2)
    graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head).keeping(is_open)
    oracle = nx.MultiDiGraph()
    oracle.add_nodes_from(range(len(network.node_ids)))
    arcs = np.flatnonzero(is_open)
    oracle.add_weighted_edges_from(
        zip(
            network.tail[arcs].tolist(),
            network.head[arcs].tolist(),
            metres[arcs].tolist(),
            strict=True,
        )
    )
    random = np.random.default_rng(7)
    for source in random.choice(len(network.node_ids), sources).tolist():
        ours = distances(graph, metres, source)
        theirs = nx.single_source_dijkstra_path_length(oracle, source)
        for target in random.choice(len(network.node_ids), 1000 // sources).tolist():
            assert ours[target] == theirs.get(target, UNREACHABLE)


@pytest.mark.parametrize(
    ("name", "count", "without"),
    [
        ("malta", 239, 8),  # four lack a member; of four the "to" no longer touches the "via"
        ("north_bayreuth", 40, 2),  # their ways lie beyond the edge of the extract
        ("andorra", 0, 0),
    ],
)
def test_restrictions_of_turns_are_laid_on_the_streets(name: str, count: int, without: int) -> None:
    path = shared(FILES[name])
    extract = read_osm(path)
    built = build_network(extract, name=name, source=name)
    told = [what.en for what in built.told if "turn restriction" in what.en]
    assert len(extract.restrictions) == count
    assert [text.split()[0] for text in told] == [str(without)] * bool(without)
    assert (built.network.traffic.turns is not None) == (count > without)


@pytest.mark.parametrize(("name", "sources"), [("north_bayreuth", 8), ("malta", 1)])
def test_distances_within_the_bans_are_those_of_a_graph_of_arcs(name: str, sources: int) -> None:
    """Nodes of the oracle are arcs, its edges the turns that are left; bans over ways are left out."""
    network = build(name)
    is_open = network.traffic.arcs_open([1])
    bans = [row for row in network.traffic.turns.binding([1]) if len(row) == 2]
    metres = np.repeat(np.rint(network.length_m).astype(np.int64), 2)
    tail, head = network.tail, network.head
    leaving: dict[int, list[int]] = {}
    for arc in np.flatnonzero(is_open).tolist():
        leaving.setdefault(int(tail[arc]), []).append(arc)
    oracle, banned = nx.DiGraph(), set(bans)
    for arc in np.flatnonzero(is_open).tolist():
        for then in leaving.get(int(head[arc]), ()):
            if (arc, then) not in banned:
                oracle.add_edge(arc, then, metres=int(metres[then]))
    for node, arcs in leaving.items():
        oracle.add_edges_from((-1 - node, arc, {"metres": int(metres[arc])}) for arc in arcs)
    plain = ArcGraph.from_arcs(len(network.node_ids), tail, head).keeping(is_open)
    random = np.random.default_rng(11)
    changed = 0
    near_bans = sorted({int(tail[row[0]]) for row in bans})
    for source in random.choice(near_bans, sources).tolist():
        theirs = nx.single_source_dijkstra_path_length(oracle, -1 - source, weight="metres")
        whole = distances(plain, metres, source)
        near = np.argsort(whole, kind="stable")[1:20]
        for target in (*near.tolist(), *random.choice(len(network.node_ids), 2).tolist()):
            made = without_turns(plain, bans, target)
            ours = distances(made.graph, made.spread(metres), source)[target]
            into = np.flatnonzero(head == target).tolist()
            wanted = min((theirs[arc] for arc in into if arc in theirs), default=UNREACHABLE)
            assert ours == (0 if target == source else wanted)
            changed += ours != whole[target]
    assert changed > 0


def test_snapping_ten_thousand_points_on_malta_takes_a_second() -> None:
    index = RoadIndex(build("malta"))
    points = np.random.default_rng(1).uniform((14.35, 35.82), (14.55, 35.95), (10_000, 2))
    start = time.process_time()
    found = index.snap(points)
    assert time.process_time() - start < 1.0
    assert np.isfinite(found.away_m).all()


@pytest.mark.parametrize("name", ["andorra", "north_bayreuth", "malta"])
def test_nodes_and_segments_are_those_of_osmnx_and_each_other_is_explained(
    name: str, tmp_path: Path
) -> None:
    """
    Osmnx on the same ways, kept apart by way: the same nodes and, both directions taken as one, segments.

    We have more of both where a closed way begins at no junction (osmnx joins that seam), at a barrier in the
    middle of a road, and at the end of the stub before it. We have fewer segments where two ways are drawn
    over the same points, as the build says. Directions are paired by way and length: osmnx's own
    ``to_undirected`` makes one edge of two ways that run straight between the same junctions.
    """
    source = shared(FILES[name])
    extract = read_osm(source)
    built = build_network(extract, name=name, source=name)
    network = built.network
    roads = _roads_only(source, extract, tmp_path)
    plain = osmnx.graph_from_xml(roads, retain_all=True, simplify=False)
    theirs = osmnx.simplify_graph(plain, edge_attrs_differ=["osmid"])
    ours = _spots(network.lon, network.lat)
    nodes = [data for _, data in theirs.nodes(data=True)]
    shown = _spots([data["x"] for data in nodes], [data["y"] for data in nodes])
    stubs = sum(key[0] == "b" and key[1:].isdigit() for key in network.node_ids)
    assert shown <= ours
    more = ours - shown
    assert len(more - _seams(extract) - _barriers(extract)) == stubs
    pairs = {
        (frozenset((start, end)), data["osmid"], round(data["length"], 3))
        for start, end, data in theirs.edges(data=True)
    }
    twice = [int(told.en.split()[0]) for told in built.told if "drawn twice" in told.en]
    assert len(network) + sum(twice) == len(pairs) + len(more)
    assert sum(twice) <= _drawn_twice(theirs, pairs)
    _check_default(plain, shown)


def _check_default(plain: nx.MultiDiGraph, by_way: Spots) -> None:
    """Its default lacks only the nodes where two pieces of road, and no third, meet."""
    nodes = [data for _, data in osmnx.simplify_graph(plain).nodes(data=True)]
    left = _spots([data["x"] for data in nodes], [data["y"] for data in nodes])
    assert left < by_way
    meeting = {
        (round(data["x"] * 1e7), round(data["y"] * 1e7)): {*plain.succ[node], *plain.pred[node]}
        for node, data in plain.nodes(data=True)
    }
    assert {len(meeting[spot]) for spot in by_way - left} == {2}


def _drawn_twice(graph: nx.MultiDiGraph, pairs: set[tuple[object, ...]]) -> int:
    """Edges, both directions taken as one, over the same points as another of another way."""
    lines: dict[tuple[object, ...], tuple[tuple[float, ...], ...]] = {}
    for start, end, data in graph.edges(data=True):
        ends = [(graph.nodes[node]["x"], graph.nodes[node]["y"]) for node in (start, end)]
        points = tuple(data["geometry"].coords if "geometry" in data else ends)
        key = frozenset((start, end)), data["osmid"], round(data["length"], 3)
        lines[key] = min(points, points[::-1])
    assert lines.keys() == pairs
    return len(lines) - len(set(lines.values()))


Spots = set[tuple[int, int]]


def _spots(lon: object, lat: object) -> Spots:
    """Positions in whole ten-millionths of a degree, as files hold them."""
    each = np.rint(np.array([lon, lat]) * 1e7).astype(np.int64)
    return set(zip(*each.tolist(), strict=True))


def _spots_of(extract: OsmExtract, nodes: set[int]) -> Spots:
    at = np.searchsorted(extract.node_ids, sorted(nodes))
    return _spots(extract.lon[at], extract.lat[at])


def _seams(extract: OsmExtract) -> Spots:
    """Where closed ways begin and end."""
    first, last = extract.refs[extract.first[:-1]], extract.refs[extract.first[1:] - 1]
    return _spots_of(extract, set(first[first == last].tolist()))


def _barriers(extract: OsmExtract) -> Spots:
    return _spots_of(extract, {n for n, tags in extract.node_tags.items() if "barrier" in tags})


def _roads_only(source: Path, extract: OsmExtract, folder: Path) -> Path:
    """File with the ways that our network keeps, and their nodes."""
    ways, nodes = set(extract.way_ids.tolist()), set(extract.refs.tolist())
    path = folder / "roads.osm"
    with osmium.SimpleWriter(str(path)) as writer:
        for element in osmium.FileProcessor(str(source)):
            if isinstance(element, osmium.osm.Node) and element.id in nodes:
                writer.add_node(element)
            elif isinstance(element, osmium.osm.Way) and element.id in ways:
                writer.add_way(element)
    return path
