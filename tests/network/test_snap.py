"""Points on the nearest road."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import LineString, Point
from towns import DEGREE_M, NORTH, WEST, town

from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.snap import RoadIndex
from cmcoord_geo.units import geodesic_m


def test_a_point_beside_a_road_falls_on_it() -> None:
    network = town("A----B", cell_m=1000)
    found = RoadIndex(network).snap(np.array([[WEST + 2500 / DEGREE_M, NORTH + 300 / DEGREE_M]]))
    assert found.segment.tolist() == [0]
    assert found.fraction[0] == pytest.approx(0.5, abs=1e-6)
    assert found.away_m[0] == pytest.approx(300, rel=0.01)


def test_only_wanted_roads_count() -> None:
    network = town("A---B\n\nC---D")
    point = np.array([[WEST + 0.01, NORTH]])
    assert RoadIndex(network).snap(point).segment.tolist() == [0]
    only = RoadIndex(network, is_wanted=np.array([False, True])).snap(point)
    assert only.segment.tolist() == [1]
    assert only.away_m[0] == pytest.approx(2000, rel=0.02)


def test_without_a_road_everything_is_far() -> None:
    network = town("A--B")
    found = RoadIndex(network, is_wanted=np.array([False])).snap(np.array([[20.0, 7.0]]))
    assert found.segment.tolist() == [-1]
    assert np.isinf(found.away_m).all()


def test_nearest_is_nearest_by_brute_force() -> None:
    network = town("A--B--C\n|  |  |\nD--E--F\n|\nG")
    points = np.random.default_rng(5).uniform((19.99, 6.95), (20.08, 7.02), (200, 2))
    found = RoadIndex(network).snap(points)
    lines = [LineString(line) for line in network.lines]
    for point, away_m in zip(points, found.away_m, strict=True):
        on = [line.interpolate(line.project(Point(point))) for line in lines]
        best = min(geodesic_m(*point, spot.x, spot.y)[0] for spot in on)
        assert away_m == pytest.approx(best, rel=0.01, abs=0.5)


def test_feet_are_all_roads_within_by_brute_force() -> None:
    network = town("A--B--C\n|  |  |\nD--E--F\n|\nG")
    index = RoadIndex(network)
    for lon, lat in np.random.default_rng(6).uniform((20.0, 6.96), (20.06, 7.0), (50, 2)):
        feet = index.feet(lon, lat, within_m=2500)
        found = {foot.segment: foot.away_m for foot in feet}
        assert list(found.values()) == sorted(found.values())
        for segment, line in enumerate(network.lines):
            whole = LineString(line * (np.cos(np.radians(network.lat.mean())), 1.0))
            spot = Point(lon * np.cos(np.radians(network.lat.mean())), lat)
            on = whole.interpolate(whole.project(spot))
            away_m = geodesic_m(lon, lat, on.x / np.cos(np.radians(network.lat.mean())), on.y)[0]
            assert (segment in found) == (away_m <= 2500)
            assert found.get(segment, away_m) == pytest.approx(away_m, abs=1e-6)
    nothing = RoadIndex(network, is_wanted=np.zeros(len(network), dtype=bool))
    assert nothing.feet(20.0, 7.0, within_m=1e6) == ()


def test_around_is_feet_of_many_points() -> None:
    network = town("A--B--C\n|  |  |\nD--E--F\n|\nG")
    index = RoadIndex(network)
    points = np.random.default_rng(8).uniform((20.0, 6.96), (20.06, 7.0), (50, 2))
    point, found = index.around(points, within_m=1500)
    for i, (lon, lat) in enumerate(points.tolist()):
        feet = index.feet(lon, lat, within_m=1500)
        rows = point == i
        assert set(found.segment[rows].tolist()) == {foot.segment for foot in feet}
        assert sorted(found.away_m[rows].tolist()) == pytest.approx([f.away_m for f in feet])
    assert len(index.around(np.zeros((0, 2)), within_m=10.0)[0]) == 0


def test_the_nearest_road_of_a_segment_is_measured_between_both_lines() -> None:
    """C-D stands 2 km below the middle of A-B, whose ends are farther."""
    network = town("A-----B\n\n   C\n   |\n   D")
    lines = Lines.of(network.lines)
    across, down = network.segment_index["A-B"], network.segment_index["C-D"]
    index = RoadIndex(network, is_wanted=np.arange(2) == across)
    nearest, spots, away_m = index.nearest_to(lines, np.array([down]))
    c = network.node_index["C"]
    assert nearest.tolist() == [across]
    assert spots[0] == pytest.approx((network.lon[c], network.lat[c]))
    assert away_m[0] == pytest.approx(
        geodesic_m(network.lon[c], network.lat[c], network.lon[c], network.lat[0])[0]
    )
