"""HXL tags under or in place of the header."""

from __future__ import annotations

from pathlib import Path

import pytest
from schemas.example_rows import INCIDENT

from cmcoord_geo.io import read_incidents

TAGS = (
    "#event+id,#date+occurred,#event +type,#geo+lat,#geo+lon,#geo+precision,#loc+name,#group+type"
)
ROW = "H1,2026-11-03,braquage,6.10,20.92,2,Ippy,FACA"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("above", [("Code,Quand,Quoi,N,E,Préc,Où,Qui",), ()])
def test_tags_say_what_columns_hold(tmp_path: Path, above: tuple[str, ...]) -> None:
    found = read_incidents(write(tmp_path / "t.csv", *above, TAGS, ROW))
    content = found.content
    assert content.incident_id == ("H1",)
    assert content.class_id == ("robbery",)
    assert (content.lat[0], content.lon[0], content.precision[0]) == (6.10, 20.92, 2)
    assert content.place == ("Ippy",)
    assert content.actor == ("state_force",)
    assert (found.report.rows, found.report.accepted) == (1, 1)


def test_a_finding_names_row_and_column_of_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.csv", "c,quand,quoi,n,e,p,où,qui", TAGS, ROW, ROW.replace("6.10", "x")
    )
    (error,) = [f for f in read_incidents(path).findings if f.severity == "error"]
    assert (error.row, error.column) == (4, "n")


def test_a_tag_row_in_our_own_table_is_no_incident(tmp_path: Path) -> None:
    header = ",".join(INCIDENT)
    tags = "#event+id,#date+occurred,#event+type,#geo+lat,#geo+lon,#geo+precision,#loc+name,#meta+source"
    row = ",".join(f'"{cell}"' for cell in INCIDENT.values())
    found = read_incidents(write(tmp_path / "t.csv", header, tags, row))
    assert (found.report.rows, found.report.accepted, found.report.refused) == (1, 1, 0)


def test_a_date_of_report_is_no_date_of_the_event(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", TAGS.replace("#date+occurred", "#date+reported"), ROW)
    with pytest.raises(Exception, match="occurred_at"):
        read_incidents(path)


def test_hashes_that_are_no_tags_are_rows(tmp_path: Path) -> None:
    header = ",".join(INCIDENT)
    path = write(tmp_path / "t.csv", header, "#1,2026-11-03,robbery,6.1,20.9,2,#no tag,log")
    assert read_incidents(path).content.incident_id == ("#1",)
