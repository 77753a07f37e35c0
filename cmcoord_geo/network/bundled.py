"""The bundled road network: researched links from town to town, schematic, at hand offline."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import crossings, places, rows
from cmcoord_geo.network.road_network import RoadNetwork
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.facts import Crossing


@cache
def bundled_network(*, include_border: bool = False) -> RoadNetwork:
    """
    Network of ``data/roads.csv`` and ``data/gazetteer.csv``.

    Parameters
    ----------
    include_border : bool
        Whether links that cross the border are on. Off by default: a movement needs papers there that no
        table knows.

    Returns
    -------
    RoadNetwork
        Places without a link are left out.
    """
    links = [row for row in rows("roads.csv") if include_border or not _crosses_border(row)]
    ends = {row[column] for row in links for column in ("from_id", "to_id")}
    nodes = [place for place in places().values() if place.place_id in ends]
    index = {place.place_id: i for i, place in enumerate(nodes)}
    lon = np.array([place.lon for place in nodes])
    lat = np.array([place.lat for place in nodes])
    start = np.array([index[row["from_id"]] for row in links], dtype=np.int64)
    end = np.array([index[row["to_id"]] for row in links], dtype=np.int64)

    def column(name: str) -> tuple[str, ...]:
        return tuple(row[name] for row in links)

    return RoadNetwork(
        node_ids=tuple(index),
        node_names=tuple(place.name for place in nodes),
        lon=lon,
        lat=lat,
        segment_ids=column("segment_id"),
        start=start,
        end=end,
        length_m=_metres(links, "km_est"),
        length_low_m=_metres(links, "km_low"),
        length_high_m=_metres(links, "km_high"),
        lines=tuple(
            np.array([[lon[a], lat[a]], [lon[b], lat[b]]]) for a, b in zip(start, end, strict=True)
        ),
        road_class=column("class"),
        route_ref=column("route_ref"),
        surface=column("surface"),
        season_zone=column("season_zone"),
        status_dry=column("status_default_dry"),
        status_wet=column("status_default_wet"),
        max_vehicle_dry=column("max_vehicle_dry"),
        max_vehicle_wet=column("max_vehicle_wet"),
        confidence=column("confidence"),
        note=column("context_notes"),
        crossings=tuple(_crossings_on(set(column("segment_id")))),
        is_schematic=True,
        name="bundled",
        source="cmcoord-geo data/roads.csv, Nov 2026",
        licence="GeoNames CC BY 4.0; OpenStreetMap ODbL 1.0",
    )


def _crossings_on(segment_ids: set[str]) -> Iterator[Crossing]:
    """Crossings of these segments, without the segments that are left out."""
    for crossing in crossings():
        at_km = {key: km for key, km in crossing.at_km.items() if key in segment_ids}
        if at_km:
            yield replace(crossing, at_km=at_km)


def _crosses_border(row: Mapping[str, str]) -> bool:
    return len({places()[row[column]].country for column in ("from_id", "to_id")}) > 1


def _metres(links: Sequence[Mapping[str, str]], column: str) -> NDArray[np.float64]:
    return np.array([float(row[column]) * KM_M for row in links])
