"""One pair from both ends: against networkx, plain and compiled, and the laws that any search keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import SEARCHED, Case, cheapest, cost_of, random_case, road_case, unhurried

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import ArcGraph, WeightedGraph, path_between, shortest_path

ALWAYS, NEVER = 0, 10**9  # graphs that are compiled for: all, none


def found(case: Case, small: int) -> np.ndarray | None:
    roads = WeightedGraph.of(case.graph, case.costs[:, 0], small=small)
    try:
        return path_between(roads, case.source, case.target)
    except NoRouteError:
        return None


@pytest.mark.parametrize("draw", [lambda seed: random_case(seed, 1), road_case])
def test_paths_cost_what_networkx_says_plain_and_compiled_alike(draw) -> None:
    for seed in range(SEARCHED // (10 if draw is road_case else 1)):
        case = draw(seed)
        plain, fast = found(case, NEVER), found(case, ALWAYS)
        best = cheapest(case)
        assert (plain is None) == (fast is None) == (best is None), f"seed {seed}"
        if plain is not None:
            assert plain.dtype == fast.dtype == np.int64
            assert plain.tobytes() == fast.tobytes(), f"seed {seed}"
            assert cost_of(case, plain) == best, f"seed {seed}"


@unhurried
@given(st.integers(0, 10**6), st.sampled_from([ALWAYS, NEVER]))
def test_reversed_permuted_or_scaled_the_cost_is_the_same(seed: int, small: int) -> None:
    case = road_case(seed)
    path = found(case, small)
    rng = np.random.default_rng(seed)
    mixed = rng.permutation(case.n_nodes)
    shuffled = rng.permutation(len(case.tail))
    other = Case(
        seed,
        case.n_nodes,
        mixed[case.tail][shuffled],
        mixed[case.head][shuffled],
        case.costs[shuffled],
        int(mixed[case.source]),
        int(mixed[case.target]),
    )
    back, again = found(case.reversed(), small), found(other, small)
    scaled = found(case.with_costs(case.costs * 7), small)
    if path is None:
        assert back is again is scaled is None
        return
    cost = cost_of(case, path)
    assert cost_of(case.reversed(), back) == cost
    assert cost_of(other, again) == cost
    assert scaled.tolist() == path.tolist()


@pytest.mark.parametrize("small", [ALWAYS, NEVER])
def test_a_node_leads_to_itself_by_no_arc(small: int) -> None:
    graph = ArcGraph.from_arcs(2, [0, 0], [0, 1])
    assert path_between(WeightedGraph.of(graph, [3, 4], small=small), 0, 0).tolist() == []


@pytest.mark.parametrize("small", [ALWAYS, NEVER])
def test_of_parallel_arcs_the_cheapest_is_driven(small: int) -> None:
    graph = ArcGraph.from_arcs(2, [0, 0, 0, 1], [1, 1, 1, 0])
    assert path_between(WeightedGraph.of(graph, [9, 2, 4, 0], small=small), 0, 1).tolist() == [1]


@pytest.mark.parametrize("small", [ALWAYS, NEVER])
def test_no_route_names_both_ends(small: int) -> None:
    roads = WeightedGraph.of(ArcGraph.from_arcs(2, [1], [0]), [3], small=small)
    with pytest.raises(NoRouteError, match="from node 0 to node 1") as caught:
        path_between(roads, 0, 1)
    assert (caught.value.origin, caught.value.destination) == ("0", "1")


def test_a_graph_without_arcs_has_no_route() -> None:
    with pytest.raises(NoRouteError):
        shortest_path(ArcGraph.from_arcs(2, [], []), [], 0, 1)


def test_a_node_that_is_none_is_told_before_the_costs() -> None:
    with pytest.raises(DataError, match="target 5 is no node"):
        shortest_path(ArcGraph.from_arcs(2, [0], [1]), [-1], 0, 5)
