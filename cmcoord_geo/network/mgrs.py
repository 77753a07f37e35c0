"""
Positions in MGRS, north of the equator: squares of 10 km to 1 m with letters for each 100 km.

The letters follow the scheme for WGS84 (NGA.STND.0037, 2014): columns repeat every three zones, rows every
2,000 km, and rows of even zones start at F.
"""

from __future__ import annotations

import re

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.network.utm import BANDS, band_of, forward, inverse, zone_of

_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")  # zone 33, 34, 35 modulo 3
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_SQUARE_M = 100_000
_CYCLE_M = _SQUARE_M * len(_ROWS)
#: Rough metres of northing for one degree: enough to choose among rows 2,000 km apart.
_DEGREE_M = 110_600
_TEXT = re.compile(r"(?:MGRS\s*:?\s*)?([0-9]{1,2})\s*([A-Z])\s*([A-Z])\s*([A-Z])\s*([0-9 ]+)")
_MOST_DIGITS = 10


def find_mgrs(text: str) -> tuple[float, float, float] | None:
    """
    Longitude and latitude of the middle of a square, and half its side in metres; None where it is no MGRS.

    Parameters
    ----------
    text : str
        Such as ``34NBK 2863 8247``, with two to ten digits.

    Raises
    ------
    DataError
        Zone, band or letters do not exist or do not go together, or the digits are no pair.
    """
    found = _TEXT.fullmatch(" ".join(text.upper().split()))
    if found is None:
        return None
    zone, band, column, row = int(found[1]), found[2], found[3], found[4]
    digits = found[5].replace(" ", "")
    halves = found[5].split()
    is_uneven = len(halves) == 2 and len(halves[0]) != len(halves[1])
    if len(digits) % 2 or is_uneven or not 2 <= len(digits) <= _MOST_DIGITS:
        raise problem(DataError, "position.digits", word=text.strip())
    side_m = _SQUARE_M / 10 ** (len(digits) // 2)
    east_m, north_m = _corner(zone, band, column, row, word=text.strip())
    east_m += int(digits[: len(digits) // 2]) * side_m + side_m / 2
    north_m += int(digits[len(digits) // 2 :]) * side_m + side_m / 2
    lon, lat = inverse(zone).transform(east_m, north_m)
    if band_of(lat) != band and abs(lat - _nearest_in(band, lat)) * _DEGREE_M > side_m:
        raise problem(
            DataError, "position.band", word=text.strip(), letter=band, found=band_of(lat),
            lat=f"{lat:.2f}",
        )  # fmt: skip
    return float(lon), float(lat), side_m / 2


def _corner(zone: int, band: str, column: str, row: str, *, word: str) -> tuple[float, float]:
    """South-west corner of a square of 100 km, in metres of its zone."""
    if not 1 <= zone <= 60 or band not in BANDS:
        raise problem(DataError, "position.no_zone", word=word, zone=f"{zone}{band}")
    if column not in _COLUMNS[zone % 3] or row not in _ROWS:
        fits = [z for z in (zone - 1, zone + 1) if 1 <= z <= 60 and column in _COLUMNS[z % 3]]
        raise problem(
            DataError, "position.square", word=word, square=column + row, zone=zone,
            columns=f"{_COLUMNS[zone % 3][0]}–{_COLUMNS[zone % 3][-1]}",
            others=", ".join(map(str, fits)) or "–",
        )  # fmt: skip
    east_m = (_COLUMNS[zone % 3].index(column) + 1) * _SQUARE_M
    north_m = (_ROWS.index(row) - (0 if zone % 2 else 5)) % len(_ROWS) * _SQUARE_M
    middle_m = (8 * BANDS.index(band) + 4) * _DEGREE_M
    return east_m, north_m + max(
        round((middle_m - north_m - _SQUARE_M / 2) / _CYCLE_M), 0
    ) * _CYCLE_M


def _nearest_in(band: str, lat: float) -> float:
    low = 8 * BANDS.index(band)
    return min(max(lat, low), low + 8)


def to_mgrs(lon: float, lat: float) -> str:
    """
    Square of one metre in which a northern position lies.

    Examples
    --------
    >>> to_mgrs(18.555, 4.361)
    '34NBK 28633 82471'
    """
    zone = zone_of(lon)
    east_m, north_m = (int(part) for part in forward(zone).transform(lon, lat))
    column = _COLUMNS[zone % 3][east_m // _SQUARE_M - 1]
    row = _ROWS[(north_m // _SQUARE_M + (0 if zone % 2 else 5)) % len(_ROWS)]
    rest = f"{east_m % _SQUARE_M:05d} {north_m % _SQUARE_M:05d}"
    return f"{zone}{band_of(lat)}{column}{row} {rest}"
