"""Lower bounds are exact as far as they matter, and never too high."""

from __future__ import annotations

import numpy as np
import pytest
from routing.oracles import CAMPAIGN, enumerated_front, random_case

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.routing import ArcGraph, distances
from cmcoord_geo.routing.contraction import contracted
from cmcoord_geo.routing.lower_bounds import Question
from cmcoord_geo.routing.storage import Storage


@pytest.mark.parametrize("n_criteria", [2, 3])
def test_bounds_are_the_cheapest_rest_as_far_as_they_matter(n_criteria: int) -> None:
    n_checked = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, n_criteria)
        roads = contracted(case.graph, keep_all=True)
        weights = roads.weights(case.costs)
        storage = Storage(is_compiled=False)
        question = Question(roads, weights, (case.source, case.target), storage)
        try:
            limits = question.limits(None)
        except NoRouteError:
            assert enumerated_front(case) == []
            continue
        ahead = question.ahead().reshape(-1, n_criteria)
        rest = np.column_stack(
            [distances(case.graph, cost, case.target, reverse=True) for cost in case.costs.T]
        )
        assert ahead[case.source].tolist() == question.start == rest[case.source].tolist()
        matters = (rest <= limits).all(axis=1)
        assert (ahead[matters] == rest[matters]).all(), f"seed {seed}"
        assert (ahead >= rest.clip(max=2**62 - 1)).all(), f"seed {seed}"
        assert (ahead[~matters] > limits).any(axis=1).all(), f"seed {seed}"
        for row in enumerated_front(case):
            assert all(a <= b for a, b in zip(row, limits, strict=True)), f"seed {seed}"
        n_checked += 1
    assert n_checked > CAMPAIGN // 4


def test_a_bound_below_the_best_names_the_criterion_and_the_best() -> None:
    roads = contracted(ArcGraph.from_arcs(2, [0], [1]))
    weights = roads.weights([[5, 7]])
    question = Question(roads, weights, (0, 1), Storage(is_compiled=False))
    with pytest.raises(NoRouteError, match=r"6 in criterion 2, where the least is 7"):
        question.limits((9, 6))
