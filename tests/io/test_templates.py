"""Templates: every table can be written, is read again, and never overwrites."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cmcoord_geo.errors import ConfigError, DataError
from cmcoord_geo.io import (
    read_areas,
    read_consents,
    read_incidents,
    read_movements,
    read_patrols,
    read_status,
    write_template,
)
from cmcoord_geo.io.manifest import Manifest, read_manifest
from cmcoord_geo.io.templates import guarded, write_picture_template
from cmcoord_geo.io.values import Conventions, free_text
from cmcoord_geo.network import bundled_network

READERS = {
    "incidents": read_incidents,
    "movements": read_movements,
    "consents": read_consents,
    "areas": read_areas,
    "patrols": lambda path: read_patrols(path, network=bundled_network()),
    "road_status": lambda path: read_status(path, network=bundled_network()),
}


@pytest.mark.parametrize("table", READERS)
def test_the_example_row_is_left_out_but_would_be_right(tmp_path: Path, table: str) -> None:
    path = write_template(table, tmp_path / f"{table}.csv")
    found = READERS[table](path)
    assert len(found.content) == 0
    assert (found.report.rows, found.report.refused) == (1, 1)
    assert [f.column for f in found.findings] == ["", path.read_text("utf-8-sig").split(",")[0]]
    path.write_text(path.read_text("utf-8-sig").replace("EXAMPLE", "X"), encoding="utf-8")
    found = READERS[table](path)
    assert found.report.accepted == 1
    assert not [f for f in found.findings if f.severity == "error"]


def test_nothing_is_overwritten_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "movements.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match="not touched"):
        write_template("movements", path)
    assert path.read_text(encoding="utf-8") == "mine"
    write_template("movements", path, is_forced=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[0] == "movement_id"


def test_unknown_table_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="movements"):
        write_template("cargo", tmp_path / "x.csv")
    (tmp_path / "none").write_text("a file", encoding="utf-8")
    with pytest.raises(DataError, match="written"):
        write_template("movements", tmp_path / "none" / "x.csv")


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "\tx", "\rx"])
def test_the_guard_is_what_readers_undo(text: str) -> None:
    assert guarded(text) == "'" + text
    assert free_text(guarded(text)) == text
    assert guarded("x=1") == "x=1"


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    where = write_template("movements", tmp_path / "week" / "movements.csv")
    assert where.is_file()


@pytest.mark.parametrize("name", ["road_status.geojson", "areas.gpkg", "areas"])
def test_a_template_is_a_table_and_no_layer(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError) as caught:
        write_template("road_status", tmp_path / name)
    assert ".csv or .xlsx" in caught.value.said.en
    assert not (tmp_path / name).exists()


def test_a_workbook_tells_beside_its_cells_what_belongs_there(tmp_path: Path) -> None:
    path = write_template("movements", tmp_path / "movements.xlsx", lang="fr")
    page = load_workbook(path)["movements"]
    header = [cell.value for cell in page[1]]
    told = {str(one.sqref).split(":")[0]: one for one in page.data_validations.dataValidation}
    assert len(told) == len(header)
    need = told[f"{get_column_letter(header.index('need') + 1)}2"]
    assert need.formula1 == '"lifesaving,urgent,regular"'
    assert "classe du besoin" in need.prompt
    assert not need.showErrorMessage
    again = write_template("movements", tmp_path / "again.xlsx", lang="fr")
    assert path.read_bytes() == again.read_bytes()


def test_the_template_of_a_folder_says_nothing_until_a_line_is_used(tmp_path: Path) -> None:
    path = write_picture_template(tmp_path / "mine" / "picture.toml")
    assert read_manifest(path) == Manifest()
    with pytest.raises(DataError, match=r"picture\.toml"):
        write_picture_template(path)
    used = re.sub(r"^# (\w+ = )", r"\1", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(used, encoding="utf-8")
    told = read_manifest(path)
    assert told.conventions == Conventions(decimal_comma=True, date_order="dmy", zone="+01:00")
    assert (told.is_exercise, told.network) == (True, "car.network")
    assert told.as_of is not None


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("as_of = 29/11/2026", "line 1"),
        ("is_exercise = true\nas_of = [", "line 2"),
        ('zone = "Bangui"', "zone"),
        ('date_order = "ymd"', "date_order"),
    ],
)
def test_a_fault_of_picture_toml_is_named_with_its_line(
    tmp_path: Path, content: str, word: str
) -> None:
    path = tmp_path / "picture.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=word):
        read_manifest(path)
