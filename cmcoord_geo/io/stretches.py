"""Parts of road on which a row of patrols or of operations lies: by segment, places, named road or shape."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.io.roads import find_road
from cmcoord_geo.io.segments import find_segment, read_km

if TYPE_CHECKING:
    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.status_roads import StatusRoads
    from cmcoord_geo.network import RoadNetwork

Stretches = tuple[tuple[str, float, float], ...]
#: Km beyond the end of a road that rounding explains.
_SLACK_KM = 0.5


def find_stretches(row: Row, network: RoadNetwork, roads: StatusRoads) -> Stretches:
    """
    Segment id and two fractions of each part; none when a fault was noted.

    One part on the bundled network; as many as the road has segments on a surveyed one.

    Parameters
    ----------
    row : Row
        With the columns ``segment_id``, ``from_place``, ``to_place``, ``road``, ``km_from`` and ``km_to``.
    network : RoadNetwork
    roads : StatusRoads
        Where the rows of the file are drawn.
    """
    if roads.is_drawn_or_named(row):
        return _drawn_or_named(row, roads)
    return _on_segment(row, network) if network.traffic is None else _on_road(row, network)


def _drawn_or_named(row: Row, roads: StatusRoads) -> Stretches:
    """Parts of segments along a shape, or of a named road; a single spot is no stretch."""
    spots = roads.find(row)
    if spots and not any(spot.high > spot.low for spot in spots):
        row.refuse("io.patrol.spot", "km_to")
    return tuple((spot.segment_id, spot.low, spot.high) for spot in spots if spot.high > spot.low)


def _on_segment(row: Row, network: RoadNetwork) -> Stretches:
    segment = find_segment(row, network)
    if segment is None:
        return ()
    km_from = read_km(row, "km_from", segment, 0.0)
    km_to = read_km(row, "km_to", segment, segment.length_km)
    if km_to < km_from:
        row.refuse("io.patrol.stretch", "km_to")
    low, high = sorted((segment.fraction(km_from), segment.fraction(km_to)))
    return ((segment.segment_id, low, high),)


def _on_road(row: Row, network: RoadNetwork) -> Stretches:
    road = find_road(row, network)
    if road is None:
        return ()
    km = [row.number_or_nan(column) for column in ("km_from", "km_to")]
    for column, value in zip(("km_from", "km_to"), km, strict=True):
        if value > road.length_km + _SLACK_KM:
            row.refuse("io.segment.beyond_road", column, length_km=said_decimal(road.length_km))
    km_from = 0.0 if math.isnan(km[0]) else km[0]
    km_to = road.length_km if math.isnan(km[1]) else km[1]
    if km_to < km_from:
        row.refuse("io.patrol.stretch", "km_to")
    return () if row.is_refused else road.stretches(km_from, km_to)
