"""Which roads a drawn line or point means: against a plain computation with shapely, segment by segment."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point
from towns import DEGREE_M, town

from cmcoord_geo.network import matching
from cmcoord_geo.network.matching import RoadMatcher, pieces_of
from cmcoord_geo.units import geodesic_m

LIMIT_M = 50.0


def shape(*spots: tuple[float, float]) -> tuple[np.ndarray, ...]:
    """Line through spots, metres from the corner."""
    return (np.array([(20.0 + x / DEGREE_M, 7.0 + y / DEGREE_M) for x, y in spots]),)


def met(network, *spots, limit_m: float = LIMIT_M):
    found = RoadMatcher(network).match(shape(*spots), limit_m=limit_m)
    return {network.segment_ids[road.segment]: road for road in found.roads}, found


def test_a_line_beside_a_road_means_it_and_tells_how_far() -> None:
    """A road that leads away from it is not meant."""
    network = town("A-B-D\n  |\n  C", cell_m=1000.0)
    roads, found = met(network, (0, 20), (4000, 20))
    assert set(roads) == {"A-B", "B-D"}
    assert all(road.share == pytest.approx(1, abs=0.02) for road in roads.values())
    assert found.away_m == pytest.approx(20, abs=1)
    assert found.line_share == 1


def test_beyond_the_limit_nothing_is_meant_and_the_nearest_is_named() -> None:
    network = town("A-B-D\n  |\n  C", cell_m=1000.0)
    roads, found = met(network, (500, 80), (1500, 80))
    assert roads == {}
    assert found.line_share == 0
    assert network.segment_ids[found.nearest] == "A-B"
    assert found.nearest_m == pytest.approx(80, rel=0.02)
    assert set(met(network, (500, 80), (1500, 80), limit_m=100)[0]) == {"A-B"}


def test_a_short_road_beyond_the_end_of_a_line_is_not_meant() -> None:
    network = town("A----B-D", cell_m=8.0)
    assert set(met(network, (0, 5), (40, 5))[0]) == {"A-B"}


def test_part_of_a_road_is_meant_in_part() -> None:
    network = town("A---------B", cell_m=1000.0)
    roads, _ = met(network, (2000, 0), (4000, 0))
    assert roads["A-B"].share == pytest.approx(0.2, abs=0.01)
    assert roads["A-B"].fraction == pytest.approx(0.3, abs=0.01)


def test_of_two_roads_side_by_side_the_nearer_is_meant_but_carriageways_are_one() -> None:
    network = town("A---B\n\nC---D", cell_m=20.0)  # 40 m apart, 80 m long
    assert set(met(network, (0, 0), (80, 0))[0]) == {"A-B"}
    twins = town("A---B\n\nC---D", cell_m=8.0)  # 16 m apart
    assert set(met(twins, (0, 0), (32, 0))[0]) == {"A-B", "C-D"}


def test_a_line_that_leaves_the_roads_says_so() -> None:
    network = town("A-B", cell_m=1000.0)
    roads, found = met(network, (0, 0), (2000, 0), (2000, 2000))
    assert set(roads) == {"A-B"}
    assert found.line_share == pytest.approx(0.5, abs=0.03)


def test_a_point_means_the_nearest_road_only() -> None:
    network = town("A-B-D\n  |\n  C", cell_m=1000.0)
    roads, found = met(network, (500, 30))
    assert {key: road.share for key, road in roads.items()} == {"A-B": 0.0}
    assert roads["A-B"].fraction == pytest.approx(0.25, abs=0.01)
    assert found.line_share == 1
    assert met(network, (500, 60))[0] == {}


def test_a_point_where_a_named_road_changes_its_segment_means_both() -> None:
    names = {key: {"route_ref": "RN2"} for key in ("A-B", "B-D")}
    network = town("A-B-D\n  |\n  C", cell_m=1000.0, roads=names)
    assert set(met(network, (2005, 3))[0]) == {"A-B", "B-D"}


def test_two_points_are_two() -> None:
    network = town("A-B-D", cell_m=1000.0)
    both = (*shape((500, 10)), *shape((3000, 9000)))
    found = RoadMatcher(network).match(both, limit_m=LIMIT_M)
    assert len(found.roads) == 1
    assert found.line_share == 0.5


def test_pieces_of_a_way() -> None:
    keys = ("w7.1", "w7.2/1", "w7.2/2", "w71")
    network = replace(town("A-B-D-E-F"), segment_ids=keys)

    def found(word: str) -> list[str]:
        return [keys[i] for i in pieces_of(network, word)]

    assert found("w7") == ["w7.1", "w7.2/1", "w7.2/2"]
    assert found("w7.2") == ["w7.2/1", "w7.2/2"]
    assert found("w71") == ["w71"]
    assert found("w") == []


# ---------------------------------------------------------------- oracle

GRID = town("A-B-C\n| | |\nD-E-F\n| | |\nG-H-I", cell_m=200.0)


def oracle(network, spots: np.ndarray, limit_m: float) -> set[str]:
    """Same rule with plain loops: points every 20 m along each road, each beside the line or not."""
    narrow = float(np.cos(np.radians(network.lat.mean())))
    flat = np.array([narrow, 1.0])
    line = LineString(spots * flat)
    beside: dict[str, list[tuple[float, bool, float, float]]] = {}
    for i, key in enumerate(network.segment_ids):
        road = LineString(network.lines[i] * flat)
        count = max(matching.LEAST_SAMPLES, math.ceil(network.length_m[i] / matching.STEP_M))
        for k in range(count):
            along = (k + 0.5) / count * road.length
            spot = road.interpolate(along)
            at = line.project(spot)
            there = line.interpolate(at)
            away_m = float(geodesic_m(spot.x / narrow, spot.y, there.x / narrow, there.y)[0])
            half = 5.0 / 110_000
            angle = abs(_course(road, along, half) - _course(line, at, half)) % 180
            is_along = min(angle, 180 - angle) <= math.degrees(math.acos(matching.ALONG))
            is_past = at in (0.0, line.length)
            fits = away_m <= limit_m and is_along and not is_past
            beside.setdefault(key, []).append(
                (at * 110_000, fits, away_m, network.length_m[i] / count)
            )
    least: dict[int, float] = {}
    for points in beside.values():
        for at_m, fits, away_m, _ in points:
            if fits:
                place = int(at_m // matching.STEP_M)
                least[place] = min(least.get(place, math.inf), away_m)
    found = set()
    for key, points in beside.items():
        along_m = 0.0
        for at_m, fits, away_m, weight_m in points:
            place = int(at_m // matching.STEP_M)
            best = min(least.get(place + shift, math.inf) for shift in (-1, 0, 1))
            if fits and away_m <= best + matching.BESIDE_M:
                along_m += weight_m
        whole_m = sum(weight for *_, weight in points)
        if along_m / whole_m >= matching.LEAST_SHARE or along_m >= matching.LEAST_M:
            found.add(key)
    return found


def _course(line: LineString, at: float, half: float) -> float:
    before, after = line.interpolate(max(at - half, 0)), line.interpolate(at + half)
    return math.degrees(math.atan2(after.y - before.y, after.x - before.x))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-50, 850), st.integers(-850, 50)), min_size=2, max_size=5, unique=True
    ),
    st.sampled_from([20.0, 50.0, 120.0]),
)
def test_matching_equals_the_plain_computation(spots: list, limit_m: float) -> None:
    roads, _ = met(GRID, *spots, limit_m=limit_m)
    assert set(roads) == oracle(GRID, shape(*spots)[0], limit_m)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 800), st.integers(-800, 0))
def test_the_nearest_road_of_a_point_is_that_of_shapely(x: int, y: int) -> None:
    found = RoadMatcher(GRID).match(shape((x, y)), limit_m=5000.0)
    spot = Point(20.0 + x / DEGREE_M, 7.0 + y / DEGREE_M)
    flat = np.array([float(np.cos(np.radians(GRID.lat.mean()))), 1.0])
    place = Point(spot.x * flat[0], spot.y)
    aways = [LineString(line * flat).distance(place) for line in GRID.lines]
    assert aways[found.nearest] == pytest.approx(min(aways), abs=1e-9)


def test_both_directions_of_a_line_mean_the_same() -> None:
    spots = [(0, 10), (400, -15), (400, -600)]
    assert set(met(GRID, *spots)[0]) == set(met(GRID, *spots[::-1])[0])
