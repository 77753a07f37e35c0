"""Positions in UTM, north of the equator: CAR lies in the zones 33, 34 and 35 (DOMAIN.md 9, hazard H6)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from pyproj import Transformer

#: Latitude bands of 8 degrees from the equator northwards; the last one has 12.
BANDS = "NPQRSTUVWX"
_ZONE = r"(?:ZONE\s*)?(?P<zone>[0-9]{1,2})\s*(?P<letter>[A-Z]|NORTH|NORD)"
_EAST = r"E?\s*[:=]?\s*(?P<east>[0-9]{5,7}(?:[.,][0-9]+)?)\s*(?:M\s*)?E?"
_NORTH = r"N?\s*[:=]?\s*(?P<north>[0-9]{5,7}(?:[.,][0-9]+)?)\s*(?:M\s*)?N?"
_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:UTM\s*)?{_ZONE}\s*[,;:/]?\s*{_EAST}\s*[,;/\s]\s*{_NORTH}",
        rf"(?:UTM\s*)?{_EAST}\s*[,;/\s]\s*{_NORTH}\s*[,;/]?\s*(?:UTM\s*)?{_ZONE}",
    )
)
#: Whole metres of a point at the edge of a band may lie so far on the other side of it.
_EDGE_DEGREE = 1e-5
#: Metres in which a zone is used, with the overlap that its neighbours share.
_EAST_M = (100_000.0, 900_000.0)


def find_utm(text: str) -> tuple[int, str, float, float] | None:
    """
    Zone, letter, easting and northing in metres of a text; None where it is not written as UTM.

    The letter N is the band of 0 to 8 degrees, or north: both are in the north.

    Examples
    --------
    >>> find_utm("34 N 228633 482471")
    (34, 'N', 228633.0, 482471.0)
    """
    words = " ".join(text.upper().replace("\u202f", " ").split())
    for pattern in _TEXT:
        if found := pattern.fullmatch(words):
            return (
                *(int(found["zone"]), found["letter"][0]),
                *(_metres(found["east"]), _metres(found["north"])),
            )
    return None


def utm_to_lonlat(
    zone: int, letter: str, east_m: float, north_m: float, *, word: str
) -> tuple[float, float]:
    """
    Longitude and latitude of a position in UTM.

    Parameters
    ----------
    zone : int
    letter : str
        Band, or N for north.
    east_m, north_m : float
    word : str
        As it was typed, for what is said of it.

    Raises
    ------
    DataError
        There is no such zone or band, or the numbers cannot lie in it.
    """
    if not 1 <= zone <= 60 or letter not in BANDS:
        raise problem(DataError, "position.no_zone", word=word, zone=f"{zone}{letter}")
    low, high = _EAST_M
    if not low <= east_m <= high:
        key = "position.east_north" if low <= north_m <= high else "position.easting"
        raise problem(
            DataError, key, word=word, zone=f"{zone}{letter}", east=f"{east_m:.0f}",
            north=f"{north_m:.0f}",
        )  # fmt: skip
    lon, lat = inverse(zone).transform(east_m, north_m)
    beside = (max(lat - _EDGE_DEGREE, 0.0), lat + _EDGE_DEGREE)
    if letter not in ("N", *map(band_of, beside)):
        raise problem(
            DataError,
            "position.band",
            word=word,
            letter=letter,
            found=band_of(lat),
            lat=f"{lat:.2f}",
        )
    return float(lon), float(lat)


def zone_of(lon: float) -> int:
    """Zone of a longitude; the exceptions around Norway are not followed."""
    return min(int((lon + 180) // 6) + 1, 60)


def band_of(lat: float) -> str:
    """Letter of the band of a northern latitude."""
    return BANDS[min(int(lat // 8), len(BANDS) - 1)]


@cache
def inverse(zone: int) -> Transformer:
    """Transformer from metres of a northern zone to longitude and latitude."""
    from pyproj import Transformer

    return Transformer.from_crs(f"epsg:326{zone:02d}", "epsg:4326", always_xy=True)


@cache
def forward(zone: int) -> Transformer:
    """Transformer from longitude and latitude to metres of a northern zone."""
    from pyproj import Transformer

    return Transformer.from_crs("epsg:4326", f"epsg:326{zone:02d}", always_xy=True)


def _metres(word: str) -> float:
    return float(word.replace(",", "."))
