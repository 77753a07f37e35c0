"""What others announced: operations and closures on roads, activities at places, sites to keep away from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.io.folding import by_row
from cmcoord_geo.io.located import read_located
from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.status_roads import StatusRoads
from cmcoord_geo.io.stretches import find_stretches
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


def read_operations(
    path: str | Path,
    *,
    network: RoadNetwork,
    conventions: Conventions = ISO,
    config: StatusConfig | None = None,
) -> Reading[tuple[Operation, ...]]:
    """
    Announced operations and closures, with the columns of ``schemas.get_table("operations")``, or as a layer.

    One without a complete window is kept, with a finding: it may be at any time.

    Parameters
    ----------
    path : str or Path
    network : RoadNetwork
    conventions : Conventions
    config : StatusConfig, optional
        How far off its road a drawn operation may lie, as for road reports.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table("operations")
    text, shapes = read_located(path, table, conventions=conventions)
    limit_m = (config or StatusConfig()).match_limit_m
    roads = StatusRoads(network, shapes, limit_m=limit_m, id_column="operation_id")
    found = read_records(
        text,
        table,
        lambda row: _operation(row, network, roads),
        key=lambda one: one,
        conventions=conventions,
    )
    told = roads.findings(text.file, text.sheet)
    return Reading(
        content=found.kept, findings=by_row((*found.findings, *told)), report=found.report
    )


def _operation(row: Row, network: RoadNetwork, roads: StatusRoads) -> Operation:
    start, end = _window(row)
    operation = Operation(
        operation_id=row.identifier("operation_id"),
        stretches=find_stretches(row, network, roads),
        start=start,
        end=end,
        valid_until=row.time("valid_until"),
    )
    if not row.is_refused:
        roads.keep(row)
    return operation


def _window(row: Row) -> tuple[datetime | None, datetime | None]:
    start, end = row.time("start"), row.time("end")
    if row.is_refused:
        return start, end
    if start is None or end is None:
        row.warn("io.announced.no_time", "start" if start is None else "end")
    elif end < start:
        row.refuse("io.announced.backwards", "end")
    return start, end


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
