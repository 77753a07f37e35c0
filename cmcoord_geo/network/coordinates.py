"""Positions as people write them: decimal degrees, degrees-minutes-seconds, UTM 33 to 35 N."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from pyproj import Transformer

_NUMBER = r"[-+]?[0-9]{1,3}(?:\.[0-9]+)?"
_DECIMAL = re.compile(rf"({_NUMBER})\s*°?\s*([NS])?\s*[,;\s]\s*({_NUMBER})\s*°?\s*([EWO])?", re.I)
_ANGLE = (
    r"([0-9]{1,3})\s*[°d]\s*([0-9]{1,2})\s*['m]\s*(?:([0-9]{1,2}(?:\.[0-9]+)?)\s*(?:\"|''|s))?\s*"
)
_SEXAGESIMAL = re.compile(rf"{_ANGLE}([NS])\s*[,;]?\s*{_ANGLE}([EWO])", re.I)
_UTM = re.compile(
    r"(3[345])\s*N\s*[,;]?\s*([0-9]{6}(?:\.[0-9]+)?)\s*[,;\s]\s*([0-9]{5,7}(?:\.[0-9]+)?)", re.I
)
_SIGNS = str.maketrans({"\u2032": "'", "’": "'", "\u2033": '"', "”": '"', "º": "°"})
_NEGATIVE = {"S", "W", "O"}  # O = Ouest


def find_position(text: str) -> tuple[float, float] | None:
    r"""
    Longitude and latitude of a text; None where it is no position at all, such as the name of a place.

    Without letters latitude comes first. Letters decide where they are there.

    Raises
    ------
    DataError
        It is a position outside the Earth, or its latitude and longitude are swapped.

    Examples
    --------
    >>> find_position("4.361, 18.555"), find_position("Bangui")
    ((18.555, 4.361), None)
    >>> [round(part, 4) for part in find_position("4°21'40\"N 18°33'18\"E")]
    [18.555, 4.3611]
    """
    words = text.strip().translate(_SIGNS)
    if found := _DECIMAL.fullmatch(words):
        lat, lon = _signed(found[1], found[2]), _signed(found[3], found[4])
    elif found := _SEXAGESIMAL.fullmatch(words):
        lat, lon = _angle(found, 1, text), _angle(found, 5, text)
    elif found := _UTM.fullmatch(words):
        lon, lat = _utm(int(found[1])).transform(float(found[2]), float(found[3]))
    else:
        return None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise problem(DataError, "snap.bad_lat", word=text)
    return lon, lat


def _signed(number: str, letter: str | None) -> float:
    value = float(number)
    return -abs(value) if letter and letter.upper() in _NEGATIVE else value


def _angle(found: re.Match[str], first: int, text: str) -> float:
    degrees, minutes, seconds = (float(found[first + k] or 0) for k in range(3))
    if minutes >= 60 or seconds >= 60:
        raise problem(DataError, "snap.bad_lat", word=text)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if found[first + 3].upper() in _NEGATIVE else value


@cache
def _utm(zone: int) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(f"epsg:326{zone}", "epsg:4326", always_xy=True)
