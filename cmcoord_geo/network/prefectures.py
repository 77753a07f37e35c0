"""Prefectures around a position, by the outlines of the base map: 17 of them, as before January 2021."""

from __future__ import annotations

from functools import cache
from typing import Any

import shapely

from cmcoord_geo.facts import basemap

#: The outlines are drawn at 1:10,000,000: nearer than this, in degrees, it may be the neighbour (some 5 km).
_DOUBT = 0.05


@cache
def _outlines() -> tuple[tuple[str, Any], ...]:
    """Name and outline of each, from the lines between them and the border of the country."""
    lines = [*basemap()["prefecture_lines"], *basemap()["country"]]
    joined = shapely.union_all([shapely.LineString(line) for line in lines])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(joined)))
    return tuple(
        (entry["name"], face)
        for entry in basemap()["prefectures"]
        for face in faces
        if shapely.contains_xy(face, *entry["label"])
    )


def prefectures_around(lon: float, lat: float) -> tuple[str, ...]:
    """
    Prefecture in which a position lies, then those whose outline is too near to tell; empty outside CAR.

    Examples
    --------
    >>> prefectures_around(20.676, 5.768)
    ('Ouaka',)
    """
    spot = shapely.points(lon, lat)
    away = [(float(shapely.distance(face, spot)), name) for name, face in _outlines()]
    return tuple(name for gap, name in sorted(away) if gap <= _DOUBT)
