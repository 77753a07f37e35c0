"""The bundled network and what it says: the figures of DOMAIN.md 5.3, recomputed by networkx."""

from __future__ import annotations

from functools import cache

import networkx as nx
import pytest
from records import DRY, WET, convoy

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.facts import places
from cmcoord_geo.network import Passability, bundled_network, passability

NETWORK = bundled_network()
COLUMNS = tuple(
    (vehicle_id, at) for vehicle_id in ("lv_4x4", "truck_6x6", "heavy_truck") for at in (DRY, WET)
)
NONE = None
#: Hub: disjoint paths, shortest km, fewest hours; a light vehicle dry and wet, 6x6 dry and wet, heavy.
#: Paoua: the paper says 471 km, but its own links (80 + 78 + 148 + 110 + 64) make 480.
TABLE = {
    "BSN": ((3, 306, 6.1), (3, 306, 7.7), (3, 306, 8.7), (1, 306, 12.0), (1, 306, 10.2), NONE),
    "BOP": ((3, 448, 7.3), (3, 448, 8.3), (3, 448, 10.3), (1, 448, 11.7), (1, 448, 11.7), (1, 448, 13.6)),
    "BBT": ((2, 521, 10.3), (1, 521, 12.8), (2, 521, 14.6), (1, 521, 19.1), (1, 580, 16.8), NONE),
    "PAO": ((3, 480, 9.6), (3, 480, 12.1), (3, 480, 13.6), (1, 519, 18.3), (1, 519, 15.7), NONE),
    "BOC": ((3, 526, 11.5), (3, 526, 15.9), (3, 526, 16.6), NONE, NONE, NONE),
    "BTF": ((2, 391, 10.8), (2, 391, 15.3), (2, 391, 15.8), (1, 391, 34.0), NONE, NONE),
    "KBD": ((2, 339, 6.8), (2, 339, 8.5), (2, 339, 9.7), (1, 339, 13.2), (1, 339, 11.3), NONE),
    "BBY": ((2, 382, 7.6), (1, 382, 9.7), (2, 382, 10.9), (1, 382, 15.1), (1, 382, 12.7), NONE),
    "ALI": ((2, 502, 11.6), (1, 502, 16.4), (1, 502, 16.9), (1, 502, 27.1), NONE, NONE),
    "BIV": ((2, 593, 14.7), (1, 593, 21.5), (2, 593, 21.5), (1, 593, 36.2), NONE, NONE),
    "BGU": ((2, 744, 19.7), (1, 744, 29.9), (1, 744, 29.0), (1, 744, 51.3), NONE, NONE),
    "IMO": ((1, 1049, 32.5), (1, 1049, 57.6), (1, 1049, 49.4), NONE, NONE, NONE),
    "OBO": ((1, 1234, 41.7), (1, 1234, 80.7), (1, 1234, 64.8), NONE, NONE, NONE),
    "IRO": ((2, 1075, 38.1), NONE, (2, 1075, 60.1), NONE, NONE, NONE),
}  # fmt: skip


def passable(vehicle_id: str, at) -> Passability:
    return passability(
        NETWORK, convoy(vehicle_id), at=at, as_of=at, status=(), config=StatusConfig()
    )


@cache
def open_roads(vehicle_id: str, at) -> nx.Graph:
    """Roads open to a vehicle; the bundled network has no parallel links."""
    found, graph = passable(vehicle_id, at), nx.Graph()
    graph.add_nodes_from(NETWORK.node_ids)
    for i in range(len(NETWORK)):
        if found.is_open[i]:
            a, b = NETWORK.node_ids[NETWORK.start[i]], NETWORK.node_ids[NETWORK.end[i]]
            graph.add_edge(a, b, hours=found.mid_s[i] / 3600, km=NETWORK.length_km(i), capacity=1)
    return graph


@pytest.mark.parametrize("column", range(6), ids=lambda c: f"{COLUMNS[c][0]}-{COLUMNS[c][1]:%b}")
@pytest.mark.parametrize("hub", TABLE)
def test_hubs_from_bangui(hub: str, column: int) -> None:
    graph = open_roads(*COLUMNS[column])
    want = TABLE[hub][column]
    if want is None:
        assert not nx.has_path(graph, "BGF", hub)
        return
    assert nx.maximum_flow_value(graph, "BGF", hub) == want[0]
    assert nx.dijkstra_path_length(graph, "BGF", hub, "km") == want[1]
    assert nx.dijkstra_path_length(graph, "BGF", hub, "hours") == pytest.approx(want[2], abs=0.06)


def test_cut_links_are_19_of_89() -> None:
    """DOMAIN.md, finding 2: often there is no other road."""
    ends = zip(NETWORK.start.tolist(), NETWORK.end.tolist(), strict=True)
    graph = nx.Graph(ends)
    assert graph.number_of_edges() == len(NETWORK) == 89
    assert nx.is_connected(graph)
    assert len(list(nx.bridges(graph))) == 19


def test_in_the_rains_a_heavy_truck_reaches_one_hub_of_fourteen() -> None:
    graph = open_roads("heavy_truck", WET)
    assert [hub for hub in TABLE if nx.has_path(graph, "BGF", hub)] == ["BOP"]


def test_links_across_the_border_are_off_by_default() -> None:
    whole = bundled_network(include_border=True)
    assert len(whole) == 92
    assert {places()[key].country for key in NETWORK.node_ids} == {"CAF"}
    assert {places()[key].country for key in whole.node_ids} == {"CAF", "CMR", "TCD"}
    off = set(whole.segment_ids) - set(NETWORK.segment_ids)
    assert len(off) == 3
    for network in (NETWORK, whole):
        for crossing in network.crossings:
            assert crossing.at_km.keys() <= set(network.segment_ids)


def test_it_says_that_it_is_schematic_and_whose_it_is() -> None:
    assert NETWORK.is_schematic
    assert all(len(line) == 2 for line in NETWORK.lines)
    assert "GeoNames" in NETWORK.licence
    assert NETWORK.source


def test_it_is_read_once() -> None:
    assert bundled_network() is NETWORK


def test_heavy_convoys_see_unknown_bridges_in_red() -> None:
    """LP2: no capacity in the data is known, so every bridge and ferry is flagged for 40 t, none for 20."""
    assert passable("heavy_truck", DRY).is_capacity_flagged.sum() > 30
    assert not passable("truck_6x6", DRY).is_capacity_flagged.any()
