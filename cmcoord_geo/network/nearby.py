"""Nearest town of a position, in words; of many positions, also among the towns of a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.network.places import nearest_places
from cmcoord_geo.units import KM_M, geod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

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


def near_towns(network: RoadNetwork, lonlat: NDArray[np.float64]) -> tuple[NearTown, ...]:
    """
    Nearest town of each position.

    Parameters
    ----------
    network : RoadNetwork
        Its own towns count beside those of the gazetteer.
    lonlat : ndarray of float64, shape (n, 2)
        Degrees on WGS84.
    """
    from scipy.spatial import cKDTree

    if not len(lonlat):
        return ()
    towns = tuple(_towns(network))
    spots = np.array([(lon, lat) for _, lon, lat in towns])
    at = np.asarray(cKDTree(_on_sphere(spots)).query(_on_sphere(lonlat))[1], dtype=np.int64)
    azimuth, _, away_m = geod().inv(*spots[at].T, *lonlat.T)
    return tuple(
        NearTown(name=towns[i][0], away_m=m, direction=compass(angle % 360))
        for i, m, angle in zip(at.tolist(), away_m.tolist(), azimuth.tolist(), strict=True)
    )


def where_at(lon: float, lat: float) -> Said:
    """Where a point lies by the nearest town of CAR."""
    (town,) = nearest_places(np.array([(lon, lat)]))
    azimuth, _, away_m = geod().inv(town.lon, town.lat, lon, lat)
    if away_m > _KNOWN_M:
        return said("place.far_away")
    if away_m < KM_M:
        return said("place.at_town", town=town.name)
    direction = said(f"compass.{compass(azimuth)}")
    return said("place.from_town", km=f"{away_m / KM_M:.0f}", town=town.name, direction=direction)


def compass(azimuth: float) -> str:
    """Letters of the eighth of the compass of a direction in degrees from north."""
    return _COMPASS[round(azimuth / 45) % len(_COMPASS)]


def _towns(network: RoadNetwork) -> Iterator[tuple[str, float, float]]:
    yield from ((place.name, place.lon, place.lat) for place in places().values())
    own = network.places
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
