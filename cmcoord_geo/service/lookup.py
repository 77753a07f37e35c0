"""Look a place or a position up: where it lies, in every notation, and its nearest road."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import SnapError
from cmcoord_geo.facts import places
from cmcoord_geo.network import bundled_network
from cmcoord_geo.network.ground import Ground
from cmcoord_geo.network.landing import land
from cmcoord_geo.network.notations import to_decimal, to_sexagesimal, to_square, to_utm
from cmcoord_geo.network.prefectures import prefectures_around
from cmcoord_geo.network.spots import fits_of
from cmcoord_geo.network.whereabouts import kind_of, where_of
from cmcoord_geo.service.networks import load_network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.network.landing import Landing
    from cmcoord_geo.network.whereabouts import Spot

#: Farther than this no road is named, in metres.
_ROAD_M = 20_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """
    One place or position that answers to a word.

    Attributes
    ----------
    place_id, name : str
    kind, where : Said
    lon, lat : float
        Degrees.
    decimal, sexagesimal, utm, mgrs : str
        The position as it may be typed; UTM and MGRS are empty south of the equator.
    prefectures : tuple of str
        By the law of 2021 for a place of the gazetteer; else of the 17 before, the neighbours too where the
        outline is too near to tell.
    is_outline : bool
        Whether the prefectures come from the outlines of before 2021.
    road : str
        Nearest road of the network, open or not; empty without a network or within 20 km.
    away_m : float or None
        To that road.
    told : tuple of Said
        What lies between.
    """

    place_id: str
    name: str
    kind: Said
    where: Said
    lon: float
    lat: float
    decimal: str
    sexagesimal: str
    utm: str
    mgrs: str
    prefectures: tuple[str, ...]
    is_outline: bool
    road: str = ""
    away_m: float | None = None
    told: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Everything that answers to a word; whether roads of a network were looked at."""

    word: str
    has_roads: bool
    locations: tuple[Location, ...]


def look_up(word: str, *, network: Path | None = None) -> LookUp:
    """
    Every place that answers to a word, or the position that it is.

    Parameters
    ----------
    word : str
    network : Path, optional
        Network file whose places and roads are looked at too.

    Raises
    ------
    UnknownPlaceError
        Nothing fits.
    DataError
        It is a position that cannot be meant, or the file cannot be read.
    """
    roads = bundled_network(include_border=True) if network is None else load_network(network)[0]
    found = tuple(_located(roads, fits_of(roads, word), has_roads=network is not None))
    return LookUp(word=word, has_roads=network is not None, locations=found)


def _located(
    network: RoadNetwork, spots: tuple[Spot, ...], *, has_roads: bool
) -> Iterator[Location]:
    ground = Ground.of(network, np.ones(2 * len(network), dtype=bool), limit_m=_ROAD_M)
    for spot in spots:
        landing = _landing(ground, spot) if has_roads else None
        is_known = spot.spot_id in places()
        yield Location(
            place_id=spot.spot_id,
            name=spot.name,
            kind=kind_of(spot),
            where=where_of(spot),
            lon=spot.lon,
            lat=spot.lat,
            decimal=to_decimal(spot.lon, spot.lat),
            sexagesimal=to_sexagesimal(spot.lon, spot.lat),
            utm=to_utm(spot.lon, spot.lat),
            mgrs=to_square(spot.lon, spot.lat),
            prefectures=(places()[spot.spot_id].prefecture_2021,)
            if is_known
            else prefectures_around(spot.lon, spot.lat),
            is_outline=not is_known,
            road=network.title(landing.stop.segment) if landing else "",
            away_m=landing.away_m if landing else None,
            told=landing.told if landing else spot.told,
        )


def _landing(ground: Ground, spot: Spot) -> Landing | None:
    try:
        (found,) = land(ground, [spot])
    except SnapError:
        return None
    return found
