"""Trips through stops: every way through them enumerated part by part, with and without limits."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

import networkx as nx
import numpy as np
import pytest
from planning.grids import N_ROADS, Grid
from planning.worlds import AS_OF, CONFIG, MORNING
from towns import town

from cmcoord_geo.errors import NoRouteError, PlanningError
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import Passability, RoadNetwork, convoy_of, passability
from cmcoord_geo.planning.limits import SearchLimits
from cmcoord_geo.planning.parts import fastest_part
from cmcoord_geo.planning.ways import Ways, find_ways
from cmcoord_geo.routing import labels

#: How many random towns are asked about; set CMCOORD_CAMPAIGN for more.
CAMPAIGN = int(os.environ.get("CMCOORD_CAMPAIGN", "40"))
EVERYTHING = replace(CONFIG.route, max_share=1.0, max_options=100_000)
Roads = tuple[int, ...]


def random_grid(seed: int) -> tuple[Grid, list[str]]:
    """A town and some stops of it, no two in a row alike."""
    rng = np.random.default_rng([seed, 55])
    grid = Grid(
        km=tuple(rng.integers(5, 120, N_ROADS).tolist()),
        exposure=tuple(rng.integers(0, 40, N_ROADS).tolist()),
        closed=frozenset(rng.integers(0, N_ROADS, rng.integers(0, 6)).tolist()),
    )
    stops = ["A", *rng.choice(list("BCDEFGH"), rng.integers(1, 3), replace=False).tolist(), "I"]
    return grid, stops


def every_trip(grid: Grid, stops: list[str]) -> list[Roads]:
    """Roads of every trip through the stops that passes no place twice between two of them."""
    graph, network = nx.MultiGraph(), grid.network
    graph.add_nodes_from(range(len(network.node_ids)))
    for i in set(range(N_ROADS)) - grid.closed:
        graph.add_edge(int(network.start[i]), int(network.end[i]), key=i)
    parts = []
    for pair in pairwise(network.node_index[stop] for stop in stops):
        ways = nx.all_simple_edge_paths(graph, *pair)
        parts.append([tuple(key for *_, key in way) for way in ways])
    return [sum(trip, ()) for trip in product(*parts)]


def asked(grid: Grid, stops: list[str], limits: SearchLimits | None = None) -> Ways:
    nodes = [grid.network.node_index[stop] for stop in stops]
    exposure = np.array(grid.exposure)
    return find_ways(
        grid.network, grid.passable, exposure, *nodes, config=EVERYTHING, limits=limits
    )


def front(costs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {a for a in costs if not any(b != a and b[0] <= a[0] and b[1] <= a[1] for b in costs)}


def missed(
    grid: Grid, found: Ways, trips: list[Roads], expected: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Costs that no option has, but for trips over all the roads of an option, or over a part of them."""
    shown = [{segment for segment, _ in way} for way in found.options]
    alike = {
        grid.cost(trip)
        for trip in trips
        if any(set(trip) <= roads or roads <= set(trip) for roads in shown)
    }
    return expected - alike - {grid.cost(way) for way in found.options}


def test_exact_set_and_cuts_through_stops_are_those_of_every_trip() -> None:
    several = pairs = 0
    for seed in range(CAMPAIGN):
        grid, stops = random_grid(seed)
        trips = every_trip(grid, stops)
        if not trips:
            with pytest.raises(NoRouteError):
                asked(grid, stops)
            continue
        costs = {trip: grid.cost(trip) for trip in trips}
        limit = int(CONFIG.route.stretch * min(costs.values())[0] + 1e-6)
        expected = front({cost for cost in costs.values() if cost[0] <= limit})
        found = asked(grid, stops)
        several += len(expected) > 1
        assert found.exact_routes == len(expected), f"seed {seed}"
        assert missed(grid, found, trips, expected) == set(), f"seed {seed}"
        assert {grid.cost(way) for way in found.options} <= set(costs.values()), f"seed {seed}"
        best = min(costs.values())[0]
        assert [figures.stretch for figures in found.figures] == [
            Fraction(grid.cost(way)[0], best) for way in found.options
        ], f"seed {seed}"
        within = [set(trip) for trip, cost in costs.items() if cost[0] <= limit]
        for loss in found.together:
            assert not any(trip.isdisjoint(loss.segments) for trip in within), f"seed {seed}"
            left = [cost[0] for trip, cost in costs.items() if set(trip).isdisjoint(loss.segments)]
            detour = [(arc // 2, True) for arc in loss.detour.tolist()]
            assert ([grid.cost(detour)[0]] if detour else []) == ([min(left)] if left else [])
            pairs += 1
        assert {cut.segment for cut in found.cuts} == set.intersection(*within), f"seed {seed}"
        for cut in found.cuts:
            left = [cost[0] for trip, cost in costs.items() if cut.segment not in trip]
            assert ([grid.cost(cut.way)[0]] if cut.way else []) == ([min(left)] if left else [])
    assert several > CAMPAIGN // 10
    assert pairs > 0


def test_limits_leave_the_exact_set_of_the_trips_that_keep_them() -> None:
    """Km, exposure and a third sum limited, each also below what any trip does or above what most do."""
    kept = refused = 0
    for seed in range(CAMPAIGN):
        grid, stops = random_grid(seed)
        stops = stops if seed % 2 else ["A", "I"]
        rng = np.random.default_rng([seed, 56])
        columns = np.array(grid.km), rng.integers(0, 50, N_ROADS)
        trips = {
            trip: (*grid.cost(trip), *(int(column[list(trip)].sum()) for column in columns))
            for trip in every_trip(grid, stops)
        }
        if not trips:
            continue
        shares = (5, 5, 1) if seed % 3 else (1, 1, 3)
        low = [
            sorted(cost[k] for cost in trips.values())[: 1 + len(trips) // share]
            for k, share in enumerate(shares, 1)
        ]
        most = [int(rng.choice(each)) for each in low]
        within = {
            c[:2]
            for c in trips.values()
            if all(own <= value for own, value in zip(c[1:], most, strict=True))
        }
        limits = SearchLimits(columns=columns, most=tuple(most))
        if not within:
            refused += 1
            with pytest.raises(NoRouteError):
                asked(grid, stops, limits)
            continue
        stretched = int(CONFIG.route.stretch * min(c[0] for c in trips.values()) + 1e-6)
        close = {cost for cost in within if cost[0] <= stretched}
        found = asked(grid, stops, limits)
        assert found.exact_routes == len(front(close or within)), f"seed {seed}"
        assert missed(grid, found, list(trips), front(close or within)) == set(), f"seed {seed}"
        assert {grid.cost(way) for way in found.options} <= within, f"seed {seed}"
        kept += 1
    assert kept > CAMPAIGN // 3
    assert refused > 0


def test_where_memory_ends_the_search_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found is part of the exact set; nothing proven is not "no road"."""
    monkeypatch.setattr(labels, "FIRST_SMALL_ROOM", 2)
    monkeypatch.setattr(labels, "MEMORY", 400)
    partial = unproven = 0
    for seed in range(CAMPAIGN):
        grid, stops = random_grid(seed)
        costs = {grid.cost(trip) for trip in every_trip(grid, stops)}
        try:
            found = asked(grid, stops)
        except NoRouteError:
            assert not costs, f"seed {seed}"
        except PlanningError:
            assert costs, f"seed {seed}"
            unproven += 1
        else:
            limit = int(CONFIG.route.stretch * min(costs)[0] + 1e-6)
            exact = front({cost for cost in costs if cost[0] <= limit})
            assert found.exact_routes < len(exact) or found.is_complete or stops[1:-1], (
                f"seed {seed}"
            )
            assert found.exact_routes == len(exact) or not found.is_complete, f"seed {seed}"
            partial += not found.is_complete
    assert partial > 0
    assert unproven > 0


def test_a_spur_is_driven_both_ways_and_lost_for_both() -> None:
    """A-B-C with D off B: the trip A-D-C drives B-D twice."""
    network = town("A-B-C\n  |\n  D", cell_m=30_000)
    nodes = [network.node_index[key] for key in "ADC"]
    exposure = np.ones(len(network), dtype=np.int64)
    found = find_ways(network, _roads(network), exposure, *nodes, config=EVERYTHING)
    names = [network.segment_ids[segment] for segment, _ in found.options[0]]
    assert names == ["A-B", "B-D", "B-D", "B-C"]
    assert {network.segment_ids[cut.segment] for cut in found.cuts} == set(names)
    assert not any(cut.way for cut in found.cuts)


def test_the_part_without_a_way_is_named() -> None:
    apart = town("A-B\n\nC-D", cell_m=30_000)
    costs = np.ones(2 * len(apart), dtype=np.int64)
    ends = apart.node_index["B"], apart.node_index["C"]
    with pytest.raises(NoRouteError) as caught:
        fastest_part(apart, _roads(apart), costs, *ends)
    assert (caught.value.origin, caught.value.destination) == ("B", "C")


def _roads(network: RoadNetwork) -> Passability:
    convoy = convoy_of([VehicleCount(vehicle_id="lv_4x4", count=2)])
    return passability(network, convoy, at=MORNING, as_of=AS_OF, status=(), config=CONFIG.status)
