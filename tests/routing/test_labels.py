"""Room, pauses and limits change nothing but what they say."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from routing.oracles import CAMPAIGN, enumerated_front, found_front, random_case

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.routing import ArcGraph, labels, pareto, pareto_paths
from cmcoord_geo.routing.labels import _widening, _without_loops


@pytest.mark.parametrize("n_criteria", [1, 2, 3, 4])
def test_little_room_and_many_pauses_change_nothing(
    monkeypatch: pytest.MonkeyPatch, n_criteria: int
) -> None:
    monkeypatch.setattr(labels, "FIRST_SMALL_ROOM", 2)
    monkeypatch.setattr(labels, "SLICE", 1)
    for seed in range(CAMPAIGN):
        case = random_case(seed, n_criteria)
        assert found_front(case) == enumerated_front(case), f"seed {seed}"


@pytest.mark.parametrize("n_criteria", [2, 3])
def test_a_small_graph_with_a_large_answer_goes_on_compiled(
    monkeypatch: pytest.MonkeyPatch, n_criteria: int
) -> None:
    monkeypatch.setattr(labels, "FIRST_SMALL_ROOM", 2)
    monkeypatch.setattr(pareto, "PATIENCE", 4)
    for seed in range(20):
        case = random_case(seed, n_criteria)
        assert found_front(case) == enumerated_front(case), f"seed {seed}"


@pytest.mark.parametrize("n_criteria", [2, 3])
def test_memory_that_is_used_up_stops_with_what_is_proven(
    monkeypatch: pytest.MonkeyPatch, n_criteria: int
) -> None:
    monkeypatch.setattr(labels, "FIRST_SMALL_ROOM", 4)
    monkeypatch.setattr(labels, "MEMORY", 1_000)
    n_stopped = 0
    for seed in range(CAMPAIGN):
        case, exact = random_case(seed, n_criteria), enumerated_front(random_case(seed, n_criteria))
        try:
            found = pareto_paths(case.graph, case.costs, case.source, case.target)
        except NoRouteError:
            continue
        rows = [tuple(row) for row in found.costs.tolist()]
        assert rows == exact[: len(rows)], f"seed {seed}"
        assert not found.is_complete or rows == exact, f"seed {seed}"
        n_stopped += not found.is_complete
    assert n_stopped > 0


def test_the_highest_costs_do_not_overflow() -> None:
    """Costs that add up to what is allowed at most, in one criterion and in four."""
    graph, high = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2]), 2**60 - 1
    for n_criteria in (1, 2, 3, 4):
        costs = np.full((3, n_criteria), high)
        costs[2] = 1
        costs[2, -1] = 2
        for epsilon in (0.0, 0.25, 1e300):
            found = pareto_paths(graph, costs, 0, 2, epsilon=epsilon)
            assert found.costs.tolist() == [costs[2].tolist()]


def test_widening_is_never_more_than_asked_for() -> None:
    for epsilon in ("1.01", "1.5", "3", "7.25"):
        for most in (1, 10**6, 2**40, 2**61):
            over, under = _widening(Fraction(epsilon), most)
            assert over * most < 2**62 or (over, under) == (1, 0)
            assert 1 <= Fraction(over, 2**under) <= Fraction(epsilon)
    over, under = _widening(Fraction("1.01"), 10**6)
    assert Fraction(over, 2**under) > 1.00999


def test_a_path_that_comes_back_is_cut_short() -> None:
    """0, 1, 2, 1, 3: the way by 2 goes."""
    arcs = np.array([10, 11, 12, 13])
    assert _without_loops(arcs, np.array([1, 2, 1, 3]), 0).tolist() == [10, 13]
    assert _without_loops(arcs, np.array([1, 0, 1, 3]), 0).tolist() == [12, 13]
    assert _without_loops(arcs, np.array([1, 2, 4, 3]), 0).tolist() == arcs.tolist()
