"""Nearest town of a position, in words; of many positions, also among the towns of a map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.units import KM_M, geod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.spatial import cKDTree

    from cmcoord_geo.network.gazetteer import OwnPlaces

#: Kinds of places of a map that a person is sent by.
_KINDS = ("city", "town", "village")
#: Nearer than this a position is at the town.
_AT_M = 100.0
#: Farther from any town of the gazetteer a place is told as far away.
_KNOWN_M = 150_000.0
_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


@dataclass(frozen=True, slots=True, kw_only=True)
class NearTown:
    """
    A town and how a position lies from it.

    Attributes
    ----------
    name : str
    away_m : float
    direction : str
        Eighth of the compass from the town to the position: N, NE, ...
    """

    name: str
    away_m: float
    direction: str

    @property
    def is_near(self) -> bool:
        """Whether it is near enough to say where the position is."""
        return self.away_m <= _KNOWN_M

    @property
    def said(self) -> Said:
        """Such as ``23 km north-east of Bambari``."""
        if self.away_m < _AT_M:
            return said("place.at_town", town=self.name)
        return said(
            "near_town.from",
            away=said_length(self.away_m),
            town=self.name,
            direction=said(f"compass.{self.direction}"),
        )


def near_towns(own: OwnPlaces | None, lonlat: NDArray[np.float64]) -> tuple[NearTown, ...]:
    """
    Nearest town of each position.

    Parameters
    ----------
    own : OwnPlaces or None
        Places of a map, of which the towns and villages count beside those of the gazetteer.
    lonlat : ndarray of float64, shape (n, 2)
        Degrees on WGS84.
    """
    if not len(lonlat):
        return ()
    names, spots, tree = _towns(own)
    at = np.asarray(tree.query(_on_sphere(lonlat))[1], dtype=np.int64)
    azimuth, _, away_m = geod().inv(*spots[at].T, *lonlat.T)
    return tuple(
        NearTown(name=names[i], away_m=m, direction=compass(angle % 360))
        for i, m, angle in zip(at.tolist(), away_m.tolist(), azimuth.tolist(), strict=True)
    )


def where_at(lon: float, lat: float, *, own: OwnPlaces | None = None) -> Said:
    """Where a point lies by the nearest town, of CAR or of a map, in whole km."""
    (town,) = near_towns(own, np.array([(lon, lat)]))
    if not town.is_near:
        return said("place.far_away")
    if town.away_m < KM_M:
        return said("place.at_town", town=town.name)
    km, direction = f"{town.away_m / KM_M:.0f}", said(f"compass.{town.direction}")
    return said("place.from_town", km=km, town=town.name, direction=direction)


def compass(azimuth: float) -> str:
    """Letters of the eighth of the compass of a direction in degrees from north."""
    return _COMPASS[round(azimuth / 45) % len(_COMPASS)]


@lru_cache(maxsize=2)
def _towns(own: OwnPlaces | None) -> tuple[tuple[str, ...], NDArray[np.float64], cKDTree]:
    """Names and positions of all towns, and a tree to find them by."""
    from scipy.spatial import cKDTree

    names, lon, lat = zip(*_each_town(own), strict=True)
    spots = np.column_stack([lon, lat])
    return names, spots, cKDTree(_on_sphere(spots))


def _each_town(own: OwnPlaces | None) -> Iterator[tuple[str, float, float]]:
    yield from ((place.name, place.lon, place.lat) for place in places().values())
    if own is not None:
        for name, kind, lon, lat in zip(
            own.names, own.kinds, own.lon.tolist(), own.lat.tolist(), strict=True
        ):
            if name and kind in _KINDS:
                yield name, lon, lat


def _on_sphere(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the unit sphere, shape (n, 3): order by distance survives, and no meridian is a border."""
    lon, lat = np.radians(lonlat).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)
