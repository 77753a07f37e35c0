"""Town that is nearest to each of many positions, among those of the gazetteer and of the map itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.network.whereabouts import compass
from cmcoord_geo.units import geod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

#: Kinds of places of a map that a person is sent by.
_KINDS = ("city", "town", "village")
#: Nearer than this a position is at the town.
_AT_M = 100.0


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
