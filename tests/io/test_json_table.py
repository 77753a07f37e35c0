"""JSON of an API as rows of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmcoord_geo.errors import DataError, UnsafeFileError
from cmcoord_geo.io.json_table import json_table, read_json


@pytest.mark.parametrize(
    "wrap", [lambda rows: rows, lambda r: {"data": r}, lambda r: {"results": r}]
)
def test_rows_wherever_an_answer_holds_them(wrap) -> None:
    text = json_table("a.json", wrap([{"A": 1, "b": None}, {"b": 2.5, "c": True}]), max_rows=9)
    assert text.header == ("a", "b", "c")
    assert [row.cells for row in text.rows] == [("1", "", ""), ("", "2.5", "true")]
    assert [row.number for row in text.rows] == [1, 2]


def test_what_is_nested_is_a_fault_and_what_is_no_object_is_refused() -> None:
    text = json_table("a.json", [{"a": [1]}, 7, {"a": "x" * 40_000}], max_rows=9)
    assert [dict(row.faults) for row in text.rows] == [{0: "layer.nested"}, {0: "layer.long"}]
    assert (text.broken, text.findings[0].row) == (1, 2)


@pytest.mark.parametrize("content", [None, {}, {"data": 3}, "text"])
def test_no_list(content) -> None:
    with pytest.raises(UnsafeFileError, match=r"a\.json"):
        json_table("a.json", content, max_rows=9)


def test_caps() -> None:
    with pytest.raises(UnsafeFileError):
        json_table("a.json", [{"a": 1}] * 3, max_rows=2)
    with pytest.raises(UnsafeFileError):
        json_table("a.json", [{f"c{n}": n for n in range(500)}], max_rows=2)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf[1]")
    assert read_json(path) == ("a.json", [1])
    path.write_bytes(b"[" * 100_000)
    with pytest.raises(UnsafeFileError):
        read_json(path)
    with pytest.raises(DataError):
        read_json(tmp_path / "none.json")
