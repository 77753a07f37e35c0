"""A position in every notation that :mod:`cmcoord_geo.network.coordinates` reads."""

from __future__ import annotations

from cmcoord_geo.network.mgrs import to_mgrs
from cmcoord_geo.network.utm import band_of, forward, zone_of

#: UTM and MGRS are written from the equator to here, in degrees.
_NORTHMOST = 84.0


def to_decimal(lon: float, lat: float) -> str:
    """
    Decimal degrees, to about a metre.

    Examples
    --------
    >>> to_decimal(18.555, 4.361)
    '4.36100, 18.55500'
    """
    return f"{lat:.5f}, {lon:.5f}"


def to_sexagesimal(lon: float, lat: float) -> str:
    r"""
    Degrees, minutes and seconds, to about three metres.

    Examples
    --------
    >>> to_sexagesimal(18.555, 4.361)
    '4°21\'39.6"N 18°33\'18.0"E'
    """
    north, east = ("N" if lat >= 0 else "S"), ("E" if lon >= 0 else "W")
    return f"{_angle(abs(lat))}{north} {_angle(abs(lon))}{east}"


def _angle(degrees: float) -> str:
    tenths = round(degrees * 36_000)  # in whole tenths, no second is ever shown as 60.0
    minutes, rest = divmod(tenths, 600)
    return f"{minutes // 60}°{minutes % 60:02d}'{rest / 10:04.1f}\""


def to_utm(lon: float, lat: float) -> str:
    """
    Zone with band, easting and northing in metres; empty south of the equator.

    Examples
    --------
    >>> to_utm(18.555, 4.361)
    '34N 228633 482471'
    """
    if not 0 <= lat < _NORTHMOST:
        return ""
    zone = zone_of(lon)
    east_m, north_m = forward(zone).transform(lon, lat)
    return f"{zone}{band_of(lat)} {east_m:.0f} {north_m:.0f}"


def to_square(lon: float, lat: float) -> str:
    """Square of one metre of MGRS; empty south of the equator."""
    return to_mgrs(lon, lat) if 0 <= lat < _NORTHMOST else ""
