"""Pairs of angles in the spellings that occur, and texts that can be read in two ways."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.angles import find_angles


@pytest.mark.parametrize(
    "text",
    [
        *("4,36 18,555", "4,36;18,555", "4,36, 18,555", "4.36/18.555", "(4.36, 18.555)"),
        *("N4.36E18.555", "N 4,36 E 18,555", "E18.555 N4.36", "18.555E, 4.36N", "4.36N 18.555"),
        *("4.36° Nord, 18.555° Est", "Lat 4.36 Lon 18.555", "longitude: 18,555 latitude: 4,36"),
        *("4°21'36\"N 18°33'18\"E", "4° 21' 36\" N; 18° 33' 18\" E"),
        *("4°21\u203236\u2033N 18°33\u203218\u2033E", "4°21'36\" 18°33'18\""),
        *("4°21\u201936\u201dN, 18°33\u201918\u201dE", "4º21'36\" 18º33'18\"", "4°21'36''N 18°33'18''E"),
        *("4°21.6'N 18°33.3'E", "4° 21,6' Nord 18° 33,3' Est", "E 18°33.3' N 4°21.6'"),
        *("4d21m36sN 18d33m18sE", "4d21m36s 18d33m18s", "4 d 21.6 m N, 18 d 33.3 m E"),
        *("4 21 36 N 18 33 18 E", "N 4 21 36 E 18 33 18", "4:21:36N 18:33:18E", "4-21-36N 18-33-18E"),
        *("4.21.36N 18.33.18E", "042136N0183318E", "042136N 0183318E", "042136.0N0183318.0E"),
        *("4\u202f21\u202f36 N 18\u00a033\u00a018 E", "+4.36 +18.555", "4.36 north 18.555 east"),
    ],
)  # fmt: skip
def test_spellings_of_one_position(text: str) -> None:
    assert find_angles(text) == pytest.approx((4.36, 18.555), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("33.9S 18.4W", -33.9, -18.4), ("33°54'S 18°24'O", -33.9, -18.4), ("5, 20", 5, 20),
        ("33.9 Sud, 18.4 Ouest", -33.9, -18.4), ("-33.9 -18.4", -33.9, -18.4),
        ("-33.9S -18.4W", -33.9, -18.4), ("4,361,18,555", 4.361, 18.555), ("\u22124.5 20", -4.5, 20),
    ],
)  # fmt: skip
def test_signs_and_letters(text: str, lat: float, lon: float) -> None:
    assert find_angles(text) == pytest.approx((lat, lon), abs=1e-9)


@pytest.mark.parametrize("text", ["5,20", "4,361", "4,361,18", "4.361 N 18.555", "4.361N18.555"])
def test_two_readings_are_asked_back(text: str) -> None:
    with pytest.raises(DataError, match="two ways"):
        find_angles(text)


@pytest.mark.parametrize("text", ["4°75'N 18°33'E", "4°21'60\"N 18°33'E", "4.61.20N 18.33.18E"])
def test_minutes_of_sixty_are_refused(text: str) -> None:
    with pytest.raises(DataError, match="60 or more"):
        find_angles(text)


@pytest.mark.parametrize(
    "text", ["1 2 3", "4.361N 18.555N", "-4.3N 18E", "4 21 36 18 33 18", "4.5°30'N 18°E", "N4S 18E"]
)
def test_figures_that_are_no_pair_are_told_how_to_write_one(text: str) -> None:
    with pytest.raises(DataError, match="MGRS"):
        find_angles(text)


@pytest.mark.parametrize("text", ["", "N2", "4.361", "SO", "Mbrès", "p123", "1" * 200])
def test_names_are_left_alone(text: str) -> None:
    assert find_angles(text) is None


_DMS = st.tuples(st.integers(0, 59), st.integers(0, 59), st.integers(0, 599).map(lambda n: n / 10))


@given(
    st.tuples(st.integers(0, 89)), _DMS, st.tuples(st.integers(0, 179)), _DMS, st.sampled_from(".,")
)
@settings(deadline=None)
def test_sexagesimal_comes_back(
    d: tuple[int], a: tuple[int, int, float], e: tuple[int], b: tuple[int, int, float], mark: str
) -> None:
    (_, m, s), (_, n, t) = a, b
    text = f"{d[0]}°{m}'{s}\"S {e[0]}°{n}'{t}\"E"
    lat, lon = -(d[0] + m / 60 + s / 3600), e[0] + n / 60 + t / 3600
    found = find_angles(text.replace(".", mark))
    assert found == pytest.approx((lat, lon), abs=1e-9)
