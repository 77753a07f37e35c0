"""Packed lines read as arrays of their own."""

from __future__ import annotations

import numpy as np
import pytest

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
