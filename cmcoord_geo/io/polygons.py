"""Polygons as files write them: coordinates of GeoJSON, WKB, WKT, and a circle round a point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.units import KM_M, geod

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

#: Polygons, each its outer ring and its holes, each of them longitude and latitude, shape (k, 2).
Polygons: TypeAlias = tuple[tuple[NDArray[np.float64], ...], ...]

KINDS = {"Polygon", "MultiPolygon"}
_LEAST_RING = 4
_NO_NUMBER = re.compile("nan|inf", re.IGNORECASE)
#: Corners of a circle; it is drawn round the true one, so that nothing inside it is left out.
_CORNERS = 72


def polygons_of(kind: str, coordinates: Any) -> Polygons:  # noqa: ANN401 - whatever the file holds
    """
    Polygons of a GeoJSON geometry.

    Raises
    ------
    ValueError, TypeError
        It holds none, a ring is open or too short, or a position is none.
    """
    each = [coordinates] if kind == "Polygon" else coordinates
    found = tuple(
        tuple(
            _ring(np.array([(_degree(x), _degree(y)) for x, y, *_ in ring], dtype=np.float64))
            for ring in polygon
        )
        for polygon in each
    )
    return _filled(found)


def polygons_in(geometry: BaseGeometry) -> Polygons:
    """
    Polygons of a shapely geometry; heights are dropped.

    Raises
    ------
    ValueError
        It holds none, or a position is none.
    """
    import shapely

    if geometry.geom_type not in KINDS:
        raise ValueError
    return _filled(
        tuple(
            tuple(
                _ring(shapely.get_coordinates(ring))
                for ring in (part.exterior, *part.interiors)
                if not ring.is_empty
            )
            for part in shapely.get_parts(geometry)
        )
    )


def wkt_polygons(text: str) -> Polygons:
    """
    Polygons of well-known text, longitude before latitude.

    Raises
    ------
    ValueError
        It is none, or no polygon.

    Examples
    --------
    >>> len(wkt_polygons("POLYGON ((20 5, 21 5, 21 6, 20 5))")[0][0])
    4
    """
    import shapely

    if _NO_NUMBER.search(text):
        raise ValueError
    try:
        return polygons_in(shapely.from_wkt(text))
    except shapely.GEOSException as error:
        raise ValueError from error


def circle(lon: float, lat: float, radius_km: float) -> Polygons:
    """
    Polygon round a circle on the ground: nothing inside the circle is left out, 0.1 % is added.

    Raises
    ------
    ValueError
        It reaches over a pole or the date line.

    Examples
    --------
    >>> ((ring,),) = circle(20.0, 6.0, 5.0)
    >>> len(ring), bool(abs(ring[0, 1] - 6.0452) < 2e-4)
    (73, True)
    """
    turns = np.linspace(0.0, 360.0, _CORNERS + 1)
    reach_m = radius_km * KM_M / np.cos(np.pi / _CORNERS)
    n = len(turns)
    east, north, _ = geod().fwd(np.full(n, lon), np.full(n, lat), turns, np.full(n, reach_m))
    ring = np.column_stack([east, north])
    ring[-1] = ring[0]
    if np.ptp(ring[:, 0]) > 180.0:
        raise ValueError
    return ((_ring(ring),),)


def is_sound(polygons: Polygons) -> bool:
    """Whether no outline crosses itself, and each hole lies inside."""
    import shapely

    return all(shapely.Polygon(rings[0], rings[1:]).is_valid for rings in polygons)


def as_tuples(polygons: Polygons) -> tuple[tuple[tuple[tuple[float, float], ...], ...], ...]:
    """Polygons as plain values that do not change."""
    return tuple(tuple(tuple(_points(ring)) for ring in rings) for rings in polygons)


def _points(ring: NDArray[np.float64]) -> Iterable[tuple[float, float]]:
    return ((float(x), float(y)) for x, y in ring)


def _degree(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _ring(points: NDArray[np.float64]) -> NDArray[np.float64]:
    is_good = len(points) >= _LEAST_RING and bool((np.abs(points) <= (180.0, 90.0)).all())
    if not is_good or (points[0] != points[-1]).any():  # NaN fails too
        raise ValueError
    return points


def _filled(found: Polygons) -> Polygons:
    if not found or not all(found):
        raise ValueError
    return found
