"""Distances along roads equal those of networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from ascii_town import Road
from hypothesis import given, settings
from hypothesis import strategies as st
from road_reach import RoadReach
from towns import town

from cmcoord_geo.network import bundled_network


def oracle(network) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network.node_ids)))
    for a, b, m in zip(network.start.tolist(), network.end.tolist(), network.length_m, strict=True):
        if not graph.has_edge(a, b) or graph[a][b]["weight"] > m:
            graph.add_edge(a, b, weight=float(m))
    return graph


@pytest.mark.parametrize("limit_m", [0.0, 80_000.0, 250_000.0, 5e6])
def test_from_nodes_of_the_bundled_network(limit_m: float) -> None:
    network = bundled_network()
    graph, reach = oracle(network), RoadReach(network, limit_m=limit_m)
    for node in range(0, len(network.node_ids), 7):
        want = nx.single_source_dijkstra_path_length(graph, node, cutoff=limit_m)
        assert dict(reach.from_node(node)) == want


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD")), max_size=8),
    lengths=st.lists(st.integers(1, 9), min_size=8, max_size=8),
    fraction=st.sampled_from([0.0, 0.25, 0.5, 1.0]),
    limit=st.integers(0, 20),
)
def test_from_a_point_of_a_segment(pairs, lengths, fraction: float, limit: int) -> None:
    more = [Road(a, b, m * 1000.0) for (a, b), m in zip(pairs, lengths, strict=False)]
    network = town("A-B  C  D", more=more)
    graph = oracle(network)
    a, b = int(network.start[0]), int(network.end[0])
    graph.add_edge("here", a, weight=fraction * network.length_m[0])
    graph.add_edge("here", b, weight=(1 - fraction) * network.length_m[0])
    want = nx.single_source_dijkstra_path_length(graph, "here", cutoff=limit * 1000.0)
    found = RoadReach(network, limit_m=limit * 1000.0).from_point(0, fraction)
    want.pop("here", None)
    assert set(found) == set(want)
    assert all(np.isclose(found[node], want[node]) for node in want)
