"""Independent answers for small graphs: full enumeration, and random cases to ask about."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from hypothesis import settings

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.routing import ArcGraph, ParetoPaths, pareto_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Laws checked by hypothesis: a slow machine is no failure.
unhurried = settings(deadline=None)
#: How many random graphs a campaign asks about; set CMCOORD_CAMPAIGN for more.
CAMPAIGN = int(os.environ.get("CMCOORD_CAMPAIGN", "150"))
#: The same for what is quickly asked.
SEARCHED = int(os.environ.get("CMCOORD_CAMPAIGN", "2000"))
#: Highest costs of the random cases: all zero, mostly ties, some ties, hardly any.
RANGES = (0, 1, 3, 9, 99, 1_000_000)


@dataclass(frozen=True)
class Case:
    """One question about one small multigraph."""

    seed: int
    n_nodes: int
    tail: np.ndarray
    head: np.ndarray
    costs: np.ndarray
    source: int
    target: int

    @property
    def graph(self) -> ArcGraph:
        return ArcGraph.from_arcs(self.n_nodes, self.tail, self.head)

    def with_costs(self, costs: np.ndarray) -> Case:
        return replace(self, costs=costs)

    def reversed(self) -> Case:
        return replace(self, tail=self.head, head=self.tail, source=self.target, target=self.source)

    def with_arcs(self, tail: list[int], head: list[int], costs: np.ndarray) -> Case:
        return replace(
            self,
            tail=np.concatenate((self.tail, np.array(tail, dtype=np.int64))),
            head=np.concatenate((self.head, np.array(head, dtype=np.int64))),
            costs=np.concatenate((self.costs, costs)),
        )

    def networkx(self, criterion: int = 0) -> nx.MultiDiGraph:
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(range(self.n_nodes))
        for arc, (tail, head) in enumerate(zip(self.tail, self.head, strict=True)):
            graph.add_edge(int(tail), int(head), key=arc, cost=int(self.costs[arc, criterion]))
        return graph


def random_case(seed: int, n_criteria: int) -> Case:
    """Draw a small multigraph with loops, parallel arcs, zero costs and ties; many disconnected."""
    rng = np.random.default_rng([seed, n_criteria])
    n_nodes = int(rng.integers(1, 9))
    n_arcs = int(rng.integers(0, 3 * n_nodes + 1))
    tail, head = rng.integers(0, n_nodes, size=(2, n_arcs))
    source, target = (int(node) for node in rng.integers(0, n_nodes, size=2))
    if rng.random() < 0.6:  # a road through all nodes, with bypasses: long paths, large fronts
        step = rng.integers(-1, 3, size=n_arcs)
        tail = np.concatenate((np.arange(n_nodes - 1), tail))
        head = np.concatenate((np.arange(1, n_nodes), np.clip(tail[n_nodes - 1 :] + step, 0, None)))
        head = np.minimum(head, n_nodes - 1)
        source, target = 0, n_nodes - 1
    return Case(seed, n_nodes, tail, head, _draw_costs(rng, len(tail), n_criteria), source, target)


def road_case(seed: int) -> Case:
    """Draw some hundred nodes along roads: one-way parts, bypasses, pieces apart, costs of all sizes."""
    rng = np.random.default_rng([seed, 99])
    n_nodes = int(rng.integers(40, 400))
    tail = np.arange(n_nodes - 1)
    head = tail + 1
    ways = rng.integers(0, n_nodes, n_nodes // 2)
    near = np.clip(ways + rng.integers(-30, 31, len(ways)), 0, n_nodes - 1)
    far = rng.integers(0, n_nodes, (2, 3))
    tail, head = np.concatenate((tail, ways, far[0])), np.concatenate((head, near, far[1]))
    back = rng.random(len(tail)) < 0.9
    tail, head = np.concatenate((tail, head[back])), np.concatenate((head, tail[back]))
    is_kept = rng.random(len(tail)) < rng.choice((1.0, 0.98, 0.8))
    mixed = rng.permutation(n_nodes)
    tail, head = mixed[tail[is_kept]], mixed[head[is_kept]]
    high = int(rng.choice((*RANGES, 10**12)))
    costs = rng.integers(0, high + 1, (len(tail), 1))
    source, target = (int(node) for node in rng.choice(n_nodes, 2, replace=False))
    return Case(seed, n_nodes, tail, head, costs, source, target)


def cost_of(case: Case, arcs: np.ndarray) -> int:
    """What the arcs of a path cost, read off the question one by one."""
    assert_leads(case, arcs)
    total = 0
    for arc in arcs.tolist():
        total += int(case.costs[arc, 0])
    return total


def cheapest(case: Case) -> int | None:
    """Cost from source to target by networkx; None where there is no path."""
    try:
        return nx.dijkstra_path_length(case.networkx(), case.source, case.target, weight="cost")
    except nx.NetworkXNoPath:
        return None


def _draw_costs(rng: np.random.Generator, n_arcs: int, n_criteria: int) -> np.ndarray:
    """Independent costs, or such that what is good in one criterion is bad in another."""
    if rng.random() < 0.4:
        return rng.integers(0, rng.choice(RANGES, size=n_criteria) + 1, size=(n_arcs, n_criteria))
    high = int(rng.choice(RANGES))
    parts = rng.dirichlet(np.full(n_criteria, 0.7), size=n_arcs)
    return np.floor(parts * high * rng.uniform(0.5, 1.0, size=(n_arcs, 1))).astype(np.int64)


def simple_paths(case: Case) -> Iterator[list[int]]:
    """Every path that visits no node twice, as arcs, by depth-first search."""
    leaving: list[list[int]] = [[] for _ in range(case.n_nodes)]
    for arc, tail in enumerate(case.tail.tolist()):
        leaving[tail].append(arc)
    heads = case.head.tolist()

    def walk(node: int, seen: frozenset[int], arcs: list[int]) -> Iterator[list[int]]:
        if node == case.target:
            yield arcs
            return
        for arc in leaving[node]:
            if heads[arc] not in seen:
                yield from walk(heads[arc], seen | {heads[arc]}, [*arcs, arc])

    yield from walk(case.source, frozenset({case.source}), [])


def enumerated_front(case: Case) -> list[tuple[int, ...]]:
    """Non-dominated cost vectors of all simple paths, sorted; empty when there is no path."""
    rows = case.costs.tolist()
    zero = (0,) * case.costs.shape[1]
    vectors = {
        tuple(map(sum, zip(zero, *(rows[arc] for arc in arcs), strict=True)))
        for arcs in simple_paths(case)
    }
    front: list[tuple[int, ...]] = []
    for vector in sorted(vectors):
        if not any(is_dominated(vector, by) for by in front):
            front.append(vector)
    return front


def is_dominated(vector: tuple[int, ...], by: tuple[int, ...]) -> bool:
    """Whether another vector is as good everywhere and better somewhere."""
    return by != vector and all(b <= v for b, v in zip(by, vector, strict=True))


def found_front(case: Case, **options: object) -> list[tuple[int, ...]]:
    """What the package finds, each path checked arc by arc; empty when there is none."""
    try:
        found = pareto_paths(case.graph, case.costs, case.source, case.target, **options)
    except NoRouteError:
        return []
    check_paths(case, found)
    return [tuple(row) for row in found.costs.tolist()]


def check_paths(case: Case, found: ParetoPaths) -> None:
    """Every path leads from source to target and costs exactly its row."""
    where = f"seed {case.seed}, {case.costs.shape[1]} criteria"
    assert found.costs.dtype == np.int64, where
    assert len(found.paths) == len(found.costs), where
    for row, arcs in zip(found.costs, found.paths, strict=True):
        assert_leads(case, arcs)
        assert case.costs[arcs].sum(axis=0).tolist() == row.tolist(), where


def assert_leads(case: Case, arcs: np.ndarray) -> None:
    """The arcs follow one another from source to target and visit no node twice."""
    nodes = [case.source]
    for arc in arcs.tolist():
        assert case.tail[arc] == nodes[-1], f"seed {case.seed}: broken at arc {arc}"
        nodes.append(int(case.head[arc]))
    assert nodes[-1] == case.target, f"seed {case.seed}: ends at {nodes[-1]}"
    assert len(set(nodes)) == len(nodes), f"seed {case.seed}: a node twice in {nodes}"
