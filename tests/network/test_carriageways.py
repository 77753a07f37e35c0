"""Which segment is the other carriageway, and what can be reached."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from towns import DEGREE_M, NORTH, WEST, town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.carriageways import can_reach, course, is_one_way, other_side
from cmcoord_geo.network.snap import RoadIndex

NETWORK = town("A----B\n|    |\nC----D", cell_m=40, route_ref="RN1")
EAST_AND_WEST = {
    "A-B": (True, False),
    "C-D": (False, True),
    "A-C": (True, True),
    "B-D": (True, True),
}


def arcs(network: RoadNetwork, sides: dict[str, tuple[bool, bool]]) -> np.ndarray:
    return np.array([sides[key] for key in network.segment_ids]).ravel()


def other(network: RoadNetwork, sides: dict[str, tuple[bool, bool]], x_m: float, y_m: float) -> str:
    feet = RoadIndex(network).feet(WEST + x_m / DEGREE_M, NORTH + y_m / DEGREE_M, within_m=100)
    found = other_side(network, arcs(network, sides), feet)
    return "" if found is None else network.segment_ids[found.segment]


def test_the_other_carriageway_runs_the_other_way_on_the_other_side() -> None:
    assert other(NETWORK, EAST_AND_WEST, 100, -30) == "C-D"
    assert other(NETWORK, EAST_AND_WEST, 100, -50) == "A-B"
    same_way = EAST_AND_WEST | {"C-D": (True, False)}
    assert other(NETWORK, same_way, 100, -30) == ""
    two_way = EAST_AND_WEST | {"C-D": (True, True)}
    assert other(NETWORK, two_way, 100, -30) == ""
    assert other(NETWORK, two_way | {"A-B": (False, True)}, 100, -30) == ""
    assert other(NETWORK, EAST_AND_WEST, 100, 20) == ""


def test_roads_of_other_names_or_far_apart_are_no_pair() -> None:
    refs = tuple("RN1" if key == "A-B" else "RN2" for key in NETWORK.segment_ids)
    assert other(replace(NETWORK, route_ref=refs), EAST_AND_WEST, 100, -30) == ""
    assert other(replace(NETWORK, route_ref=("",) * 4), EAST_AND_WEST, 100, -30) == ""
    wide = town("A----B\n|    |\nC----D", cell_m=90, route_ref="RN1")
    assert other(wide, EAST_AND_WEST, 200, -60) == ""


@pytest.mark.parametrize(("sides", "degrees"), [((True, False), 90), ((False, True), 270)])
def test_the_course_is_that_of_travel(sides: tuple[bool, bool], degrees: float) -> None:
    is_open = arcs(NETWORK, EAST_AND_WEST | {"A-B": sides})
    foot = RoadIndex(NETWORK).feet(WEST + 100 / DEGREE_M, NORTH, within_m=10)[0]
    assert is_one_way(is_open, foot.segment)
    assert course(NETWORK, is_open, foot) == pytest.approx(degrees, abs=0.01)


def test_reach_is_that_of_networkx() -> None:
    network = town("A--B--C\n|  |  |\nD--E--F\n|\nG")
    rng = np.random.default_rng(3)
    for _ in range(30):
        is_open = rng.random(2 * len(network)) < 0.45
        graph = nx.DiGraph()
        graph.add_nodes_from(range(len(network.node_ids)))
        graph.add_edges_from(zip(network.tail[is_open], network.head[is_open], strict=True))
        a, b = (int(i) for i in rng.choice(len(network), 2, replace=False))
        leave = [int(network.head[k]) for k in (2 * a, 2 * a + 1) if is_open[k]]
        enter = [int(network.tail[k]) for k in (2 * b, 2 * b + 1) if is_open[k]]
        expected = any(nx.has_path(graph, x, y) for x in leave for y in enter)
        assert can_reach(network, is_open, a, b) == expected
    assert can_reach(network, np.zeros(2 * len(network), dtype=bool), 1, 1)
