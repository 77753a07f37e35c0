# ruff: noqa: E501 - rows of tables
"""
EXERCISE: a week of movements and patrols on the invented extract of ``car_extract.py``, with every table.

M1 and M2 go the same road on one day, for two organisations; M3 crosses by the ferry and spends a night;
M4 is a lone vehicle; M5 is too heavy for the bridges; M6 would drive through a closed stretch. P1 is on the
road of M3 and M4, P2 passed the day before the week, P3 is mixed.
"""

from __future__ import annotations

import csv
from pathlib import Path

PICTURE = """
as_of = 2026-11-29T17:00:00+01:00
is_exercise = true
network = {network!r}

[[sources]]
id = "exercise"
name = "EXERCICE / EXERCISE"
licence = "CC0-1.0"
first = 2026-06-01
last = 2026-11-29
classes = ["ambush", "robbery", "checkpoint", "ordnance"]
areas = []
has_export = true
"""
TABLES = {
    "movements.csv": """
movement_id,organisation,origin,destination,depart_earliest,depart_latest,vehicles,persons,marking,trip,arrive_by,stops,submitted_at,need,presence
M1,ORG-A,Bambari,Bria,01T06:00,01T07:30,lv_4x4:2,6,EXERCICE,return,01T17:00,Ippy:45,2026-11-25T09:00+01:00,lifesaving,road_check
M2,ORG-B,Bambari,Bria,01T07:00,01T08:30,truck_6x6:3; lv_4x4:1,10,EXERCICE,one way,,,2026-11-26T09:00+01:00,urgent,road_check
M3,ORG-B,Sibut,Bambari,02T06:00,02T08:00,truck_6x6:2; lv_4x4:1,8,EXERCICE,return,03T12:00,Grimari:30,2026-11-25T10:00+01:00,urgent,
M4,ORG-C,Sibut,Grimari,02T06:30,02T08:00,lv_4x4:1,3,EXERCICE,return,,,2026-11-26T10:00+01:00,regular,
M5,ORG-C,Bangui,Kaga-Bandoro,01T06:00,01T07:00,heavy_truck:2,4,EXERCICE,one way,,,2026-11-26T12:00+01:00,,
M6,ORG-D,Bambari,Alindao,03T06:00,03T08:00,lv_4x4:2,6,EXERCICE,return,,,2026-11-27T12:00+01:00,,eo_verification
""",
    "consents.csv": """
organisation,movement_id,audience,until,withdrawn,accepts_mixed_patrols
ORG-A,,minusca_ops,07T00:00,no,no
ORG-B,,minusca_ops,07T00:00,no,no
ORG-C,,minusca_ops,07T00:00,no,yes
ORG-D,,minusca_ops,07T00:00,yes,no
""",
    "patrols.csv": """
patrol_id,segment_id,from_place,to_place,road,km_from,km_to,start,end,provider,composition,passed_at,valid_until
P1,,Sibut,Grimari,,,,02T07:00,02T09:00,force,minusca,,02T12:00
P2,,Ippy,Bria,RN5,0,40,2026-11-29T08:00+01:00,2026-11-29T14:00+01:00,force,minusca,2026-11-29T13:00+01:00,
P3,w79,,,,,,03T06:00,03T09:00,fpu,mixed,,03T12:00
""",
    "road_status.csv": """
report_id,from_place,to_place,road,km_from,km_to,crossing_id,state,ferry_state,delay_min,reported_at,expires_at,reporter,note
R1,,,,,,OSM-w27,restricted,slow,90,2026-11-28T08:00+01:00,,ngo,EXERCICE
R2,Bambari,Alindao,RN2,20,30,,closed,,,2026-11-28T08:00+01:00,04T06:00,ngo,EXERCICE
""",
    "operations.csv": """
operation_id,from_place,to_place,road,start,end
O1,Bambari,Ippy,RN5,01T12:00,01T18:00
""",
    "activities.csv": """
activity_id,kind,place,start,end
A1,distribution,Bria,01T08:00,01T15:00
A2,qip,Bria,01T09:00,01T12:00
""",
}  # fmt: skip
#: Where incidents lie: latitude, longitude, class; each on three days.
SPOTS = (
    (5.73, 19.6, "robbery"),
    (5.74, 19.9, "ambush"),
    (6.1, 21.05, "checkpoint"),
    (6.42, 21.6, "robbery"),
    (6.5, 21.8, "ordnance"),
    (5.4, 20.95, "ambush"),
)
DAYS = ("2026-09-12", "2026-10-20", "2026-11-20")


def write_week(folder: Path, network: Path) -> Path:
    """Write the folder; times such as ``01T06:00`` are of December 2026 in Bangui."""
    folder.mkdir(parents=True)
    (folder / "picture.toml").write_text(PICTURE.format(network=str(network)), encoding="utf-8")
    for name, table in TABLES.items():
        rows = [list(map(_moment, row)) for row in csv.reader(table.strip().splitlines())]
        _write(folder / name, rows)
    columns = ["incident_id", "occurred_at", "class", "lat", "lon", "precision", "source_id"]
    incidents = [
        [f"I{3 * i + j}", day, kind, str(lat), str(lon), "1", "exercise"]
        for i, (lat, lon, kind) in enumerate(SPOTS)
        for j, day in enumerate(DAYS)
    ]
    _write(folder / "incidents.csv", [columns, *incidents])
    return folder


def _moment(cell: str) -> str:
    is_short = len(cell) == len("01T06:00") and cell[2] == "T"
    return f"2026-12-{cell}+01:00" if is_short else cell


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
