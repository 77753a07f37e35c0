"""Packed lines read as arrays of their own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cmcoord_geo.network.lines import Lines

THREE = [np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[2.0, 2.0]]), np.arange(8.0).reshape(4, 2)]


def test_what_is_packed_comes_out() -> None:
    lines = Lines.of(THREE)
    assert len(lines) == 3
    assert all(np.array_equal(a, b) for a, b in zip(lines, THREE, strict=True))
    assert np.array_equal(lines[np.int64(2)], THREE[2])
    assert np.array_equal(lines[-1], THREE[2])


def test_beyond_the_last_there_is_none() -> None:
    with pytest.raises(IndexError):
        Lines.of(THREE)[3]


def test_a_line_needs_two_points_without_a_gap() -> None:
    broken = np.array([[0.0, 0.0], [np.nan, 1.0]])
    assert Lines.of([*THREE, broken, THREE[0]]).are_usable().tolist() == [
        *(True, False, True, False, True)
    ]


def test_no_lines() -> None:
    assert len(Lines.of([])) == 0
    assert Lines.of([]).are_usable().tolist() == []


def _point(line: NDArray[np.float64], fraction: float) -> tuple[float, float]:
    """The same by numpy's own interpolation, one line at a time."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = fraction * along[-1]
    return float(np.interp(at, along, line[:, 0])), float(np.interp(at, along, line[:, 1]))


@given(seed=st.integers(0, 10_000))
@settings(deadline=None)
def test_points_on_lines_are_those_of_numpy_to_the_last_bit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    each = [rng.uniform(-1, 1, (size, 2)) for size in rng.integers(2, 6, 5)]
    each[0][1] = each[0][0]  # a step without length
    lines = Lines.of(each)
    rows = rng.integers(0, 5, 20)
    fractions = np.append(rng.random(18), [0.0, 1.0])
    found = lines.points_at(rows, fractions)
    expected = [_point(each[i], f) for i, f in zip(rows.tolist(), fractions.tolist(), strict=True)]
    assert found.tolist() == [list(point) for point in expected]


def test_lengths_along_each_line_begin_at_zero() -> None:
    lines = Lines.of([np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[1.0, 1.0], [1.0, 2.0]])])
    assert lines.along().tolist() == [0.0, 5.0, 0.0, 1.0]
    assert lines.points_at(np.zeros(0, dtype=np.int64), np.zeros(0)).shape == (0, 2)
