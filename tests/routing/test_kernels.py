"""Heaps, queues and bounds by themselves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import road_case, unhurried

from cmcoord_geo.routing import UNREACHABLE, ArcGraph, WeightedGraph, distances
from cmcoord_geo.routing.kernels import Bounds, Labels, Queue, bound, follow, grow, pop, push


@unhurried
@given(st.lists(st.integers(0, 20) | st.none(), max_size=60))
def test_a_heap_gives_the_least_first(steps: list[int | None]) -> None:
    """Numbers go on, None takes the first off; a sorted list says what it must be."""
    heap, size, expected = [0] * (len(steps) + 1), 0, []
    for step in steps:
        if step is not None:
            size = push(heap, size, step)
            expected = sorted([*expected, step])
        elif expected:
            assert heap[0] == expected.pop(0)
            size = pop(heap, size)
        assert size == len(expected)
    assert sorted(heap[:size]) == expected


def test_the_width_of_buckets_changes_nothing() -> None:
    """From one unit each to all in one; buckets come round again and again."""
    for seed in range(30):
        case = road_case(seed)
        case = case.with_costs(case.costs % 5000)
        roads = WeightedGraph.of(case.graph, case.costs[:, 0])
        trees = []
        for width in (0, 1, 5, 13):
            labels = roads.labels()
            arcs, buckets = len(case.tail), 1 << ((5000 >> width) + 1).bit_length()
            rows = [0] * (arcs + 1), [-1] * buckets, [0] * arcs, [0] * arcs
            start = roads.place(case.source, "source")
            grow(
                *(roads.rows(), start, [0] * case.n_nodes, -1, roads.bits, width),
                labels,
                Queue(*rows),
            )
            trees.append(labels)
        assert all(tree == trees[0] for tree in trees), f"seed {seed}"


def test_bounds_are_bounds_and_consistent() -> None:
    """Below the true rest, and no arc lowers them by more than it costs."""
    for seed in range(40):
        case = road_case(seed)
        graph, cost, n = case.graph, case.costs[:, 0], case.n_nodes
        marks = np.random.default_rng(seed).choice(n, 3, replace=False).tolist()
        columns = [distances(graph, cost, m, reverse=r) for m in marks for r in (False, True)]
        table = np.where(np.array(columns) == UNREACHABLE, -1, columns).T.ravel().tolist()
        bounds = Bounds(table, 6, [0, 2, 4])
        rest = [bound(bounds, node, case.target) for node in range(n)]
        truth = distances(graph, cost, case.target, reverse=True).tolist()
        for node in range(n):
            assert rest[node] <= truth[node], f"seed {seed}"
            assert rest[node] >= 0 or truth[node] == UNREACHABLE, f"seed {seed}"
        for tail, head, step in zip(case.tail.tolist(), case.head.tolist(), cost, strict=True):
            assert rest[head] < 0 or rest[tail] <= step + rest[head], f"seed {seed}"


def test_following_labels_leads_back_to_the_root() -> None:
    path = [0] * 3
    labels = Labels([0, 4, 9], [-1, 0, 1])
    assert follow(labels.arc, [0, 1], 2, path) == 2
    assert path[:2] == [1, 0]


def test_small_graphs_are_searched_on_lists() -> None:
    roads = WeightedGraph.of(ArcGraph.from_arcs(2, [0], [1]), [1])
    assert isinstance(roads.rows().end, list)
