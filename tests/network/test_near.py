"""Roads around positions: exact, whatever the size of the question, beside shapely."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.near import lines_within, nearest_lines
from cmcoord_geo.network.scale import metres_per_degree

LARGE, NEVER = 0, 10**15


def drawn(random: np.random.Generator, count: int, *, size_m: float = 1500.0) -> Lines:
    """Wiggly lines of two to six points in a plane of 60 km, one of them a single spot."""
    each = []
    for _ in range(count):
        steps = random.normal(0, size_m, (random.integers(2, 7), 2))
        each.append(random.uniform(-30_000, 30_000, 2) + np.cumsum(steps, axis=0))
    each[0][:] = each[0][0]
    return Lines.of(each)


def oracle(points, lines: Lines):
    """Pairs and distances by shapely alone."""
    roads = np.array([shapely.linestrings(line) for line in lines])
    spots = shapely.points(points)
    position, line = shapely.STRtree(roads).query(spots, predicate="dwithin", distance=5000.0)
    order = np.lexsort([line, position])
    position, line = position[order], line[order]
    return position, line, shapely.distance(spots[position], roads[line])


def pairs(near):
    found = [near.of(i) for i in range(len(near.count))]
    position = np.repeat(np.arange(len(near.count)), near.count)
    return position, np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


@pytest.mark.parametrize("small", [LARGE, NEVER], ids=["compiled", "numpy"])
def test_equal_to_shapely(small: int) -> None:
    random = np.random.default_rng(3)
    lines, points = drawn(random, 300), random.uniform(-40_000, 40_000, (400, 2))
    scale = np.ones_like(points)
    near = lines_within(points, lines, within_m=5000.0, scale=scale, small=small)
    found, expected = pairs(near), oracle(points, lines)
    assert len(expected[0]) > 1000
    assert np.array_equal(found[0], expected[0])
    assert np.array_equal(found[1], expected[1])
    assert np.abs(found[2] - expected[2]).max() < 1e-9
    alone = lines_within(
        points, lines, within_m=5000.0, scale=scale, is_measuring=False, small=small
    )
    assert np.array_equal(alone.count, near.count)
    assert all(np.array_equal(alone.of(i)[0], near.of(i)[0]) for i in range(len(points)))
    assert alone.away_m.size == 0


def degrees(random: np.random.Generator, lines: Lines) -> Lines:
    return Lines(np.array([20.0, 7.0]) + lines.points / 111_000.0, lines.first)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_the_size_of_the_question_changes_no_bit(seed: int) -> None:
    random = np.random.default_rng(seed)
    lines = degrees(random, drawn(random, 60, size_m=random.choice([50.0, 1500.0, 20_000.0])))
    points = np.array([20.0, 7.0]) + random.uniform(-0.5, 0.5, (40, 2))
    points[3], points[5, 0] = np.nan, np.inf
    points[7:12] = lines.points[4:9]  # on the road itself
    slow, fast = (lines_within(points, lines, within_m=9000.0, small=n) for n in (NEVER, LARGE))
    assert all(map(np.array_equal, pairs(slow), pairs(fast)))
    assert slow.count[[3, 5]].tolist() == [0, 0]
    first, second = (nearest_lines(points, lines, within_m=9000.0, small=n) for n in (NEVER, LARGE))
    assert np.array_equal(first.line, second.line)
    assert np.array_equal(first.fraction, second.fraction, equal_nan=True)
    assert np.array_equal(first.away_m, second.away_m)


@pytest.mark.parametrize("small", [LARGE, NEVER], ids=["compiled", "numpy"])
def test_the_nearest_is_the_least_of_all_within(small: int) -> None:
    random = np.random.default_rng(5)
    lines = degrees(random, drawn(random, 80))
    points = np.array([20.0, 7.0]) + random.uniform(-0.5, 0.5, (60, 2))
    near = lines_within(points, lines, within_m=4000.0, small=small)
    nearest = nearest_lines(points, lines, within_m=4000.0, small=small)
    assert (nearest.line < 0).any()
    assert (nearest.line >= 0).any()
    for i in range(60):
        line, away_m = near.of(i)
        if not len(line):
            assert nearest.line[i] == -1
            assert np.isinf(nearest.away_m[i])
            assert np.isnan(nearest.fraction[i])
            continue
        assert nearest.line[i] == line[away_m.argmin()]
        assert nearest.away_m[i] == away_m.min()
        spot = lines.points_at(nearest.line[[i]], nearest.fraction[[i]])
        step = (spot - points[i]) * metres_per_degree(points[[i], 1])
        assert np.hypot(*step[0]) == pytest.approx(nearest.away_m[i], abs=1e-6)


@pytest.mark.parametrize("small", [LARGE, NEVER], ids=["compiled", "numpy"])
def test_the_bound_itself_is_within(small: int) -> None:
    lines = Lines.of([np.array([[0.0, 0.0], [10.0, 0.0]])])
    points = np.array([[5.0, 3.0], [5.0, 3.0000001], [13.0, 4.0], [-3.0, -4.0]])
    one = np.ones_like(points)
    assert lines_within(points, lines, within_m=3.0, scale=one, small=small).count.tolist() == [
        1,
        0,
        0,
        0,
    ]
    assert lines_within(points, lines, within_m=5.0, scale=one, small=small).count.tolist() == [
        1,
        1,
        1,
        1,
    ]


@settings(max_examples=25, deadline=None)
@given(st.floats(20.6, 21.4), st.floats(4.0, 10.0), st.integers(0, 10**6))
def test_the_zone_in_which_a_position_was_written_changes_nothing(
    lon: float, lat: float, seed: int
) -> None:
    """At 21 E zones 33 and 34 of UTM meet: the same spot written in either has the same roads."""
    random = np.random.default_rng(seed)
    plane = drawn(random, 40)
    lines = Lines(np.array([lon, lat]) + plane.points / 111_000.0, plane.first)
    written = []
    for zone in (32633, 32634):
        there = Transformer.from_crs(4326, zone, always_xy=True)
        back = Transformer.from_crs(zone, 4326, always_xy=True)
        written.append(back.transform(*there.transform(lon, lat)))
    one, other = (lines_within(np.array([spot]), lines, within_m=5000.0) for spot in written)
    assert np.array_equal(one.of(0)[0], other.of(0)[0])
    assert np.allclose(one.of(0)[1], other.of(0)[1], rtol=0, atol=1e-4)


def test_nothing_is_near_where_there_are_no_positions() -> None:
    lines = Lines.of([np.array([[0.0, 0.0], [10.0, 0.0]])])
    for small in (LARGE - 1, NEVER):
        near = lines_within(np.zeros((0, 2)), lines, within_m=3.0, small=small)
        assert len(near.line) == len(near.count) == 0
        nowhere = nearest_lines(np.full((2, 2), np.nan), lines, within_m=3.0, small=small)
        assert nowhere.line.tolist() == [-1, -1]


def test_a_small_question_never_starts_the_compiler() -> None:
    code = (
        "import sys, numpy as np\n"
        "from cmcoord_geo.network import bundled_network\n"
        "from cmcoord_geo.network.near import nearest_lines\n"
        "from cmcoord_geo.network.lines import Lines\n"
        "network = bundled_network()\n"
        "nearest_lines(np.full((2000, 2), 7.0), Lines.of(network.lines), within_m=2e4)\n"
        "print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "False"
