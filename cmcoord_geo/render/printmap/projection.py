"""Degrees to millimetres on the sheet: the extent is that of the country or network, never the data's."""

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
#: Part of the rectangle that a network of its own extent gets; legend, lists and tables need the rest.
OWN_WIDE, OWN_HIGH = 0.57, 0.76
#: Maps of a larger scale than this have it in two figures.
LARGE_SCALE = 1_000_000
#: Room for the scale bar in millimetres.
COUNTRY_BAR_MM = 42.0


def km_per_degree_lon(parallel: float) -> float:
    """Length of a degree of longitude along a parallel, in km."""
    return KM_PER_DEGREE_LON if parallel == PARALLEL else 111.32 * math.cos(math.radians(parallel))


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
    parallel : float
        True to scale along this parallel, degrees.
    """

    frame: Box
    mm_per_km: float
    centre_lon: float
    centre_lat: float
    parallel: float = PARALLEL

    def __call__(self, lonlat: ArrayLike) -> NDArray[np.float64]:
        """Points ``(n, 2)`` in degrees to points ``(n, 2)`` in millimetres."""
        points = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
        east_km = (points[:, 0] - self.centre_lon) * km_per_degree_lon(self.parallel)
        north_km = (points[:, 1] - self.centre_lat) * KM_PER_DEGREE_LAT
        return np.column_stack(
            [
                (self.frame.left + self.frame.right) / 2 + east_km * self.mm_per_km,
                (self.frame.top + self.frame.bottom) / 2 - north_km * self.mm_per_km,
            ]
        )

    def window(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what the rectangle shows, degrees."""
        half_lon = self.frame.width / 2 / self.mm_per_km / km_per_degree_lon(self.parallel)
        half_lat = self.frame.height / 2 / self.mm_per_km / KM_PER_DEGREE_LAT
        return (
            self.centre_lon - half_lon,
            self.centre_lat - half_lat,
            self.centre_lon + half_lon,
            self.centre_lat + half_lat,
        )

    @property
    def one_to(self) -> int:
        """Scale of the printed map, rounded to 100,000; to two figures where it is larger."""
        scale = 1e6 / self.mm_per_km
        step = 100_000 if scale > LARGE_SCALE else 10 ** int(math.log10(scale) - 1)
        return round(scale / step) * step

    @property
    def bar_km(self) -> float:
        """Length of the scale bar: a round number of km that takes about as much room on every map."""
        widest_km = COUNTRY_BAR_MM / self.mm_per_km
        size = 10.0 ** math.floor(math.log10(widest_km))
        return max(size * factor for factor in (1, 2, 4) if size * factor <= widest_km)


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


def extent_projection(frame: Box, extent: tuple[float, float, float, float]) -> Projection:
    """
    Projection that fits an extent into the north-east of a rectangle.

    Parameters
    ----------
    frame : Box
    extent : tuple of float
        West, south, east and north in degrees.
    """
    west, south, east, north = extent
    parallel = (south + north) / 2
    per_lon = km_per_degree_lon(parallel)
    wide_km, high_km = (east - west) * per_lon, (north - south) * KM_PER_DEGREE_LAT
    wide_mm, high_mm = OWN_WIDE * frame.width, OWN_HIGH * frame.height
    mm_per_km = min(wide_mm / wide_km, high_mm / high_km)
    right = ((1 - OWN_WIDE) / 2) * frame.width / mm_per_km / per_lon
    up = ((1 - OWN_HIGH) / 2) * frame.height / mm_per_km / KM_PER_DEGREE_LAT
    return Projection(
        frame=frame,
        mm_per_km=mm_per_km,
        centre_lon=(west + east) / 2 - right,
        centre_lat=parallel - up,
        parallel=parallel,
    )
