"""Workbooks to fill in: text throughout, the same bytes each time."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.io import write_template
from cmcoord_geo.io.workbook import read_workbook
from cmcoord_geo.io.workbook_writer import write_workbook
from cmcoord_geo.schemas import tables

ROWS = [["id", "note"], ["=1+1", "07"], ["", "x"]]


def test_every_cell_is_text_and_reads_back(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "t.xlsx", "a", ROWS)
    found = read_workbook(path, sheet="a", max_rows=1000)
    assert found.header == ("id", "note")
    assert [row.cells for row in found.rows] == [("=1+1", "07"), ("", "x")]
    page = openpyxl.load_workbook(path)["a"]
    assert {page.cell(row=r, column=c).number_format for r in (1, 2, 300) for c in (1, 2)} == {"@"}


def test_nothing_tells_when_it_was_made(tmp_path: Path) -> None:
    one = write_workbook(tmp_path / "one.xlsx", "a", ROWS).read_bytes()
    assert write_workbook(tmp_path / "two.xlsx", "a", ROWS).read_bytes() == one
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        assert {part.date_time[0] for part in book.infolist()} == {2000}
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(DataError):
        write_workbook(path, "a", ROWS)
    assert path.read_bytes() == b"mine"
    write_workbook(path, "a", ROWS, is_forced=True)
    assert path.read_bytes() != b"mine"
    with pytest.raises(DataError):
        write_workbook(tmp_path / "no" / "t.xlsx", "a", ROWS)


@pytest.mark.parametrize("table", sorted(tables()))
def test_templates_are_workbooks_with_their_columns(tmp_path: Path, table: str) -> None:
    path = write_template(table, tmp_path / "t.xlsx")
    found = read_workbook(path, sheet=table, max_rows=1000)
    assert found.header == tuple(column.name for column in tables()[table].columns)
    assert found.rows[0].cells == tuple(column.example for column in tables()[table].columns)
    assert not found.rows[0].faults
