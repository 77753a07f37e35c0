"""Contraction changes no answer, and takes away what it should."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import (
    CAMPAIGN,
    Case,
    check_paths,
    enumerated_front,
    found_front,
    random_case,
    unhurried,
)

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.routing import ArcGraph, contraction, labels, pareto, pareto_paths
from cmcoord_geo.routing.contraction import contracted

SEEDS = st.integers(0, 2**32 - 1)


def road_case(seed: int, n_criteria: int) -> Case:
    """
    Draw a few junctions with chains between them, dead ends, one-way pieces, rings and twins.

    Chains of up to four nodes make contraction matter; costs are small, so that there are ties.
    """
    rng = np.random.default_rng([seed, n_criteria, 7])
    n_nodes = int(rng.integers(1, 5))
    tail, head = [], []
    for _ in range(int(rng.integers(1, 7))):
        a, b = rng.integers(0, n_nodes, size=2)
        inner = list(range(n_nodes, n_nodes + int(rng.integers(0, 4))))
        n_nodes += len(inner)
        way = [int(a), *inner] if rng.random() < 0.2 else [int(a), *inner, int(b)]
        one_way = rng.random()
        for start, end in pairwise(way):
            keeps = one_way < 0.2 or rng.random() < 0.05
            tail += [start] if keeps else [start, end]
            head += [end] if keeps else [end, start]
            if rng.random() < 0.08:  # a twin
                tail, head = [*tail, start], [*head, end]
    costs = rng.integers(0, int(rng.choice([1, 3, 30])) + 1, size=(len(tail), n_criteria))
    source, target = (int(node) for node in rng.integers(0, n_nodes, size=2))
    return Case(seed, n_nodes, np.array(tail, int), np.array(head, int), costs, source, target)


@pytest.mark.parametrize("n_criteria", [1, 2, 3, 4])
def test_equals_full_enumeration_on_roads(n_criteria: int) -> None:
    """Source and target inside chains, in dead ends, on rings."""
    for seed in range(2 * CAMPAIGN):
        case = road_case(seed, n_criteria)
        assert found_front(case) == enumerated_front(case), f"seed {seed}"


@unhurried
@given(SEEDS, st.integers(1, 4))
def test_on_and_off_give_equal_fronts(seed: int, n_criteria: int) -> None:
    case = road_case(seed, n_criteria)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pareto, "contracted", partial(contracted, keep_all=True))
        off = found_front(case)
    assert found_front(case) == off


def test_roads_of_the_campaign_do_lose_nodes() -> None:
    """The random roads do hold what contraction is about."""
    cases = [road_case(seed, 2) for seed in range(100)]
    found = [contracted(case.graph) for case in cases]
    ends = [
        (c, node)
        for case, c in zip(cases, found, strict=True)
        for node in (case.source, case.target)
    ]
    assert sum(len(c.shortcut_chain) > 0 for c in found) >= 20
    assert sum(c.chain[node] >= 0 for c, node in ends) >= 20
    assert sum(c.parent[node] != node for c, node in ends) >= 20
    assert sum(len(set(c.shortcut_chain.tolist())) < len(c.shortcut_chain) for c in found) >= 10


def test_a_chain_is_one_arc_each_way_and_a_dead_end_none() -> None:
    """A triangle of junctions 0, 1, 2 with a chain 0-3-4-1 beside it, and a dead end 2-5-6."""
    pairs = [(0, 1), (1, 2), (2, 0), (0, 3), (3, 4), (4, 1), (2, 5), (5, 6)]
    tail = [end for pair in pairs for end in pair]
    head = [end for pair in pairs for end in pair[::-1]]
    roads = contracted(ArcGraph.from_arcs(7, tail, head))
    assert sorted(np.flatnonzero(roads.parent != np.arange(7)).tolist()) == [5, 6]
    assert roads.chain[[3, 4]].min() >= 0
    parts = [
        roads.parts[slice(*roads.part_first[i : i + 2])].tolist()
        for i in range(len(roads.shortcut_chain))
    ]
    assert [6, 8, 10] in parts
    assert [11, 9, 7] in parts


@pytest.mark.parametrize("n_criteria", [1, 2, 3])
def test_compiled_gives_the_same_bits(monkeypatch: pytest.MonkeyPatch, n_criteria: int) -> None:
    """Costs, paths and effort, plain and compiled."""
    answers = []
    for small in (4_000, -1):
        monkeypatch.setattr(pareto, "SMALL", small)
        monkeypatch.setattr(contraction, "SMALL", small)
        contracted.cache_clear()
        for seed in range(60):
            case = road_case(seed, n_criteria)
            try:
                found = pareto_paths(case.graph, case.costs, case.source, case.target)
            except NoRouteError as refusal:
                answers.append(str(refusal))
                continue
            check_paths(case, found)
            paths = [path.tolist() for path in found.paths]
            answers.append((found.costs.tolist(), paths, found.n_labels))
    assert answers[:60] == answers[60:]


@pytest.mark.parametrize("end", ["source", "target"])
def test_from_either_end_the_answer_is_the_same(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    """Large questions go on from the source or from the target: arcs are in order, costs the same."""
    for module in (pareto, contraction):
        monkeypatch.setattr(module, "SMALL", -1)
    monkeypatch.setattr(pareto, "PILOT", 2)
    ways = []

    def progress(search: labels.PairLabels) -> int:
        ways.append(search.question.is_reversed)
        return int(search.question.is_reversed == (end == "target"))

    monkeypatch.setattr(labels.PairLabels, "progress", property(progress))
    contracted.cache_clear()
    for seed in range(CAMPAIGN):
        for draw in (road_case, random_case):
            case = draw(seed, 2)
            assert found_front(case) == enumerated_front(case), f"seed {seed}"
    assert len(ways) > CAMPAIGN // 10


def test_costs_changed_in_place_are_read_again() -> None:
    """What is remembered for a table of costs is not taken for another one."""
    graph, costs = ArcGraph.from_arcs(3, [0, 1], [1, 2]), np.array([[1, 2], [3, 4]])
    assert pareto_paths(graph, costs, 0, 2).costs.tolist() == [[4, 6]]
    costs[0] = 5, 5
    assert pareto_paths(graph, costs, 0, 2).costs.tolist() == [[8, 9]]
    assert pareto_paths(graph, costs[:, :1], 0, 2).costs.tolist() == [[8]]
