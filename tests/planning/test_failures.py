"""Roads between junctions, and what may be lost at one stroke."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from towns import town

from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.carried import CarriedCrossing, CarriedLinks
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.planning.failures import find_failures, main_roads

STREETS = """\
A-B-C-D
  |   |
  E-F-G
    |
    H
"""


def crossing(crossing_id: str, *segments: str) -> Crossing:
    return Crossing(
        crossing_id=crossing_id, kind="bridge", name=Said(fr="pont", en="bridge"),
        at_km=dict.fromkeys(segments), capacity_t=None, default_state="unknown", confidence="low",
    )  # fmt: skip


def surveyed(drawing: str = STREETS, **more: object) -> RoadNetwork:
    """Drawn streets whose junctions have no name."""
    drawn = town(drawing, **more)
    count = len(drawn)
    traffic = Traffic(
        names=("",) * count,
        forward=np.full(count, everybody(), np.uint8),
        backward=np.full(count, everybody(), np.uint8),
        duration_s=np.full(count, np.nan),
    )
    return replace(drawn, traffic=traffic, node_names=("",) * len(drawn.node_ids))


def names(network: RoadNetwork, segments: tuple[int, ...]) -> set[str]:
    return {network.segment_ids[i] for i in segments}


def rows(network: RoadNetwork, nodes: str, *, shut: str = "") -> list[set[str]]:
    is_open = np.array([key != shut for key in network.segment_ids])
    index = [network.node_index[letter] for letter in nodes]
    return [
        names(network, tuple(segment for segment, _ in road.steps))
        for road in main_roads(network, is_open, index)
    ]


def test_every_link_of_the_bundled_kind_is_a_road() -> None:
    network = town(STREETS)
    assert rows(network, "A") == [{key} for key in network.segment_ids]


def test_streets_in_a_row_are_one_road_and_dead_ends_go() -> None:
    """From A to D: A-B, the upper row B-C-D, and the lower one by E, F and G; H leads nowhere."""
    assert sorted(map(sorted, rows(surveyed(), "AD"))) == [
        ["A-B"], ["B-C", "C-D"], ["B-E", "D-G", "E-F", "F-G"],
    ]  # fmt: skip


def test_a_place_that_matters_ends_a_road() -> None:
    found = sorted(map(sorted, rows(surveyed(), "ADH")))
    assert ["F-H"] in found
    assert ["B-E", "E-F"] in found
    assert ["B-C"] in sorted(map(sorted, rows(surveyed(), "ACD")))


def test_a_closed_street_makes_dead_ends() -> None:
    assert sorted(map(sorted, rows(surveyed(), "AD", shut="E-F"))) == [["A-B", "B-C", "C-D"]]


def test_steps_tell_the_direction_of_each_segment() -> None:
    network = surveyed()
    (long,) = [
        road
        for road in main_roads(network, np.ones(len(network), bool), [0, network.node_index["D"]])
        if len(road.steps) == 4
    ]
    node = long.start
    for segment, is_forward in long.steps:
        ends = int(network.start[segment]), int(network.end[segment])
        first, last = ends if is_forward else ends[::-1]
        assert first == node
        node = last
    assert node == long.end


def test_a_circle_that_leads_back_is_no_road() -> None:
    ring = surveyed("A-B-C\n  | |\n  D-E\n")
    assert rows(ring, "A") == [{"A-B"}]


def test_crossings_of_one_road_fail_with_it_and_shared_ones_once() -> None:
    network = surveyed(
        crossings=(
            crossing("C1", "B-C"), crossing("C2", "C-D", "B-C"), crossing("C3", "B-C", "E-F"),
            crossing("C4", "E-F", "C-D"), crossing("C5", "F-H"),
        )
    )  # fmt: skip
    roads = main_roads(network, np.ones(len(network), bool), [0, network.node_index["D"]])
    told = {
        frozenset(names(network, failure.segments)): [
            network.crossings[i].crossing_id for i in failure.crossings
        ]
        for failure in find_failures(network, roads)
    }
    assert told == {
        frozenset({"A-B"}): [],
        frozenset({"B-C", "C-D"}): ["C1", "C2"],
        frozenset({"B-E", "E-F", "F-G", "D-G"}): [],
        frozenset({"B-C", "E-F", "C-D"}): ["C3", "C4"],
    }


def test_a_checkpoint_is_nothing_that_may_be_lost() -> None:
    posts = (
        replace(crossing("P1", "A-B"), kind="checkpoint"),
        replace(crossing("P2", "A-B", "B-C"), kind="checkpoint"),
    )
    network = town("A-B-C", crossings=posts)
    roads = main_roads(network, np.ones(2, dtype=bool), [0, 1, 2])
    assert [failure.crossings for failure in find_failures(network, roads)] == [(), ()]


def test_only_roads_have_ends() -> None:
    network = town("A-B-C", crossings=(crossing("C1", "A-B", "B-C"),))
    roads = main_roads(network, np.ones(2, bool), [0, 2])
    assert [failure.ends for failure in find_failures(network, roads)] == [(0, 1), (1, 2), ()]


def test_a_crossing_carried_over_without_its_place_is_no_failure_of_its_own() -> None:
    bridge = crossing("CR1", "B-C", "B-E")
    network = surveyed(crossings=(bridge,))
    roads = main_roads(network, np.ones(len(network), bool), [0, network.node_index["D"]])
    assert any(failure.crossings == (0,) for failure in find_failures(network, roads))
    told = CarriedCrossing(crossing_id="CR1", name=bridge.name, mapped_id="", away_km=None)
    carried = replace(network, links=CarriedLinks(links=(), crossings=(told,), elsewhere=0))
    assert not any(failure.crossings for failure in find_failures(carried, roads))
