"""What others announced: operations and closures on roads, activities at places, sites to keep away from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.roads import find_road
from cmcoord_geo.io.segments import find_segment, read_km
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.io.values import ISO
from cmcoord_geo.model import Activity, Operation
from cmcoord_geo.schemas import get_table
from cmcoord_geo.units import CAR_BOX

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.network import RoadNetwork

_Stretches = tuple[tuple[str, float, float], ...]


def read_operations(
    path: str | Path, *, network: RoadNetwork, conventions: Conventions = ISO
) -> Reading[tuple[Operation, ...]]:
    """
    Announced operations and closures, with the columns of ``schemas.get_table("operations")``.

    One without a complete window is kept, with a finding: it may be at any time.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table("operations")
    text = read_table(path, table, conventions=conventions)
    found = read_records(
        text,
        table,
        lambda row: _operation(row, network),
        key=lambda one: one,
        conventions=conventions,
    )
    return Reading(content=found.kept, findings=found.findings, report=found.report)


def _operation(row: Row, network: RoadNetwork) -> Operation:
    stretches = _on_segment(row, network) if network.traffic is None else _on_road(row, network)
    start, end = _window(row)
    return Operation(
        operation_id=row.identifier("operation_id"),
        stretches=stretches,
        start=start,
        end=end,
        valid_until=row.time("valid_until"),
    )


def _window(row: Row) -> tuple[datetime | None, datetime | None]:
    start, end = row.time("start"), row.time("end")
    if row.is_refused:
        return start, end
    if start is None or end is None:
        row.warn("io.announced.no_time", "start" if start is None else "end")
    elif end < start:
        row.refuse("io.announced.backwards", "end")
    return start, end


def _on_segment(row: Row, network: RoadNetwork) -> _Stretches:
    segment = find_segment(row, network)
    if segment is None:
        return ()
    km = (
        read_km(row, "km_from", segment, 0.0),
        read_km(row, "km_to", segment, segment.length_km),
    )
    if km[1] < km[0]:
        row.refuse("io.patrol.stretch", "km_to")
    low, high = sorted(segment.fraction(one) for one in km)
    return ((segment.segment_id, low, high),)


def _on_road(row: Row, network: RoadNetwork) -> _Stretches:
    road = find_road(row, network)
    if road is None:
        return ()
    low, high = row.number_or_nan("km_from"), row.number_or_nan("km_to")
    km_from = 0.0 if math.isnan(low) else low
    km_to = road.length_km if math.isnan(high) else min(high, road.length_km)
    if km_to < km_from:
        row.refuse("io.patrol.stretch", "km_to")
        return ()
    return road.stretches(km_from, km_to)


def read_activities(
    path: str | Path, *, network: RoadNetwork, conventions: Conventions = ISO
) -> Reading[tuple[Activity, ...]]:
    """
    Distributions, quick impact projects and CIMIC activities (``schemas.get_table("activities")``).

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table("activities")
    text = read_table(path, table, conventions=conventions)
    found = read_records(
        text,
        table,
        lambda row: _activity(row, network),
        key=lambda one: one,
        conventions=conventions,
    )
    return Reading(content=found.kept, findings=found.findings, report=found.report)


def _activity(row: Row, network: RoadNetwork) -> Activity:
    start, end = _window(row)
    kind = row.choice("kind")
    place_id = row.place("place") if network.traffic is None else row.place_on(network, "place")
    return Activity(
        activity_id=row.identifier("activity_id"),
        kind="qip" if kind == "qip" else "cimic" if kind == "cimic" else "distribution",
        place_id=place_id,
        start=start,
        end=end,
    )


def read_sites(path: str | Path) -> Reading[tuple[tuple[float, float], ...]]:
    """
    Positions to keep nights away from (``schemas.get_table("sites")``), as (lon, lat).

    Read for one question and kept nowhere: no finding repeats a position.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table("sites")
    found = read_records(read_table(path, table), table, _site, key=lambda one: one)
    return Reading(content=found.kept, findings=found.findings, report=found.report)


def _site(row: Row) -> tuple[float, float]:
    lon, lat = row.number_or_nan("lon"), row.number_or_nan("lat")
    west, south, east, north = CAR_BOX
    if not row.is_refused and not (west <= lon <= east and south <= lat <= north):
        row.refuse("io.announced.site", "lat")
    return lon, lat
