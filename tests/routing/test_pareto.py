"""Pareto sets equal full enumeration, and nothing that should not matter matters."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import (
    CAMPAIGN,
    SEARCHED,
    Case,
    check_paths,
    enumerated_front,
    found_front,
    is_dominated,
    random_case,
    unhurried,
)

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import ArcGraph, label_setting, labels, pareto, pareto_paths
from cmcoord_geo.routing.label_setting import FAR

if TYPE_CHECKING:
    from collections.abc import Callable

CRITERIA = pytest.mark.parametrize("n_criteria", [1, 2, 3, 4])
SEEDS = st.integers(0, 2**32 - 1)


def difference(seed: int, n_criteria: int) -> str:
    """How the search and full enumeration differ on one random graph; empty when they agree."""
    case = random_case(seed, n_criteria)
    found, expected = found_front(case), enumerated_front(case)
    return "" if found == expected else f"seed {seed}: found {found}, enumeration {expected}"


@CRITERIA
def test_equals_full_enumeration(n_criteria: int) -> None:
    """2,000 graphs of each: zero costs, ties, parallel arcs, loops, unreachable targets; seed on failure."""
    assert [d for seed in range(SEARCHED) if (d := difference(seed, n_criteria))] == []


@CRITERIA
def test_enumeration_equals_networkx(n_criteria: int) -> None:
    """The oracle is itself held against networkx, on the same graphs."""
    for seed in range(min(SEARCHED, 2000)):
        case = random_case(seed, n_criteria)
        if case.source == case.target:
            continue
        paths = nx.all_simple_edge_paths(case.networkx(), case.source, case.target)
        vectors = {
            tuple(case.costs[[arc for _, _, arc in path]].sum(axis=0).tolist()) for path in paths
        }
        front = sorted(v for v in vectors if not any(is_dominated(v, by) for by in vectors))
        assert enumerated_front(case) == front, f"seed {seed}"


def test_campaign_holds_what_it_promises() -> None:
    """The random graphs do contain what the comparison is about."""
    cases = [random_case(seed, 2) for seed in range(150)]
    fronts = [enumerated_front(case) for case in cases]
    assert sum(len(front) > 2 for front in fronts) >= 10
    assert sum(front == [] for front in fronts) >= 10
    assert sum(case.source == case.target for case in cases) >= 5
    assert sum(bool((case.tail == case.head).any()) for case in cases) >= 10
    assert sum(bool((case.costs == 0).any()) for case in cases) >= 10
    ends = [list(zip(case.tail.tolist(), case.head.tolist(), strict=True)) for case in cases]
    assert sum(len(set(pairs)) < len(pairs) for pairs in ends) >= 10


def only_the_first(lowest: list[int], node: int, f_2: int) -> bool:
    """Planted fault: one settled label covers all that follow."""
    return lowest[node] < FAR


def tie_survives(lowest: list[int], node: int, f_2: int) -> bool:
    """Planted fault: a label as good as a settled one is kept."""
    return lowest[node] < f_2


def last_alone(
    fronts: Any, node: int, f: list[int], label: int, width: int, over: int, under: int
) -> bool:
    """Planted fault: of three criteria, the second does not count."""
    begin, count, _, kept = fronts
    rows = range(begin[node], begin[node] + count[node])
    return any(kept[row * (width - 1) + width - 2] <= f[label * width + width - 1] for row in rows)


@pytest.mark.parametrize(
    ("step", "fault", "n_criteria"),
    [
        ("_is_matched", only_the_first, 2),
        ("_is_matched", tie_survives, 2),
        ("_covers", last_alone, 3),
    ],
)
def test_comparison_notices_wrong_dominance(
    monkeypatch: pytest.MonkeyPatch, step: str, fault: Callable[..., bool], n_criteria: int
) -> None:
    monkeypatch.setattr(label_setting, step, fault)
    faults = 0
    for seed in range(150):
        case = random_case(seed, n_criteria)
        try:
            found = pareto_paths(case.graph, case.costs, case.source, case.target, max_labels=2000)
        except NoRouteError:
            continue
        faults += [tuple(row) for row in found.costs.tolist()] != enumerated_front(case)
    assert faults > 0


@pytest.mark.parametrize("n_criteria", [2, 3, 4])
def test_keys_that_hold_one_criterion_are_enough(
    monkeypatch: pytest.MonkeyPatch, n_criteria: int
) -> None:
    """Costs so high that keys cannot hold them all: answers with the same key are compared at the end."""
    monkeypatch.setattr(labels, "KEY_BITS", 1)
    assert [d for seed in range(CAMPAIGN) if (d := difference(seed, n_criteria))] == []


@CRITERIA
def test_extremes_equal_dijkstra(n_criteria: int) -> None:
    for seed in range(CAMPAIGN):
        case = random_case(seed, n_criteria)
        front = found_front(case)
        for criterion in range(n_criteria if front else 0):
            graph = case.networkx(criterion)
            best = nx.dijkstra_path_length(graph, case.source, case.target, weight="cost")
            assert min(row[criterion] for row in front) == best, f"seed {seed}"


@unhurried
@given(SEEDS, st.integers(1, 4))
def test_reversing_the_graph_changes_nothing(seed: int, n_criteria: int) -> None:
    case = random_case(seed, n_criteria)
    assert found_front(case.reversed()) == found_front(case)


@unhurried
@given(SEEDS, st.integers(2, 4), st.data())
def test_permuting_criteria_permutes_columns(
    seed: int, n_criteria: int, data: st.DataObject
) -> None:
    case = random_case(seed, n_criteria)
    order = data.draw(st.permutations(range(n_criteria)))
    permuted = found_front(case.with_costs(case.costs[:, order]))
    assert permuted == sorted(tuple(row[i] for i in order) for row in found_front(case))


@unhurried
@given(SEEDS, st.integers(1, 4), st.data())
def test_scaling_criteria_scales_columns(seed: int, n_criteria: int, data: st.DataObject) -> None:
    case = random_case(seed, n_criteria)
    factor = [data.draw(st.integers(1, 1000)) for _ in range(n_criteria)]
    scaled = found_front(case.with_costs(case.costs * factor))
    expected = [tuple(a * b for a, b in zip(row, factor, strict=True)) for row in found_front(case)]
    assert scaled == expected


@unhurried
@given(SEEDS, st.integers(1, 4), st.data())
def test_shuffling_arcs_changes_nothing(seed: int, n_criteria: int, data: st.DataObject) -> None:
    case = random_case(seed, n_criteria)
    order = np.array(data.draw(st.permutations(range(len(case.tail)))), dtype=np.int64)
    shuffled = Case(
        seed, case.n_nodes, case.tail[order], case.head[order], case.costs[order],
        case.source, case.target,
    )  # fmt: skip
    assert found_front(shuffled) == found_front(case)


@unhurried
@given(SEEDS, st.integers(1, 4), st.data())
def test_adding_a_dominated_arc_changes_nothing(
    seed: int, n_criteria: int, data: st.DataObject
) -> None:
    case = random_case(seed, n_criteria)
    if len(case.tail) == 0:
        return
    twin = data.draw(st.integers(0, len(case.tail) - 1))
    more = np.array([[data.draw(st.integers(0, 3)) for _ in range(n_criteria)]])
    worse = case.costs[twin] + more
    wider = case.with_arcs([int(case.tail[twin])], [int(case.head[twin])], worse)
    assert found_front(wider) == found_front(case)


@unhurried
@given(SEEDS, st.integers(1, 4), st.data())
def test_closing_an_arc_equals_leaving_it_out(
    seed: int, n_criteria: int, data: st.DataObject
) -> None:
    case = random_case(seed, n_criteria)
    size = len(case.tail)
    is_open = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    without = Case(
        seed, case.n_nodes, case.tail[is_open], case.head[is_open], case.costs[is_open],
        case.source, case.target,
    )  # fmt: skip
    try:
        found = pareto_paths(case.graph.keeping(is_open), case.costs, case.source, case.target)
    except NoRouteError:
        assert enumerated_front(without) == []
        return
    check_paths(case, found)
    assert all(is_open[arcs].all() for arcs in found.paths)
    assert [tuple(row) for row in found.costs.tolist()] == enumerated_front(without)


@unhurried
@given(SEEDS, st.integers(1, 4), st.data())
def test_bound_filters_exactly(seed: int, n_criteria: int, data: st.DataObject) -> None:
    case = random_case(seed, n_criteria)
    full = found_front(case)
    highest = max((max(row) for row in full), default=0)
    numbers = st.integers(-1, highest + 1) | st.floats(0, highest + 1.0)
    limits = [data.draw(st.none() | st.just(math.inf) | numbers) for _ in range(n_criteria)]
    top = [math.inf if limit is None else limit for limit in limits]
    within = [row for row in full if all(a <= b for a, b in zip(row, top, strict=True))]
    assert found_front(case, bound=limits) == within


@CRITERIA
@pytest.mark.parametrize("epsilon", [0.001, 0.1, 0.5, 3.0])
def test_epsilon_keeps_its_promise(n_criteria: int, epsilon: float) -> None:
    """Every exact point is covered within 1 + epsilon, by rows of the exact set."""
    widened = 1 + Fraction(str(epsilon))
    thinned = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, n_criteria)
        exact, rough = enumerated_front(case), found_front(case, epsilon=epsilon)
        assert set(rough) <= set(exact), f"seed {seed}"
        for point in exact:
            covering = [all(a <= widened * b for a, b in zip(r, point, strict=True)) for r in rough]
            assert any(covering), f"seed {seed}: {point} is not covered by {rough}"
        thinned += len(rough) < len(exact)
    assert thinned or n_criteria == 1 or epsilon < 0.5


@pytest.mark.parametrize("n_criteria", [3, 4])
@pytest.mark.parametrize("epsilon", [0.001, 0.1, 0.5, 3.0])
def test_merged_labels_keep_the_promise(
    monkeypatch: pytest.MonkeyPatch, n_criteria: int, epsilon: float
) -> None:
    """Large searches: every exact point within the bound is covered, by rows that keep to it."""
    monkeypatch.setattr(pareto, "PATIENCE", 0)
    monkeypatch.setattr(labels, "FIRST_SMALL_ROOM", 1)
    widened = 1 + Fraction(str(epsilon))
    n_merged = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, n_criteria)
        exact = enumerated_front(case)
        if not exact:
            continue
        top = sorted(row[1] for row in exact)[len(exact) // 2] if seed % 2 else math.inf
        found = pareto_paths(
            case.graph, case.costs, case.source, case.target,
            bound=[None, top, *[None] * (n_criteria - 2)], epsilon=epsilon,
        )  # fmt: skip
        check_paths(case, found)
        rough = [tuple(row) for row in found.costs.tolist()]
        assert rough == sorted(set(rough))
        assert all(row[1] <= top for row in rough), f"seed {seed}"
        assert not any(is_dominated(row, by) for row in rough for by in rough), f"seed {seed}"
        for point in exact:
            covering = [all(a <= widened * b for a, b in zip(r, point, strict=True)) for r in rough]
            assert any(covering) or point[1] > top, f"seed {seed}: {point} is not covered"
            for row in rough:  # what dominates a row does not do so by much everywhere
                assert not is_dominated(row, point) or any(
                    a <= widened * b for a, b in zip(row, point, strict=True)
                ), f"seed {seed}: {point} is far better than {row}"
        n_merged += not found.is_undominated
    assert n_merged > CAMPAIGN // 4


@pytest.mark.parametrize("n_criteria", [3, 4])
def test_merged_labels_that_stop_promise_nothing_and_say_so(
    monkeypatch: pytest.MonkeyPatch, n_criteria: int
) -> None:
    """Rows are paths none of which another row dominates; not that every exact point is covered."""
    monkeypatch.setattr(pareto, "PATIENCE", 0)
    monkeypatch.setattr(labels, "FIRST_SMALL_ROOM", 1)
    n_stopped = n_missing = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, n_criteria)
        try:
            found = pareto_paths(
                case.graph, case.costs, case.source, case.target, epsilon=0.5, max_labels=12
            )
        except NoRouteError:
            continue
        check_paths(case, found)
        rough = [tuple(row) for row in found.costs.tolist()]
        assert not any(is_dominated(row, by) for row in rough for by in rough), f"seed {seed}"
        missing = [
            point
            for point in enumerated_front(case)
            if not any(all(a <= 1.5 * b for a, b in zip(r, point, strict=True)) for r in rough)
        ]
        assert not missing or not found.is_complete, f"seed {seed}"
        n_stopped += not (found.is_complete or found.is_undominated)
        n_missing += bool(missing)
    assert n_stopped >= n_missing > 0


@CRITERIA
def test_a_label_limit_leaves_only_proven_rows(n_criteria: int) -> None:
    n_stopped = 0
    for seed in range(CAMPAIGN):
        case = random_case(seed, n_criteria)
        exact = enumerated_front(case)
        for max_labels in (1, 3, 10):
            try:
                found = pareto_paths(
                    case.graph, case.costs, case.source, case.target, max_labels=max_labels
                )
            except NoRouteError:
                assert exact == [], f"seed {seed}"
                continue
            check_paths(case, found)
            rows = [tuple(row) for row in found.costs.tolist()]
            assert rows == exact[: len(rows)], f"seed {seed}"
            assert not found.is_complete or rows == exact, f"seed {seed}"
            assert found.costs.shape == (len(rows), n_criteria)
            n_stopped += not found.is_complete
    assert n_stopped > 0


@unhurried
@given(SEEDS, st.integers(1, 4))
def test_the_same_question_has_the_same_paths(seed: int, n_criteria: int) -> None:
    case = random_case(seed, n_criteria)
    answers = []
    for _ in range(2):
        try:
            found = pareto_paths(case.graph, case.costs, case.source, case.target)
        except NoRouteError:
            return
        answers.append([path.tolist() for path in found.paths])
    assert answers[0] == answers[1]


def test_source_and_target_alike_give_one_empty_path() -> None:
    graph = ArcGraph.from_arcs(2, [0, 0], [0, 1])
    found = pareto_paths(graph, [[0, 0], [1, 1]], 0, 0)
    assert found.costs.tolist() == [[0, 0]]
    assert [path.tolist() for path in found.paths] == [[]]
    assert found.is_complete


def test_a_complete_answer_says_so() -> None:
    found = pareto_paths(ArcGraph.from_arcs(2, [0], [1]), [[1, 2]], 0, 1, epsilon=0.25)
    assert found.is_complete
    assert found.epsilon == 0.25
    assert pareto_paths(ArcGraph.from_arcs(2, [0], [1]), [[1, 2]], 0, 1).epsilon == 0.0


@pytest.mark.parametrize(
    ("graph", "costs"),
    [
        (ArcGraph.from_arcs(2, [], []), np.zeros((0, 2))),
        (ArcGraph.from_arcs(2, [1], [0]), [[1, 1]]),
        (ArcGraph.from_arcs(2, [0], [0]), [[0, 0]]),
        (ArcGraph.from_arcs(2, [0], [1]).keeping([False]), [[1, 1]]),
    ],
)
def test_no_path_is_an_error_of_its_own(graph: ArcGraph, costs: object) -> None:
    with pytest.raises(NoRouteError, match="from node 0 to node 1") as caught:
        pareto_paths(graph, costs, 0, 1)
    assert (caught.value.origin, caught.value.destination) == ("0", "1")


def test_a_bound_that_lets_nothing_through_says_that_it_is_the_bound() -> None:
    with pytest.raises(NoRouteError, match="within the bound"):
        pareto_paths(ArcGraph.from_arcs(2, [0], [1]), [[5, 5]], 0, 1, bound=[None, 4])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"bound": [1]}, "2 numbers"),
        ({"bound": [1, math.nan]}, "2 numbers"),
        ({"bound": 7}, "2 numbers"),
        ({"bound": ["1", "2"]}, "2 numbers"),
        ({"epsilon": -0.1}, "epsilon"),
        ({"epsilon": math.nan}, "epsilon"),
        ({"epsilon": math.inf}, "epsilon"),
        ({"epsilon": "much"}, "epsilon"),
        ({"max_labels": 0}, "max_labels"),
        ({"max_labels": 1.5}, "max_labels"),
        ({"max_labels": math.nan}, "max_labels"),
        ({"max_labels": True}, "max_labels"),
        ({"source": 2}, "source 2 is no node"),
        ({"target": -1}, "target -1 is no node"),
    ],
)
def test_refuses_what_it_cannot_use(options: dict[str, object], says: str) -> None:
    arguments = {"source": 0, "target": 1, **options}
    with pytest.raises(DataError, match=says):
        pareto_paths(ArcGraph.from_arcs(2, [0], [1]), [[1, 1]], **arguments)
