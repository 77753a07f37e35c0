"""Prefectures around a position, by the outlines of the base map: 17 of them, as before January 2021."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from cmcoord_geo.facts import basemap
from cmcoord_geo.network.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

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


def lines_through(
    lines: Iterable[NDArray[np.float64]], names: Collection[str]
) -> NDArray[np.bool_]:
    """
    Whether each line enters one of some prefectures, or comes too near to its outline to tell.

    Parameters
    ----------
    lines : iterable of ndarray of float64, shape (k, 2)
        Longitude and latitude.
    names : collection of str
        As the outlines have them; others are nowhere.

    Returns
    -------
    ndarray of bool, shape (m,)
    """
    packed = lines if isinstance(lines, Lines) else Lines.of(lines)
    found = np.zeros(len(packed), dtype=bool)
    faces = [face for name, face in _outlines() if name in names]
    if not faces or not len(packed):
        return found
    owner = np.repeat(np.arange(len(packed)), np.diff(packed.first))
    drawn = np.asarray(shapely.linestrings(packed.points, indices=owner))
    for face in faces:
        shapely.prepare(face)
        found |= shapely.dwithin(face, drawn, _DOUBT)
    return found
