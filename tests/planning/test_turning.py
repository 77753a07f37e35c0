"""Searches that keep to bans and do not turn round, against full enumeration of rows of arcs."""

from __future__ import annotations

import heapq
import os
from dataclasses import dataclass, replace

import numpy as np
import pytest
from planning.worlds import AS_OF, CONFIG, MORNING
from towns import town

from cmcoord_geo.config import RouteConfig
from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import RoadNetwork, convoy_of, passability
from cmcoord_geo.planning.turning import Found, passes_once, searched, turns_round
from cmcoord_geo.planning.ways import find_ways
from cmcoord_geo.routing import TurnGraph, pareto_paths, shortest_path, stretch_limit

CAMPAIGN = int(os.environ.get("CMCOORD_CAMPAIGN", "120"))
GRID = "A-B-C-D\n| | | |\nE-F-G-H\n| | | |\nI-J-K-L\n    |\n    M"
Ban = tuple[int, ...]
PASSABLE = passability(
    town(GRID), convoy_of([VehicleCount(vehicle_id="lv_4x4", count=2)]),
    at=MORNING, as_of=AS_OF, status=(), config=CONFIG.status,
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Random bans and closed arcs in a drawn town, and one question."""

    network: RoadNetwork
    is_open: np.ndarray
    bans: tuple[Ban, ...]
    costs: np.ndarray
    ends: tuple[int, int]


def asked(seed: int) -> Asked:
    rng = np.random.default_rng([seed, 5])
    network = town(GRID)
    n_arcs = 2 * len(network)
    leaving = {n: np.flatnonzero(network.tail == n).tolist() for n in range(len(network.node_ids))}
    bans = []
    for _ in range(int(rng.integers(1, 14))):
        row = [int(rng.integers(n_arcs))]
        for _ in range(int(rng.choice([1, 1, 1, 2, 3]))):
            onward = [arc for arc in leaving[int(network.head[row[-1]])] if arc != row[-1] ^ 1]
            row += [int(rng.choice(onward))] if onward else []
        if len(row) > 1:
            bans.append(tuple(row))
    is_open = rng.random(n_arcs) > rng.choice([0.0, 0.1, 0.3])
    ends = rng.choice(len(network.node_ids), size=2, replace=False)
    low = int(rng.integers(0, 2))  # zero costs and ties too
    costs = np.repeat(rng.integers(low, rng.choice([3, 9, 100]), size=(len(network), 2)), 2, axis=0)
    return Asked(network, is_open, tuple(bans), costs, (int(ends[0]), int(ends[1])))


def fronts(question: Asked, *, may_turn: bool) -> set[tuple[int, int]]:
    """
    Non-dominated costs, by labels on the last three arcs and more where a ban is longer.

    Independent of the code: every row of arcs is a state of its own.
    """
    network, bans = question.network, question.bans
    memory = max(len(ban) for ban in bans) if bans else 2
    best: dict[Ban, list[tuple[int, int]]] = {}
    heap: list[tuple[int, int, Ban]] = [(0, 0, ())]
    done: list[tuple[int, int]] = []
    while heap:
        a, b, row = heapq.heappop(heap)
        at = int(network.head[row[-1]]) if row else question.ends[0]
        if any(x <= a and y <= b for x, y in best.get(row, ())):
            continue
        best.setdefault(row, []).append((a, b))
        if at == question.ends[1]:
            done.append((a, b))
            continue
        for arc in np.flatnonzero((network.tail == at) & question.is_open).tolist():
            if row and arc == row[-1] ^ 1 and not may_turn:
                continue
            then = (*row, arc)
            if any(then[-len(ban) :] == ban for ban in bans):
                continue
            step = question.costs[arc].tolist()
            heapq.heappush(heap, (a + step[0], b + step[1], then[-memory:]))
    return {c for c in done if not any(d != c and d[0] <= c[0] and d[1] <= c[1] for d in done)}


def found(question: Asked) -> tuple[set[tuple[int, int]], list[list[int]]]:
    """Costs and paths of the exact Pareto set that the package finds."""

    def search(roads: TurnGraph) -> Found[list[np.ndarray]]:
        front = pareto_paths(roads.graph, roads.spread(question.costs), *question.ends)
        paths = [roads.path(path) for path in front.paths]
        return Found(answer=paths, paths=tuple(paths))

    network = question.network
    paths = searched(network, question.is_open, question.bans, question.ends[1], search)
    costs = {tuple(question.costs[path].sum(axis=0).tolist()) for path in paths}
    return costs, [path.tolist() for path in paths]


@pytest.mark.parametrize("seed", range(CAMPAIGN))
def test_fronts_are_exact_among_ways_that_do_not_turn_round(seed: int) -> None:
    question = asked(seed)
    strict = fronts(question, may_turn=False)
    allowed = strict or fronts(question, may_turn=True)
    if not allowed:
        with pytest.raises(NoRouteError):
            found(question)
        return
    costs, paths = found(question)
    assert costs == allowed
    for path in paths:
        assert not (strict and turns_round(np.array(path)))
        for ban in question.bans:
            assert ban not in [tuple(path[i : i + len(ban)]) for i in range(len(path))]


def test_the_campaign_meets_what_it_is_about() -> None:
    """Fronts that turning round would better, and trips that only turning round makes possible."""
    better = only = 0
    for seed in range(120):
        question = asked(seed)
        strict, loose = (fronts(question, may_turn=may) for may in (False, True))
        better += bool(strict) and strict != loose
        only += bool(loose) and not strict
    assert better > 3
    assert only > 0


def test_without_bans_the_graph_is_that_of_the_network() -> None:
    network = town(GRID)
    seen: list[TurnGraph] = []

    def search(roads: TurnGraph) -> Found[int]:
        seen.append(roads)
        return Found(answer=7, paths=())

    is_open = np.ones(2 * len(network), dtype=bool)
    assert searched(network, is_open, (), 0, search) == 7
    (roads,) = seen
    assert roads.arc_of.tolist() == list(range(2 * len(network)))
    assert roads.graph.n_nodes == len(network.node_ids)


def test_a_long_way_past_the_junction_is_still_no_place_to_turn() -> None:
    """A straight road of a hundred junctions behind the banned turn: wider and wider, until none is left."""
    letters = "".join(chr(0x4E00 + i) for i in range(100))
    network = town("S-T-" + "-".join(letters) + "\n  |\n  U")
    index = network.segment_index
    ban = (2 * index["S-T"], 2 * index["T-U"])
    ends = network.node_index["S"], network.node_index["U"]
    rounds = []

    def search(roads: TurnGraph) -> Found[list[int]]:
        cost = roads.spread(np.ones(2 * len(network), dtype=np.int64))
        rounds.append(roads.graph.n_nodes)
        path = roads.path(shortest_path(roads.graph, cost, *ends))
        return Found(answer=path.tolist(), paths=(path,))

    is_open = np.ones(2 * len(network), dtype=bool)
    path = searched(network, is_open, [ban], ends[1], search)
    assert turns_round(np.array(path)) == [
        2 * index[f"T-{letters[0]}"]
    ]  # no other way: told, not hidden
    assert rounds == sorted(rounds)
    assert len(rounds) == 4  # the last one finds none


def test_a_way_that_meets_itself_is_told_from_one_that_does_not() -> None:
    network = town("A-B\n| |\nC-D")
    index = network.segment_index
    round_trip = [2 * index["A-B"], 2 * index["B-D"], 2 * index["C-D"] + 1, 2 * index["A-C"] + 1]
    assert not passes_once(network, np.array(round_trip))
    assert passes_once(network, np.array(round_trip[:3]))
    assert passes_once(network, np.array([], dtype=np.int64))


@pytest.mark.parametrize("seed", range(CAMPAIGN // 2))
def test_options_and_detours_keep_to_the_bans_and_turn_nowhere_round(seed: int) -> None:
    """Of the whole answer of a search: Pareto ways, ways over a junction, detours round a loss."""
    question = asked(seed)
    passable = replace(
        PASSABLE, is_arc_open=question.is_open, banned_turns=question.bans
    )  # the roads are those of asked(): one drawing
    seconds = np.repeat(np.rint(passable.mid_s).astype(np.int64), 2)
    exposure = question.costs[::2, 1]
    question = replace(question, costs=np.column_stack([seconds, np.repeat(exposure, 2)]))
    strict = fronts(question, may_turn=False)
    if not strict:
        return
    config = RouteConfig(stretch=1.6, max_share=1.0, max_options=500)
    ways = find_ways(question.network, passable, exposure, *question.ends, config=config)
    limit = stretch_limit(min(strict)[0], 1.6)
    assert ways.exact_routes == sum(cost[0] <= limit for cost in strict)
    cuts = {cut.segment: cut for cut in ways.cuts}
    for way in (*ways.options, *(cut.way for cut in ways.cuts if cut.way)):
        arcs = [2 * segment + (not is_forward) for segment, is_forward in way]
        assert not turns_round(np.array(arcs))
        for ban in question.bans:
            assert ban not in [tuple(arcs[i : i + len(ban)]) for i in range(len(arcs))]
    for segment in {segment for segment, _ in ways.options[0]}:
        is_left = question.is_open & (np.arange(len(question.is_open)) // 2 != segment)
        left = fronts(replace(question, is_open=is_left), may_turn=False)
        best = min((cost[0] for cost in left), default=None)
        assert (segment in cuts) == (best is None or best > limit)
        if segment in cuts and best is not None:
            detour = [road for road, _ in cuts[segment].way]
            assert int(seconds[::2][detour].sum()) == best
