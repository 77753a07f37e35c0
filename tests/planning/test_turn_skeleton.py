"""Hours, km and who is barred on the graph of roads; equality with an oracle is in test_isolation_turns."""

from __future__ import annotations

import numpy as np
import pytest
from planning.test_isolation import case_of
from planning.test_isolation_turns import drawn

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.failures import find_failures, main_roads
from cmcoord_geo.planning.skeleton import Skeleton
from cmcoord_geo.planning.turn_skeleton import TurnSkeleton, road_graph

BLOCK = """\
  C
  |
A-B-D
  | |
  F-E
"""


def graph_of(network: RoadNetwork, base: str, targets: str) -> Skeleton | TurnSkeleton:
    at = network.node_index
    wanted = [at[letter] for letter in targets]
    roads = main_roads(network, np.ones(len(network), bool), [at[base], *wanted], with_loops=True)
    made = road_graph(network, roads, case_of(network).passable, at[base], wanted)
    assert isinstance(made, Skeleton | TurnSkeleton)
    return made


def test_without_bans_on_its_roads_it_is_the_graph_of_junctions() -> None:
    """The turn into a dead end binds nobody who goes elsewhere."""
    assert isinstance(graph_of(drawn(BLOCK), "A", "C"), Skeleton)
    assert isinstance(graph_of(drawn("A-B-C\n  |\n  D", "ABD"), "A", "C"), Skeleton)
    assert isinstance(graph_of(drawn("A-B-C\n  |\n  D", "ABD"), "A", "CD"), TurnSkeleton)


def test_hours_and_km_of_a_way_round_the_block() -> None:
    network = drawn(BLOCK, "ABC")
    made = graph_of(network, "A", "C")
    losses, barred = made.losses([])
    node = network.node_index["C"]
    km = sum(network.length_km(i) for i in range(len(network)))
    assert made.metres_to(losses, node) == pytest.approx(1000 * km)
    assert made.seconds_to(losses, node) == pytest.approx(3600 * km / 50, abs=6)
    assert made.seconds_to(losses, network.node_index["A"]) == 0
    assert made.metres_to(losses, network.node_index["A"]) == 0
    assert barred.whole.tolist() == [False]


def test_a_place_that_only_a_banned_turn_reaches() -> None:
    network = drawn("A-B-C", "ABC")
    made = graph_of(network, "A", "BC")
    losses, barred = made.losses([])
    assert made.seconds_to(losses, network.node_index["C"]) is None
    assert barred.whole.tolist() == [False, True]


def test_ways_without_some_segments_keep_to_the_bans() -> None:
    network = drawn(BLOCK, "ABC")
    made = graph_of(network, "A", "CB")
    for lost, reached in (("nothing", True), ("D-E", False)):
        is_lost = np.array([key == lost for key in network.segment_ids])
        found = made.reached_without(is_lost)
        assert (network.node_index["C"] in found) == reached
        assert network.node_index["B"] in found


def test_who_is_barred_after_each_loss() -> None:
    network = drawn("A-B\n| |\nD-C", "DCB")
    at = network.node_index
    roads = main_roads(network, np.ones(len(network), bool), list(at.values()), with_loops=True)
    failures = find_failures(network, roads)
    made = road_graph(network, roads, case_of(network).passable, at["A"], [at["B"], at["C"]])
    losses, barred = made.losses(failures)
    told = {
        network.segment_ids[failures[group].segments[0]]: row
        for group, row in zip(losses.groups.tolist(), barred.lost.tolist(), strict=True)
    }
    assert told["A-B"] == [True, False]
    assert not any(any(row) for key, row in told.items() if key != "A-B")
