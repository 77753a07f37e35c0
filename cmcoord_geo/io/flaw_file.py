"""
What looks wrong on a network as a layer for QGIS and JOSM: a point for each finding.

It is made of public data alone, so it is written here beside the network itself, with its source and licence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmcoord_geo.io.public_files import geojson, target, write_geopackage, write_whole
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.network.flaws import FlawGroup, FlawPlace

SUFFIXES = (".geojson", ".gpkg")
_LAYER = "findings"
_COLUMNS = (
    *("kind", "rank", "said_fr", "said_en", "where_fr", "where_en", "town", "town_km", "direction"),
    *(
        "length_m",
        "away_m",
        "roads",
        "is_cut",
        "names",
        "segment_ids",
        "way_ids",
        "other_id",
        "other_name",
    ),
    *("tag", "effect", "count", "example"),
)
#: Columns of whole numbers and of other figures, either of which may be empty.
_WHOLE, _FIGURES = ("rank", "roads", "count"), ("town_km", "length_m", "away_m")


def write_flaws(
    network: RoadNetwork,
    groups: Sequence[FlawGroup],
    path: str | Path,
    *,
    is_forced: bool = False,
) -> Path:
    """
    Write a point for each place, kind by kind, worst first.

    Parameters
    ----------
    network : RoadNetwork
        Its name, source and licence go into the file.
    groups : sequence of FlawGroup
    path : str or Path
        ``.geojson`` (RFC 7946) or ``.gpkg`` (layer findings).
    is_forced : bool
        Whether a file that is already there may be replaced.

    Raises
    ------
    DataError
        The name says no format, the file is there already, or the system refuses.
    """
    where = target(path, suffixes=SUFFIXES, is_forced=is_forced)
    rows = [
        (_row(place, rank), _lonlat(place))
        for group in groups
        for rank, place in enumerate(group.places, start=1)
    ]
    about = {"name": network.name, "source": network.source, "licence": network.licence}

    def write(part: Path) -> None:
        if part.suffix.lower() == ".gpkg":
            _write_layer(part, rows, about)
            return
        features = ((row, "Point", lonlat) for row, lonlat in rows)
        part.write_text(geojson(about, features), encoding="utf-8", newline="\n")

    return write_whole(where, write)


_Rows = list[tuple[dict[str, Any], "tuple[float, float] | None"]]


def _row(place: FlawPlace, rank: int) -> dict[str, Any]:
    """Columns of a finding: words in both languages, then figures and ids."""
    flaw = place.flaw
    return {
        "kind": flaw.kind,
        "rank": rank,
        "said_fr": place.said.fr,
        "said_en": place.said.en,
        "where_fr": place.where.fr,
        "where_en": place.where.en,
        "town": place.town,
        "town_km": None if place.town_m is None else round(place.town_m / KM_M, 2),
        "direction": place.direction,
        "length_m": _rounded(flaw.length_m),
        "away_m": _rounded(flaw.away_m),
        "roads": flaw.roads,
        "is_cut": flaw.is_cut,
        "names": "; ".join(flaw.names),
        "segment_ids": " ".join(flaw.segment_ids),
        "way_ids": " ".join(f"w{way}" for way in flaw.way_ids),
        "other_id": flaw.other_id,
        "other_name": flaw.other_name,
        "tag": flaw.tag,
        "effect": flaw.effect,
        "count": flaw.count,
        "example": flaw.example,
    }


def _rounded(metres: float | None) -> float | None:
    return None if metres is None else round(metres, 2)


def _lonlat(place: FlawPlace) -> tuple[float, float] | None:
    lon, lat = place.flaw.lon, place.flaw.lat
    return None if lon is None or lat is None else (lon, lat)


def _write_layer(part: Path, rows: _Rows, about: Mapping[str, str]) -> None:
    import geopandas as gpd
    from shapely import Point

    points = [None if lonlat is None else Point(lonlat) for _, lonlat in rows]
    columns = {key: [row[key] for row, _ in rows] for key in _COLUMNS}
    layer = gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")
    for key in _WHOLE:
        layer[key] = layer[key].astype("Int64")
    for key in _FIGURES:
        layer[key] = layer[key].astype("float64")
    write_geopackage(part, {_LAYER: layer}, about)
