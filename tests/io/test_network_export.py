"""A network written for other programs is read back with the same numbers."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import networkx as nx
import numpy as np
import osmnx
import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.graph_file import read_graph
from cmcoord_geo.io.line_file import read_lines
from cmcoord_geo.io.network_export import SUFFIXES, export_network, left_out
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork, bundled_network
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.routing import ArcGraph, distances
from cmcoord_geo.routing.dijkstra import UNREACHABLE


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    path = write_world(tmp_path_factory.mktemp("osm") / "w.osm")
    return build_network(read_osm(path), name="EXERCISE", source="w.osm").network


def test_geopackage_holds_segments_nodes_and_crossings(world: RoadNetwork, tmp_path: Path) -> None:
    path = export_network(world, tmp_path / "w.gpkg")
    segments = geopandas.read_file(path, layer="segments")
    assert segments.crs.to_epsg() == 4326
    assert list(segments["segment_id"]) == list(world.segment_ids)
    assert np.allclose(segments["length_m"], world.length_m, atol=0.01)
    assert list(segments["surface"]) == list(world.surface)
    for shape, line in zip(segments.geometry, world.lines, strict=True):
        assert np.array_equal(np.array(shape.coords), line)
    nodes = geopandas.read_file(path, layer="nodes")
    assert list(nodes["node_id"]) == list(world.node_ids)
    crossings = geopandas.read_file(path, layer="crossings")
    assert set(crossings["crossing_id"]) == {each.crossing_id for each in world.crossings}


def test_geojson_is_rfc_7946_and_carries_source_and_licence(
    world: RoadNetwork, tmp_path: Path
) -> None:
    content = json.loads(export_network(world, tmp_path / "w.geojson").read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    assert (content["source"], content["licence"]) == (world.source, world.licence)
    assert "crs" not in content
    first = content["features"][0]
    assert np.allclose(first["geometry"]["coordinates"], world.lines[0], atol=1e-7)
    told = [feature["properties"]["motorcar:forward"] for feature in content["features"]]
    assert world.traffic is not None
    assert [word == "yes" for word in told] == world.traffic.arcs_open([1])[::2].tolist()


@pytest.mark.parametrize("vehicle", ["lv_4x4", "heavy_truck"])
def test_osmnx_routes_on_the_graphml_as_we_do(
    vehicle: str, world: RoadNetwork, tmp_path: Path
) -> None:
    path = export_network(world, tmp_path / "w.graphml", vehicle=vehicle)
    graph = osmnx.load_graphml(path)
    assert world.traffic is not None
    rank = {"lv_4x4": 1, "heavy_truck": 3}[vehicle]
    ours = ArcGraph.from_arcs(len(world.node_ids), world.tail, world.head)
    ours = ours.keeping(world.traffic.arcs_open([rank]))
    millimetres = np.repeat(np.rint(world.length_m * 1000).astype(np.int64), 2)
    for source in range(len(world.node_ids)):
        theirs = nx.single_source_dijkstra_path_length(graph, source, weight="length")
        for target, found in enumerate(distances(ours, millimetres, source).tolist()):
            if target in theirs:
                assert found == pytest.approx(theirs[target] * 1000, abs=20)
            else:
                assert found == UNREACHABLE
    kinds = {type(data["osmid"]) for _, _, data in graph.edges(data=True)}
    assert kinds == {int}
    assert {data["oneway"] for _, _, data in graph.edges(data=True)} <= {True, False}


def roads(network: RoadNetwork) -> list[tuple[object, ...]]:
    """Each road by its ends and length, and who may drive it which way."""
    assert network.traffic is not None
    spots = [f"{lon:.6f} {lat:.6f}" for lon, lat in zip(network.lon, network.lat, strict=True)]
    return sorted(
        (spots[a], spots[b], round(float(network.length_m[i])), network.traffic.forward[i],
         network.traffic.backward[i], network.road_class[i], network.surface[i])
        for i, (a, b) in enumerate(zip(network.start, network.end, strict=True))
    )  # fmt: skip


@pytest.mark.parametrize("name", ["w.geojson", "w.gpkg"])
def test_what_is_exported_builds_the_same_roads_again(
    name: str, world: RoadNetwork, tmp_path: Path
) -> None:
    """A broken bridge or a private road does not open on the way; a boundary case would kill."""
    extract = read_lines(export_network(world, tmp_path / name))
    again = build_network(extract, name="w", source="w").network
    assert roads(again) == roads(world)
    assert sorted(again.segment_ids) == sorted(world.segment_ids)
    assert any(world.traffic.names)  # else their likeness would say nothing


def test_a_graph_that_is_built_again_is_no_more_open(world: RoadNetwork, tmp_path: Path) -> None:
    extract = read_graph(export_network(world, tmp_path / "w.graphml"))
    again = build_network(extract, name="w", source="w").network
    assert world.traffic is not None
    assert again.traffic is not None
    km_of = [
        {
            word: round(n.length_m[np.array(n.surface) == word].sum() / 1e3)
            for word in set(n.surface)
        }
        for n in (again, world)
    ]
    closed_km = km_of[1].pop("unknown") - km_of[0].pop("unknown")  # closed to all: not in a graph
    assert closed_km > 0
    assert km_of[0] == km_of[1]
    assert len(km_of[0]) > 2
    for rank in range(5):
        km = [float(n.length_m[n.traffic.arcs_open([rank])[::2]].sum()) for n in (again, world)]
        assert 0 < km[0] <= km[1] + 0.1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_network_gives_the_same_bytes_and_nothing_lies_beside(
    suffix: str, world: RoadNetwork, tmp_path: Path
) -> None:
    first = export_network(world, tmp_path / f"a{suffix}").read_bytes()
    folder = tmp_path / "other"
    assert export_network(world, folder / f"a{suffix}").read_bytes() == first
    assert [path.name for path in folder.iterdir()] == [f"a{suffix}"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_bundled_network_is_written_too(suffix: str, tmp_path: Path) -> None:
    assert export_network(bundled_network(), tmp_path / f"b{suffix}").stat().st_size > 10_000


def test_a_file_that_is_there_stays_unless_forced(world: RoadNetwork, tmp_path: Path) -> None:
    path = tmp_path / "w.geojson"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match=r"w\.geojson"):
        export_network(world, path)
    assert path.read_text(encoding="utf-8") == "mine"
    assert export_network(world, path, is_forced=True).read_text(encoding="utf-8") != "mine"


def test_other_formats_and_vehicles_are_refused(world: RoadNetwork, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"\.gpkg, \.graphml, \.geojson"):
        export_network(world, tmp_path / "w.shp")
    with pytest.raises(DataError, match="bicycle"):
        export_network(world, tmp_path / "w.graphml", vehicle="bicycle")
    assert list(tmp_path.iterdir()) == []


def test_roads_closed_to_everybody_are_counted_where_graphml_leaves_them_out(
    world: RoadNetwork, tmp_path: Path
) -> None:
    graph = read_graph(export_network(world, tmp_path / "w.graphml"))
    told = left_out(world, tmp_path / "w.graphml")
    assert told is not None
    missing = len(world) - len(graph.way_ids)
    assert missing > 0
    assert f"{missing} segments" in told.en
    assert "every vehicle" in told.en
    for_tanker = left_out(world, "w.graphml", vehicle="tanker")
    assert for_tanker is not None
    assert "tanker" in for_tanker.en
    assert left_out(world, "w.gpkg") is None
