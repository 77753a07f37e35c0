"""A sheet of a workbook as rows of text: nothing guessed, nothing loaded that is too large (SAFETY.md)."""

from __future__ import annotations

import tempfile
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schemas.workbooks import rewritten, write_book

from cmcoord_geo.errors import CmcoordError, DataError, SchemaError, UnsafeFileError
from cmcoord_geo.io.values import Conventions
from cmcoord_geo.io.workbook import MAX_MERGED, read_workbook

#: A date cell knows no zone.
NAIVE = datetime.fromisoformat("2026-12-01T06:30")
HEADER = ("id", "state", "note")


@pytest.fixture
def read(tmp_path: Path):
    def reading(*rows, max_rows: int = 100, conventions=Conventions(), **more):  # noqa: B008 - frozen
        path = write_book(tmp_path / "t.xlsx", [HEADER, *rows], **more)
        return read_workbook(path, sheet="road_status", max_rows=max_rows, conventions=conventions)

    return reading


def test_cells_are_what_a_text_file_would_hold(read) -> None:
    table = read(
        ["R-1", 10.5, "a, b"],
        [7, 10.0, True],
        ["007", NAIVE, NAIVE.replace(hour=0, minute=0)],
        [None, None, None],
        ["x", 0.1 + 0.2, None],
    )
    assert table.header == HEADER
    assert (table.file, table.sheet) == ("t.xlsx", "road_status")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("R-1", "10.5", "a, b")),
        (3, ("7", "10", "true")),
        (4, ("007", "2026-12-01 06:30:00", "2026-12-01 00:00:00")),
        (6, ("x", "0.3", "")),
    ]
    assert table.findings == ()


def test_numbers_are_written_as_the_file_declares_them(read) -> None:
    table = read(["R-1", 10.5, ""], conventions=Conventions(decimal_comma=True))
    assert table.rows[0].cells[1] == "10,5"


def test_formulas_errors_and_merged_cells_are_no_values(read) -> None:
    table = read(
        ["=A1", "#REF!", "kept"], ["b", "m", ""], ["c", None, ""], ["d", "=TODAY()", ""],
        merged=["B3:B4"],
    )  # fmt: skip
    assert [dict(row.faults) for row in table.rows] == [
        {0: "workbook.formula", 1: "workbook.error"},
        {1: "workbook.merged"},
        {1: "workbook.merged"},
        {1: "workbook.formula"},
    ]
    assert table.rows[0].cells == ("", "", "kept")


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["id"])
    page.append(["x"])
    page["A2"].value = "=1+1"
    page["A2"].data_type = "s"
    book.save(tmp_path / "t.xlsx")
    table = read_workbook(tmp_path / "t.xlsx", sheet="t", max_rows=9)
    assert table.rows[0].cells == ("=1+1",)
    assert not table.rows[0].faults


def test_rows_that_are_too_wide_are_refused_and_the_others_go_on(read) -> None:
    table = read(["a", "b", "c", "d"], ["e"])
    assert [row.cells for row in table.rows] == [("e", "", "")]
    assert table.broken == 1
    assert [(f.severity, f.sheet, f.row) for f in table.findings] == [("error", "road_status", 2)]


def test_the_named_sheet_is_read_else_the_first_and_the_others_are_named(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", [["id"], ["x"]], sheet="Sheet1", others=["Road_Status"])
    with pytest.raises(SchemaError):  # the named sheet is empty
        read_workbook(path, sheet="road_status", max_rows=9)
    table = read_workbook(path, sheet="other", max_rows=9)
    assert table.sheet == "Sheet1"
    assert "Road_Status" in table.findings[0].said.en
    alone = write_book(tmp_path / "b.xlsx", [["id"], ["x"]], sheet="Sheet1")
    assert read_workbook(alone, sheet="other", max_rows=9).findings == ()


def test_more_rows_or_columns_than_the_caps_are_refused(tmp_path: Path, read) -> None:
    with pytest.raises(UnsafeFileError):
        read(*[["a", "b", "c"]] * 11, max_rows=10)
    assert len(read(*[["a", "b", "c"]] * 10, max_rows=10).rows) == 10
    wide = write_book(tmp_path / "w.xlsx", [["h"] * 101])
    with pytest.raises(UnsafeFileError):
        read_workbook(wide, sheet="x", max_rows=9)
    far = write_book(tmp_path / "f.xlsx", [["h"], ["x"]])

    def moved(name: str, content: bytes) -> bytes:
        return content.replace(b'r="2"', b'r="1048576"').replace(b'r="A2"', b'r="XFD1048576"')

    with pytest.raises(UnsafeFileError):
        read_workbook(rewritten(far, moved), sheet="x", max_rows=20)


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(tmp_path: Path) -> None:
    """14 kB may declare 17 billion cells."""
    path = write_book(tmp_path / "t.xlsx", [["id"], ["x"]])

    def lying(name: str, content: bytes) -> bytes:
        return content.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')

    assert len(read_workbook(rewritten(path, lying), sheet="x", max_rows=9).rows) == 1


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    for name, size in (("ratio.xlsx", 20 * 2**20), ("large.xlsx", 60 * 2**20)):
        path = write_book(tmp_path / name, [["id"], ["x"]])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/media/image1.bin", bytes(size))
        with pytest.raises(UnsafeFileError) as caught:
            read_workbook(path, sheet="x", max_rows=9)
        assert ("100" if "ratio" in name else "50 MB") in caught.value.said.en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    path = write_book(tmp_path / "t.xlsx", [["id"], ["x"]])

    def declaring(name: str, content: bytes) -> bytes:
        if not name.endswith("styles.xml"):
            return content
        return '<!DOCTYPE s [<!ENTITY e "x">]><sst>&e;</sst>'.encode(encoding)

    with pytest.raises(UnsafeFileError) as caught:
        read_workbook(rewritten(path, declaring), sheet="x", max_rows=9)
    assert "entities" in caught.value.said.en


def test_too_many_merged_cells_are_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "t.xlsx", [["id"], ["x"]], merged=["A1:B1"])

    def many(name: str, content: bytes) -> bytes:
        one = b'<mergeCell ref="A1:B1" />'
        return content.replace(one, one * (MAX_MERGED + 1))

    with pytest.raises(UnsafeFileError):
        read_workbook(rewritten(path, many), sheet="x", max_rows=9)


@pytest.mark.parametrize(
    "content", [b"", b"id,state\n1,open\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnsafeFileError):
        read_workbook(path, sheet="x", max_rows=9)
    with pytest.raises(DataError):
        read_workbook(tmp_path / "none.xlsx", sheet="x", max_rows=9)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_ends_in_an_error_of_ours(data: st.DataObject) -> None:
    """Any bytes of a workbook may be wrong: a table or an error of ours, nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_book(Path(folder) / "t.xlsx", [HEADER, ["a", 1.5, "c"]], merged=["A2:A3"])
        content = bytearray(path.read_bytes())
        for at in data.draw(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=12)):
            content[int(at * len(content))] = data.draw(st.integers(0, 255))
        path.write_bytes(bytes(content))
        with suppress(CmcoordError):
            read_workbook(path, sheet="x", max_rows=9)
