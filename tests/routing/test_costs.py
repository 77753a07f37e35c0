"""Costs are refused unless they can be added up exactly."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import ArcGraph, distances, pareto_paths
from cmcoord_geo.routing.costs import check_cost, check_costs

GRAPH = ArcGraph.from_arcs(3, [0, 1], [1, 2])


@pytest.mark.parametrize(
    ("cost", "says"),
    [
        ([1, -1], "arc 1 is negative"),
        ([np.nan, 1], "arc 0 is missing or infinite"),
        ([1, np.inf], "arc 1 is missing or infinite"),
        ([1, 0.5], "arc 1 is no whole number"),
        ([1], r"shape \(2,\)"),
        ([[1], [2]], r"shape \(2,\)"),
        ([2**62, 1], "too large"),
        ([2**60 + 2**59, 2**60 + 2**59], "too large"),
        ([2**70, 1], "64 bits"),
        ([True, False], "whole numbers"),
        (["1", "2"], "whole numbers"),
        ([None, 1], "whole numbers"),
        ([1e300, 1], "too large"),
    ],
)
def test_refuses_a_cost_that_cannot_be_added_up(cost: list, says: str) -> None:
    with pytest.raises(DataError, match=says):
        check_cost(GRAPH, cost)
    with pytest.raises(DataError):
        distances(GRAPH, cost, 0)


@pytest.mark.parametrize(
    ("costs", "says"),
    [
        ([1, 2], r"shape \(2, criteria\)"),
        (np.zeros((3, 2), dtype=int), r"shape \(2, criteria\)"),
        (np.zeros((2, 0), dtype=int), "1 to 4 criteria, not 0"),
        (np.zeros((2, 5), dtype=int), "1 to 4 criteria, not 5"),
        ([[1, 1], [1, -1]], "arc 1 is negative"),
        ([[1, 1], [1, np.nan]], "arc 1 is missing"),
        ([[1, 2**61], [1, 2**61]], "too large"),
    ],
)
def test_refuses_rows_that_cannot_be_added_up(costs: object, says: str) -> None:
    with pytest.raises(DataError, match=says):
        check_costs(GRAPH, costs)
    with pytest.raises(DataError):
        pareto_paths(GRAPH, costs, 0, 2)


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int64, np.uint64, np.float32, float])
def test_whole_numbers_of_any_type_become_int64(dtype: type) -> None:
    cost = check_cost(GRAPH, np.array([0, 200 if dtype is np.uint8 else 300], dtype=dtype))
    assert cost.dtype == np.int64
    assert cost[1] >= 200


def test_the_largest_costs_allowed_are_added_up_exactly() -> None:
    half = 2**60
    found = pareto_paths(GRAPH, [[half, 1], [half - 1, 2]], 0, 2)
    assert found.costs.tolist() == [[2**61 - 1, 3]]
