"""To networkx and back, as osmnx understands it."""

from __future__ import annotations

from dataclasses import fields

import networkx as nx
import numpy as np
import osmnx as ox
import pytest
from ascii_town import Road
from records import DRY, convoy
from towns import town

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.errors import CrsError, DataError
from cmcoord_geo.network import (
    RoadNetwork,
    bundled_network,
    from_networkx,
    passability,
    to_networkx,
)

SQUARE = """
A--B--C
|     |
D-----E
"""


def differing(a: RoadNetwork, b: RoadNetwork) -> set[str]:
    """Names of the columns in which two networks differ."""
    found = set()
    for entry in fields(RoadNetwork):
        mine, other = getattr(a, entry.name), getattr(b, entry.name)
        if entry.name == "lines":
            same = len(mine) == len(other) and all(map(np.array_equal, mine, other))
        elif isinstance(mine, np.ndarray):
            same = np.array_equal(mine, other)
        else:
            same = mine == other
        if not same:
            found.add(entry.name)
    return found


@pytest.mark.parametrize(
    "network",
    [
        bundled_network(),
        bundled_network(include_border=True),
        town(SQUARE, more=[Road("B", "A", 3000.0), Road("A", "B", 3000.0), Road("C", "C", 800.0)]),
    ],
    ids=["bundled", "with border", "parallel roads and a loop"],
)
def test_round_trip_keeps_everything(network: RoadNetwork) -> None:
    assert differing(network, from_networkx(to_networkx(network))) == set()


def test_a_changed_column_is_seen() -> None:
    """Control: the comparison above sees one changed word."""
    network = town(SQUARE)
    graph = to_networkx(network)
    graph[0][1][0]["surface"] = "track"
    assert differing(network, from_networkx(graph)) == {"surface"}


def test_round_trip_through_tables_of_osmnx() -> None:
    network = bundled_network()
    nodes, edges = ox.convert.graph_to_gdfs(to_networkx(network))
    assert len(nodes) == len(network.node_ids)
    assert len(edges) == 2 * len(network)
    again = from_networkx(ox.convert.graph_from_gdfs(nodes, edges), crossings=network.crossings)
    assert differing(network, again) == {"name", "source", "licence", "is_schematic"}


def test_shortest_path_of_osmnx_is_ours() -> None:
    network = bundled_network()
    graph = to_networkx(network)
    ends = network.node_index["BGF"], network.node_index["OBO"]
    route = ox.routing.shortest_path(graph, *ends, weight="length")
    ours = nx.MultiGraph()
    for i in range(len(network)):
        ours.add_edge(int(network.start[i]), int(network.end[i]), length=network.length_m[i])
    want = nx.dijkstra_path(ours, *ends, "length")
    assert route == want
    metres = sum(ox.routing.route_to_gdf(graph, route, weight="length")["length"])
    assert metres == nx.path_weight(ours, want, "length") == pytest.approx(1_234_000)


def test_edges_speak_as_osmnx_does() -> None:
    graph = to_networkx(town(SQUARE))
    assert graph.graph["crs"] == "epsg:4326"
    assert set(graph.nodes[0]) >= {"x", "y"}
    assert graph.nodes[1]["node_id"] == "B"
    forth, back = graph[0][1][0], graph[1][0][0]
    assert (forth["reversed"], back["reversed"]) == (False, True)
    assert forth["osmid"] == back["osmid"] == "A-B"
    assert list(forth["geometry"].coords) == list(back["geometry"].coords)[::-1]


@pytest.mark.parametrize("crs", [None, "", "epsg:32634", "nonsense", "EPSG:3857", 7])
def test_a_projected_graph_is_refused(crs: object) -> None:
    graph = to_networkx(town(SQUARE))
    graph.graph["crs"] = crs
    with pytest.raises(CrsError, match="unprojected"):
        from_networkx(graph)


def test_a_graph_projected_by_osmnx_is_refused() -> None:
    with pytest.raises(CrsError):
        from_networkx(ox.projection.project_graph(to_networkx(town(SQUARE)), to_crs="epsg:32634"))


@pytest.mark.parametrize("crs", ["epsg:4326", "EPSG:4326", "OGC:CRS84", "WGS84", 4326])
def test_every_name_of_wgs84_will_do(crs: object) -> None:
    graph = to_networkx(town(SQUARE))
    graph.graph["crs"] = crs
    assert len(from_networkx(graph)) == 5


def test_metres_that_call_themselves_degrees_are_refused() -> None:
    graph = to_networkx(town(SQUARE))
    for _, data in graph.nodes(data=True):
        data["x"], data["y"] = 500_000.0, 700_000.0
    with pytest.raises(DataError, match="off the globe"):
        from_networkx(graph)


def osm_like() -> nx.MultiDiGraph:
    """What osmnx makes of raw ways: little is said, lists where roads were joined."""
    graph = nx.MultiDiGraph(crs="epsg:4326")
    for node, x in ((1, 20.0), (2, 20.1), (3, 20.2)):
        graph.add_node(node, x=x, y=6.0)
    for u, v, ways in ((1, 2, [5, 6]), (2, 1, [6, 5])):
        graph.add_edge(u, v, osmid=ways, length=11_000.0, highway=["tertiary", "track"])
    graph.add_edge(2, 3, osmid=7, length=11_000.0, surface="asphalt")
    return graph


def test_what_a_graph_does_not_say_stays_unknown() -> None:
    network = from_networkx(osm_like())
    assert network.node_ids == ("1", "2", "3")
    assert network.segment_ids == ("5-6", "7")  # opposite lists of ways are one road
    assert network.road_class == ("tertiary", "unknown")
    assert network.surface == ("unknown", "unknown")  # no word of ours: never taken for paved
    assert set(network.status_dry + network.status_wet) == {"unknown"}
    assert network.season_zone == ("centre", "centre")


def test_a_road_of_unknown_surface_takes_only_a_motorbike() -> None:
    """H3: unknown is not open."""
    network = from_networkx(osm_like())

    def open_to(vehicle_id: str):
        return passability(
            network, convoy(vehicle_id), at=DRY, as_of=DRY, status=(), config=StatusConfig()
        ).is_open

    assert open_to("motorbike").all()
    assert not open_to("lv_4x4").any()


def test_an_unknown_surface_is_as_slow_as_a_track() -> None:
    def seconds(surface: str) -> float:
        network = town("A--B", surface=surface)
        found = passability(
            network, convoy("motorbike"), at=DRY, as_of=DRY, status=(), config=StatusConfig()
        )
        return float(found.mid_s[0])

    assert seconds("unknown") == seconds("track") > seconds("laterite")


def test_values_that_a_table_left_out_are_unknown() -> None:
    graph = osm_like()
    for _, _, data in graph.edges(data=True):
        data["surface"] = data["ref"] = data["length_low"] = data["geometry"] = float("nan")
    network = from_networkx(graph)
    assert network.route_ref == ("", "")
    assert network.length_low_m.tolist() == [11_000.0] * 2
    assert network.lines[0].tolist() == [[20.0, 6.0], [20.1, 6.0]]


def test_one_id_on_two_roads_is_numbered() -> None:
    graph = osm_like()
    graph.add_edge(2, 3, osmid=7, length=15_000.0)
    assert from_networkx(graph).segment_ids == ("5-6", "7", "7#2")


@pytest.mark.parametrize("length", [None, "far", ...])
def test_an_edge_without_length_is_refused(length: object) -> None:
    graph = osm_like()
    if length is ...:
        del graph[2][3][0]["length"]
    else:
        graph[2][3][0]["length"] = length
    with pytest.raises(DataError, match="2–3 has no length"):
        from_networkx(graph)


def test_a_node_without_position_is_refused() -> None:
    graph = osm_like()
    del graph.nodes[2]["x"]
    with pytest.raises(DataError, match="coordinates"):
        from_networkx(graph)
