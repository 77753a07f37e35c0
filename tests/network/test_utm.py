"""UTM in its spellings, and metres that cannot be meant."""

from __future__ import annotations

import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.utm import band_of, find_utm, utm_to_lonlat, zone_of


@pytest.mark.parametrize(
    "text",
    [
        *("34N 228633 482471", "34 N 228633 482471", "34N, 228633, 482471", "34n 228633; 482471"),
        *("UTM 34N 228633 482471", "zone 34 N 228633 482471", "34 nord 228633 482471"),
        *("34N 228633E 482471N", "34N E 228633 N 482471", "34N 228633mE 482471mN"),
        *("228633 482471 34N", "228633E 482471N UTM 34N", "34N 228633,0 482471,0"),
    ],
)
def test_spellings(text: str) -> None:
    assert find_utm(text) == (34, "N", 228633.0, 482471.0)


def test_a_band_letter_is_north_too() -> None:
    assert find_utm("34P 695813 1137469") == (34, "P", 695813, 1137469)
    lon, lat = utm_to_lonlat(34, "P", 695813, 1137469, word="x")
    assert (lon, lat) == pytest.approx((22.788, 10.285), abs=1e-5)
    assert utm_to_lonlat(34, "N", 695813, 1137469, word="x") == (lon, lat)  # N may be north


def test_a_point_at_the_edge_of_a_band_is_read_as_it_is_written() -> None:
    """Rounded to whole metres it lies just across the edge."""
    assert utm_to_lonlat(31, "P", 279558, 884833, word="x") == pytest.approx((1, 8), abs=1e-5)


@pytest.mark.parametrize("text", ["Bangui", "34NBK 28633 82471", "34N 228633", "4.3 18.5", "34 N"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert find_utm(text) is None


@pytest.mark.parametrize(
    ("zone", "letter", "east_m", "north_m", "why"),
    [
        (34, "P", 228633, 482471, "letter P does not go"),
        (34, "S", 228633, 482471, "letter S does not go"),
        (34, "M", 228633, 482471, "no northern UTM zone"),
        (0, "N", 228633, 482471, "no northern UTM zone"),
        (34, "N", 99999, 950000, "an easting of 99999 m cannot lie in zone 34N"),
        (34, "N", 950000, 482471, "seem to be exchanged"),
    ],
)
def test_metres_that_cannot_be_meant(
    zone: int, letter: str, east_m: float, north_m: float, why: str
) -> None:
    with pytest.raises(DataError, match=why):
        utm_to_lonlat(zone, letter, east_m, north_m, word="x")


def test_zones_and_bands_of_car() -> None:
    assert [zone_of(lon) for lon in (14.0, 17.99, 18.0, 23.99, 24.0, 27.9, 180.0)] == [
        *(33, 33, 34, 34, 35, 35, 60)
    ]
    assert [band_of(lat) for lat in (2.0, 7.99, 8.0, 11.4, 80.0, 83.9)] == [*"NNPPXX"]
