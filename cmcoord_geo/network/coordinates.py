"""
Positions as people write them: angles, UTM and MGRS, checked against the area in which they can lie.

A position outside is never moved in. Where the same figures would lie inside once latitude and longitude are
exchanged, a sign is turned or another zone is meant, the refusal shows that reading (hazard H6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.network.angles import find_angles
from cmcoord_geo.network.mgrs import find_mgrs
from cmcoord_geo.network.nearby import where_at
from cmcoord_geo.network.utm import find_utm, inverse, utm_to_lonlat
from cmcoord_geo.units import CAR_BOX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network.road_network import RoadNetwork

#: Decimal degrees that may be degrees, minutes and seconds run on: 4.2140 for 4°21'40".
_RUN_ON = re.compile(r"(?<![0-9.,])([0-9]{1,3})[.,]([0-9]{2})([0-9]{2})?(?![0-9])")
#: Degrees around a network in which a position can still belong to it.
_MARGIN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Another point that the same figures could mean, and how they would have to be read."""

    how: Said
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """
    Position that somebody typed.

    Attributes
    ----------
    lon, lat : float
        Degrees on WGS84.
    notation : str
        degrees, utm or mgrs.
    doubt_m : float
        The place lies within this distance east or west, north or south: half the side of a square of MGRS.
    others : tuple of Reading
        Other points in the area that the same figures could mean; told where this one is far from any road.
    """

    lon: float
    lat: float
    notation: str
    doubt_m: float = 0.0
    others: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Box in degrees in which a position can lie."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, network: RoadNetwork) -> Self:
        """Box of a network with a margin; all of CAR where the network lies in it."""
        west, east = float(network.lon.min()), float(network.lon.max())
        south, north = float(network.lat.min()), float(network.lat.max())
        low, high = (west - _MARGIN, south - _MARGIN), (east + _MARGIN, north + _MARGIN)
        if CAR.holds((west + east) / 2, (south + north) / 2):
            low = (min(low[0], CAR.west), min(low[1], CAR.south))
            high = (max(high[0], CAR.east), max(high[1], CAR.north))
        return cls(west=low[0], south=low[1], east=high[0], north=high[1])

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a position lies in the box."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


CAR = Area(west=CAR_BOX[0], south=CAR_BOX[1], east=CAR_BOX[2], north=CAR_BOX[3])


def find_position(text: str, *, area: Area = CAR) -> Position | None:
    """
    Position that a text says; None where it is none at all, such as the name of a place.

    Parameters
    ----------
    text : str
        Degrees (``4.361, 18.555``, ``4,361 18,555``, ``4°21'40"N 18°33'18"E``), UTM
        (``34N 228633 482471``) or MGRS (``34NBK 28633 82471``).
    area : Area, optional
        Where it can lie; CAR and its surroundings by default.

    Raises
    ------
    DataError
        It lies outside, can be read in two ways, or does not hold together.

    Examples
    --------
    >>> find_position("4.361, 18.555").lon, find_position("Bangui")
    (18.555, None)
    """
    if square := find_mgrs(text):
        lon, lat, doubt_m = square
        found = Position(lon=lon, lat=lat, notation="mgrs", doubt_m=doubt_m)
    elif metres := find_utm(text):
        return _of_utm(text, *metres, area=area)
    elif angles := find_angles(text):
        found = Position(lon=angles[1], lat=angles[0], notation="degrees")
    else:
        return None
    if not area.holds(found.lon, found.lat):
        raise _outside(text, found, area)
    others = (reading for reading in _misread(text, found) if area.holds(reading.lon, reading.lat))
    return replace(found, others=tuple(others))


def _of_utm(
    text: str, zone: int, letter: str, east_m: float, north_m: float, *, area: Area
) -> Position:
    word = text.strip()
    lon, lat = utm_to_lonlat(zone, letter, east_m, north_m, word=word)
    found = Position(lon=lon, lat=lat, notation="utm")
    others = tuple(
        reading
        for reading in _other_metres(zone, east_m, north_m)
        if area.holds(reading.lon, reading.lat)
    )
    if area.holds(lon, lat):
        return replace(found, others=others)
    if others:
        raise problem(
            DataError,
            "position.misread",
            word=word,
            lat=f"{lat:.3f}",
            lon=f"{lon:.3f}",
            area=_said_area(area),
            reading=others[0].how,
            fixed=written(others[0].lon, others[0].lat),
        )
    raise _outside(text, found, area)


def _other_metres(zone: int, east_m: float, north_m: float) -> Iterator[Reading]:
    """The same metres in a zone near by, or exchanged."""
    for other in (zone - 1, zone + 1, zone - 2, zone + 2):
        if 1 <= other <= 60:
            lon, lat = inverse(other).transform(east_m, north_m)
            yield Reading(how=said("reading.zone", zone=other), lon=float(lon), lat=float(lat))
    lon, lat = inverse(zone).transform(north_m, east_m)
    yield Reading(how=said("reading.east_north"), lon=float(lon), lat=float(lat))


def _misread(text: str, found: Position) -> Iterator[Reading]:
    """Degrees that were exchanged, or degrees, minutes and seconds that were typed as a decimal number."""
    if found.notation != "degrees":
        return
    yield Reading(how=said("reading.swapped"), lon=found.lat, lat=found.lon)
    parts = _RUN_ON.findall(text)
    if len(parts) == 2 and all(int(m) < 60 and int(s or 0) < 60 for _, m, s in parts):
        lat, lon = (int(d) + int(m) / 60 + int(s or 0) / 3600 for d, m, s in parts)
        yield Reading(how=said("reading.minutes"), lon=lon, lat=lat)


def _outside(text: str, found: Position, area: Area) -> DataError:
    """Refusal of a position, with the reading that would lie inside where there is one."""
    read: dict[str, Any] = {
        "word": text.strip(),
        "lat": f"{found.lat:g}",
        "lon": f"{found.lon:g}",
        "area": _said_area(area),
    }
    for key, lat, lon in _other_readings(found):
        if area.holds(lon, lat):
            fixed = written(lon, lat)
            return problem(DataError, key, fixed=fixed, where=_said_there(lon, lat), **read)
    return problem(
        DataError,
        "position.outside",
        west=f"{area.west:g}",
        south=f"{area.south:g}",
        east=f"{area.east:g}",
        north=f"{area.north:g}",
        **read,
    )


def _said_area(area: Area) -> Said:
    """What lies in the box: CAR, or a network elsewhere."""
    is_car = area.holds(CAR.west, CAR.south) and area.holds(CAR.east, CAR.north)
    return said("position.area_car" if is_car else "position.area_network")


def _said_there(lon: float, lat: float) -> Said | str:
    """Where a point of CAR lies, by its nearest town; nothing of a point elsewhere."""
    if not CAR.holds(lon, lat):
        return ""
    return said("position.there", where=where_at(lon, lat))


def _other_readings(found: Position) -> Iterator[tuple[str, float, float]]:
    if found.notation == "degrees":
        yield "position.swapped", found.lon, found.lat
        yield "position.sign", found.lat, -found.lon
        yield "position.sign", -found.lat, found.lon
        yield "position.sign", -found.lat, -found.lon


def written(lon: float, lat: float) -> str:
    """Decimal degrees to be typed, five digits after the point at most and one at least."""
    return ", ".join(re.sub(r"(\.\d+?)0+$", r"\1", f"{part:.5f}") for part in (lat, lon))
