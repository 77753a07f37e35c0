"""Failures in a row that show the same are one column; others stay apart."""

from __future__ import annotations

import pytest
from planning.test_failures import crossing
from planning.test_isolation import CONFIG, case_of
from planning.test_isolation_turns import drawn
from towns import town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.isolation import Isolation, isolation
from cmcoord_geo.planning.series import importance, series_ends, series_of, whole_hours


def board_of(network: RoadNetwork, targets: str) -> Isolation:
    nodes = [network.node_index[letter] for letter in targets]
    return isolation(network, [case_of(network)], base=0, targets=nodes, config=CONFIG.isolation)


def titles(network: RoadNetwork, board: Isolation, *, is_surveyed: bool = False) -> list[list[str]]:
    return [
        ["+".join(network.segment_ids[s] for s in board.failures[i].segments) for i in row]
        for row in series_of(board, is_surveyed=is_surveyed)
    ]


def test_roads_between_two_targets_are_one() -> None:
    network = town("A-B-C-D-E", cell_m=100_000.0)
    board = board_of(network, "CE")
    assert titles(network, board) == [["A-B", "B-C"], ["C-D", "D-E"]]
    ends = [
        series_ends([board.failures[i] for i in row]) for row in series_of(board, is_surveyed=False)
    ]
    assert ends == [(0, 2), (2, 4)]


def test_roads_that_do_the_same_far_from_one_another_stay_apart() -> None:
    """B-C has a parallel road: A-B and C-D cut alike, and do not touch."""
    network = town("A-B-C-D\n  | |\n  E-F\n", cell_m=20_000.0)
    board = board_of(network, "D")
    assert titles(network, board)[0] == ["A-B"]
    assert ["C-D"] in titles(network, board)
    assert ["A-B", "C-D"] in titles(network, board, is_surveyed=True)


def test_a_shared_crossing_is_a_column_of_its_own() -> None:
    network = town("A-B-C-D", cell_m=100_000.0, crossings=(crossing("X", "A-B", "B-C"),))
    board = board_of(network, "D")
    assert titles(network, board) == [["A-B", "B-C", "C-D"], ["A-B+B-C"]]
    assert series_ends([board.failures[i] for i in series_of(board, is_surveyed=False)[1]]) == ()


def test_what_turns_alone_bar_is_a_column_of_its_own() -> None:
    """A-B and B-C both cut C off, but past A-B other roads lead there, if the turn at B were not banned."""
    network = drawn("A-B-C\n| |\nE-D\n", "DBC")
    board = board_of(network, "C")
    assert titles(network, board) == [["A-B"], ["B-C"]]
    assert [case.only_by_turn[:, 0].tolist() for case in board.cases] == [[True, False]]


def test_importance_adds_up() -> None:
    network = town("A-B-C", cell_m=100_000.0)
    board = board_of(network, "BC")
    assert [importance(board, i) for i in range(2)] == [6, 3]


@pytest.mark.parametrize(("extra_h", "shown"), [(0.5, 1), (1.0, 1), (7.95, 8), (8.0, 8), (8.01, 9)])
def test_hours_are_rounded_up(extra_h: float, shown: int) -> None:
    assert whole_hours(extra_h) == shown
