"""Positions as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.coordinates import find_position

BANGUI = (18.555, 4.361)


@pytest.mark.parametrize(
    "text",
    [
        *("4.361,18.555", " 4.361 , 18.555 ", "4.361 18.555", "4.361;18.555", "4.361N 18.555E"),
        *("4.361° N, 18.555° E", "4°21'39.6\"N 18°33'18\"E", "4°21'39.6''N, 18°33'18''E"),
        *("34N 228633.2 482471.3", "34 N, 228633.2, 482471.3"),
    ],
)
def test_bangui(text: str) -> None:
    assert find_position(text) == pytest.approx(BANGUI, abs=2e-5)


def test_west_and_south_are_negative() -> None:
    assert find_position("33.9S 18.4W") == (-18.4, -33.9)
    assert find_position("33°54'S 18°24'O") == pytest.approx((-18.4, -33.9))


@pytest.mark.parametrize(
    "text", ["Bangui", "BBY", "", "4.361", "1 2 3", "RN 2", "37N 500000 500000"]
)
def test_a_name_is_no_position(text: str) -> None:
    assert find_position(text) is None


@pytest.mark.parametrize("text", ["118.5,4.3", "4.3,200", "4°75'N 18°33'E"])
def test_a_position_off_the_earth_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        find_position(text)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_decimal_degrees_come_back(lat: float, lon: float) -> None:
    assert find_position(f"{lat:.6f},{lon:.6f}") == pytest.approx((lon, lat), abs=1e-6)


@given(st.text(max_size=40))
def test_any_text_is_a_position_or_none_or_refused(text: str) -> None:
    try:
        found = find_position(text)
    except DataError:
        return
    assert found is None or len(found) == 2
