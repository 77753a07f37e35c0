"""
Metre, second, UTC, WGS84.

Inside the package a length is metres, a duration or an instant is whole seconds (instants since the Unix
epoch, UTC), a position is longitude and latitude in degrees on WGS84. Outside, an instant is an aware
:class:`~datetime.datetime`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from pyproj import Geod

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86400
KM_M = 1000.0
#: Africa/Bangui: UTC+1 all year, no daylight saving.
BANGUI = timezone(timedelta(hours=1), "Africa/Bangui")
#: West, south, east, north: the box in which a position can lie in CAR or just across its border (SAFETY.md).
CAR_BOX = (14.0, 2.0, 28.0, 11.5)


def utc_seconds(moment: datetime) -> int:
    """
    Whole seconds since the Unix epoch of an aware datetime.

    Raises
    ------
    DataError
        The datetime is naive.

    Examples
    --------
    >>> utc_seconds(datetime(2026, 12, 1, 6, tzinfo=BANGUI))
    1796101200
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        message = "A time needs its zone, such as 2026-12-01T06:00+01:00."
        raise DataError(message)
    return int(moment.timestamp())


def to_datetime(seconds: float) -> datetime:
    """Aware datetime in Bangui time of seconds since the epoch."""
    return datetime.fromtimestamp(int(seconds), tz=UTC).astimezone(BANGUI)


@cache
def geod() -> Geod:
    """WGS84 ellipsoid, made once."""
    from pyproj import Geod  # noqa: PLC0415 - 60 ms that --help should not pay

    return Geod(ellps="WGS84")


def geodesic_m(
    lon: ArrayLike, lat: ArrayLike, lon2: ArrayLike, lat2: ArrayLike
) -> NDArray[np.float64]:
    """
    Geodesic distance in metres between points on WGS84 (Karney 2013), element by element.

    Parameters
    ----------
    lon, lat, lon2, lat2 : array_like
        Degrees, of shapes that broadcast to ``(n,)``.
    """
    a, b, c, d = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(v, float)) for v in (lon, lat, lon2, lat2))
    )
    return np.asarray(geod().inv(a, b, c, d)[2], dtype=np.float64)


def line_length_m(lonlat: Sequence[Sequence[float]] | NDArray[np.float64]) -> float:
    """Geodesic length in metres of a line given as ``(n, 2)`` longitude and latitude."""
    line = np.asarray(lonlat, dtype=float)
    if len(line) < 2:
        return 0.0
    return float(geodesic_m(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]).sum())


def is_in_car_box(lon: float, lat: float) -> bool:
    """Whether a position lies in the box around CAR."""
    west, south, east, north = CAR_BOX
    return west <= lon <= east and south <= lat <= north
