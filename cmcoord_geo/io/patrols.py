"""
Patrol windows, as the other side released them: a table (CSV, XLSX) or a map layer (GeoJSON, GeoPackage).

A row says where by a segment, two places, a named road with km, or its shape; when by a window; and whether
it is offered or was done. What it leaves out is a finding, and is never made up.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.io.folding import by_row
from cmcoord_geo.io.located import read_located
from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.status_roads import StatusRoads
from cmcoord_geo.io.stretches import Stretches, find_stretches
from cmcoord_geo.io.values import ISO
from cmcoord_geo.picture import Patrols
from cmcoord_geo.schemas import get_table
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.network import RoadNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolRow:
    """
    One row of a file; times None where they are not known.

    Attributes
    ----------
    stretches : tuple of (segment id, fraction, fraction)
        One on the bundled network; as many as the road has segments on a surveyed one. Each becomes a row of
        :class:`~cmcoord_geo.picture.Patrols`.
    """

    patrol_id: str
    stretches: Stretches
    start: datetime | None
    end: datetime | None
    passed: datetime | None
    valid_until: datetime | None
    provider: str
    composition: str


def read_patrols(
    path: str | Path,
    *,
    network: RoadNetwork,
    conventions: Conventions = ISO,
    config: StatusConfig | None = None,
) -> Reading[Patrols]:
    """
    Patrols of a file with the columns of ``schemas.get_table("patrols")``.

    A patrol without times is kept, with a finding: nothing can be said of meetings with it. Only a row that
    repeats another in everything is a duplicate, because a patrol may pass a segment twice.

    Parameters
    ----------
    path : str or Path
    network : RoadNetwork
        Segments that rows may name.
    conventions : Conventions
    config : StatusConfig, optional
        How far off its road a drawn patrol may lie, as for road reports.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table("patrols")
    text, shapes = read_located(path, table, conventions=conventions)
    limit_m = (config or StatusConfig()).match_limit_m
    roads = StatusRoads(network, shapes, limit_m=limit_m, id_column="patrol_id")
    found = read_records(
        text, table, lambda row: _patrol(row, network, roads), key=astuple, conventions=conventions
    )
    told = roads.findings(text.file, text.sheet)
    return Reading(
        content=_columns(found.kept),
        findings=by_row((*found.findings, *told)),
        report=found.report,
    )


def _patrol(row: Row, network: RoadNetwork, roads: StatusRoads) -> PatrolRow:
    patrol = PatrolRow(
        patrol_id=row.identifier("patrol_id"),
        stretches=find_stretches(row, network, roads),
        start=row.time("start"),
        end=row.time("end"),
        passed=row.time("passed_at"),
        valid_until=row.time("valid_until"),
        provider=row.choice("provider") or "unknown",
        composition=row.choice("composition") or "unknown",
    )
    if not row.is_refused:
        _check(row, patrol)
    if not row.is_refused:
        roads.keep(row)
    return patrol


def _check(row: Row, patrol: PatrolRow) -> None:
    if patrol.start is None or patrol.end is None:
        row.warn("io.patrol.no_time", "start" if patrol.start is None else "end")
    elif patrol.end < patrol.start:
        row.refuse("io.patrol.backwards", "end")
    if patrol.valid_until and patrol.start and patrol.valid_until < patrol.start:
        row.warn("io.patrol.void", "valid_until")
    if patrol.composition == "unknown":
        row.warn("io.patrol.composition", "composition")
    state = row.choice("state")
    if state == "confirmed" and patrol.passed is None:
        row.warn("io.patrol.no_passage", "passed_at")
    if state == "offered" and patrol.passed is not None:
        row.warn("io.patrol.passed_anyway", "state")


def _columns(read: Sequence[PatrolRow]) -> Patrols:
    rows = [row for row in read for _ in row.stretches]
    stretches = [stretch for row in read for stretch in row.stretches]
    return Patrols(
        patrol_id=tuple(row.patrol_id for row in rows),
        segment_id=tuple(segment_id for segment_id, _, _ in stretches),
        from_fraction=np.array([low for _, low, _ in stretches], float),
        to_fraction=np.array([high for _, _, high in stretches], float),
        start_s=np.array([_seconds(row.start) for row in rows], float),
        end_s=np.array([_seconds(row.end) for row in rows], float),
        passed_s=np.array([_seconds(row.passed) for row in rows], float),
        valid_until_s=np.array([_seconds(row.valid_until) for row in rows], float),
        provider=tuple(row.provider for row in rows),
        composition=tuple(row.composition for row in rows),
    )


def _seconds(moment: datetime | None) -> float:
    return math.nan if moment is None else float(utc_seconds(moment))
