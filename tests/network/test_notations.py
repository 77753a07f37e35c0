"""Positions as they are written, and read again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcoord_geo.network.coordinates import Area, find_position
from cmcoord_geo.network.notations import to_decimal, to_sexagesimal, to_square, to_utm
from cmcoord_geo.units import geodesic_m

WORLD = Area(west=-180, south=-90, east=180, north=90)


@pytest.mark.parametrize(
    ("write", "within_m"),
    [(to_decimal, 1.0), (to_sexagesimal, 3.0), (to_utm, 1.0), (to_square, 1.5)],
)
@given(lon=st.floats(-179.9, 179.9), lat=st.floats(1, 80))
@settings(deadline=None)
def test_every_notation_is_read_again(
    write: object, within_m: float, lon: float, lat: float
) -> None:
    found = find_position(write(lon, lat), area=WORLD)
    assert geodesic_m(found.lon, found.lat, lon, lat)[0] <= within_m


@pytest.mark.parametrize("write", [to_decimal, to_sexagesimal])
@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
@settings(deadline=None)
def test_degrees_are_read_again_everywhere(write: object, lon: float, lat: float) -> None:
    found = find_position(write(lon, lat), area=WORLD)
    assert (found.lon, found.lat) == pytest.approx((lon, lat), abs=2e-5)


def test_no_second_is_sixty() -> None:
    assert to_sexagesimal(20.9999999, 4.99999999) == "5°00'00.0\"N 21°00'00.0\"E"
    assert to_sexagesimal(-0.5, -1.51) == "1°30'36.0\"S 0°30'00.0\"W"


def test_the_south_has_no_metres_here() -> None:
    assert to_utm(20.0, -1.0) == to_square(20.0, -1.0) == ""
    assert to_utm(22.788, 10.285) == "34P 695814 1137469"
