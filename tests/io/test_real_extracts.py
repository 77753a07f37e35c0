"""Malta, Andorra and North Bayreuth: they build within the figures and agree with networkx."""

from __future__ import annotations

import time

import networkx as nx
import numpy as np
import pytest
from shared_data import shared

from cmcoord_geo.io.network_file import NetworkFacts, read_network, write_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.snap import RoadIndex
from cmcoord_geo.routing import ArcGraph, distances
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
def test_it_builds_and_comes_back_from_its_file(name: str, tmp_path: object) -> None:
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


@pytest.mark.parametrize(("name", "sources"), [("malta", 5), ("andorra", 40)])
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


def test_snapping_ten_thousand_points_on_malta_takes_a_second() -> None:
    index = RoadIndex(build("malta"))
    points = np.random.default_rng(1).uniform((14.35, 35.82), (14.55, 35.95), (10_000, 2))
    start = time.process_time()
    found = index.snap(points)
    assert time.process_time() - start < 1.0
    assert np.isfinite(found.away_m).all()
