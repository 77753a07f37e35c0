"""Separated text: separator, encoding, row numbers, broken rows, caps."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmcoord_geo.errors import SchemaError, UnsafeFileError
from cmcoord_geo.io import text_table
from cmcoord_geo.io.text_table import TextTable, find_separator, read_text_table


def read(tmp_path: Path, content: str | bytes, *, max_rows: int = 100) -> TextTable:
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_text_table(path, max_rows=max_rows)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, end: str) -> None:
    rows = [["id", "place"], ["1", "Ndélé"], ["2", "Bria"]]
    text = end.join(separator.join(row) for row in rows)
    table = read(tmp_path, text)
    assert table.separator == separator
    assert table.header == ("id", "place")
    assert [row.cells for row in table.rows] == [("1", "Ndélé"), ("2", "Bria")]
    assert [row.number for row in table.rows] == [2, 3]


def test_rows_are_counted_as_a_spreadsheet_counts(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,note\n1,"two\nlines"\n\n3,x\n')
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("1", "two\nlines")),
        (4, ("3", "x")),
    ]


def test_windows_1252_is_read_with_a_doubt(tmp_path: Path) -> None:
    table = read(tmp_path, "id;place\n1;Ndélé\n".encode("cp1252"))
    assert table.rows[0].cells == ("1", "Ndélé")
    assert "Windows-1252" in table.findings[0].said.fr
    assert read(tmp_path, "id;place\n1;Ndélé\n").findings == ()


def test_an_open_quote_costs_one_row(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,note\n1,a\n2,"open\n3,c\n4,d\n')
    assert [row.cells[0] for row in table.rows] == ["1", "3", "4"]
    assert [(f.row, f.severity) for f in table.findings] == [(3, "error")]
    assert table.broken == 1


def test_two_open_quotes_do_not_swallow_what_lies_between(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,note\n1,"open\n2,b\n3,c\n4,"open\n5,e\n')
    assert [row.cells[0] for row in table.rows] == ["2", "3", "5"]
    assert [f.row for f in table.findings] == [2, 5]


def test_short_and_long_rows_are_refused_not_shifted(tmp_path: Path) -> None:
    table = read(tmp_path, "id,lat,lon\n1,6.1,20.9\n2,6,1,20,9\n3,6.1\n4,6.2,20.8,,\n")
    assert [row.cells for row in table.rows] == [("1", "6.1", "20.9"), ("4", "6.2", "20.8")]
    assert [(f.row, f.severity) for f in table.findings] == [
        (3, "error"), (4, "error"), (5, "warning"),
    ]  # fmt: skip


def test_header_is_needed(tmp_path: Path) -> None:
    for content in ("", "\n\n", ",,,\n", '"open\n1,2\n'):
        with pytest.raises(SchemaError):
            read(tmp_path, content)


def test_caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(read(tmp_path, "a\n" + "1\n" * 100).rows) == 100
    with pytest.raises(UnsafeFileError, match="rows"):
        read(tmp_path, "a\n" + "1\n" * 101)
    with pytest.raises(UnsafeFileError, match="rows"):
        read(tmp_path, "a\n" + "\n" * 1100)
    with pytest.raises(UnsafeFileError, match="columns"):
        read(tmp_path, ",".join(["a"] * 101))
    monkeypatch.setattr(text_table, "MAX_BROKEN", 3)
    with pytest.raises(UnsafeFileError, match="quote"):
        read(tmp_path, "a,b\n" + '1,"x\n' * 4)


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    table = read(tmp_path, f"a,b\n1,{'x' * 32_768}\n2,{'x' * 200_000}\n3,y\n")
    assert [row.cells[0] for row in table.rows] == ["3"]


def test_separator_of_a_quoted_header() -> None:
    assert find_separator('"a;b";"c,d,e"\n') == ";"
    assert find_separator("one\n") == ","


def test_more_cells_than_the_header_are_told_although_they_are_empty(tmp_path: Path) -> None:
    """An unquoted separator shifts a row whose last cells are empty: it is read, and the cause is named."""
    table = read(tmp_path, "id;cars;note;more\n1;lv;x;\n2;lv:1; truck:2;x;\n")
    assert [row.cells[1] for row in table.rows] == ["lv", "lv:1"]
    assert [(one.severity, one.row) for one in table.findings] == [("warning", 3)]
    assert "“;”" in table.findings[0].said.en
    assert table.broken == 0
    assert read(tmp_path, "id;note;;\n1;x;;\n").findings == ()
