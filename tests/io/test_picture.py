"""A folder to one picture: everything wrong is told together, and what is missing is not assumed."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from schemas.example_rows import AREA, CONSENT, INCIDENT, MOVEMENT, PATROL, REPORT, write
from schemas.workbooks import write_rows

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import data_dir
from cmcoord_geo.io import read_folder, read_picture

AS_OF = datetime(2026, 11, 29, 16, tzinfo=UTC)
MANIFEST = """
as_of = 2026-11-29T17:00:00+01:00
is_exercise = true

[[sources]]
id = "log"
name = "own log"
first = 2026-06-01
last = "2026-11-29"
classes = ["robbery"]
areas = ["Ouaka", "ombella m poko"]
note = "essai"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "incidents.csv", [INCIDENT])
    write(tmp_path / "movements.csv", [MOVEMENT])
    write(tmp_path / "patrols.csv", [PATROL])
    write(tmp_path / "road_status.csv", [REPORT])
    write(tmp_path / "consents.csv", [CONSENT])
    (tmp_path / "picture.toml").write_text(MANIFEST, encoding="utf-8")
    return tmp_path


def test_a_whole_folder(folder: Path) -> None:
    found = read_folder(folder)
    picture = found.picture
    assert picture.findings == ()
    assert picture.as_of == AS_OF
    assert picture.is_exercise
    assert (len(picture.incidents), len(picture.patrols)) == (1, 1)
    assert (len(picture.status), len(picture.movements), len(picture.consents)) == (1, 1, 1)
    source = picture.incidents.sources[0]
    assert source.is_exercise
    assert source.areas == ("Ouaka", "Ombella-M'Poko")
    assert source.last == datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC)
    assert [report.file for report in found.reports] == [
        "incidents.csv", "patrols.csv", "road_status.csv", "movements.csv", "consents.csv",
    ]  # fmt: skip


def test_what_is_missing_is_not_assumed(folder: Path) -> None:
    for name in ("patrols.csv", "consents.csv", "road_status.csv", "incidents.csv"):
        (folder / name).unlink()
    picture = read_picture(folder)
    assert len(picture.patrols) == len(picture.incidents) == 0
    assert picture.consents == picture.status == ()
    assert [source.source_id for source in picture.incidents.sources] == ["log"]


def test_all_faults_of_all_files_together(folder: Path) -> None:
    write(folder / "movements.csv", [MOVEMENT | {"origin": "Atlantis"}])
    write(folder / "patrols.csv", [PATROL | {"start": "soon"}])
    (folder / "road_status.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    write(folder / "consents.csv", [{"organisation": "ORG-A"}])
    (folder / "movement.csv").write_text("x", encoding="utf-8")
    found = read_picture(folder).findings
    assert {f.file for f in found if f.severity == "error"} == {
        "movements.csv", "patrols.csv", "road_status.csv", "consents.csv",
    }  # fmt: skip
    assert any(f.file == "movement.csv" and f.severity == "warning" for f in found)
    assert any("PNG" in f.said.fr and f.row == 0 for f in found)


def test_files_that_contradict_one_another(folder: Path) -> None:
    write(
        folder / "consents.csv",
        [CONSENT, CONSENT | {"movement_id": "M-9"}, CONSENT | {"organisation": "ORG-B"}],
    )
    write(
        folder / "incidents.csv",
        [
            INCIDENT | {"class": "ambush"},
            INCIDENT | {"incident_id": "2", "occurred_at": "2027-01-01"},
        ],
    )
    write(folder / "road_status.csv", [REPORT | {"reported_at": "2026-12-24T00:00Z"}])
    write(folder / "patrols.csv", [PATROL | {"passed_at": "2026-12-24T00:00Z"}])
    write(
        folder / "movements.csv",
        [MOVEMENT | {"depart_earliest": "2026-11-01T06:00Z", "depart_latest": "2026-11-01T07:00Z"}],
    )
    told = [f.said.en for f in read_picture(folder).findings]
    assert sum("Consent for the movement" in text for text in told) == 2
    assert sum("later than the cut-off" in text for text in told) == 3
    assert (
        sum("Departure already past at the cut-off of the data: M-1" in text for text in told) == 1
    )
    assert sum("outside the declared period or classes" in text for text in told) == 1


def test_a_consent_of_a_refused_movement_does_not_miss_it(folder: Path) -> None:
    write(folder / "movements.csv", [MOVEMENT | {"origin": "Atlantis"}])
    told = [f.said.en for f in read_picture(folder).findings]
    assert sum("was refused. Correct that row" in text for text in told) == 1
    assert not any("which is not in movements.csv" in text for text in told)
    (folder / "movements.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert not any("Consent for" in f.said.en for f in read_picture(folder).findings)


def test_incidents_in_two_files_are_counted_once(folder: Path) -> None:
    write(folder / "incidents_2.csv", [INCIDENT, INCIDENT | {"incident_id": "2"}])
    picture = read_picture(folder)
    assert picture.incidents.incident_id == ("1", "2")
    assert [source.source_id for source in picture.incidents.sources] == ["log"]
    assert "counted once" in picture.findings[0].said.en


def test_an_undeclared_source_in_two_files_keeps_two_periods(folder: Path) -> None:
    """Between the two nothing is known, so they must not become one long period."""
    write(folder / "incidents.csv", [INCIDENT | {"source_id": "x", "occurred_at": "2019-01-01"}])
    write(folder / "incidents_2.csv", [INCIDENT | {"source_id": "x", "incident_id": "2"}])
    rows = read_picture(folder).incidents
    years = [
        (source.first.year, source.last.year)
        for source in rows.sources
        if source.source_id != "log"
    ]
    assert years == [(2019, 2019), (2026, 2026)]
    assert len(set(rows.source_id)) == 2
    assert set(rows.source_id) <= {source.source_id for source in rows.sources}


def test_the_cutoff_is_given_declared_or_now(folder: Path) -> None:
    other = datetime(2026, 12, 1, tzinfo=UTC)
    assert read_picture(folder, as_of=other).as_of == other
    (folder / "picture.toml").unlink()
    picture = read_picture(folder)
    assert abs((picture.as_of - datetime.now(UTC)).total_seconds()) < 60
    assert any(f.file == "picture.toml" for f in picture.findings)


@pytest.mark.parametrize(
    "text",
    [
        "as_of = 2026-11-29T17:00:00",
        "as_of = 'yesterday'",
        "as_of = 5",
        "is_exercise = 'no'",
        "cutoff = 1",
        "sources = 1",
        "[[sources]]\nid = 'x'",
        MANIFEST + MANIFEST[MANIFEST.index("[[") :],
        MANIFEST.replace("2026-06-01", "2027-06-01"),
        MANIFEST.replace("robbery", "theft"),
        MANIFEST.replace("Ouaka", "Atlantis"),
        MANIFEST.replace('"essai"', "{ fr = 'essai' }"),
        MANIFEST.replace('"own log"', "5"),
        "x = " + "[" * 5000,
        "x = " + "9" * 5000,
        "= =",
        "\x00",
    ],
)
def test_a_manifest_that_cannot_be_read_says_so(folder: Path, text: str) -> None:
    (folder / "picture.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"picture\.toml"):
        read_picture(folder)


def test_no_folder_and_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not there"):
        read_picture(tmp_path / "none")
    with pytest.raises(DataError, match=r"movements\.csv"):
        read_picture(tmp_path)


def test_names_of_folders_stay_out_of_findings(folder: Path) -> None:
    shutil.copytree(folder, folder / "CANARY")
    (folder / "CANARY" / "consents.csv").write_bytes(b"\x00")
    findings = read_picture(folder / "CANARY").findings
    assert findings
    assert all("CANARY" not in f"{f.said.en}{f.said.fr}{f.file}" for f in findings)


def test_the_exercise_week_reads_without_an_error() -> None:
    found = read_folder(data_dir() / "exercise")
    assert found.picture.is_exercise
    assert [f.severity for f in found.picture.findings] == ["warning"]
    assert all(report.rows == report.accepted for report in found.reports)


def test_areas_of_the_folder_are_known_and_checked(folder: Path) -> None:
    """As a table or a layer; one that changes nothing, or cannot be read, is a finding of its file."""
    far = "POLYGON ((14.5 2.5, 14.6 2.5, 14.6 2.6, 14.5 2.5))"
    rows = [
        AREA,
        AREA | {"area_id": "Z-2", "wkt": far},
        AREA | {"area_id": "Z-3", "until": "2026-11-01T00:00Z"},
        AREA | {"area_id": "Z-4", "wkt": "POLYGON"},
    ]
    write(folder / "areas.csv", rows)
    read = read_folder(folder)
    assert [area.area_id for area in read.picture.areas] == ["Z-1", "Z-2", "Z-3"]
    told = [f for f in read.picture.findings if f.file == "areas.csv"]
    assert [(f.severity, f.row, f.column) for f in told] == [
        ("error", 5, "wkt"), ("warning", 0, ""), ("warning", 0, "until"),
    ]  # fmt: skip
    (report,) = [one for one in read.reports if one.table == "areas"]
    assert (report.rows, report.accepted, report.refused) == (4, 3, 1)
    (folder / "areas.csv").unlink()
    shape = {
        "type": "Polygon",
        "coordinates": [[[19.6, 5.6], [19.9, 5.6], [19.9, 5.9], [19.6, 5.6]]],
    }
    told_of = {name: value for name, value in AREA.items() if name != "wkt"}
    feature = {"type": "Feature", "geometry": shape, "properties": told_of}
    layer = {"type": "FeatureCollection", "features": [feature]}
    (folder / "areas.geojson").write_text(json.dumps(layer), encoding="utf-8")
    assert [area.area_id for area in read_picture(folder).areas] == ["Z-1"]


def test_tables_may_be_workbooks_and_road_status_a_layer(folder: Path) -> None:
    """One table may lie there as a workbook; the same table twice is refused, never picked in silence."""
    for name, row in (("movements", MOVEMENT), ("patrols", PATROL), ("incidents", INCIDENT)):
        (folder / f"{name}.csv").unlink()
        write_rows(folder / f"{name}.xlsx", [row], sheet=name)
    (folder / "road_status.csv").rename(folder / "kept.csv")
    closed = {"type": "Feature", "geometry": None, "properties": REPORT}
    layer = {"type": "FeatureCollection", "features": [closed]}
    (folder / "road_status.geojson").write_text(json.dumps(layer), encoding="utf-8")
    found = read_folder(folder)
    picture = found.picture
    assert (len(picture.incidents), len(picture.patrols)) == (1, 1)
    assert (len(picture.status), len(picture.movements), len(picture.consents)) == (1, 1, 1)
    assert [finding.file for finding in picture.findings] == ["kept.csv"]
    (folder / "kept.csv").rename(folder / "road_status.csv")
    twice = read_folder(folder).picture
    assert len(twice.status) == 1
    assert [(f.severity, f.file) for f in twice.findings] == [("error", "road_status.geojson")]
    assert "road_status.csv" in twice.findings[0].said.en


def test_findings_name_the_file_that_lies_there(folder: Path) -> None:
    (folder / "consents.csv").unlink()
    write_rows(folder / "consents.xlsx", [CONSENT | {"movement_id": "M-9"}], sheet="consents")
    (finding,) = read_folder(folder).picture.findings
    assert (finding.file, finding.column) == ("consents.xlsx", "movement_id")
