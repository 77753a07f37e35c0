"""Searches led by landmarks: against networkx, plain and compiled, for costs that rise."""

from __future__ import annotations

import numpy as np
import pytest
from routing.oracles import SEARCHED, Case, cheapest, cost_of, random_case, road_case

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import ArcGraph, Landmarks, WeightedGraph

ALWAYS, NEVER = 0, 10**9


def found(case: Case, marks: Landmarks) -> np.ndarray | None:
    try:
        return marks.path(case.source, case.target)
    except NoRouteError:
        return None


@pytest.mark.parametrize("draw", [lambda seed: random_case(seed, 1), road_case])
def test_paths_cost_what_networkx_says_plain_and_compiled_alike(draw) -> None:
    for seed in range(SEARCHED // (20 if draw is road_case else 4)):
        case = draw(seed)
        plain, fast = (
            Landmarks.of(WeightedGraph.of(case.graph, case.costs[:, 0], small=small), count=4)
            for small in (NEVER, ALWAYS)
        )
        assert plain.nodes == fast.nodes, f"seed {seed}"
        best, path, again = cheapest(case), found(case, plain), found(case, fast)
        assert (path is None) == (again is None) == (best is None), f"seed {seed}"
        if path is not None:
            assert path.tobytes() == again.tobytes(), f"seed {seed}"
            assert cost_of(case, path) == best, f"seed {seed}"


def test_they_serve_higher_costs_and_fewer_arcs_exactly() -> None:
    for seed in range(SEARCHED // 20):
        case, rng = road_case(seed), np.random.default_rng(seed)
        marks = Landmarks.of(WeightedGraph.of(case.graph, case.costs[:, 0]), count=5)
        dearer = case.costs + rng.integers(0, 50, case.costs.shape)
        is_open = rng.random(len(case.tail)) < 0.9
        roads = WeightedGraph.of(case.graph.keeping(is_open), dearer[:, 0], small=ALWAYS)
        path = found(case, marks.serving(roads))
        left = Case(
            seed,
            case.n_nodes,
            *(case.tail[is_open], case.head[is_open], dearer[is_open]),
            *(case.source, case.target),
        )
        best = cheapest(left)
        assert (path is None) == (best is None), f"seed {seed}"
        if path is not None:
            assert is_open[path].all()
            assert cost_of(case.with_costs(dearer), path) == best, f"seed {seed}"


def line(costs: list[int], is_open: list[bool] | None = None) -> WeightedGraph:
    graph = ArcGraph.from_arcs(3, [0, 1], [1, 2])
    return WeightedGraph.of(graph.keeping(is_open or [True, True]), costs)


def test_they_do_not_serve_what_became_cheaper_or_was_opened() -> None:
    with pytest.raises(DataError, match="Arc 1 costs less"):
        Landmarks.of(line([4, 5])).serving(line([4, 4]))
    closed = Landmarks.of(line([4, 5], [False, True]))
    with pytest.raises(DataError, match="Arc 0 costs less"):
        closed.serving(line([4, 5]))
    again = Landmarks.of(line([4, 5])).serving(line([9, 9]))
    with pytest.raises(DataError, match="Arc 0 costs less"):
        again.serving(line([3, 9]))
    assert again.serving(line([4, 5])).path(0, 2).tolist() == [0, 1]
    assert closed.serving(line([0, 5], [False, True])).path(1, 2).tolist() == [1]


def test_they_do_not_serve_another_network() -> None:
    other = WeightedGraph.of(ArcGraph.from_arcs(3, [0, 2], [1, 1]), [4, 5])
    with pytest.raises(DataError, match="not another one"):
        Landmarks.of(line([4, 5])).serving(other)


def test_each_lies_farthest_from_those_before_it() -> None:
    """On a road of ten pieces: one end, the other end, the middle."""
    tail, head = np.arange(10), np.arange(1, 11)
    graph = ArcGraph.from_arcs(11, np.r_[tail, head], np.r_[head, tail])
    marks = Landmarks.of(WeightedGraph.of(graph, np.ones(20, dtype=int)), count=3)
    assert marks.nodes == (10, 0, 5)


def test_large_parts_have_landmarks_and_scraps_have_none() -> None:
    """Two roads and a node by itself."""
    tail = np.r_[np.arange(20), np.arange(21, 41)]
    graph = ArcGraph.from_arcs(43, np.r_[tail, tail + 1], np.r_[tail + 1, tail])
    marks = Landmarks.of(WeightedGraph.of(graph, np.ones(80, dtype=int)), count=4)
    assert {node // 21 for node in marks.nodes} == {0, 1}
    assert 42 not in marks.nodes


def test_few_nodes_have_few_landmarks() -> None:
    marks = Landmarks.of(WeightedGraph.of(ArcGraph.from_arcs(1, [], []), []))
    assert marks.path(0, 0).tolist() == []
    assert len(marks.nodes) <= 1


def test_one_is_the_least() -> None:
    with pytest.raises(DataError, match="needs one at least"):
        Landmarks.of(line([1, 1]), count=0)
