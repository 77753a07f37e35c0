"""Rows to records: all faults of a row, columns by any spelling, every row counted."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import SchemaError
from cmcoord_geo.i18n import Said
from cmcoord_geo.io.records import find_columns, read_records, unknown_columns
from cmcoord_geo.io.report import ReadReport
from cmcoord_geo.io.row import NO_TIME, Row
from cmcoord_geo.io.text_table import TextRow, TextTable
from cmcoord_geo.schemas import Column, Table

ANY = Said(fr="x", en="x")
TABLE = Table(
    name="things",
    said=ANY,
    max_rows=10,
    columns=(
        Column(name="thing_id", kind="id", said=ANY, is_required=True),
        Column(name="size", kind="number", said=ANY, low=0, high=9, aliases=("length",), unit="m"),
        Column(name="at", kind="time", said=ANY),
    ),
)


def text_table(
    *rows: tuple[str, ...], header: tuple[str, ...] = ("thing_id", "size", "at")
) -> TextTable:
    return TextTable(
        file="things.csv", header=header, broken=0, encoding="utf-8", separator=",", findings=(),
        rows=tuple(TextRow(number=n, cells=cells) for n, cells in enumerate(rows, 2)),
    )  # fmt: skip


def thing(row: Row) -> tuple[str, float]:
    row.time("at")
    return row.identifier("thing_id"), row.number_or_nan("size")


def read(*rows: tuple[str, ...], **options):
    return read_records(text_table(*rows), TABLE, thing, key=lambda found: found[0], **options)


def test_rows_are_kept_refused_or_doubles() -> None:
    found = read(("a", "1", ""), ("", "2", ""), ("a", "1", ""), ("a", "5", ""), ("b", "99", "soon"))
    assert found.kept == (("a", 1.0),)
    assert found.report == ReadReport(
        file="things.csv", table="things", rows=5, accepted=1, refused=2, duplicates=2
    )
    assert [(f.row, f.column, f.severity) for f in found.findings] == [
        (3, "thing_id", "error"),
        (4, "thing_id", "warning"),
        (5, "thing_id", "error"),
        (6, "at", "error"),
        (6, "size", "error"),
    ]


def test_stand_ins_go_nowhere() -> None:
    row = Row(
        TextRow(number=2, cells=("a", "x", "y")), file="f", table=TABLE,
        columns={"thing_id": 0, "size": 1, "at": 2}, header=("thing_id", "length", "at"),
    )  # fmt: skip
    assert math.isnan(row.number_or_nan("size"))
    assert row.needed_time("at") == NO_TIME
    assert row.is_refused
    assert [found.column for found in row.findings] == ["length", "at"]  # as the file names it


def test_a_missing_column_is_an_empty_cell() -> None:
    row = Row(
        TextRow(number=2, cells=("a",)), file="f", table=TABLE, columns={"thing_id": 0},
        header=("thing_id",),
    )  # fmt: skip
    assert math.isnan(row.number_or_nan("size"))
    assert row.time("at") is None
    assert row.text("size") == ""
    assert not row.is_refused


def test_refused_rows_may_be_salvaged() -> None:
    found = read(("a", "x", ""), salvage=lambda row: [(row.identifier("thing_id"), 0.0)])
    assert found.kept == ()
    assert found.salvaged == (("a", 0.0),)
    assert found.report.refused == 1


def test_columns_by_any_spelling_in_any_order() -> None:
    table = text_table(header=("at", "length", "thing_id", "other"))
    assert find_columns(table, TABLE) == {"at": 0, "size": 1, "thing_id": 2}
    assert [f.column for f in unknown_columns(table, TABLE)] == ["other"]


@pytest.mark.parametrize("header", [("size",), ("thing_id", "size", "length"), ()])
def test_columns_missing_or_twice(header: tuple[str, ...]) -> None:
    with pytest.raises(SchemaError) as caught:
        find_columns(text_table(header=header), TABLE)
    assert caught.value.table == "things"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "a", "b", "EXAMPLE"]), st.sampled_from(["", "1", "x"]), st.just("")
        )
    )
)
def test_every_row_is_counted_once(rows: list[tuple[str, str, str]]) -> None:
    report = read(*rows).report
    assert report.rows == len(rows) == report.accepted + report.refused + report.duplicates
    right = [name for name, size, _ in rows if name in {"a", "b"} and size != "x"]
    assert report.accepted == len(set(right))
    assert report.duplicates == len(right) - len(set(right))


@given(st.lists(st.sampled_from(["1", "x"]), min_size=1))
def test_one_bad_row_never_drops_the_rest(sizes: list[str]) -> None:
    rows = [(f"t{n}", size, "") for n, size in enumerate(sizes)]
    kept = {name for name, _ in read(*rows).kept}
    assert kept == {name for name, size, _ in rows if size == "1"}


def test_a_file_of_which_nothing_is_used_says_so_once() -> None:
    found = read(*[("a", "99", "")] * 8)
    assert [(f.row, f.severity) for f in found.findings] == [
        (0, "error"), *((row, "error") for row in (2, 3, 4, 5, 6, 7)),
    ]  # fmt: skip
    assert "Nothing of this file" in found.findings[0].said.en
    assert "3 more like it (rows 7, 8, 9)" in found.findings[-1].said.en
    assert found.refused_ids == {"a"}


def test_a_file_with_one_good_row_or_none_at_all_is_no_such_file() -> None:
    for rows in ([("a", "1", ""), ("b", "99", "")], []):
        assert all(f.row for f in read(*rows).findings)
