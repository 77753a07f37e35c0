"""Reports on roads and crossings from a CSV file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, cast

from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.segments import find_segment, read_km
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.io.values import ISO
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from pathlib import Path

    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.network import RoadNetwork

State = Literal["open", "restricted", "closed", "unknown"]


def read_status(
    path: str | Path, *, network: RoadNetwork, conventions: Conventions = ISO
) -> Reading[tuple[RoadStatus, ...]]:
    """
    Road reports of a CSV file with the columns of ``schemas.get_table("road_status")``.

    A report on a crossing may leave the segment out; it then stands at the first segment that uses the
    crossing.

    Parameters
    ----------
    path : str or Path
    network : RoadNetwork
        Segments and crossings that rows may name.
    conventions : Conventions

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table("road_status")
    text = read_table(path, table, conventions=conventions)
    found = read_records(
        text,
        table,
        lambda row: _report(row, network),
        key=lambda report: report.report_id,
        conventions=conventions,
    )
    return Reading(content=found.kept, findings=found.findings, report=found.report)


def _report(row: Row, network: RoadNetwork) -> RoadStatus:
    segment_id, at_fraction = _where(row, network)
    max_gross_t = row.number_or_nan("max_gross_t")
    report = RoadStatus(
        report_id=row.identifier("report_id"),
        segment_id=segment_id,
        crossing_id=row.identifier("crossing_id"),
        state=cast("State", row.choice("state") or "unknown"),
        max_vehicle=row.choice("max_vehicle"),
        max_gross_t=None if math.isnan(max_gross_t) else max_gross_t,
        reported_at=row.needed_time("reported_at"),
        expires_at=row.time("expires_at"),
        reporter=row.choice("reporter") or "unknown",
        is_verified=row.yes_no("verified"),
        at_fraction=at_fraction,
        note=row.text("note"),
    )
    if not row.is_refused:
        _check(row, report)
    return report


def _where(row: Row, network: RoadNetwork) -> tuple[str, float | None]:
    """Segment and place along it of a report."""
    crossing = _crossing(row, network)
    names_segment = any(row.cell(name) for name in ("segment_id", "from_place", "to_place"))
    if crossing and not names_segment:
        return crossing[0], None
    segment = find_segment(row, network)
    if segment is None:
        return "", None
    if crossing and segment.segment_id not in crossing:
        row.refuse("io.status.crossing_elsewhere", "crossing_id", ids=", ".join(crossing))
    km = read_km(row, "at_km", segment, math.nan)
    return segment.segment_id, None if math.isnan(km) else segment.fraction(km)


def _crossing(row: Row, network: RoadNetwork) -> tuple[str, ...]:
    """Segments of the network that use the crossing of a row; empty when it names none."""
    crossing_id = row.identifier("crossing_id")
    if not crossing_id:
        return ()
    for crossing in network.crossings:
        if crossing.crossing_id == crossing_id:
            return tuple(key for key in crossing.at_km if key in network.segment_index)
    row.refuse("io.status.crossing_unknown", "crossing_id")
    return ()


def _check(row: Row, report: RoadStatus) -> None:
    if report.expires_at and report.expires_at <= report.reported_at:
        row.refuse("io.status.expired", "expires_at")
    if report.state == "restricted" and not report.max_vehicle and report.max_gross_t is None:
        row.warn("io.status.restricted_to", "max_vehicle")
    if report.state != "restricted" and (report.max_vehicle or report.max_gross_t is not None):
        row.warn("io.status.not_restricted", "max_vehicle")
