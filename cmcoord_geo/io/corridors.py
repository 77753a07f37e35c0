"""The corridors that were requested, as a file beside the other data: what was issued stays on file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.model import CorridorRequest, TimeSpan
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from cmcoord_geo.io.row import Row
    from cmcoord_geo.network import RoadNetwork

TABLE = "corridor_requests"


def read_corridors(
    path: str | Path, *, network: RoadNetwork
) -> Reading[tuple[CorridorRequest, ...]]:
    """
    Requested corridors of a file with the columns of ``schemas.get_table("corridor_requests")``.

    One on a segment that the network does not have is kept, with a finding: it no longer stands.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table(TABLE)
    found = read_records(
        read_table(path, table),
        table,
        lambda row: _corridor(row, network),
        key=lambda corridor: corridor.corridor_id,
    )
    return Reading(content=found.kept, findings=found.findings, report=found.report)


def _corridor(row: Row, network: RoadNetwork) -> CorridorRequest:
    window = TimeSpan(earliest=row.needed_time("start"), latest=row.needed_time("end"))
    keys = tuple(row.cell("segment_ids").split())
    kinds = tuple(row.cell("presence").split())
    known = get_table("movements")["presence"].values
    if any(kind not in known for kind in kinds):
        row.refuse("io.corridor.presence", "presence", known=", ".join(known))
    if not row.is_refused and window.latest <= window.earliest:
        row.refuse("io.corridor.backwards", "end")
    beside = tuple(row.cell("beside_ids").split())
    gone = [key for key in (*keys, *beside) if key not in network.segment_index]
    if gone:
        row.warn("io.corridor.no_segment", "segment_ids", keys=", ".join(gone[:3]))
    return CorridorRequest(
        corridor_id=row.identifier("corridor_id"),
        segment_ids=keys,
        window=window,
        presence=kinds,
        accepts_mixed=row.yes_no("accepts_mixed"),
        priority=row.count("priority") or 1,
        issued_at=row.needed_time("issued_at"),
        withdrawn_at=row.time("withdrawn_at"),
        beside_ids=beside,
    )


def corridors_csv(corridors: Iterable[CorridorRequest]) -> bytes:
    """File of requested corridors, that :func:`read_corridors` reads."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow([column.name for column in get_table(TABLE).columns])
    for corridor in corridors:
        writer.writerow(
            [
                corridor.corridor_id,
                " ".join(corridor.segment_ids),
                written_time(corridor.window.earliest),
                written_time(corridor.window.latest),
                " ".join(corridor.presence),
                "yes" if corridor.accepts_mixed else "no",
                corridor.priority,
                written_time(corridor.issued_at),
                written_time(corridor.withdrawn_at),
                " ".join(corridor.beside_ids),
            ]
        )
    return made.getvalue().encode("utf-8-sig")


def written_time(moment: datetime | None) -> str:
    """Time with its zone as files hold it; empty without one."""
    return "" if moment is None else moment.isoformat(timespec="seconds")
