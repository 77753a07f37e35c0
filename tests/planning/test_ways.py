"""Ways worth showing: exact within the stretch, few, different on the ground, never invented (LP2, H22)."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from planning.grids import GRIDS, N_ROADS, Grid
from planning.worlds import AS_OF, CONFIG, MORNING
from routing.oracles import unhurried
from towns import town

from cmcoord_geo.config import RouteConfig
from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.model import RoadStatus, VehicleCount
from cmcoord_geo.network import Passability, RoadNetwork, bundled_network, convoy_of, passability
from cmcoord_geo.planning.ways import (
    Ways,
    drive_hours,
    find_closed_ways,
    find_ways,
    length_km,
    nodes_of,
)

#: So wide that every way counts, and nothing is left out for being alike.
EVERYTHING = RouteConfig(stretch=1000.0, max_share=1.0, max_options=500)


def ways_of(grid: Grid, config: RouteConfig = CONFIG.route) -> Ways:
    assume(any(True for _ in grid.ways()))
    exposure = np.array(grid.exposure)
    return find_ways(grid.network, grid.passable, exposure, *grid.ends, config=config)


def shared(grid: Grid, a: set[int], b: set[int]) -> float:
    return sum(grid.km[i] for i in a & b) / min(sum(grid.km[i] for i in side) for side in (a, b))


@unhurried
@given(GRIDS)
def test_options_are_open_ways_that_differ_and_keep_the_bound(grid: Grid) -> None:
    options = ways_of(grid).options
    every = set(grid.ways())
    fastest = min(grid.cost(way)[0] for way in every)
    roads = [tuple(segment for segment, _ in way) for way in options]
    assert 1 <= len(options) <= 4
    for way, own in zip(options, roads, strict=True):
        assert own in every
        assert grid.cost(way)[0] <= 1.8 * fastest
        nodes = nodes_of(grid.network, way)
        assert (nodes[0], nodes[-1]) == grid.ends
        assert len(set(nodes)) == len(nodes)
    for a, b in combinations(roads, 2):
        assert shared(grid, set(a), set(b)) < 0.7
    assert grid.cost(options[0])[0] == fastest


@unhurried
@given(GRIDS)
def test_pareto_set_is_that_of_full_enumeration(grid: Grid) -> None:
    found = ways_of(grid).exact_routes
    front = grid.front(1.8)
    assert found == len(front)
    shown = {grid.cost(way) for way in ways_of(grid, replace(EVERYTHING, stretch=1.8)).options}
    assert front <= shown


@unhurried
@given(GRIDS)
def test_least_exposed_way_is_shown_where_it_differs(grid: Grid) -> None:
    ways = ways_of(grid, replace(CONFIG.route, max_options=2))
    least = min(grid.front(1.8), key=lambda cost: (cost[1], cost[0]))
    shown = [grid.cost(way) for way in ways.options]
    if least not in shown:
        alike = [way for way in grid.ways() if grid.cost(way) == least]
        fastest = {segment for segment, _ in ways.options[0]}
        assert any(shared(grid, set(way), fastest) >= 0.7 for way in alike)


@unhurried
@given(GRIDS, st.integers(0, N_ROADS - 1))
def test_closing_a_road_never_helps(grid: Grid, road: int) -> None:
    """The fastest time never falls, and no way of the new front beats the old front."""
    fewer = replace(grid, closed=grid.closed | {road})
    before = {grid.cost(way) for way in ways_of(grid, EVERYTHING).options}
    after = {fewer.cost(way) for way in ways_of(fewer, EVERYTHING).options}
    assert min(after)[0] >= min(before)[0]
    for new in after:
        assert any(old[0] <= new[0] and old[1] <= new[1] for old in before)


@unhurried
@given(GRIDS)
def test_cuts_are_the_roads_that_no_way_within_the_bound_avoids(grid: Grid) -> None:
    ways = ways_of(grid)
    every = set(grid.ways())
    limit = 1.8 * min(grid.cost(way)[0] for way in every)
    close = [set(way) for way in every if grid.cost(way)[0] <= limit]
    assert {cut.segment for cut in ways.cuts} == set.intersection(*close)
    for cut in ways.cuts:
        without = [grid.cost(way)[0] for way in every if cut.segment not in way]
        if cut.way:
            assert grid.cost(cut.way)[0] == min(without)
            assert cut.segment not in {segment for segment, _ in cut.way}
        else:
            assert without == []


def test_no_way_is_an_error_and_never_a_straight_line() -> None:
    """H22."""
    grid = Grid(km=(10,) * N_ROADS, exposure=(1,) * N_ROADS, closed=frozenset(range(N_ROADS)))
    with pytest.raises(NoRouteError):
        find_ways(
            grid.network, grid.passable, np.array(grid.exposure), *grid.ends, config=CONFIG.route
        )


def roads(
    vehicle: str = "truck_6x6", network: RoadNetwork | None = None, **more: object
) -> Passability:
    convoy = convoy_of([VehicleCount(vehicle_id=vehicle, count=2)])
    given = {"at": MORNING, "as_of": AS_OF, "status": (), **more}
    return passability(network or bundled_network(), convoy, config=CONFIG.status, **given)


def bundled_ways(origin: str, destination: str, vehicle: str = "truck_6x6") -> Ways:
    network, passable = bundled_network(), roads(vehicle)
    ends = network.node_index[origin], network.node_index[destination]
    exposure = np.rint(np.where(passable.is_open, passable.mid_s, 0)).astype(np.int64)
    return find_ways(network, passable, exposure, *ends, config=CONFIG.route)


def test_bangui_bambari_is_one_practical_road() -> None:
    """382 km, and 1,809 km by Birao (ALGORITHMS.md b): no second road, and none is made up."""
    network, ways = bundled_network(), bundled_ways("BGF", "BBY")
    (only,) = ways.options
    assert round(length_km(network, only)) == 382
    longest = max(ways.cuts, key=lambda cut: length_km(network, cut.way))
    assert network.title(longest.segment) == "Sibut–Grimari"
    assert round(length_km(network, longest.way)) == 1809
    assert "IRO" in [network.node_ids[node] for node in nodes_of(network, longest.way)]
    assert {cut.segment for cut in ways.cuts} == {segment for segment, _ in only}


def test_where_roads_differ_there_are_several() -> None:
    """Batangafo by Kaga-Bandoro, by Bossangoa, by Dékoa and Bouca."""
    network, ways = bundled_network(), bundled_ways("BGF", "BTF")
    over = [{network.node_ids[node] for node in nodes_of(network, way)} for way in ways.options]
    assert len(over) >= 3
    assert {"KBD", "BSN", "BCF"} <= set.union(*over)


def closed_titles(network: RoadNetwork, passable: Passability, ends: tuple[str, str]) -> list[str]:
    found = find_closed_ways(
        network, passable, *(network.node_index[key] for key in ends), config=CONFIG.route
    )
    return [
        network.title(segment)
        for way in found
        for segment, _ in way
        if not passable.is_open[segment]
    ]


def test_closed_ways_hold_what_is_closed() -> None:
    """H21: the way through the closed road is told, the open one is not among them."""
    square = town("A-B\n| |\nC-D", cell_m=30_000)
    closure = RoadStatus(report_id="R", segment_id="A-C", state="closed", reported_at=AS_OF)
    assert closed_titles(square, roads("lv_4x4", square, status=(closure,)), ("A", "D")) == ["A–C"]
    assert closed_titles(square, roads("lv_4x4", square), ("A", "D")) == []


def test_places_that_no_road_joins_have_no_closed_way() -> None:
    apart = town("A-B\n\nC-D", cell_m=30_000)
    assert closed_titles(apart, roads("lv_4x4", apart), ("A", "D")) == []


def test_nodes_and_hours_of_a_way() -> None:
    square = town("A-B\n| |\nC-D", cell_m=35_000)
    way = ((square.segment_index["A-C"], False), (square.segment_index["A-B"], True))
    assert [square.node_ids[node] for node in nodes_of(square, way)] == ["C", "A", "B"]
    assert length_km(square, way) == pytest.approx(140)
    hours = drive_hours(roads("lv_4x4", square), way)
    assert (hours.low, hours.high) == pytest.approx((140 / 87.5, 140 / 52.5))
