"""Costs checked once; the compiler only where it pays, and only where 64 bits will do."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from routing.oracles import road_case

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import (
    UNREACHABLE,
    ArcGraph,
    Landmarks,
    WeightedGraph,
    cost_matrix,
    path_between,
    path_tree,
)
from cmcoord_geo.routing.costs import MAX_TOTAL

SMALL_SEARCHES = """
import sys
from cmcoord_geo.routing import ArcGraph, Landmarks, WeightedGraph, cost_matrix, path_between, path_tree
roads = WeightedGraph.of(ArcGraph.from_arcs(3, [0, 1, 1, 2], [1, 2, 0, 1]), [1, 2, 3, 4])
path_between(roads, 0, 2), path_tree(roads, 0), cost_matrix(roads, [0], [2]), Landmarks.of(roads).path(0, 2)
print("numba" in sys.modules)
"""


@pytest.mark.parametrize(
    ("cost", "why"),
    [
        ([-1, 1], "negative"),
        ([np.nan, 1], "missing or infinite"),
        ([np.inf, 1], "missing or infinite"),
        ([0.5, 1], "no whole number"),
        ([None, 1], "whole numbers"),
        ([1], "shape"),
        ([2**62, 2**62], "too large"),
    ],
)
def test_costs_that_cannot_be_used_are_refused(cost: list[object], why: str) -> None:
    with pytest.raises(DataError, match=why):
        WeightedGraph.of(ArcGraph.from_arcs(2, [0, 1], [1, 0]), cost)


def test_small_networks_never_start_the_compiler() -> None:
    command = [sys.executable, "-c", SMALL_SEARCHES]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")  # noqa: S603
    assert done.stdout.split() == ["False"]


def test_costs_near_the_limit_are_added_exactly_without_the_compiler() -> None:
    """An entry of cost and node would not fit 64 bits: plain Python takes over."""
    high = MAX_TOTAL // 4
    graph = ArcGraph.from_arcs(4, [0, 1, 2, 0], [1, 2, 3, 3])
    roads = WeightedGraph.of(graph, [high, high, high, high], small=0)
    assert roads.is_plain
    assert path_tree(roads, 0).distance.tolist() == [0, high, 2 * high, high]
    assert path_between(roads, 0, 2).tolist() == [0, 1]
    assert Landmarks.of(roads).path(0, 3).tolist() == [3]
    assert cost_matrix(roads, [0, 3], [2]).tolist() == [[2 * high], [UNREACHABLE]]


@pytest.mark.parametrize("spare", [0, 1])
def test_the_largest_costs_that_fit_are_searched_compiled(spare: int) -> None:
    """One more, and they are not; both give the same."""
    graph = ArcGraph.from_arcs(4, [0, 1, 2], [1, 2, 3])
    most = 2 ** (62 - 2) // 2 - 1 + spare
    roads = WeightedGraph.of(graph, [most - 2, 1, 1], small=0)
    assert roads.is_plain == bool(spare)
    assert path_tree(roads, 0).distance.tolist() == [0, most - 2, most - 1, most]
    assert Landmarks.of(roads, count=3).path(0, 3).tolist() == [0, 1, 2]


def test_rows_are_made_once_for_each_direction() -> None:
    case = road_case(1)
    roads = WeightedGraph.of(case.graph, case.costs[:, 0])
    assert roads.rows() is roads.rows()
    assert roads.rows() is not roads.rows(reverse=True)
    weight = dict(zip(roads.rows(reverse=True).arc, roads.rows(reverse=True).weight, strict=True))
    assert [weight[arc] for arc in range(len(case.tail))] == case.costs[:, 0].tolist()


def test_one_long_ferry_does_not_make_all_buckets_wide() -> None:
    """Roads of 100, a ferry of 90,000: a bucket spans a small part of a road."""
    tail = np.arange(400)
    graph = ArcGraph.from_arcs(401, np.r_[tail, 0], np.r_[tail + 1, 400])
    roads = WeightedGraph.of(graph, [100] * 400 + [90_000], small=0)
    assert 2**roads.width < 100
    assert path_tree(roads, 0).distance.tolist() == [100 * node for node in range(400)] + [40_000]
    plain = WeightedGraph.of(graph, [100] * 400 + [90_000])
    assert 2**plain.width > 90_000
    assert path_tree(plain, 0).distance.tolist() == path_tree(roads, 0).distance.tolist()
