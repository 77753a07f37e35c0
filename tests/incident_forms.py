"""Incident files as their publishers write them, with invented content: EXERCISE / EXERCICE."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from schemas.example_rows import write

#: The 31 columns of an export of ACLED.
ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
ACLED = dict.fromkeys(ACLED_COLUMNS, "") | {
    "event_id_cnty": "CAR1",
    "event_date": "2026-10-03",
    "year": "2026",
    "time_precision": "1",
    "event_type": "Violence against civilians",
    "sub_event_type": "Attack",
    "actor1": "EXERCISE: Group Kanari",
    "inter1": "Rebel group",
    "actor2": "EXERCISE: Civilians",
    "inter2": "Civilians",
    "interaction": "Rebel group-Civilians",
    "iso": "140",
    "country": "Central African Republic",
    "location": "Ippy",
    "latitude": "6.2681",
    "longitude": "21.2254",
    "geo_precision": "1",
    "notes": "EXERCISE: invented.",
    "fatalities": "0",
    "timestamp": "1790000000",
}
INSO = {
    "ref": "X-1",
    "date": "2026-10-05",
    "act": "Armed robbery",
    "actor": "Coupeurs de route",
    "location": "Bambari – Ippy",
    "impact": "EXERCISE: goods taken",
    "ngo affected": "yes",
    "latitude": "6.10",
    "longitude": "20.92",
    "precision": "near",
}
KOBO = {
    "start": "2026-10-06T08:00:00.000+01:00",
    "incident/date_incident": "2026-10-05",
    "incident/type_incident": "braquage",
    "incident/auteur": "inconnus",
    "lieu/_geopoint": "6.10 20.92 420.5 8.0",
    "lieu/village": "EXERCICE",
    "description": "EXERCICE : inventé",
    "_id": "101",
    "_uuid": "aaaa-1",
    "_submission_time": "2026-10-06T07:10:00",
}


def weekly(base: dict[str, str], day: str, key: str, *, count: int = 20) -> list[dict[str, str]]:
    """Rows a week apart, enough of them to say something of roads."""
    start = date(2026, 4, 1)
    return [base | {key: f"W{n}", day: str(start + timedelta(days=7 * n))} for n in range(count)]


def write_acled(path: Path, *changes: dict[str, str]) -> Path:
    """CSV of ACLED rows that differ from the first in some cells."""
    return write(
        path, [ACLED | {"event_id_cnty": f"CAR{n}"} | row for n, row in enumerate(changes, 1)]
    )


def write_acled_json(path: Path, *changes: dict[str, Any]) -> Path:
    """Answer of ACLED's API: numbers are numbers."""
    rows = [ACLED | {"event_id_cnty": f"CAR{n}"} | row for n, row in enumerate(changes, 1)]
    for row in rows:
        row |= {key: int(row[key]) for key in ("geo_precision", "time_precision", "timestamp")}
    content = {"status": 200, "success": True, "count": len(rows), "data": rows}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_points(path: Path, rows: list[dict[str, Any]], *, lon: str, lat: str) -> Path:
    """GeoJSON of points; their degrees leave the properties."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(row[lon]), float(row[lat])]},
            "properties": {key: value for key, value in row.items() if key not in {lon, lat}},
        }
        for row in rows
    ]
    content = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
