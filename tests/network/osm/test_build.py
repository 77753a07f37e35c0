"""The drawn country as a network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osm_world import NODES, WAYS, write_world

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.facts import vehicles
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import Built, build_network
from cmcoord_geo.routing import ArcGraph, shortest_path
from cmcoord_geo.units import line_length_m


def build(path: Path) -> Built:
    return build_network(read_osm(path), name="world", source="a test")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(write_world(tmp_path_factory.mktemp("osm") / "world.osm"))


@pytest.fixture
def network(built: Built) -> RoadNetwork:
    return built.network


def route(network: RoadNetwork, vehicle: str, start: int, end: int) -> list[str]:
    """Ways driven between two nodes of the file."""
    open_arcs = network.traffic.arcs_open([vehicles()[vehicle].rank])
    graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head).keeping(open_arcs)
    metres = np.repeat(np.rint(network.length_m).astype(np.int64), 2)
    at = [node_at(network, node) for node in (start, end)]
    arcs = shortest_path(graph, metres, *at)
    ids = [network.segment_ids[arc // 2].partition(".")[0] for arc in arcs]
    return list(dict.fromkeys(ids))


def node_at(network: RoadNetwork, node: int) -> int:
    lon, lat = NODES[node]
    away = np.abs(network.lon - lon) + np.abs(network.lat - lat)
    assert away.min() < 1e-6
    return int(away.argmin())


def test_nodes_are_junctions_ends_and_barriers(network: RoadNetwork) -> None:
    """21 lies on way 120, 15 and 16 on the roundabout: none of them is a node; 9 is a bollard."""
    spots = {(round(x, 6), round(y, 6)) for x, y in zip(network.lon, network.lat, strict=True)}
    there = {node for node, spot in NODES.items() if spot in spots}
    assert there == set(NODES) - {21, 15, 16, 50, 51}


def test_lengths_are_geodesic_and_add_up(network: RoadNetwork) -> None:
    for line, length_m in zip(network.lines, network.length_m, strict=True):
        assert length_m == pytest.approx(line_length_m(line), rel=1e-9)
    of_100 = sum(
        m for key, m in zip(network.segment_ids, network.length_m, strict=True) if "w100" in key
    )
    assert of_100 == pytest.approx(line_length_m([NODES[n] for n in (1, 2, 3)]), rel=1e-9)


def test_a_light_vehicle_takes_the_weak_bridge_and_a_truck_the_ferry(network: RoadNetwork) -> None:
    assert route(network, "lv_4x4", 1, 4) == ["w100", "w101", "w102"]
    assert route(network, "truck_6x6", 1, 4) == ["w100", "w110", "w111", "w112"]


@pytest.mark.parametrize("vehicle", ["heavy_truck", "tanker"])
def test_the_heavy_find_no_way_over_track_ferry_or_broken_bridge(
    network: RoadNetwork, vehicle: str
) -> None:
    with pytest.raises(NoRouteError):
        route(network, vehicle, 1, 4)


def test_a_bollard_lets_the_motorbike_through_and_others_up_to_it(network: RoadNetwork) -> None:
    assert route(network, "motorbike", 1, 10) == ["w130"]
    with pytest.raises(NoRouteError):
        route(network, "lv_4x4", 1, 10)
    reached = [route(network, "lv_4x4", start, 9) for start in (1,)]
    assert reached == [["w130"]]


def test_private_ground_is_there_and_closed(network: RoadNetwork) -> None:
    i = network.segment_index["w140"]
    assert network.traffic.forward[i] == network.traffic.backward[i] == 0
    assert "private" in network.note[i]


def test_a_roundabout_runs_one_way(network: RoadNetwork) -> None:
    i = network.segment_index["w150"]
    assert network.traffic.forward[i] == 0b11111
    assert network.traffic.backward[i] == 0
    assert network.start[i] == network.end[i]


def test_crossings_are_where_they_lie(network: RoadNetwork) -> None:
    found = {c.crossing_id: c for c in network.crossings}
    assert {key: c.kind for key, c in found.items()} == {
        "OSM-w101": "bridge",
        "OSM-w111": "ferry",
        "OSM-w121": "bridge",
        "OSM-n21": "ford",
    }
    assert found["OSM-w101"].capacity_t == 10
    assert found["OSM-w111"].capacity_t is None
    assert found["OSM-w111"].name.fr == "Bac d’essai"
    nameless = found["OSM-w101"].name
    assert nameless.en == "Bridge 1.7 km west of Ville-Essai", (
        "no id of a way, that no driver knows"
    )
    assert nameless.fr == "Pont à 1,7 km de Ville-Essai vers l’ouest"
    assert set(found["OSM-n21"].at_km) == {"w120"}
    assert {c.default_state for c in found.values()} == {"unknown"}


def test_a_ferry_takes_its_time(network: RoadNetwork) -> None:
    durations = network.traffic.duration_s
    assert durations[network.segment_index["w111"]] == pytest.approx(1200)
    assert np.isnan(durations[network.segment_index["w110"]])


def test_places_name_the_nearest_junction(network: RoadNetwork) -> None:
    assert network.node_ids[node_at(network, 4)] == "Ville-Essai"
    assert network.is_place(node_at(network, 4))
    assert not network.is_place(node_at(network, 3))
    assert network.title(network.segment_index["w102"]) == "RN2"


def test_surfaces_and_seasons_are_columns(network: RoadNetwork) -> None:
    i, j = network.segment_index["w102"], network.segment_index["w110"]
    assert (network.surface[i], network.status_wet[i]) == ("laterite", "restricted")
    assert (network.surface[j], network.max_vehicle_wet[j]) == ("track", "lv_4x4")
    assert {network.season_zone[i]} <= {"centre", "south_west", "south_east", "north"}


def test_what_was_not_understood_is_told(built: Built) -> None:
    told = " ".join(what.en for what in built.told)
    for word in ("access=perhaps", "highway=teleport", "private"):
        assert word in told


def test_states_tolls_and_gates_reach_the_network_and_its_findings(tmp_path: Path) -> None:
    primary = {"highway": "primary", "surface": "asphalt"}
    ways = {
        1: ([1, 2], {**primary, "was:bridge": "yes"}),
        2: ([2, 3], {**primary, "smoothness": "lunar"}),
        3: ([3, 31], {**primary, "toll": "perhaps"}),
        4: ([31, 4], {**primary, "barrier": "gate", "locked": "yes"}),
        5: ([3, 5], {**primary, "hazmat:water": "no", "status": "wobbly"}),
        6: ([5, 6], {"route": "ferry", "hgv": "yes"}),
        7: ([6, 4], {**primary, "hazmat:water": "no"}),
    }
    built = build(write_world(tmp_path / "w.osm", ways=ways))
    assert built.network.traffic is not None
    ranks = {key: 1 << vehicle.rank for key, vehicle in vehicles().items()}
    at = built.network.segment_index
    masks = [int(built.network.traffic.forward[at[f"w{way}"]]) for way in ways]
    light = ranks["motorbike"] | ranks["lv_4x4"]
    everybody = sum(ranks.values())
    no_fuel = everybody - ranks["tanker"]
    assert masks == [0, light, everybody, 0, 0, no_fuel, no_fuel]
    told = [what.en for what in built.told]
    for tag, words in (
        *[("smoothness=lunar", "closed to trucks"), ("toll=perhaps", "taken as a toll")],
        *[("status=wobbly", "closed because no table knows"), ("doubtful", "flagged")],
    ):
        assert any(tag in what and words in what for what in told), tag
    assert "closes: was:bridge=yes" in built.network.note[at["w1"]]


def test_missing_nodes_cut_a_way_and_short_ways_are_left_out(tmp_path: Path) -> None:
    ways = {
        1: ([1, 2, 999, 3, 4], {"highway": "primary"}),
        2: ([5], {"highway": "primary"}),
        3: ([5, 5], {"highway": "primary"}),
        4: ([998, 997], {"highway": "primary"}),
    }
    built = build(write_world(tmp_path / "gaps.osm", ways=ways))
    assert built.network.segment_ids == ("w1.1", "w1.2")
    told = " ".join(what.en for what in built.told)
    assert "3 points of roads are missing" in told
    ends = {tuple(line[[0, -1]].ravel().round(4)) for line in built.network.lines}
    assert ends == {(*NODES[1], *NODES[2]), (*NODES[3], *NODES[4])}


def test_a_file_without_roads_is_refused(tmp_path: Path) -> None:
    path = write_world(tmp_path / "river.osm", ways={1: ([1, 2], {"waterway": "river"})})
    with pytest.raises(DataError, match="no road"):
        build(path)


def test_a_barrier_at_a_junction_parts_all_roads_there(tmp_path: Path) -> None:
    """9 is a bollard: three roads meet there, and no car passes from any to any other."""
    ways = {k: ([9, other], {"highway": "primary"}) for k, other in enumerate((1, 2, 3), start=1)}
    network = build(write_world(tmp_path / "star.osm", ways=ways)).network
    for start, end in ((1, 2), (2, 3), (3, 1)):
        assert len(route(network, "motorbike", start, end)) == 2
        with pytest.raises(NoRouteError):
            route(network, "lv_4x4", start, end)
    assert network.length_m.sum() == pytest.approx(
        sum(line_length_m([NODES[9], NODES[n]]) for n in (1, 2, 3)), rel=1e-6
    )


def test_every_kept_way_is_driven_in_full(network: RoadNetwork) -> None:
    ways = {key.partition(".")[0] for key in network.segment_ids}
    assert ways == {f"w{way}" for way in WAYS if way not in {161, 162, 163}}


def test_hours_of_a_ferry_are_kept_as_they_are_written(tmp_path: Path) -> None:
    """They close nothing: a tag is no timetable. ``capacity`` becomes a note."""
    tags = {"route": "ferry", "opening_hours": "Mo-Su 06:00-18:00", "capacity": "2"}
    ways = {1: ([1, 2], {"highway": "primary"}), 2: ([2, 3], tags)}
    path = write_world(tmp_path / "w.osm", ways=ways)
    network = build_network(read_osm(path), name="w", source="w").network
    (ferry,) = network.crossings
    assert ferry.hours == "Mo-Su 06:00-18:00"
    segment = network.segment_index["w2"]
    assert "capacity=2" in network.note[segment]
    assert network.traffic is not None
    assert network.traffic.arcs_open([1])[2 * segment]


def test_hours_of_a_shop_on_a_road_are_no_hours_of_the_road(tmp_path: Path) -> None:
    ways = {1: ([1, 2], {"highway": "primary", "bridge": "yes", "opening_hours": "24/7"})}
    path = write_world(tmp_path / "w.osm", ways=ways)
    (bridge,) = build_network(read_osm(path), name="w", source="w").network.crossings
    assert bridge.hours == ""


@pytest.mark.parametrize(
    ("nodes", "missing"), [("", 2), ('<node id="1" lat="4.0" lon="18.0"/>', 1)]
)
def test_an_extract_without_the_points_of_its_roads_says_so(
    nodes: str, missing: int, tmp_path: Path
) -> None:
    way = '<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way>'
    path = tmp_path / "ways.osm"
    path.write_text(f'<osm version="0.6">{nodes}{way}</osm>', encoding="utf-8")
    with pytest.raises(DataError, match=rf"1 in all.* two usable points in a row; {missing} point"):
        build(path)


def test_a_way_with_one_node_is_no_road_and_told(tmp_path: Path) -> None:
    path = tmp_path / "one.osm"
    node = '<node id="1" lat="4.0" lon="18.0"/>'
    way = '<way id="1"><nd ref="1"/><tag k="highway" v="primary"/></way>'
    path.write_text(f'<osm version="0.6">{node}{way}</osm>', encoding="utf-8")
    with pytest.raises(DataError, match=r"1 in all.* 0 points are missing"):
        build(path)


def test_a_way_whose_points_are_all_missing_is_counted_beside_a_road(tmp_path: Path) -> None:
    path = tmp_path / "two.osm"
    nodes = '<node id="1" lat="4.0" lon="18.0"/><node id="2" lat="4.1" lon="18.0"/>'
    ways = "".join(
        f'<way id="{way}"><nd ref="{way}"/><nd ref="{way + 1}"/><tag k="highway" v="primary"/></way>'
        for way in (1, 70)
    )
    path.write_text(f'<osm version="0.6">{nodes}{ways}</osm>', encoding="utf-8")
    told = [what.en for what in build(path).told]
    assert "1 way without two usable points in a row: left out." in told
    assert any(words.startswith("2 points of roads are missing") for words in told)
