"""Positions: one row swapped is a row, most rows swapped is the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.io.positions import Swap, is_swapped
from cmcoord_geo.units import CAR_BOX, is_in_car_box

WEST, SOUTH, EAST, NORTH = CAR_BOX


@given(st.floats(WEST, EAST), st.floats(SOUTH, NORTH))
def test_a_position_in_car_is_never_taken_for_swapped(lon: float, lat: float) -> None:
    assert is_in_car_box(lon, lat)
    assert not is_swapped(lat, lon)
    assert is_swapped(lon, lat)


@pytest.mark.parametrize(
    ("swapped", "positioned", "is_whole"),
    [(2, 2, False), (3, 3, True), (3, 5, True), (3, 6, False), (0, 0, False), (0, 9, False)],
)
def test_from_when_on_the_file_is_swapped(swapped: int, positioned: int, is_whole: bool) -> None:  # noqa: FBT001
    swap = Swap(swapped=swapped, positioned=positioned, columns="y, x")
    assert swap.is_whole_file is is_whole
    assert len(swap.findings("a.csv")) == is_whole
