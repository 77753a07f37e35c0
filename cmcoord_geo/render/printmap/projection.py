"""Degrees to millimetres on the sheet: the extent is the country's, never the data's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo import facts
from cmcoord_geo.render.printmap.boxes import Box

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

#: Equirectangular, true to scale along this parallel (degrees).
PARALLEL = 6.6
KM_PER_DEGREE_LON = 111.32 * math.cos(math.radians(PARALLEL))
KM_PER_DEGREE_LAT = 110.57
#: Share of the margin by which the country stands above the middle.
UP = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """
    Where a position falls on the sheet.

    Attributes
    ----------
    frame : Box
        The map's rectangle on the sheet.
    mm_per_km : float
    centre_lon, centre_lat : float
        What lies in the middle of the rectangle, degrees.
    """

    frame: Box
    mm_per_km: float
    centre_lon: float
    centre_lat: float

    def __call__(self, lonlat: ArrayLike) -> NDArray[np.float64]:
        """Points ``(n, 2)`` in degrees to points ``(n, 2)`` in millimetres."""
        points = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
        east_km = (points[:, 0] - self.centre_lon) * KM_PER_DEGREE_LON
        north_km = (points[:, 1] - self.centre_lat) * KM_PER_DEGREE_LAT
        return np.column_stack(
            [
                (self.frame.left + self.frame.right) / 2 + east_km * self.mm_per_km,
                (self.frame.top + self.frame.bottom) / 2 - north_km * self.mm_per_km,
            ]
        )

    @property
    def one_to(self) -> int:
        """Scale of the printed map, rounded to 100,000."""
        return round(1e6 / self.mm_per_km / 1e5) * 100_000


def country_projection(frame: Box, *, margin_mm: float) -> Projection:
    """
    Projection that fits the whole country into a rectangle, whatever the data are.

    The country stands at the eastern edge and a little above the middle: legend, lists and tables need the
    west and the south.
    """
    outline = np.vstack([np.asarray(ring, dtype=float) for ring in facts.basemap()["country"]])
    (west, south), (east, north) = outline.min(axis=0), outline.max(axis=0)
    wide_km = (east - west) * KM_PER_DEGREE_LON
    high_km = (north - south) * KM_PER_DEGREE_LAT
    mm_per_km = min(
        (frame.width - 2 * margin_mm) / wide_km, (frame.height - 2 * margin_mm) / high_km
    )
    spare_km = frame.width / mm_per_km - wide_km - 2 * margin_mm / mm_per_km
    return Projection(
        frame=frame,
        mm_per_km=mm_per_km,
        centre_lon=float(west + east) / 2 - spare_km / 2 / KM_PER_DEGREE_LON,
        centre_lat=float(south + north) / 2 - UP * margin_mm / mm_per_km / KM_PER_DEGREE_LAT,
    )
