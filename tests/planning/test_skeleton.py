"""The graph of roads between junctions gives the hours and km of the network itself."""

from __future__ import annotations

import numpy as np
import pytest
from planning.test_failures import surveyed
from planning.test_isolation import case_of

from cmcoord_geo.planning.failures import main_roads
from cmcoord_geo.planning.skeleton import Skeleton

NETWORK = surveyed(cell_m=10_000.0)
CASE = case_of(NETWORK, "lv_4x4")
INDEX = NETWORK.node_index


def skeleton(nodes: str) -> Skeleton:
    wanted = [INDEX[letter] for letter in nodes]
    roads = main_roads(NETWORK, np.ones(len(NETWORK), bool), wanted)
    return Skeleton(NETWORK, roads, CASE.passable, wanted[0], wanted[1:])


def test_hours_and_km_of_a_way() -> None:
    made = skeleton("AH")
    losses, _ = made.losses([])
    km = sum(NETWORK.length_km(NETWORK.segment_index[key]) for key in ("A-B", "B-E", "E-F", "F-H"))
    assert made.metres_to(losses, INDEX["H"]) == pytest.approx(1000 * km)
    assert made.seconds_to(losses, INDEX["H"]) == pytest.approx(3600 * km / 70, abs=4)
    assert made.seconds_to(losses, INDEX["A"]) == 0


def test_ways_without_some_segments() -> None:
    made = skeleton("ADH")
    is_lost = np.array([key == "F-H" for key in NETWORK.segment_ids])
    reached = made.reached_without(is_lost)
    assert INDEX["D"] in reached
    assert INDEX["H"] not in reached


def test_a_place_without_a_road_is_asked_for_all_the_same() -> None:
    lonely = surveyed("A-B\n\nC-D\n")
    roads = main_roads(lonely, np.array([True, False]), [0, 2])
    made = Skeleton(lonely, roads, case_of(lonely).passable, 0, [2])
    assert made.seconds_to(made.losses([])[0], 2) is None
