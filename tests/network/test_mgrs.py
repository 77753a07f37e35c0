"""MGRS against values of GEOTRANS and the landmark that every course uses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.mgrs import find_mgrs, to_mgrs
from cmcoord_geo.network.utm import forward, zone_of
from cmcoord_geo.units import geodesic_m

#: Longitude, latitude, and the square that the MGRS library of GEOTRANS gives (package mgrs 1.6.0 on the
#: Python index); the last is the Washington Monument.
KNOWN = (
    (18.555, 4.361, "34NBK2863382471"),
    (22.788, 10.285, "34PFS9581337469"),
    (15.641, 6.985, "33NWH7080272138"),
    (24.5, 5.4, "35NKF2295297449"),
    (17.99, 7.99, "33NZJ2964884388"),
    (18.01, 8.01, "34PAP7036786602"),
    (23.999, 2.2, "34NHH3362243502"),
    (14.5, 11.2, "33PVN4541438139"),
    (27.4, 5.0, "35NNF4434252677"),
    (-77.03524, 38.88948, "18SUJ2348306479"),
)
CAR_LON, CAR_LAT = st.floats(14, 28), st.floats(2, 11.5)


@pytest.mark.parametrize(("lon", "lat", "text"), KNOWN)
def test_known_squares(lon: float, lat: float, text: str) -> None:
    x, y, doubt_m = find_mgrs(text)
    assert doubt_m == 0.5
    assert geodesic_m(x, y, lon, lat)[0] < 1.5
    if text != KNOWN[-1][2]:
        assert to_mgrs(lon, lat).replace(" ", "") == text


@given(CAR_LON, CAR_LAT, st.integers(1, 5), st.sampled_from(["", " "]))
@settings(deadline=None)
def test_a_square_holds_its_point_at_every_precision(
    lon: float, lat: float, digits: int, gap: str
) -> None:
    zone_square, east, north = to_mgrs(lon, lat).split()
    x, y, doubt_m = find_mgrs(f"{zone_square}{gap}{east[:digits]}{gap}{north[:digits]}")
    assert doubt_m == 10.0 ** (5 - digits) / 2
    metres = forward(int(zone_square[:2]))
    a, b = metres.transform(x, y), metres.transform(lon, lat)
    assert abs(a[0] - b[0]) <= doubt_m + 1e-3
    assert abs(a[1] - b[1]) <= doubt_m + 1e-3
    assert zone_of(lon) == int(zone_square[:2])


@pytest.mark.parametrize(
    "text",
    ["34NBK 28633 82471", "34 N BK 28633 82471", "34nbk2863382471", "MGRS: 34N BK 2863382471"],
)
def test_spellings(text: str) -> None:
    assert find_mgrs(text)[:2] == pytest.approx((18.555, 4.361), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("34NBK286", "2 to 10 digits"),
        ("34NBK 286 82", "2 to 10 digits"),
        ("34NBK 286331 824711", "2 to 10 digits"),
        ("33NBK 28633 82471", "columns S–Z.*zone: 34"),
        ("34NBW 28633 82471", "no square BW"),
        ("34PBK 28633 82471", "letter P does not go with a latitude of 4.36"),
        ("34KBK 28633 82471", "no northern UTM zone"),
        ("61NBK 28633 82471", "no northern UTM zone"),
    ],
)
def test_squares_that_do_not_exist_are_refused(text: str, why: str) -> None:
    with pytest.raises(DataError, match=why):
        find_mgrs(text)


@pytest.mark.parametrize("text", ["Bambari", "34N 228633 482471", "4.361, 18.555", "34NBK"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert find_mgrs(text) is None
