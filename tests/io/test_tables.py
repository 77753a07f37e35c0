"""A table from any kind of file that holds one, by the end of its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from schemas.example_rows import REPORT, write
from schemas.workbooks import write_rows

from cmcoord_geo.errors import UnsafeFileError
from cmcoord_geo.io.tables import read_table, stem_of
from cmcoord_geo.schemas import get_table

TABLE = get_table("road_status")


def test_text_and_workbook_give_the_same_table(tmp_path: Path) -> None:
    text = read_table(write(tmp_path / "a.csv", [REPORT]), TABLE)
    book = read_table(write_rows(tmp_path / "a.XLSX", [REPORT]), TABLE)
    assert book.header == text.header
    assert book.rows == text.rows
    assert (text.sheet, book.sheet) == ("", "road_status")


def test_a_workbook_under_another_name_is_refused(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.xlsx", [REPORT]).rename(tmp_path / "a.csv")
    with pytest.raises(UnsafeFileError) as caught:
        read_table(path, TABLE)
    assert "workbook" in caught.value.said.en


@pytest.mark.parametrize(
    ("name", "parts"),
    [("a.b.csv", ("a.b", ".csv")), ("a", ("a", "")), (".csv", ("", ".csv"))],
)
def test_names_without_their_ending(name: str, parts: tuple[str, str]) -> None:
    assert stem_of(name) == parts
