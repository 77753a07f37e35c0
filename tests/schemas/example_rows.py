"""Small files for the readers' tests."""

from __future__ import annotations

import csv
from pathlib import Path

from cmcoord_geo.model import Finding
from cmcoord_geo.schemas import get_table

MOVEMENT = {
    "movement_id": "M-1",
    "organisation": "ORG-A",
    "origin": "Bangui",
    "destination": "Bambari",
    "depart_earliest": "2026-12-01T06:00+01:00",
    "depart_latest": "2026-12-01T08:00+01:00",
    "vehicles": "truck_6x6:4; lv_4x4:1",
    "persons": "11",
    "cargo": "vivres",
    "trip": "return",
}
CONSENT = {
    "organisation": "ORG-A",
    "movement_id": "M-1",
    "audience": "minusca_ops",
    "until": "2026-12-07T00:00+01:00",
    "withdrawn": "no",
    "accepts_mixed_patrols": "yes",
}
AREA = {
    "area_id": "Z-1",
    "name": "Zone EXERCISE",
    "effect": "cost",
    "min_per_km": "3",
    "until": "2026-12-07T00:00+01:00",
    "wkt": "POLYGON ((19.6 5.6, 19.9 5.6, 19.9 5.9, 19.6 5.9, 19.6 5.6))",
}
PATROL = {
    "patrol_id": "P-1",
    "from_place": "Bambari",
    "to_place": "Ippy",
    "start": "2026-12-01T07:00+01:00",
    "end": "2026-12-01T12:00+01:00",
    "provider": "force",
    "composition": "minusca",
}
REPORT = {
    "report_id": "R-1",
    "segment_id": "L011",
    "state": "closed",
    "reported_at": "2026-11-27T14:00+01:00",
}
INCIDENT = {
    "incident_id": "1",
    "occurred_at": "2026-11-03",
    "class": "robbery",
    "lat": "6.10",
    "lon": "20.92",
    "precision": "2",
    "place": "Bambari – Ippy",
    "source_id": "log",
}
EVENT = {
    "id": "36210",
    "date_start": "2009-02-20",
    "date_end": "2009-02-20",
    "date_prec": "1",
    "type_of_violence": "1",
    "where_prec": "2",
    "where_coordinates": "Obo town",
    "latitude": "5.399784",
    "longitude": "26.486881",
}


def write(path: Path, rows: list[dict[str, str]], *, separator: str = ",") -> Path:
    """CSV of rows; the first row's keys are the columns."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return path


def header(table: str) -> str:
    """Header of a table as a line."""
    return ",".join(column.name for column in get_table(table).columns)


def places_of(findings: tuple[Finding, ...]) -> list[tuple[str, int, str]]:
    """Severity, row and column of each finding."""
    return [(finding.severity, finding.row, finding.column) for finding in findings]
